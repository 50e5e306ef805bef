#include "office/messages.hpp"

#include <com/sun/star/beans/StringPair.hpp>
#include <com/sun/star/frame/InfobarType.hpp>
#include <com/sun/star/frame/XInfobarProvider.hpp>

namespace pacte::office {

namespace {

sal_Int32 type_of(MessageKind kind)
{
    switch (kind) {
    case MessageKind::done:
        return css::frame::InfobarType::SUCCESS;
    case MessageKind::stopped:
        return css::frame::InfobarType::INFO;
    case MessageKind::failed:
        break;
    }
    return css::frame::InfobarType::DANGER;
}

} // namespace

void say(const Reference<css::frame::XFrame>& frame, MessageKind kind, std::string_view title,
         std::string_view sentence)
{
    const Reference<css::frame::XInfobarProvider> bars(frame->getController(), UNO_QUERY);
    if (!bars.is())
        return;
    const OUString id("org.pacte.calc.message");
    if (bars->hasInfobar(id))
        bars->removeInfobar(id);
    bars->appendInfobar(id, ustring(title), ustring(sentence), type_of(kind),
                        Sequence<css::beans::StringPair>(), true);
}

} // namespace pacte::office
