#include "office/long_task.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <optional>

#include <com/sun/star/awt/Toolkit.hpp>
#include <com/sun/star/awt/XActionListener.hpp>
#include <com/sun/star/awt/XButton.hpp>
#include <com/sun/star/awt/XProgressBar.hpp>
#include <com/sun/star/awt/XReschedule.hpp>
#include <com/sun/star/awt/XWindow.hpp>
#include <cppuhelper/implbase1.hxx>

namespace pacte::office {

namespace {

using namespace std::chrono_literals;

constexpr auto shown_after = 400ms;
constexpr auto look_every = 30ms;

class CancelListener final : public cppu::WeakImplHelper1<css::awt::XActionListener> {
public:
    explicit CancelListener(std::atomic<bool>& cancelled) : cancelled_(cancelled) {}
    void SAL_CALL actionPerformed(const css::awt::ActionEvent&) override { cancelled_ = true; }
    void SAL_CALL disposing(const css::lang::EventObject&) override {}

private:
    std::atomic<bool>& cancelled_;
};

/// The window with the bar and its « Annuler ».
class ProgressWindow {
public:
    ProgressWindow(const Reference<css::uno::XComponentContext>& context,
                   const Reference<css::frame::XFrame>& frame, Bilingual title, std::atomic<bool>& cancelled)
        : dialog_(context, title, 200)
    {
        dialog_.add_progress("bar");
        dialog_.add_buttons(false);
        window_.set(dialog_.open(frame), UNO_QUERY_THROW);
        bar_.set(dialog_.control("bar"), UNO_QUERY_THROW);
        Reference<css::awt::XButton>(dialog_.control("cancel"), UNO_QUERY_THROW)
            ->addActionListener(new CancelListener(cancelled));
        window_->setVisible(true);
    }
    ProgressWindow(const ProgressWindow&) = delete;
    ProgressWindow& operator=(const ProgressWindow&) = delete;
    ~ProgressWindow() { dialog_.close(); }

    void reach(double share) { bar_->setValue(static_cast<sal_Int32>(share * 1000.0)); }

private:
    Dialog dialog_;
    Reference<css::awt::XWindow> window_;
    Reference<css::awt::XProgressBar> bar_;
};

} // namespace

void run_long_task(const Reference<css::uno::XComponentContext>& context,
                   const Reference<css::frame::XFrame>& frame, Bilingual title,
                   const std::function<void(const TaskProgress&)>& task)
{
    std::atomic<bool> cancelled{false};
    std::atomic<double> share{0.0};
    const TaskProgress progress = [&](double reached) {
        share = reached;
        return !cancelled;
    };
    std::future<void> done = std::async(std::launch::async, [&] { task(progress); });

    const Reference<css::awt::XReschedule> loop(css::awt::Toolkit::create(context), UNO_QUERY);
    const auto start = std::chrono::steady_clock::now();
    std::optional<ProgressWindow> window;
    while (done.wait_for(look_every) != std::future_status::ready) {
        if (!window && std::chrono::steady_clock::now() - start > shown_after)
            window.emplace(context, frame, title, cancelled);
        if (window)
            window->reach(share);
        if (loop.is())
            loop->reschedule();
    }
    window.reset();
    done.get();
}

} // namespace pacte::office
