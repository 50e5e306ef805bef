#include "office/marks.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNameContainer.hpp>
#include <com/sun/star/drawing/XDrawPageSupplier.hpp>
#include <com/sun/star/drawing/XShape.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/ConditionEntryType.hpp>
#include <com/sun/star/sheet/ConditionFormatOperator.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XConditionalFormat.hpp>
#include <com/sun/star/sheet/XConditionalFormats.hpp>
#include <com/sun/star/sheet/XSheetAnnotation.hpp>
#include <com/sun/star/sheet/XSheetAnnotations.hpp>
#include <com/sun/star/sheet/XSheetAnnotationsSupplier.hpp>
#include <com/sun/star/sheet/XSheetCellRangeContainer.hpp>
#include <com/sun/star/style/XStyleFamiliesSupplier.hpp>
#include <com/sun/star/text/XTextRange.hpp>

namespace pacte::office {

namespace {

using Sheet = Reference<css::sheet::XSpreadsheet>;
using Position = std::pair<std::int32_t, std::int32_t>;               // column, row
using Notes = std::map<std::string, std::map<Position, std::string>>; // by sheet and cell
using Addresses = Sequence<css::table::CellRangeAddress>;

struct MarkStyle {
    Severity severity;
    const char* name;
    sal_Int32 background;
};

constexpr std::array mark_styles{MarkStyle{Severity::erreur, "Pacte erreur", 0xF9D6D5},
                                 MarkStyle{Severity::alerte, "Pacte alerte", 0xFDE7C3},
                                 MarkStyle{Severity::conseil, "Pacte conseil", 0xDCE8F7}};

/// More comments than this would slow the sheet down and hide it: the sheet
/// `Contrôles` lists them all.
constexpr std::size_t most_notes = 300;

Notes notes_of(const std::vector<Finding>& findings)
{
    Notes notes;
    for (const Finding& finding : findings) {
        if (finding.sheet.empty() || finding.row < 0)
            continue;
        std::string& note = notes[finding.sheet][{finding.column, finding.row}];
        note += (note.empty() ? "" : "\n") + std::string("Pacte – ") + name_of(finding.severity) + " " +
                finding.code + " : " + finding.message;
        if (!finding.suggestion.empty())
            note += "\n→ " + finding.suggestion;
    }
    return notes;
}

void ensure_styles(const Reference<css::frame::XModel>& model)
{
    const Reference<css::style::XStyleFamiliesSupplier> supplier(model, UNO_QUERY_THROW);
    const Reference<css::container::XNameContainer> styles(
        supplier->getStyleFamilies()->getByName("CellStyles"), UNO_QUERY_THROW);
    const Reference<css::lang::XMultiServiceFactory> factory(model, UNO_QUERY_THROW);
    for (const MarkStyle& style : mark_styles) {
        const OUString name = ustring(style.name);
        if (styles->hasByName(name))
            continue;
        styles->insertByName(name,
                             css::uno::makeAny(factory->createInstance("com.sun.star.style.CellStyle")));
        set(styles->getByName(name).get<Reference<css::uno::XInterface>>(), "CellBackColor",
            style.background);
    }
}

Reference<css::sheet::XConditionalFormats> formats_of(const Sheet& sheet)
{
    return {get(sheet, "ConditionalFormats"), UNO_QUERY_THROW};
}

bool is_mark(const Reference<css::sheet::XConditionalFormat>& format)
{
    const Reference<css::container::XIndexAccess> entries(format, UNO_QUERY);
    if (!entries.is() || entries->getCount() != 1)
        return false;
    const Reference<css::beans::XPropertySet> entry(entries->getByIndex(0), UNO_QUERY);
    if (!entry.is() || !entry->getPropertySetInfo()->hasPropertyByName("StyleName"))
        return false;
    const std::string style = utf8(get_as<OUString>(entry, "StyleName"));
    return std::any_of(mark_styles.begin(), mark_styles.end(),
                       [&](const MarkStyle& mark) { return style == mark.name; });
}

void remove_colours(const Sheet& sheet)
{
    const auto formats = formats_of(sheet);
    for (const auto& format : formats->getConditionalFormats())
        if (is_mark(format))
            formats->removeByID(get_as<sal_Int32>(format, "ID"));
}

void add_colour(const Workbook& workbook, const Sheet& sheet, const std::string& style,
                const Addresses& addresses)
{
    const Reference<css::lang::XMultiServiceFactory> factory(workbook.model(), UNO_QUERY_THROW);
    const Reference<css::sheet::XSheetCellRangeContainer> ranges(
        factory->createInstance("com.sun.star.sheet.SheetCellRanges"), UNO_QUERY_THROW);
    ranges->addRangeAddresses(addresses, true);

    const Unrecorded unrecorded(workbook.model());
    const auto formats = formats_of(sheet);
    const sal_Int32 id =
        formats->createByRange(Reference<css::sheet::XSheetCellRanges>(ranges, UNO_QUERY_THROW));
    for (const auto& format : formats->getConditionalFormats()) {
        if (get_as<sal_Int32>(format, "ID") != id)
            continue;
        format->createEntry(css::sheet::ConditionEntryType::CONDITION, 0);
        const Reference<css::beans::XPropertySet> entry(
            Reference<css::container::XIndexAccess>(format, UNO_QUERY_THROW)->getByIndex(0), UNO_QUERY_THROW);
        set(entry, "Operator", css::sheet::ConditionFormatOperator::EXPRESSION);
        set(entry, "Formula1", OUString("1"));
        set(entry, "StyleName", ustring(style));
    }
}

Reference<css::sheet::XSheetAnnotations> annotations_of(const Sheet& sheet)
{
    return Reference<css::sheet::XSheetAnnotationsSupplier>(sheet, UNO_QUERY_THROW)->getAnnotations();
}

std::int16_t index_of(const Sheet& sheet)
{
    return Reference<css::sheet::XCellRangeAddressable>(sheet, UNO_QUERY_THROW)->getRangeAddress().Sheet;
}

void remove_notes(const Sheet& sheet, const std::set<std::string>& ours)
{
    const auto annotations = annotations_of(sheet);
    const Reference<css::container::XIndexAccess> list(annotations, UNO_QUERY_THROW);
    for (sal_Int32 i = list->getCount(); i-- > 0;) {
        const Reference<css::text::XTextRange> note(list->getByIndex(i), UNO_QUERY_THROW);
        if (ours.contains(utf8(note->getString())))
            annotations->removeByIndex(i);
    }
}

std::set<Position> noted_cells(const Sheet& sheet)
{
    std::set<Position> cells;
    const Reference<css::container::XIndexAccess> list(annotations_of(sheet), UNO_QUERY_THROW);
    for (sal_Int32 i = 0; i < list->getCount(); ++i) {
        const auto at =
            Reference<css::sheet::XSheetAnnotation>(list->getByIndex(i), UNO_QUERY_THROW)->getPosition();
        cells.insert({at.Column, at.Row});
    }
    return cells;
}

void add_notes(const Sheet& sheet, const std::map<Position, std::string>& notes, std::size_t& left)
{
    const std::set<Position> taken = noted_cells(sheet);
    const auto annotations = annotations_of(sheet);
    const std::int16_t index = index_of(sheet);
    for (const auto& [position, text] : notes) {
        if (left == 0)
            return;
        if (taken.contains(position))
            continue;
        annotations->insertNew(css::table::CellAddress(index, position.first, position.second),
                               ustring(text));
        --left;
    }
}

std::set<std::string> texts_of(const Notes& notes)
{
    std::set<std::string> texts;
    for (const auto& [sheet, cells] : notes)
        for (const auto& [position, text] : cells)
            texts.insert(text);
    return texts;
}

/// Calc takes a comment back without the box that it has drawn for it in the
/// meantime (when the document was saved, when the mouse passed): the boxes of
/// comments of these texts that are no more are hidden.
void hide_orphans(const Sheet& sheet, const std::set<std::string>& texts)
{
    std::set<std::string> standing;
    const Reference<css::container::XIndexAccess> notes(annotations_of(sheet), UNO_QUERY_THROW);
    for (sal_Int32 i = 0; i < notes->getCount(); ++i)
        standing.insert(
            utf8(Reference<css::text::XTextRange>(notes->getByIndex(i), UNO_QUERY_THROW)->getString()));
    const Reference<css::container::XIndexAccess> page(
        Reference<css::drawing::XDrawPageSupplier>(sheet, UNO_QUERY_THROW)->getDrawPage(), UNO_QUERY_THROW);
    for (sal_Int32 i = 0; i < page->getCount(); ++i) {
        const Reference<css::drawing::XShape> shape(page->getByIndex(i), UNO_QUERY_THROW);
        if (!shape->getShapeType().equalsAscii("com.sun.star.drawing.CaptionShape"))
            continue;
        const std::string text = utf8(Reference<css::text::XTextRange>(shape, UNO_QUERY_THROW)->getString());
        if (texts.contains(text) && !standing.contains(text)) {
            set(shape, "Visible", false);
            set(shape, "Printable", false);
        }
    }
}

/// The colours that stand in the workbook, or that are to.
struct Colour {
    std::string sheet;
    std::string style;
    Addresses cells;
};

/// The most serious finding gives the colour.
std::vector<Colour> colours_of(const Workbook& workbook, const std::vector<Finding>& findings)
{
    std::map<std::pair<std::string, Position>, Severity> worst;
    for (const Finding& finding : findings) {
        if (finding.sheet.empty() || finding.row < 0)
            continue;
        const auto [found, added] =
            worst.emplace(std::pair(finding.sheet, Position(finding.column, finding.row)), finding.severity);
        if (!added)
            found->second = std::min(found->second, finding.severity);
    }
    std::map<std::pair<std::string, Severity>, std::vector<Position>> cells;
    for (const auto& [place, severity] : worst)
        cells[{place.first, severity}].push_back(place.second);
    std::vector<Colour> colours;
    for (const auto& [key, positions] : cells) {
        const std::int16_t index = index_of(workbook.find_sheet(key.first));
        Addresses addresses(static_cast<sal_Int32>(positions.size()));
        std::transform(positions.begin(), positions.end(), addresses.getArray(), [&](const Position& at) {
            return css::table::CellRangeAddress(index, at.first, at.second, at.first, at.second);
        });
        const auto style = std::find_if(
            mark_styles.begin(), mark_styles.end(),
            [severity = key.second](const MarkStyle& mark) { return mark.severity == severity; });
        colours.push_back({key.first, style->name, addresses});
    }
    return colours;
}

/// Wherever rows that were inserted since have moved them.
std::vector<Colour> standing_colours(const Sheet& sheet)
{
    std::vector<Colour> colours;
    for (const auto& format : formats_of(sheet)->getConditionalFormats()) {
        if (!is_mark(format))
            continue;
        const Reference<css::container::XIndexAccess> entries(format, UNO_QUERY_THROW);
        const Reference<css::beans::XPropertySet> entry(entries->getByIndex(0), UNO_QUERY_THROW);
        colours.push_back(
            {name_of(sheet), utf8(get_as<OUString>(entry, "StyleName")),
             get_as<Reference<css::sheet::XSheetCellRanges>>(format, "Range")->getRangeAddresses()});
    }
    return colours;
}

/// All but those that a person protected.
std::vector<Sheet> open_sheets(const Workbook& workbook)
{
    std::vector<Sheet> sheets;
    const Reference<css::container::XIndexAccess> all(workbook.document()->getSheets(), UNO_QUERY_THROW);
    for (sal_Int32 i = 0; i < all->getCount(); ++i)
        if (!is_protected(workbook.sheet(i)))
            sheets.push_back(workbook.sheet(i));
    return sheets;
}

void replace_colours(const Workbook& workbook, const std::vector<Colour>& colours)
{
    for (const Sheet& sheet : open_sheets(workbook))
        remove_colours(sheet);
    for (const Colour& colour : colours)
        if (const Sheet sheet = workbook.find_sheet(colour.sheet); sheet.is())
            add_colour(workbook, sheet, colour.style, colour.cells);
}

void mark_by_colours(UndoStep& step, const Workbook& workbook, const std::vector<Finding>& findings)
{
    ensure_styles(workbook.model());
    std::vector<Colour> before;
    for (const Sheet& sheet : open_sheets(workbook))
        for (Colour& colour : standing_colours(sheet))
            before.push_back(std::move(colour));
    const std::vector<Colour> after = colours_of(workbook, findings);
    const auto replace = [model = workbook.model()](const std::vector<Colour>& colours) {
        replace_colours(Workbook(model), colours);
    };
    step.add([=] { replace(before); }, [=] { replace(after); });
    replace(after);
}

void mark_by_notes(UndoStep& step, const Workbook& workbook, const Notes& former, const Notes& notes)
{
    const auto hide = [model = workbook.model()](const std::set<std::string>& texts) {
        const Unrecorded unrecorded(model);
        for (const Sheet& sheet : open_sheets(Workbook(model)))
            hide_orphans(sheet, texts);
    };
    const std::set<std::string> former_texts = texts_of(former);
    step.add([hide, texts = texts_of(notes)] { hide(texts); }, [] {});
    if (!former_texts.empty())
        for (const Sheet& sheet : open_sheets(workbook))
            remove_notes(sheet, former_texts);
    std::size_t left = most_notes;
    for (const auto& [name, cells] : notes)
        add_notes(workbook.find_sheet(name), cells, left);
    step.add([] {}, [hide, former_texts] { hide(former_texts); });
}

} // namespace

std::vector<std::string> mark(UndoStep& step, const Workbook& workbook, const std::vector<Finding>& former,
                              const std::vector<Finding>& findings)
{
    std::vector<Finding> to_mark;
    std::vector<std::string> left_alone;
    for (const Finding& finding : findings) {
        if (finding.sheet.empty() || finding.row < 0)
            continue;
        if (!is_protected(workbook.find_sheet(finding.sheet)))
            to_mark.push_back(finding);
        else if (std::find(left_alone.begin(), left_alone.end(), finding.sheet) == left_alone.end())
            left_alone.push_back(finding.sheet);
    }
    mark_by_colours(step, workbook, to_mark);
    mark_by_notes(step, workbook, notes_of(former), notes_of(to_mark));
    return left_alone;
}

} // namespace pacte::office
