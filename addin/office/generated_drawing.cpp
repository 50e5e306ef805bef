#include "office/generated_drawing.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <com/sun/star/table/XColumnRowRange.hpp>

#include "office/shapes.hpp"

namespace pacte::office {

namespace {

using Record = std::map<OUString, Appearance>;

// The record lies across: one shape a column, five rows a shape (name, geometry,
// fill, line, text), and a second band of five rows where the columns are full.
constexpr std::int32_t band_rows = 5;
constexpr std::int32_t band_columns = 900;

Record read_record(const DrawingPlace& place)
{
    Record record;
    const auto used = used_area(place.sheet);
    if (used.EndColumn < place.record_column)
        return record;
    const css::table::CellRangeAddress area(0, place.record_column, 0, used.EndColumn, used.EndRow);
    const auto rows = read_cells(place.sheet, area);
    for (std::size_t band = 0; band + band_rows <= rows.size(); band += band_rows)
        for (std::size_t column = 0; column < rows[band].size(); ++column) {
            const auto text = [&](std::size_t row) { return text_of(rows[band + row][column]); };
            if (!text(0).empty())
                record[ustring(text(0))] = {text(1), text(2), text(3), text(4)};
        }
    return record;
}

/// At least one row; blank where a former, longer record stood.
std::vector<std::vector<Cell>> rows_of(const Record& record, std::size_t former)
{
    const std::size_t width = std::min<std::size_t>(band_columns, std::max(record.size(), former));
    const std::size_t bands = (std::max(record.size(), former) + band_columns - 1) / band_columns;
    std::vector<std::vector<Cell>> rows(bands * band_rows, std::vector<Cell>(width, Blank{}));
    std::size_t i = 0;
    for (const auto& [name, look] : record) {
        const std::size_t column = i % band_columns;
        auto row = rows.begin() + static_cast<std::ptrdiff_t>(i / band_columns * band_rows);
        for (const std::string& value : {utf8(name), look.geometry, look.fill, look.line, look.text})
            (*row++)[column] = value;
        ++i;
    }
    return rows;
}

void hide_record(const DrawingPlace& place)
{
    const Reference<css::table::XColumnRowRange> range(
        cells(place.sheet, place.record_column, 0, place.record_column + band_columns - 1, 0),
        UNO_QUERY_THROW);
    set(range->getColumns(), "IsVisible", false);
}

struct Plan {
    std::vector<ShapeState> put;
    std::vector<OUString> hide;
    Record personal; ///< former record of the shapes left out because a person removed them
    Kept kept;
};

/// Gives the target what a person changed on the shape that stands there.
void keep_personal_changes(ShapeState& target, const ShapeState& current, const Appearance& generated,
                           Kept& kept)
{
    const Appearance now = appearance_of(current);
    if (!same_geometry(now.geometry, generated.geometry)) {
        take_geometry(target, current);
        ++kept.moved;
    }
    const bool refilled = now.fill != generated.fill;
    const bool relined = now.line != generated.line;
    if (refilled)
        take_fill(target, current);
    if (relined)
        take_line(target, current);
    kept.restyled += refilled || relined ? 1 : 0;
    if (now.text != generated.text) {
        take_text(target, current);
        ++kept.rewritten;
    }
}

Plan plan_of(const SheetShapes& there, const Record& record, const std::vector<map::Shape>& shapes,
             map::Position offset)
{
    Plan plan;
    const auto gone =
        static_cast<std::size_t>(std::count_if(record.begin(), record.end(), [&](const auto& entry) {
            return !there.by_name().contains(entry.first);
        }));
    const bool start_again = gone * 2 > record.size();
    std::set<OUString> wanted;
    for (const map::Shape& shape : shapes) {
        ShapeState target = state_of(shape, offset);
        wanted.insert(target.name);
        const auto recorded = record.find(target.name);
        const auto current = there.by_name().find(target.name);
        if (recorded != record.end() && current == there.by_name().end() && !start_again) {
            plan.personal.insert(*recorded);
            ++plan.kept.removed;
            continue;
        }
        if (recorded != record.end() && current != there.by_name().end())
            keep_personal_changes(target, state_of(current->second), recorded->second, plan.kept);
        plan.put.push_back(std::move(target));
    }
    for (const auto& [name, look] : record)
        if (!wanted.contains(name) && there.by_name().contains(name))
            plan.hide.push_back(name);
    return plan;
}

std::vector<ShapeState> states_of(const SheetShapes& shapes, const Plan& plan)
{
    std::vector<ShapeState> states;
    const auto keep = [&](const OUString& name) {
        const auto found = shapes.by_name().find(name);
        if (found != shapes.by_name().end())
            states.push_back(state_of(found->second));
    };
    for (const ShapeState& state : plan.put)
        keep(state.name);
    for (const OUString& name : plan.hide)
        keep(name);
    return states;
}

/// Brings the sheet from one set of generated shapes to another.
void replace(const Reference<css::frame::XModel>& model, const DrawingPlace& place,
             const std::vector<ShapeState>& from, const std::vector<ShapeState>& to)
{
    const Unrecorded unrecorded(model);
    SheetShapes shapes(model, place.sheet);
    std::set<OUString> wanted;
    for (const ShapeState& state : to)
        wanted.insert(state.name);
    for (const ShapeState& state : from)
        if (!wanted.contains(state.name))
            shapes.hide(state.name);
    for (const ShapeState& state : to)
        shapes.put(state);
}

/// What is generated, without what a person changed, so that their changes are
/// seen as such the next time too.
Record record_of(const std::vector<map::Shape>& shapes, const Plan& plan, map::Position offset)
{
    Record record = plan.personal;
    for (const map::Shape& shape : shapes) {
        const ShapeState generated = state_of(shape, offset);
        record.emplace(generated.name, appearance_of(generated)); // not those that a person removed
    }
    return record;
}

} // namespace

Kept& Kept::operator+=(const Kept& other)
{
    moved += other.moved;
    restyled += other.restyled;
    rewritten += other.rewritten;
    removed += other.removed;
    return *this;
}

std::string sentence_of(const Kept& kept)
{
    std::string sentence;
    const auto add = [&](int count, const char* one, const char* several) {
        if (count == 0)
            return;
        if (!sentence.empty())
            sentence += ", ";
        sentence += std::to_string(count) + " " + (count == 1 ? one : several);
    };
    add(kept.moved, "déplacé", "déplacés");
    add(kept.restyled, "recoloré", "recolorés");
    add(kept.rewritten, "réécrit", "réécrits");
    add(kept.removed, "supprimé", "supprimés");
    return sentence.empty() ? sentence : "Vos changements sont gardés (éléments : " + sentence + ")";
}

void draw_on_new_sheet(UndoStep& step, const Workbook& workbook, const DrawingPlace& place,
                       const std::vector<map::Shape>& shapes)
{
    hide_record(place);
    const Record record = record_of(shapes, {}, place.offset);
    if (!record.empty())
        write_cells(place.sheet, place.record_column, 0, rows_of(record, 0));
    // Calc's own record of a new sheet loses the names of the shapes: they go
    // before the sheet does, and come again after it.
    const auto draw_all = [model = workbook.model(), name = name_of(place.sheet), shapes,
                           offset = place.offset] {
        const Unrecorded unrecorded(model);
        SheetShapes there(model, Workbook(model).find_sheet(name));
        for (const map::Shape& shape : shapes)
            there.put(state_of(shape, offset));
    };
    const auto remove_all = [model = workbook.model(), name = name_of(place.sheet), shapes] {
        forget_later_steps(model);
        const Unrecorded unrecorded(model);
        SheetShapes there(model, Workbook(model).find_sheet(name));
        for (const map::Shape& shape : shapes)
            there.remove(ustring(shape.name));
    };
    draw_all();
    step.add(remove_all, draw_all);
}

Kept draw(UndoStep& step, const Workbook& workbook, const DrawingPlace& place,
          const std::vector<map::Shape>& shapes)
{
    const Reference<css::frame::XModel> model = workbook.model();
    SheetShapes there(model, place.sheet);
    const Record record = read_record(place);
    const Plan plan = plan_of(there, record, shapes, place.offset);

    const std::vector<ShapeState> before = states_of(there, plan);
    const Record renewed = record_of(shapes, plan, place.offset);
    if (!renewed.empty() || !record.empty())
        rewrite_cells(place.sheet, place.record_column, 0, rows_of(renewed, record.size()));
    {
        const Unrecorded unrecorded(model);
        for (const OUString& name : plan.hide)
            there.hide(name);
        for (const ShapeState& state : plan.put)
            there.put(state);
    }
    const std::vector<ShapeState> after = states_of(there, plan);

    // A sheet may come and go by other undo steps: it is found again by its name.
    const std::string sheet_name = name_of(place.sheet);
    const auto switch_to = [model, place, sheet_name](const std::vector<ShapeState>& from,
                                                      const std::vector<ShapeState>& to) {
        DrawingPlace now = place;
        now.sheet = Workbook(model).find_sheet(sheet_name);
        if (now.sheet.is())
            replace(model, now, from, to);
    };
    step.add([=] { switch_to(after, before); }, [=] { switch_to(before, after); });
    return plan.kept;
}

} // namespace pacte::office
