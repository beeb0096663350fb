#pragma once

#include "jackfield/result.h"

#include <string>
#include <string_view>

namespace jackfield::app {

// Files for other programs, named on the command line. What goes wrong is told with the name that was given.

/// Whether `path` can be written, as far as can be seen without writing. Errors: as write_output_file.
[[nodiscard]] Result<void> check_output_file(const std::string& path);

/// Writes `content` to `path`: a file whole or not at all; a pipe, a terminal or a descriptor (`/dev/stdout`, `/dev/fd/5`) as
/// it stands, for as long as somebody reads there. Blocks. Errors: as write_file_atomically; system with ENXIO for a pipe that
/// nobody reads, with ETIMEDOUT when nobody goes on reading for five seconds.
[[nodiscard]] Result<void> write_output_file(const std::string& path, std::string_view content);

} // namespace jackfield::app
