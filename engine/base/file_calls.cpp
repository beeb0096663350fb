#include "base/file_calls.h"

#include <system_error>

#include <cstdio>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

namespace jackfield {

int FileCalls::open(const char* path, int flags, mode_t mode)
{
    return ::open(path, flags, mode);
}

int FileCalls::close(int descriptor)
{
    return ::close(descriptor);
}

ssize_t FileCalls::read(int descriptor, void* bytes, std::size_t size)
{
    return ::read(descriptor, bytes, size);
}

ssize_t FileCalls::write(int descriptor, const void* bytes, std::size_t size)
{
    return ::write(descriptor, bytes, size);
}

int FileCalls::fstat(int descriptor, struct stat* result)
{
    return ::fstat(descriptor, result);
}

int FileCalls::lstat(const char* path, struct stat* result)
{
    return ::lstat(path, result);
}

int FileCalls::fchmod(int descriptor, mode_t mode)
{
    return ::fchmod(descriptor, mode);
}

int FileCalls::fsync(int descriptor)
{
    return ::fsync(descriptor);
}

void FileCalls::close_later(int descriptor)
{
    try {
        std::thread([descriptor] { ::close(descriptor); }).detach();
    } catch (const std::system_error&) {
        ::close(descriptor);
    }
}

int FileCalls::write_out(int descriptor, std::uint64_t offset, std::uint64_t size)
{
    const auto at = static_cast<off_t>(offset);
    const auto length = static_cast<off_t>(size);
    if (::sync_file_range(descriptor, at, length, SYNC_FILE_RANGE_WRITE) != 0)
        return -1;
    if (at < length)
        return 0;
    if (::sync_file_range(descriptor, at - length, length,
            SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER)
        != 0)
        return -1;
    // Nobody reads it soon, and it is not to push other programs' files out of memory. Advice alone, so it
    // cannot fail.
    ::posix_fadvise(descriptor, at - length, length, POSIX_FADV_DONTNEED);
    return 0;
}

int FileCalls::link(const char* from, const char* to)
{
    return ::link(from, to);
}

int FileCalls::rename(const char* from, const char* to)
{
    return ::rename(from, to);
}

int FileCalls::unlink(const char* path)
{
    return ::unlink(path);
}

ssize_t FileCalls::readlink(const char* path, char* buffer, std::size_t size)
{
    return ::readlink(path, buffer, size);
}

FileCalls& real_file_calls()
{
    static FileCalls calls;
    return calls;
}

} // namespace jackfield
