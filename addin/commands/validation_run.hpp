#pragma once

#include <map>
#include <string>
#include <vector>

#include "commands/command.hpp"
#include "commands/controls_sheet.hpp"
#include "core/validation.hpp"
#include "office/undo.hpp"
#include "office/workbook.hpp"

namespace pacte::commands {

/// Every table that is there. The validation says what is wrong in it; headers
/// merged with one another cannot be told apart, and stop it.
[[nodiscard]] std::map<std::string, Table> read_tables(const office::Workbook& workbook);

/// What the rules find in them, in the language of the office.
[[nodiscard]] std::vector<Finding> findings_in(const Request& request,
                                               const std::map<std::string, Table>& tables);

/// Writes « Contrôles » and marks the cells of the lines that are open.
/// `former`: what the sheet held before. Gives a sentence that names the sheets
/// that are protected, which are read like the others but not marked.
std::string show_controls(office::UndoStep& step, office::Workbook& workbook, const std::vector<Control>& former,
                   const std::vector<Control>& controls);

/// `2 erreurs, 1 alerte, 0 conseil…` and what to do next.
[[nodiscard]] std::string sentence_of(const std::vector<Control>& controls);

} // namespace pacte::commands
