#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/finding.hpp"
#include "core/schema.hpp"
#include "core/table.hpp"

namespace pacte {

/// What could be written more neatly, and is no fault: spaces at the ends, doubled
/// or no-break, line breaks in a short text, another writing (case, accents,
/// apostrophes) of a value of the list. `table` and `cell` as in a finding.
struct CleanUp {
    std::string table;
    std::string sheet;
    std::int32_t column = -1; ///< position in the sheet
    std::int32_t row = -1;
    std::string field;
    std::string key;
    std::string before;
    std::string after;
};

/// Table by table, row by row. Texts that a person composed (`texte long`) are left alone.
[[nodiscard]] std::vector<CleanUp> clean_ups(const Schemas& schemas,
                                             const std::map<std::string, Table>& tables);

} // namespace pacte
