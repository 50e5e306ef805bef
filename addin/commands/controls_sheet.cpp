#include "commands/controls_sheet.hpp"

#include <algorithm>
#include <charconv>

#include <com/sun/star/sheet/XCellRangeFormula.hpp>

#include "office/installation.hpp"
#include "office/undo.hpp"

namespace pacte::commands {

namespace {

namespace css = office::css;
using office::OUString;
using office::Reference;
using office::Sequence;
using office::UNO_QUERY_THROW;

constexpr const char* controls = "controles";

/// Column and row of `C12`; −1 where the text is no cell.
std::pair<std::int32_t, std::int32_t> position_of(const std::string& cell)
{
    std::int32_t column = 0;
    std::size_t i = 0;
    for (; i < cell.size() && cell[i] >= 'A' && cell[i] <= 'Z'; ++i)
        column = column * 26 + (cell[i] - 'A' + 1);
    std::int32_t row = 0;
    const auto [end, error] = std::from_chars(cell.data() + i, cell.data() + cell.size(), row);
    if (i == 0 || error != std::errc() || end != cell.data() + cell.size())
        return {-1, -1};
    return {column - 1, row - 1};
}

Severity severity_of(const std::string& name)
{
    for (const Severity severity : {Severity::erreur, Severity::alerte, Severity::non_verifie})
        if (name == name_of(severity))
            return severity;
    return Severity::conseil;
}

std::string doubled(std::string text, char quote)
{
    for (std::size_t i = 0; (i = text.find(quote, i)) != std::string::npos; i += 2)
        text.insert(i, 1, quote);
    return text;
}

/// A link that Calc follows by itself, with or without Pacte.
std::string link_to(const Finding& finding)
{
    const std::string cell = cell_name(finding.column, finding.row);
    const std::string target = "#$'" + doubled(finding.sheet, '\'') + "'." + cell;
    return "=HYPERLINK(\"" + doubled(target, '"') + "\";\"" + cell + "\")";
}

void write_links(const office::Workbook& workbook, const std::vector<Finding>& findings)
{
    const auto area = workbook.area(controls);
    const auto sheet = workbook.sheet(area.Sheet);
    const Table table = office::read_table(sheet, area, controls);
    const int column = Columns(office::schemas().table(controls), table).index("cellule");
    if (column < 0 || findings.empty())
        return;
    Sequence<Sequence<OUString>> formulas(static_cast<sal_Int32>(findings.size()));
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const Finding& finding = findings[i];
        const bool has_cell = !finding.sheet.empty() && finding.row >= 0;
        Sequence<OUString> line(1);
        line[0] = has_cell ? office::ustring(link_to(finding)) : OUString();
        formulas[static_cast<sal_Int32>(i)] = line;
    }
    const auto count = static_cast<std::int32_t>(findings.size());
    const auto links = office::cells(sheet, area.StartColumn + column, area.StartRow + 1, area.StartColumn + column,
                                     area.StartRow + count);
    office::UndoStep::write_range(
        links, [&] { Reference<css::sheet::XCellRangeFormula>(links, UNO_QUERY_THROW)->setFormulaArray(formulas); });
}

} // namespace

std::vector<Finding> read_findings(const office::Workbook& workbook)
{
    std::vector<Finding> findings;
    if (!workbook.has_table(controls))
        return findings;
    const Table table = workbook.table(controls);
    const Columns columns(office::schemas().table(controls), table);
    for (const auto& row : table.rows) {
        Finding finding;
        const auto text = [&](const char* field) { return text_of(columns.cell(row, field)); };
        finding.severity = severity_of(text("severite"));
        finding.code = text("code");
        finding.message = text("message");
        finding.sheet = text("feuille");
        finding.suggestion = text("suggestion");
        std::tie(finding.column, finding.row) = position_of(text("cellule"));
        findings.push_back(std::move(finding));
    }
    return findings;
}

void write_findings(office::Workbook& workbook, const std::vector<Finding>& findings)
{
    std::vector<Finding> sorted = findings;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
    std::vector<std::vector<Cell>> rows;
    for (const Finding& finding : sorted)
        rows.push_back({std::string(name_of(finding.severity)), finding.code, finding.message, finding.sheet,
                        Blank{}, finding.suggestion});
    workbook.write_rows(controls, {"severite", "code", "message", "feuille", "cellule", "suggestion"}, rows);
    write_links(workbook, sorted);
}

} // namespace pacte::commands
