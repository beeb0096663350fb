#include "websocket/rfc6455_rule.h"

#include "base/digest.h"
#include "base/text.h"
#include "websocket/deflate_negotiation.h"
#include "websocket/extension_offers.h"
#include "websocket/message_deflate.h"
#include "websocket/rfc6455_codec.h"

#include <algorithm>
#include <unordered_set>

namespace jackfield::websocket {

namespace {

constexpr std::size_t nonce_bytes = 16;

/// The subprotocols of all fields; nullopt when an element is empty, no token, or there twice.
std::optional<std::vector<std::string_view>> parse_subprotocols(const http::RequestHead& head)
{
    std::vector<std::string_view> names;
    std::unordered_set<std::string_view> seen;
    for (const http::HeaderField& field : head.headers) {
        if (!equal_ignoring_case(field.name, "Sec-WebSocket-Protocol"))
            continue;
        std::string_view rest = field.value;
        for (bool has_more = true; has_more;) {
            const std::size_t comma = rest.find(',');
            has_more = comma != std::string_view::npos;
            const std::string_view name = trim_blanks(rest.substr(0, comma));
            rest.remove_prefix(has_more ? comma + 1 : rest.size());
            if (!is_token(name) || !seen.insert(name).second)
                return std::nullopt;
            names.push_back(name);
        }
    }
    return names;
}

bool is_nonce(std::string_view key)
{
    const auto bytes = decode_base64(key);
    return bytes && bytes->size() == nonce_bytes;
}

} // namespace

std::optional<std::string> accept_for_key(std::string_view key)
{
    const auto digest = sha1(std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    return digest ? std::optional(encode_base64(*digest)) : std::nullopt;
}

std::string switching_protocols(std::string_view accept, std::string_view subprotocol)
{
    std::string head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
                       "Upgrade\r\nSec-WebSocket-Accept: ";
    head.append(accept).append("\r\n");
    if (!subprotocol.empty())
        head.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
    return head;
}

bool Rfc6455Rule::claims(const http::RequestHead& head) const
{
    return head.value("Sec-WebSocket-Version") == "13";
}

std::optional<HandshakeRefusal> Rfc6455Rule::check(const http::RequestHead& head) const
{
    if (head.minor_version < 1) {
        return HandshakeRefusal{RefusalReason::http_version, 505, {},
            "the request speaks HTTP/1.0, and only HTTP/1.1 can become a WebSocket (a proxy in between may "
            "need to be told so)"};
    }
    if (!head.has_token("Connection", "upgrade")) {
        return HandshakeRefusal{RefusalReason::connection_header, 426, {{"Upgrade", "websocket"}},
            "the request asks for an upgrade, but its Connection field does not say \"Upgrade\" (a proxy in "
            "between may have "
            "removed it)"};
    }
    if (head.count("Sec-WebSocket-Version") != 1) {
        return HandshakeRefusal{
            RefusalReason::websocket_version, 400, {}, "the request has more than one Sec-WebSocket-Version"};
    }
    const std::size_t keys = head.count("Sec-WebSocket-Key");
    if (keys != 1) {
        return HandshakeRefusal{RefusalReason::websocket_key, 400, {},
            keys == 0 ? "the request has no Sec-WebSocket-Key"
                      : "the request has more than one Sec-WebSocket-Key"};
    }
    if (!is_nonce(*head.value("Sec-WebSocket-Key"))) {
        return HandshakeRefusal{RefusalReason::websocket_key, 400, {},
            "the Sec-WebSocket-Key is not the base64 text of 16 bytes"};
    }
    if (!parse_subprotocols(head)) {
        return HandshakeRefusal{RefusalReason::subprotocol_header, 400, {},
            "Sec-WebSocket-Protocol is not a list of different names, separated by commas"};
    }
    if (!parse_extensions(head)) { // RFC 6455 section 9.1
        return HandshakeRefusal{RefusalReason::extension_header, 400, {},
            "Sec-WebSocket-Extensions is not a list of extensions with their parameters"};
    }
    return std::nullopt;
}

std::vector<std::string_view> Rfc6455Rule::subprotocols(const http::RequestHead& head) const
{
    return parse_subprotocols(head).value_or(std::vector<std::string_view>{});
}

HandshakeAnswer Rfc6455Rule::answer(const http::RequestHead& head, std::string_view subprotocol,
    const CodecSettings& settings, bool /*secure*/) const
{
    const auto accept = accept_for_key(head.value("Sec-WebSocket-Key").value_or(""));
    if (!accept)
        return {};
    HandshakeAnswer answer;
    answer.bytes = switching_protocols(*accept, subprotocol);
    std::unique_ptr<MessageDeflate> deflate;
    if (const auto offers = parse_extensions(head); offers && settings.pool) {
        if (auto agreed = negotiate_deflate(*offers, settings.compression, *settings.pool)) {
            answer.extensions = response_text(agreed->parameters);
            answer.bytes.append("Sec-WebSocket-Extensions: ").append(answer.extensions).append("\r\n");
            deflate = std::make_unique<MessageDeflate>(*settings.pool, Role::server, agreed->parameters,
                settings.compression, std::move(agreed->windows));
        }
    }
    answer.bytes.append("\r\n");
    answer.codec = std::make_unique<Rfc6455Codec>(settings.limits, std::move(deflate));
    return answer;
}

} // namespace jackfield::websocket
