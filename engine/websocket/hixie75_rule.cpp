#include "websocket/hixie75_rule.h"

#include "base/text.h"
#include "websocket/hixie_codec.h"

#include <algorithm>

namespace jackfield::websocket {

bool Hixie75Rule::claims(const http::RequestHead& head) const
{
    constexpr std::string_view later = "Sec-WebSocket-";
    return head.value("Upgrade") == "WebSocket" && head.value("Connection") == "Upgrade"
        && head.find("Origin") != nullptr
        && std::none_of(head.headers.begin(), head.headers.end(), [&](const http::HeaderField& field) {
               return equal_ignoring_case(field.name.substr(0, later.size()), later);
           });
}

std::optional<HandshakeRefusal> Hixie75Rule::check(const http::RequestHead& head) const
{
    return handshake_.check(head);
}

std::vector<std::string_view> Hixie75Rule::subprotocols(const http::RequestHead& head) const
{
    return handshake_.subprotocols(head);
}

HandshakeAnswer Hixie75Rule::answer(const http::RequestHead& head, std::string_view subprotocol,
    const CodecSettings& settings, bool secure) const
{
    HandshakeAnswer answer;
    answer.bytes = handshake_.answer(head, "HTTP/1.1 101 Web Socket Protocol Handshake", subprotocol, secure);
    answer.codec = std::make_unique<HixieCodec>(settings.limits, HixieCodec::Closing::by_end_of_stream);
    return answer;
}

} // namespace jackfield::websocket
