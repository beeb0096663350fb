#include "app/terminal/terminal_modes.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <termios.h>
#include <unistd.h>

namespace jackfield::app {
namespace {

constexpr std::array fatal_signals{SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGQUIT};

termios kept_modes;
volatile std::sig_atomic_t are_kept = 0;
std::array<struct sigaction, fatal_signals.size()> before;

void restore_and_go_on(int number)
{
    restore_terminal_modes();
    for (std::size_t i = 0; i < fatal_signals.size(); ++i) {
        if (fatal_signals[i] == number)
            ::sigaction(number, &before[i], nullptr);
    }
    ::raise(number); // it comes when this handler has returned
}

} // namespace

void keep_terminal_modes()
{
    if (are_kept != 0 || ::tcgetattr(STDIN_FILENO, &kept_modes) != 0)
        return;
    are_kept = 1;
    struct sigaction action { };
    action.sa_handler = restore_and_go_on;
    sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < fatal_signals.size(); ++i)
        ::sigaction(fatal_signals[i], &action, &before[i]);
}

void restore_terminal_modes()
{
    const int error = errno;
    // From the background it would disturb whoever is in front, and stop this program.
    if (are_kept != 0 && is_in_foreground())
        ::tcsetattr(STDIN_FILENO, TCSADRAIN, &kept_modes);
    errno = error;
}

bool is_in_foreground()
{
    return ::tcgetpgrp(STDIN_FILENO) == ::getpgrp();
}

} // namespace jackfield::app
