#include "server/state_merger.h"

#include "server/shard.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

namespace jackfield::server {

namespace {

template <class T>
void move_behind(std::vector<T>& into, std::vector<T>& from)
{
    into.insert(into.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

} // namespace

void StateMerger::attach()
{
    const std::lock_guard lock(mutex_);
    ask_anew();
}

void StateMerger::detach()
{
    const std::lock_guard lock(mutex_);
    missing_ = 0;
    gathered_.clear();
    for (Shard* const shard : shards_)
        shard->post(AttachState{false, ++round_});
}

void StateMerger::ask_anew()
{
    ++round_;
    missing_ = shards_.size();
    has_answered_.assign(shards_.size(), false);
    // What was open is said anew. What has ended is said once.
    gathered_.snapshot = true;
    gathered_.opened.clear();
    gathered_.changed.clear();
    for (Shard* const shard : shards_)
        shard->post(AttachState{true, round_});
}

bool StateMerger::take(StateBatch& batch)
{
    if (shards_.size() == 1) {
        std::uint64_t round = 0;
        return shards_.front()->take_state(batch, round);
    }
    batch.clear();
    const std::lock_guard lock(mutex_);
    bool any = false;
    for (std::size_t i = 0; i < shards_.size(); ++i) {
        std::uint64_t round = 0;
        if (!shards_[i]->take_state(part_, round))
            continue;
        any = true;
        try {
            merge(i, round);
        } catch (const std::bad_alloc&) {
            // What could not be kept is said anew, with all the rest.
            ++gathered_.closed_left_out;
            part_.clear();
            try {
                ask_anew();
            } catch (const std::bad_alloc&) {
                return false;
            }
        }
    }
    if (missing_ > 0 || !any)
        return false;
    for (const EngineTotals& each : totals_)
        add(gathered_.totals, each);
    std::swap(batch, gathered_);
    gathered_.clear();
    return true;
}

void StateMerger::merge(std::size_t shard, std::uint64_t round)
{
    totals_[shard] = part_.totals;
    gathered_.monotonic_ns = std::max(gathered_.monotonic_ns, part_.monotonic_ns);
    if (part_.status)
        gathered_.status = std::move(part_.status);
    move_behind(gathered_.closed, part_.closed);
    gathered_.closed_left_out += part_.closed_left_out;
    const bool is_answer = part_.snapshot && round == round_ && missing_ > 0 && !has_answered_[shard];
    if (part_.snapshot && !is_answer) {
        // One that nobody asked for: the shard has lost count of what it has said. An older answer is left alone.
        if (round == round_)
            ask_anew();
        return;
    }
    if (is_answer) {
        has_answered_[shard] = true;
        --missing_;
    } else if (missing_ > 0 && !has_answered_[shard]) {
        return; // comes with the snapshot
    }
    move_behind(gathered_.opened, part_.opened);
    move_behind(gathered_.changed, part_.changed);
}

} // namespace jackfield::server
