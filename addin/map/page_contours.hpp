#pragma once

#include <string>
#include <vector>

#include "geo/contours.hpp"
#include "map/drawing.hpp"
#include "map/viewport.hpp"

// Contours on the page: rings of positions, the outline of all of them, and what
// of them falls inside a rectangle.

namespace pacte::map {

struct PageContour {
    std::string code;
    std::string name;
    std::vector<Ring> rings; ///< outer and inner ones, even–odd; never empty
    Position anchor;         ///< where a circle stands and where a leader ends
};

/// Every part and every hole, points that meet on the page merged. A contour too
/// small to be seen becomes a square of 0.6 mm.
[[nodiscard]] PageContour on_page(const geo::Contour& contour, const Viewport& view);
[[nodiscard]] std::vector<PageContour> on_page(const std::vector<geo::Contour>& contours,
                                               const Viewport& view);

/// The borders that only one contour has, as closed lines: the outline of the
/// whole. Contours share their borders to the vertex (geo::simplify).
[[nodiscard]] std::vector<Ring> outline(const std::vector<PageContour>& contours);

/// What of the rings lies inside `frame` (Sutherland–Hodgman 1974; the parts of
/// a ring cut in several stay joined along the frame).
[[nodiscard]] std::vector<Ring> clipped(const std::vector<Ring>& rings, const Rectangle& frame);

/// Even–odd.
[[nodiscard]] bool is_inside(const std::vector<Ring>& rings, const Position& point);

/// The smallest box around the rings.
[[nodiscard]] Rectangle bounds_of(const std::vector<Ring>& rings);

} // namespace pacte::map
