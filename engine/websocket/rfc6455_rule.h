#pragma once

#include "websocket/handshake_rule.h"

#include <optional>
#include <string>
#include <string_view>

namespace jackfield::websocket {

/// The Sec-WebSocket-Accept that proves `key` was read (RFC 6455 section 4.2.2, step 5.4). nullopt when the
/// library cannot digest.
[[nodiscard]] std::optional<std::string> accept_for_key(std::string_view key);
/// The head of the answer (RFC 6455 section 4.2.2), open for more lines: its empty line is missing. `subprotocol` may be empty.
[[nodiscard]] std::string switching_protocols(std::string_view accept, std::string_view subprotocol);

/// The opening handshake of RFC 6455, version 13. Agrees on no extension.
class Rfc6455Rule final : public HandshakeRule {
public:
    [[nodiscard]] std::string_view protocol_version() const override { return "RFC 6455"; }
    [[nodiscard]] std::optional<int> version_number() const override { return 13; }
    /// True when the first Sec-WebSocket-Version is exactly `13`.
    [[nodiscard]] bool claims(const http::RequestHead& head) const override;
    /// HTTP/1.1, `Connection: Upgrade`, one version, one key of 16 bytes, and subprotocols that are different
    /// tokens (RFC 6455 section 4.1). Takes time in proportion to the head's size.
    [[nodiscard]] std::optional<HandshakeRefusal> check(const http::RequestHead& head) const override;
    [[nodiscard]] std::vector<std::string_view> subprotocols(const http::RequestHead& head) const override;
    [[nodiscard]] HandshakeAnswer answer(const http::RequestHead& head, std::string_view subprotocol,
        const CodecSettings& settings, bool secure) const override;
};

} // namespace jackfield::websocket
