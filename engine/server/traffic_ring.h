#pragma once

#include "session/channel_host.h"

#include "jackfield/lanes.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace jackfield {

/// The traffic lane: a ring of bytes with one writer (the engine's thread) and one reader. Records become
/// visible with `publish`, once a loop turn. Payloads of 16 KiB and more enter by reference.
///
/// Invariants: tail <= published <= head <= tail + capacity, all counted in bytes since the start and never
/// wrapping; a record is contiguous modulo the capacity; bytes between tail and published belong to the
/// reader, all others to the writer.
class TrafficRing {
public:
    explicit TrafficRing(std::size_t capacity); ///< a power of two; allocated on first use
    ~TrafficRing();
    TrafficRing(const TrafficRing&) = delete;
    TrafficRing& operator=(const TrafficRing&) = delete;

    // writer
    /// Lossless: what does not fit waits on the writer's side until `publish` finds room for it; the writer
    /// stops making records while `is_crowded`. Otherwise it is lost.
    void set_lossless(bool lossless) { is_lossless_ = lossless; }
    /// Adds a record; false when it does not fit, or when there is no memory for it: the record is counted as
    /// lost.
    bool write(
        ConnectionId connection, std::int64_t wall_ns, const session::Passage& passage, bool with_payload) noexcept;
    /// How many records were not made since the start, as nobody wanted them. Visible at once.
    void set_passed_over(std::uint64_t total);
    /// Makes what was written visible; true when there was something new.
    bool publish();
    /// True when more than half is waiting for the reader: time to hold the traffic.
    [[nodiscard]] bool is_crowded() const;

    // reader
    /// False also when there is no memory for handing over; what waits stays.
    bool take(TrafficBatch& batch) noexcept;
    [[nodiscard]] bool has_any() const;

private:
    void copy_in(std::uint64_t at, const void* from, std::size_t count);
    void copy_out(std::uint64_t at, void* to, std::size_t count) const;
    bool make_room_for(std::size_t total);
    void release_unread();
    [[nodiscard]] std::size_t room() const;
    void move_waiting();

    const std::size_t capacity_;
    std::unique_ptr<std::byte[]> bytes_;
    std::uint64_t head_ = 0; // writer only
    std::uint64_t sequence_ = 0; // writer only
    std::uint64_t lost_ = 0; // writer only
    bool is_lossless_ = false; // writer only
    std::vector<std::byte> waiting_; // writer only: whole records that found no room, oldest first
    std::size_t waiting_from_ = 0; // writer only: what stands before has moved into the ring
    alignas(64) std::atomic<std::uint64_t> published_{0};
    alignas(64) std::atomic<std::uint64_t> tail_{0};
    std::atomic<std::uint64_t> lost_published_{0};
    std::atomic<std::uint64_t> passed_over_{0};
    std::uint64_t lost_taken_ = 0; // reader only
    std::uint64_t passed_over_taken_ = 0; // reader only
};

} // namespace jackfield
