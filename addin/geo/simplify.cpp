#include <cstdint>
#include <optional>
#include <utility>

#include "geo/border_graph.hpp"
#include "geo/contours.hpp"
#include "geo/polygons.hpp"

namespace pacte::geo {

namespace {

constexpr double grid_m = 1.0; // what GeoJSON of whole metres holds

} // namespace

void simplify(std::vector<Contour>& contours, double tolerance_m)
{
    BorderGraph graph(grid_m);
    for (std::uint32_t number = 0; number < contours.size(); ++number)
        graph.add(number, contours[number].shape);
    graph.build();
    graph.simplify(tolerance_m);
    for (std::uint32_t number = 0; number < contours.size(); ++number) {
        std::optional<MultiPolygon> shape = graph.shape(number, BorderGraph::Coordinates::grid);
        // A contour under one metre, or that overlaps itself, stays as it was.
        if (shape && is_valid(*shape))
            contours[number].shape = std::move(*shape);
    }
}

} // namespace pacte::geo
