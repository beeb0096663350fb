#pragma once

#include "jackfield/api.h"
#include "jackfield/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace jackfield {

// Files that nobody but their owner may read: private keys. Any thread; all of it blocks.

/// Replaces the file at `path` by `content`, whole or not at all, as `write_file_atomically` does
/// (jackfield/atomic_file.h); but the file is of mode 0600 from its first byte on, created with O_EXCL, and
/// what it replaces is not kept under another name. Errors: as there.
[[nodiscard]] JACKFIELD_API Result<void> write_secret_file(const std::string& path, std::string_view content);

/// Reads a whole regular file that is a secret: refuses one that others than its owner may read or change
/// (any of the bits 0o077), one that belongs to another user, and one in a folder that every user may change
/// or that belongs to another user than this one or root. The error names the file and the command that mends
/// it. What is checked is what is read: the file is opened once. Errors: permission_denied, and those of
/// `read_whole_file`.
[[nodiscard]] JACKFIELD_API Result<std::string> read_secret_file(const std::string& path, std::uint64_t max_bytes);

/// Makes the folder with mode 0700, or takes away from one of this user's what others may do in it. Its
/// parent must be there. Errors: invalid_argument (no folder), permission_denied (another user's), system.
[[nodiscard]] JACKFIELD_API Result<void> make_secret_folder(const std::string& path);

} // namespace jackfield
