#pragma once

#include "app/bench/options.h"
#include "app/bench/result.h"
#include "app/bench/stop_signal.h"

#include "jackfield/result.h"

namespace jackfield::bench {

/// Runs one mode to its end, or until `stop`. A run that has begun always has a result, whatever went wrong in it.
/// Errors: what kept it from beginning, in words for who has typed the command line.
[[nodiscard]] Result<RunResult> run(const Options& options, const StopSignal& stop);

} // namespace jackfield::bench
