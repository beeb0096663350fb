#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace jackfield::http {

/// The parts of a request target (RFC 9112 section 3.2), as sent and never decoded.
struct RequestTarget {
    std::optional<std::string_view> authority; ///< of an absolute-form target
    std::uint16_t default_port = 80; ///< of its scheme
    std::string_view path; ///< starts with `/`; `*` for an asterisk-form, empty for an authority-form target
    std::string_view query; ///< without `?`
};

/// Tells the four forms apart: `/path?query`, an absolute URI of http, https, ws or wss, `*`, and `host:port`
/// for CONNECT alone. nullopt for anything else.
[[nodiscard]] std::optional<RequestTarget> parse_request_target(
    std::string_view method, std::string_view target);

} // namespace jackfield::http
