#include "commands/dispatcher.hpp"

#include <exception>
#include <utility>

#include <com/sun/star/awt/XCallback.hpp>
#include <com/sun/star/awt/XRequestCallback.hpp>
#include <com/sun/star/frame/Desktop.hpp>
#include <com/sun/star/frame/DispatchDescriptor.hpp>
#include <com/sun/star/frame/DispatchResultState.hpp>
#include <com/sun/star/frame/FeatureStateEvent.hpp>
#include <com/sun/star/frame/XDispatchProvider.hpp>
#include <com/sun/star/frame/XFrames.hpp>
#include <com/sun/star/frame/XNotifyingDispatch.hpp>
#include <com/sun/star/lang/DisposedException.hpp>
#include <com/sun/star/lang/XInitialization.hpp>
#include <com/sun/star/lang/XServiceInfo.hpp>
#include <com/sun/star/util/URL.hpp>
#include <cppuhelper/implbase1.hxx>
#include <cppuhelper/implbase3.hxx>
#include <cppuhelper/supportsservice.hxx>

#include "commands/command.hpp"
#include "commands/live_check.hpp"
#include "core/error.hpp"
#include "office/installation.hpp"
#include "office/messages.hpp"
#include "office/running_command.hpp"
#include "office/workbook.hpp"

namespace pacte::commands {

namespace {

using office::Any;
using office::OUString;
using office::Sequence;
using office::UNO_QUERY;
using office::ustring;
using office::utf8;

constexpr const char* protocol = "org.pacte.calc:";

using office::MessageKind;

struct Outcome {
    MessageKind kind = MessageKind::failed;
    std::string sentence;
};

/// While a command lasts the office goes on living: a second one has to wait.
class OneAtATime {
public:
    OneAtATime() : free_(!std::exchange(running, true)) {}
    OneAtATime(const OneAtATime&) = delete;
    OneAtATime& operator=(const OneAtATime&) = delete;
    ~OneAtATime()
    {
        if (free_)
            running = false;
    }
    [[nodiscard]] bool is_free() const { return free_; }

    static inline bool running = false; // commands run on the main thread alone

private:
    bool free_;
};

/// The border between the product and the office: nothing passes it unsaid.
Outcome run_alone(const Command& command, Request& request)
{
    try {
        return {MessageKind::done, command.run(request)};
    } catch (const Failure& failure) {
        if (failure.cause() == Failure::Cause::cancelled)
            return {MessageKind::stopped, "Commande arrêtée : le document est resté comme il était."};
        return {MessageKind::failed, failure.what()};
    } catch (const css::lang::DisposedException&) {
        return {MessageKind::stopped, "Le document a été fermé pendant la commande."};
    } catch (const css::uno::Exception& exception) {
        return {MessageKind::failed, "LibreOffice a refusé une opération (" + utf8(exception.Message) +
                                         "). Le document est resté comme il était."};
    } catch (const std::exception& exception) {
        return {MessageKind::failed,
                std::string("Erreur inattendue (") + exception.what() +
                    "). Le document est resté comme il était ; signalez-la à l'équipe de Pacte."};
    }
}

Outcome run(const Command& command, Request& request)
{
    const OneAtATime turn;
    if (!turn.is_free())
        return {MessageKind::failed,
                "Une autre commande de Pacte est en cours : attendez qu'elle se termine."};
    office::RunningCommand running(request.context, request.model());
    Outcome outcome = run_alone(command, request);
    if (running.end())
        return {MessageKind::stopped,
                "Le document a été fermé pendant « " + std::string(command.title) + " »."};
    return outcome;
}

/// A command is run from the main loop, once the menu is closed.
class LaterCall final : public cppu::WeakImplHelper1<css::awt::XCallback> {
public:
    LaterCall(const Command& command, Request request,
              Reference<css::frame::XDispatchResultListener> listener)
        : command_(command), request_(std::move(request)), listener_(std::move(listener))
    {
    }

    void SAL_CALL notify(const Any&) override
    {
        const Outcome outcome = run(command_, request_);
        follow_document();
        if (!outcome.sentence.empty()) {
            try {
                office::say(window_left(), outcome.kind, command_.title, outcome.sentence);
            } catch (const css::uno::Exception&) {
                // The window is gone: nobody is left to read the message.
            }
        }
        if (listener_.is())
            listener_->dispatchFinished(css::frame::DispatchResultEvent(
                Reference<css::uno::XInterface>(),
                outcome.kind == MessageKind::done ? css::frame::DispatchResultState::SUCCESS
                                                  : css::frame::DispatchResultState::FAILURE,
                css::uno::makeAny(ustring(outcome.sentence))));
    }

private:
    void follow_document() const
    {
        try {
            follow(request_.context, request_.model());
            catch_up();
        } catch (const css::uno::Exception&) {
            // The document was closed by the command.
        } catch (const Failure&) {
            // What cannot be read in it was just told by the command.
        }
    }

