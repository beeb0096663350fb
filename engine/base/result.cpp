#include "jackfield/result.h"

#include <system_error>

namespace jackfield {

std::string Error::message() const
{
    std::string text = detail.empty() ? std::string(name_of(code)) : detail;
    if (system_error != 0) {
        text += ": ";
        text += std::generic_category().message(system_error);
    }
    return text;
}

std::string_view name_of(ErrorCode code)
{
    switch (code) {
    case ErrorCode::invalid_argument:
        return "invalid_argument";
    case ErrorCode::not_found:
        return "not_found";
    case ErrorCode::not_running:
        return "not_running";
    case ErrorCode::address_in_use:
        return "address_in_use";
    case ErrorCode::permission_denied:
        return "permission_denied";
    case ErrorCode::address_not_available:
        return "address_not_available";
    case ErrorCode::system:
        return "system";
    case ErrorCode::malformed:
        return "malformed";
    case ErrorCode::too_large:
        return "too_large";
    case ErrorCode::no_memory:
        return "no_memory";
    case ErrorCode::callback_failed:
        return "callback_failed";
    }
    return "unknown";
}

} // namespace jackfield
