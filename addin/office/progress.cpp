#include "office/progress.hpp"

#include <com/sun/star/task/StatusIndicatorFactory.hpp>

#include "office/installation.hpp"
#include "office/running_command.hpp"

namespace pacte::office {

namespace {

constexpr sal_Int32 steps = 1000;

}

Progress::Progress(const Reference<css::frame::XFrame>& frame, std::string_view text)
    : title_(text), window_(office_context(), frame, {title_.c_str(), title_.c_str()})
{
    stop_if_wanted();
    // The frame's own would let the office live at each step, in the middle of what is written.
    indicator_ = css::task::StatusIndicatorFactory::createWithFrame(office_context(), frame, true, false)
                     ->createStatusIndicator();
    indicator_->start(ustring(text), steps);
}

Progress::~Progress()
{
    if (indicator_.is())
        indicator_->end();
}

void Progress::reach(double share, std::string_view text)
{
    if (indicator_.is()) {
        if (!text.empty())
            indicator_->setText(ustring(text));
        indicator_->setValue(static_cast<sal_Int32>(share * steps));
    }
    window_.look(share);
    stop_if_wanted();
}

} // namespace pacte::office
