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
    /// Goes one step back (`older`) or forth. `present` is what stands in the composer now, kept while
    /// walking and given back behind the newest; null where that cannot be sent. Null when there is no way to
    /// go; the pointer lives until the next call.
    [[nodiscard]] const ComposedMessage* step(bool older, const ComposedMessage* present);

private:
    void trim();

    std::deque<ComposedMessage> m_entries;
    std::size_t m_place = 0; // from the newest; 0: not walking
    ComposedMessage m_unsent;
};

} // namespace jackfield::ui
