#pragma once

#include <vector>

#include "core/finding.hpp"
#include "office/workbook.hpp"

namespace pacte::commands {

/// The findings that the sheet `Contrôles` lists from the run before.
[[nodiscard]] std::vector<Finding> read_findings(const office::Workbook& workbook);

/// Lists the findings, the most serious first, each with a link to its cell.
/// Makes the sheet where it is missing.
void write_findings(office::Workbook& workbook, const std::vector<Finding>& findings);

} // namespace pacte::commands
