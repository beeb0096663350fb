#pragma once

#include "websocket/handshake_rule.h"
#include "websocket/hixie_handshake.h"

namespace jackfield::websocket {

/// The opening handshake of draft hixie-75, which proves nothing about the client.
class Hixie75Rule final : public HandshakeRule {
public:
    [[nodiscard]] std::string_view protocol_version() const override { return "hixie-75"; }
    [[nodiscard]] std::optional<int> version_number() const override { return std::nullopt; }
    [[nodiscard]] bool is_legacy() const override { return true; }
    /// True for the field values that draft section 5.2 spells out, `Upgrade: WebSocket` and `Connection:
    /// Upgrade`, with an Origin and without any Sec-WebSocket-* field. Any later version that lost a field on
    /// its way is so never taken for this one.
    [[nodiscard]] bool claims(const http::RequestHead& head) const override;
    [[nodiscard]] std::optional<HandshakeRefusal> check(const http::RequestHead& head) const override;
    [[nodiscard]] std::vector<std::string_view> subprotocols(const http::RequestHead& head) const override;
    [[nodiscard]] HandshakeAnswer answer(const http::RequestHead& head, std::string_view subprotocol,
        const CodecSettings& settings, bool secure) const override;

private:
    HixieHandshake handshake_{""};
};

} // namespace jackfield::websocket
