#pragma once

#include "jackfield/lanes.h"

#include <cstdint>
#include <vector>

namespace jackfield::server {

class Shard;

/// Makes one traffic lane of those of several shards: its batches are read in the order of time, and the sequence counts over all of them.
/// One thread at a time, the reader's.
class TrafficMerger {
public:
    /// The shards outlive it; one of them alone is read as it is.
    explicit TrafficMerger(const std::vector<Shard*>& shards)
        : shards_(shards)
        , sequences_(shards.size())
    { }
    bool take(TrafficBatch& batch) noexcept;

private:
    const std::vector<Shard*>& shards_;
    std::vector<std::uint64_t> sequences_; ///< of each shard's last record that was handed out
};

} // namespace jackfield::server
