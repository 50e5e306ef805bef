#include "office/page_style.hpp"

#include <com/sun/star/container/XNameContainer.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/XHeaderFooterContent.hpp>
#include <com/sun/star/style/XStyleFamiliesSupplier.hpp>
#include <com/sun/star/text/XText.hpp>

namespace pacte::office {

namespace {

using Model = Reference<css::frame::XModel>;

/// « page 3 / 12 », on the right of the footer, in small grey letters. The numbers go on
/// from one sheet to the next.
void number_pages(const Model& model, const Reference<css::uno::XInterface>& style)
{
    constexpr sal_Int32 grey = 0x666666;
    const Reference<css::lang::XMultiServiceFactory> factory(model, UNO_QUERY_THROW);
    const auto footer = get_as<Reference<css::sheet::XHeaderFooterContent>>(style, "RightPageFooterContent");
    footer->getCenterText()->setString(OUString());
    const auto text = footer->getRightText();
    const auto add_field = [&](const char* before, const char* field) {
        text->insertString(text->getEnd(), ustring(before), false);
        text->insertTextContent(
            text->getEnd(),
            Reference<css::text::XTextContent>(factory->createInstance(ustring(field)), UNO_QUERY_THROW),
            false);
    };
    add_field("page ", "com.sun.star.text.TextField.PageNumber");
    add_field(" / ", "com.sun.star.text.TextField.PageCount");
    const auto all = text->createTextCursor();
    all->gotoStart(false);
    all->gotoEnd(true);
    set(all, "CharHeight", 8.0F);
    set(all, "CharColor", grey);
    set(style, "RightPageFooterContent", footer);
}

} // namespace

void set_page_style(const Model& model, const Reference<css::sheet::XSpreadsheet>& sheet,
                    const LandscapePage& page)
{
    const OUString name = ustring(page.name);
    const Reference<css::style::XStyleFamiliesSupplier> families(model, UNO_QUERY_THROW);
    const Reference<css::container::XNameContainer> styles(
        families->getStyleFamilies()->getByName("PageStyles"), UNO_QUERY_THROW);
    if (!styles->hasByName(name)) {
        const Reference<css::lang::XMultiServiceFactory> factory(model, UNO_QUERY_THROW);
        styles->insertByName(name,
                             css::uno::makeAny(factory->createInstance("com.sun.star.style.PageStyle")));
        const auto style = styles->getByName(name).get<Reference<css::uno::XInterface>>();
        set(style, "IsLandscape", true);
        set(style, "Width", sal_Int32(29700));
        set(style, "Height", sal_Int32(21000));
        for (const char* margin : {"LeftMargin", "RightMargin", "TopMargin", "BottomMargin"})
            set(style, margin, sal_Int32(page.margin));
        set(style, "HeaderIsOn", false);
        set(style, "FooterIsOn", page.with_footer);
        set(style, "FirstPageNumber", sal_Int16(0)); // goes on from the sheet before
        if (page.with_footer)
            number_pages(model, style);
        if (page.on_one_page) {
            set(style, "CenterHorizontally", true);
            set(style, "ScaleToPages", sal_Int16(1));
        } else {
            set(style, "ScaleToPagesX", sal_Int16(1));
            set(style, "ScaleToPagesY", sal_Int16(0));
        }
    }
    set(sheet, "PageStyle", name);
}

} // namespace pacte::office
