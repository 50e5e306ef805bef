#pragma once

#include <string>
#include <vector>

#include "core/coverage.hpp"
#include "core/source_citations.hpp"
#include "geo/contours.hpp"
#include "map/maps.hpp"
#include "office/diagnosis.hpp"

namespace pacte::commands {

/// The ground of the maps: the contours kept in the workbook, else the mosaic.
struct MapGround {
    geo::ContourLayer contours;
    SourceCitations citations; ///< of the table Sources
    std::string without_place; ///< EPCI that the mosaic cannot place, for the message
};

[[nodiscard]] MapGround read_ground(const office::Workbook& workbook, const office::Diagnosis& diagnosis);

/// The maps that `Paramètres` asks for (keys « carte du besoin », « cartes de
/// statut », « cartes croisées »), or one of each kind by default: the first
/// rate, and the retained thématique with the most places.
[[nodiscard]] std::vector<map::Drawing> diagnosis_maps(const office::Diagnosis& diagnosis,
                                                       const Coverage& coverage, const MapGround& ground);

/// The status of one thématique, for a map sheet or the mini map of a fiche.
[[nodiscard]] map::StatusMap status_map(const office::Diagnosis& diagnosis, const Coverage& coverage,
                                        std::size_t thematique, const MapGround& ground);

} // namespace pacte::commands
