#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/cog_years.hpp"
#include "core/schema.hpp"
#include "core/table.hpp"

namespace pacte {

/// A cell that another year's geography changes.
struct VintageChange {
    std::string table;
    std::string sheet;
    std::size_t row = 0; ///< index in Table::rows; beyond its end: a row to be added
    std::string field;
    Cell before;
    Cell after;
    std::string reason; ///< `fusionnée dans Culoz-Béon`
};

struct VintagePlan {
    std::vector<VintageChange> changes;
    std::vector<std::string> remarks; ///< what a person has to look at
};

/// What becomes of Territoires, Communes, Besoins, Offre and Dispositifs when the
/// diagnosis passes from the geography of one year to another's. Codes are
/// followed; names and figures are changed only where they are those of the
/// former year: what a person wrote stays. Communes merged into another leave
/// their row, new members get one. `tables` by name; those that are not there are
/// left out.
[[nodiscard]] VintagePlan plan_vintage_change(const std::map<std::string, Table>& tables,
                                              const Schemas& schemas, const CogYears& years, int from,
                                              int to);

} // namespace pacte
