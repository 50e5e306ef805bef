#include <algorithm>
#include <tuple>

#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/sheet/XCellAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/view/XSelectionSupplier.hpp>

#include "commands/validation_run.hpp"

// Finding after finding, in the order of the sheets, rows and columns.

namespace pacte::commands {

namespace {

using office::Reference;
using office::UNO_QUERY;
using office::UNO_QUERY_THROW;

struct Stop {
    std::int32_t sheet;
    std::int32_t row;
    std::int32_t column;
    const Control* control;

    [[nodiscard]] auto place() const { return std::tie(sheet, row, column); }
};

std::vector<Stop> stops_of(const office::Workbook& workbook, const std::vector<Control>& controls)
{
    std::vector<Stop> stops;
    for (const Control& control : controls) {
        const Finding& finding = control.finding;
        if (is_accepted(control) || finding.row < 0 || finding.sheet.empty())
            continue;
        const Reference<css::sheet::XCellRangeAddressable> sheet(workbook.find_sheet(finding.sheet),
                                                                 UNO_QUERY);
        if (sheet.is())
            stops.push_back({sheet->getRangeAddress().Sheet, finding.row, finding.column, &control});
    }
    std::stable_sort(stops.begin(), stops.end(),
                     [](const Stop& a, const Stop& b) { return a.place() < b.place(); });
    // Several findings in one cell are one stop.
    stops.erase(std::unique(stops.begin(), stops.end(),
                            [](const Stop& a, const Stop& b) { return a.place() == b.place(); }),
                stops.end());
    return stops;
}

/// The cell that is selected, or the first of the range; before all where there is none.
Stop current(const office::Workbook& workbook)
{
    const Reference<css::view::XSelectionSupplier> view(workbook.model()->getCurrentController(),
                                                        UNO_QUERY_THROW);
    const Reference<css::sheet::XCellRangeAddressable> range(view->getSelection(), UNO_QUERY);
    if (!range.is())
        return {-1, -1, -1, nullptr};
    const auto at = range->getRangeAddress();
    return {at.Sheet, at.StartRow, at.StartColumn, nullptr};
}

const Stop& next_of(const std::vector<Stop>& stops, const Stop& here, bool forward)
{
    if (forward) {
        const auto found = std::find_if(stops.begin(), stops.end(),
                                        [&](const Stop& stop) { return here.place() < stop.place(); });
        return found != stops.end() ? *found : stops.front();
    }
    const auto found = std::find_if(stops.rbegin(), stops.rend(),
                                    [&](const Stop& stop) { return stop.place() < here.place(); });
    return found != stops.rend() ? *found : stops.back();
}

std::string walk(Request& request, bool forward)
{
    const office::Workbook workbook(request.model());
    const auto controls = read_controls(workbook);
    const auto stops = stops_of(workbook, controls);
    if (stops.empty())
        return "Aucun constat à parcourir : Pacte > Valider relit toutes les tables.";
    const Stop& stop = next_of(stops, current(workbook), forward);
    const Reference<css::view::XSelectionSupplier> view(workbook.model()->getCurrentController(),
                                                        UNO_QUERY_THROW);
    view->select(
        css::uno::makeAny(workbook.sheet(stop.sheet)->getCellByPosition(std::max(0, stop.column), stop.row)));
    const Finding& finding = stop.control->finding;
    return finding.code + " (" + name_of(finding.severity) + ") : " + finding.message +
           (finding.suggestion.empty() ? "" : " → " + finding.suggestion);
}

} // namespace

std::string next_finding(Request& request) { return walk(request, true); }

std::string previous_finding(Request& request) { return walk(request, false); }

} // namespace pacte::commands
