#pragma once

#include "jackfield/result.h"
#include "jackfield/time.h"

#include <string>
#include <vector>

namespace jackfield::app {

/// How a program that was run has ended.
struct ProgramRun {
    int exit_code = -1; ///< -1 when a signal ended it
    std::string output; ///< the first 1 MiB of what it wrote to its standard output
    std::string problems; ///< the same of its standard error
};

/// Runs a program without a shell and waits for it: no input, no terminal to ask at, a session of its own,
/// messages in English. When `patience` is over or `cancel_descriptor` becomes readable, it is killed with
/// all that it has started. Any thread. Errors: not_found (no such program), permission_denied, no_memory,
/// not_running (cancelled), system (ETIMEDOUT when it took too long).
[[nodiscard]] Result<ProgramRun> run_program(const std::string& path,
    const std::vector<std::string>& arguments, milliseconds patience, int cancel_descriptor = -1);

} // namespace jackfield::app
