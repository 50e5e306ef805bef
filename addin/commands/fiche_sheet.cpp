#include "commands/fiche_sheet.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

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
#include "office/text_room.hpp"

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
        throw Failure(
            Failure::Cause::bad_document,
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

/// A formula without its references: a table that grew, moved or was renamed
/// still gives the same formula. (Calc gives `$Actions.$C$5` for what was written
/// `$'Actions'.$C$5`.)
std::string shape_of(const std::string& formula)
{
    const auto is_of_name = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_' || c == '\'';
    };
    std::string shape;
    for (std::size_t i = 0; i < formula.size(); ++i) {
        if (formula[i] == '$')
            while (i + 1 < formula.size() && is_of_name(formula[i + 1]))
                ++i;
        else if (formula[i] != '\'')
            shape += formula[i];
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

    void write(std::int32_t column, std::int32_t row, const std::vector<std::vector<std::string>>& rows)
    {
        for (std::size_t i = 0; i < rows.size(); ++i)
            for (std::size_t j = 0; j < rows[i].size(); ++j)
                if (!rows[i][j].empty())
                    write(column + static_cast<std::int32_t>(j), row + static_cast<std::int32_t>(i),
                          rows[i][j]);
    }

    int kept = 0;

private:
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

    Sheet sheet_;
    bool is_new_;
};

void show_rows(const Sheet& sheet, std::int32_t first, std::int32_t last, bool visible)
{
    for (std::int32_t row = first; row <= last; ++row) {
        const Reference<css::table::XColumnRowRange> range(office::cells(sheet, 0, row, 0, row),
                                                           UNO_QUERY_THROW);
        if (office::get_as<bool>(range->getRows(), "IsVisible") != visible)
            office::set(range->getRows(), "IsVisible", visible);
    }
}

map::Rectangle place_of(const Sheet& sheet, const CellRangeAddress& area)
{
    const auto range = office::cells(sheet, area.StartColumn, area.StartRow, area.EndColumn, area.EndRow);
    const auto position = office::get_as<css::awt::Point>(range, "Position");
    const auto size = office::get_as<css::awt::Size>(range, "Size");
    constexpr map::Hundredths_mm margin = 60;
    return {position.X + margin, position.Y + margin, size.Width - 2 * margin, size.Height - 2 * margin};
}

/// The first indicator of realisation, whose targets are annual.
const Indicateur* charted(const std::vector<Indicateur>& indicators)
{
    const auto found = std::find_if(indicators.begin(), indicators.end(), [](const Indicateur& indicator) {
        return fold(indicator.type) == "realisation";
    });
    return found == indicators.end() || found - indicators.begin() >= most_indicators ? nullptr : &*found;
}

/// All that a fiche will hold, and where: computed before anything is written.
struct FichePlan {
    struct Cells {
        std::int32_t column = 0;
        std::int32_t row = 0;
        std::vector<std::vector<std::string>> formulas;
    };
    struct Rows {
        std::int32_t first = 0;
        std::int32_t last = 0;
        bool visible = true;
    };
    struct MiniMap {
        CellRangeAddress area;
        map::StatusMap map; ///< its contours lie in the content's ground
    };
    struct Chart {
        CellRangeAddress area;
        office::IndicatorChart chart; ///< its place comes from the area
    };

    std::vector<Cells> cells;
    std::vector<CellRangeAddress> texts; ///< those of the cells that hold one field
    std::vector<Rows> rows;
    std::optional<MiniMap> mini_map;
    std::optional<Chart> chart;
};

void plan_budget(FichePlan& plan, TableRanges& ranges, const CellRangeAddress& at, const std::string& id_cell,
                 const FicheContent& content)
{
    auto formulas =
        budget_formulas(ranges, id_cell, at.StartColumn, at.StartRow, content.first_year, content.last_year);
    plan.rows.push_back(
        {at.StartRow + static_cast<std::int32_t>(formulas.size()), at.StartRow + budget_rows - 1, false});
    plan.cells.push_back({at.StartColumn, at.StartRow, std::move(formulas)});
}

void plan_indicators(FichePlan& plan, TableRanges& ranges, const CellRangeAddress& at,
                     const FicheContent& content)
{
    const int shown = std::min<int>(most_indicators, static_cast<int>(content.indicators.size()));
    for (int i = 0; i < shown; ++i)
        plan.cells.push_back({at.StartColumn, at.StartRow + 2 * i,
                              indicator_formulas(ranges, content.indicators[static_cast<std::size_t>(i)].id,
                                                 content.first_year, content.last_year)});
    if (shown == 0)
        plan.cells.push_back({at.StartColumn, at.StartRow, {{"à compléter"}}});
    const int used = std::max(1, shown);
    plan.rows.push_back({at.StartRow, at.StartRow + 2 * used - 1, true});
    plan.rows.push_back({at.StartRow + 2 * used, at.StartRow + 2 * most_indicators - 1, false});
}

void plan_chart(FichePlan& plan, const CellRangeAddress& area, const CellRangeAddress& table,
                const FicheContent& content)
{
    const Indicateur* indicator = charted(content.indicators);
    if (!indicator)
        return;
    const auto index = static_cast<std::int32_t>(indicator - content.indicators.data());
    office::IndicatorChart chart;
    chart.title = indicator->label;
    chart.first_column = table.StartColumn + 3;
    chart.last_column = chart.first_column + content.last_year - content.first_year;
    chart.years_row = table.StartRow - 1;
    chart.targets_row = table.StartRow + 2 * index;
    plan.chart = FichePlan::Chart{area, chart};
}

FichePlan plan_of(const Fields& fields, const std::string& id_cell, TableRanges& ranges,
                  const FicheContent& content)
{
    FichePlan plan;
    const auto find = [&](const char* field) {
        const auto found = fields.find(field);
        return found == fields.end() ? nullptr : &found->second;
    };
    for (const auto& [field, formula] : fiche_formulas(ranges, content.action.id, id_cell))
        if (const auto at = fields.find(field); at != fields.end()) {
            plan.cells.push_back({at->second.StartColumn, at->second.StartRow, {{formula}}});
            plan.texts.push_back(at->second);
        }
    if (const auto* at = find("budget"))
        plan_budget(plan, ranges, *at, id_cell, content);
    const CellRangeAddress* indicators = find("indicateurs");
    if (indicators)
        plan_indicators(plan, ranges, *indicators, content);
    if (const auto* at = find("carte"); at && content.thematique)
        plan.mini_map = FichePlan::MiniMap{
            *at, status_map(*content.diagnosis, *content.coverage, *content.thematique, *content.ground)};
    if (const auto* at = find("graphique"); at && indicators)
        plan_chart(plan, *at, *indicators, content);
    return plan;
}

/// Gives the number of fields that were left to the person.
int write_texts(office::UndoStep& step, const FichePlan& plan, const office::Workbook& workbook,
                const Sheet& sheet, bool is_new)
{
    FieldWriter writer(sheet, is_new);
    for (const FichePlan::Cells& cells : plan.cells)
        writer.write(cells.column, cells.row, cells.formulas);
    for (const FichePlan::Rows& rows : plan.rows)
        show_rows(sheet, rows.first, rows.last, rows.visible);
    office::make_room_for_text(step, workbook, sheet, plan.texts);
    return writer.kept;
}

/// Calc records no chart: it goes before its sheet does, and comes again after.
void add_chart(office::UndoStep& step, const office::Workbook& workbook, const Sheet& sheet,
               const FichePlan::Chart& planned)
{
    office::IndicatorChart chart = planned.chart;
    chart.place = place_of(sheet, planned.area);
    const auto add = [model = workbook.model(), name = office::name_of(sheet), chart] {
        const office::Unrecorded unrecorded(model);
        office::add_indicator_chart(office::Workbook(model).find_sheet(name), chart);
    };
    const auto remove = [model = workbook.model(), name = office::name_of(sheet)] {
        const office::Unrecorded unrecorded(model);
        office::remove_indicator_chart(office::Workbook(model).find_sheet(name));
    };
    add();
    step.add(remove, add);
}

void fill_new_sheet(office::UndoStep& step, const FichePlan& plan, const office::Workbook& workbook,
                    const Sheet& sheet)
{
    write_texts(step, plan, workbook, sheet, true);
    if (plan.mini_map)
        office::draw_on_new_sheet(step, workbook, {sheet, {}, record_column},
                                  map::draw_mini(plan.mini_map->map, place_of(sheet, plan.mini_map->area)));
    if (plan.chart)
        add_chart(step, workbook, sheet, *plan.chart);
}

/// The address of the action's number, which every formula of the fiche reads.
std::string id_cell_of(const Fields& fields, const std::string& sheet_name)
{
    const auto id = fields.find("id");
    if (id == fields.end())
        throw Failure(Failure::Cause::bad_document,
                      "La feuille « " + sheet_name +
                          " » n'a plus de cellule nommée « champ_id » : nommez ainsi la cellule du numéro de "
                          "l'action (Feuille > Plages et expressions nommées), puis recommencez.");
    return absolute(id->second);
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
    const Sheet sheet = workbook.find_sheet(name);
    outcome.is_new = !sheet.is();
    outcome.left_out_indicators =
        std::max<int>(0, static_cast<int>(content.indicators.size()) - most_indicators);
    const Fields fields = fields_of(outcome.is_new ? model_of(workbook) : sheet);
    const FichePlan plan =
        plan_of(fields, id_cell_of(fields, outcome.is_new ? model_name : name), ranges, content);
    if (outcome.is_new) {
        fill_new_sheet(step, plan, workbook, workbook.copy_sheet(model_name, name));
        return outcome;
    }
    outcome.kept_texts = write_texts(step, plan, workbook, sheet, false);
    if (plan.mini_map)
        outcome.kept_shapes =
            office::draw(step, workbook, {sheet, {}, record_column},
                         map::draw_mini(plan.mini_map->map, place_of(sheet, plan.mini_map->area)));
    return outcome;
}

} // namespace pacte::commands
