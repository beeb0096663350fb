#pragma once

#include "app/bench/result.h"

#include <string>

namespace jackfield::bench {

/// One page that needs nothing beside itself, with the figures and plots. `before`: an earlier run to set beside
/// it, or null.
[[nodiscard]] std::string html_report(const RunResult& result, const RunResult* before);

} // namespace jackfield::bench
