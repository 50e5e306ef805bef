#include "core/error.hpp"
#include "core/schema.hpp"
#include "fuzz.hpp"

// A Table Schema, that a colleague may write by hand.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    try {
        (void)pacte::parse_schema(pacte::fuzz::text(data, size), "schema.json");
    } catch (const pacte::Failure&) {
    }
    return 0;
}
