#pragma once

#include "app/bench/result.h"

#include <string>

namespace jackfield::bench {

/// The figures of a finished run as lines for a terminal.
[[nodiscard]] std::string table(const RunResult& result);

} // namespace jackfield::bench
