#pragma once

#include <chrono>
#include <map>
#include <string>

#include "core/cog.hpp"
#include "core/finding.hpp"
#include "core/rows.hpp"
#include "core/schema.hpp"
#include "core/table.hpp"

// What a good diagnosis respects (design, « The domain »). The checks say what
// is wrong; how it is shown is the business of the reporter.

namespace pacte {

struct ValidationInput {
    const Schemas& schemas;
    /// By table name. A table that is not there is missing in the workbook.
    const std::map<std::string, Table>& tables;
    /// Null where the territory of France could not be read: the codes are then
    /// checked by their form only.
    const Cog* cog = nullptr;
    /// The reference date, unless `Paramètres` gives one.
    Date today{};
};

/// Every rule, on every table. The findings come table by table in the order of
/// the sheets, then row by row, then column by column. What follows from an
/// error already found is not found again. 10,000 dispositifs: under 300 ms.
void validate(const ValidationInput& input, Reporter& reporter);

} // namespace pacte
