#pragma once

#include "jackfield/access_rules.h"
#include "jackfield/api.h"
#include "jackfield/config.h"
#include "jackfield/connection.h"
#include "jackfield/fragmentation.h"
#include "jackfield/raw_frame.h"
#include "jackfield/result.h"
#include "jackfield/shared_bytes.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace jackfield {

/// Names a submitted command; its CommandFinished carries the same ticket.
using Ticket = std::uint64_t;

/// Who made a message that we sent, or `peer` for one that came in.
enum class Maker : std::uint8_t { peer, hand, echo, reverse, chat, behaviour, engine };
/// The enumerator's name ("hand"), stable across releases.
[[nodiscard]] JACKFIELD_API std::string_view name_of(Maker maker);

/// Whom a command concerns. Resolved when the command runs, by id or by rule, never by row.
struct Target {
    /// How the connections are named.
    enum class Kind : std::uint8_t { none, ids, all, all_but, endpoint };
    Kind kind = Kind::none;
    std::vector<ConnectionId> ids; ///< for ids and all_but
    std::string endpoint; ///< an endpoint's pattern

    /// This connection.
    static Target one(ConnectionId id) { return {Kind::ids, {id}, {}}; }
    /// These connections.
    static Target many(std::vector<ConnectionId> ids) { return {Kind::ids, std::move(ids), {}}; }
    /// Every connection.
    static Target all() { return {Kind::all, {}, {}}; }
    /// Every connection but these.
    static Target all_but(std::vector<ConnectionId> ids) { return {Kind::all_but, std::move(ids), {}}; }
    /// The connections of the endpoint with this pattern.
    static Target on_endpoint(std::string pattern) { return {Kind::endpoint, {}, std::move(pattern)}; }
    bool operator==(const Target&) const = default;
};

/// How a connection is ended, or troubled, by hand.
enum class KickStyle : std::uint8_t {
    close_frame, ///< the closing handshake (RFC 6455 section 7)
    fin, ///< the end of the stream without a Close frame, behind what is queued: the page sees 1006
    reset, ///< at once by a TCP reset: the page sees 1006
    silent, ///< it stays open, but nothing of it is read and nothing answered, as by a server that hangs
    never_answer_close, ///< it stays as it is, but its Close is not answered
    never_answer_ping, ///< it stays as it is, but its pings are not answered
};
/// The word of the command language ("fin", "rst" ...).
[[nodiscard]] JACKFIELD_API std::string_view name_of(KickStyle style);

