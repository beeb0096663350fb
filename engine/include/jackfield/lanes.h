#pragma once

#include "jackfield/api.h"
#include "jackfield/command.h"
#include "jackfield/config.h"
#include "jackfield/connection.h"
#include "jackfield/event.h"
#include "jackfield/frame_facts.h"
#include "jackfield/shared_bytes.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace jackfield {

/// One address of the server and whether it listens there.
struct ListenerStatus {
    ListenSpec spec;
    SocketAddress bound; ///< with the real port
    bool listening = false;
    std::string problem; ///< ours: why it does not listen
    ListenerKind speaks = ListenerKind::ws; ///< at present; never automatic
};

/// What the server is doing, as one immutable snapshot; a new one is published whenever something in it changes.
struct ServerStatus {
    bool listening = false;
    std::vector<ListenerStatus> listeners;
    std::vector<EndpointConfig> endpoints;
    AccessRules access;
    std::shared_ptr<const TlsCredentials> tls; ///< null: TLS is not enabled
    std::uint64_t access_revision = 0; ///< counts the changes of the lists
    bool older_protocols = true; ///< the versions before RFC 6455 are served
    Limits limits;
    Compression compression;
    std::uint32_t connection_limit = 0; ///< the one in force
};

/// Sums over all connections since the start.
struct EngineTotals {
    std::uint64_t open = 0; ///< connections now
    std::uint64_t opened = 0; ///< since the start
    std::uint64_t refused = 0;
    std::uint64_t messages_in = 0, messages_out = 0;
    std::uint64_t bytes_in = 0, bytes_out = 0; ///< payload
    std::uint64_t wire_in = 0, wire_out = 0; ///< with all overhead but that of TLS
};

/// A connection that ended, for the state reader.
struct ClosedConnection {
    std::shared_ptr<const ConnectionInfo> info;
    ConnectionCounters counters;
    CloseInfo close;
};

/// The state lane's batch. Apply in this order: snapshot, opened, changed, closed. A connection that opened and closed between two
/// batches is only in `closed`.
struct StateBatch {
    bool snapshot = false; ///< this batch holds all that is open: forget every open row first
    std::vector<std::shared_ptr<const ConnectionInfo>> opened;
    std::vector<ConnectionCounters> changed; ///< each open connection at most once
    std::vector<ClosedConnection> closed; ///< in the order of closing
    std::uint64_t closed_left_out = 0; ///< closed connections that did not fit the budget
    std::shared_ptr<const ServerStatus> status; ///< null: unchanged
    EngineTotals totals;
    std::int64_t monotonic_ns = 0; ///< the engine's clock when this was published, to show "2 s ago"

    JACKFIELD_API void clear(); ///< empties it and keeps its memory
};

/// The events lane's batch.
struct EventBatch {
    std::vector<Event> events;
    std::uint64_t lost = 0; ///< events that did not fit since the last batch

    JACKFIELD_API void clear(); ///< empties it and keeps its memory
};

/// How much the traffic lane carries.
enum class TrafficLevel : std::uint8_t {
    off, ///< no records
    counters, ///< no records; the state lane's counters are exact at every level
    headers, ///< a record for each message and control frame, without payload
    full, ///< with payload
};
/// What happens when the traffic lane's reader is slower than the traffic.
enum class TrafficPolicy : std::uint8_t {
    drop_and_count, ///< a full ring loses the newest records and counts them
    hold, ///< a full ring stops the reading of sockets until the reader has caught up
};

/// What passed: a whole message, or a control frame. Of what was sent raw each frame for itself.
enum class TrafficType : std::uint8_t {
    text,
    binary,
    ping,
    pong,
    close,
    continuation,
    raw, ///< sent by hand: a frame of a reserved opcode, or bytes that are no frame
};
/// Which way a message went.
enum class Direction : std::uint8_t { from_browser, to_browser };

/// One record of the traffic lane; views into its batch.
struct TrafficRecord {
    std::uint64_t sequence = 0; ///< counts up by one for each record, lost ones included
    ConnectionId connection;
    std::int64_t wall_ns = 0; ///< Unix time in nanoseconds; one stamp a loop turn
    std::uint64_t size = 0; ///< payload bytes of the whole message
    std::uint64_t wire = 0; ///< bytes on the wire, headers included
    std::uint32_t frames = 1; ///< exact, however many they are
    std::uint64_t compressed = 0; ///< payload bytes as they travelled; 0: it was not compressed
    TrafficType type = TrafficType::text;
    Direction direction = Direction::from_browser;
    Maker maker = Maker::peer;
    /// The headers of the first 32 of its frames, in order. Empty where there are none of RFC 6455 (hybi-00, hixie-75, raw bytes)
    /// and for a part of a message that is not its last.
    std::span<const FrameFacts> frame_facts;
    std::span<const std::byte> payload; ///< empty at level headers, else all of it
    SharedBytes shared; ///< set when a large payload travels by reference; then `payload` views it
};

namespace server {
class TrafficMerger;
}

/// The traffic lane's batch: raw records, read with `next`. Reused between calls; owns what it references.
class JACKFIELD_API TrafficBatch {
public:
    TrafficBatch() = default;
    ~TrafficBatch();
    /// Takes over the records; views into them stay valid.
    TrafficBatch(TrafficBatch&&) noexcept;
    TrafficBatch& operator=(TrafficBatch&&) noexcept; ///< as the constructor; what it held before is forgotten

    /// Reads the next record; nullopt at the end. Its views live until the batch is taken again, cleared or destroyed.
    std::optional<TrafficRecord> next();
    [[nodiscard]] std::uint64_t lost() const { return lost_; } ///< records that did not fit since the last batch
    /// Messages and control frames since the last batch for which no record was made, at the levels off and counters. They alone
    /// make nothing ready: whoever wants to know looks.
    [[nodiscard]] std::uint64_t passed_over() const { return passed_over_; }
    void clear(); ///< forgets all records and keeps the memory

private:
    friend class TrafficRing;
    std::vector<std::byte> bytes_;
    std::vector<SharedBytes> shared_; // payloads that travelled by reference, kept for the views
    std::size_t position_ = 0;
    std::uint64_t lost_ = 0;
    std::uint64_t passed_over_ = 0;
    std::uint64_t last_sequence_ = 0; // of its records; 0: it has none
    // of several threads
    friend class server::TrafficMerger;
    std::optional<TrafficRecord> next_of_parts();
    std::vector<TrafficBatch> parts_; // one of each; the rest of such a batch is empty
    std::optional<TrafficRecord> ahead_; // of a part: what comes next in it
    std::uint64_t sequence_ = 0; // of a part: of the record that was read last
};

} // namespace jackfield
