#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "geo/contours.hpp"

namespace pacte::geo {

/// A hexagon of the grid, by its axial coordinates (https://www.redblobgames.com/grids/hexagons).
struct Hexagon {
    std::int32_t column = 0;
    std::int32_t row = 0;

    friend auto operator<=>(const Hexagon&, const Hexagon&) = default;
};

/// The plane cut into equal hexagons that stand on a corner.
class HexagonGrid {
public:
    /// `pitch_m`: from a centre to the next.
    HexagonGrid(Point origin, double pitch_m);

    [[nodiscard]] double pitch_m() const { return 2.0 * half_width_m_; }
    [[nodiscard]] Point centre(Hexagon hexagon) const;
    [[nodiscard]] Hexagon at(const Point& point) const;
    /// Whole metres: two hexagons share their corners exactly.
    [[nodiscard]] Polygon outline(Hexagon hexagon) const;
    /// Those whose centre is within `radius_m` of the point.
    [[nodiscard]] std::vector<Hexagon> around(const Point& point, double radius_m) const;

    [[nodiscard]] static std::array<Hexagon, 6> neighbours(Hexagon hexagon);

private:
    [[nodiscard]] Point lattice(std::int64_t half_widths, std::int64_t half_sides) const;

    Point origin_;
    double half_width_m_; ///< half the distance between two centres of a row
    double half_side_m_;
};

} // namespace pacte::geo
