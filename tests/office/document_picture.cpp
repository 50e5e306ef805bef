#include "document_picture.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <vector>

#include <com/sun/star/beans/XMultiPropertySet.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/drawing/XDrawPageSupplier.hpp>
#include <com/sun/star/drawing/XShape.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeFormula.hpp>
#include <com/sun/star/sheet/XConditionalFormat.hpp>
#include <com/sun/star/sheet/XConditionalFormats.hpp>
#include <com/sun/star/sheet/XDatabaseRange.hpp>
#include <com/sun/star/sheet/XSheetAnnotation.hpp>
#include <com/sun/star/sheet/XSheetAnnotationsSupplier.hpp>
#include <com/sun/star/sheet/XSheetCellRanges.hpp>
#include <com/sun/star/sheet/XUsedAreaCursor.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/table/XTableChartsSupplier.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <cppunit/Asserter.h>

namespace office_test {

namespace {

using css::table::CellRangeAddress;
using css::uno::Sequence;
using Sheet = Reference<css::sheet::XSpreadsheet>;

Any property(const Reference<css::uno::XInterface>& object, const char* name)
{
    const Reference<css::beans::XPropertySet> set(object, UNO_QUERY_THROW);
    const OUString key = OUString::createFromAscii(name);
    return set->getPropertySetInfo()->hasPropertyByName(key) ? set->getPropertyValue(key) : Any();
}

template <typename Value>
Value value(const Reference<css::uno::XInterface>& object, const char* name)
{
    Value result{};
    property(object, name) >>= result;
    return result;
}

constexpr sal_Int32 usual_height = 452; // of Calc's rows, in hundredths of a millimetre

void add_cells(std::ostream& to, const Sheet& sheet)
{
    const Reference<css::sheet::XUsedAreaCursor> cursor(sheet->createCursor(), UNO_QUERY_THROW);
    cursor->gotoStartOfUsedArea(false);
    cursor->gotoEndOfUsedArea(true);
    const CellRangeAddress area =
        Reference<css::sheet::XCellRangeAddressable>(cursor, UNO_QUERY_THROW)->getRangeAddress();
    const auto range = sheet->getCellRangeByPosition(0, 0, area.EndColumn, area.EndRow);
    const auto formulas = Reference<css::sheet::XCellRangeFormula>(range, UNO_QUERY_THROW)->getFormulaArray();
    for (sal_Int32 row = 0; row < formulas.getLength(); ++row)
        for (sal_Int32 column = 0; column < formulas[row].getLength(); ++column) {
            if (formulas[row][column].isEmpty())
                continue;
            to << "cell " << column << "," << row << " " << utf8(formulas[row][column]);
            if (formulas[row][column].startsWith("=")) {
                const Reference<css::text::XTextRange> shown(sheet->getCellByPosition(column, row),
                                                             UNO_QUERY_THROW);
                to << " → " << utf8(shown->getString());
            }
            to << "\n";
        }
    const auto rows = Reference<css::table::XColumnRowRange>(sheet, UNO_QUERY_THROW)->getRows();
    // At once: rows are many, and each call crosses to the office and back.
    const OUString names[] = {"Height", "IsVisible", "OptimalHeight"};
    const Sequence<OUString> properties(names, 3);
    for (sal_Int32 row = 0; row <= std::min<sal_Int32>(area.EndRow, 120); ++row) {
        const Sequence<Any> values =
            Reference<css::beans::XMultiPropertySet>(rows->getByIndex(row), UNO_QUERY_THROW)
                ->getPropertyValues(properties);
        const auto height = values[0].get<sal_Int32>();
        if (!values[1].get<bool>())
            to << "hidden row " << row << "\n";
        else if (!values[2].get<bool>() && height != usual_height)
            to << "row " << row << " is " << height << " high\n";
    }
}

std::vector<std::string> notes_of(const Sheet& sheet)
{
    std::vector<std::string> texts;
    const Reference<css::container::XIndexAccess> notes(
        Reference<css::sheet::XSheetAnnotationsSupplier>(sheet, UNO_QUERY_THROW)->getAnnotations(),
        UNO_QUERY_THROW);
    for (sal_Int32 i = 0; i < notes->getCount(); ++i)
        texts.push_back(
            utf8(Reference<css::text::XTextRange>(notes->getByIndex(i), UNO_QUERY_THROW)->getString()));
    return texts;
}

/// The box of a comment, which Calc draws when it pleases.
bool is_box_of_note(const Reference<css::drawing::XShape>& shape, const std::vector<std::string>& notes)
{
    return utf8(shape->getShapeType()) == "com.sun.star.drawing.CaptionShape" &&
           std::find(notes.begin(), notes.end(),
                     utf8(Reference<css::text::XTextRange>(shape, UNO_QUERY_THROW)->getString())) !=
               notes.end();
}

void add_shapes(std::ostream& to, const Sheet& sheet)
{
    const Reference<css::container::XIndexAccess> page(
        Reference<css::drawing::XDrawPageSupplier>(sheet, UNO_QUERY_THROW)->getDrawPage(), UNO_QUERY_THROW);
    const std::vector<std::string> notes = notes_of(sheet);
    std::vector<std::string> lines;
    for (sal_Int32 i = 0; i < page->getCount(); ++i) {
        const Reference<css::drawing::XShape> shape(page->getByIndex(i), UNO_QUERY_THROW);
        if (!value<bool>(shape, "Visible") || is_box_of_note(shape, notes))
            continue;
        std::ostringstream line;
        const auto at = shape->getPosition();
        const auto size = shape->getSize();
        line << "shape " << utf8(Reference<css::container::XNamed>(shape, UNO_QUERY_THROW)->getName()) << " "
             << utf8(shape->getShapeType()) << " " << at.X << "," << at.Y << " " << size.Width << "×"
             << size.Height << " fill " << value<sal_Int32>(shape, "FillColor") << " line "
             << value<sal_Int32>(shape, "LineColor");
        const Reference<css::text::XTextRange> text(shape, UNO_QUERY);
        if (text.is())
            line << " « " << utf8(text->getString()) << " »";
        line << " " << utf8(value<OUString>(shape, "Description"));
        lines.push_back(line.str());
    }
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines)
        to << line << "\n";
}

void add_notes(std::ostream& to, const Sheet& sheet)
{
    const Reference<css::container::XIndexAccess> notes(
        Reference<css::sheet::XSheetAnnotationsSupplier>(sheet, UNO_QUERY_THROW)->getAnnotations(),
        UNO_QUERY_THROW);
    for (sal_Int32 i = 0; i < notes->getCount(); ++i) {
        const Reference<css::sheet::XSheetAnnotation> note(notes->getByIndex(i), UNO_QUERY_THROW);
        const auto at = note->getPosition();
        to << "note " << at.Column << "," << at.Row << " "
           << utf8(Reference<css::text::XTextRange>(note, UNO_QUERY_THROW)->getString()) << "\n";
    }
}

void add_sheet(std::ostream& to, const Sheet& sheet)
{
    const Reference<css::sheet::XConditionalFormats> formats(property(sheet, "ConditionalFormats"),
                                                             UNO_QUERY_THROW);
    for (const auto& format : formats->getConditionalFormats()) {
        const Reference<css::container::XIndexAccess> entries(format, UNO_QUERY_THROW);
        const Reference<css::sheet::XSheetCellRanges> range(property(format, "Range"), UNO_QUERY_THROW);
        to << "conditional format " << utf8(range->getRangeAddressesAsString());
        for (sal_Int32 i = 0; i < entries->getCount(); ++i) {
            const Reference<css::uno::XInterface> entry(entries->getByIndex(i), UNO_QUERY_THROW);
            to << " " << utf8(value<OUString>(entry, "StyleName")) << " if "
               << utf8(value<OUString>(entry, "Formula1"));
        }
        to << "\n";
    }
    to << "page style " << utf8(value<OUString>(sheet, "PageStyle")) << "\n";
    add_cells(to, sheet);
    add_notes(to, sheet);
    add_shapes(to, sheet);
    for (const OUString& name :
         Reference<css::table::XTableChartsSupplier>(sheet, UNO_QUERY_THROW)->getCharts()->getElementNames())
        to << "chart " << utf8(name) << "\n";
}

void add_ranges(std::ostream& to, const Reference<css::frame::XModel>& model)
{
    const Reference<css::container::XNameAccess> ranges(property(model, "DatabaseRanges"), UNO_QUERY_THROW);
    for (const OUString& name : ranges->getElementNames()) {
        const CellRangeAddress area =
            Reference<css::sheet::XDatabaseRange>(ranges->getByName(name), UNO_QUERY_THROW)->getDataArea();
        to << "range " << utf8(name) << " " << area.Sheet << ":" << area.StartColumn << "," << area.StartRow
           << "–" << area.EndColumn << "," << area.EndRow << "\n";
    }
}

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream from(text);
    for (std::string line; std::getline(from, line);)
        lines.push_back(line);
    return lines;
}

} // namespace

std::string picture_of(const Reference<css::frame::XModel>& model)
{
    std::ostringstream to;
    for (const std::string& name : sheet_names(model)) {
        to << "## " << name << "\n";
        add_sheet(to, sheet(model, name));
    }
    add_ranges(to, model);
    return to.str();
}

void assert_same(const std::string& what, const std::string& expected, const std::string& actual)
{
    if (expected == actual)
        return;
    const auto wanted = lines_of(expected);
    const auto got = lines_of(actual);
    std::map<std::string, int> balance;
    for (const std::string& line : wanted)
        ++balance[line];
    for (const std::string& line : got)
        --balance[line];
    std::string difference;
    int shown = 0;
    for (const auto& [line, count] : balance)
        if (count != 0 && ++shown <= 12)
            difference += (count > 0 ? "\n  lacks: " : "\n  has:   ") + line;
    if (shown > 12)
        difference += "\n  and " + std::to_string(shown - 12) + " lines more";
    if (difference.empty())
        difference = "\n  the same lines in another order";
    CppUnit::Asserter::fail(what + difference);
}

} // namespace office_test
