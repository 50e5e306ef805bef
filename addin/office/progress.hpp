#pragma once

#include <string_view>

#include <com/sun/star/frame/XFrame.hpp>
#include <com/sun/star/task/XStatusIndicator.hpp>

#include "office/uno.hpp"

namespace pacte::office {

/// The progress bar of the window's status bar, for as long as it lives.
class Progress {
public:
    Progress(const Reference<css::frame::XFrame>& frame, std::string_view text);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();

    void reach(double share, std::string_view text = {}); ///< 0 to 1

private:
    Reference<css::task::XStatusIndicator> indicator_;
};

} // namespace pacte::office
