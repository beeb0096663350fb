#include "app/terminal/screen_signals.h"

#include <sys/eventfd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <unistd.h>

namespace jackfield::app {
namespace {

constexpr std::array signals{SIGWINCH, SIGTSTP, SIGCONT};
std::array<std::atomic<bool>, signals.size()> came; // lock-free, so a handler may set them
std::atomic<int> wake{-1};

void note(int number)
{
    const int error = errno;
    for (std::size_t i = 0; i < signals.size(); ++i) {
        if (signals[i] == number)
            came[i] = true;
    }
    const std::uint64_t one = 1;
    static_cast<void>(!::write(wake, &one, sizeof one));
    errno = error;
}

} // namespace

ScreenSignals::ScreenSignals()
{
    wake = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    struct sigaction action { };
    action.sa_handler = note;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < signals.size(); ++i)
        ::sigaction(signals[i], &action, &before_[i]);
}

ScreenSignals::~ScreenSignals()
{
    for (std::size_t i = 0; i < signals.size(); ++i)
        ::sigaction(signals[i], &before_[i], nullptr);
    if (const int descriptor = wake.exchange(-1); descriptor >= 0)
        ::close(descriptor);
}

int ScreenSignals::descriptor()
{
    return wake;
}

ScreenSignals::Came ScreenSignals::take()
{
    std::uint64_t count = 0;
    static_cast<void>(!::read(wake, &count, sizeof count));
    return {came[0].exchange(false), came[1].exchange(false), came[2].exchange(false)};
}

} // namespace jackfield::app
