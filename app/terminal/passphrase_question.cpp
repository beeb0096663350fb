#include "app/terminal/passphrase_question.h"

#include "jackfield/escape.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace jackfield::app {
namespace {

constexpr std::size_t longest_passphrase = 1'024;

/// What is typed is not shown while this lives.
class EchoOff {
public:
    EchoOff()
        : is_off_(::tcgetattr(STDIN_FILENO, &before_) == 0)
    {
        if (!is_off_)
            return;
        termios changed = before_;
        changed.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed.c_lflag |= ECHONL | ICANON;
        is_off_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &changed) == 0;
    }
    ~EchoOff()
    {
        if (is_off_)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;
    [[nodiscard]] bool is_off() const { return is_off_; }

private:
    termios before_{};
    bool is_off_;
};

} // namespace

std::optional<std::string> ask_passphrase(const std::string& path, int signal_descriptor)
{
    if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDERR_FILENO) == 0)
        return std::nullopt;
    const EchoOff echo;
    if (!echo.is_off())
        return std::nullopt;
    // Who answers quickly is not shown either.
    std::fprintf(stderr, "Passphrase of %s: ", escape_for_terminal(path, 1'000).c_str());
    std::fflush(stderr);
    std::string answer;
    std::array<pollfd, 2> waiting{{{STDIN_FILENO, POLLIN, 0}, {signal_descriptor, POLLIN, 0}}};
    while (true) {
        if (::poll(waiting.data(), waiting.size(), -1) < 0) {
            if (errno == EINTR)
                continue;
            return std::nullopt;
        }
        if (waiting[1].revents != 0) {
            std::fputc('\n', stderr);
            return std::nullopt;
        }
        char c = 0;
        const ssize_t count = ::read(STDIN_FILENO, &c, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return std::nullopt;
        if (c == '\n')
            return answer;
        if (answer.size() < longest_passphrase)
            answer += c;
    }
}

std::string without_passphrase(const std::string& path)
{
    return "the key is encrypted, and there is no terminal to ask for its passphrase at: start at one, or "
           "use a "
           "copy that is not encrypted: (umask 077; openssl pkey -in "
        + quote_for_shell(path) + " -out NEW-KEY)";
}

} // namespace jackfield::app
