#include "office/running_command.hpp"

#include <atomic>
#include <utility>

#include <com/sun/star/frame/Desktop.hpp>
#include <com/sun/star/frame/TerminationVetoException.hpp>
#include <com/sun/star/frame/XTerminateListener.hpp>
#include <com/sun/star/util/CloseVetoException.hpp>
#include <com/sun/star/util/XCloseBroadcaster.hpp>
#include <com/sun/star/util/XCloseListener.hpp>
#include <com/sun/star/util/XCloseable.hpp>
#include <cppuhelper/implbase2.hxx>

#include "core/error.hpp"

namespace pacte::office {

namespace {

// Wanted from any thread; the calls are made with the office's own lock held.
std::atomic<bool> wanted = false;
std::function<void()> on_stop;

} // namespace

void want_stop()
{
    wanted = true;
    if (on_stop)
        on_stop();
}

bool stop_is_wanted() { return wanted; }

void stop_if_wanted()
{
    if (wanted)
        throw Failure(Failure::Cause::cancelled, "Commande arrêtée.");
}

OnStop::OnStop(std::function<void()> call) : former_(std::exchange(on_stop, std::move(call))) {}

OnStop::~OnStop() { on_stop = std::move(former_); }

class Guard final : public cppu::WeakImplHelper2<css::util::XCloseListener, css::frame::XTerminateListener> {
public:
    void SAL_CALL queryClosing(const css::lang::EventObject&, sal_Bool ours) override
    {
        if (ours)
            closes_ = true;
        want_stop();
        throw css::util::CloseVetoException("Une commande de Pacte est en cours.", {});
    }
    void SAL_CALL queryTermination(const css::lang::EventObject&) override
    {
        want_stop();
        throw css::frame::TerminationVetoException("Une commande de Pacte est en cours.", {});
    }
    void SAL_CALL notifyClosing(const css::lang::EventObject&) override {}
    void SAL_CALL notifyTermination(const css::lang::EventObject&) override {}
    void SAL_CALL disposing(const css::lang::EventObject&) override {}

    [[nodiscard]] bool closes() const { return closes_; }

private:
    std::atomic<bool> closes_ = false;
};

RunningCommand::RunningCommand(const Reference<css::uno::XComponentContext>& context,
                               const Reference<css::frame::XModel>& model)
    : guard_(new Guard), model_(model), desktop_(css::frame::Desktop::create(context))
{
    wanted = false;
    desktop_->addTerminateListener(guard_.get());
    if (const Reference<css::util::XCloseBroadcaster> document(model_, UNO_QUERY); document.is())
        document->addCloseListener(guard_.get());
}

RunningCommand::~RunningCommand()
{
    try {
        (void)end();
    } catch (const css::uno::Exception&) {
        // The document or the office went otherwise.
    }
}

bool RunningCommand::end()
{
    const auto guard = std::exchange(guard_, {});
    if (!guard.is())
        return false;
    wanted = false;
    desktop_->removeTerminateListener(guard.get());
    const Reference<css::util::XCloseable> document(model_, UNO_QUERY);
    if (!document.is())
        return false;
    document->removeCloseListener(guard.get());
    if (guard->closes())
        document->close(true);
    return guard->closes();
}

} // namespace pacte::office
