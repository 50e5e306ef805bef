#include "geo/measure.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include <boost/geometry/algorithms/area.hpp>
#include <boost/geometry/strategies/cartesian.hpp>

namespace pacte::geo {

namespace bg = boost::geometry;

namespace {

constexpr double visible_mm = 0.2;

constexpr double infinity = std::numeric_limits<double>::infinity();

const Box nothing(Point(infinity, infinity), Point(-infinity, -infinity));

// The outer rings hold the others.
void include(const MultiPolygon& shape, Box& box)
{
    for (const Polygon& polygon : shape)
        for (const Point& point : polygon.outer()) {
            box.min_corner().x(std::min(box.min_corner().x(), point.x()));
            box.min_corner().y(std::min(box.min_corner().y(), point.y()));
            box.max_corner().x(std::max(box.max_corner().x(), point.x()));
            box.max_corner().y(std::max(box.max_corner().y(), point.y()));
        }
}

Box checked(const Box& box)
{
    if (box.min_corner().x() > box.max_corner().x())
        throw std::invalid_argument("envelope of a shape without points");
    return box;
}

} // namespace

Box envelope(const MultiPolygon& shape)
{
    Box box = nothing;
    include(shape, box);
    return checked(box);
}

Box envelope(const std::vector<Contour>& contours)
{
    Box box = nothing;
    for (const Contour& contour : contours)
        include(contour.shape, box);
    return checked(box);
}

Box widened(const Box& box, double margin_m)
{
    return {Point(box.min_corner().x() - margin_m, box.min_corner().y() - margin_m),
            Point(box.max_corner().x() + margin_m, box.max_corner().y() + margin_m)};
}

double area_km2(const MultiPolygon& shape) { return bg::area(shape) / 1e6; }

double tolerance_for(const Box& extent, double width_mm, double height_mm)
{
    const double width_m = extent.max_corner().x() - extent.min_corner().x();
    const double height_m = extent.max_corner().y() - extent.min_corner().y();
    return visible_mm * std::max(width_m / width_mm, height_m / height_mm);
}

} // namespace pacte::geo
