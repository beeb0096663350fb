#pragma once

#include "jackfield/result.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

struct ssl_ctx_st;

namespace jackfield::net {

/// What a server shows and proves itself with.
struct TlsIdentity {
    /// PEM: the server's own certificate first, then those that lead to an authority. Other PEM blocks and
    /// text between them are skipped. At most 1 MiB and 16 certificates.
    std::string certificates;
    std::string key; ///< PEM: the private key of the first certificate; at most 1 MiB
    std::string passphrase; ///< of an encrypted key; else empty
};

/// The server's side of TLS, for any number of connections: TLS 1.2 and 1.3 with ephemeral keys and
/// authenticated ciphers only; ALPN http/1.1; no compression and no renegotiation. Sessions are resumed by
/// tickets alone, which the clients keep: nothing is stored here. Does no file I/O.
///
/// Immutable; any thread. Each stream shares ownership, so that one which replaces it serves new connections
/// only. A ticket of another context is not accepted: the client then makes a full handshake.
class TlsContext {
public:
    /// Gets one line of the key log format (without a line end) for each secret of each connection, as
    /// Wireshark reads it. Called on the thread of the connection, which must not wait: hand the line over,
    /// do not write it there. What it throws is dropped.
    using KeyLog = std::function<void(std::string_view line)>;

    /// The texts of key and passphrase are overwritten before this returns.
    /// Errors:
    /// - malformed: text that is no PEM, holds no certificate or no key, or a damaged one; `detail` says
    /// which
    /// - too_large: over the limits above
    /// - permission_denied: the key is encrypted and the passphrase is missing or wrong
    /// - invalid_argument: the key belongs to another certificate (`detail` says if it is one of the chain),
    /// or
    ///   is of a kind or size that the TLS library does not accept
    /// - no_memory
    [[nodiscard]] static Result<std::shared_ptr<const TlsContext>> create(
        TlsIdentity identity, KeyLog key_log = {});

    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

    [[nodiscard]] ssl_ctx_st* native() const { return native_; }

private:
    TlsContext(ssl_ctx_st* native, KeyLog key_log);

    ssl_ctx_st* native_;
    KeyLog key_log_;
};

/// True when the first private key of the PEM text is encrypted, so that a passphrase has to be asked for.
[[nodiscard]] bool is_encrypted_key(std::string_view pem);

} // namespace jackfield::net
