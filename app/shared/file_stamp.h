#pragma once

#include "jackfield/time.h"

#include <cstdint>
#include <string>

namespace jackfield::app {

/// What the status of a file tells of its being changed or replaced, through symbolic links.
struct FileStamp {
    bool there = false;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t mode = 0;
    std::int64_t size = 0;
    std::int64_t modified = 0; ///< nanoseconds
    std::int64_t changed = 0; ///< the same, of the mode too
    bool operator==(const FileStamp&) const = default;
};

/// Blocks as stat(2) does.
[[nodiscard]] FileStamp stamp_of(const std::string& path);

/// Whether the file is so new that another change within the same tick of its clock would not show in its
/// stamp: then look into it again.
[[nodiscard]] bool is_young(const FileStamp& stamp, WallTime now);

} // namespace jackfield::app
