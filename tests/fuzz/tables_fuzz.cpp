#include "core/csv.hpp"
#include "core/error.hpp"
#include "fuzz.hpp"
#include "input_file.hpp"

// A table in a CSV file.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const pacte::fuzz::InputFile file("table.csv", pacte::fuzz::text(data, size));
    try {
        (void)pacte::read_csv(file.path());
    } catch (const pacte::Failure&) {
    }
    return 0;
}
