#include "app/terminal/trust_question.h"

#include "jackfield/escape.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <poll.h>
#include <unistd.h>

namespace jackfield::app {
namespace {

constexpr std::size_t longest_answer = 256;

/// One line of standard input; empty at its end and when a signal comes first.
std::string read_answer(int signal_descriptor)
{
    std::string answer;
    std::array<pollfd, 2> waiting{{{STDIN_FILENO, POLLIN, 0}, {signal_descriptor, POLLIN, 0}}};
    while (true) {
        if (::poll(waiting.data(), waiting.size(), -1) < 0) {
            if (errno == EINTR)
                continue;
            return {};
        }
        if (waiting[1].revents != 0)
            return {};
        char c = 0;
        const ssize_t count = ::read(STDIN_FILENO, &c, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return {};
        if (c == '\n')
            return answer;
        if (answer.size() < longest_answer)
            answer += c;
    }
}

} // namespace

std::string listed(const std::vector<Widening>& widenings)
{
    std::string text;
    for (const Widening& widening : widenings)
        text += "  " + describe(widening) + "\n";
    return text;
}

bool is_project_trusted(
    const std::string& path, const std::vector<Widening>& widenings, int signal_descriptor)
{
    std::fprintf(stderr, "jackfield-terminal: %s lets in more than this machine's own names:\n%s",
        escape_for_terminal(path).c_str(), listed(widenings).c_str());
    if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDERR_FILENO) == 0) {
        std::fputs("Nothing was started. Use --trust-project to accept these lines.\n", stderr);
        return false;
    }
    std::fputs("Start with these lines? [y/N] ", stderr);
    const std::string answer = read_answer(signal_descriptor);
    if (answer == "y" || answer == "Y" || answer == "yes" || answer == "Yes" || answer == "YES")
        return true;
    std::fputs("Nothing was started.\n", stderr);
    return false;
}

} // namespace jackfield::app
