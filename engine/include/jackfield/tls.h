#pragma once

#include "jackfield/api.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jackfield {

/// What the TLS handshake of one connection has agreed upon.
struct TlsFacts {
    std::string version; ///< "TLS 1.2" or "TLS 1.3"; empty until the handshake is complete
    std::string cipher; ///< the registered name, as "TLS_AES_128_GCM_SHA256"
    std::string alpn; ///< the application protocol (RFC 7301); empty when the client offered none
    /// The name that the client asked for (SNI, RFC 6066 section 3): 1 to 255 visible ASCII characters, or
    /// empty when it named none. Known before the handshake is complete, and chosen by the peer.
    std::string server_name;
    bool resumed = false; ///< an earlier session went on: no certificate was sent
};

/// Why a TLS connection failed.
enum class TlsFailure : std::uint8_t {
    none,
    unknown_authority, ///< the client does not trust the certificate (alerts unknown_ca, certificate_unknown)
    wrong_name, ///< the client refused the certificate, which is not for what it asked for
    certificate_expired, ///< the client says so (alert certificate_expired), or refused one that has ended or not begun
    certificate_refused, ///< the client dislikes the certificate otherwise (bad_certificate and its kin)
    no_common_version, ///< the client speaks neither TLS 1.2 nor 1.3
    no_common_cipher, ///< no cipher, group or signature algorithm in common
    no_common_protocol, ///< it offers application protocols (ALPN), but not http/1.1
    bad_server_name, ///< the server name (SNI) is malformed, too long or holds a character that no name has
    refused_by_client, ///< any other fatal alert of the client
    peer_left, ///< the end of the stream within the handshake, or its cancellation
    protocol_error, ///< what came is not TLS as the standard has it
    flood, ///< over the limit of records that carry no data (key updates, renegotiations, alerts)
    truncated, ///< the stream ended behind the handshake without the peer's close_notify (RFC 8446
               ///< section 6.1)
    no_memory,
    internal, ///< the TLS library failed
};

/// The short name ("no_common_version"), stable across releases.
[[nodiscard]] JACKFIELD_API std::string_view name_of(TlsFailure failure);
/// One sentence for a person, without a full stop; empty for `none`.
[[nodiscard]] JACKFIELD_API std::string_view explain(TlsFailure failure);
/// The standard's name of an alert ("unknown_ca", RFC 8446 section 6); empty for an unassigned number.
[[nodiscard]] JACKFIELD_API std::string_view alert_name(std::uint8_t alert);

/// Why a TLS connection failed, with what is known about it.
struct TlsFailureReport {
    TlsFailure failure = TlsFailure::none;
    bool in_handshake = true; ///< false: it had been established
    std::optional<std::uint8_t> alert_received; ///< the last one, warnings included
    std::optional<std::uint8_t> alert_sent; ///< likewise
    std::string
        detail; ///< what was offered, or the TLS library's words; printable ASCII, at most 200 characters
    /// Of wrong_name: the server name (TlsFacts::server_name), or the address that a client without one came to.
    std::string asked_name;
};

} // namespace jackfield
