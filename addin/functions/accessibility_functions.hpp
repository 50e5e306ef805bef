#pragma once

#include <memory>
#include <unordered_map>

#include "functions/shared_tables.hpp"
#include "functions/values.hpp"
#include "geo/accessibility.hpp"

namespace pacte::functions {

/// What every function of the accessibility is given: two ranges, recognised by
/// their headers. A place without coordinates takes its commune's, from the range
/// of the communes, else from the Code officiel géographique; the communes of the
/// Code that are not in the range are demand for the APL too.
struct AccessibilityArguments {
    Document document;
    Range offer;
    Range communes;
};

/// An accessibility and where its communes are.
struct IndexedAccessibility {
    geo::Accessibility access;
    std::unordered_map<std::string, std::size_t> communes; ///< by code INSEE
};

/// Asked about the places of a thématique. One that the workbook does not have is
/// `#N/A`: a code mistyped must not pass for a service that is nowhere.
class AccessibilityQuery {
public:
    /// `radius`: kilometres, or for the APL rings (`5=1; 10=0,3; 15=0,1`); where it is
    /// left out, « rayon d'accès (km) » and « anneaux de l'APL » of the settings.
    AccessibilityQuery(const AccessibilityArguments& arguments, const Any& radius);

    /// Of an EPCI (SIREN, name), of a commune (code INSEE), of all (`ensemble`): the
    /// share of the population within the radius; 1 or 0 for a commune.
    [[nodiscard]] Any share_within(const Any& territory, const Any& thematique) const;
    /// Kilometres to the nearest place: the mean, or the greatest.
    [[nodiscard]] Any mean_km(const Any& territory, const Any& thematique) const;
    [[nodiscard]] Any worst_km(const Any& territory, const Any& thematique) const;
    [[nodiscard]] Any apl(const Any& territory, const Any& thematique) const;

private:
    using Found = std::shared_ptr<const IndexedAccessibility>;

    [[nodiscard]] bool is_known(const std::string& thematique) const;
    [[nodiscard]] Found of_thematique(const Any& thematique) const;
    template <typename OfEpci, typename OfCommune>
    Any about(const Any& territory, const Any& thematique, OfEpci of_epci, OfCommune of_commune) const;

    Shared offer_;
    Shared communes_;
    Shared thematiques_; ///< of the workbook, where it is a diagnosis
    double radius_km_ = geo::default_radius_km;
    std::vector<geo::Ring> rings_;
    bool with_itinerant_ = false;
};

/// SIREN of the EPCI where that point is: by the contours that the workbook has,
/// else, and beyond them, that of the commune whose point is the nearest.
[[nodiscard]] Any epci_at(const Document& document, double latitude, double longitude);

} // namespace pacte::functions
