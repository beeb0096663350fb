#pragma once

#include "app/bench/options.h"
#include "app/bench/result.h"
#include "app/bench/stop_signal.h"

#include "jackfield/result.h"

#include <string>

namespace jackfield::bench {

/// The mode `check`: tries the cases one after the other and fills `RunResult::checks`.
/// Errors: the server cannot be reached.
[[nodiscard]] Result<RunResult> run_check(const Options& options, const StopSignal& stop);

/// The names of all cases, one a line.
[[nodiscard]] std::string check_names();

/// The cases of a finished run for a terminal: those that failed in full, the others counted.
[[nodiscard]] std::string check_table(const RunResult& result);

} // namespace jackfield::bench