    /// The command's own, or where its document was closed, another document's.
    [[nodiscard]] Reference<css::frame::XFrame> window_left() const
    {
        if (request_.model().is())
            return request_.frame;
        const auto frames = css::frame::Desktop::create(request_.context)->getFrames();
        for (sal_Int32 i = 0; i < frames->getCount(); ++i)
            if (const Reference<css::frame::XFrame> frame(frames->getByIndex(i), UNO_QUERY);
                frame.is() && frame->getController().is())
                return frame;
        return request_.frame;
    }

    const Command& command_;
    Request request_;
    Reference<css::frame::XDispatchResultListener> listener_;
};

class Dispatch final : public cppu::WeakImplHelper1<css::frame::XNotifyingDispatch> {
public:
    Dispatch(Reference<css::uno::XComponentContext> context, Reference<css::frame::XFrame> frame,
             const Command& command)
        : context_(std::move(context)), frame_(std::move(frame)), command_(command)
    {
    }

    void SAL_CALL dispatch(const css::util::URL& url,
                           const Sequence<css::beans::PropertyValue>& arguments) override
    {
        dispatchWithNotification(url, arguments, {});
    }

    void SAL_CALL
    dispatchWithNotification(const css::util::URL&, const Sequence<css::beans::PropertyValue>& arguments,
                             const Reference<css::frame::XDispatchResultListener>& listener) override
    {
        Request request{context_, frame_, {}};
        for (const auto& argument : arguments)
            request.arguments[utf8(argument.Name)] = argument.Value;
        office::create<css::awt::XRequestCallback>(context_, "com.sun.star.awt.AsyncCallback")
            ->addCallback(new LaterCall(command_, std::move(request), listener), Any());
    }

    void SAL_CALL addStatusListener(const Reference<css::frame::XStatusListener>& listener,
                                    const css::util::URL& url) override
    {
        css::frame::FeatureStateEvent event;
        event.FeatureURL = url;
        event.IsEnabled = is_available();
        if (event.IsEnabled && command_.needs == Needs::diagnosis)
            follow(context_, Request{context_, frame_, {}}.model());
        listener->statusChanged(event);
    }

    void SAL_CALL removeStatusListener(const Reference<css::frame::XStatusListener>&,
                                       const css::util::URL&) override
    {
    }

private:
    [[nodiscard]] bool is_available() const
    {
        return command_.needs == Needs::nothing ||
               office::Workbook::is_diagnosis(Request{context_, frame_, {}}.model());
    }

    Reference<css::uno::XComponentContext> context_;
    Reference<css::frame::XFrame> frame_;
    const Command& command_;
};

class Handler final : public cppu::WeakImplHelper3<css::frame::XDispatchProvider, css::lang::XInitialization,
                                                   css::lang::XServiceInfo> {
public:
    explicit Handler(Reference<css::uno::XComponentContext> context) : context_(std::move(context)) {}

    void SAL_CALL initialize(const Sequence<Any>& arguments) override
    {
        if (arguments.hasElements())
            arguments[0] >>= frame_;
    }

    Reference<css::frame::XDispatch> SAL_CALL queryDispatch(const css::util::URL& url, const OUString&,
                                                            sal_Int32) override
    {
        OUString name;
        if (!frame_.is() || !url.Complete.startsWith(OUString::createFromAscii(protocol), &name))
            return {};
        const Command* command = find_command(utf8(name));
        return command ? Reference<css::frame::XDispatch>(new Dispatch(context_, frame_, *command))
                       : Reference<css::frame::XDispatch>();
    }

    Sequence<Reference<css::frame::XDispatch>>
        SAL_CALL queryDispatches(const Sequence<css::frame::DispatchDescriptor>& requests) override
    {
        Sequence<Reference<css::frame::XDispatch>> dispatches(requests.getLength());
        for (sal_Int32 i = 0; i < requests.getLength(); ++i)
            dispatches[i] =
                queryDispatch(requests[i].FeatureURL, requests[i].FrameName, requests[i].SearchFlags);
        return dispatches;
    }

    OUString SAL_CALL getImplementationName() override { return "org.pacte.calc.CommandsImplementation"; }
    sal_Bool SAL_CALL supportsService(const OUString& name) override
    {
        return cppu::supportsService(this, name);
    }
    Sequence<OUString> SAL_CALL getSupportedServiceNames() override
    {
        Sequence<OUString> names(2);
        names[0] = "org.pacte.calc.Commands";
        names[1] = "com.sun.star.frame.ProtocolHandler";
        return names;
    }

private:
    Reference<css::uno::XComponentContext> context_;
    Reference<css::frame::XFrame> frame_;
};

} // namespace

bool is_command_running() { return OneAtATime::running; }

Reference<css::uno::XInterface> make_handler(const Reference<css::uno::XComponentContext>& context)
{
    office::set_office_context(context);
    return static_cast<cppu::OWeakObject*>(new Handler(context));
}

} // namespace pacte::commands