/// Refuses who was kicked when they come again.
struct KickBlock {
    BlockKind kind = BlockKind::origin; ///< what of the connection is refused
    milliseconds lifetime{30'000}; ///< 0: until Jackfield closes
    bool operator==(const KickBlock&) const = default;
};

/// What an engine can be told to do, a struct a command; see `Command`.
namespace command {

/// Binds and listens. With an empty list: the listeners last asked for. All required ones or none.
/// Errors: address_in_use, permission_denied, address_not_available, system.
struct Listen {
    std::vector<ListenSpec> listeners;
    bool operator==(const Listen&) const = default;
};
/// Adds one listener to those that are open. Errors: as Listen.
struct AddListener {
    ListenSpec listener;
    bool operator==(const AddListener&) const = default;
};
/// Closes one open listener; its connections stay. Errors: not_found.
struct RemoveListener {
    SocketAddress address; ///< as bound
    bool operator==(const RemoveListener&) const = default;
};
/// Closes the listeners and every connection with 1001. What is queued for the connections goes out first, for as long as the closing
/// time-out lasts; `event::StopFinished` counts it.
struct StopListening {
    bool drop_queued = false; ///< what nobody has begun to write is dropped instead, control frames excepted
    bool operator==(const StopListening&) const = default;
};
/// Sends one message to each target, cut into frames as `fragments` says, with the control frames of `between` among them. Closed
/// ones are skipped and counted as gone, those with a full queue, and those whose protocol cannot carry it, as skipped. Where the
/// protocol knows no fragments the message goes in one frame. Errors: invalid_argument, as `check` says.
struct Send {
    Target target;
    MessageKind kind = MessageKind::text;
    SharedBytes payload; ///< text must be valid UTF-8
    Fragmentation fragments; ///< at most 65,536 frames, before compression
    std::vector<ControlBetween> between = {}; ///< at most 1,024; where compression leaves fewer frames, they stand before the last one
};
/// Sends bytes exactly as composed, in their order among the queued messages, whatever protocol the connection speaks, and marks it
/// with `flag_hand_made_bytes`. Nothing of what the engine knows of the connection changes: what the peer makes of them is its business.
/// They count against the outbound queue as one message. Errors: invalid_argument, as `check` says.
struct SendRaw {
    Target target;
    std::vector<RawPiece> pieces; ///< at most 16 MiB on the wire
    StreamCut cut = StreamCut::none;
};
/// Sends a ping; each pong that answers it raises an event::PongReceived. Payload at most 125 bytes. Errors: invalid_argument.
struct Ping {
    Target target;
    SharedBytes payload;
};
/// Sends a pong that no ping asked for (RFC 6455 section 5.5.3). Payload at most 125 bytes. Errors: invalid_argument.
struct Pong {
    Target target;
    SharedBytes payload;
};
/// Ends connections by hand, or troubles them as a broken server would, and may refuse them for a while. Counted as gone is what it came
/// too late for. Errors: invalid_argument for a code that cannot be sent, a long or invalid reason, or too many blocks.
struct Kick {
    Target target;
    CloseFrame close{1012, {}}; ///< of KickStyle::close_frame
    KickStyle style = KickStyle::close_frame;
    std::optional<KickBlock> block = {}; ///< refuses whoever is kicked; who has no origin is not blocked by it
};
/// Takes back what Kick changed without ending the connection: it is read and answered again, a Close that was kept waiting too.
struct Resume {
    Target target;
};
/// Refuses new requests of an address, an origin or a host; what is open stays open. An equal block gets the new lifetime.
/// Errors: malformed, invalid_argument: there are max_access_blocks of them.
struct Block {
    BlockKind kind = BlockKind::origin;
    std::string text; ///< as `parse_access_block` reads it
    milliseconds lifetime{0}; ///< 0: until Jackfield closes
    bool operator==(const Block&) const = default;
};
/// Takes a block away. Errors: malformed, not_found.
struct Unblock {
    BlockKind kind = BlockKind::origin;
    std::string text;
    bool operator==(const Unblock&) const = default;
};
/// Serves TLS with these credentials from the next client on, or no more. What is open stays open.
struct SetTls {
    std::shared_ptr<const TlsCredentials> credentials; ///< null: TLS is not enabled
    bool operator==(const SetTls&) const = default;
};
/// Adds an entry. A temporary one is never written to a file. Errors: malformed.
struct Allow {
    ListKind list = ListKind::origins;
    std::string entry;
    bool temporary = false;
    milliseconds lifetime{0}; ///< 0: no expiry; `null` needs one
    bool operator==(const Allow&) const = default;
};
/// Removes an entry. Errors: malformed, not_found.
struct Deny {
    ListKind list = ListKind::origins;
    std::string entry;
    bool operator==(const Deny&) const = default;
};
/// Replaces a whole list: an edit in the window, or a file that changed on disk.
struct ReplaceList {
    ListKind list = ListKind::origins;
    AccessList content;
    bool from_file = false; ///< temporary entries survive, and the list is not to be written back
};
/// Refuses, or takes again, clients without an Origin header.
struct RequireOrigin {
    bool required = false;
    bool operator==(const RequireOrigin&) const = default;
};
/// Serves the versions of the protocol before RFC 6455 (hybi-10, hybi-07, hybi-00, hixie-75), or answers them with 426. What is
/// open stays open.
struct SetOlderProtocols {
    bool enabled = true;
    bool operator==(const SetOlderProtocols&) const = default;
};
/// Closes with 1008 every connection that the present lists would refuse.
struct ReapplyAccess {
    bool operator==(const ReapplyAccess&) const = default;
};
/// Adds the endpoint or replaces the one with the same pattern; live connections without a subprotocol follow a changed behaviour at once.
/// SockJS values out of range are brought into it. Errors: invalid_argument for an unknown behaviour, or as `check` says.
struct SetEndpoint {
    EndpointConfig endpoint;
    bool operator==(const SetEndpoint&) const = default;
};
/// Removes an endpoint; its connections stay as they are. Errors: not_found.
struct RemoveEndpoint {
    std::string pattern;
    bool operator==(const RemoveEndpoint&) const = default;
};
/// Permits or forbids one SockJS transport of an endpoint and leaves the rest of it as it is; sessions that it carries stay.
/// Errors: not_found: no such endpoint, invalid_argument: it has no SockJS.
struct SetTransport {
    std::string pattern;
    SockJsTransport transport = SockJsTransport::websocket;
    bool permitted = true;
    bool operator==(const SetTransport&) const = default;
};
/// Replaces the limits; values out of range are brought into it. What is already open keeps what it has.
struct SetLimits {
    Limits limits;
    bool operator==(const SetLimits&) const = default;
};
/// Changes how compression is offered; values out of range are brought into it. What is already open keeps
/// what was agreed on.
struct SetCompression {
    Compression compression;
    bool operator==(const SetCompression&) const = default;
};
/// Closes everything (1001 to each client) and ends: `Engine::poll` reports `finished` once the last socket is closed or the
/// closing time-out has passed. What is queued goes out first, or is dropped, as with StopListening; `event::Finished` counts it.
struct Quit {
    bool drop_queued = false;
    bool operator==(const Quit&) const = default;
};

} // namespace command

/// What `Engine::submit` takes: one of the structs of jackfield::command.
using Command = std::variant<command::Listen, command::AddListener, command::RemoveListener, command::StopListening,
    command::Send, command::SendRaw, command::Ping, command::Pong, command::Kick, command::Resume, command::Block, command::Unblock, command::Allow, command::Deny, command::ReplaceList,
    command::RequireOrigin, command::SetOlderProtocols, command::ReapplyAccess, command::SetEndpoint, command::RemoveEndpoint, command::SetLimits,
    command::SetCompression, command::Quit, command::SetTls, command::SetTransport>;

/// What the engine would refuse it for, for telling it early. Targets are not looked at.
/// Errors: invalid_argument: text that is not UTF-8, too many frames, sizes beyond the payload's, a control frame of more than 125
/// bytes or in a place that is not between two frames.
[[nodiscard]] JACKFIELD_API Result<void> check(const command::Send& send);
/// Errors: invalid_argument: nothing to send, a frame that cannot be written, or more than 16 MiB.
[[nodiscard]] JACKFIELD_API Result<void> check(const command::SendRaw& raw);
/// Behaviours are not looked at. Errors: invalid_argument: a bad pattern or subprotocol, SockJS on a pattern that cannot have it, a
/// client's address that a page cannot hold.
[[nodiscard]] JACKFIELD_API Result<void> check(const EndpointConfig& endpoint);

} // namespace jackfield
