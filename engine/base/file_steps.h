#pragma once

#include "base/file_calls.h"

#include "jackfield/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace jackfield {

// The steps that writing a file safely is made of. Any thread; all of them block.

/// An error of a system call: "cannot open /tmp/x" with errno. permission_denied for EACCES and EPERM, else
/// system. The path is escaped.
[[nodiscard]] Result<void> file_error(std::string_view doing, const std::string& path, int error);

struct PathParts {
    std::string folder; ///< "." for none
    std::string name;
};
[[nodiscard]] PathParts split_path(const std::string& path);

/// Owns a descriptor.
class Descriptor {
public:
    Descriptor(FileCalls& calls, int number)
        : calls_(calls)
        , number_(number)
    { }
    ~Descriptor()
    {
        if (number_ >= 0)
            calls_.close(number_);
    }
    Descriptor(Descriptor&& other) noexcept
        : calls_(other.calls_)
        , number_(other.release())
    { }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int number() const { return number_; }
    int release() { return std::exchange(number_, -1); } ///< whoever takes it closes it
    /// A failed close may have lost what was written (EIO, EDQUOT on network file systems). The descriptor is
    /// gone either way.
    int close_now() { return calls_.close(std::exchange(number_, -1)); }

private:
    FileCalls& calls_;
    int number_;
};

struct OpenedFile {
    Descriptor file;
    std::uint64_t size;
};
/// Opens a regular file for reading, without waiting for anybody (a FIFO's writer). Errors: not_found,
/// invalid_argument (anything but a regular file), permission_denied, system.
[[nodiscard]] Result<OpenedFile> open_to_read(FileCalls& calls, const std::string& path);

/// Writes all of `content`; -1 with errno set when it cannot. A write of nothing counts as EIO.
[[nodiscard]] int write_all(FileCalls& calls, int descriptor, std::string_view content);

/// Follows symbolic links to where the content belongs. A link to nothing is followed too: that is where the
/// file is to be.
[[nodiscard]] Result<std::string> follow_links(FileCalls& calls, std::string path);

/// Has the folder's own content (names) on the disk. File systems that have nothing to sync there count as
/// done.
[[nodiscard]] Result<void> sync_folder(FileCalls& calls, const std::string& folder);

} // namespace jackfield
