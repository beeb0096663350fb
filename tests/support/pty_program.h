#pragma once

#include <sys/ioctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <fcntl.h>
#include <functional>
#include <poll.h>
#include <pty.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <termios.h>
#include <unistd.h>
#include <vector>

namespace jackfield::test {

/// As much of a terminal's screen as our programs use: what a person would see. ASCII only.
class TerminalScreen {
public:
    explicit TerminalScreen(std::size_t columns)
        : columns_(columns)
    { }
    void feed(std::string_view bytes)
    {
        for (const char c : bytes)
            put(c);
    }
    /// The rows from the first to the last that holds anything, without the blanks behind.
    [[nodiscard]] std::vector<std::string> rows() const
    {
        std::vector<std::string> all;
        for (std::string row : rows_) {
            row.erase(row.find_last_not_of(' ') + 1);
            all.push_back(row);
        }
        while (!all.empty() && all.back().empty())
            all.pop_back();
        return all;
    }
    [[nodiscard]] std::string text() const
    {
        std::string text;
        for (const std::string& row : rows())
            text += row + "\n";
        return text;
    }

private:
    void put(char c)
    {
        if (!escape_.empty()) {
            escape_ += c;
            const bool is_csi = escape_.size() > 1 && escape_[1] == '[';
            if (escape_.size() == 2 && is_csi)
                return;
            if (is_csi && (c < '@' || c > '~'))
                return;
            if (is_csi)
                run(c);
            escape_.clear();
            return;
        }
        switch (c) {
        case '\x1b':
            escape_ = c;
            return;
        case '\r':
            column_ = 0;
            return;
        case '\n':
            ++row_;
            at(row_);
            return;
        case '\b':
            column_ -= column_ > 0 ? 1 : 0;
            return;
        case '\a':
            return;
        default:
            break;
        }
        if (column_ == columns_) {
            column_ = 0;
            ++row_;
        }
        std::string& row = at(row_);
        row.resize(std::max(row.size(), column_ + 1), ' ');
        row[column_++] = c;
    }
    void run(char c)
    {
        const std::string digits = escape_.substr(2, escape_.size() - 3);
        const std::size_t given = std::strtoul(digits.c_str(), nullptr, 10);
        const std::size_t n = std::max<std::size_t>(given, 1);
        std::string& row = at(row_);
        switch (c) {
        case 'A':
            row_ -= std::min(n, row_);
            break;
        case 'B':
            row_ += n;
            at(row_);
            break;
        case 'C':
            column_ = std::min(column_ + n, columns_ - 1);
            break;
        case 'D':
            column_ -= std::min(n, column_);
            break;
        case 'G':
            column_ = n - 1;
            break;
        case 'J':
            rows_.resize(row_ + 1);
            rows_[row_].resize(std::min(rows_[row_].size(), column_));
            break;
        case 'K':
            row.resize(std::min(row.size(), column_));
            break;
        case 'P':
            row.erase(std::min(column_, row.size()), n);
            break;
        case '@':
            row.insert(std::min(column_, row.size()), n, ' ');
            break;
        case 'm':
        case 'h':
        case 'l':
            break;
        default:
            throw std::runtime_error("the screen knows no sequence \\e" + escape_.substr(1));
        }
    }
    std::string& at(std::size_t row)
    {
        if (rows_.size() <= row)
            rows_.resize(row + 1);
        return rows_[row];
    }

    std::size_t columns_;
    std::deque<std::string> rows_{""};
    std::size_t row_ = 0;
    std::size_t column_ = 0;
    std::string escape_;
};

/// A program at a terminal of its own, as the leader of its session. Killed when it is destroyed while it
/// runs.
class PtyProgram {
public:
    static constexpr std::chrono::milliseconds patience{20'000};

    PtyProgram(const std::string& path, std::vector<std::string> arguments, unsigned short columns = 80,
        const std::vector<std::pair<std::string, std::string>>& environment = {})
        : screen(columns)
    {
        winsize size{};
        size.ws_row = 40;
        size.ws_col = columns;
        arguments.insert(arguments.begin(), path);
        std::vector<char*> argv;
        for (std::string& argument : arguments)
            argv.push_back(argument.data());
        argv.push_back(nullptr);
        pid_ = ::forkpty(&terminal_, nullptr, nullptr, &size);
        if (pid_ < 0)
            throw std::runtime_error("no terminal");
        if (pid_ == 0) {
            ::setenv("TERM", "xterm", 1);
            ::setenv("LC_ALL", "C.UTF-8", 1);
            ::unsetenv("NO_COLOR");
            for (const auto& [name, value] : environment)
                ::setenv(name.c_str(), value.c_str(), 1);
            ::execv(argv[0], argv.data());
            ::_exit(127);
        }
        ::tcgetattr(terminal_, &modes_at_start);
        ::fcntl(terminal_, F_SETFD, FD_CLOEXEC);
    }
    ~PtyProgram()
    {
        if (pid_ > 0 && !has_ended_) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
        }
        ::close(terminal_);
    }
    PtyProgram(const PtyProgram&) = delete;
    PtyProgram& operator=(const PtyProgram&) = delete;

    void type(std::string_view keys)
    {
        while (!keys.empty()) {
            const ssize_t count = ::write(terminal_, keys.data(), keys.size());
            if (count <= 0)
                throw std::runtime_error("nobody takes what is typed");
            keys.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    void signal(int number) const { ::kill(pid_, number); }
    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] termios modes() const
    {
        termios now{};
        ::tcgetattr(terminal_, &now);
        return now;
    }
    void resize(unsigned short columns) const
    {
        winsize size{};
        size.ws_row = 40;
        size.ws_col = columns;
        ::ioctl(terminal_, TIOCSWINSZ, &size);
    }

    /// Reads until what it shows is as wanted; false when that does not come.
    bool wait_for(const std::function<bool()>& is_there)
    {
        const auto end = std::chrono::steady_clock::now() + patience;
        while (!is_there()) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                end - std::chrono::steady_clock::now());
            pollfd entry{terminal_, POLLIN, 0};
            if (left.count() <= 0 || ::poll(&entry, 1, static_cast<int>(left.count())) <= 0 || !read_more())
                return is_there();
        }
        return true;
    }
    /// Waits for a text that it wrote, in the bytes.
    bool wait_for(std::string_view text)
    {
        return wait_for([&] { return output.find(text) != std::string::npos; });
    }
    /// Waits for the last row of the screen to be `row`.
    bool wait_for_last_row(std::string_view row)
    {
        return wait_for([&] {
            const auto rows = screen.rows();
            return !rows.empty() && rows.back() == row;
        });
    }
    /// Waits for the end; the status as waitpid has it.
    int wait_for_end()
    {
        while (read_more()) { }
        int status = 0;
        ::waitpid(pid_, &status, 0);
        has_ended_ = true;
        return status;
    }

    std::string output; ///< all that it wrote
    TerminalScreen screen;
    termios modes_at_start{};

private:
    bool read_more()
    {
        char bytes[4096];
        ssize_t count = 0;
        do
            count = ::read(terminal_, bytes, sizeof bytes);
        while (count < 0 && errno == EINTR);
        if (count <= 0) // EIO: nobody has the other side
            return false;
        output.append(bytes, static_cast<std::size_t>(count));
        screen.feed({bytes, static_cast<std::size_t>(count)});
        return true;
    }

    int terminal_ = -1;
    pid_t pid_ = -1;
    bool has_ended_ = false;
};

} // namespace jackfield::test
