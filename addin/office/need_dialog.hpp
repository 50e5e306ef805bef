#pragma once

#include <com/sun/star/frame/XFrame.hpp>

#include "core/need_layout.hpp"
#include "office/uno.hpp"

namespace pacte::office {

enum class NeedAnswer { cancel, import, read_again };

/// Shows what was understood of a file of needs: the first lines, the place of
/// the codes, each column of figures. Everything can be changed; `layout`
/// takes the changes. Where the sheet, the header or the codes are changed,
/// `hints` says so and the file is to be read again.
[[nodiscard]] NeedAnswer ask_need_layout(const Reference<css::uno::XComponentContext>& context,
                                         const Reference<css::frame::XFrame>& frame, const SourceFile& file,
                                         NeedLayout& layout, LayoutHints& hints);

} // namespace pacte::office
