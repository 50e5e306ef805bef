#include "office/text_room.hpp"

#include <com/sun/star/awt/FontWeight.hpp>
#include <com/sun/star/awt/Size.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/text/XTextRange.hpp>

#include "map/text_metrics.hpp"
#include "office/uno.hpp"

namespace pacte::office {

namespace {

// Calc sets a line a little higher than the font asks on some screens, and the
// agent may have chosen a wider font.
constexpr double safety = 1.06;

using Sheet = Reference<css::sheet::XSpreadsheet>;

css::table::CellRangeAddress merged_area(const Sheet& sheet, const css::table::CellRangeAddress& cell)
{
    const Reference<css::sheet::XSheetCellRange> range(
        cells(sheet, cell.StartColumn, cell.StartRow, cell.StartColumn, cell.StartRow), UNO_QUERY_THROW);
    const auto cursor = sheet->createCursorByRange(range);
    cursor->collapseToMergedArea();
    return Reference<css::sheet::XCellRangeAddressable>(cursor, UNO_QUERY_THROW)->getRangeAddress();
}

/// Height that the text asks, margins of the cell included.
std::int32_t needed_height(const Reference<css::table::XCell>& cell, std::int32_t width)
{
    const std::string words = utf8(Reference<css::text::XTextRange>(cell, UNO_QUERY_THROW)->getString());
    const double size = get_as<float>(cell, "CharHeight");
    const bool bold = get_as<float>(cell, "CharWeight") > css::awt::FontWeight::NORMAL;
    const auto margin = [&](const char* side) { return get_as<std::int32_t>(cell, side); };
    const auto inner = width - margin("ParaLeftMargin") - margin("ParaRightMargin");
    const auto held = map::text_size(
        map::wrap(words, static_cast<map::Hundredths_mm>(inner / safety), size, bold), size, bold);
    return static_cast<std::int32_t>(held.height * safety) + margin("ParaTopMargin") +
           margin("ParaBottomMargin");
}

Reference<css::uno::XInterface> row_of(const Sheet& sheet, std::int32_t row)
{
    return Reference<css::uno::XInterface>(
        Reference<css::table::XColumnRowRange>(cells(sheet, 0, row, 0, row), UNO_QUERY_THROW)->getRows(),
        UNO_QUERY_THROW);
}

} // namespace

void make_room_for_text(UndoStep& step, const Workbook& workbook,
                        const Reference<css::sheet::XSpreadsheet>& sheet,
                        const std::vector<css::table::CellRangeAddress>& cells_of_text, RowFit fit)
{
    for (const css::table::CellRangeAddress& at : cells_of_text) {
        const auto cell = sheet->getCellByPosition(at.StartColumn, at.StartRow);
        if (!get_as<bool>(cell, "IsTextWrapped"))
            continue;
        const css::table::CellRangeAddress area = merged_area(sheet, at);
        const auto room = get_as<css::awt::Size>(
            cells(sheet, area.StartColumn, area.StartRow, area.EndColumn, area.EndRow), "Size");
        const std::int32_t missing = needed_height(cell, room.Width) - room.Height;
        const auto row = row_of(sheet, area.EndRow);
        if (missing == 0 || (missing < 0 && fit == RowFit::raise) || !get_as<bool>(row, "IsVisible"))
            continue;
        const auto height = get_as<std::int32_t>(row, "Height");
        const auto give = [model = workbook.model(), name = name_of(sheet),
                           index = area.EndRow](std::int32_t high) {
            const Sheet there = Workbook(model).find_sheet(name);
            if (!there.is())
                return;
            const Unrecorded unrecorded(model);
            set(row_of(there, index), "Height", high);
        };
        give(height + missing);
        step.add([give, height] { give(height); }, [give, high = height + missing] { give(high); });
    }
}

} // namespace pacte::office
