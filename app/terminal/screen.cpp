#include "app/terminal/screen.h"

#include <sys/ioctl.h>

#include <utility>
#include <unistd.h>

namespace jackfield::app {
namespace {

constexpr std::size_t most_waiting = std::size_t{64} << 10U;

} // namespace

Screen::Screen()
    : writer_(write_to_standard_output)
{ }

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

void write_to_standard_output(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

std::size_t terminal_columns()
{
    winsize size{};
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

} // namespace jackfield::app
