#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

struct ssl_st;

namespace jackfield::net {

/// What is looked at in a ClientHello before the TLS library judges it (RFC 8446 section 4.1.2).
struct ClientHello {
    /// The longest that is served. Browsers send 0.5 to 2.5 KiB; those with large keys (post-quantum) 4 KiB.
    static constexpr std::size_t longest = std::size_t{16} << 10U;

    enum class Verdict : std::uint8_t { good, too_long, bad_server_name, no_memory };

    std::size_t length = 0; ///< of the message; filled in before the others
    Verdict verdict = Verdict::good;
    std::string server_name; ///< as in `TlsFacts`
    std::string protocols; ///< the application protocols that are offered: printable, cropped
    std::uint16_t highest_version = 0; ///< as on the wire: 0x0303 is TLS 1.2; 0x0002 is SSL 2
};

/// Reads the ClientHello that `ssl` has just got into the ClientHello that is its application data, and
/// judges its length and server name; the shape is SSL_client_hello_cb_fn's. Returns SSL_CLIENT_HELLO_ERROR
/// with the alert to send unless the verdict is good.
int judge_client_hello(ssl_st* ssl, int* alert, void* unused) noexcept;

/// The server name of an extension's bytes (RFC 6066 section 3) in `name`. False, with the alert to send,
/// when it is malformed, empty, longer than 255 or holds anything but visible ASCII characters.
[[nodiscard]] bool read_server_name(
    const unsigned char* bytes, std::size_t size, std::string& name, int& alert);

} // namespace jackfield::net
