#pragma once

#include "net/byte_stream.h"
#include "net/tls_stream.h"
#include "server/admission.h"
#include "server/connection_places.h"
#include "session/opening.h"

#include "jackfield/command.h"
#include "jackfield/event.h"
#include "jackfield/lanes.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
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
    std::uint64_t round = 0; ///< of snapshots; the answer carries it
};
struct SetTraffic {
    TrafficLevel level = TrafficLevel::off;
    TrafficPolicy policy = TrafficPolicy::drop_and_count;
};

struct SetLogger {
    Logger logger;
};

// Between the shards of one engine. The first shard listens, answers HTTP, carries sessions and runs the commands; the others carry
// WebSockets that it hands to them.

/// A connection for the shard that is to carry it: everything has let it in, and its handshake is still to be answered.
struct Arrival {
    std::unique_ptr<net::ByteStream> stream;
    net::TlsStream* tls = nullptr; ///< the stream, when it is one
    SocketAddress peer, local;
    session::Opening opening;
    Acceptance acceptance;
    TimePoint accepted_at;
    ConnectionPlaces::Place place;
};
/// A command, for the part of it that concerns another shard's connections.
struct Forwarded {
    Ticket ticket = 0;
    Command command;
    std::shared_ptr<const AccessRules> access; ///< those in force, where the command asks for them
};
/// What a shard has done of a command.
struct Outcome {
    event::CommandFinished finished;
    std::size_t without_origin = 0; ///< kicked, and nothing to block
};
/// Who was kicked is to be blocked.
struct BlockKicked {
    Ticket ticket = 0;
    KickBlock block;
    std::shared_ptr<const ConnectionInfo> info;
};
/// A message to everybody on an endpoint.
struct BroadcastLetter {
    std::string pattern;
    MessageKind kind = MessageKind::text;
    SharedBytes payload;
    Maker maker = Maker::behaviour;
};
/// What StopListening commands closed on a shard is gone.
struct ShardStopped {
    event::StopFinished counts;
    std::size_t commands = 0;
};
/// A Quit has ended all connections of a shard.
struct ShardEnded {
    std::uint64_t closed_cleanly = 0, cut = 0;
    event::StopFinished counts{};
};

/// What other threads put into a shard's mailbox.
using Letter = std::variant<Submitted, DirectSend, AttachState, SetTraffic, SetLogger, Arrival, Forwarded, Outcome, BlockKicked,
    BroadcastLetter, ShardStopped, ShardEnded>;

} // namespace jackfield::server
