#pragma once

#include "websocket/handshake_rule.h"
#include "websocket/hixie_handshake.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace jackfield::websocket {

/// The number that a Sec-WebSocket-Key1 or -Key2 hides (draft hybi-00 section 5.2, steps 4 to 7), or what is
/// wrong with the key.
struct KeyPart {
    std::optional<std::uint32_t> number;
    std::string_view problem; ///< a constant; empty with a number
};
/// `key` is the value exactly as sent, blanks at its ends included.
[[nodiscard]] KeyPart part_of_key(std::string_view key);

/// The 16 bytes that prove that both keys and the 8 bytes behind the request head were read (section 5.2,
/// step 8). nullopt when the library cannot digest.
[[nodiscard]] std::optional<std::array<std::byte, 16>> answer_to_challenge(
    std::uint32_t part_1, std::uint32_t part_2, std::span<const std::byte> key_3);

/// The opening handshake of draft hybi-00, which is hixie-76. It is answered in two steps: the head at once,
/// since a proxy may wait for it before it lets the 8 bytes behind the request head pass, the digest when
/// they are here.
class Hybi00Rule final : public HandshakeRule {
public:
    [[nodiscard]] std::string_view protocol_version() const override { return "hybi-00"; }
    [[nodiscard]] std::optional<int> version_number() const override { return std::nullopt; }
    [[nodiscard]] bool is_legacy() const override { return true; }
    /// True with a Sec-WebSocket-Key1 or -Key2, and with neither Sec-WebSocket-Version nor
    /// Sec-WebSocket-Draft: the drafts between this one and version 4 had the latter and frames of their own.
    [[nodiscard]] bool claims(const http::RequestHead& head) const override;
    /// As HixieHandshake::check, and both keys exactly once: each with a digit, with a space, and with a
    /// number that fits 32 bits and is a multiple of the number of spaces.
    [[nodiscard]] std::optional<HandshakeRefusal> check(const http::RequestHead& head) const override;
    [[nodiscard]] std::vector<std::string_view> subprotocols(const http::RequestHead& head) const override;
    [[nodiscard]] HandshakeAnswer answer(const http::RequestHead& head, std::string_view subprotocol,
        const CodecSettings& settings, bool secure) const override;
    [[nodiscard]] std::size_t bytes_after_head() const override { return 8; }
    [[nodiscard]] std::string answer_to_body(
        const http::RequestHead& head, std::span<const std::byte> body) const override;

private:
    HixieHandshake handshake_{"Sec-"};
};

} // namespace jackfield::websocket
