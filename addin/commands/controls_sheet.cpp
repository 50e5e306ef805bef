#include "commands/controls_sheet.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <unordered_map>
#include <utility>

#include <com/sun/star/sheet/XCellRangeFormula.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>

#include "core/text.hpp"
#include "office/held_heights.hpp"
#include "office/installation.hpp"
#include "office/table_editor.hpp"
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
    const auto links = office::cells(sheet, area.StartColumn + column, area.StartRow + 1,
                                     area.StartColumn + column, area.StartRow + count);
    office::UndoStep::write_range(links, [&] {
        Reference<css::sheet::XCellRangeFormula>(links, UNO_QUERY_THROW)->setFormulaArray(formulas);
    });
}

/// To fit thousands of lines one by one would take seconds: beyond that, all are given the
/// room of the longest.
constexpr std::size_t most_fitted = 500;

/// Of the longest message or suggestion from that line on, in hundredths of a millimetre.
std::int32_t room_of(std::span<const Control> lines)
{
    // Of the columns as a new workbook has them, in 9 points.
    constexpr std::size_t letters_of_message = 60;
    constexpr std::size_t letters_of_suggestion = 46;
    constexpr std::size_t most_lines = 5;
    std::size_t most = 1;
    for (const Control& line : lines)
        most = std::max({most, characters(line.finding.message) / letters_of_message + 1,
                         characters(line.finding.suggestion) / letters_of_suggestion + 1});
    return 140 + 380 * static_cast<std::int32_t>(std::min(most, most_lines));
}

void fit_rows(const office::Workbook& workbook, std::span<const Control> lines)
{
    const auto area = workbook.area(controls);
    const auto rows = [&](std::size_t first, std::size_t last) {
        const Reference<css::table::XColumnRowRange> range(
            office::cells(workbook.sheet(area.Sheet), area.StartColumn,
                          area.StartRow + static_cast<std::int32_t>(first), area.EndColumn,
                          area.StartRow + static_cast<std::int32_t>(last)),
            UNO_QUERY_THROW);
        return range->getRows();
    };
    const std::size_t fitted = std::min(lines.size(), most_fitted);
    if (fitted > 0)
        office::set(rows(1, fitted), "OptimalHeight", true);
    if (lines.size() > fitted)
        office::set(rows(fitted + 1, lines.size()), "Height", room_of(lines.subspan(fitted)));
}

std::string place_of(const Finding& finding)
{
    return finding.table + ":" + finding.key + ":" + finding.field;
}

/// The lines of the run before, by rule and place.
class FormerLines {
public:
    explicit FormerLines(const std::vector<Control>& former)
    {
        for (const Control& control : former)
            lines_[control.finding.code + " " + control.place].push_back(&control);
    }

    /// The line of the same rule at the same place, those with the same words first.
    [[nodiscard]] const Control* find(const Finding& finding) const
    {
        const auto there = lines_.find(finding.code + " " + place_of(finding));
        if (there == lines_.end())
            return nullptr;
        const Control* found = nullptr;
        for (const Control* control : there->second) {
            if (control->finding.message == finding.message)
                return control;
            if (finding.row >= 0 && (found == nullptr || found->reason.empty()))
                found = control;
        }
        return found;
    }

private:
    std::unordered_map<std::string, std::vector<const Control*>> lines_;
};

} // namespace

bool is_accepted(const Control& control)
{
    return !control.reason.empty() && !control.reason.starts_with(to_review);
}

std::vector<Control> read_controls(const office::Workbook& workbook)
{
    std::vector<Control> lines;
    if (!workbook.has_table(controls))
        return lines;
    const Table table = workbook.table(controls);
    const Columns columns(office::schemas().table(controls), table);
    for (const auto& row : table.rows) {
        const auto text = [&](const char* field) { return text_of(columns.cell(row, field)); };
        if (text("code").empty())
            continue;
        Control line;
        line.finding.severity = severity_of(text("severite"));
        line.finding.code = text("code");
        line.finding.message = text("message");
        line.finding.sheet = text("feuille");
        line.finding.suggestion = text("suggestion");
        std::tie(line.finding.column, line.finding.row) = position_of(text("cellule"));
        line.place = text("repere");
        line.finding.table = line.place.substr(0, line.place.find(':'));
        line.reason = trim(text("acceptee"));
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<Control> with_reasons(const std::vector<Finding>& findings, const std::vector<Control>& former)
{
    const FormerLines former_lines(former);
    std::vector<Control> lines;
    for (const Finding& finding : findings) {
        Control line{finding, place_of(finding), {}};
        if (const Control* known = former_lines.find(finding); known != nullptr && !known->reason.empty()) {
            const bool same = known->finding.message == finding.message;
            line.reason =
                same || known->reason.starts_with(to_review) ? known->reason : to_review + known->reason;
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

void write_controls(office::UndoStep& step, office::Workbook& workbook, std::vector<Control> lines)
{
    std::stable_sort(lines.begin(), lines.end(), [](const Control& a, const Control& b) {
        return std::pair(is_accepted(a), a.finding.severity) < std::pair(is_accepted(b), b.finding.severity);
    });
    office::ensure_columns(step, workbook, controls, {"repere", "acceptee"});
    std::vector<std::vector<Cell>> rows;
    std::vector<Finding> findings;
    for (const Control& line : lines) {
        const Finding& finding = line.finding;
        const auto reason = line.reason.empty() ? Cell(Blank{}) : Cell(line.reason);
        rows.push_back({std::string(name_of(finding.severity)), finding.code, finding.message, finding.sheet,
                        Blank{}, finding.suggestion, line.place, reason});
        findings.push_back(finding);
    }
    {
        const office::HeldHeights held(workbook.model());
        workbook.write_rows(
            controls,
            {"severite", "code", "message", "feuille", "cellule", "suggestion", "repere", "acceptee"}, rows);
        write_links(workbook, findings);
    }
    fit_rows(workbook, lines);
}

} // namespace pacte::commands
