#include "marked_cells.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/sheet/XCellAddressable.hpp>
#include <com/sun/star/sheet/XConditionalFormat.hpp>
#include <com/sun/star/sheet/XConditionalFormats.hpp>
#include <com/sun/star/sheet/XSheetAnnotationAnchor.hpp>
#include <com/sun/star/sheet/XSheetCellRanges.hpp>
#include <com/sun/star/table/CellRangeAddress.hpp>
#include <com/sun/star/text/XTextRange.hpp>

namespace office_test {

namespace {

Any property(const Reference<css::uno::XInterface>& object, const char* name)
{
    return Reference<css::beans::XPropertySet>(object, UNO_QUERY_THROW)
        ->getPropertyValue(OUString::createFromAscii(name));
}

std::vector<std::string> read_laid_over(const Reference<css::frame::XModel>& model,
                                        const std::string& sheet_name, const std::string& cell)
{
    const auto at =
        Reference<css::sheet::XCellAddressable>(cell_at(sheet(model, sheet_name), cell), UNO_QUERY_THROW)
            ->getCellAddress();
    const Reference<css::sheet::XConditionalFormats> formats(
        property(sheet(model, sheet_name), "ConditionalFormats"), UNO_QUERY_THROW);
    std::vector<std::string> styles;
    for (const auto& format : formats->getConditionalFormats()) {
        const Reference<css::sheet::XSheetCellRanges> ranges(property(format, "Range"), UNO_QUERY_THROW);
        for (const auto& range : ranges->getRangeAddresses()) {
            if (at.Column < range.StartColumn || at.Column > range.EndColumn || at.Row < range.StartRow ||
                at.Row > range.EndRow)
                continue;
            const Reference<css::container::XIndexAccess> entries(format, UNO_QUERY_THROW);
            for (sal_Int32 i = 0; i < entries->getCount(); ++i) {
                OUString style;
                property(entries->getByIndex(i).get<Reference<css::uno::XInterface>>(), "StyleName") >>=
                    style;
                styles.push_back(utf8(style));
            }
        }
    }
    return styles;
}

} // namespace

std::string note_at(const Reference<css::frame::XModel>& model, const std::string& sheet_name,
                    const std::string& cell)
{
    const Reference<css::sheet::XSheetAnnotationAnchor> anchor(cell_at(sheet(model, sheet_name), cell),
                                                               UNO_QUERY_THROW);
    const Reference<css::text::XTextRange> note(anchor->getAnnotation(), UNO_QUERY);
    return note.is() ? utf8(note->getString()) : std::string();
}

std::vector<std::string> laid_over(const Reference<css::frame::XModel>& model, const std::string& sheet_name,
                                   const std::string& cell)
{
    constexpr int most_readings = 10;
    for (int reading = 1;; ++reading) {
        try {
            return read_laid_over(model, sheet_name, cell);
        } catch (const css::uno::Exception&) {
            // The office took a format away between two of the calls.
            if (reading == most_readings)
                throw;
        }
    }
}

} // namespace office_test
