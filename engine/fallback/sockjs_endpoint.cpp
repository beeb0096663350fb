#include "fallback/sockjs_endpoint.h"

#include "fallback/session_exchanges.h"
#include "fallback/sockjs_path.h"
#include "fallback/sockjs_responses.h"

#include <openssl/rand.h>

#include <string>
#include <utility>

namespace jackfield::fallback {

namespace {

/// Answers without a session.
class PlainAnswer final : public http::Exchange {
public:
    PlainAnswer(http::ResponseWriter& writer, std::uint16_t status, http::ResponseHeaders headers,
        std::string_view type, std::string body)
        : writer_(writer)
        , status_(status)
        , headers_(std::move(headers))
        , type_(type)
        , body_(std::move(body))
    { }
    void on_body(std::string_view) override { writer_.respond(status_, headers_, type_, body_); }

private:
    http::ResponseWriter& writer_;
    std::uint16_t status_;
    http::ResponseHeaders headers_;
    std::string_view type_; // a constant
    std::string body_;
};

/// The methods of an action, as an Allow field lists them.
std::string_view methods_of(SockJsAction action)
{
    switch (action) {
    case SockJsAction::info:
        return "OPTIONS, GET";
    case SockJsAction::xhr:
    case SockJsAction::xhr_streaming:
    case SockJsAction::xhr_send:
        return "OPTIONS, POST";
    case SockJsAction::jsonp_send:
        return "POST";
    default:
        return "GET";
    }
}

bool takes_method(SockJsAction action, std::string_view method)
{
    const std::string_view methods = methods_of(action);
    if (method == "OPTIONS")
        return methods.starts_with("OPTIONS");
    if (method == "HEAD" && (action == SockJsAction::greeting || action == SockJsAction::info || action == SockJsAction::iframe))
        return true;
    return methods.ends_with(method) && (method == "GET" || method == "POST");
}

std::optional<SockJsTransport> transport_of(SockJsAction action)
{
    switch (action) {
    case SockJsAction::raw_websocket:
    case SockJsAction::websocket:
        return SockJsTransport::websocket;
    case SockJsAction::xhr:
        return SockJsTransport::xhr_polling;
    case SockJsAction::xhr_streaming:
        return SockJsTransport::xhr_streaming;
    case SockJsAction::eventsource:
        return SockJsTransport::eventsource;
    case SockJsAction::htmlfile:
        return SockJsTransport::htmlfile;
    case SockJsAction::jsonp:
    case SockJsAction::jsonp_send:
        return SockJsTransport::jsonp;
    default:
        return std::nullopt;
    }
}

class SockJsEndpoint final : public http::HttpEndpoint {
public:
    explicit SockJsEndpoint(SessionTable& sessions)
        : sessions_(sessions)
    { }
    [[nodiscard]] bool serves(std::string_view path) const override
    {
        return sessions_.host().sockjs_at(path) != nullptr;
    }
    [[nodiscard]] bool is_listed() const override { return false; }
    [[nodiscard]] std::uint64_t max_body() const override { return sessions_.host().max_session_body(); }
    std::unique_ptr<http::Exchange> begin(const http::RequestHead& head, const http::EndpointContext& context,
        http::ResponseWriter& writer) override;

private:
    [[nodiscard]] std::unique_ptr<http::Exchange> preflight(
        const http::RequestHead& head, SockJsAction action, http::ResponseWriter& writer) const;
    [[nodiscard]] std::unique_ptr<http::Exchange> iframe(
        const http::RequestHead& head, const EndpointConfig& service, http::ResponseWriter& writer) const;
    [[nodiscard]] std::unique_ptr<http::Exchange> info(
        const http::RequestHead& head, const SockJs& config, http::ResponseWriter& writer) const;

