#include "office/comments.hpp"

#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/drawing/XDrawPageSupplier.hpp>
#include <com/sun/star/drawing/XShape.hpp>
#include <com/sun/star/sheet/XSheetAnnotationsSupplier.hpp>
#include <com/sun/star/text/XTextRange.hpp>

namespace pacte::office {

Reference<css::sheet::XSheetAnnotations> annotations_of(const Reference<css::sheet::XSpreadsheet>& sheet)
{
    return Reference<css::sheet::XSheetAnnotationsSupplier>(sheet, UNO_QUERY_THROW)->getAnnotations();
}

std::vector<Reference<css::drawing::XShape>>
orphan_boxes(const Reference<css::sheet::XSpreadsheet>& sheet,
             const std::function<bool(const std::string&)>& is_ours)
{
    std::set<std::string> standing;
    const Reference<css::container::XIndexAccess> notes(annotations_of(sheet), UNO_QUERY_THROW);
    for (sal_Int32 i = 0; i < notes->getCount(); ++i)
        standing.insert(
            utf8(Reference<css::text::XTextRange>(notes->getByIndex(i), UNO_QUERY_THROW)->getString()));
    std::vector<Reference<css::drawing::XShape>> found;
    const Reference<css::container::XIndexAccess> page(
        Reference<css::drawing::XDrawPageSupplier>(sheet, UNO_QUERY_THROW)->getDrawPage(), UNO_QUERY_THROW);
    for (sal_Int32 i = 0; i < page->getCount(); ++i) {
        const Reference<css::drawing::XShape> shape(page->getByIndex(i), UNO_QUERY_THROW);
        if (!shape->getShapeType().equalsAscii("com.sun.star.drawing.CaptionShape"))
            continue;
        const std::string text = utf8(Reference<css::text::XTextRange>(shape, UNO_QUERY_THROW)->getString());
        if (is_ours(text) && !standing.contains(text))
            found.push_back(shape);
    }
    return found;
}

void hide_orphan_boxes(const Reference<css::sheet::XSpreadsheet>& sheet, const std::set<std::string>& texts)
{
    for (const auto& shape :
         orphan_boxes(sheet, [&](const std::string& text) { return texts.contains(text); })) {
        set(shape, "Visible", false);
        set(shape, "Printable", false);
    }
}

} // namespace pacte::office
