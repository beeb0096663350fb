#include "server/lanes.h"

#include <algorithm>
#include <new>
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

namespace {
// Places that every batch brings along, so that an outcome finds one when there is no memory.
constexpr std::size_t places_kept = 16;
// A server can be told to end whatever nobody has taken.
constexpr std::size_t places_for_quits = 16;

bool is_outcome(const Event& event)
{
    return std::holds_alternative<event::CommandFinished>(event.what);
}
} // namespace

EventLane::EventLane(std::size_t capacity, std::size_t outcomes, ReadySignal& signal)
    : capacity_(capacity)
    , outcomes_(std::max(outcomes, places_kept))
    , signal_(signal)
{
    pending_.events.reserve(places_kept);
}

bool EventLane::claim_place(bool is_quit) noexcept
{
    const std::size_t places = outcomes_ + (is_quit ? places_for_quits : 0);
    std::size_t taken = outstanding_.load();
    do {
        if (taken >= places)
            return false;
    } while (!outstanding_.compare_exchange_weak(taken, taken + 1));
    return true;
}

bool EventLane::must_stay(const Event& event)
{
    return is_outcome(event) || std::holds_alternative<event::Finished>(event.what);
}

void EventLane::keep_at_any_price(Event& event)
{
    const auto victim = std::find_if(
        pending_.events.rbegin(), pending_.events.rend(), [](const Event& each) { return !must_stay(each); });
    ++pending_.lost;
    if (victim == pending_.events.rend()) {
        outstanding_ -= is_outcome(event) ? 1 : 0;
        return;
    }
    pending_outcomes_ += is_outcome(event) ? 1 : 0;
    std::move(victim.base(), pending_.events.end(), victim.base() - 1);
    pending_.events.back() = std::move(event);
}

void EventLane::add(Event event) noexcept
{
    {
        const std::lock_guard lock(mutex_);
        event.sequence = ++sequence_;
        if (capacity_ == 0) {
            outstanding_ -= is_outcome(event) ? 1 : 0;
            return;
        }
        const std::size_t outcomes = is_outcome(event) ? 1 : 0;
        if (pending_.events.size() >= capacity_ && !must_stay(event)) {
            ++pending_.lost;
        } else {
            try {
                pending_.events.push_back(std::move(event));
                pending_outcomes_ += outcomes;
            } catch (const std::bad_alloc&) {
                if (must_stay(event))
                    keep_at_any_price(event);
                else
                    ++pending_.lost;
            }
        }
    }
    signal_.raise();
}

void EventLane::add_lost() noexcept
{
    {
        const std::lock_guard lock(mutex_);
        ++sequence_;
        if (capacity_ == 0)
            return;
        ++pending_.lost;
    }
    signal_.raise();
}

bool EventLane::take(EventBatch& batch) noexcept
{
    batch.clear();
    try {
        batch.events.reserve(places_kept);
    } catch (const std::bad_alloc&) {
        return false;
    }
    const std::lock_guard lock(mutex_);
    std::swap(batch, pending_);
    outstanding_ -= std::exchange(pending_outcomes_, 0);
    return !batch.events.empty() || batch.lost > 0;
}

bool EventLane::has_any() const
{
    const std::lock_guard lock(mutex_);
    return !pending_.events.empty() || pending_.lost > 0;
}

void StateLane::put(StateBatch& batch, std::uint64_t round)
{
    {
        const std::lock_guard lock(mutex_);
        std::swap(batch, pending_);
        round_ = round;
        free_.store(false, std::memory_order_seq_cst);
    }
    batch.clear();
    signal_.raise();
}

bool StateLane::take(StateBatch& batch, std::uint64_t& round)
{
    batch.clear();
    const std::lock_guard lock(mutex_);
    if (free_.load(std::memory_order_relaxed))
        return false;
    std::swap(batch, pending_);
    round = round_;
    // Sequentially consistent, as is the writer's look: the writer notes that it waits and looks again, the
    // reader frees and looks for that note, and one of the two must see the other.
    free_.store(true, std::memory_order_seq_cst);
    return true;
}

} // namespace server
} // namespace jackfield
