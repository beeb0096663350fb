#pragma once

#include "jackfield/lanes.h"

#include <cstdint>
#include <mutex>
#include <vector>

namespace jackfield::server {

class Shard;

/// Makes one state lane of those of several shards. A snapshot is one of all of them: whatever one shard says anew, the others are
/// asked to say too, and nothing is handed out until they have. Any thread.
class StateMerger {
public:
    /// The shards outlive it; one of them alone is read as it is.
    explicit StateMerger(const std::vector<Shard*>& shards)
        : shards_(shards)
        , totals_(shards.size())
        , has_answered_(shards.size())
    { }
    /// Asks for a snapshot of all. Throws std::bad_alloc.
    void attach();
    void detach(); ///< Throws std::bad_alloc.
    /// Swaps what waits into `batch`; false: there is nothing, or not yet all of a snapshot.
    bool take(StateBatch& batch);

private:
    void ask_anew();
    void merge(std::size_t shard, std::uint64_t round);
    const std::vector<Shard*>& shards_;
    std::mutex mutex_;
    std::uint64_t round_ = 0;
    std::size_t missing_ = 0; ///< shards whose snapshot of this round has not come
    StateBatch gathered_; ///< for the reader
    StateBatch part_; ///< of one shard
    std::vector<EngineTotals> totals_;
    std::vector<bool> has_answered_;
};

} // namespace jackfield::server
