#include "app/terminal/screen.h"

#include <sys/ioctl.h>

#include <unistd.h>
#include <utility>

namespace jackfield::app {
namespace {

constexpr std::size_t most_waiting = std::size_t{64} << 10U;

} // namespace

void Screen::add(std::string_view text)
{
    waiting_ += text;
    if (!text.ends_with('\n'))
        waiting_ += '\n';
    if (waiting_.size() > most_waiting)
        flush();
}

void Screen::flush()
{
    if (!waiting_.empty())
        writer_(std::exchange(waiting_, {}));
}

void Screen::complain(std::string_view text)
{
    flush();
    if (complaints_)
        complaints_(std::string(text) + "\n");
}

std::size_t terminal_columns()
{
    winsize size{};
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

} // namespace jackfield::app
