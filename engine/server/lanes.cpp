#include "server/lanes.h"

#include <utility>
#include <variant>

namespace jackfield {

void StateBatch::clear()
{
    snapshot = false;
    opened.clear();
    changed.clear();
    closed.clear();
    closed_left_out = 0;
    status.reset();
    totals = {};
    monotonic_ns = 0;
}

void EventBatch::clear()
{
    events.clear();
    lost = 0;
}

namespace server {

void EventLane::add(Event event)
{
    const bool must_stay = std::holds_alternative<event::CommandFinished>(event.what)
        || std::holds_alternative<event::Finished>(event.what);
    {
        const std::lock_guard lock(mutex_);
        event.sequence = ++sequence_;
        if (pending_.events.size() >= capacity_ && !must_stay)
            ++pending_.lost;
        else
            pending_.events.push_back(std::move(event));
    }
    signal_.raise();
}

bool EventLane::take(EventBatch& batch)
{
    batch.clear();
    const std::lock_guard lock(mutex_);
    std::swap(batch, pending_);
    return !batch.events.empty() || batch.lost > 0;
}

bool EventLane::has_any() const
{
    const std::lock_guard lock(mutex_);
    return !pending_.events.empty() || pending_.lost > 0;
}

void StateLane::put(StateBatch& batch)
{
    {
        const std::lock_guard lock(mutex_);
        std::swap(batch, pending_);
        free_.store(false, std::memory_order_release);
    }
    batch.clear();
    signal_.raise();
}

bool StateLane::take(StateBatch& batch)
{
    batch.clear();
    const std::lock_guard lock(mutex_);
    if (free_.load(std::memory_order_relaxed))
        return false;
    std::swap(batch, pending_);
    free_.store(true, std::memory_order_release);
    return true;
}

} // namespace server
} // namespace jackfield
