#pragma once

#include <functional>

#include <com/sun/star/frame/XFrame.hpp>

#include "office/dialog.hpp"
#include "office/uno.hpp"

namespace pacte::office {

/// Tells how far the task is (0 to 1); returns false where the user wants it stopped.
using TaskProgress = std::function<bool(double)>;

/// Runs a pure task (no UNO) in a thread of its own while the office goes on
/// living; after a moment a small window shows how far it is, with « Annuler ».
/// What the task throws is thrown here; Failure (cancelled) where it was to stop.
void run_long_task(const Reference<css::uno::XComponentContext>& context,
                   const Reference<css::frame::XFrame>& frame, Bilingual title,
                   const std::function<void(const TaskProgress&)>& task);

} // namespace pacte::office
