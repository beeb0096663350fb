#pragma once

#include "net/system_calls.h"
#include "server/connection_places.h"
#include "server/lanes.h"
#include "server/ready_signal.h"

#include "jackfield/config.h"
#include "jackfield/result.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace jackfield::server {

class Shard;

/// What the shards of one engine have in common. Everything may be used on the thread of any of them.
class Commons {
public:
    /// Errors: system (no eventfd). Throws std::bad_alloc.
    static Result<std::unique_ptr<Commons>> create(net::SystemCalls& calls, const EngineConfig& config, std::uint32_t count);

    /// All of them, the first at 0. Set once, before a second thread exists.
    std::vector<Shard*> shards;
    ReadySignal signal;
    EventLane events;
    ConnectionPlaces places;
    std::mutex logging; ///< held while a shard's logger is called, when there are several
    std::mutex factories; ///< held while behaviours are made

    /// A running number of its own for each connection, from 1.
    [[nodiscard]] std::uint64_t next_number() { return numbers_.fetch_add(1, std::memory_order_relaxed) + 1; }
    [[nodiscard]] bool has_several() const { return shards.size() > 1; }
    /// This shard's part of a budget that holds for the whole engine, rounded up.
    template <class T>
    [[nodiscard]] T part_of(T budget) const
    {
        return budget / static_cast<T>(shard_count_) + (budget % static_cast<T>(shard_count_) > 0 ? 1 : 0);
    }
    [[nodiscard]] std::uint32_t shard_count() const { return shard_count_; }
    /// The sums of one shard, for whoever wants those of all; written by that shard, once a turn.
    void set_totals(std::uint8_t shard, const EngineTotals& totals);
    [[nodiscard]] EngineTotals totals() const; ///< of all shards, each as of its last turn

private:
    Commons(net::SystemCalls& calls, net::Descriptor ready, const EngineConfig& config, std::uint32_t count);
    const std::uint32_t shard_count_;
    std::atomic<std::uint64_t> numbers_{0};
    mutable std::mutex mutex_;
    std::vector<EngineTotals> totals_;
};

/// Adds what one shard counted to `sum`.
void add(EngineTotals& sum, const EngineTotals& totals);

} // namespace jackfield::server
