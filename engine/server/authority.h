#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jackfield {

/// `name[:port]` as a Host header, an origin and an entry of an allow-list write it, normalised for
/// comparing.
struct Authority {
    enum class Kind : std::uint8_t {
        name,
        ipv4, ///< dotted decimal, the only form that counts as an address
        ipv6,
        number_like, ///< ends in a number without being an address (`2130706433`, `0x7f.1`): a browser would
                     ///< read it as one
    };
    Kind kind = Kind::name;
    std::string name; ///< lower case, without one trailing dot; IPv6 in brackets and in the form of inet_ntop
    std::optional<std::uint16_t> port;
};

/// Reads all of `text`; nullopt when it is no authority: empty, an empty label, a character outside of
/// letters, digits, `-`, `_`, `.`, `~`, a bad port, user information, or longer than a name can be (RFC 1035
/// section 2.3.4: 255).
[[nodiscard]] std::optional<Authority> parse_authority(std::string_view text);

/// True for 127.0.0.0/8 and ::ffff:127.0.0.0/104 in normalised form: other spellings of 127.0.0.1's
/// interface.
[[nodiscard]] bool is_ipv4_loopback(std::string_view normalised_name);
/// True for those, `[::1]`, `localhost` and every name below it (RFC 6761 section 6.3).
[[nodiscard]] bool names_this_machine(std::string_view normalised_name);

} // namespace jackfield
