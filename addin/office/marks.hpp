#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/finding.hpp"
#include "office/undo.hpp"
#include "office/workbook.hpp"

namespace pacte::office {

/// Marks the cells at fault: a background that lies over the cell's own format
/// (a conditional format, so that nothing of the user's is changed; on the screen alone,
/// see mark_colours.hpp) and, where
/// the cell has no comment of the user's, one that says why. The marks of the
/// run before (`former`) are taken away first; a comment that a person changed
/// since is theirs and stays. A sheet that a person protected is left as it is:
/// gives the names of those with something to mark.
std::vector<std::string> mark(UndoStep& step, const Workbook& workbook, const std::vector<Finding>& former,
                              const std::vector<Finding>& findings);

/// How many comments and shapes `mark_rows` has left on each sheet, by its index. Where
/// none has come or gone since, no box of a comment stands alone: they are not looked at.
using CommentCounts = std::map<std::int16_t, std::pair<sal_Int32, sal_Int32>>;

/// The marks of the rows that a person has just typed or pasted: those that Pacte had put
/// on the cells of `rows` are taken away, and those of `findings` are put. `was_ours`:
/// whether a comment is one that `mark` was last given (`notes_told`). Calc records
/// nothing of it: what the person did stays one step of theirs. Does nothing on a
/// protected sheet. `counts`: of the run before, none at first.
void mark_rows(const Workbook& workbook, const css::table::CellRangeAddress& rows,
               const std::function<bool(const std::string&)>& was_ours, const std::vector<Finding>& findings,
               CommentCounts& counts);

/// The comments that `mark` puts for these findings.
[[nodiscard]] std::set<std::string> notes_told(const std::vector<Finding>& findings);

} // namespace pacte::office
