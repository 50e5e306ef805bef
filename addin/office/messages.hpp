#pragma once

#include <string>
#include <string_view>

#include <com/sun/star/frame/XFrame.hpp>

#include "office/uno.hpp"

namespace pacte::office {

enum class MessageKind { done, stopped, failed };

/// Says one sentence in the bar above the sheet, where it does not stop the
/// work. Replaces the one said before.
void say(const Reference<css::frame::XFrame>& frame, MessageKind kind, std::string_view title,
         std::string_view sentence);

} // namespace pacte::office
