#pragma once

#include "jackfield/api.h"

#include <cstdint>
#include <string_view>

namespace jackfield {

/// Close codes of RFC 6455 section 7.4.1 and the IANA registry.
enum CloseCode : std::uint16_t {
    close_normal = 1000,
    close_going_away = 1001,
    close_protocol_error = 1002,
    close_unsupported_data = 1003,
    close_no_code = 1005, ///< never on the wire: the Close frame was empty
    close_abnormal = 1006, ///< never on the wire: there was no Close frame
    close_invalid_payload = 1007,
    close_policy_violation = 1008,
    close_message_too_big = 1009,
    close_mandatory_extension = 1010,
    close_internal_error = 1011,
    close_service_restart = 1012,
    close_try_again_later = 1013,
    close_bad_gateway = 1014,
    close_tls_handshake = 1015, ///< never on the wire: TLS failed
};

/// Longest reason in bytes: a control frame holds 125, two go to the code (RFC 6455 section 5.5).
inline constexpr std::size_t max_close_reason = 123;

/// True when a Close frame may carry `code`: 1000-1003, 1007-1014 and 3000-4999 (RFC 6455 section 7.4).
[[nodiscard]] constexpr bool may_be_sent(std::uint16_t code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

/// What a code means in a few words ("going away"); "library or framework" for 3000-3999, "application" for 4000-4999,
/// "unassigned" else.
[[nodiscard]] JACKFIELD_API std::string_view meaning_of_close_code(std::uint16_t code);

} // namespace jackfield
