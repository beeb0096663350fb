#pragma once

#include "http/endpoint.h"
#include "http/request_head.h"
#include "server/endpoint_table.h"
#include "websocket/handshake_rule.h"

#include "jackfield/access_rules.h"
#include "jackfield/event.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace jackfield::server {

/// A request that is turned away.
struct Refusal {
    RefusalReason reason = RefusalReason::aborted;
    std::uint16_t status = 0; ///< 0: nothing is answered
    http::ResponseHeaders headers;
    std::string why; ///< ours; empty: the reason's own sentence
    std::optional<AccessDecision> access;
    RefusalRemedy remedy = RefusalRemedy::none;
    bool is_bare = false; ///< the answer has no body and no type
    std::string_view words{}; ///< what the client is told; a constant; empty: what the status means
    std::string endpoint{}; ///< event::Refused::endpoint
    std::optional<SockJsTransport> wanted_transport{};
    std::optional<std::string> tried_server{}; ///< of a page that tries SockJS's WebSocket: its number for the server
};

/// A request that becomes a WebSocket.
struct Acceptance {
    const websocket::HandshakeRule* rule = nullptr;
    std::shared_ptr<Endpoint> endpoint;
    std::string subprotocol; ///< agreed; empty for none
    std::vector<std::string_view> offered; ///< views into the head
    /// It carries a SockJS session with its framing: the page's number for the server. nullopt: plain messages.
    std::optional<std::string> sockjs{};
};

/// A plain HTTP request that an endpoint answers.
struct PlainRequest {
    http::HttpEndpoint* endpoint = nullptr;
    bool origin_allowed = false;
};

using Admission = std::variant<Refusal, Acceptance, PlainRequest>;

/// All that decides about a request, as it stands at this moment.
struct AdmissionContext {
    const AccessRules& access;
    const EndpointTable& endpoints;
    std::span<const std::shared_ptr<const websocket::HandshakeRule>> rules;
    std::span<const std::unique_ptr<http::HttpEndpoint>> http_endpoints;
    SocketAddress peer;
    TimePoint now;
    bool has_room = true; ///< below the connection limit, for this address
    bool stopping = false;
    bool older_protocols = true; ///< false: no rule of an older protocol answers
};

/// Whether `decision` lets a page come to an endpoint, which may be open to every origin.
[[nodiscard]] bool lets_in(const AccessDecision& decision, const EndpointConfig& endpoint);

/// What the endpoint's behaviour says to a request that everything else lets in.
[[nodiscard]] RequestAnswer ask_behaviour(Endpoint& endpoint, const http::RequestHead& head,
    std::string_view origin_field, const SocketAddress& peer, std::span<const std::string_view> offered,
    std::string_view subprotocol);

/// The one decision about a complete request head. Access comes first (Host list, then Origin list), then the
/// handshake, the path and the limit. Pure but for the behaviour's own `on_request`.
[[nodiscard]] Admission admit(const http::RequestHead& head, const AdmissionContext& context);

/// The field that says where `head` comes from: that of the version which it speaks, spoken here or not.
[[nodiscard]] std::string_view origin_field_of(const http::RequestHead& head,
    std::span<const std::shared_ptr<const websocket::HandshakeRule>> rules);

/// One sentence for a person about `reason`.
[[nodiscard]] std::string_view explain(RefusalReason reason);
/// What the console of the page shows for an answer of `status` (0: the connection just ended).
[[nodiscard]] std::string browser_message(const event::Refused& refused);

} // namespace jackfield::server
