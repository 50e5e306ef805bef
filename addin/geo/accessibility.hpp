#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/quantity.hpp"
#include "core/rows.hpp"

// How far the inhabitants are from a service (cadrage, section 2.A: « croiser les
// besoins sociaux et la répartition géographique de l'offre »). Distances are
// geodesic, as the crow flies, and every output says so. Borders do not stop
// people: a place of another département counts.

namespace pacte::geo {

inline constexpr double default_radius_km = 15.0;
/// To be printed wherever a distance is shown.
inline constexpr const char* crow_flies =
    "Distances à vol d'oiseau (géodésiques, WGS84), du point de la commune au lieu : ni routes ni temps de "
    "trajet.";

/// The distance decay of the APL: up to `km`, an inhabitant counts for `weight`.
struct Ring {
    double km = 0.0;
    double weight = 0.0;

    friend bool operator==(const Ring&, const Ring&) = default;
};

/// The rings of a radius ρ: 1 up to ρ/2, 0.3 up to 3ρ/4, 0.1 up to ρ. They are in
/// the proportion of those of the DREES for general practitioners, 10, 15 and 20
/// minutes (M. Barlet et al., « L'accessibilité potentielle localisée (APL) »,
/// Études et résultats 795, 2012).
[[nodiscard]] std::vector<Ring> rings_of(double radius_km);

/// Rings as a person declares them: `5=1; 10=0,6; 15=0,3` (km = weight). Throws
/// Failure (bad_value) where they cannot be read, or are not of growing distances
/// and of weights in ]0, 1] that never grow.
[[nodiscard]] std::vector<Ring> read_rings(std::string_view text);

/// Where people live; also those of the communes around, who use the same places.
struct Inhabitants {
    std::string commune;     ///< code INSEE
    std::string epci;        ///< SIREN
    double population = 0.0; ///< 0 where it is not known: nobody is counted there
    std::optional<LatLon> point;
};

/// A place where the service is given.
struct ServicePoint {
    std::string id;
    std::string name;
    LatLon point;
    Quantity capacity; ///< people a year
};

struct Services {
    std::vector<ServicePoint> places;
    std::vector<std::string> without_point; ///< ids of those that nothing locates: a finding
    int itinerant = 0;                      ///< left out, unless asked for
};

/// The places of that thématique (any where it is empty). One without coordinates
/// takes the point of its commune, as `point_of` (a code INSEE) knows it.
[[nodiscard]] Services services_of(const std::vector<Place>& offer, std::string_view thematique,
                                   const std::function<std::optional<LatLon>(const std::string&)>& point_of,
                                   bool with_itinerant = false);

/// Of `Paramètres`: « oui » where the itinerant places count as the others.
inline constexpr const char* itinerant_setting = "lieux itinérants";

struct CommuneAccess {
    std::optional<double> nearest_km; ///< nothing where the commune has no point, or nothing is located
    int place = -1;                   ///< index of that nearest place
    Quantity apl; ///< of the places that the commune reaches; unknown where it has no point
};

struct EpciAccess {
    std::string epci;
    double population = 0.0;      ///< of its communes
    double located = 0.0;         ///< of those that have a point: what follows is about them
    std::vector<Quantity> within; ///< by radius: the share of the population within it of a place
    Quantity mean_km;             ///< to the nearest place, weighted by the population
    Quantity worst_km;            ///< the greatest, among the communes where people live
    int worst_commune = -1;       ///< index of that commune
    Quantity apl;                 ///< mean of the communes', weighted by the population
};

struct Accessibility {
    std::vector<CommuneAccess> communes; ///< in the order given
    std::vector<EpciAccess> epcis;       ///< in the order in which the communes name them
    EpciAccess all;
    /// Where no place has a capacity, each counts for one, and the APL is in places
    /// by inhabitant; else in people a year by inhabitant.
    bool counts_places = false;
    int without_capacity = 0; ///< places left out of the APL, which is then a floor

    [[nodiscard]] const EpciAccess* epci(std::string_view siren) const;
};

struct AccessibilityInput {
    const std::vector<Inhabitants>& communes; ///< what is described
    const std::vector<Inhabitants>& around;   ///< further demand on the same places; not described
    const Services& services;
    std::vector<double> radii_km{default_radius_km};
    std::vector<Ring> rings = rings_of(default_radius_km);
};

/// The two-step floating catchment area (W. Luo and F. Wang, 2003; the DREES's
/// APL): R(j) = S(j) / Σ_i P(i)·w(d(i,j)), then A(i) = Σ_j R(j)·w(d(i,j)). A place
/// with nobody around gives nothing to anybody.
///
/// With no place at all, nobody is within any radius (0) and the distance is
/// unknown; where places there are and none is located, nothing is known.
[[nodiscard]] Accessibility compute_accessibility(const AccessibilityInput& input);

} // namespace pacte::geo
