#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <com/sun/star/drawing/XShape.hpp>
#include <com/sun/star/sheet/XSheetAnnotations.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>

#include "office/uno.hpp"

namespace pacte::office {

/// The comments of the cells of a sheet.
[[nodiscard]] Reference<css::sheet::XSheetAnnotations>
annotations_of(const Reference<css::sheet::XSpreadsheet>& sheet);

/// Calc takes a comment back without the box that it has drawn for it in the
/// meantime (when the document was saved, when the mouse passed): the boxes of our
/// comments that are no more.
[[nodiscard]] std::vector<Reference<css::drawing::XShape>>
orphan_boxes(const Reference<css::sheet::XSpreadsheet>& sheet,
             const std::function<bool(const std::string&)>& is_ours);

/// Hides those of comments of these texts. For the way back of a step.
void hide_orphan_boxes(const Reference<css::sheet::XSpreadsheet>& sheet, const std::set<std::string>& texts);

} // namespace pacte::office
