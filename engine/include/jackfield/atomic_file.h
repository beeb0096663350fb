#pragma once

#include "jackfield/api.h"
#include "jackfield/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace jackfield {

/// Replaces the file at `path` by `content`, whole or not at all: writes a temporary file beside it, checks every return and the size,
/// fsync, rename, fsync of the folder. Follows a symbolic link to the real file; keeps the old file's mode. A file that holds a private key (PEM) is
/// not replaced. Any thread; blocks. Errors: system (errno says which: ENOSPC, EROFS, EDQUOT ...), permission_denied (also where nobody may see
/// what would be replaced), invalid_argument (a private key, a folder or device). On error the old file is untouched.
[[nodiscard]] JACKFIELD_API Result<void> write_file_atomically(const std::string& path, std::string_view content);

/// The same for a document that is saved again and again: keeps the old file as `path + ".bak"`.
[[nodiscard]] JACKFIELD_API Result<void> write_document_atomically(const std::string& path, std::string_view content);

/// Reads a whole regular file. Errors: not_found, too_large (over `max_bytes`), permission_denied, system, invalid_argument (a folder, FIFO or device).
[[nodiscard]] JACKFIELD_API Result<std::string> read_whole_file(const std::string& path, std::uint64_t max_bytes);

/// Removes what an interrupted `write_file_atomically` of `path` may have left beside it.
JACKFIELD_API void remove_stale_temporaries(const std::string& path);

} // namespace jackfield
