#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/offer_rows.hpp"
#include "core/offer_source.hpp"
#include "core/rows.hpp"
#include "core/schema.hpp"

// The services of data·inclusion, by the zone where they are open to people, as dispositifs
// to complete.

namespace pacte {

/// The territory of a diagnosis, as `zone_eligibilite` may name it.
struct ZoneTerritory {
    std::set<std::string, std::less<>> communes; ///< codes INSEE
    std::set<std::string, std::less<>> epcis;    ///< SIREN
    std::set<std::string, std::less<>> departements;
};

/// What `territoire couvert` says of a zone (codes of communes, EPCI and
/// départements): `département`, or those of its codes that are of the territory;
/// empty where none is. A zone of the whole country (`france`, 99100) is nobody's in
/// particular: it counts only for a service whose place is in the territory.
[[nodiscard]] std::string covered_by(const std::vector<std::string>& zone, const ZoneTerritory& territory,
                                     bool is_placed_there);

/// A service that the territory is entitled to.
struct EligibleService {
    OfferRecord record;
    std::string covered; ///< of `covered_by`
};

/// What the proposals are made with.
struct DispositifSource {
    std::string source_key; ///< in Correspondances
    std::string source;     ///< for the column `source`
    std::vector<Thematique> thematiques;
    std::map<std::string, std::string> structures; ///< names, by their id in the source
    std::vector<ListItem> publics;                 ///< the reference list
};

/// Rows of Dispositifs by field name, without `id`: one a service and thématique that
/// Correspondances knows, the same service at several places once. What the source
/// does not say and a dispositif needs is marked « à compléter »; capacity and amounts stay
/// unknown.
[[nodiscard]] std::vector<std::map<std::string, Cell>>
proposed_dispositifs(const std::vector<EligibleService>& services, const OfferMapping& mapping,
                     const DispositifSource& from);

} // namespace pacte
