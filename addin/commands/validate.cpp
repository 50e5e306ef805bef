#include <algorithm>
#include <set>

#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>

#include "commands/validation_run.hpp"
#include "core/error.hpp"
#include "office/installation.hpp"
#include "office/progress.hpp"

namespace pacte::commands {

namespace {

/// The tables that stand in the sheet in front.
std::set<std::string> tables_in_front(const office::Workbook& workbook)
{
    const office::Reference<css::sheet::XSpreadsheetView> view(workbook.model()->getCurrentController(),
                                                               office::UNO_QUERY_THROW);
    const office::Reference<css::sheet::XCellRangeAddressable> front(view->getActiveSheet(),
                                                                     office::UNO_QUERY_THROW);
    const auto index = front->getRangeAddress().Sheet;
    std::set<std::string> tables;
    for (const TableSchema& schema : office::schemas().tables())
        if (!schema.generated && workbook.has_table(schema.name) && workbook.area(schema.name).Sheet == index)
            tables.insert(schema.name);
    if (tables.empty())
        throw Failure(Failure::Cause::bad_value,
                      "Cette feuille ne contient aucune table du diagnostic : ouvrez celle "
                      "à contrôler (Dispositifs, Besoins…), ou choisissez Pacte > Valider.");
    return tables;
}

} // namespace

std::string validate(Request& request)
{
    office::Workbook workbook(request.model());
    workbook.require_writable();
    workbook.require_writable_table("controles");
    office::Progress progress(request.frame, "Validation du diagnostic…");

    const auto tables = read_tables(workbook);
    progress.reach(0.3);
    const auto former = read_controls(workbook);
    const auto controls = with_reasons(findings_in(request, tables), former);
    progress.reach(0.6);

    office::UndoStep step(workbook.model(), "Valider");
    const auto unmarked = show_controls(step, workbook, former, controls);
    progress.reach(1.0);
    step.commit();
    return sentence_of(controls) + unmarked;
}

std::string validate_sheet(Request& request)
{
    office::Workbook workbook(request.model());
    workbook.require_writable();
    workbook.require_writable_table("controles");
    const auto names = tables_in_front(workbook);
    office::Progress progress(request.frame, "Validation de la feuille…");
    const auto former = read_controls(workbook);
    auto found = findings_in(request, read_tables(workbook));
    progress.reach(0.6);
    std::erase_if(found, [&](const Finding& finding) { return !names.contains(finding.table); });
    const auto own = with_reasons(found, former);

    // The lines of the other tables stay as they are.
    std::vector<Control> controls;
    std::copy_if(former.begin(), former.end(), std::back_inserter(controls),
                 [&](const Control& control) { return !names.contains(control.finding.table); });
    controls.insert(controls.end(), own.begin(), own.end());

    office::UndoStep step(workbook.model(), "Valider la feuille");
    const auto unmarked = show_controls(step, workbook, former, controls);
    progress.reach(1.0);
    step.commit();
    return sentence_of(own) + unmarked;
}

} // namespace pacte::commands