    SessionTable& sessions_;
};

std::unique_ptr<http::Exchange> refused(http::ResponseWriter& writer, std::uint16_t status, std::string body,
    std::string why, const EndpointConfig& service)
{
    writer.complain({RefusalReason::sockjs_request, std::move(why), RefusalRemedy::none, service.pattern, std::nullopt});
    return std::make_unique<PlainAnswer>(writer, status, http::ResponseHeaders{}, type_text, std::move(body));
}

std::unique_ptr<http::Exchange> SockJsEndpoint::begin(
    const http::RequestHead& head, const http::EndpointContext& context, http::ResponseWriter& writer)
{
    const auto service = sessions_.host().sockjs_at(head.path);
    if (!service || !service->sockjs)
        return std::make_unique<PlainAnswer>(writer, 404, http::ResponseHeaders{}, type_text, "404 Not Found\n");
    const SockJs& config = *service->sockjs;
    const SockJsPath path = parse_sockjs_path(service->pattern, head.path);
    const SockJsAction action = path.action;
    if (action == SockJsAction::unknown)
        return refused(writer, 404, "404 Not Found\n", "SockJS has nothing at this path", *service);
    if (!takes_method(action, head.method)) {
        writer.complain({RefusalReason::method, "SockJS takes " + std::string(methods_of(action)) + " here",
            RefusalRemedy::none, service->pattern, std::nullopt});
        return std::make_unique<PlainAnswer>(writer, 405,
            http::ResponseHeaders{{"Allow", std::string(methods_of(action))}}, std::string_view{}, std::string{});
    }
    if (head.method == "OPTIONS")
        return preflight(head, action, writer);

    const auto transport = transport_of(action);
    const SessionRequest request{head, context.peer, context.local, context.tls,
        carried_by(action), path.server};
    if (transport && !config.transports.has(*transport)) {
        const std::string name(name_of(*transport));
        sessions_.host().on_transport_refused(request, service->pattern, *transport, "switched off here");
        writer.complain({RefusalReason::transport_off, name + " is switched off for " + service->pattern,
            RefusalRemedy::transport, service->pattern, transport});
        return std::make_unique<PlainAnswer>(
            writer, 404, http::ResponseHeaders{}, type_text, "404 This transport is switched off here\n");
    }
    switch (action) {
    case SockJsAction::greeting:
        return std::make_unique<PlainAnswer>(
            writer, 200, http::ResponseHeaders{}, type_text, "Welcome to SockJS!\n");
    case SockJsAction::iframe:
        return iframe(head, *service, writer);
    case SockJsAction::info:
        return info(head, config, writer);
    case SockJsAction::raw_websocket:
    case SockJsAction::websocket:
        return refused(writer, 400, "Can \"Upgrade\" only to \"WebSocket\".", "a plain HTTP request where SockJS has its WebSocket",
            *service);
    case SockJsAction::xhr_send:
    case SockJsAction::jsonp_send:
        return make_sending(sessions_, service, path, request, writer);
    default:
        return make_receiving(sessions_, service, path, request, writer);
    }
}

std::unique_ptr<http::Exchange> SockJsEndpoint::preflight(
    const http::RequestHead& head, SockJsAction action, http::ResponseWriter& writer) const
{
    http::ResponseHeaders headers;
    permit_reading(headers, head);
    permit_caching(headers, sessions_.host().session_wall_time());
    headers.emplace_back("Access-Control-Max-Age", "31536000");
    headers.emplace_back("Access-Control-Allow-Methods", std::string(methods_of(action)));
    return std::make_unique<PlainAnswer>(writer, 204, std::move(headers), std::string_view{}, std::string{});
}

std::unique_ptr<http::Exchange> SockJsEndpoint::iframe(
    const http::RequestHead& head, const EndpointConfig& service, http::ResponseWriter& writer) const
{
    std::string page = iframe_page(*service.sockjs);
    const std::string tag = entity_tag(page);
    http::ResponseHeaders headers;
    // What the frame asks for comes from this server's own origin, so that the lists could not judge the page around it: only pages
    // that may connect may have it, and as the lists change it is kept for asking again alone.
    std::string policy = iframe_policy(*service.sockjs);
    if (service.any_origin) {
        permit_caching(headers, sessions_.host().session_wall_time());
    } else {
        headers.emplace_back("Cache-Control", "no-cache");
        policy += "; frame-ancestors " + sessions_.host().session_ancestors();
    }
    if (!tag.empty())
        headers.emplace_back("ETag", tag);
    headers.emplace_back("Content-Security-Policy", std::move(policy));
    if (!tag.empty() && head.value("If-None-Match") == tag)
        return std::make_unique<PlainAnswer>(writer, 304, std::move(headers), std::string_view{}, std::string{});
    return std::make_unique<PlainAnswer>(writer, 200, std::move(headers), type_page, std::move(page));
}

std::unique_ptr<http::Exchange> SockJsEndpoint::info(
    const http::RequestHead& head, const SockJs& config, http::ResponseWriter& writer) const
{
    std::uint32_t entropy = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&entropy), sizeof entropy) != 1)
        return std::make_unique<PlainAnswer>(
            writer, 500, http::ResponseHeaders{}, type_text, "500 There are no random numbers\n");
    http::ResponseHeaders headers;
    permit_reading(headers, head);
    forbid_caching(headers);
    return std::make_unique<PlainAnswer>(writer, 200, std::move(headers), type_json, info_text(config, entropy));
}

} // namespace

std::unique_ptr<http::HttpEndpoint> make_sockjs_endpoint(SessionTable& sessions)
{
    return std::make_unique<SockJsEndpoint>(sessions);
}

} // namespace jackfield::fallback
