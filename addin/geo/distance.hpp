#pragma once

#include <array>

#include "core/cog.hpp"

// How far apart two places are: along the ellipsoid WGS84, as the crow flies.

namespace pacte::geo {

/// Kilometres, to the millimetre (T. Vincenty, « Direct and inverse solutions of
/// geodesics on the ellipsoid », Survey Review 176, 1975, as Boost.Geometry has
/// it). Not for two points at the antipodes of each other.
[[nodiscard]] double geodesic_km(LatLon a, LatLon b);

/// On the surface of the ellipsoid, kilometres from the centre of the Earth.
[[nodiscard]] std::array<double, 3> cartesian_km(LatLon place);

/// What the straight line through the Earth says of the geodesic: a place whose
/// chord is at most `surely_within` is within `geodesic_km`, one whose chord is
/// above `surely_beyond` is not; in between, the geodesic must be computed.
///
/// The radii of curvature of the ellipsoid lie between b²/a and a²/b, and an arc
/// bent less than a circle has a longer chord (Schur's comparison theorem).
struct ChordBounds {
    double surely_within = 0.0; ///< kilometres
    double surely_beyond = 0.0; ///< kilometres
};
[[nodiscard]] ChordBounds chord_bounds(double geodesic_km);

} // namespace pacte::geo
