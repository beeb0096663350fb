#pragma once

#include "jackfield/composed_message.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace jackfield::ui {

/// What was sent by hand, and the place in it while somebody walks through it. What is sent again moves to
/// the end; the oldest give way.
class SendHistory {
public:
    static constexpr std::size_t maxEntries = 100;
    static constexpr std::uint64_t maxBytes = std::uint64_t{64} << 20U; ///< but for the newest entry

    /// Begins with what an earlier run of the program sent, oldest first.
    void setEntries(std::vector<ComposedMessage> entries);
    [[nodiscard]] const std::deque<ComposedMessage>& entries() const { return m_entries; } ///< newest last

    /// Also ends walking.
    void add(const ComposedMessage& sent);
    /// Goes one step back (`older`) or forth; false when there is no way to go. `present` is what stands in
    /// the composer now, null where that cannot be sent: walking begins behind it where it was just sent.
    bool step(bool older, const ComposedMessage* present);
    /// How far back the walk is: 1 at the newest entry, 0 at what was not sent (which is not kept here).
    [[nodiscard]] std::size_t place() const { return m_place; }
    /// The entry at this place; null at place 0. Lives until the history changes.
    [[nodiscard]] const ComposedMessage* current() const;

private:
    void trim();

    std::deque<ComposedMessage> m_entries;
    std::size_t m_place = 0; // from the newest; 0: not walking
};

} // namespace jackfield::ui
