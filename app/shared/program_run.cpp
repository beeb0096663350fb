#include "app/shared/program_run.h"

#include "jackfield/escape.h"

#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <unistd.h>

extern char** environ; // NOLINT: POSIX's

namespace jackfield::app {
namespace {

constexpr std::size_t most_output = std::size_t{1} << 20U;
constexpr milliseconds without_pidfd{20}; // how often to ask a kernel older than 5.3 whether it has ended

class File {
public:
    explicit File(int number = -1)
        : number_(number)
    { }
    ~File() { close(); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] int number() const { return number_; }
    void set(int number)
    {
        close();
        number_ = number;
    }
    void close()
    {
        if (number_ >= 0)
            ::close(number_);
        number_ = -1;
    }

private:
    int number_;
};

/// One of the two streams of the program.
struct Stream {
    File ours;
    File theirs;
    std::string text;

    int open()
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return errno;
        ours.set(ends[0]);
        theirs.set(ends[1]);
        return ::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 ? 0 : errno;
    }
    /// Takes what is there.
    void drain()
    {
        std::array<char, 16384> chunk; // NOLINT: filled by read
        while (ours.number() >= 0) {
            const ssize_t count = ::read(ours.number(), chunk.data(), chunk.size());
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0 && errno == EAGAIN)
                return;
            if (count <= 0) {
                ours.close();
                return;
            }
            const auto room = most_output - text.size();
            text.append(chunk.data(), std::min(room, static_cast<std::size_t>(count)));
        }
    }
};

class Actions {
public:
    Actions() { ::posix_spawn_file_actions_init(&value); }
    ~Actions() { ::posix_spawn_file_actions_destroy(&value); }
    Actions(const Actions&) = delete;
    Actions& operator=(const Actions&) = delete;
    posix_spawn_file_actions_t value{};
};

class Attributes {
public:
    Attributes()
    {
        ::posix_spawnattr_init(&value);
        sigset_t set{};
        sigemptyset(&set);
        ::posix_spawnattr_setsigmask(&value, &set);
        sigaddset(&set, SIGPIPE);
        ::posix_spawnattr_setsigdefault(&value, &set);
        ::posix_spawnattr_setflags(
            &value, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~Attributes() { ::posix_spawnattr_destroy(&value); }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    posix_spawnattr_t value{};
};

std::vector<std::string> environment()
{
    std::vector<std::string> result;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        if (!text.starts_with("LC_ALL=") && !text.starts_with("LANGUAGE="))
            result.emplace_back(text);
    }
    result.emplace_back("LC_ALL=C");
    return result;
}

std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> result;
    for (std::string& text : texts)
        result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

tl::unexpected<Error> start_error(const std::string& path, int error)
{
    const ErrorCode code = error == ENOENT  ? ErrorCode::not_found
        : error == EACCES || error == EPERM ? ErrorCode::permission_denied
        : error == ENOMEM                   ? ErrorCode::no_memory
                                            : ErrorCode::system;
    return fail(code, "cannot start " + escape_for_terminal(path), error);
}

enum class Ending { ended, late, cancelled };

/// Reads until the program has ended, time is up, or `cancel` is readable.
Ending wait_for_end(
    pid_t process, Stream& output, Stream& problems, milliseconds patience, int cancel, int& status)
{
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + patience;
    const File ended(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
    while (true) {
        output.drain();
        problems.drain();
        const pid_t gone = ::waitpid(process, &status, WNOHANG);
        if (gone != 0 && !(gone < 0 && errno == EINTR)) {
            if (gone < 0)
                status = -1;
            output.drain();
            problems.drain();
            return Ending::ended;
        }
        const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
        if (left <= milliseconds(0))
            return Ending::late;
        std::array<pollfd, 4> waited = {{{output.ours.number(), POLLIN, 0},
            {problems.ours.number(), POLLIN, 0}, {ended.number(), POLLIN, 0}, {cancel, POLLIN, 0}}};
        const milliseconds pause = ended.number() >= 0 ? left : std::min(left, without_pidfd);
        if (::poll(
                waited.data(), waited.size(), static_cast<int>(std::min<std::int64_t>(pause.count(), 60'000)))
                < 0
            && errno != EINTR)
            return Ending::late;
        if (waited[3].revents != 0)
            return Ending::cancelled;
    }
}

} // namespace

Result<ProgramRun> run_program(const std::string& path, const std::vector<std::string>& arguments,
    milliseconds patience, int cancel_descriptor)
{
    Stream output;
    Stream problems;
    for (Stream* stream : {&output, &problems}) {
        if (const int error = stream->open(); error != 0)
            return start_error(path, error);
    }
    Actions actions;
    const Attributes attributes;
    int error = ::posix_spawn_file_actions_addopen(&actions.value, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (error == 0)
        error = ::posix_spawn_file_actions_adddup2(&actions.value, output.theirs.number(), STDOUT_FILENO);
    if (error == 0)
        error = ::posix_spawn_file_actions_adddup2(&actions.value, problems.theirs.number(), STDERR_FILENO);
    if (error != 0)
        return start_error(path, error);
    std::vector<std::string> words = {path};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables = environment();
    pid_t process = -1;
    error = ::posix_spawn(&process, path.c_str(), &actions.value, &attributes.value, pointers(words).data(),
        pointers(variables).data());
    if (error != 0)
        return start_error(path, error);
    output.theirs.close();
    problems.theirs.close();
    int status = 0;
    const Ending ending = wait_for_end(process, output, problems, patience, cancel_descriptor, status);
    if (ending != Ending::ended) {
        ::kill(-process, SIGKILL); // its session is one process group
        while (::waitpid(process, &status, 0) < 0 && errno == EINTR) { }
        if (ending == Ending::cancelled)
            return fail(ErrorCode::not_running, escape_for_terminal(path) + " was stopped");
        return fail(ErrorCode::system,
            escape_for_terminal(path) + " did not end within " + std::to_string(patience.count()) + " ms",
            ETIMEDOUT);
    }
    ProgramRun run;
    run.exit_code = status != -1 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    run.output = std::move(output.text);
    run.problems = std::move(problems.text);
    return run;
}

} // namespace jackfield::app
