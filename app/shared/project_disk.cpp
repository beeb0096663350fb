#include "app/shared/project_disk.h"

#include "app/shared/config_file_names.h"
#include "app/shared/locked_file.h"

#include "jackfield/atomic_file.h"
#include "jackfield/escape.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>
#include <utility>

namespace jackfield::app {
namespace {

constexpr std::chrono::seconds lock_patience{5};
constexpr int most_replacements = 100;
constexpr int most_links = 40;

/// Held while a file is compared and replaced, so that two programs do not undo each other's changes. The
/// lock is on the file itself, which leaves nothing beside it. Where there is no file, or its file system
/// knows no locks, there is none. Whoever may read a file can lock it for ever: it is not waited for longer
/// than five seconds.
class FileLock {
public:
    explicit FileLock(const std::string& path)
    {
        for (int i = 0; i < most_replacements; ++i) {
            descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
            if (descriptor_ < 0)
                return;
            struct stat locked { };
            struct stat named { };
            if (::fstat(descriptor_, &locked) != 0 || !S_ISREG(locked.st_mode))
                return;
            if (!lock())
                return;
            // Whoever held it may have put another file in its place.
            if (::stat(path.c_str(), &named) == 0 && named.st_ino == locked.st_ino
                && named.st_dev == locked.st_dev)
                return;
            ::close(descriptor_);
            descriptor_ = -1;
        }
        is_held_by_another_ = true;
    }
    ~FileLock()
    {
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    [[nodiscard]] bool is_held_by_another() const { return is_held_by_another_; }

private:
    bool lock()
    {
        const int error = lock_file(descriptor_, lock_patience);
        is_held_by_another_ = error == EWOULDBLOCK;
        return error == 0;
    }

    int descriptor_ = -1;
    bool is_held_by_another_ = false;
};

/// The file that writing to `path` would write, which need not be there.
std::filesystem::path followed(std::filesystem::path path)
{
    std::error_code error;
    for (int i = 0; i < most_links && std::filesystem::is_symlink(path, error); ++i) {
        const auto target = std::filesystem::read_symlink(path, error);
        if (error)
            break;
        path = path.parent_path() / target; // an absolute one replaces what is before it
    }
    return path;
}

Error about(const std::string& path, const Error& error)
{
    // What the file functions say names the file already.
    if (error.code != ErrorCode::malformed)
        return error;
    return Error{
        error.code, error.system_error, "The project " + escape_for_terminal(path) + " cannot be used: " + error.detail};
}

} // namespace

ProjectDisk::ProjectDisk(
    std::vector<std::string> behaviours, std::string config_folder, Writer writer, Reader reader)
    : behaviours_(std::move(behaviours))
    , config_folder_(std::move(config_folder))
    , writer_(writer ? std::move(writer) : Writer([](const std::string& path, std::string_view content) {
        return write_document_atomically(path, content);
    }))
    , reader_(reader ? std::move(reader) : Reader(read_whole_file))
{ }

bool ProjectDisk::is_reserved(const std::string& path) const
{
    if (config_folder_.empty())
        return false;
    const std::filesystem::path folder(config_folder_);
    const std::filesystem::path file = followed(path);
    return std::any_of(own_file_names.begin(), own_file_names.end(), [&](std::string_view own) {
        std::error_code ignored;
        return std::filesystem::equivalent(file, folder / own, ignored)
            || (file.filename() == own && std::filesystem::equivalent(file.parent_path(), folder, ignored));
    });
}

Result<ReadProject> ProjectDisk::read(const std::string& path) const
{
    if (is_reserved(path))
        return fail(ErrorCode::invalid_argument,
            escape_for_terminal(path) + " belongs to Jackfield's own settings and is no project");
    auto text = reader_(path, largest_project_file);
    if (!text)
        return tl::unexpected<Error>(std::move(text.error()));
    auto read = understand(path, std::move(*text));
    struct stat status { };
    if (read && ::stat(path.c_str(), &status) == 0 && (status.st_mode & S_IWOTH) != 0)
        read->notices.push_back("Every user of this machine can change " + escape_for_terminal(path)
            + " and so decide who may connect; run: chmod o-w " + escape_for_terminal(path));
    return read;
}

Result<ReadProject> ProjectDisk::understand(const std::string& path, std::string text) const
{
    auto parsed = parse_project(text, behaviours_);
    if (!parsed)
        return tl::unexpected<Error>(about(path, parsed.error()));
    ReadProject read;
    read.path = path;
    read.text = std::make_shared<const std::string>(std::move(text));
    read.project = std::move(parsed->project);
    read.is_from_newer = parsed->version > project_format_version;
    read.losses = std::move(parsed->losses);
    const std::string name = escape_for_terminal(std::filesystem::path(path).filename().string(), 80);
    for (const std::string& notice : parsed->notices)
        read.notices.push_back(name + ": " + notice);
    return read;
}

void ProjectDisk::adopt(std::string path, std::shared_ptr<const std::string> text)
{
    if (!path.empty() && path != path_)
        remove_stale_temporaries(path);
    path_ = std::move(path);
    text_ = std::move(text);
    told_.clear();
    doubtful_.clear();
}

Result<ProjectDisk::SaveOutcome> ProjectDisk::save(
    const std::string& path, const Project& project, bool overwrite)
{
    if (is_reserved(path))
        return fail(ErrorCode::invalid_argument,
            escape_for_terminal(path) + " belongs to Jackfield's own settings; choose another name");
    const FileLock lock(path);
    if (lock.is_held_by_another())
        return fail(ErrorCode::system,
            escape_for_terminal(path) + " is held by another program; save again when that has let go of it");
    std::string previous = text_ ? *text_ : std::string();
    struct stat status { };
    if (path != path_) {
        if (!overwrite && ::lstat(path.c_str(), &status) == 0)
            return SaveOutcome{false};
    } else {
        auto there = read_whole_file(path, largest_project_file);
        if (there) {
            if (*there != previous && !overwrite)
                return SaveOutcome{false};
            if (parse_project(*there, behaviours_))
                previous = std::move(*there);
        } else if (there.error().code == ErrorCode::too_large && !overwrite) {
            return SaveOutcome{false};
        } else if (there.error().code != ErrorCode::not_found && !overwrite) {
            // What cannot be read may be what another program has written.
            return tl::unexpected<Error>(std::move(there.error()));
        }
    }
    std::string text = format_project(project, previous);
    if (text.size() > largest_project_file)
        return fail(ErrorCode::too_large,
            "a project may take " + std::to_string(largest_project_file) + " bytes; this one takes "
                + std::to_string(text.size()));
    if (auto written = writer_(path, text); !written)
        return tl::unexpected<Error>(std::move(written.error()));
    adopt(path, std::make_shared<const std::string>(std::move(text)));
    return SaveOutcome{true};
}

ProjectDisk::Check ProjectDisk::check()
{
    if (path_.empty())
        return {};
    auto text = read_whole_file(path_, largest_project_file);
    if (text && text_ && *text == *text_) {
        Check same;
        if (!told_.empty())
            same.change = ProjectBack{};
        told_.clear();
        doubtful_.clear();
        return same;
    }
    std::string state = text ? "content: " + *text : "error: " + text.error().message();
    if (state == told_)
        return {};
    Check result;
    if (text) {
        if (auto read = understand(path_, std::move(*text)))
            result.change = std::move(*read);
        else
            result.change = ProjectUnusable{read.error().message()};
    } else if (text.error().code == ErrorCode::not_found) {
        result.change = ProjectGone{};
    } else {
        result.change = ProjectUnusable{text.error().message()};
    }
    if (!std::holds_alternative<ReadProject>(*result.change) && state != doubtful_) {
        doubtful_ = std::move(state);
        return {std::nullopt, true};
    }
    doubtful_.clear();
    told_ = std::move(state);
    return result;
}

} // namespace jackfield::app
