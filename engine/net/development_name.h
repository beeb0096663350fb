#pragma once

#include "jackfield/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace jackfield {

/// A checked name of a development certificate (check_development_name in jackfield/certificate.h).
struct DevelopmentName {
    std::string text; ///< the one form
    /// Of an address, 4 or 16 bytes in network order; empty for a DNS name.
    std::string address;
};

/// Errors: invalid_argument.
[[nodiscard]] Result<DevelopmentName> parse_development_name(std::string_view text);

} // namespace jackfield
