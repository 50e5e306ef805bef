#include "commands/fiche_sheet.hpp"

#include <algorithm>
#include <cctype>

#include <com/sun/star/awt/Point.hpp>
#include <com/sun/star/awt/Size.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeReferrer.hpp>
#include <com/sun/star/sheet/XNamedRanges.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>

#include "core/error.hpp"
#include "core/text.hpp"
#include "office/indicator_chart.hpp"

namespace pacte::commands {

namespace {

namespace css = office::css;
using css::table::CellRangeAddress;
using office::get;
using office::Reference;
using office::UNO_QUERY;
using office::UNO_QUERY_THROW;
using office::ustring;
using office::utf8;
using Sheet = Reference<css::sheet::XSpreadsheet>;
using Fields = std::map<std::string, CellRangeAddress>;

constexpr const char* model_name = "Modèle de fiche";
constexpr std::string_view prefix = "champ_";
constexpr std::int32_t record_column = 40;
// The room that the model gives (see its description in classeur.fods).
constexpr int budget_rows = 7;
constexpr int most_indicators = 6;

Sheet model_of(const office::Workbook& workbook)
{
    const Sheet model = workbook.find_sheet(model_name);
    if (!model.is())
        throw Failure(Failure::Cause::bad_document,
                      "La feuille « Modèle de fiche » est introuvable : rétablissez-la (copiez-la d'un nouveau "
                      "diagnostic), puis recommencez.");
    return model;
}

Fields fields_of(const Sheet& sheet)
{
    Fields fields;
    const Reference<css::sheet::XNamedRanges> names(get(sheet, "NamedRanges"), UNO_QUERY_THROW);
    for (const rtl::OUString& name : names->getElementNames()) {
        const std::string text = utf8(name);
        const Reference<css::sheet::XCellRangeReferrer> referrer(names->getByName(name), UNO_QUERY);
        if (!text.starts_with(prefix) || !referrer.is())
            continue;
        const Reference<css::sheet::XCellRangeAddressable> cells(referrer->getReferredCells(), UNO_QUERY);
        if (cells.is())
            fields[text.substr(prefix.size())] = cells->getRangeAddress();
    }
    return fields;
}

std::string absolute(const CellRangeAddress& cell)
{
    const std::string name = cell_name(cell.StartColumn, cell.StartRow);
    const std::size_t digits = name.find_first_of("0123456789");
    return "$" + name.substr(0, digits) + "$" + name.substr(digits);
}

/// A formula without its row numbers and columns: a table that grew or moved
/// still gives the same formula.
std::string shape_of(const std::string& formula)
{
    std::string shape;
    for (std::size_t i = 0; i < formula.size(); ++i) {
        if (formula[i] != '$') {
            shape += formula[i];
            continue;
        }
        while (i + 1 < formula.size() && std::isalnum(static_cast<unsigned char>(formula[i + 1])) != 0)
            ++i;
    }
    return shape;
}

/// What a person wrote in a field is theirs: a text, a number, another formula.
bool is_personal(const std::string& current, const std::string& generated)
{
    return !current.empty() && current != generated && shape_of(current) != shape_of(generated);
}

/// Writes the fields and counts those that it left to the person.
class FieldWriter {
public:
    FieldWriter(Sheet sheet, bool is_new) : sheet_(std::move(sheet)), is_new_(is_new) {}

    void write(std::int32_t column, std::int32_t row, const std::string& formula)
    {
        const auto cell = sheet_->getCellByPosition(column, row);
        const std::string current = utf8(cell->getFormula());
        if (current == formula)
            return;
        if (!is_new_ && is_personal(current, formula)) {
            ++kept;
            return;
        }
        cell->setFormula(ustring(formula));
    }

    void write(std::int32_t column, std::int32_t row, const std::vector<std::vector<std::string>>& rows)
    {
        for (std::size_t i = 0; i < rows.size(); ++i)
            for (std::size_t j = 0; j < rows[i].size(); ++j)
                if (!rows[i][j].empty())
                    write(column + static_cast<std::int32_t>(j), row + static_cast<std::int32_t>(i), rows[i][j]);
    }

