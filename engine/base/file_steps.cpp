#include "base/file_steps.h"

#include "jackfield/escape.h"

#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>

namespace jackfield {

Result<void> file_error(std::string_view doing, const std::string& path, int error)
{
    const ErrorCode code
        = error == EACCES || error == EPERM ? ErrorCode::permission_denied : ErrorCode::system;
    return fail(code, std::string(doing) + " " + escape_for_terminal(path), error);
}

PathParts split_path(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return {".", path};
    return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1)};
}

Result<OpenedFile> open_to_read(FileCalls& calls, const std::string& path)
{
    // Without O_NONBLOCK, opening a FIFO would wait for a writer.
    Descriptor file(calls, calls.open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0));
    if (file.number() < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return fail(ErrorCode::not_found, "there is no " + escape_for_terminal(path));
        return tl::unexpected<Error>(file_error("cannot open", path, errno).error());
    }
    struct stat status { };
    if (calls.fstat(file.number(), &status) != 0)
        return tl::unexpected<Error>(file_error("cannot read", path, errno).error());
    if (!S_ISREG(status.st_mode))
        return fail(ErrorCode::invalid_argument, escape_for_terminal(path) + " is no regular file");
    return OpenedFile{std::move(file), static_cast<std::uint64_t>(status.st_size)};
}

int write_all(FileCalls& calls, int descriptor, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t written = calls.write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -1;
        if (written == 0) {
            errno = EIO;
            return -1;
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

Result<std::string> follow_links(FileCalls& calls, std::string path)
{
    constexpr int most_links = 40; // as many as the kernel follows
    for (int i = 0; i <= most_links; ++i) {
        struct stat status { };
        if (calls.lstat(path.c_str(), &status) != 0) {
            if (errno == ENOENT)
                return path;
            return tl::unexpected<Error>(file_error("cannot find", path, errno).error());
        }
        if (!S_ISLNK(status.st_mode))
            return path;
        std::array<char, PATH_MAX> target{};
        const ssize_t length = calls.readlink(path.c_str(), target.data(), target.size());
        if (length < 0)
            return tl::unexpected<Error>(file_error("cannot follow", path, errno).error());
        const std::string link(target.data(), static_cast<std::size_t>(length));
        path = link.starts_with('/') ? link : split_path(path).folder + "/" + link;
    }
    return tl::unexpected<Error>(file_error("cannot follow", path, ELOOP).error());
}

Result<void> sync_folder(FileCalls& calls, const std::string& folder)
{
    Descriptor descriptor(calls, calls.open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0));
    if (descriptor.number() < 0)
        return file_error("cannot open the folder", folder, errno);
    // Some file systems have nothing to sync for a folder and say so.
    if (calls.fsync(descriptor.number()) != 0 && errno != EINVAL)
        return file_error("cannot write to the disk the folder", folder, errno);
    return {};
}

} // namespace jackfield
