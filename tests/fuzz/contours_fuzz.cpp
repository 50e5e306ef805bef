#include <array>

#include "core/error.hpp"
#include "fuzz.hpp"
#include "geo/vector_file.hpp"
#include "geo/vector_module.hpp"
#include "input_file.hpp"

// A contour file. The first line of the input is its extension: some formats are
// known by it alone.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static constexpr std::array extensions = {"geojson", "topojson", "kml", "csv", "mif", "tab",
                                              "gpkg",    "fgb",      "shp", "zip", "gz"};
    const std::string_view input = pacte::fuzz::text(data, size);
    const std::size_t end = input.find('\n');
    if (end == std::string_view::npos)
        return 0;
    for (const std::string_view extension : extensions) {
        if (extension != input.substr(0, end))
            continue;
        const pacte::fuzz::InputFile file("contours." + std::string(extension), input.substr(end + 1));
        pacte::geo::set_vector_module(PACTE_VECTOR_MODULE);
        pacte::geo::VectorRequest request;
        request.path = file.path();
        request.codes = {"43001", "43002", "200073419"};
        request.most_vertices = 100'000;
        request.most_bytes = 10'000'000;
        try {
            (void)pacte::geo::read_vector_file(request, {});
        } catch (const pacte::Failure&) {
        }
    }
    return 0;
}
