#include "app/bench/memory_growth.h"

#include <cstddef>
#include <numeric>

namespace jackfield::bench {

std::optional<MemoryGrowth> memory_growth(const std::vector<SeriesPoint>& series)
{
    std::vector<double> memory;
    for (const SeriesPoint& point : series) {
        if (point.server_memory)
            memory.push_back(static_cast<double>(*point.server_memory));
    }
    if (memory.size() < 8)
        return std::nullopt;
    const auto quarter = static_cast<std::ptrdiff_t>(memory.size() / 4);
    const auto mean = [quarter](auto begin) { return std::accumulate(begin, begin + quarter, 0.0) / static_cast<double>(quarter); };
    return MemoryGrowth{mean(memory.begin() + quarter), mean(memory.end() - quarter)};
}

} // namespace jackfield::bench
