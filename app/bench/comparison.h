#pragma once

#include "app/bench/result.h"

#include <string>

namespace jackfield::bench {

/// Two runs side by side, as lines for a terminal, with the ratios.
[[nodiscard]] std::string comparison(const RunResult& before, const RunResult& now);

} // namespace jackfield::bench
