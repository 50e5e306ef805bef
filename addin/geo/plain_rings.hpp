#pragma once

#include "geo/contours.hpp"

namespace pacte::geo {

/// True where the shape is surely valid in the sense of the OGC: its rings are
/// closed, turn the right way, nowhere touch themselves nor each other, holes lie
/// in their polygon, polygons beside each other. False where one would have to
/// look closer (rings that touch at a vertex, an island in a hole): a sweep over
/// the sides, many times quicker than a full check, and true of nearly all
/// contours.
[[nodiscard]] bool is_plainly_valid(const MultiPolygon& shape);

} // namespace pacte::geo
