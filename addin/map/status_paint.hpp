#pragma once

#include <string>
#include <vector>

#include "map/maps.hpp"
#include "map/sheet.hpp"

// What the status map and its small form have in common.

namespace pacte::map {

[[nodiscard]] std::vector<CodeAndName> codes_and_names(const std::vector<Epci>& epcis);

/// Null where the map has no cell for the row.
[[nodiscard]] const CoverageCell* cell_of(const StatusMap& map, const MapRow& row);

[[nodiscard]] Fill status_fill(const CoverageCell* cell);
[[nodiscard]] std::string status_in_words(const CoverageCell* cell);

} // namespace pacte::map
