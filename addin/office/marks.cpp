#include "office/marks.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include <com/sun/star/beans/XPropertyState.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/drawing/XDrawPageSupplier.hpp>
#include <com/sun/star/drawing/XShape.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/ConditionEntryType.hpp>
#include <com/sun/star/sheet/ConditionFormatOperator.hpp>
#include <com/sun/star/sheet/ConditionOperator.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XConditionalFormat.hpp>
#include <com/sun/star/sheet/XConditionalFormats.hpp>
#include <com/sun/star/sheet/XSheetAnnotation.hpp>
#include <com/sun/star/sheet/XSheetAnnotations.hpp>
#include <com/sun/star/sheet/XSheetCellRangeContainer.hpp>
#include <com/sun/star/sheet/XSheetConditionalEntries.hpp>
#include <com/sun/star/text/XTextRange.hpp>

#include "office/comments.hpp"
#include "office/mark_colours.hpp"

namespace pacte::office {

namespace {

using Sheet = Reference<css::sheet::XSpreadsheet>;
using Position = std::pair<std::int32_t, std::int32_t>;               // column, row
using Notes = std::map<std::string, std::map<Position, std::string>>; // by sheet and cell
using Addresses = Sequence<css::table::CellRangeAddress>;

/// More comments than this would slow the sheet down and hide it: the sheet
/// `Contrôles` lists them all.
constexpr std::size_t most_notes = 300;

/// What a person has just typed is told all the same.
constexpr std::size_t most_notes_typed = 500;

/// What ends a comment put as one types: four letters that nobody sees, reckoned from
/// the text before them. A comment that a person has changed since does not bear its own
/// any more: it is theirs. (Those that `mark` puts are known by « Contrôles ».)
std::string seal_of(std::string_view text)
{
    static constexpr std::array<const char*, 4> invisible{"\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D",
                                                          "\xE2\x81\xA0"};
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const char letter : text)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
    std::string seal;
    for (int i = 0; i < 4; ++i)
        seal += invisible[(hash >> (6 * i + 3)) & 3U];
    return seal;
}

constexpr std::size_t seal_length = 12; // in bytes

bool is_sealed(const std::string& text)
{
    return text.size() > seal_length &&
           seal_of(std::string_view(text).substr(0, text.size() - seal_length)) ==
               text.substr(text.size() - seal_length);
}

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

Reference<css::sheet::XConditionalFormats> formats_of(const Sheet& sheet)
{
    return {get(sheet, "ConditionalFormats"), UNO_QUERY_THROW};
}

using Address = css::table::CellRangeAddress;

bool meet(const Address& a, const Address& b)
{
    return a.StartRow <= b.EndRow && b.StartRow <= a.EndRow && a.StartColumn <= b.EndColumn &&
           b.StartColumn <= a.EndColumn;
}

Addresses addresses_of(const Reference<css::sheet::XConditionalFormat>& format)
{
    return get_as<Reference<css::sheet::XSheetCellRanges>>(format, "Range")->getRangeAddresses();
}

/// The cells as one thing that has properties.
Reference<css::beans::XPropertySet> ranges_of(const Workbook& workbook, const Addresses& addresses)
{
    const Reference<css::lang::XMultiServiceFactory> factory(workbook.model(), UNO_QUERY_THROW);
    const Reference<css::sheet::XSheetCellRangeContainer> ranges(
        factory->createInstance("com.sun.star.sheet.SheetCellRanges"), UNO_QUERY_THROW);
    ranges->addRangeAddresses(addresses, true);
    return {ranges, UNO_QUERY_THROW};
}

/// The cells on which no format of a person's own lies, and those on which one does.
struct Shares {
    std::vector<Address> alone;
    std::vector<Address> shared;
};

Shares shares_of(const Sheet& sheet, const Addresses& addresses)
{
    std::vector<Address> others;
    for (const auto& format : formats_of(sheet)->getConditionalFormats())
        if (!is_mark(format))
            for (const Address& address : addresses_of(format))
                others.push_back(address);
    Shares shares;
    for (const Address& address : addresses) {
        const bool is_shared = std::any_of(others.begin(), others.end(),
                                           [&](const Address& other) { return meet(address, other); });
        (is_shared ? shares.shared : shares.alone).push_back(address);
    }
    return shares;
}

Addresses sequence_of(const std::vector<Address>& addresses)
{
    return {addresses.data(), static_cast<sal_Int32>(addresses.size())};
}

/// Calc takes the format away, and leaves its number on the cells: the next one of that
/// number would show there. The number goes too, but where a person's own format lies.
void remove_mark(const Workbook& workbook, const Sheet& sheet,
                 const Reference<css::sheet::XConditionalFormat>& mark)
{
    const Shares shares = shares_of(sheet, addresses_of(mark));
    formats_of(sheet)->removeByID(get_as<sal_Int32>(mark, "ID"));
    if (shares.alone.empty())
        return;
    const Unrecorded unrecorded(workbook.model());
    Reference<css::beans::XPropertyState>(ranges_of(workbook, sequence_of(shares.alone)), UNO_QUERY_THROW)
        ->setPropertyToDefault("ConditionalFormat");
}

void remove_colours(const Workbook& workbook, const Sheet& sheet)
{
    for (const auto& format : formats_of(sheet)->getConditionalFormats())
        if (is_mark(format))
            remove_mark(workbook, sheet, format);
}

/// By the property of the cells, which shows at once. No style takes the colour away.
void colour_alone(const Workbook& workbook, const std::string& style, const Addresses& addresses)
{
    const auto cells = ranges_of(workbook, addresses);
    const Reference<css::sheet::XSheetConditionalEntries> entries(get(cells, "ConditionalFormat"),
                                                                  UNO_QUERY_THROW);
    entries->clear();
    if (!style.empty()) {
        Sequence<css::beans::PropertyValue> always(3);
        always[0] = property("Operator", css::uno::makeAny(css::sheet::ConditionOperator_FORMULA));
        always[1] = property("Formula1", css::uno::makeAny(OUString("1")));
        always[2] = property("StyleName", css::uno::makeAny(ustring(style)));
        entries->addNew(always);
    }
    const Unrecorded unrecorded(workbook.model());
    cells->setPropertyValue("ConditionalFormat", css::uno::makeAny(entries));
}

/// That property would take the place of a person's own format. This way keeps both, but
/// Calc 7.4 forgets to tell the cells: the colour shows once the file is opened again, the
/// comment at once.
void colour_beside(const Workbook& workbook, const Sheet& sheet, const std::string& style,
                   const Addresses& addresses)
{
    const Unrecorded unrecorded(workbook.model());
    const auto formats = formats_of(sheet);
    const sal_Int32 id = formats->createByRange(
        Reference<css::sheet::XSheetCellRanges>(ranges_of(workbook, addresses), UNO_QUERY_THROW));
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

void add_colour(const Workbook& workbook, const Sheet& sheet, const std::string& style,
                const Addresses& addresses)
{
    const Shares shares = shares_of(sheet, addresses);
    if (!shares.alone.empty())
        colour_alone(workbook, style, sequence_of(shares.alone));
    if (!shares.shared.empty())
        colour_beside(workbook, sheet, style, sequence_of(shares.shared));
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
        const std::string text = utf8(note->getString());
        if (ours.contains(text) || is_sealed(text))
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
        colours.push_back({key.first, mark_style(key.second), addresses});
    }
    return colours;
}

Colour colour_of(const Sheet& sheet, const Reference<css::sheet::XConditionalFormat>& mark)
{
    const Reference<css::container::XIndexAccess> entries(mark, UNO_QUERY_THROW);
    const Reference<css::beans::XPropertySet> entry(entries->getByIndex(0), UNO_QUERY_THROW);
    return {name_of(sheet), utf8(get_as<OUString>(entry, "StyleName")), addresses_of(mark)};
}

/// Wherever rows that were inserted since have moved them.
std::vector<Colour> standing_colours(const Sheet& sheet)
{
    std::vector<Colour> colours;
    for (const auto& format : formats_of(sheet)->getConditionalFormats())
        if (is_mark(format))
            colours.push_back(colour_of(sheet, format));
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
        remove_colours(workbook, sheet);
    for (const Colour& colour : colours)
        if (const Sheet sheet = workbook.find_sheet(colour.sheet); sheet.is())
            add_colour(workbook, sheet, colour.style, colour.cells);
}

void mark_by_colours(UndoStep& step, const Workbook& workbook, const std::vector<Finding>& findings)
{
    ensure_mark_styles(workbook.model());
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
            hide_orphan_boxes(sheet, texts);
    };
    const std::set<std::string> former_texts = texts_of(former);
    step.add([hide, texts = texts_of(notes)] { hide(texts); }, [] {});
    for (const Sheet& sheet : open_sheets(workbook))
        remove_notes(sheet, former_texts);
    std::size_t left = most_notes;
    for (const auto& [name, cells] : notes)
        add_notes(workbook.find_sheet(name), cells, left);
    step.add([] {}, [hide, former_texts] { hide(former_texts); });
}

