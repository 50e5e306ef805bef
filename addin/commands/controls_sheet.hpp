#pragma once

#include <string>
#include <vector>

#include "core/finding.hpp"
#include "office/undo.hpp"
#include "office/workbook.hpp"

namespace pacte::commands {

/// A line of the sheet « Contrôles ».
struct Control {
    Finding finding;
    std::string place;  ///< `dispositifs:D-033:montant_annuel`, whatever the sort and the names of the sheets
    std::string reason; ///< why a person accepts it; empty where they do not
};

/// What stands before a reason given for other values than those found now.
inline constexpr const char* to_review = "(à revoir) ";

/// A person accepts it, and for these very values.
[[nodiscard]] bool is_accepted(const Control& control);

/// The findings of the run before, as the workbook keeps them.
[[nodiscard]] std::vector<Control> read_controls(const office::Workbook& workbook);

/// The findings with the reasons that were given for the same rule at the same
/// place; where the values changed since, the reason is to be reviewed.
[[nodiscard]] std::vector<Control> with_reasons(const std::vector<Finding>& findings,
                                                const std::vector<Control>& former);

/// Replaces the rows of `controles`, the open ones first, the most serious first,
/// each with a link to its cell. A workbook made before the last two columns gets them.
void write_controls(office::UndoStep& step, office::Workbook& workbook, std::vector<Control> controls);

} // namespace pacte::commands
