#pragma once

#include "http/request_head.h"
#include "http/response.h"
#include "websocket/message_codec.h"

#include "jackfield/config.h"
#include "jackfield/event.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::websocket {

class DeflatePool;

/// Why an opening handshake cannot be accepted, and the answer it gets.
struct HandshakeRefusal {
    RefusalReason reason = RefusalReason::websocket_key;
    std::uint16_t status = 400;
    http::ResponseHeaders headers;
    std::string why; ///< ours, for a person
};

/// What a handshake makes its codec of.
struct CodecSettings {
    CodecLimits limits;
    Compression compression; ///< what may be agreed on
    DeflatePool* pool = nullptr; ///< outlives the codec; without one nothing is compressed
};

struct HandshakeAnswer {
    std::string bytes; ///< to send at once
    std::string extensions; ///< the agreed ones, for showing
    std::unique_ptr<MessageCodec> codec;
};

/// One version of the opening handshake, for a server. Stateless; shared by all connections of an engine.
class HandshakeRule {
public:
    virtual ~HandshakeRule() = default;
    [[nodiscard]] virtual std::string_view protocol_version() const = 0; ///< "RFC 6455"
    /// Its Sec-WebSocket-Version, for the list in a 426; nullopt for versions from before that field.
    [[nodiscard]] virtual std::optional<int> version_number() const = 0;
    /// True for the older protocols, which one switch turns off.
    [[nodiscard]] virtual bool is_legacy() const { return false; }
    /// True when this request, which asks for a WebSocket, speaks this version. The first rule that claims a
    /// request has it.
    [[nodiscard]] virtual bool claims(const http::RequestHead& head) const = 0;
    /// The field that carries the page's origin.
    [[nodiscard]] virtual std::string_view origin_field() const { return "Origin"; }
    /// Everything that can be wrong with the handshake itself.
    [[nodiscard]] virtual std::optional<HandshakeRefusal> check(const http::RequestHead& head) const = 0;
    /// The subprotocols offered, in the client's order. Called after `check`.
    [[nodiscard]] virtual std::vector<std::string_view> subprotocols(const http::RequestHead& head) const = 0;
    /// Accepts: called after `check` found nothing, with one of `subprotocols` or an empty text. An answer
    /// without a codec means that it could not be made (no digest from the library): 500, internal_error.
    [[nodiscard]] virtual HandshakeAnswer answer(const http::RequestHead& head, std::string_view subprotocol,
        const CodecSettings& settings, bool secure) const = 0;
    /// Bytes that follow the head and belong to the handshake; `answer_to_body` is sent when they are there.
    [[nodiscard]] virtual std::size_t bytes_after_head() const { return 0; }
    [[nodiscard]] virtual std::string answer_to_body(
        const http::RequestHead&, std::span<const std::byte>) const
    {
        return {};
    }
};

/// The field that says where `head` comes from: the rule's own, or Origin where that one is missing (drafts
/// hybi-11 and hybi-12 share their version number with hybi-10 and renamed it).
[[nodiscard]] inline std::string_view origin_field_of(const HandshakeRule& rule, const http::RequestHead& head)
{
    return head.find(rule.origin_field()) != nullptr ? rule.origin_field() : std::string_view("Origin");
}

} // namespace jackfield::websocket
