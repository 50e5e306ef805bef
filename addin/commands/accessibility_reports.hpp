#pragma once

#include "commands/report_sheet.hpp"
#include "geo/accessibility.hpp"

// The generated sheets of the accessibility. Pure.

namespace pacte::commands {

/// What the accessibility of one thématique is written from.
struct ThematiqueAccess {
    Thematique thematique;
    geo::Services services;
    geo::Accessibility access;
};

/// By thématique and EPCI: shares within each of `radii_km`, distances, APL. `sources`: of
/// the places, as they are cited.
[[nodiscard]] Report accessibility_report(const std::vector<ThematiqueAccess>& thematiques,
                                          const std::vector<Epci>& epcis,
                                          const std::vector<CommuneRow>& communes,
                                          const std::vector<double>& radii_km,
                                          const std::vector<geo::Ring>& rings, const std::string& sources);

/// By commune: distance to the nearest place and APL of each thématique.
[[nodiscard]] Report commune_access_report(const std::vector<ThematiqueAccess>& thematiques,
                                           const std::vector<Epci>& epcis,
                                           const std::vector<CommuneRow>& communes,
                                           const std::string& sources);

} // namespace pacte::commands
