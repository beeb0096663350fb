#pragma once

#include "app/bench/result.h"

#include <optional>
#include <string>
#include <vector>

namespace jackfield::bench {

/// One figure of a run, as it is shown and as it is compared.
struct Figure {
    std::string name; ///< "p99", "messages a second"
    std::string text; ///< with its unit
    double value = 0; ///< in whatever unit: only the ratio of two is used
    bool more_is_better = false;
};
/// What a run of its mode is judged by, in the order in which it is shown.
[[nodiscard]] std::vector<Figure> figures_of(const RunResult& result);

/// How often `now` is `before`: "1.25 x"; empty where that says nothing.
[[nodiscard]] std::string ratio_text(const Figure& before, const Figure& now);

/// The parameters that the two were not run alike with, as "depth: 1, now 32".
[[nodiscard]] std::vector<std::string> different_parameters(const RunResult& before, const RunResult& now);

/// Two runs of one mode side by side, as lines for a terminal, with the ratios.
[[nodiscard]] std::string comparison(const RunResult& before, const RunResult& now);

/// Why an earlier report cannot be set beside a run of `mode`; empty: it can.
[[nodiscard]] std::string why_not_comparable(const RunResult& before, const std::string& mode);

} // namespace jackfield::bench
