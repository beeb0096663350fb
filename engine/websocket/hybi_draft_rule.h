#pragma once

#include "websocket/dialect.h"
#include "websocket/handshake_rule.h"
#include "websocket/rfc6455_rule.h"

namespace jackfield::websocket {

/// The opening handshakes of drafts hybi-07 (version 7) and hybi-10 (version 8). They are RFC 6455's but for
/// the version and for the origin, which travels in Sec-WebSocket-Origin (draft section 5.1). Agrees on no
/// extension.
class HybiDraftRule final : public HandshakeRule {
public:
    /// One of the drafts.
    explicit HybiDraftRule(Dialect dialect)
        : dialect_(dialect)
    { }
    [[nodiscard]] std::string_view protocol_version() const override;
    [[nodiscard]] std::optional<int> version_number() const override;
    [[nodiscard]] bool is_legacy() const override { return true; }
    /// True when the first Sec-WebSocket-Version is exactly the draft's.
    [[nodiscard]] bool claims(const http::RequestHead& head) const override;
    [[nodiscard]] std::string_view origin_field() const override { return "Sec-WebSocket-Origin"; }
    [[nodiscard]] std::optional<HandshakeRefusal> check(const http::RequestHead& head) const override;
    [[nodiscard]] std::vector<std::string_view> subprotocols(const http::RequestHead& head) const override;
    [[nodiscard]] HandshakeAnswer answer(const http::RequestHead& head, std::string_view subprotocol,
        const CodecSettings& settings, bool secure) const override;

private:
    Dialect dialect_;
    Rfc6455Rule successor_; // asks the same of a request
};

} // namespace jackfield::websocket
