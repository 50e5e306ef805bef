#include "office/page_style.hpp"

#include <com/sun/star/container/XNameContainer.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/style/XStyleFamiliesSupplier.hpp>

namespace pacte::office {

void set_page_style(const Reference<css::frame::XModel>& model,
                    const Reference<css::sheet::XSpreadsheet>& sheet, const LandscapePage& page)
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
