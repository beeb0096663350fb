#pragma once

#include "jackfield/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace jackfield::session {

/// The pings of one connection that were sent by hand and have no pong yet.
///
/// A pong is matched by its payload, and among equal ones to the oldest, since whoever answers each ping does
/// so in their order. It also answers every ping before that one: RFC 6455 section 5.5.3 lets a peer answer
/// only the most recent. A peer that skips one of two equal pings so shifts the match; the next ping of the
/// engine's own, which is like no other, or the pong's time-out puts it right.
class SentPings {
public:
    /// More than these are not waited for: the oldest is forgotten.
    static constexpr std::size_t most = 32;

    struct Ping {
        std::uint64_t order = 0; ///< counts the pings of the connection
        TimePoint sent_at{};
        std::uint8_t size = 0;
        std::array<std::byte, 125> payload{};
    };
    /// Payload at most 125 bytes; `order` beyond all others. Throws std::bad_alloc.
    void add(std::span<const std::byte> payload, std::uint64_t order, TimePoint now);
    /// The ping that a pong with this payload answers; it and all before it are no longer waited for.
    std::optional<Ping> take(std::span<const std::byte> payload);
    /// Forgets those before `order`, since a later one was answered.
    void forget_before(std::uint64_t order);
    /// Forgets those sent at `time` or earlier.
    void forget_sent_until(TimePoint time);
    [[nodiscard]] bool empty() const { return pings_.empty(); }
    [[nodiscard]] std::size_t size() const { return pings_.size(); }

private:
    std::vector<Ping> pings_; // oldest first
};

} // namespace jackfield::session
