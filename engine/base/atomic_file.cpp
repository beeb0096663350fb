#include "jackfield/atomic_file.h"

#include "base/file_steps.h"
#include "base/file_writing.h"
#include "base/text.h"

#include "jackfield/escape.h"
#include "jackfield/secret_file.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <unistd.h>
#include <utility>

namespace jackfield {
namespace {

// Temporaries are called `.<file>.<pid>-<count>.<what>.tmp`, so that whoever finds one can tell whether its
// writer still lives.
constexpr std::string_view temporary_end = ".tmp";
constexpr std::uint64_t largest_key_file = 1U << 20U;
std::atomic<std::uint64_t> next_count{1};

/// A file that goes away unless it was renamed.
class Temporary {
public:
    Temporary(FileCalls& calls, const PathParts& target, std::string_view what, std::uint64_t count)
        : calls_(calls)
        , path_(target.folder + "/." + target.name + "." + std::to_string(getpid()) + "-"
              + std::to_string(count) + "." + std::string(what) + std::string(temporary_end))
    { }
    ~Temporary()
    {
        if (exists_)
            calls_.unlink(path_.c_str());
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;

    [[nodiscard]] const char* path() const { return path_.c_str(); }
    void created() { exists_ = true; }
    int rename_to(const std::string& to)
    {
        // Renaming one name of a file onto another name of it does nothing, so the temporary is removed all
        // the same.
        return calls_.rename(path_.c_str(), to.c_str());
    }
    void gone() { exists_ = false; }

private:
    FileCalls& calls_;
    std::string path_;
    bool exists_ = false;
};

/// Writes `content` to a new file and sees to it that it is on the disk, all of it.
Result<void> write_new_file(
    FileCalls& calls, Temporary& temporary, std::string_view content, std::optional<mode_t> mode)
{
    const std::string path = temporary.path();
    constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    Descriptor file(calls, calls.open(path.c_str(), flags, mode ? 0600 : 0666));
    if (file.number() < 0)
        return file_error("cannot create", path, errno);
    temporary.created();
    if (write_all(calls, file.number(), content) != 0)
        return file_error("cannot write", path, errno);
    if (mode && calls.fchmod(file.number(), *mode) != 0)
        return file_error("cannot set the mode of", path, errno);
    if (calls.fsync(file.number()) != 0)
        return file_error("cannot write to the disk", path, errno);
    struct stat status { };
    if (calls.fstat(file.number(), &status) != 0)
        return file_error("cannot check", path, errno);
    if (static_cast<std::uint64_t>(status.st_size) != content.size())
        return file_error("could not write all of", path, ENOSPC);
    if (file.close_now() != 0 && errno != EINTR)
        return file_error("cannot write", path, errno);
    return {};
}

/// Gives the file at `from` a second name; a copy where the file system has no hard links.
Result<void> make_second_name(FileCalls& calls, const std::string& from, Temporary& to, mode_t mode)
{
    if (calls.link(from.c_str(), to.path()) == 0) {
        to.created();
        return {};
    }
    constexpr std::array<int, 5> no_links = {EPERM, EOPNOTSUPP, EMLINK, ENOSYS, EXDEV};
    if (std::find(no_links.begin(), no_links.end(), errno) == no_links.end())
        return file_error("cannot keep a copy of", from, errno);
    auto content = read_whole_file(calls, from, UINT64_MAX);
    if (!content)
        return tl::unexpected<Error>(std::move(content.error()));
    return write_new_file(calls, to, *content, mode);
}

tl::unexpected<Error> too_large(const std::string& path, std::uint64_t max_bytes)
{
    return fail(ErrorCode::too_large,
        escape_for_terminal(path) + " is larger than the " + std::to_string(max_bytes)
            + " bytes allowed for it");
}

/// Whose loss nothing makes good again.
Result<void> check_for_key(FileCalls& calls, const std::string& path)
{
    const auto content = read_whole_file(calls, path, largest_key_file);
    if (!content)
        return content.error().code == ErrorCode::too_large ? Result<void>() : tl::unexpected<Error>(content.error());
    if (content->find("PRIVATE KEY-----") == std::string::npos)
        return {};
    return fail(ErrorCode::invalid_argument,
        escape_for_terminal(path) + " holds a private key and is not replaced; choose another name, or remove it first");
}

/// What is written, which says how the file before it is treated.
enum class Kind { plain, document, secret };

Result<void> replace_file(FileCalls& calls, const std::string& path, std::string_view content, Kind kind)
{
    const auto target = follow_links(calls, path);
    if (!target)
        return tl::unexpected<Error>(target.error());
    const PathParts parts = split_path(*target);
    const bool is_secret = kind == Kind::secret;
    std::optional<mode_t> mode;
    std::optional<mode_t> old_mode;
    if (is_secret)
        mode = S_IRUSR | S_IWUSR;
    struct stat status { };
    if (calls.lstat(target->c_str(), &status) == 0) {
        if (!S_ISREG(status.st_mode))
            return fail(ErrorCode::invalid_argument,
                "cannot save to " + escape_for_terminal(path) + ": it is no regular file");
        old_mode = status.st_mode & 07777U;
        if (!is_secret) {
            mode = old_mode;
            if (auto may_go = check_for_key(calls, *target); !may_go)
                return may_go;
        }
    } else if (errno != ENOENT) {
        return file_error("cannot find", *target, errno);
    }

    const std::uint64_t count = next_count.fetch_add(1, std::memory_order_relaxed);
    Temporary fresh(calls, parts, "new", count);
    if (auto written = write_new_file(calls, fresh, content, mode); !written)
        return written;

    Temporary undo(calls, parts, "old", count);
    if (old_mode) {
        if (auto kept = make_second_name(calls, *target, undo, *mode); !kept)
            return kept;
    }
    if (old_mode && kind == Kind::document) {
        Temporary backup(calls, parts, "bak", count);
        if (auto kept = make_second_name(calls, undo.path(), backup, *mode); !kept)
            return kept;
        if (backup.rename_to(*target + ".bak") != 0)
            return file_error("cannot replace", *target + ".bak", errno);
    }
    if (fresh.rename_to(*target) != 0)
        return file_error("cannot replace", *target, errno);
    fresh.gone();
    if (auto synced = sync_folder(calls, parts.folder); !synced) {
        // Whether the new file would survive a power cut is unknown, so the old one comes back and the caller
        // may try again.
        if (old_mode) {
            if (undo.rename_to(*target) == 0)
                undo.gone();
        } else {
            calls.unlink(target->c_str());
        }
        return synced;
    }
    return {};
}

} // namespace

Result<void> write_file_atomically(FileCalls& calls, const std::string& path, std::string_view content)
{
    return replace_file(calls, path, content, Kind::plain);
}

Result<void> write_document_atomically(FileCalls& calls, const std::string& path, std::string_view content)
{
    return replace_file(calls, path, content, Kind::document);
}

Result<void> write_secret_file(FileCalls& calls, const std::string& path, std::string_view content)
{
    return replace_file(calls, path, content, Kind::secret);
}

Result<std::string> read_whole_file(FileCalls& calls, const std::string& path, std::uint64_t max_bytes)
{
    auto opened = open_to_read(calls, path);
    if (!opened)
        return tl::unexpected<Error>(std::move(opened.error()));
    if (opened->size > max_bytes)
        return too_large(path, max_bytes);
    return read_all(calls, opened->file.number(), path, max_bytes);
}

Result<std::string> read_all(
    FileCalls& calls, int descriptor, const std::string& path, std::uint64_t max_bytes)
{
    std::string content;
    std::array<char, 16384> chunk; // NOLINT: filled by read
    while (true) {
        const ssize_t count = calls.read(descriptor, chunk.data(), chunk.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return tl::unexpected<Error>(file_error("cannot read", path, errno).error());
        if (count == 0)
            return content;
        if (static_cast<std::uint64_t>(count) > max_bytes - content.size())
            return too_large(path, max_bytes);
        content.append(chunk.data(), static_cast<std::size_t>(count));
    }
}

Result<void> write_file_atomically(const std::string& path, std::string_view content)
{
    return write_file_atomically(real_file_calls(), path, content);
}

Result<void> write_document_atomically(const std::string& path, std::string_view content)
{
    return write_document_atomically(real_file_calls(), path, content);
}

Result<void> write_secret_file(const std::string& path, std::string_view content)
{
    return write_secret_file(real_file_calls(), path, content);
}

Result<std::string> read_whole_file(const std::string& path, std::uint64_t max_bytes)
{
    return read_whole_file(real_file_calls(), path, max_bytes);
}

void remove_stale_temporaries(const std::string& path)
{
    const auto target = follow_links(real_file_calls(), path);
    if (!target)
        return;
    const PathParts parts = split_path(*target);
    const std::string start = "." + parts.name + ".";
    std::error_code error;
    for (std::filesystem::directory_iterator it(parts.folder, error), end; !error && it != end;
         it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (!name.starts_with(start) || !name.ends_with(temporary_end))
            continue;
        const std::string_view middle = std::string_view(name).substr(start.size());
        const std::size_t dash = middle.find('-');
        const std::size_t dot = middle.find('.');
        if (dash == std::string_view::npos || dot == std::string_view::npos || dot < dash)
            continue;
        const auto pid = parse_decimal<std::uint32_t>(middle.substr(0, dash));
        const auto count = parse_decimal<std::uint64_t>(middle.substr(dash + 1, dot - dash - 1));
        if (!pid || !count || *pid == 0 || *pid > INT_MAX)
            continue;
        const bool ours = static_cast<pid_t>(*pid) == getpid();
        const bool being_written = ours ? *count < next_count.load(std::memory_order_relaxed)
                                        : kill(static_cast<pid_t>(*pid), 0) == 0 || errno == EPERM;
        std::error_code ignored;
        if (!being_written)
            std::filesystem::remove(it->path(), ignored);
    }
}

} // namespace jackfield
