#include "app/shared/output_file.h"

#include "jackfield/atomic_file.h"
#include "jackfield/escape.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <unistd.h>

namespace jackfield::app {
namespace {

constexpr int longest_pause_ms = 5'000;

tl::unexpected<Error> cannot_write(const std::string& path, int error)
{
    return fail(error == EACCES || error == EPERM ? ErrorCode::permission_denied : ErrorCode::system,
        escape_for_terminal(path, 4'096) + " cannot be written", error);
}

/// The descriptor of ours that `path` names.
std::optional<int> named_descriptor(std::string_view path)
{
    if (path == "/dev/stdout")
        return STDOUT_FILENO;
    if (path == "/dev/stderr")
        return STDERR_FILENO;
    const std::string own = "/proc/" + std::to_string(::getpid()) + "/fd/";
    for (const std::string_view folder : {std::string_view("/dev/fd/"), std::string_view("/proc/self/fd/"), std::string_view(own)}) {
        int number = 0;
        if (!path.starts_with(folder))
            continue;
        const auto [end, error]
            = std::from_chars(path.data() + folder.size(), path.data() + path.size(), number);
        if (error == std::errc() && end == path.data() + path.size() && number >= 0)
            return number;
    }
    return std::nullopt;
}

Result<void> write_as_it_stands(const std::string& path, int descriptor, std::string_view content)
{
    while (!content.empty()) {
        pollfd entry{descriptor, POLLOUT, 0};
        const int ready = ::poll(&entry, 1, longest_pause_ms);
        if (ready == 0)
            return cannot_write(path, ETIMEDOUT);
        // A pipe that is writable takes this much at once.
        const ssize_t count = ready < 0 ? -1 : ::write(descriptor, content.data(), std::min<std::size_t>(content.size(), 4'096));
        if (count >= 0)
            content.remove_prefix(static_cast<std::size_t>(count));
        else if (errno != EINTR && errno != EAGAIN)
            return cannot_write(path, errno);
    }
    return {};
}

} // namespace

Result<void> check_output_file(const std::string& path)
{
    if (const auto number = named_descriptor(path)) {
        const int flags = ::fcntl(*number, F_GETFL);
        if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY)
            return cannot_write(path, EBADF);
        return {};
    }
    struct stat what { };
    if (::stat(path.c_str(), &what) == 0) {
        if (S_ISDIR(what.st_mode))
            return cannot_write(path, EISDIR);
        if (!S_ISREG(what.st_mode))
            return ::access(path.c_str(), W_OK) == 0 ? Result<void>() : cannot_write(path, errno);
    } else if (errno != ENOENT) {
        return cannot_write(path, errno);
    }
    // A file is replaced by another one.
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
    if (slash != std::string::npos && slash + 1 == path.size())
        return cannot_write(path, EISDIR);
    return ::access(folder.c_str(), W_OK | X_OK) == 0 ? Result<void>() : cannot_write(path, errno);
}

Result<void> write_output_file(const std::string& path, std::string_view content)
{
    if (const auto number = named_descriptor(path))
        return write_as_it_stands(path, *number, content);
    struct stat what { };
    if (::stat(path.c_str(), &what) == 0 && !S_ISREG(what.st_mode) && !S_ISDIR(what.st_mode)) {
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (descriptor < 0)
            return cannot_write(path, errno);
        auto written = write_as_it_stands(path, descriptor, content);
        if (::close(descriptor) != 0 && errno != EINTR && written)
            written = cannot_write(path, errno);
        return written;
    }
    if (const auto written = write_file_atomically(path, content); !written)
        return written.error().system_error != 0 ? cannot_write(path, written.error().system_error) : written;
    return {};
}

} // namespace jackfield::app
