#pragma once

#include "jackfield/command.h"
#include "jackfield/lanes.h"

#include <variant>

namespace jackfield::server {

struct Submitted {
    Ticket ticket = 0;
    Command command;
};
struct DirectSend {
    ConnectionId id;
    MessageKind kind = MessageKind::text;
    SharedBytes payload;
};
struct AttachState {
    bool attached = false;
};
struct SetTraffic {
    TrafficLevel level = TrafficLevel::off;
    TrafficPolicy policy = TrafficPolicy::drop_and_count;
};

struct SetLogger {
    Logger logger;
};

/// What other threads put into a shard's mailbox.
using Letter = std::variant<Submitted, DirectSend, AttachState, SetTraffic, SetLogger>;

} // namespace jackfield::server
