#pragma once

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <boost/geometry/algorithms/area.hpp>
#include <boost/geometry/strategies/cartesian.hpp>

#include "geo/contours.hpp"
#include "geo/polygons.hpp"

// Shapes made by hand, and what must hold of contours that share their borders.

namespace pacte::geo::test {

using Corners = std::initializer_list<std::pair<double, double>>;

inline Polygon::ring_type ring(const Corners& corners)
{
    Polygon::ring_type points;
    for (const auto& [x, y] : corners)
        points.emplace_back(x, y);
    points.push_back(points.front());
    return points;
}

inline MultiPolygon shape(const Corners& corners)
{
    MultiPolygon result;
    result.emplace_back().outer() = ring(corners);
    correct(result);
    return result;
}

inline MultiPolygon rectangle(double left, double bottom, double right, double top)
{
    return shape({{left, bottom}, {left, top}, {right, top}, {right, bottom}});
}

inline double area(const MultiPolygon& shape) { return boost::geometry::area(shape); }

inline std::size_t vertices(const MultiPolygon& shape)
{
    std::size_t count = 0;
    for (const Polygon& polygon : shape) {
        count += polygon.outer().size() - 1;
        for (const auto& hole : polygon.inners())
            count += hole.size() - 1;
    }
    return count;
}

inline double perimeter(const MultiPolygon& shape)
{
    double length = 0.0;
    const auto add = [&](const Polygon::ring_type& points) {
        for (std::size_t i = 1; i < points.size(); ++i)
            length += std::hypot(points[i].x() - points[i - 1].x(), points[i].y() - points[i - 1].y());
    };
    for (const Polygon& polygon : shape) {
        add(polygon.outer());
        std::for_each(polygon.inners().begin(), polygon.inners().end(), add);
    }
    return length;
}

/// How many contours run along each directed side.
class Sides {
public:
    explicit Sides(const std::vector<Contour>& contours)
    {
        for (const Contour& contour : contours)
            for (const Polygon& polygon : contour.shape) {
                add(polygon.outer());
                for (const auto& hole : polygon.inners())
                    add(hole);
            }
    }

    /// Length of the sides that no contour runs along the other way.
    [[nodiscard]] double outline() const
    {
        double length = 0.0;
        for (const auto& [side, count] : sides_)
            if (!sides_.contains({side.second, side.first}))
                length +=
                    std::hypot(side.first.first - side.second.first, side.first.second - side.second.second);
        return length;
    }

    /// The same, of the sides of one contour.
    [[nodiscard]] double outline_of(const Contour& contour) const
    {
        double length = 0.0;
        for (const auto& [side, count] : Sides({contour}).sides_)
            if (!sides_.contains({side.second, side.first}))
                length +=
                    std::hypot(side.first.first - side.second.first, side.first.second - side.second.second);
        return length;
    }

    [[nodiscard]] bool each_once() const
    {
        for (const auto& [side, count] : sides_)
            if (count != 1)
                return false;
        return true;
    }

private:
    using Vertex = std::pair<double, double>;

    void add(const Polygon::ring_type& points)
    {
        for (std::size_t i = 1; i < points.size(); ++i)
            ++sides_[{{points[i - 1].x(), points[i - 1].y()}, {points[i].x(), points[i].y()}}];
    }

    std::map<std::pair<Vertex, Vertex>, int> sides_;
};

inline MultiPolygon union_of(const std::vector<Contour>& contours)
{
    MultiPolygon all;
    for (const Contour& contour : contours)
        all = united(all, contour.shape);
    return all;
}

/// Valid, no gap, no overlap, every border between two contours one line: a side
/// is either shared by two contours or on the outline of the whole.
inline void assert_shared_borders(const std::vector<Contour>& contours)
{
    double sum = 0.0;
    for (const Contour& contour : contours) {
        CPPUNIT_ASSERT_MESSAGE(contour.code, is_valid(contour.shape));
        sum += area(contour.shape);
    }
    const MultiPolygon all = union_of(contours);
    CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, area(all) / sum, 1e-6);
    const Sides sides(contours);
    CPPUNIT_ASSERT(sides.each_once());
    CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, sides.outline() / perimeter(all), 1e-6);
}

} // namespace pacte::geo::test
