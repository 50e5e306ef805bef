#pragma once

#include <com/sun/star/frame/XModel.hpp>

#include "core/finding.hpp"
#include "office/uno.hpp"

namespace pacte::office {

/// The style that colours the cells at fault of that severity.
[[nodiscard]] const char* mark_style(Severity severity);
[[nodiscard]] bool is_mark_style(const OUString& name);

/// The styles of the marks, made and coloured where the document lacks them.
void ensure_mark_styles(const Reference<css::frame::XModel>& model);

/// From now on the marks are coloured on the screen, and nowhere else: their styles bear
/// no colour in what is printed, previewed, exported or stored. So no mark is on paper,
/// even where the file is printed by an office without Pacte. A colour that a person gave
/// to such a style is kept, and stored. Neither makes the document modified.
/// To be called once for a document.
void keep_marks_off_paper(const Reference<css::frame::XModel>& model);

} // namespace pacte::office
