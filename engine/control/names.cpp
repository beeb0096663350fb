#include "jackfield/command.h"
#include "jackfield/connection.h"
#include "jackfield/event.h"

namespace jackfield {

std::string_view name_of(ConnectionState state)
{
    switch (state) {
    case ConnectionState::connecting:
        return "CONNECTING";
    case ConnectionState::open:
        return "OPEN";
    case ConnectionState::closing:
        return "CLOSING";
    case ConnectionState::closed:
        return "CLOSED";
    }
    return "UNKNOWN";
}

std::string_view name_of(ClosedBy by)
{
    switch (by) {
    case ClosedBy::peer:
        return "peer";
    case ClosedBy::person:
        return "person";
    case ClosedBy::engine:
        return "engine";
    case ClosedBy::behaviour:
        return "behaviour";
    case ClosedBy::shutdown:
        return "shutdown";
    }
    return "unknown";
}

std::string_view name_of(CloseCause cause)
{
    switch (cause) {
    case CloseCause::closing_handshake:
        return "closing_handshake";
    case CloseCause::peer_vanished:
        return "peer_vanished";
    case CloseCause::protocol_violation:
        return "protocol_violation";
    case CloseCause::message_too_big:
        return "message_too_big";
    case CloseCause::invalid_utf8:
        return "invalid_utf8";
    case CloseCause::invalid_deflate:
        return "invalid_deflate";
    case CloseCause::flood:
        return "flood";
    case CloseCause::slow_peer:
        return "slow_peer";
    case CloseCause::no_pong:
        return "no_pong";
    case CloseCause::closing_timeout:
        return "closing_timeout";
    case CloseCause::memory_pressure:
        return "memory_pressure";
    case CloseCause::tls_failure:
        return "tls_failure";
    case CloseCause::cut:
        return "cut";
    case CloseCause::internal_error:
        return "internal_error";
    }
    return "unknown";
}

std::string_view name_of(Transport transport)
{
    switch (transport) {
    case Transport::ws:
        return "ws";
    case Transport::wss:
        return "wss";
    case Transport::xhr_streaming:
        return "xhr-streaming";
    case Transport::xhr_polling:
        return "xhr-polling";
    case Transport::eventsource:
        return "eventsource";
    case Transport::htmlfile:
        return "htmlfile";
    case Transport::jsonp:
        return "jsonp";
    }
    return "unknown";
}

std::string_view name_of(SockJsTransport transport)
{
    switch (transport) {
    case SockJsTransport::websocket:
        return "websocket";
    case SockJsTransport::xhr_streaming:
        return "xhr-streaming";
    case SockJsTransport::xhr_polling:
        return "xhr-polling";
    case SockJsTransport::eventsource:
        return "eventsource";
    case SockJsTransport::htmlfile:
        return "htmlfile";
    case SockJsTransport::jsonp:
        return "jsonp";
    }
    return "unknown";
}

std::string_view name_of(ListenerKind kind)
{
    switch (kind) {
    case ListenerKind::automatic:
        return "auto";
    case ListenerKind::ws:
        return "ws";
    case ListenerKind::wss:
        return "wss";
    case ListenerKind::both:
        return "both";
    }
    return "unknown";
}

std::string_view name_of(Maker maker)
{
    switch (maker) {
    case Maker::peer:
        return "peer";
    case Maker::hand:
        return "hand";
    case Maker::echo:
        return "echo";
    case Maker::reverse:
        return "reverse";
    case Maker::chat:
        return "chat";
    case Maker::behaviour:
        return "behaviour";
    case Maker::engine:
        return "engine";
    }
    return "unknown";
}

std::string_view name_of(KickStyle style)
{
    switch (style) {
    case KickStyle::close_frame:
        return "close";
    case KickStyle::fin:
        return "fin";
    case KickStyle::reset:
        return "rst";
    case KickStyle::silent:
        return "silent";
    case KickStyle::never_answer_close:
        return "keep-close";
    case KickStyle::never_answer_ping:
        return "keep-pong";
    }
    return "unknown";
}

std::string_view name_of(BlockKind kind)
{
    switch (kind) {
    case BlockKind::address:
        return "address";
    case BlockKind::origin:
        return "origin";
    case BlockKind::host:
        return "host";
    }
    return "unknown";
}

std::string_view name_of(RefusalReason reason)
{
    switch (reason) {
    case RefusalReason::request_line:
        return "request_line";
    case RefusalReason::http_version:
        return "http_version";
    case RefusalReason::method:
        return "method";
    case RefusalReason::target_too_long:
        return "target_too_long";
    case RefusalReason::head_too_large:
        return "head_too_large";
    case RefusalReason::line_ending:
        return "line_ending";
    case RefusalReason::obs_fold:
        return "obs_fold";
    case RefusalReason::header_name:
        return "header_name";
    case RefusalReason::header_value:
        return "header_value";
    case RefusalReason::host_header:
        return "host_header";
    case RefusalReason::host_mismatch:
        return "host_mismatch";
    case RefusalReason::host_not_allowed:
        return "host_not_allowed";
    case RefusalReason::origin_header:
        return "origin_header";
    case RefusalReason::origin_not_allowed:
        return "origin_not_allowed";
    case RefusalReason::origin_missing:
        return "origin_missing";
    case RefusalReason::blocked:
        return "blocked";
    case RefusalReason::origin_null:
        return "origin_null";
    case RefusalReason::not_an_upgrade:
        return "not_an_upgrade";
    case RefusalReason::websocket_version:
        return "websocket_version";
    case RefusalReason::websocket_key:
        return "websocket_key";
    case RefusalReason::subprotocol_header:
        return "subprotocol_header";
    case RefusalReason::extension_header:
        return "extension_header";
    case RefusalReason::connection_header:
        return "connection_header";
    case RefusalReason::body_on_upgrade:
        return "body_on_upgrade";
    case RefusalReason::expectation:
        return "expectation";
    case RefusalReason::no_endpoint:
        return "no_endpoint";
    case RefusalReason::refused_by_behaviour:
        return "refused_by_behaviour";
    case RefusalReason::transport_off:
        return "transport_off";
    case RefusalReason::sockjs_request:
        return "sockjs_request";
    case RefusalReason::too_many_connections:
        return "too_many_connections";
    case RefusalReason::timeout:
        return "timeout";
    case RefusalReason::aborted:
        return "aborted";
    case RefusalReason::speculative:
        return "speculative";
    case RefusalReason::evicted:
        return "evicted";
    case RefusalReason::tls_on_plain:
        return "tls_on_plain";
    case RefusalReason::plain_on_tls:
        return "plain_on_tls";
    case RefusalReason::tls_failed:
        return "tls_failed";
    case RefusalReason::plain_http:
        return "plain_http";
    case RefusalReason::internal_error:
        return "internal_error";
    case RefusalReason::stopping:
        return "stopping";
    }
    return "unknown";
}

namespace {

std::string_view name_of_refusal(RefusalReason reason)
{
    switch (reason) {
    case RefusalReason::timeout:
        return "HS_TIMEOUT";
    case RefusalReason::aborted:
    case RefusalReason::speculative:
        return "HS_ABORT";
    case RefusalReason::evicted:
        return "HS_EVICTED";
    case RefusalReason::tls_on_plain:
        return "TLS_ON_PLAIN";
    case RefusalReason::plain_on_tls:
        return "PLAIN_ON_TLS";
    case RefusalReason::tls_failed:
        return "TLS_FAIL";
    case RefusalReason::plain_http:
        return "HTTP_REQUEST";
    default:
        return "HS_REFUSED";
    }
}

struct EventName {
    std::string_view operator()(const event::Listening&) const { return "LISTENING"; }
    std::string_view operator()(const event::Stopped&) const { return "STOPPED"; }
    std::string_view operator()(const event::ListenFailed& e) const
    {
        return e.error.code == ErrorCode::address_in_use ? "PORT_IN_USE" : "LISTEN_FAILED";
    }
    std::string_view operator()(const event::Opened&) const { return "CONN_OPEN"; }
    std::string_view operator()(const event::Closed&) const { return "CONN_CLOSE"; }
    std::string_view operator()(const event::Refused& e) const { return name_of_refusal(e.reason); }
    std::string_view operator()(const event::ListChanged&) const { return "LIST_CHANGED"; }
    std::string_view operator()(const event::ListProblem&) const { return "LIST_ERROR"; }
    std::string_view operator()(const event::WideOpen&) const { return "LIST_WIDE_OPEN"; }
    std::string_view operator()(const event::SlowPeer&) const { return "SLOW_PEER"; }
    std::string_view operator()(const event::MessagesSkipped&) const { return "MESSAGES_SKIPPED"; }
    std::string_view operator()(const event::PongReceived&) const { return "PONG"; }
    std::string_view operator()(const event::Flood&) const { return "FLOOD"; }
    std::string_view operator()(const event::LimitReached& e) const
    {
        return e.kind == event::LimitKind::partial_messages ? "MEM_PRESSURE" : "LIMIT";
    }
    std::string_view operator()(const event::DescriptorsExhausted&) const { return "FD_EXHAUSTED"; }
    std::string_view operator()(const event::DescriptorsRecovered&) const { return "FD_RECOVERED"; }
    std::string_view operator()(const event::ClockJump&) const { return "CLOCK_JUMP"; }
    std::string_view operator()(const event::EngineStalled&) const { return "ENGINE_STALL"; }
    std::string_view operator()(const event::ConnectionFault&) const { return "CONN_FAULT"; }
    std::string_view operator()(const event::Notice&) const { return "NOTICE"; }
    std::string_view operator()(const event::CommandFinished&) const { return "COMMAND_FINISHED"; }
    std::string_view operator()(const event::StopFinished&) const { return "STOP_FINISHED"; }
    std::string_view operator()(const event::Finished&) const { return "FINISHED"; }
};

} // namespace

std::string_view name_of(const Event& event)
{
    return std::visit(EventName{}, event.what);
}

} // namespace jackfield
