// Loaded into the tested office (LD_PRELOAD): once told by a signal, the office
// sleeps for that many milliseconds each time that it has worked for one tick of the
// processor's clock, as on a workstation that is busy elsewhere; then, tick after
// tick, less long. It depends on what the office does and not on the machine, nor on
// what else the machine does.

#include <csignal>
#include <ctime>
#include <sys/time.h>

namespace {

volatile std::sig_atomic_t milliseconds = 0;

void sleep_a_while(int)
{
    constexpr int less = 50;
    constexpr int least = 60;
    if (milliseconds > least + less)
        milliseconds = milliseconds - less;
    const timespec rest{milliseconds / 1000, milliseconds % 1000 * 1'000'000L};
    nanosleep(&rest, nullptr);
}

void be_told(int, siginfo_t* told, void*)
{
    milliseconds = told->si_value.sival_int;
    const timeval tick{0, milliseconds > 0 ? 1000 : 0};
    const itimerval timer{tick, tick};
    setitimer(ITIMER_PROF, &timer, nullptr);
}

[[gnu::constructor]] void listen()
{
    struct sigaction action {};
    action.sa_flags = SA_RESTART;
    action.sa_handler = sleep_a_while;
    sigaction(SIGPROF, &action, nullptr);
    action.sa_flags = SA_RESTART | SA_SIGINFO;
    action.sa_sigaction = be_told;
    sigaction(SIGRTMIN + 5, &action, nullptr);
}

} // namespace
