#pragma once

#include <vector>

#include <com/sun/star/table/CellRangeAddress.hpp>

#include "office/undo.hpp"
#include "office/workbook.hpp"

// Calc fits the height of no row to the text of a merged cell, and cuts on paper
// what does not hold in it.

namespace pacte::office {

enum class RowFit {
    raise, ///< a row that is high enough keeps its height
    exact,
};

/// Makes the last row of each cell, or of the area that it is merged with, as high
/// as the text that it shows asks. A hidden row stays so, and a cell whose text is
/// not wrapped is left.
void make_room_for_text(UndoStep& step, const Workbook& workbook,
                        const Reference<css::sheet::XSpreadsheet>& sheet,
                        const std::vector<css::table::CellRangeAddress>& cells, RowFit fit = RowFit::raise);

} // namespace pacte::office
