#include "server/admission.h"

#include "base/text.h"
#include "fallback/sockjs_path.h"

#include <algorithm>

namespace jackfield::server {

namespace {

Refusal refuse(
    RefusalReason reason, std::uint16_t status, http::ResponseHeaders headers = {}, std::string why = {})
{
    Refusal refusal;
    refusal.reason = reason;
    refusal.status = status;
    refusal.headers = std::move(headers);
    refusal.why = std::move(why);
    return refusal;
}

Refusal with_remedy(Refusal refusal, RefusalRemedy remedy)
{
    refusal.remedy = remedy;
    return refusal;
}

bool is_on(const websocket::HandshakeRule& rule, const AdmissionContext& context)
{
    return context.older_protocols || !rule.is_legacy();
}

/// The rule that claims the request, be it on or off; null when none does.
const websocket::HandshakeRule* rule_for(const http::RequestHead& head,
    std::span<const std::shared_ptr<const websocket::HandshakeRule>> rules)
{
    if (!head.asks_for_websocket())
        return nullptr;
    const auto rule
        = std::ranges::find_if(rules, [&](const auto& candidate) { return candidate->claims(head); });
    return rule == rules.end() ? nullptr : rule->get();
}

std::string known_versions(const AdmissionContext& context)
{
    std::string versions;
    for (const auto& rule : context.rules) {
        const auto number = rule->version_number();
        if (number && is_on(*rule, context))
            versions += (versions.empty() ? "" : ", ") + std::to_string(*number);
    }
    return versions;
}

RefusalReason access_reason(const AccessDecision& decision)
{
    if (decision.block)
        return RefusalReason::blocked;
    if (decision.host != HostVerdict::allowed)
        return RefusalReason::host_not_allowed;
    switch (decision.origin) {
    case OriginVerdict::missing_refused:
        return RefusalReason::origin_missing;
    case OriginVerdict::null_refused:
        return RefusalReason::origin_null;
    default:
        return RefusalReason::origin_not_allowed;
    }
}

/// `endpoint` is where the request wants to go; null: nowhere that has a say.
std::optional<Refusal> check_access(const http::RequestHead& head, std::string_view origin_field,
    const AdmissionContext& context, const Endpoint* endpoint, AccessDecision& decision)
{
    if (head.count(origin_field) > 1)
        return refuse(RefusalReason::origin_header, 400);
    decision = decide(context.access, head.value("Host"), head.value(origin_field), context.now, &context.peer);
    if (decision.allowed())
        return std::nullopt;
    if (endpoint && lets_in(decision, endpoint->config())) {
        decision.origin = head.find(origin_field) ? OriginVerdict::allowed : decision.origin;
        return std::nullopt;
    }
    Refusal refusal = with_remedy(refuse(access_reason(decision), 403), RefusalRemedy::access);
    refusal.access = decision;
    return refusal;
}

Admission admit_plain(const http::RequestHead& head, const AdmissionContext& context)
{
    const std::shared_ptr<Endpoint> sockjs = context.endpoints.find_sockjs(head.path);
    AccessDecision decision;
    auto refusal = check_access(head, "Origin", context, sockjs.get(), decision);
    // Only what opens a connection can be asked to bring an Origin: a browser opens the test page without one.
    const bool is_of_a_session
        = sockjs && !fallback::parse_sockjs_path(sockjs->config().pattern, head.path).session.empty();
    const bool lacks_an_origin = !decision.block && decision.host == HostVerdict::allowed
        && decision.origin == OriginVerdict::missing_refused;
    if (refusal && (is_of_a_session || !lacks_an_origin))
        return *refusal;
    if (head.find("Expect"))
        return refuse(RefusalReason::expectation, 417);
    if (!head.find("Sec-WebSocket-Key")) {
        for (const auto& endpoint : context.http_endpoints) {
            if (endpoint->serves(head.path))
                return PlainRequest{endpoint.get(), decision.origin == OriginVerdict::allowed};
        }
    }
    return refuse(RefusalReason::not_an_upgrade, 426, {{"Upgrade", "websocket"}});
}

std::optional<std::string> choose_subprotocol(
    const Endpoint& endpoint, const std::vector<std::string_view>& offered)
{
    for (const auto& name : offered) {
        if (endpoint.speaks(name))
            return std::string(name);
    }
    return std::nullopt;
}

/// Where a request for a WebSocket goes: to the endpoint of its path, or to the WebSocket of a SockJS base.
struct Destination {
    std::shared_ptr<Endpoint> endpoint;
    std::optional<fallback::SockJsPath> sockjs;

