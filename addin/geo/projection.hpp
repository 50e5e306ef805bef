#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/cog.hpp"
#include "geo/contours.hpp"

namespace pacte::geo {

/// EPSG code of the legal projection of a département (décret n° 2000-1276
/// amended: RGF93 Lambert-93; RGAF09 UTM 20N, RGFG95 UTM 22N, RGR92 UTM 40S,
/// RGM04 UTM 38S, RGSPM06 UTM 21N overseas). An unknown or empty code is in metropolitan France.
[[nodiscard]] int legal_epsg(std::string_view departement);

/// Between degrees and metres, without GDAL nor any data file. The geodetic
/// systems are all within a metre of WGS84: no shift is applied.
class Projection {
public:
    /// 2154, 5490, 2972, 2975, 4467 or 4471. Throws Failure (bad_value) for another.
    explicit Projection(int epsg);
    ~Projection();
    Projection(Projection&&) noexcept;
    Projection& operator=(Projection&&) noexcept;
    Projection(const Projection&) = delete;
    Projection& operator=(const Projection&) = delete;

    /// Throws Failure (bad_value) for what the projection cannot hold: a
    /// latitude or longitude that is none, the antipodes.
    [[nodiscard]] Point forward(LatLon place) const;
    [[nodiscard]] LatLon inverse(Point point) const;

    [[nodiscard]] int epsg() const { return epsg_; }
    [[nodiscard]] std::string name() const; ///< `Lambert-93`, `UTM 20 Nord`

private:
    class Formula;
    template <class Parameters>
    class Fixed;

    int epsg_;
    std::unique_ptr<const Formula> formula_;
};

} // namespace pacte::geo
