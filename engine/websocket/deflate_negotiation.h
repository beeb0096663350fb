#pragma once

#include "websocket/deflate_pool.h"
#include "websocket/extension_offers.h"

#include "jackfield/config.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jackfield::websocket {

inline constexpr std::string_view permessage_deflate = "permessage-deflate";

/// What both sides have agreed on (RFC 7692 section 7.1).
struct DeflateParameters {
    bool server_no_context_takeover = false;
    bool client_no_context_takeover = false;
    std::uint8_t server_max_window_bits = 15; ///< 9..15 with our server, 8..15 with another one
    std::uint8_t client_max_window_bits = 15; ///< 8..15
    bool operator==(const DeflateParameters&) const = default;
};

// ---- the server's side ----

/// What a server answers to one offer when it may keep a window for its own messages and let the client keep
/// one. nullopt declines: another extension, a parameter that is unknown, there twice or has an illegal
/// value, or a window of 8 bits, in which zlib cannot compress. Its own window is as large as the offer
/// allows; the client's is not limited, so `client_max_window_bits` never stands in the answer.
[[nodiscard]] std::optional<DeflateParameters> accept_offer(
    const ExtensionOffer& offer, bool server_takeover, bool client_takeover);

/// The element of Sec-WebSocket-Extensions that says so.
[[nodiscard]] std::string response_text(const DeflateParameters& parameters);

struct DeflateAgreement {
    DeflateParameters parameters;
    DeflatePool::Promise windows; ///< room for what is kept between messages
};
/// Accepts the first of `offers` that can be. Windows that the settings allow and for which the pool has no
/// room are not kept.
[[nodiscard]] std::optional<DeflateAgreement> negotiate_deflate(
    std::span<const ExtensionOffer> offers, const Compression& settings, DeflatePool& pool);

// ---- the client's side ----

/// What a client offers.
struct DeflateOffer {
    bool server_no_context_takeover = false;
    bool client_no_context_takeover = false;
    std::optional<std::uint8_t> server_max_window_bits; ///< 8..15
    bool client_max_window_bits = true; ///< tells the server that it may limit our window
    std::uint8_t client_window_hint = 15; ///< 9..15; 15 is not said
};
[[nodiscard]] std::string offer_text(const DeflateOffer& offer);

/// Reads a server's answer to `offer`. nullopt when it is not a legal one, and then the client must fail the
/// connection (RFC 7692 section 7.1).
[[nodiscard]] std::optional<DeflateParameters> accept_response(
    const ExtensionOffer& response, const DeflateOffer& offer);

} // namespace jackfield::websocket
