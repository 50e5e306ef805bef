#pragma once

#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>

#include "office/uno.hpp"

namespace pacte::office {

/// A page style for landscape A4.
struct LandscapePage {
    const char* name;           ///< of the style, UTF-8
    std::int32_t margin = 1000; ///< hundredths of a millimetre, on the four sides
    bool on_one_page = false;   ///< the whole sheet, centred; else as wide as the page, as long as it is
    bool with_footer = true;    ///< the number of the page, among all those of the workbook
};

/// Gives the sheet that style, made where the workbook has none of that name. Calc does
/// not record the page style of a sheet: what is redone must do it again.
void set_page_style(const Reference<css::frame::XModel>& model,
                    const Reference<css::sheet::XSpreadsheet>& sheet, const LandscapePage& page);

} // namespace pacte::office
