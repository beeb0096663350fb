#include "websocket/dialect.h"

#include "jackfield/close_code.h"

namespace jackfield::websocket {

namespace {

constexpr std::uint16_t draft_too_large = 1004;

} // namespace

bool may_be_received(Dialect dialect, std::uint16_t code)
{
    if (dialect == Dialect::rfc6455)
        return may_be_sent(code);
    return (code >= close_normal && code <= draft_too_large) || (code >= 3000 && code <= 4999)
        || (code == close_invalid_payload && dialect == Dialect::hybi10);
}

std::optional<std::uint16_t> sent_code(Dialect dialect, std::uint16_t code)
{
    if (may_be_received(dialect, code))
        return code;
    if (dialect == Dialect::rfc6455)
        return std::nullopt;
    switch (code) {
    case close_message_too_big:
        return draft_too_large;
    case close_invalid_payload:
        return close_protocol_error;
    case close_service_restart:
        return close_going_away;
    default:
        return std::nullopt;
    }
}

} // namespace jackfield::websocket
