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
    std::vector<std::optional<MultiPolygon>> shapes = graph.shapes(BorderGraph::Coordinates::grid);
    for (std::size_t number = 0; number < contours.size(); ++number)
        // A contour under one metre, or that overlaps itself, stays as it was.
        if (shapes[number] && is_valid(*shapes[number]))
            contours[number].shape = std::move(*shapes[number]);
}

} // namespace pacte::geo
