#pragma once

#include "jackfield/command_text.h"
#include "jackfield/filter.h"
#include "jackfield/lanes.h"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace jackfield::app {

/// One open connection.
struct LiveConnection {
    std::shared_ptr<const ConnectionInfo> info; ///< never null
    ConnectionCounters counters;
};

/// Who is connected, from the state lane and the events lane: an event adds and removes at once, the state
/// lane has the last word.
class LiveConnections {
public:
    /// Of each round the state comes first, then the events. True when the engine is to give a snapshot,
    /// since the batch does not hold all that was closed.
    [[nodiscard]] bool take(const StateBatch& batch);
    void take(const Event& event);

    /// By their running numbers.
    [[nodiscard]] const std::map<std::uint64_t, LiveConnection>& all() const { return connections_; }
    /// In the order of their numbers. Errors: as parse_filter.
    [[nodiscard]] Result<std::vector<const LiveConnection*>> matching(std::string_view filter) const;
    /// For reading command lines; valid while this object lives and stays where it is.
    [[nodiscard]] ConnectionNames names() const;

private:
    std::map<std::uint64_t, LiveConnection> connections_;
    std::map<ConnectionId, std::uint64_t> numbers_;
    std::vector<ConnectionId> just_closed_; // by the last state batch; their events are still to come

    void add(const std::shared_ptr<const ConnectionInfo>& info);
    void remove(ConnectionId id);
};

} // namespace jackfield::app
