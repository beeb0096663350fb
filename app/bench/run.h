#pragma once

#include "app/bench/options.h"
#include "app/bench/result.h"
#include "app/bench/stop_signal.h"

#include "jackfield/result.h"

#include <string>

namespace jackfield::bench {

/// Runs one mode to its end, or until `stop`. A run that has begun always has a result, whatever went wrong in it.
/// Errors: what kept it from beginning, in words for who has typed the command line.
[[nodiscard]] Result<RunResult> run(const Options& options, const StopSignal& stop);

/// A result that says what is run, when, and where.
[[nodiscard]] RunResult new_result(const Options& options);
/// Where the authority of Jackfield's development certificate lies, which need not be there.
[[nodiscard]] std::string development_authority_file(const Options& options);

} // namespace jackfield::bench
