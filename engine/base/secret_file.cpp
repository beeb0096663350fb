#include "jackfield/secret_file.h"

#include "base/file_steps.h"
#include "base/file_writing.h"

#include "jackfield/escape.h"

#include <sys/stat.h>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace jackfield {
namespace {

constexpr mode_t of_others = S_IRWXG | S_IRWXO;

tl::unexpected<Error> refuse(std::string why)
{
    return fail(ErrorCode::permission_denied, std::move(why));
}

Result<void> check_folder(FileCalls& calls, const std::string& folder)
{
    const Descriptor opened(calls, calls.open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC, 0));
    struct stat status { };
    if (opened.number() < 0 || calls.fstat(opened.number(), &status) != 0)
        return file_error("cannot look at the folder", folder, errno);
    if (status.st_uid != geteuid() && status.st_uid != 0)
        return refuse("the folder " + escape_for_terminal(folder)
            + " belongs to another user, who could replace the private key in it: copy the key to a folder "
              "of yours");
    // In a folder with the sticky bit nobody can take another's file away.
    if ((status.st_mode & S_IWOTH) != 0 && (status.st_mode & S_ISVTX) == 0)
        return refuse("every user of this machine can change the folder " + escape_for_terminal(folder)
            + ", and so replace the private key in it; run: chmod o-w " + quote_for_shell(folder));
    return {};
}

} // namespace

Result<std::string> read_secret_file(FileCalls& calls, const std::string& path, std::uint64_t max_bytes)
{
    // A link may stand in one folder and the key in another: what counts is where the key is.
    const auto target = follow_links(calls, path);
    if (!target)
        return tl::unexpected<Error>(target.error());
    auto opened = open_to_read(calls, *target);
    if (!opened)
        return tl::unexpected<Error>(std::move(opened.error()));
    struct stat status { };
    if (calls.fstat(opened->file.number(), &status) != 0)
        return tl::unexpected<Error>(file_error("cannot read", *target, errno).error());
    const std::string name = escape_for_terminal(*target);
    if (status.st_uid != geteuid())
        return refuse("the private key " + name
            + " belongs to another user; make a copy of your own: install -m 600 " + quote_for_shell(*target)
            + " COPY");
    if ((status.st_mode & of_others) != 0)
        return refuse("others than you may read or change the private key " + name + "; run: chmod 600 "
            + quote_for_shell(*target));
    if (auto safe = check_folder(calls, split_path(*target).folder); !safe)
        return tl::unexpected<Error>(std::move(safe.error()));
    return read_all(calls, opened->file.number(), *target, max_bytes);
}

Result<std::string> read_secret_file(const std::string& path, std::uint64_t max_bytes)
{
    return read_secret_file(real_file_calls(), path, max_bytes);
}

Result<void> make_secret_folder(const std::string& path)
{
    if (::mkdir(path.c_str(), S_IRWXU) == 0)
        return {};
    if (errno != EEXIST)
        return file_error("cannot make the folder", path, errno);
    const Descriptor opened(
        real_file_calls(), ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
    struct stat status { };
    if (opened.number() < 0) {
        const int error = errno;
        if (error == ENOTDIR || error == ELOOP)
            return fail(ErrorCode::invalid_argument,
                escape_for_terminal(path)
                    + " is no folder: move it away, a folder for private keys is to be there");
        return file_error("cannot look at the folder", path, error);
    }
    if (::fstat(opened.number(), &status) != 0)
        return file_error("cannot look at the folder", path, errno);
    if (status.st_uid != geteuid())
        return refuse("the folder " + escape_for_terminal(path) + " belongs to another user");
    if ((status.st_mode & of_others) != 0 && ::fchmod(opened.number(), S_IRWXU) != 0)
        return file_error("cannot set the mode of the folder", path, errno);
    return {};
}

} // namespace jackfield
