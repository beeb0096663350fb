#include "websocket/hybi_draft_rule.h"

#include "websocket/rfc6455_codec.h"

namespace jackfield::websocket {

std::string_view HybiDraftRule::protocol_version() const
{
    return dialect_ == Dialect::hybi07 ? "hybi-07" : "hybi-10";
}

std::optional<int> HybiDraftRule::version_number() const
{
    return dialect_ == Dialect::hybi07 ? 7 : 8;
}

bool HybiDraftRule::claims(const http::RequestHead& head) const
{
    return head.value("Sec-WebSocket-Version") == (dialect_ == Dialect::hybi07 ? "7" : "8");
}

std::optional<HandshakeRefusal> HybiDraftRule::check(const http::RequestHead& head) const
{
    return successor_.check(head);
}

std::vector<std::string_view> HybiDraftRule::subprotocols(const http::RequestHead& head) const
{
    return successor_.subprotocols(head);
}

HandshakeAnswer HybiDraftRule::answer(const http::RequestHead& head, std::string_view subprotocol,
    const CodecSettings& settings, bool /*secure*/) const
{
    const auto accept = accept_for_key(head.value("Sec-WebSocket-Key").value_or(""));
    if (!accept)
        return {};
    HandshakeAnswer answer;
    answer.bytes = switching_protocols(*accept, subprotocol);
    answer.bytes.append("\r\n");
    answer.codec = std::make_unique<Rfc6455Codec>(settings.limits, dialect_);
    return answer;
}

} // namespace jackfield::websocket
