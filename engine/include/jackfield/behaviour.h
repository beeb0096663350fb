#pragma once

#include "jackfield/api.h"
#include "jackfield/command.h"
#include "jackfield/config.h"
#include "jackfield/connection.h"
#include "jackfield/shared_bytes.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield {

/// What became of a message that was to be sent.
enum class SendOutcome : std::uint8_t {
    queued,
    queue_full, ///< over `Limits::max_queue`; nothing was queued
    gone, ///< no such connection, or it is closing
    invalid, ///< text that is not UTF-8, or a message that the connection's protocol cannot carry (binary before hybi-07)
};

/// One header field of a request, borrowed.
struct HeaderView {
    std::string_view name, value;
};

/// A request for a WebSocket (RFC 6455 section 4.1) that the access lists have let in, as a behaviour sees it. Views live for the call;
/// every text is the client's and hostile.
struct RequestView {
    std::string_view target; ///< as sent, query included, never decoded
    std::string_view host; ///< the Host header
    std::optional<std::string_view> origin; ///< the Origin header; nullopt: it has none, so it is no browser's
    SocketAddress peer;
    std::span<const std::string_view> subprotocols; ///< as offered, in the client's order
    std::span<const HeaderView> headers; ///< all of them, in their order
    std::string_view selected_subprotocol; ///< what the endpoint's configuration chose; empty for none
    std::string_view path; ///< the target without its query, never decoded

    /// The value of the first header field of that name, whatever its case; nullopt when there is none.
    [[nodiscard]] JACKFIELD_API std::optional<std::string_view> header(std::string_view name) const;
    /// Whether the client offers this subprotocol. Case counts (RFC 6455 section 11.3.4).
    [[nodiscard]] JACKFIELD_API bool offers(std::string_view subprotocol) const;
};

/// What a behaviour says to a request. By default: take it, with the subprotocol that the configuration chose.
struct RequestAnswer {
    std::uint16_t refuse_with = 0; ///< an HTTP status of 400..599 refuses, others are brought into that range; 0 takes it
    std::string why; ///< for the event and the log, when refused (event::Refused::why); the client is not told
    /// Overrides the choice. Must be among those offered, or empty for none; another one refuses the request with 500.
    std::optional<std::string> subprotocol;
};

/// One connection, as a behaviour acts on it. Lives for the call only; keep the id, and send later with `Engine::send`. Only for the
/// engine's thread.
class JACKFIELD_API Peer {
public:
    virtual ~Peer() = default;
    /// Names it for as long as the program runs; never used again.
    [[nodiscard]] virtual ConnectionId id() const = 0;
    /// What was agreed upon when it opened: path, origin, subprotocol, addresses.
    [[nodiscard]] virtual const ConnectionInfo& info() const = 0;
    /// Sends one message to this connection; the bytes are copied. Text must be UTF-8, which is not checked here: what came as
    /// text from a peer is.
    virtual SendOutcome send(MessageKind kind, std::span<const std::byte> payload) = 0;
    /// Sends to everyone on the same endpoint; encodes once. Slow peers are skipped, counted on their rows and reported.
    virtual void broadcast(MessageKind kind, std::span<const std::byte> payload, bool include_self) = 0;
    /// Starts the closing handshake (RFC 6455 section 7.1.2) behind what is queued. `may_be_sent` says which codes a frame can carry;
    /// the reason is UTF-8 of at most 123 bytes. Nothing when it is closing already.
    virtual void close(CloseFrame frame) = 0;
    /// Stops reading this peer until its outbound queue has halved. For answers that must not be dropped.
    virtual void pause_until_drained() = 0;
};

/// What an endpoint does with its connections. Derive from it, and give it a name with `Stack::with_behaviour`. Called on the engine's
/// thread only, which is the one that calls `Engine::poll`; must not block, and must not call `poll`. What it throws ends the connection it was called
/// for with 1011, a request with 503. One instance serves all the connections of one endpoint and name; it is destroyed with its engine, or
/// when the endpoint is gone and its last connection too.
///
/// With several `EngineConfig::threads` there is one instance a thread, and each serves the connections of its own: what they share they must
/// guard themselves. `on_request` is then called on the instance of the first.
class JACKFIELD_API Behaviour {
public:
    virtual ~Behaviour() = default;
    /// Who makes the messages this behaviour sends, for the badge beside them.
    [[nodiscard]] virtual Maker maker() const { return Maker::behaviour; }
    /// True when it wants messages as they come (`on_fragment`) and not whole (`on_message`). Asked again for each message.
    [[nodiscard]] virtual bool wants_fragments() const { return false; }
    /// A client asks for a connection; the access lists, the path and the limits have let it pass. Refuses it, or takes it and may
    /// choose the subprotocol.
    virtual RequestAnswer on_request(const RequestView& /*request*/) { return {}; }
    /// The opening handshake is complete. What is sent here is the first that the client gets.
    virtual void on_open(Peer& /*peer*/) { }
    /// A whole message, its fragments joined, inflated if it was compressed; text is valid UTF-8. `payload` lives for the call.
    virtual void on_message(Peer& peer, MessageKind kind, std::span<const std::byte> payload) = 0;
    /// A part of a message as it comes: the payload of one frame (RFC 6455 section 5.4) or a piece of it, unmasked and inflated.
    /// `first`: the message begins; without it what came is Continuation, and `kind` is still that of the message. `last`: the message
    /// ends (the last piece of the frame with FIN). Only the last part may be empty: an empty frame before it is left out. The parts of text
    /// joined are valid UTF-8, a single one may end within a character. `part` lives for the call.
    virtual void on_fragment(
        Peer& /*peer*/, MessageKind /*kind*/, std::span<const std::byte> /*part*/, bool /*first*/, bool /*last*/)
    { }
    /// The connection has ended; every `on_open` is followed by one, also when the engine is destroyed. Nothing can be sent to it any more.
    virtual void on_close(ConnectionId /*id*/, const CloseInfo& /*close*/) { }
};

/// Makes a behaviour for an endpoint that names it. Called when the engine is made (by the thread that does) or the endpoint is set (by the one
/// that polls; of several threads by each, one at a time). Where it throws or makes nothing, there is no such engine or endpoint: ErrorCode::callback_failed.
using BehaviourFactory = std::function<std::unique_ptr<Behaviour>(const EndpointConfig&)>;

} // namespace jackfield
