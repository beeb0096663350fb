#pragma once

#include "app/terminal/happenings.h"

#include "jackfield/event.h"
#include "jackfield/lanes.h"

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

namespace jackfield::app {

/// Knows of each message whose it is. In each round the events come first, then the traffic.
class PassedMessages {
public:
    using Info = std::shared_ptr<const ConnectionInfo>;
    /// False: no more of them for now.
    using Receiver = std::function<bool(const TrafficRecord& record, const Info& info)>;

    void take(const Event& event);
    /// Calls `receive` for each record; `info` is null where the connection is not known. False when it did not want
    /// them all: call it again with the same batch.
    [[nodiscard]] bool take(TrafficBatch& batch, const Receiver& receive);

private:
    static constexpr std::size_t most_closed = 1'000; // whose last messages may still be on their way
    std::unordered_map<ConnectionId, Info> infos_;
    std::deque<ConnectionId> closed_;
};

/// A text or binary message as a happening; the payload is shared where it travelled by reference, else a
/// copy.
[[nodiscard]] Happening happening_of(const TrafficRecord& record, const PassedMessages::Info& info);
/// Whether it is a text or binary message and not a control frame or a part of one.
[[nodiscard]] bool is_data(TrafficType type);
/// One line of printable text: `#1 from browser, ping "x"`.
[[nodiscard]] std::string describe(const TrafficRecord& record, const PassedMessages::Info& info);

} // namespace jackfield::app
