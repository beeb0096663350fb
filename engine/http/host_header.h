#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace jackfield::http {

/// The two parts of a Host field's value or of a target's authority (RFC 3986 section 3.2, without user
/// information).
struct HostAndPort {
    std::string_view name; ///< as sent; an IPv6 address with its brackets
    std::optional<std::uint16_t> port;
};

/// Splits and checks `value` as `is_valid_host_header` demands; nullopt for anything it refuses.
[[nodiscard]] std::optional<HostAndPort> parse_host(std::string_view value);

/// True when both name the same host and port: case, one trailing dot and a spelled out `default_port` make
/// no difference.
[[nodiscard]] bool is_same_authority(const HostAndPort& a, const HostAndPort& b, std::uint16_t default_port);

} // namespace jackfield::http
