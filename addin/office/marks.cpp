#include "office/marks.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNameContainer.hpp>
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

void add_colour(const Workbook& workbook, const Sheet& sheet, const MarkStyle& style,
                const std::set<Position>& positions)
{
    const Reference<css::lang::XMultiServiceFactory> factory(workbook.model(), UNO_QUERY_THROW);
    const Reference<css::sheet::XSheetCellRangeContainer> ranges(
        factory->createInstance("com.sun.star.sheet.SheetCellRanges"), UNO_QUERY_THROW);
    const auto index =
        Reference<css::sheet::XCellRangeAddressable>(sheet, UNO_QUERY_THROW)->getRangeAddress().Sheet;
    Sequence<css::table::CellRangeAddress> addresses(static_cast<sal_Int32>(positions.size()));
    sal_Int32 i = 0;
    for (const auto& [column, row] : positions)
        addresses[i++] = css::table::CellRangeAddress(index, column, row, column, row);
    ranges->addRangeAddresses(addresses, true);

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
        set(entry, "StyleName", ustring(style.name));
    }
}

Reference<css::sheet::XSheetAnnotations> annotations_of(const Sheet& sheet)
{
    return Reference<css::sheet::XSheetAnnotationsSupplier>(sheet, UNO_QUERY_THROW)->getAnnotations();
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
    const auto index =
        Reference<css::sheet::XCellRangeAddressable>(sheet, UNO_QUERY_THROW)->getRangeAddress().Sheet;
    for (const auto& [position, text] : notes) {
        if (left == 0)
            return;
        if (taken.contains(position))
            continue;
        annotations->insertNew(
            css::table::CellAddress(static_cast<sal_Int16>(index), position.first, position.second),
            ustring(text));
        --left;
    }
}

/// The most serious finding gives the colour.
std::map<Severity, std::map<std::string, std::set<Position>>> colours_of(const std::vector<Finding>& findings)
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
    std::map<Severity, std::map<std::string, std::set<Position>>> colours;
    for (const auto& [place, severity] : worst)
        colours[severity][place.first].insert(place.second);
    return colours;
}

} // namespace

std::vector<std::string> mark(const Workbook& workbook, const std::vector<Finding>& former,
                              const std::vector<Finding>& findings)
{
    ensure_styles(workbook.model());
    std::set<std::string> our_notes;
    for (const auto& [sheet, notes] : notes_of(former))
        for (const auto& [position, text] : notes)
            our_notes.insert(text);

    const Reference<css::container::XIndexAccess> sheets(workbook.document()->getSheets(), UNO_QUERY_THROW);
    for (sal_Int32 i = 0; i < sheets->getCount(); ++i) {
        const Sheet sheet = workbook.sheet(i);
        if (is_protected(sheet))
            continue;
        remove_colours(sheet);
        if (!our_notes.empty())
            remove_notes(sheet, our_notes);
    }
    const auto notes_by_sheet = notes_of(findings);
    std::vector<std::string> left_alone;
    const auto is_left_alone = [&](const std::string& sheet) {
        return std::find(left_alone.begin(), left_alone.end(), sheet) != left_alone.end();
    };
    for (const auto& [sheet, notes] : notes_by_sheet)
        if (is_protected(workbook.find_sheet(sheet)))
            left_alone.push_back(sheet);
    const auto colours = colours_of(findings);
    for (const MarkStyle& style : mark_styles) {
        const auto found = colours.find(style.severity);
        if (found == colours.end())
            continue;
        for (const auto& [sheet, positions] : found->second)
            if (!is_left_alone(sheet))
                add_colour(workbook, workbook.find_sheet(sheet), style, positions);
    }
    std::size_t left = most_notes;
    for (const auto& [sheet, notes] : notes_by_sheet)
        if (!is_left_alone(sheet))
            add_notes(workbook.find_sheet(sheet), notes, left);
    return left_alone;
}

} // namespace pacte::office
