#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>

namespace jackfield {

/// The system calls that files need, so that a test can make any of them fail. Each returns what the call of
/// its name returns: a negative number sets errno.
class FileCalls {
public:
    virtual ~FileCalls() = default;
    virtual int open(const char* path, int flags, mode_t mode);
    virtual int close(int descriptor);
    virtual ssize_t read(int descriptor, void* bytes, std::size_t size);
    virtual ssize_t write(int descriptor, const void* bytes, std::size_t size);
    virtual int fstat(int descriptor, struct stat* result);
    virtual int lstat(const char* path, struct stat* result);
    virtual int fchmod(int descriptor, mode_t mode);
    virtual int fsync(int descriptor);
    /// Closes it in a thread of its own: the last close of a removed file of gigabytes takes as long as the
    /// file system needs to free them, which is half a second and more.
    virtual void close_later(int descriptor);
    /// Begins to write `size` bytes at `offset` to the disk, and waits until those before them are there; the
    /// page cache gives them up.
    virtual int write_out(int descriptor, std::uint64_t offset, std::uint64_t size);
    virtual int link(const char* from, const char* to);
    virtual int rename(const char* from, const char* to);
    virtual int unlink(const char* path);
    virtual ssize_t readlink(const char* path, char* buffer, std::size_t size);
};

/// The kernel's own. One instance serves all; any thread.
[[nodiscard]] FileCalls& real_file_calls();

} // namespace jackfield
