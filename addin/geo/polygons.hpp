#pragma once

#include "geo/contours.hpp"
#include "geo/measure.hpp"

// The heavy algorithms of Boost.Geometry, compiled once.

namespace pacte::geo {

/// Valid in the sense of the OGC, rings closed and turning the right way.
[[nodiscard]] bool is_valid(const MultiPolygon& shape);

/// What is in `a` or in `b`. A shape so bad that it cannot be joined is put
/// beside the other.
[[nodiscard]] MultiPolygon united(const MultiPolygon& a, const MultiPolygon& b);

/// What is in the box.
[[nodiscard]] MultiPolygon part_within(const MultiPolygon& shape, const Box& box);

/// Closes the rings and turns them the right way.
void correct(MultiPolygon& shape);

} // namespace pacte::geo
