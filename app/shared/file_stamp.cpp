#include "app/shared/file_stamp.h"

#include <sys/stat.h>

#include <algorithm>

namespace jackfield::app {
namespace {

// Longer than any file system's clock takes to tick (FAT: 2 s).
constexpr auto coarsest_tick = std::chrono::seconds(3);

std::int64_t nanoseconds_of(const timespec& time)
{
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

} // namespace

FileStamp stamp_of(const std::string& path)
{
    struct stat found { };
    FileStamp stamp;
    if (::stat(path.c_str(), &found) != 0)
        return stamp;
    stamp.there = true;
    stamp.device = found.st_dev;
    stamp.inode = found.st_ino;
    stamp.mode = found.st_mode;
    stamp.size = found.st_size;
    stamp.modified = nanoseconds_of(found.st_mtim);
    stamp.changed = nanoseconds_of(found.st_ctim);
    return stamp;
}

bool is_young(const FileStamp& stamp, WallTime now)
{
    const WallTime youngest{std::chrono::nanoseconds(std::max(stamp.changed, stamp.modified))};
    return youngest + coarsest_tick > now;
}

} // namespace jackfield::app
