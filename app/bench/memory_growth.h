#pragma once

#include "app/bench/result.h"

#include <optional>
#include <vector>

namespace jackfield::bench {

/// How a server's memory was early in a run and at its end, in bytes.
struct MemoryGrowth {
    double early = 0; ///< the mean of the second quarter: at first every server fills its pools
    double late = 0; ///< the mean of the last quarter

    /// More than so many percent, and more than a MiB, which is the noise of an allocator.
    [[nodiscard]] bool grew_by(double percent) const
    {
        return late - early > 1'048'576.0 && late > early * (1 + percent / 100);
    }
};

/// nullopt for less than 8 points with the server's memory.
[[nodiscard]] std::optional<MemoryGrowth> memory_growth(const std::vector<SeriesPoint>& series);

} // namespace jackfield::bench
