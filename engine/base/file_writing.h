#pragma once

#include "base/file_calls.h"

#include "jackfield/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace jackfield {

/// `write_file_atomically`, `write_document_atomically` and `read_whole_file` (jackfield/atomic_file.h) over the calls given.
[[nodiscard]] Result<void> write_file_atomically(
    FileCalls& calls, const std::string& path, std::string_view content);
[[nodiscard]] Result<void> write_document_atomically(
    FileCalls& calls, const std::string& path, std::string_view content);
[[nodiscard]] Result<std::string> read_whole_file(
    FileCalls& calls, const std::string& path, std::uint64_t max_bytes);

/// `write_secret_file` and `read_secret_file` (jackfield/secret_file.h) over the calls given.
[[nodiscard]] Result<void> write_secret_file(
    FileCalls& calls, const std::string& path, std::string_view content);
[[nodiscard]] Result<std::string> read_secret_file(
    FileCalls& calls, const std::string& path, std::uint64_t max_bytes);
/// All that a descriptor yields, for messages called `path`. Errors: too_large, permission_denied, system.
[[nodiscard]] Result<std::string> read_all(
    FileCalls& calls, int descriptor, const std::string& path, std::uint64_t max_bytes);

} // namespace jackfield
