#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cog.hpp"
#include "core/offer_source.hpp"
#include "geo/contours.hpp"

namespace pacte::geo {

/// A place of the territory or of its margin, with what was found and mended.
struct LocatedOffer {
    std::string commune;         ///< code INSEE of today
    std::optional<LatLon> point; ///< nothing: the commune's point stands for it
    bool in_territory = false;   ///< else in the margin
    std::string repair;          ///< what was mended, a French sentence; empty: nothing
    std::string problem;         ///< what could not be: the coordinates were left out
};

/// Tells where the places of published files are.
class OfferLocator {
public:
    /// `communes`: of the territory. `contours`: of its communes and of those around
    /// (see commune_layer in join.hpp), where they are known. Throws Failure (bad_value)
    /// where no commune is in `cog`.
    OfferLocator(const Cog& cog, const std::vector<CommuneRow>& communes, double margin_km,
                 const ContourLayer& contours = {});
    ~OfferLocator();
    OfferLocator(OfferLocator&&) noexcept;

    enum class Verdict { kept, outside, nowhere };
    /// Kept: in the territory, or within the margin of one of its communes.
    /// Outside: elsewhere. Nowhere: neither a commune nor coordinates can be made
    /// out; `located.problem` says so.
    ///
    /// The commune is the code INSEE (a former code gives its successor), else
    /// the city's name with the postcode, else the commune whose contour holds the
    /// coordinates or, where no contour does, whose point is nearest to them.
    /// Coordinates are checked against the commune's contour (1 km around it); where
    /// that is not known, its point (25 km); where that is not either, the extent of
    /// its département: swapped, with the wrong sign, in metres, they are repaired;
    /// else they are left out.
    [[nodiscard]] Verdict locate(const OfferRecord& record, LocatedOffer& located) const;

private:
    struct Places;
    std::unique_ptr<const Places> places_;
};

} // namespace pacte::geo
