#pragma once

#include <functional>

#include <com/sun/star/frame/XDesktop2.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <rtl/ref.hxx>

#include "office/uno.hpp"

namespace pacte::office {

class Guard;

/// The command at work. Until it is over the office does not end and its document
/// is not closed: who asks for it (Quit in another window, a program) is refused,
/// and the command is stopped as by « Annuler ». A document whose closing was left
/// to us is closed by `end`. One at a time.
class RunningCommand {
public:
    RunningCommand(const Reference<css::uno::XComponentContext>& context,
                   const Reference<css::frame::XModel>& model);
    RunningCommand(const RunningCommand&) = delete;
    RunningCommand& operator=(const RunningCommand&) = delete;
    ~RunningCommand();

    /// Whether its document was to be closed, and is, now that the command is over.
    bool end();

private:
    rtl::Reference<Guard> guard_;
    Reference<css::frame::XModel> model_;
    Reference<css::frame::XDesktop2> desktop_;
};

/// The command is to stop where it can.
void want_stop();
[[nodiscard]] bool stop_is_wanted();
/// Throws Failure (cancelled) where it is.
void stop_if_wanted();

/// While it lives, `call` is called as soon as a stop is wanted (by a dialog, which
/// ends as if it was given up).
class OnStop {
public:
    explicit OnStop(std::function<void()> call);
    OnStop(const OnStop&) = delete;
    OnStop& operator=(const OnStop&) = delete;
    ~OnStop();

private:
    std::function<void()> former_;
};

} // namespace pacte::office
