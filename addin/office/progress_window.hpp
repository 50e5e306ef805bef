#pragma once

#include <chrono>
#include <optional>

#include <com/sun/star/awt/XProgressBar.hpp>
#include <com/sun/star/awt/XReschedule.hpp>
#include <com/sun/star/awt/XWindow.hpp>
#include <com/sun/star/frame/XFrame.hpp>

#include "office/dialog.hpp"
#include "office/uno.hpp"

namespace pacte::office {

/// The small window with a bar and « Annuler » of a command that lasts. It comes
/// after a moment; then, and only then, each look at it lets the office live, and
/// its document takes no other input.
class ProgressWindow {
public:
    ProgressWindow(const Reference<css::uno::XComponentContext>& context,
                   const Reference<css::frame::XFrame>& frame, Bilingual title);
    ProgressWindow(const ProgressWindow&) = delete;
    ProgressWindow& operator=(const ProgressWindow&) = delete;
    ~ProgressWindow();

    void look(double share); ///< 0 to 1. Who presses « Annuler » wants a stop (running_command.hpp)

private:
    void show();

    Reference<css::uno::XComponentContext> context_;
    Reference<css::frame::XFrame> frame_;
    Bilingual title_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    Reference<css::awt::XReschedule> loop_;
    std::optional<Dialog> dialog_;
    Reference<css::awt::XProgressBar> bar_;
    Reference<css::awt::XWindow> below_; ///< the document's, without input
};

} // namespace pacte::office
