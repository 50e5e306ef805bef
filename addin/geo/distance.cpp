#include "geo/distance.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <boost/geometry/formulas/vincenty_inverse.hpp>
#include <boost/geometry/srs/spheroid.hpp>

namespace pacte::geo {

namespace {

// WGS84.
constexpr double equatorial_km = 6378.137;
constexpr double flattening = 1.0 / 298.257223563;
constexpr double polar_km = equatorial_km * (1.0 - flattening);
constexpr double smallest_radius_km = polar_km * polar_km / equatorial_km;
constexpr double greatest_radius_km = equatorial_km * equatorial_km / polar_km;

/// Of the chords and of the geodesic, both.
constexpr double rounding = 1e-9;

constexpr double radians(double degrees) { return degrees * std::numbers::pi / 180.0; }

double chord_on(double radius_km, double arc_km)
{
    return 2.0 * radius_km * std::sin(std::min(arc_km / (2.0 * radius_km), std::numbers::pi / 2.0));
}

} // namespace

double geodesic_km(LatLon a, LatLon b)
{
    using Vincenty = boost::geometry::formula::vincenty_inverse<double, true, false>;
    static const boost::geometry::srs::spheroid<double> wgs84(equatorial_km, polar_km);
    return Vincenty::apply(radians(a.longitude), radians(a.latitude), radians(b.longitude),
                           radians(b.latitude), wgs84)
        .distance;
}

std::array<double, 3> cartesian_km(LatLon place)
{
    constexpr double eccentricity_squared = flattening * (2.0 - flattening);
    const double latitude = radians(place.latitude);
    const double longitude = radians(place.longitude);
    const double sine = std::sin(latitude);
    const double normal = equatorial_km / std::sqrt(1.0 - eccentricity_squared * sine * sine);
    return {normal * std::cos(latitude) * std::cos(longitude),
            normal * std::cos(latitude) * std::sin(longitude), normal * (1.0 - eccentricity_squared) * sine};
}

ChordBounds chord_bounds(double geodesic_km)
{
    return {chord_on(smallest_radius_km, geodesic_km) * (1.0 - rounding) - rounding,
            chord_on(greatest_radius_km, geodesic_km) * (1.0 + rounding) + rounding};
}

} // namespace pacte::geo
