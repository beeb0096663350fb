#pragma once

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

/// A request for a WebSocket, as a behaviour sees it. Views live for the call.
struct RequestView {
    std::string_view target;
    std::string_view host;
    std::optional<std::string_view> origin;
    SocketAddress peer;
    std::span<const std::string_view> subprotocols; ///< as offered, in the client's order
    std::span<const HeaderView> headers;
    std::string_view selected_subprotocol; ///< what the endpoint's configuration chose; empty for none
};

/// What a behaviour says to a request. By default: take it, with the subprotocol that the configuration chose.
struct RequestAnswer {
    std::uint16_t refuse_with = 0; ///< an HTTP status of 400..599 refuses; 0 takes it
    std::string why; ///< for the person, when refused
    std::optional<std::string> subprotocol; ///< overrides the choice; must be among those offered, or empty for none
};

/// One connection, as a behaviour acts on it. Lives for the call only; keep the id.
class Peer {
public:
    virtual ~Peer() = default;
    [[nodiscard]] virtual ConnectionId id() const = 0;
    [[nodiscard]] virtual const ConnectionInfo& info() const = 0;
    /// Sends to this connection. Text is not checked again when it came from a peer.
    virtual SendOutcome send(MessageKind kind, std::span<const std::byte> payload) = 0;
    /// Sends to everyone on the same endpoint; encodes once. Slow peers are skipped, counted on their rows and reported.
    virtual void broadcast(MessageKind kind, std::span<const std::byte> payload, bool include_self) = 0;
    /// Starts the closing handshake.
    virtual void close(CloseFrame frame) = 0;
    /// Stops reading this peer until its outbound queue has halved. For answers that must not be dropped.
    virtual void pause_until_drained() = 0;
};

/// What an endpoint does with its connections. Called on the engine's thread only; must not block or throw. One instance
/// serves all the connections of one endpoint and name.
class Behaviour {
public:
    virtual ~Behaviour() = default;
    /// Who makes the messages this behaviour sends, for the badge beside them.
    [[nodiscard]] virtual Maker maker() const { return Maker::behaviour; }
    /// True when it wants messages as they come (`on_fragment`) and not whole (`on_message`).
    [[nodiscard]] virtual bool wants_fragments() const { return false; }
    virtual RequestAnswer on_request(const RequestView&) { return {}; }
    virtual void on_open(Peer&) { }
    /// A whole message. `payload` lives for the call.
    virtual void on_message(Peer&, MessageKind, std::span<const std::byte> payload) = 0;
    /// A part of a message as it came in one frame or less. `first` and `last` mark the message's ends.
    virtual void on_fragment(Peer&, MessageKind, std::span<const std::byte>, bool /*first*/, bool /*last*/) { }
    virtual void on_close(ConnectionId, const CloseInfo&) { }
};

using BehaviourFactory = std::function<std::unique_ptr<Behaviour>(const EndpointConfig&)>;

} // namespace jackfield
