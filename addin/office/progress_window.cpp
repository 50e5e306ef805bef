#include "office/progress_window.hpp"

#include <com/sun/star/awt/Toolkit.hpp>
#include <com/sun/star/awt/XActionListener.hpp>
#include <com/sun/star/awt/XButton.hpp>
#include <com/sun/star/awt/XTopWindow.hpp>
#include <com/sun/star/awt/XTopWindowListener.hpp>
#include <cppuhelper/implbase2.hxx>

#include "office/running_command.hpp"

namespace pacte::office {

namespace {

using namespace std::chrono_literals;

constexpr auto shown_after = 400ms;
// What a click means is said in an event of its own, which comes after the click's.
constexpr int rounds = 3;

/// « Annuler », Escape, or the window's own cross.
class StopListener final
    : public cppu::WeakImplHelper2<css::awt::XActionListener, css::awt::XTopWindowListener> {
public:
    void SAL_CALL actionPerformed(const css::awt::ActionEvent&) override { want_stop(); }
    void SAL_CALL windowClosing(const css::lang::EventObject&) override { want_stop(); }
    void SAL_CALL windowOpened(const css::lang::EventObject&) override {}
    void SAL_CALL windowClosed(const css::lang::EventObject&) override {}
    void SAL_CALL windowMinimized(const css::lang::EventObject&) override {}
    void SAL_CALL windowNormalized(const css::lang::EventObject&) override {}
    void SAL_CALL windowActivated(const css::lang::EventObject&) override {}
    void SAL_CALL windowDeactivated(const css::lang::EventObject&) override {}
    void SAL_CALL disposing(const css::lang::EventObject&) override {}
};

} // namespace

ProgressWindow::ProgressWindow(const Reference<css::uno::XComponentContext>& context,
                               const Reference<css::frame::XFrame>& frame, Bilingual title)
    : context_(context), frame_(frame), title_(title), loop_(css::awt::Toolkit::create(context), UNO_QUERY)
{
}

ProgressWindow::~ProgressWindow()
{
    try {
        if (below_.is())
            below_->setEnable(true);
        if (dialog_)
            dialog_->close();
    } catch (const css::uno::Exception&) {
        // The office went meanwhile, and its windows with it.
    }
}

void ProgressWindow::show()
{
    dialog_.emplace(context_, title_, 200);
    dialog_->add_progress("bar");
    dialog_->add_buttons(false);
    const Reference<css::awt::XWindow> window(dialog_->open(frame_), UNO_QUERY_THROW);
    bar_.set(dialog_->control("bar"), UNO_QUERY_THROW);
    const Reference<css::awt::XButton> cancel(dialog_->control("cancel"), UNO_QUERY_THROW);
    const rtl::Reference<StopListener> listener(new StopListener);
    cancel->addActionListener(listener.get());
    if (const Reference<css::awt::XTopWindow> top(window, UNO_QUERY); top.is())
        top->addTopWindowListener(listener.get());
    below_ = frame_->getContainerWindow();
    if (below_.is())
        below_->setEnable(false);
    window->setVisible(true);
    Reference<css::awt::XWindow>(cancel, UNO_QUERY_THROW)->setFocus();
}

void ProgressWindow::look(double share)
{
    if (!dialog_ && std::chrono::steady_clock::now() - start_ > shown_after)
        show();
    if (!dialog_)
        return;
    bar_->setValue(static_cast<sal_Int32>(share * 1000.0));
    for (int i = 0; i < rounds && loop_.is(); ++i)
        loop_->reschedule();
}

} // namespace pacte::office
