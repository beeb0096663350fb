#pragma once

#include "server/ready_signal.h"
#include "server/traffic_ring.h"

#include "jackfield/lanes.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

namespace jackfield::server {

/// The events lane: bounded, losses counted, CommandFinished and Finished never lost. Written by the engine's
/// thread (and once by the creating one), read by one other. With a capacity of 0 it keeps nothing. Since outcomes are
/// not lost, their number is bounded before: each has its place from the time at which its command is submitted.
class EventLane {
public:
    EventLane(std::size_t capacity, std::size_t outcomes, ReadySignal& signal); ///< Throws std::bad_alloc.
    /// For a command that is about to be queued; any thread. False: as many as may be wait for their outcome, or for
    /// its being taken. A Quit finds a place beyond that.
    [[nodiscard]] bool claim_place(bool is_quit) noexcept;
    void give_up_place() noexcept { --outstanding_; } ///< of a command that was not queued after all
    /// Without memory for it, the event counts as lost; one that is never lost takes the place of the newest
    /// that may be.
    void add(Event event) noexcept;
    void add_lost() noexcept; ///< counts an event that could not even be made
    /// False also when there is no memory for handing over; what waits stays.
    bool take(EventBatch& batch) noexcept;
    [[nodiscard]] bool has_any() const;

private:
    static bool must_stay(const Event& event);
    void keep_at_any_price(Event& event);
    const std::size_t capacity_, outcomes_;
    ReadySignal& signal_;
    std::atomic<std::size_t> outstanding_{0}; ///< outcomes to come, and those that wait
    mutable std::mutex mutex_;
    EventBatch pending_;
    std::size_t pending_outcomes_ = 0;
    std::uint64_t sequence_ = 0;
};

/// The state lane: holds at most one batch, made by the engine when the previous one has been taken. What
/// changes meanwhile is kept in the slots themselves (a dirty list), so a slow reader costs freshness and
/// never memory.
class StateLane {
public:
    explicit StateLane(ReadySignal& signal)
        : signal_(signal)
    { }
    /// True when a batch may be put: the previous one has been taken.
    [[nodiscard]] bool is_free() const { return free_.load(std::memory_order_seq_cst); }
    /// Swaps `batch` in; only when free. It gives back an empty batch with memory to reuse.
    void put(StateBatch& batch, std::uint64_t round);
    /// `round`: of the last AttachState before the batch was made.
    bool take(StateBatch& batch, std::uint64_t& round);
    [[nodiscard]] bool has_any() const { return !is_free(); }

private:
    ReadySignal& signal_;
    std::mutex mutex_;
    StateBatch pending_;
    std::uint64_t round_ = 0;
    std::atomic<bool> free_{true};
};

} // namespace jackfield::server
