#pragma once

#include "jackfield/result.h"
#include "jackfield/socket_address.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace jackfield::bench {

/// A server to load.
struct Target {
    enum class Scheme : std::uint8_t {
        ws,
        wss,
        tcp, ///< no WebSocket: a server that sends every byte back
    };
    Scheme scheme = Scheme::ws;
    std::string url; ///< as it was given
    std::string host; ///< without brackets
    std::uint16_t port = 80;
    std::string path = "/"; ///< with the query
    SocketAddress address; ///< what `host` was resolved to

    /// Of the Host field (RFC 6455 section 4.1): the port only where it is not the scheme's own.
    [[nodiscard]] std::string authority() const;
};

/// Reads `ws://HOST[:PORT][/PATH]`, `wss://...` or `tcp://HOST:PORT` (RFC 6455 section 3). Resolves nothing.
/// Errors: malformed, in words for who has typed it.
[[nodiscard]] Result<Target> parse_target(std::string_view url);

/// The same with its host resolved; of several addresses IPv4 comes first.
/// Errors: as above; not_found (the name has no address); permission_denied (an address is not loopback, and
/// `allow_remote` is false).
[[nodiscard]] Result<Target> find_target(std::string_view url, bool allow_remote);

} // namespace jackfield::bench
