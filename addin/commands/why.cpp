#include <optional>
#include <string_view>

#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>

#include "commands/command.hpp"
#include "commands/coverage_reports.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "office/diagnosis.hpp"
#include "office/dialog.hpp"
#include "office/import_record.hpp"
#include "office/installation.hpp"
#include "office/undo.hpp"

// « Pourquoi ce chiffre ? »: what a figure of the coverage is made of, in a window and
// in a sheet that can be printed.

namespace pacte::commands {

namespace {

struct Figure {
    std::string epci;
    std::string thematique;
};

/// The line of `Couverture` where the selection is.
std::optional<Figure> in_coverage(const office::Workbook& workbook,
                                  const css::table::CellRangeAddress& selected)
{
    if (!workbook.has_table("couverture"))
        return std::nullopt;
    const auto area = workbook.area("couverture");
    if (area.Sheet != selected.Sheet || selected.StartRow <= area.StartRow)
        return std::nullopt;
    const Table table = workbook.table("couverture");
    const auto row = static_cast<std::size_t>(selected.StartRow - area.StartRow - 1);
    if (row >= table.rows.size())
        return std::nullopt;
    const Columns columns(office::schemas().table("couverture"), table);
    return Figure{read_code(columns.cell(table.rows[row], "code_epci")),
                  read_code(columns.cell(table.rows[row], "thematique"))};
}

constexpr std::int32_t report_header_row = 3;

std::string text_at(const office::Workbook& workbook, std::int16_t sheet, std::int32_t column,
                    std::int32_t row)
{
    return pacte::text_of(office::read_cells(workbook.sheet(sheet), {sheet, column, row, column, row})[0][0]);
}

/// The cell of the matrix: its thématique on the left, its EPCI at the head.
std::optional<Figure> in_matrix(const office::Workbook& workbook,
                                const css::table::CellRangeAddress& selected)
{
    if (office::name_of(workbook.sheet(selected.Sheet)) != "Matrice de couverture" ||
        selected.StartRow <= report_header_row || selected.StartColumn == 0)
        return std::nullopt;
    const std::string thematique = text_at(workbook, selected.Sheet, 0, selected.StartRow);
    return Figure{text_at(workbook, selected.Sheet, selected.StartColumn, report_header_row),
                  thematique.substr(0, thematique.find(' '))};
}

/// The line of the ranked list: its EPCI and its thématique.
std::optional<Figure> in_uncovered(const office::Workbook& workbook,
                                   const css::table::CellRangeAddress& selected)
{
    if (office::name_of(workbook.sheet(selected.Sheet)) != "Besoins non couverts" ||
        selected.StartRow <= report_header_row)
        return std::nullopt;
    return Figure{text_at(workbook, selected.Sheet, 1, selected.StartRow),
                  text_at(workbook, selected.Sheet, 2, selected.StartRow)};
}

Figure asked_figure(const Request& request, const office::Workbook& workbook)
{
    if (const std::string epci = request.argument("epci"); !epci.empty())
        return {epci, request.argument("thematique")};
    const Reference<css::sheet::XCellRangeAddressable> selection(request.model()->getCurrentSelection(),
                                                                 office::UNO_QUERY);
    if (selection.is()) {
        const auto selected = selection->getRangeAddress();
        if (const auto figure = in_coverage(workbook, selected))
            return *figure;
        for (const auto& where : {in_matrix, in_uncovered})
            if (const auto figure = where(workbook, selected);
                figure && !figure->epci.empty() && !figure->thematique.empty())
                return *figure;
    }
    throw Failure(
        Failure::Cause::bad_value,
        "Sélectionnez une ligne de « Couverture » ou de « Besoins non couverts », ou une case de « Matrice "
        "de couverture », puis recommencez : Pacte dira de quoi le chiffre est fait.");
}

/// False: the window was closed, no sheet is wanted.
bool show(const Request& request, const Report& report)
{
    office::Dialog dialog(request.context, {"Pourquoi ce chiffre ?", "Why this figure?"}, 540);
    dialog.add_words(report.title, 1);
    dialog.add_words(report.subtitle, 3);
    std::vector<std::string> headers;
    for (const ReportColumn& column : report.columns)
        headers.push_back(column.header);
    std::vector<std::vector<std::string>> rows;
    for (const auto& cells : report.rows) {
        std::vector<std::string> row;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            const auto* number = std::get_if<double>(&cells[c]);
            const bool is_share = number && std::string_view(report.columns[c].style) == "Pour cent";
            row.push_back(is_share ? french_number(*number * 100.0, 1) + " %"
                          : number ? french_number(*number, 1)
                                   : pacte::text_of(cells[c]));
        }
        rows.push_back(std::move(row));
    }
    dialog.add_grid("dispositifs", {"Dispositifs", "Programmes"}, headers, rows, 10);
    for (const std::string& note : report.notes)
        dialog.add_words(note, 2);
    dialog.add_action("feuille", {"Faire la feuille à imprimer", "Make the sheet to print"}, 2);
    dialog.add_buttons(false);
    const int result = dialog.run(request.frame);
    dialog.close();
    return result == 2;
}

} // namespace

std::string explain_figure(Request& request)
{
    office::Workbook workbook(request.model());
    const Figure figure = asked_figure(request, workbook);
    const office::Diagnosis diagnosis = office::read_diagnosis(workbook);
    const Coverage coverage = office::coverage_of(diagnosis);
    const Report report =
        why_report({diagnosis.territory, diagnosis.thematiques, diagnosis.variables, diagnosis.needs,
                    diagnosis.dispositifs, diagnosis.date},
                   coverage, figure.epci, figure.thematique, office::read_citations(workbook));
    if (request.argument("epci").empty() && !show(request, report))
        return {};
    workbook.require_writable();
    office::UndoStep step(workbook.model(), "Pourquoi ce chiffre ?");
    write_report(step, workbook, report);
    step.commit();
    return report.title + " : " + report.subtitle + " Voyez la feuille « " + report.sheet + " ».";
}

} // namespace pacte::commands