    int kept = 0;

private:
    Sheet sheet_;
    bool is_new_;
};

void show_rows(const Sheet& sheet, std::int32_t first, std::int32_t last, bool visible)
{
    if (first > last)
        return;
    for (std::int32_t row = first; row <= last; ++row) {
        const Reference<css::table::XColumnRowRange> range(office::cells(sheet, 0, row, 0, row), UNO_QUERY_THROW);
        if (office::get_as<bool>(range->getRows(), "IsVisible") != visible)
            office::set(range->getRows(), "IsVisible", visible);
    }
}

void write_budget(FieldWriter& writer, const Sheet& sheet, TableRanges& ranges, const CellRangeAddress& at,
                  const std::string& id_cell, const FicheContent& content)
{
    const auto rows = budget_formulas(ranges, id_cell, at.StartColumn, at.StartRow, content.first_year,
                                      content.last_year);
    writer.write(at.StartColumn, at.StartRow, rows);
    show_rows(sheet, at.StartRow + static_cast<std::int32_t>(rows.size()), at.StartRow + budget_rows - 1, false);
}

void write_indicators(FieldWriter& writer, const Sheet& sheet, TableRanges& ranges, const CellRangeAddress& at,
                      const FicheContent& content)
{
    const int shown = std::min<int>(most_indicators, static_cast<int>(content.indicators.size()));
    for (int i = 0; i < shown; ++i)
        writer.write(at.StartColumn, at.StartRow + 2 * i,
                     indicator_formulas(ranges, content.indicators[static_cast<std::size_t>(i)].id,
                                        content.first_year, content.last_year));
    if (shown == 0)
        writer.write(at.StartColumn, at.StartRow, "à compléter");
    const int used = std::max(1, shown);
    show_rows(sheet, at.StartRow, at.StartRow + 2 * used - 1, true);
    show_rows(sheet, at.StartRow + 2 * used, at.StartRow + 2 * most_indicators - 1, false);
}

map::Rectangle place_of(const Sheet& sheet, const CellRangeAddress& area)
{
    const auto range = office::cells(sheet, area.StartColumn, area.StartRow, area.EndColumn, area.EndRow);
    const auto position = office::get_as<css::awt::Point>(range, "Position");
    const auto size = office::get_as<css::awt::Size>(range, "Size");
    constexpr map::Hundredths_mm margin = 60;
    return {position.X + margin, position.Y + margin, size.Width - 2 * margin, size.Height - 2 * margin};
}

office::Kept draw_mini_map(office::UndoStep& step, const office::Workbook& workbook, const Sheet& sheet,
                           const CellRangeAddress& area, const FicheContent& content, bool is_new)
{
    if (content.thematique < 0)
        return {};
    const map::StatusMap status = status_map(*content.diagnosis, *content.coverage,
                                             static_cast<std::size_t>(content.thematique), *content.ground);
    return office::draw(step, workbook, {sheet, {}, record_column, is_new},
                        map::draw_mini(status, place_of(sheet, area)));
}

/// The first indicator of realisation, whose targets are annual.
const Indicateur* charted(const std::vector<Indicateur>& indicators)
{
    const auto found = std::find_if(indicators.begin(), indicators.end(), [](const Indicateur& indicator) {
        return fold(indicator.type) == "realisation";
    });
    return found == indicators.end() || found - indicators.begin() >= most_indicators ? nullptr : &*found;
}

void add_chart(const Sheet& sheet, const Fields& fields, const FicheContent& content)
{
    const Indicateur* indicator = charted(content.indicators);
    const auto area = fields.find("graphique");
    const auto table = fields.find("indicateurs");
    if (!indicator || area == fields.end() || table == fields.end())
        return;
    const auto index = static_cast<std::int32_t>(indicator - content.indicators.data());
    const std::int32_t first_column = table->second.StartColumn + 3;
    const std::int32_t years = content.last_year - content.first_year;
    office::IndicatorChart chart;
    chart.title = indicator->label;
    chart.place = place_of(sheet, area->second);
    chart.first_column = first_column;
    chart.last_column = first_column + years;
    chart.years_row = table->second.StartRow - 1;
    chart.targets_row = table->second.StartRow + 2 * index;
    office::add_indicator_chart(sheet, chart);
}

} // namespace

std::string fiche_name_of(const Action& action)
{
    std::string number;
    for (const char c : action.id)
        if (std::isdigit(static_cast<unsigned char>(c)) != 0)
            number += c;
    if (number.empty())
        return "F-" + action.id;
    return "F-" + (number.size() < 2 ? "0" + number : number);
}

std::vector<std::string> unknown_fields(const office::Workbook& workbook)
{
    std::vector<std::string> unknown;
    const std::vector<std::string>& known = fiche_fields();
    for (const auto& [name, area] : fields_of(model_of(workbook))) {
        if (std::find(known.begin(), known.end(), name) != known.end())
            continue;
        const std::string near = nearest(name, known);
        unknown.push_back("champ_" + name + (near.empty() ? "" : " → champ_" + near));
    }
    return unknown;
}

FicheOutcome write_fiche(office::UndoStep& step, office::Workbook& workbook, TableRanges& ranges,
                         const FicheContent& content)
{
    FicheOutcome outcome;
    const std::string name = fiche_name_of(content.action);
    Sheet sheet = workbook.find_sheet(name);
    outcome.is_new = !sheet.is();
    if (outcome.is_new) {
        model_of(workbook);
        sheet = workbook.copy_sheet(model_name, name);
    }
    const Fields fields = fields_of(sheet);
    const auto id = fields.find("id");
    if (id == fields.end())
        throw Failure(Failure::Cause::bad_document,
                      "La feuille « " + std::string(outcome.is_new ? model_name : name.c_str()) +
                          " » n'a plus de cellule nommée « champ_id » : nommez ainsi la cellule du numéro de "
                          "l'action (Feuille > Plages et expressions nommées), puis recommencez.");
    const std::string id_cell = absolute(id->second);

    FieldWriter writer(sheet, outcome.is_new);
    for (const auto& [field, formula] : fiche_formulas(ranges, content.action.id, id_cell))
        if (const auto at = fields.find(field); at != fields.end())
            writer.write(at->second.StartColumn, at->second.StartRow, formula);
    if (const auto at = fields.find("budget"); at != fields.end())
        write_budget(writer, sheet, ranges, at->second, id_cell, content);
    if (const auto at = fields.find("indicateurs"); at != fields.end())
        write_indicators(writer, sheet, ranges, at->second, content);
    outcome.kept_texts = writer.kept;
    outcome.left_out_indicators = std::max<int>(0, static_cast<int>(content.indicators.size()) - most_indicators);

    if (const auto at = fields.find("carte"); at != fields.end())
        outcome.kept_shapes = draw_mini_map(step, workbook, sheet, at->second, content, outcome.is_new);
    if (outcome.is_new) {
        const office::UndoStep::Unrecorded unrecorded(step);
        add_chart(sheet, fields, content);
    }
    return outcome;
}

} // namespace pacte::commands
