#pragma once

#include "app/bench/result.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace jackfield::bench {

/// Counts latencies in buckets that grow with them, so that every figure is right to three significant digits:
/// below 2,048 ns each nanosecond has a bucket, above that 1,024 buckets share each power of two. Recording is a
/// few instructions and never allocates. Latencies above 18 minutes count as such.
class LatencyRecorder {
public:
    LatencyRecorder();

    /// `count` messages that all took `nanoseconds`; less than 0 counts as 0.
    void record(std::int64_t nanoseconds, std::uint64_t count = 1)
    {
        const auto value = static_cast<std::uint64_t>(nanoseconds < 0 ? 0 : nanoseconds > longest ? longest : nanoseconds);
        counts_[index_of(value)] += count;
        count_ += count;
        sum_ += static_cast<double>(value) * static_cast<double>(count);
        smallest_ = value < smallest_ ? value : smallest_;
        largest_ = value > largest_ ? value : largest_;
    }
    /// Takes over what another one has counted.
    void add(const LatencyRecorder& other);
    void clear();

    [[nodiscard]] std::uint64_t count() const { return count_; }
    /// The smallest latency that at least `part` (0..1) of all do not exceed, in microseconds; 0 without any.
    [[nodiscard]] double percentile_us(double part) const;
    [[nodiscard]] double max_us() const { return static_cast<double>(largest_) / 1e3; }
    [[nodiscard]] Latency summary() const;

private:
    static constexpr std::int64_t longest = (std::int64_t{1} << 40U) - 1;
    static constexpr unsigned exact_bits = 11; // values of so many bits have a bucket each
    static constexpr std::size_t part = std::size_t{1} << (exact_bits - 1); // buckets of a power of two above
    static constexpr std::size_t buckets = (40 - exact_bits + 2) * part;
    using Counts = std::array<std::uint64_t, buckets>;

    static std::size_t index_of(std::uint64_t value)
    {
        if (value < 2 * part)
            return static_cast<std::size_t>(value);
        const auto shift = static_cast<unsigned>(std::bit_width(value)) - exact_bits;
        return shift * part + static_cast<std::size_t>(value >> shift);
    }
    /// The first value of the bucket; the next one's is its end.
    static std::uint64_t begin_of(std::size_t index)
    {
        if (index < 2 * part)
            return index;
        const std::size_t shift = index / part - 1;
        return std::uint64_t{index % part + part} << shift;
    }

    std::unique_ptr<Counts> storage_;
    Counts& counts_;
    std::uint64_t count_ = 0;
    double sum_ = 0;
    std::uint64_t smallest_ = ~std::uint64_t{0};
    std::uint64_t largest_ = 0;
};

} // namespace jackfield::bench
