#include "app/bench/latency_recorder.h"

#include <algorithm>
#include <cmath>

namespace jackfield::bench {

LatencyRecorder::LatencyRecorder()
    : storage_(std::make_unique<Counts>())
    , counts_(*storage_)
{ }

void LatencyRecorder::add(const LatencyRecorder& other)
{
    for (std::size_t i = 0; i < buckets; ++i)
        counts_[i] += other.counts_[i];
    count_ += other.count_;
    sum_ += other.sum_;
    smallest_ = std::min(smallest_, other.smallest_);
    largest_ = std::max(largest_, other.largest_);
}

void LatencyRecorder::clear()
{
    counts_.fill(0);
    count_ = 0;
    sum_ = 0;
    smallest_ = ~std::uint64_t{0};
    largest_ = 0;
}

double LatencyRecorder::percentile_us(double wanted) const
{
    if (count_ == 0)
        return 0;
    const double rank = std::ceil(std::clamp(wanted, 0.0, 1.0) * static_cast<double>(count_));
    const std::uint64_t needed = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(rank));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets; ++i) {
        seen += counts_[i];
        if (seen >= needed) {
            // The middle of the bucket, within what was really there.
            const std::uint64_t middle = (begin_of(i) + begin_of(i + 1) - 1) / 2;
            return static_cast<double>(std::clamp(middle, smallest_, largest_)) / 1e3;
        }
    }
    return max_us();
}

Latency LatencyRecorder::summary() const
{
    Latency latency;
    if (count_ == 0)
        return latency;
    latency.count = count_;
    latency.min_us = static_cast<double>(smallest_) / 1e3;
    latency.mean_us = sum_ / static_cast<double>(count_) / 1e3;
    latency.p50_us = percentile_us(0.5);
    latency.p75_us = percentile_us(0.75);
    latency.p90_us = percentile_us(0.9);
    latency.p95_us = percentile_us(0.95);
    latency.p99_us = percentile_us(0.99);
    latency.p99_9_us = percentile_us(0.999);
    latency.p99_99_us = percentile_us(0.9999);
    latency.max_us = max_us();
    for (std::size_t i = 0; i < buckets; ++i) {
        if (counts_[i] > 0)
            latency.buckets.push_back(
                {static_cast<double>(begin_of(i)) / 1e3, static_cast<double>(begin_of(i + 1)) / 1e3, counts_[i]});
    }
    return latency;
}

} // namespace jackfield::bench
