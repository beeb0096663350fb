#pragma once

#include "jackfield/api.h"
#include "jackfield/config.h"
#include "jackfield/event.h"

#include <string_view>

namespace jackfield {

/// "debug", "info", "warning", "error"; stable across releases.
[[nodiscard]] JACKFIELD_API std::string_view name_of(LogLevel level);

/// How much an event matters to whoever reads the log. `debug`: what goes on without anybody's doing (pongs,
/// commands that succeeded, pages that were served); `info`: the life of the server and of its connections;
/// `warning`: somebody was refused, closed for a fault or not served in full; `error`: the server could not
/// do what it was asked to do.
[[nodiscard]] JACKFIELD_API LogLevel level_of(const Event& event);

/// A logger that writes the lines of `least` and above to standard error, each with the time of day in UTC
/// and its level: `19:20:17.042 warning Refused ...`. A line is one write, so that those of several engines
/// do not mix. It may wait for whoever reads standard error; give an engine that must not wait a logger of
/// your own.
[[nodiscard]] JACKFIELD_API Logger log_to_stderr(LogLevel least = LogLevel::info);

} // namespace jackfield
