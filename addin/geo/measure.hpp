#pragma once

#include <vector>

#include <boost/geometry/geometries/box.hpp>

#include "geo/contours.hpp"

namespace pacte::geo {

using Box = boost::geometry::model::box<Point>; ///< metres

/// The smallest box around the contours. Throws std::invalid_argument where
/// there is no point at all.
[[nodiscard]] Box envelope(const MultiPolygon& shape);
[[nodiscard]] Box envelope(const std::vector<Contour>& contours);

/// With that margin on each side.
[[nodiscard]] Box widened(const Box& box, double margin_m);

[[nodiscard]] double area_km2(const MultiPolygon& shape);

/// The tolerance of `simplify` for a map of that extent printed in a frame of
/// `width_mm` × `height_mm` (of an A4 page by default): 0.2 mm on paper, about
/// what the eye sees, in metres on the ground.
[[nodiscard]] double tolerance_for(const Box& extent, double width_mm = 180.0, double height_mm = 160.0);

} // namespace pacte::geo
