#pragma once

#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/sheet/XConditionalFormat.hpp>

#include "core/finding.hpp"
#include "office/uno.hpp"

namespace pacte::office {

/// The style that colours the cells at fault of that severity on the screen.
[[nodiscard]] const char* mark_style(Severity severity);

/// Whether the format colours cells at fault: by the style of a severity, or by its double
/// without a colour.
[[nodiscard]] bool is_mark(const Reference<css::sheet::XConditionalFormat>& format);

/// The styles of the marks and their doubles, made where the document lacks them.
void ensure_mark_styles(const Reference<css::frame::XModel>& model);

/// From now on the marks are coloured on the screen, and nowhere else: they bear the
/// double of their style in what is printed, previewed, exported or stored. So no mark is
/// on paper, even where the file is printed by an office without Pacte. The styles
/// themselves are never changed (they are the person's to choose, and Calc refuses it while
/// a sheet is protected), nor is the document modified. To be called once for a document.
void keep_marks_off_paper(const Reference<css::frame::XModel>& model);

} // namespace pacte::office
