#include "core/error.hpp"
#include "fuzz.hpp"
#include "geo/contours.hpp"

// The contours that travel inside a workbook, which a partner may have sent.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    try {
        (void)pacte::geo::to_geojson(pacte::geo::from_geojson(pacte::fuzz::text(data, size)));
    } catch (const pacte::Failure&) {
    }
    return 0;
}
