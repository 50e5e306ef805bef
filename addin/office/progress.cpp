#include "office/progress.hpp"

#include <com/sun/star/task/XStatusIndicatorFactory.hpp>

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
    const Reference<css::task::XStatusIndicatorFactory> factory(frame, UNO_QUERY);
    if (!factory.is())
        return;
    indicator_ = factory->createStatusIndicator();
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