/// What is left of `whole` without the cells of `hole`.
void subtract(const Address& whole, const Address& hole, std::vector<Address>& rest)
{
    if (!meet(whole, hole)) {
        rest.push_back(whole);
        return;
    }
    const auto add = [&](sal_Int32 first_column, sal_Int32 first_row, sal_Int32 last_column,
                         sal_Int32 last_row) {
        if (first_column <= last_column && first_row <= last_row)
            rest.emplace_back(whole.Sheet, first_column, first_row, last_column, last_row);
    };
    const auto top = std::max(whole.StartRow, hole.StartRow);
    const auto bottom = std::min(whole.EndRow, hole.EndRow);
    add(whole.StartColumn, whole.StartRow, whole.EndColumn, hole.StartRow - 1);
    add(whole.StartColumn, hole.EndRow + 1, whole.EndColumn, whole.EndRow);
    add(whole.StartColumn, top, hole.StartColumn - 1, bottom);
    add(hole.EndColumn + 1, top, whole.EndColumn, bottom);
}

Address common(const Address& a, const Address& b)
{
    return {a.Sheet, std::max(a.StartColumn, b.StartColumn), std::max(a.StartRow, b.StartRow),
            std::min(a.EndColumn, b.EndColumn), std::min(a.EndRow, b.EndRow)};
}

