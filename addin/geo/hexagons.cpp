#include "geo/hexagons.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace pacte::geo {

HexagonGrid::HexagonGrid(Point origin, double pitch_m)
    : origin_(std::round(origin.x()), std::round(origin.y())), half_width_m_(pitch_m / 2.0),
      half_side_m_(pitch_m / (2.0 * std::numbers::sqrt3))
{
}

Point HexagonGrid::lattice(std::int64_t half_widths, std::int64_t half_sides) const
{
    return {origin_.x() + static_cast<double>(half_widths) * half_width_m_,
            origin_.y() + static_cast<double>(half_sides) * half_side_m_};
}

Point HexagonGrid::centre(Hexagon hexagon) const
{
    return lattice(std::int64_t{2} * hexagon.column + hexagon.row, std::int64_t{3} * hexagon.row);
}

Hexagon HexagonGrid::at(const Point& point) const
{
    const double row = (point.y() - origin_.y()) / (3.0 * half_side_m_);
    const double column = (point.x() - origin_.x()) / (2.0 * half_width_m_) - row / 2.0;
    const Hexagon guess{static_cast<std::int32_t>(std::lround(column)),
                        static_cast<std::int32_t>(std::lround(row))};
    const auto distance2 = [&](Hexagon hexagon) {
        const Point middle = centre(hexagon);
        return std::pow(middle.x() - point.x(), 2) + std::pow(middle.y() - point.y(), 2);
    };
    const auto near = neighbours(guess);
    const Hexagon other = *std::min_element(
        near.begin(), near.end(), [&](Hexagon a, Hexagon b) { return distance2(a) < distance2(b); });
    return distance2(other) < distance2(guess) ? other : guess;
}

Polygon HexagonGrid::outline(Hexagon hexagon) const
{
    // Clockwise from the top, in halves of the width and of the side.
    constexpr std::array<std::pair<int, int>, 7> corners = {
        {{0, 2}, {1, 1}, {1, -1}, {0, -2}, {-1, -1}, {-1, 1}, {0, 2}}};
    Polygon polygon;
    for (const auto& [dx, dy] : corners) {
        const Point corner =
            lattice(std::int64_t{2} * hexagon.column + hexagon.row + dx, std::int64_t{3} * hexagon.row + dy);
        polygon.outer().emplace_back(std::round(corner.x()), std::round(corner.y()));
    }
    return polygon;
}

std::vector<Hexagon> HexagonGrid::around(const Point& point, double radius_m) const
{
    const Hexagon middle = at(point);
    const auto rows = static_cast<std::int32_t>(radius_m / (3.0 * half_side_m_)) + 1;
    const auto columns = static_cast<std::int32_t>(radius_m / (2.0 * half_width_m_)) + 1;
    std::vector<Hexagon> result;
    for (std::int32_t row = -rows; row <= rows; ++row)
        for (std::int32_t column = -columns - rows; column <= columns + rows; ++column) {
            const Hexagon hexagon{middle.column + column, middle.row + row};
            const Point place = centre(hexagon);
            if (std::hypot(place.x() - point.x(), place.y() - point.y()) <= radius_m)
                result.push_back(hexagon);
        }
    return result;
}

std::array<Hexagon, 6> HexagonGrid::neighbours(Hexagon hexagon)
{
    constexpr std::array<std::pair<int, int>, 6> steps = {
        {{1, 0}, {0, 1}, {-1, 1}, {-1, 0}, {0, -1}, {1, -1}}};
    std::array<Hexagon, 6> result;
    std::transform(steps.begin(), steps.end(), result.begin(), [&](const auto& step) {
        return Hexagon{hexagon.column + step.first, hexagon.row + step.second};
    });
    return result;
}

} // namespace pacte::geo
