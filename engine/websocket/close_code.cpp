#include "jackfield/close_code.h"

namespace jackfield {

std::string_view meaning_of_close_code(std::uint16_t code)
{
    switch (code) {
    case close_normal:
        return "normal closure";
    case close_going_away:
        return "going away";
    case close_protocol_error:
        return "protocol error";
    case close_unsupported_data:
        return "unsupported data";
    case 1004: // of the drafts before RFC 6455
        return "message too big (older protocols)";
    case close_no_code:
        return "no code given";
    case close_abnormal:
        return "no Close frame";
    case close_invalid_payload:
        return "invalid payload";
    case close_policy_violation:
        return "policy violation";
    case close_message_too_big:
        return "message too big";
    case close_mandatory_extension:
        return "mandatory extension missing";
    case close_internal_error:
        return "internal error";
    case close_service_restart:
        return "service restart";
    case close_try_again_later:
        return "try again later";
    case close_bad_gateway:
        return "bad gateway";
    case close_tls_handshake:
        return "TLS handshake failed";
    default:
        break;
    }
    if (code >= 3000 && code <= 3999)
        return "library or framework";
    if (code >= 4000 && code <= 4999)
        return "application";
    return "unassigned";
}

} // namespace jackfield