/// Valider may have marked thousands of cells: only those of these rows are touched, but
/// where a person's own format lies.
void colour_rows(const Workbook& workbook, const Sheet& sheet, const Address& rows,
                 const std::vector<Finding>& findings)
{
    const auto formats = formats_of(sheet);
    std::vector<Colour> rest;
    std::vector<Address> cleared;
    for (const auto& format : formats->getConditionalFormats()) {
        if (!is_mark(format))
            continue;
        Colour colour = colour_of(sheet, format);
        std::vector<Address> inside;
        for (const Address& address : colour.cells)
            if (meet(address, rows))
                inside.push_back(common(address, rows));
        if (inside.empty())
            continue;
        if (shares_of(sheet, sequence_of(inside)).shared.empty()) {
            cleared.insert(cleared.end(), inside.begin(), inside.end());
            continue;
        }
        std::vector<Address> left;
        for (const Address& address : colour.cells)
            subtract(address, rows, left);
        remove_mark(workbook, sheet, format);
        colour.cells = sequence_of(left);
        rest.push_back(std::move(colour));
    }
    if (!cleared.empty())
        colour_alone(workbook, {}, sequence_of(cleared));
    for (Colour& colour : colours_of(workbook, findings))
        rest.push_back(std::move(colour));
    for (const Colour& colour : rest)
        if (colour.cells.hasElements())
            add_colour(workbook, sheet, colour.style, colour.cells);
}

