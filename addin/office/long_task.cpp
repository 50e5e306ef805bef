#include "office/long_task.hpp"

#include <atomic>
#include <chrono>
#include <future>

#include "office/progress_window.hpp"
#include "office/running_command.hpp"

namespace pacte::office {

namespace {

using namespace std::chrono_literals;

constexpr auto look_every = 30ms;

} // namespace

void run_long_task(const Reference<css::uno::XComponentContext>& context,
                   const Reference<css::frame::XFrame>& frame, Bilingual title,
                   const std::function<void(const TaskProgress&)>& task)
{
    stop_if_wanted();
    std::atomic<double> share{0.0};
    const TaskProgress progress = [&](double reached) {
        share = reached;
        return !stop_is_wanted();
    };
    std::future<void> done = std::async(std::launch::async, [&] { task(progress); });
    {
        ProgressWindow window(context, frame, title);
        while (done.wait_for(look_every) != std::future_status::ready)
            window.look(share);
        window.look(1.0); // « Annuler » was perhaps pressed since
    }
    done.get();
    stop_if_wanted();
}

} // namespace pacte::office
