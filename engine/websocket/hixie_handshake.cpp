#include "websocket/hixie_handshake.h"

#include <algorithm>

namespace jackfield::websocket {

namespace {

/// The path and the query, whatever form the target has.
std::string resource_name(const http::RequestHead& head)
{
    if (head.target.starts_with('/'))
        return std::string(head.target);
    std::string name(head.path.empty() ? std::string_view("/") : head.path);
    if (!head.query.empty())
        name.append("?").append(head.query);
    return name;
}

bool is_visible_ascii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

} // namespace

std::optional<HandshakeRefusal> HixieHandshake::check(const http::RequestHead& head) const
{
    if (head.minor_version < 1) {
        return HandshakeRefusal{RefusalReason::http_version, 505, {},
            "the request speaks HTTP/1.0, and only HTTP/1.1 can become a WebSocket (a proxy in between may "
            "need to be told so)"};
    }
    if (!head.has_token("Connection", "upgrade")) {
        return HandshakeRefusal{RefusalReason::connection_header, 426, {{"Upgrade", "websocket"}},
            "the request asks for an upgrade, but its Connection field does not say \"Upgrade\" (a proxy in "
            "between may have removed it)"};
    }
    if (head.count("Origin") != 1) {
        return HandshakeRefusal{RefusalReason::origin_header, 400, {},
            "the request needs exactly one Origin, which this old version of the protocol repeats in its "
            "answer"};
    }
    const std::string name = field("WebSocket-Protocol");
    const auto protocol = head.value(name);
    if (head.count(name) > 1 || (protocol && (protocol->empty() || !is_visible_ascii(*protocol)))) {
        return HandshakeRefusal{RefusalReason::subprotocol_header, 400, {},
            name + " is not one name in visible ASCII characters"};
    }
    return std::nullopt;
}

std::vector<std::string_view> HixieHandshake::subprotocols(const http::RequestHead& head) const
{
    const auto protocol = head.value(field("WebSocket-Protocol"));
    return protocol ? std::vector{*protocol} : std::vector<std::string_view>{};
}

std::string HixieHandshake::answer(const http::RequestHead& head, std::string_view status_line,
    std::string_view subprotocol, bool secure) const
{
    std::string bytes(status_line);
    bytes.append("\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n");
    bytes.append(field("WebSocket-Origin: ")).append(head.value("Origin").value_or("")).append("\r\n");
    bytes.append(field("WebSocket-Location: ")).append(secure ? "wss://" : "ws://");
    bytes.append(head.value("Host").value_or("")).append(resource_name(head)).append("\r\n");
    if (!subprotocol.empty())
        bytes.append(field("WebSocket-Protocol: ")).append(subprotocol).append("\r\n");
    return bytes.append("\r\n");
}

} // namespace jackfield::websocket
