#pragma once

#include <string>
#include <string_view>

#include <com/sun/star/frame/XFrame.hpp>
#include <com/sun/star/task/XStatusIndicator.hpp>

#include "office/progress_window.hpp"
#include "office/uno.hpp"

namespace pacte::office {

/// How far a command is: the bar of the window's status bar, for as long as it
/// lives, and after a moment a small window with « Annuler ». To be made before the
/// command's UndoStep, which takes back what was written when it is stopped.
class Progress {
public:
    Progress(const Reference<css::frame::XFrame>& frame, std::string_view text);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();

    /// 0 to 1. Where the command can be stopped: throws Failure (cancelled) where
    /// that is wanted. Not while Calc records nothing (undo.hpp, Unrecorded).
    void reach(double share, std::string_view text = {});

private:
    Reference<css::task::XStatusIndicator> indicator_;
    std::string title_;
    ProgressWindow window_;
};

} // namespace pacte::office
