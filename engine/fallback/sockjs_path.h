#pragma once

#include <cstdint>
#include <string_view>

namespace jackfield::fallback {

/// What a path below a SockJS base asks for (SockJS 0.3.3).
enum class SockJsAction : std::uint8_t {
    greeting,
    iframe,
    info,
    raw_websocket, ///< `/websocket`: WebSocket without SockJS's own framing
    websocket,
    xhr,
    xhr_streaming,
    xhr_send,
    eventsource,
    htmlfile,
    jsonp,
    jsonp_send,
    unknown ///< to be answered 404
};

/// `session` and `server` are views of the path, and empty for what belongs to no session.
struct SockJsPath {
    SockJsAction action = SockJsAction::unknown;
    std::string_view session;
    std::string_view server; ///< for load balancers; says nothing about the session
};

/// True for what stands below `base` ("/echo/info", "/echo/"), not for `base` itself.
[[nodiscard]] bool is_below(std::string_view base, std::string_view path);

/// Reads `path`, a request's path as it came, without its query and never decoded. Server and session are one
/// segment each, of 1 to 128 bytes, without a dot or an encoded one and without an encoded slash, so that no
/// reader on the way can take them for something else.
[[nodiscard]] SockJsPath parse_sockjs_path(std::string_view base, std::string_view path);

} // namespace jackfield::fallback