/// Those of the comments just removed, and those that Calc's own undo has left. Nothing
/// that is recorded knows these boxes.
void remove_orphans(const Workbook& workbook, const Sheet& sheet, const std::set<std::string>& removed)
{
    const auto left = orphan_boxes(
        sheet, [&](const std::string& text) { return removed.contains(text) || is_sealed(text); });
    if (left.empty())
        return;
    const Unrecorded unrecorded(workbook.model());
    const auto page = Reference<css::drawing::XDrawPageSupplier>(sheet, UNO_QUERY_THROW)->getDrawPage();
    for (const auto& shape : left)
        page->remove(shape);
}

/// Comments and shapes of a sheet.
std::pair<sal_Int32, sal_Int32> counts_of(const Sheet& sheet)
{
    const Reference<css::container::XIndexAccess> comments(annotations_of(sheet), UNO_QUERY_THROW);
    const Reference<css::container::XIndexAccess> page(
        Reference<css::drawing::XDrawPageSupplier>(sheet, UNO_QUERY_THROW)->getDrawPage(), UNO_QUERY_THROW);
    return {comments->getCount(), page->getCount()};
}

/// Takes our comments of these rows away. Gives the cells whose comment is a person's.
std::set<Position> remove_notes_of(const Workbook& workbook, const Sheet& sheet, const Address& rows,
                                   const std::function<bool(const std::string&)>& was_ours,
                                   const CommentCounts& counts)
{
    const auto annotations = annotations_of(sheet);
    const Reference<css::container::XIndexAccess> list(annotations, UNO_QUERY_THROW);
    std::set<Position> theirs;
    std::set<std::string> removed;
    for (sal_Int32 i = list->getCount(); i-- > 0;) {
        const Reference<css::sheet::XSheetAnnotation> note(list->getByIndex(i), UNO_QUERY_THROW);
        const auto at = note->getPosition();
        if (at.Row < rows.StartRow || at.Row > rows.EndRow || at.Column < rows.StartColumn ||
            at.Column > rows.EndColumn)
            continue;
        const std::string text = utf8(Reference<css::text::XTextRange>(note, UNO_QUERY_THROW)->getString());
        if (!is_sealed(text) && !was_ours(text)) {
            theirs.insert({at.Column, at.Row});
            continue;
        }
        const Unrecorded unrecorded(workbook.model());
        annotations->removeByIndex(i);
        removed.insert(text);
    }
    const auto known = counts.find(rows.Sheet);
    if (!removed.empty() || known == counts.end() || known->second != counts_of(sheet))
        remove_orphans(workbook, sheet, removed);
    return theirs;
}

void note_rows(const Workbook& workbook, const Sheet& sheet, const Notes& notes,
               const std::set<Position>& theirs)
{
    const auto annotations = annotations_of(sheet);
    const Reference<css::container::XIndexAccess> list(annotations, UNO_QUERY_THROW);
    std::size_t left =
        most_notes_typed - std::min(most_notes_typed, static_cast<std::size_t>(list->getCount()));
    const std::int16_t index = index_of(sheet);
    for (const auto& [name, of_sheet] : notes)
        for (const auto& [position, text] : of_sheet) {
            if (left == 0)
                return;
            if (theirs.contains(position))
                continue;
            const Unrecorded unrecorded(workbook.model());
            annotations->insertNew(css::table::CellAddress(index, position.first, position.second),
                                   ustring(text + seal_of(text)));
            --left;
        }
}

} // namespace

void mark_rows(const Workbook& workbook, const css::table::CellRangeAddress& rows,
               const std::function<bool(const std::string&)>& was_ours, const std::vector<Finding>& findings,
               CommentCounts& counts)
{
    const Sheet sheet = workbook.sheet(rows.Sheet);
    if (is_protected(sheet))
        return;
    if (!findings.empty())
        ensure_mark_styles(workbook.model());
    colour_rows(workbook, sheet, rows, findings);
    const auto theirs = remove_notes_of(workbook, sheet, rows, was_ours, counts);
    note_rows(workbook, sheet, notes_of(findings), theirs);
    counts[rows.Sheet] = counts_of(sheet);
}

std::set<std::string> notes_told(const std::vector<Finding>& findings)
{
    return texts_of(notes_of(findings));
}

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
