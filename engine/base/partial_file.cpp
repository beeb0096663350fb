#include "base/partial_file.h"

#include "jackfield/escape.h"

#include <sys/stat.h>

#include <cerrno>
#include <fcntl.h>

namespace jackfield {
namespace {

constexpr std::string_view partial_end = ".partial";
constexpr std::size_t longest_name = 255; // NAME_MAX of every file system that matters
constexpr std::uint64_t stretch = std::uint64_t{2}
    << 20U; // written out at a time: what a cancel may wait for
constexpr std::uint64_t large = std::uint64_t{64}
    << 20U; // takes long enough to free that nobody should wait for it
constexpr int most_names = 100;

/// `name` with `.partial` behind it, or `.2.partial` where that is taken; a long name is cut between
/// characters.
std::string partial_name(std::string name, int attempt)
{
    const std::string end = (attempt == 1 ? "" : "." + std::to_string(attempt)) + std::string(partial_end);
    if (name.size() + end.size() > longest_name) {
        std::size_t cut = longest_name - end.size();
        while (cut > 0 && (static_cast<unsigned char>(name[cut]) & 0xc0U) == 0x80U)
            --cut;
        name.resize(cut);
    }
    return name + end;
}

} // namespace

PartialFile::PartialFile(FileCalls& calls, std::string target, std::string folder, std::string partial_path,
    int number, std::optional<mode_t> mode)
    : calls_(calls)
    , target_(std::move(target))
    , folder_(std::move(folder))
    , partial_path_(std::move(partial_path))
    , file_(calls, number)
    , mode_(mode)
{ }

PartialFile::~PartialFile()
{
    if (!exists_)
        return;
    calls_.unlink(partial_path_.c_str());
    if (file_.number() >= 0 && written_ >= large)
        calls_.close_later(file_.release());
}

Result<std::unique_ptr<PartialFile>> PartialFile::create(const std::string& path, FileCalls& calls)
{
    const auto refuse = [&](std::string why) {
        return fail(ErrorCode::invalid_argument,
            "cannot write to " + (path.empty() ? "a file without a name" : escape_for_terminal(path))
                + std::move(why));
    };
    if (path.empty())
        return refuse("");
    if (path.find('\0') != std::string::npos)
        return refuse(": the name has a NUL");
    const std::string last = split_path(path).name;
    if (last.empty() || last == "." || last == "..")
        return refuse(": it names a folder");
    auto target = follow_links(calls, path);
    if (!target)
        return tl::unexpected<Error>(std::move(target.error()));
    std::optional<mode_t> mode;
    struct stat status { };
    if (calls.lstat(target->c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode))
            return refuse(": it is a folder");
        if (!S_ISREG(status.st_mode))
            return refuse(": it is no regular file");
        mode = status.st_mode & 07777U;
    } else if (errno != ENOENT) {
        return tl::unexpected<Error>(file_error("cannot find", *target, errno).error());
    }
    const PathParts parts = split_path(*target);
    for (int attempt = 1;; ++attempt) {
        const std::string partial
            = (parts.folder == "/" ? "" : parts.folder) + "/" + partial_name(parts.name, attempt);
        constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
        const int number = calls.open(partial.c_str(), flags, mode ? 0600 : 0666);
        if (number >= 0)
            return std::unique_ptr<PartialFile>(
                new PartialFile(calls, *target, parts.folder, partial, number, mode));
        // One that is there may belong to somebody: it is left alone.
        if (errno == EEXIST && attempt < most_names)
            continue;
        return tl::unexpected<Error>(file_error("cannot create", partial, errno).error());
    }
}

Result<void> PartialFile::write(std::string_view content)
{
    while (!content.empty()) {
        // In pieces, so that `written` is true to the stretch when the disk is full.
        const std::string_view piece = content.substr(0, stretch);
        struct stat status { };
        if (write_all(calls_, file_.number(), piece) != 0) {
            const int error = errno;
            if (calls_.fstat(file_.number(), &status) == 0)
                written_ = static_cast<std::uint64_t>(status.st_size);
            return failed_after("cannot write", error);
        }
        written_ += piece.size();
        content.remove_prefix(piece.size());
        while (written_ - sent_on_ >= stretch) {
            // Where the file system cannot, the final fsync waits longer; nothing else is different.
            if (calls_.write_out(file_.number(), sent_on_, stretch) != 0 && errno != ENOSYS && errno != EINVAL
                && errno != EOPNOTSUPP && errno != ESPIPE)
                return failed_after("cannot write to the disk", errno);
            sent_on_ += stretch;
        }
    }
    return {};
}

Result<void> PartialFile::commit()
{
    if (mode_ && calls_.fchmod(file_.number(), *mode_) != 0)
        return failed_after("cannot set the mode of", errno);
    if (calls_.fsync(file_.number()) != 0)
        return failed_after("cannot write to the disk", errno);
    struct stat status { };
    if (calls_.fstat(file_.number(), &status) != 0)
        return failed_after("cannot check", errno);
    if (static_cast<std::uint64_t>(status.st_size) != written_)
        return failed_after("could not write all of", ENOSPC);
    if (file_.close_now() != 0 && errno != EINTR)
        return failed_after("cannot write", errno);
    // While the old file is still in place: a disk that fails does so here.
    if (auto synced = sync_folder(calls_, folder_); !synced)
        return synced;
    // What became a folder, FIFO or device meanwhile is not replaced.
    if (calls_.lstat(target_.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
        return fail(ErrorCode::invalid_argument,
            "cannot replace " + escape_for_terminal(target_) + ": it is no regular file any more");
    if (calls_.rename(partial_path_.c_str(), target_.c_str()) != 0)
        return failed_after("cannot put in place", errno);
    exists_ = false;
    if (auto synced = sync_folder(calls_, folder_); !synced) {
        Error error = std::move(synced.error());
        error.detail = escape_for_terminal(target_)
            + " is written, but whether it would survive a power cut is not known: " + error.detail;
        return tl::unexpected<Error>(std::move(error));
    }
    return {};
}

Result<void> PartialFile::failed_after(std::string_view doing, int error) const
{
    auto result = file_error(doing, target_, error);
    result.error().detail += " (after " + std::to_string(written_) + " bytes; nothing of it is kept)";
    return result;
}

} // namespace jackfield
