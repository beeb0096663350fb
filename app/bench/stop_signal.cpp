#include "app/bench/stop_signal.h"

namespace jackfield::bench {
namespace {

StopSignal* installed = nullptr;

void on_signal(int number)
{
    installed->set();
    std::signal(number, SIG_DFL);
}

} // namespace

void StopSignal::install()
{
    installed = this;
    struct sigaction action = {};
    action.sa_handler = on_signal; // without SA_RESTART: waiting calls return
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

} // namespace jackfield::bench
