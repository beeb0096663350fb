#include "server/traffic_merger.h"

#include "server/shard.h"

#include <new>

namespace jackfield::server {

bool TrafficMerger::take(TrafficBatch& batch) noexcept
{
    if (shards_.size() == 1)
        return shards_.front()->take_traffic(batch);
    batch.clear();
    try {
        batch.parts_.resize(shards_.size());
    } catch (const std::bad_alloc&) {
        return false;
    }
    bool any = false;
    for (std::size_t i = 0; i < shards_.size(); ++i) {
        TrafficBatch& part = batch.parts_[i];
        any |= shards_[i]->take_traffic(part);
        batch.lost_ += part.lost_;
        batch.passed_over_ += part.passed_over_;
        part.sequence_ = sequences_[i];
        if (part.last_sequence_ != 0)
            sequences_[i] = part.last_sequence_;
    }
    return any;
}

} // namespace jackfield::server