    [[nodiscard]] bool is_switched_off() const
    {
        return sockjs && !endpoint->config().sockjs->transports.has(SockJsTransport::websocket);
    }
    /// What the page's next attempt may tell of this one.
    [[nodiscard]] Refusal note(Refusal refusal) const
    {
        if (sockjs) {
            refusal.endpoint = endpoint->config().pattern;
            refusal.tried_server = std::string(sockjs->server);
        }
        return refusal;
    }
};

Destination destination_of(std::string_view path, const EndpointTable& endpoints)
{
    if (auto endpoint = endpoints.find_sockjs(path)) {
        const auto parsed = fallback::parse_sockjs_path(endpoint->config().pattern, path);
        if (parsed.action == fallback::SockJsAction::websocket
            || parsed.action == fallback::SockJsAction::raw_websocket)
            return {std::move(endpoint), parsed};
    }
    return {endpoints.find(path), std::nullopt};
}

} // namespace

Admission admit(const http::RequestHead& head, const AdmissionContext& context)
{
    if (context.stopping)
        return refuse(RefusalReason::stopping, 503, {{"Retry-After", "5"}});
    if (!head.asks_for_websocket())
        return admit_plain(head, context);
    if (head.method != "GET") {
        Refusal refusal = refuse(RefusalReason::method, 405, {{"Allow", "GET"}});
        refusal.is_bare = destination_of(head.path, context.endpoints).sockjs.has_value();
        return refusal;
    }
    if (head.announces_body())
        return refuse(RefusalReason::body_on_upgrade, 400);
    if (head.find("Expect"))
        return refuse(RefusalReason::expectation, 417);

    const websocket::HandshakeRule* const rule = rule_for(head, context.rules);
    const std::string_view origin_field = origin_field_of(head, context.rules);
    const Destination destination = destination_of(head.path, context.endpoints);
    AccessDecision decision;
    if (auto refusal = check_access(head, origin_field, context, destination.endpoint.get(), decision))
        return destination.note(std::move(*refusal));
    if (destination.is_switched_off()) {
        Refusal refusal = refuse(RefusalReason::transport_off, 404, {},
            "websocket is switched off for " + destination.endpoint->config().pattern);
        refusal.wanted_transport = SockJsTransport::websocket;
        return destination.note(with_remedy(std::move(refusal), RefusalRemedy::transport));
    }
    if (destination.sockjs && !head.has_token("Connection", "upgrade")) {
        Refusal refusal = refuse(RefusalReason::connection_header, 400);
        refusal.words = "\"Connection\" must be \"Upgrade\"."; // SockJS's own words
        return destination.note(std::move(refusal));
    }
    if (head.count("Sec-WebSocket-Version") > 1)
        return refuse(RefusalReason::websocket_version, 400, {}, "two Sec-WebSocket-Version fields");
    if (!rule || !is_on(*rule, context)) {
        return destination.note(with_remedy(refuse(RefusalReason::websocket_version, 426,
                               {{"Sec-WebSocket-Version", known_versions(context)}, {"Upgrade", "websocket"}},
                               rule ? "it speaks " + std::string(rule->protocol_version())
                                       + ", and the older protocols are switched off"
                                    : std::string()),
            rule ? RefusalRemedy::older_protocols : RefusalRemedy::none));
    }
    if (auto refusal = rule->check(head)) {
        return destination.note(
            refuse(refusal->reason, refusal->status, std::move(refusal->headers), std::move(refusal->why)));
    }

    Acceptance acceptance;
    acceptance.rule = rule;
    acceptance.endpoint = destination.endpoint;
    if (!acceptance.endpoint)
        return with_remedy(refuse(RefusalReason::no_endpoint, 404), RefusalRemedy::endpoint);
    if (destination.sockjs && destination.sockjs->action == fallback::SockJsAction::websocket)
        acceptance.sockjs = std::string(destination.sockjs->server);
    acceptance.offered = acceptance.rule->subprotocols(head);
    acceptance.subprotocol
        = choose_subprotocol(*acceptance.endpoint, acceptance.offered).value_or(std::string{});
    if (!context.has_room)
        return destination.note(refuse(RefusalReason::too_many_connections, 503, {{"Retry-After", "5"}}));

    RequestAnswer answer = ask_behaviour(*acceptance.endpoint, head, origin_field, context.peer,
        acceptance.offered, acceptance.subprotocol);
    if (answer.refuse_with != 0) {
        const auto status = std::clamp<std::uint16_t>(answer.refuse_with, 400, 599);
        return destination.note(refuse(RefusalReason::refused_by_behaviour, status, {}, std::move(answer.why)));
    }
    if (answer.subprotocol) {
        const bool was_offered = answer.subprotocol->empty()
            || std::ranges::find(acceptance.offered, *answer.subprotocol) != acceptance.offered.end();
        if (!was_offered)
            return refuse(RefusalReason::internal_error, 500, {},
                "the endpoint chose a subprotocol that the page did not offer");
        acceptance.subprotocol = std::move(*answer.subprotocol);
    }
    return acceptance;
}

bool lets_in(const AccessDecision& decision, const EndpointConfig& endpoint)
{
    return decision.allowed() || (endpoint.any_origin && !decision.block && decision.host == HostVerdict::allowed);
}

RequestAnswer ask_behaviour(Endpoint& endpoint, const http::RequestHead& head, std::string_view origin_field,
    const SocketAddress& peer, std::span<const std::string_view> offered, std::string_view subprotocol)
{
    std::vector<HeaderView> headers;
    headers.reserve(head.headers.size());
    for (const auto& field : head.headers)
        headers.push_back({field.name, field.value});
    const RequestView view{head.target, head.value("Host").value_or(""), head.value(origin_field), peer, offered,
        headers, subprotocol, head.path};
    return endpoint.behaviour_for(subprotocol).on_request(view);
}

std::string_view origin_field_of(const http::RequestHead& head,
    std::span<const std::shared_ptr<const websocket::HandshakeRule>> rules)
{
    const websocket::HandshakeRule* const rule = rule_for(head, rules);
    return rule ? websocket::origin_field_of(*rule, head) : std::string_view("Origin");
}

std::string_view explain(RefusalReason reason)
{
    switch (reason) {
    case RefusalReason::request_line:
        return "the first line is not a request line of HTTP/1.1";
    case RefusalReason::http_version:
        return "this server speaks HTTP/1.1 only";
    case RefusalReason::method:
        return "a WebSocket is opened with GET";
    case RefusalReason::target_too_long:
        return "the address is longer than the limit allows";
    case RefusalReason::head_too_large:
        return "the request has more or longer header fields than the limits allow";
    case RefusalReason::line_ending:
        return "a line of the request does not end in CR LF";
    case RefusalReason::obs_fold:
        return "a header field is folded over two lines, which HTTP no longer allows";
    case RefusalReason::header_name:
        return "a header field has no valid name";
    case RefusalReason::header_value:
        return "a header field holds a control character";
    case RefusalReason::host_header:
        return "the request needs exactly one valid Host";
    case RefusalReason::host_mismatch:
        return "the address asked for and the Host field name different servers";
    case RefusalReason::host_not_allowed:
        return "it asked for a host that is not on the list (DNS rebinding?)";
    case RefusalReason::origin_header:
        return "the request has more than one Origin";
    case RefusalReason::origin_not_allowed:
        return "its origin is not on the list";
    case RefusalReason::origin_missing:
        return "it has no Origin, and clients without one are refused at present";
    case RefusalReason::origin_null:
        return "a page opened from disk or a sandboxed frame has no origin, and any web site can pose as one";
    case RefusalReason::blocked:
        return "somebody blocked it for now";
    case RefusalReason::not_an_upgrade:
        return "a plain HTTP request where only a WebSocket is served";
    case RefusalReason::websocket_version:
        return "it speaks a WebSocket version that is not on offer";
    case RefusalReason::websocket_key:
        return "the Sec-WebSocket-Key is not one field of 16 bytes in base64";
    case RefusalReason::subprotocol_header:
        return "the Sec-WebSocket-Protocol field is not a list of names";
    case RefusalReason::extension_header:
        return "the Sec-WebSocket-Extensions field is not a list of extensions";
    case RefusalReason::connection_header:
        return "the Connection field lacks \"Upgrade\"; a proxy between may have removed it";
    case RefusalReason::body_on_upgrade:
        return "a request for a WebSocket has no body";
    case RefusalReason::expectation:
        return "the Expect field is not served";
    case RefusalReason::no_endpoint:
        return "no endpoint takes this path";
    case RefusalReason::refused_by_behaviour:
        return "the endpoint refused it";
    case RefusalReason::transport_off:
        return "this way to carry a session is switched off for the endpoint";
    case RefusalReason::sockjs_request:
        return "a SockJS request that could not be served";
    case RefusalReason::too_many_connections:
        return "the connection limit is reached";
    case RefusalReason::timeout:
        return "the request did not arrive in time";
    case RefusalReason::aborted:
        return "the client left before it was answered";
    case RefusalReason::speculative:
        return "the client left without asking for anything, as browsers' spare connections do";
    case RefusalReason::evicted:
        return "too many clients were waiting for their handshake; the oldest was dropped";
    case RefusalReason::tls_on_plain:
        return "the client used wss:// (or https://) on a ws:// port";
    case RefusalReason::plain_on_tls:
        return "the client used ws:// (or http://) on a port that speaks TLS alone";
    case RefusalReason::tls_failed:
        return "the TLS handshake failed";
    case RefusalReason::plain_http:
        return "a web page was asked for and served";
    case RefusalReason::internal_error:
        return "the server could not serve it";
    case RefusalReason::stopping:
        return "the server is being stopped";
    }
    return "";
}

namespace {

// Chromium's name for why it gave up a TLS connection.
std::string_view network_error(TlsFailure failure)
{
    switch (failure) {
    case TlsFailure::unknown_authority:
        return "net::ERR_CERT_AUTHORITY_INVALID";
    case TlsFailure::wrong_name:
        return "net::ERR_CERT_COMMON_NAME_INVALID";
    case TlsFailure::certificate_expired:
        return "net::ERR_CERT_DATE_INVALID";
    case TlsFailure::certificate_refused:
        return "net::ERR_CERT_INVALID";
    case TlsFailure::no_common_version:
    case TlsFailure::no_common_cipher:
        return "net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH";
    default:
        return "net::ERR_SSL_PROTOCOL_ERROR";
    }
}

} // namespace

std::string browser_message(const event::Refused& refused)
{
    const RefusalReason reason = refused.reason;
    const std::uint16_t status = refused.status;
    const bool was_upgrade = refused.was_upgrade;
    if (reason == RefusalReason::plain_http || reason == RefusalReason::speculative)
        return {};
    if (reason == RefusalReason::tls_on_plain || reason == RefusalReason::tls_failed)
        return "WebSocket connection to 'wss://...' failed: Error in connection establishment: "
            + std::string(network_error(refused.tls ? refused.tls->failure : TlsFailure::none))
            + (reason == RefusalReason::tls_failed ? " (CloseEvent.code 1006; Firefox says 1015)" : " (CloseEvent.code 1006)");
    if (!was_upgrade)
        return status == 0 ? std::string("the connection was closed without an answer")
                           : "HTTP status " + std::to_string(status);
    if (status == 0)
        return "WebSocket connection failed: Connection closed before receiving a handshake response "
               "(CloseEvent.code "
               "1006)";
    return "WebSocket connection failed: Error during WebSocket handshake: Unexpected response code: "
        + std::to_string(status) + " (CloseEvent.code 1006; the page itself is not told why)";
}

} // namespace jackfield::server
