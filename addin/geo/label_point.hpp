#pragma once

#include <optional>

#include "geo/contours.hpp"

namespace pacte::geo {

struct LabelPoint {
    Point point;
    double clearance_m = 0.0; ///< distance to the nearest border: a disc of that radius fits inside
};

/// The point inside the shape that is farthest from its borders (pole of
/// inaccessibility), to `precision_m`. `stretch` > 1 favours room in width, as
/// a line of text needs: distances are taken with the abscissas divided by it.
/// Nothing for a shape without surface.
[[nodiscard]] std::optional<LabelPoint> label_point(const MultiPolygon& shape, double precision_m = 100.0,
                                                    double stretch = 1.0);

} // namespace pacte::geo
