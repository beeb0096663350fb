#include "net/tls_failure.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/sslerr.h>

#include <array>

namespace jackfield {

namespace {

struct AlertName {
    std::uint8_t alert;
    std::string_view name;
};

// RFC 8446 section 6, with those that only earlier versions have.
constexpr std::array<AlertName, 34> alert_names{{{0, "close_notify"}, {10, "unexpected_message"},
    {20, "bad_record_mac"}, {21, "decryption_failed"}, {22, "record_overflow"}, {30, "decompression_failure"},
    {40, "handshake_failure"}, {41, "no_certificate"}, {42, "bad_certificate"},
    {43, "unsupported_certificate"}, {44, "certificate_revoked"}, {45, "certificate_expired"},
    {46, "certificate_unknown"}, {47, "illegal_parameter"}, {48, "unknown_ca"}, {49, "access_denied"},
    {50, "decode_error"}, {51, "decrypt_error"}, {60, "export_restriction"}, {70, "protocol_version"},
    {71, "insufficient_security"}, {80, "internal_error"}, {86, "inappropriate_fallback"},
    {90, "user_canceled"}, {100, "no_renegotiation"}, {109, "missing_extension"},
    {110, "unsupported_extension"}, {111, "certificate_unobtainable"}, {112, "unrecognized_name"},
    {113, "bad_certificate_status_response"}, {114, "bad_certificate_hash_value"},
    {115, "unknown_psk_identity"}, {116, "certificate_required"}, {120, "no_application_protocol"}}};

} // namespace

std::string_view alert_name(std::uint8_t alert)
{
    for (const AlertName& entry : alert_names) {
        if (entry.alert == alert)
            return entry.name;
    }
    return {};
}

std::string_view name_of(TlsFailure failure)
{
    switch (failure) {
    case TlsFailure::none:
        return "none";
    case TlsFailure::unknown_authority:
        return "unknown_authority";
    case TlsFailure::wrong_name:
        return "wrong_name";
    case TlsFailure::certificate_expired:
        return "certificate_expired";
    case TlsFailure::certificate_refused:
        return "certificate_refused";
    case TlsFailure::no_common_version:
        return "no_common_version";
    case TlsFailure::no_common_cipher:
        return "no_common_cipher";
    case TlsFailure::no_common_protocol:
        return "no_common_protocol";
    case TlsFailure::bad_server_name:
        return "bad_server_name";
    case TlsFailure::refused_by_client:
        return "refused_by_client";
    case TlsFailure::peer_left:
        return "peer_left";
    case TlsFailure::protocol_error:
        return "protocol_error";
    case TlsFailure::flood:
        return "flood";
    case TlsFailure::truncated:
        return "truncated";
    case TlsFailure::no_memory:
        return "no_memory";
    case TlsFailure::internal:
        return "internal";
    }
    return {};
}

std::string_view explain(TlsFailure failure)
{
    switch (failure) {
    case TlsFailure::none:
        return {};
    case TlsFailure::unknown_authority:
        return "the client does not trust this server's certificate (most likely it does not know the "
               "authority)";
    case TlsFailure::wrong_name:
        return "the client refused this server's certificate, which is not for the name or address that it asked "
               "for";
    case TlsFailure::certificate_expired:
        return "the client refused this server's certificate as one that is not valid today (or its own clock is "
               "wrong)";
    case TlsFailure::certificate_refused:
        return "the client refused this server's certificate";
    case TlsFailure::no_common_version:
        return "the client speaks neither TLS 1.2 nor TLS 1.3";
    case TlsFailure::no_common_cipher:
        return "the client has no cipher, key exchange or signature in common with this server";
    case TlsFailure::no_common_protocol:
        return "the client offers application protocols (ALPN), but http/1.1 is not among them";
    case TlsFailure::bad_server_name:
        return "the client asked for a server name (SNI) that is malformed";
    case TlsFailure::refused_by_client:
        return "the client ended the TLS connection with an alert";
    case TlsFailure::peer_left:
        return "the client left during the TLS handshake, without a reason";
    case TlsFailure::protocol_error:
        return "what the client sent is not valid TLS";
    case TlsFailure::flood:
        return "the client sent too many TLS records that carry no data";
    case TlsFailure::truncated:
        return "the connection ended without TLS's farewell (close_notify): data may be missing";
    case TlsFailure::no_memory:
        return "there was no memory for the TLS connection";
    case TlsFailure::internal:
        return "the TLS library failed";
    }
    return {};
}

} // namespace jackfield

namespace jackfield::net {

TlsFailure failure_of_alert(std::uint8_t alert)
{
    switch (alert) {
    case SSL_AD_CLOSE_NOTIFY:
    case SSL_AD_USER_CANCELLED:
        return TlsFailure::peer_left;
    case SSL_AD_UNKNOWN_CA:
    case SSL_AD_CERTIFICATE_UNKNOWN: // Chromium's word for a certificate without a known authority
        return TlsFailure::unknown_authority;
    case SSL_AD_CERTIFICATE_EXPIRED:
        return TlsFailure::certificate_expired;
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_BAD_CERTIFICATE_STATUS_RESPONSE:
    case SSL_AD_BAD_CERTIFICATE_HASH_VALUE:
        return TlsFailure::certificate_refused;
    case SSL_AD_PROTOCOL_VERSION:
    case SSL_AD_INAPPROPRIATE_FALLBACK:
        return TlsFailure::no_common_version;
    case SSL_AD_HANDSHAKE_FAILURE:
    case SSL_AD_INSUFFICIENT_SECURITY:
        return TlsFailure::no_common_cipher;
    case SSL_AD_NO_APPLICATION_PROTOCOL:
        return TlsFailure::no_common_protocol;
    default:
        return TlsFailure::refused_by_client;
    }
}

TlsFailure failure_of_library_error(unsigned long code)
{
    if (ERR_GET_REASON(code) == ERR_R_MALLOC_FAILURE)
        return TlsFailure::no_memory;
    if (ERR_GET_LIB(code) != ERR_LIB_SSL)
        return TlsFailure::internal;
    const int reason = ERR_GET_REASON(code);
    if (reason >= SSL_AD_REASON_OFFSET && reason < SSL_AD_REASON_OFFSET + 256)
        return failure_of_alert(static_cast<std::uint8_t>(reason - SSL_AD_REASON_OFFSET));
    switch (reason) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_UNKNOWN_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_VERSION_TOO_HIGH:
    case SSL_R_UNSUPPORTED_SSL_VERSION:
    case SSL_R_WRONG_SSL_VERSION:
    case SSL_R_INAPPROPRIATE_FALLBACK:
    case SSL_R_NO_PROTOCOLS_AVAILABLE:
        return TlsFailure::no_common_version;
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_CIPHERS_SPECIFIED:
    case SSL_R_NO_SHARED_GROUPS:
    case SSL_R_NO_SUITABLE_GROUPS:
    case SSL_R_NO_SUITABLE_KEY_SHARE:
    case SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS:
    case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
        return TlsFailure::no_common_cipher;
    case SSL_R_NO_APPLICATION_PROTOCOL:
        return TlsFailure::no_common_protocol;
    case ERR_R_INTERNAL_ERROR:
        return TlsFailure::internal;
    default:
        return TlsFailure::protocol_error;
    }
}

} // namespace jackfield::net
