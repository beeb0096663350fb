#pragma once

#include "jackfield/api.h"
#include "jackfield/certificate.h"
#include "jackfield/result.h"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace jackfield {

namespace net {
class TlsContext;
}

/// What an engine shows and proves itself with over TLS, ready to serve. Immutable; any thread. Made off the
/// engine's thread, since it reads keys. Tickets of other credentials are not resumed: their holders make a
/// full handshake.
class JACKFIELD_API TlsCredentials {
public:
    /// Gets one line, without its end, of the key log format that Wireshark reads, for each secret of each
    /// connection: whoever has them reads the traffic. Called on the engine's thread, which must not wait.
    /// What it throws is dropped.
    using KeyLog = std::function<void(std::string_view line)>;

    /// Of what `check_identity` or `issue_development_certificate` gave.
    /// Errors: malformed, too_large, invalid_argument (the key belongs to another certificate, or is of a
    /// kind that the TLS library does not accept), system (OpenSSL; the detail has its words), no_memory.
    [[nodiscard]] static Result<std::shared_ptr<const TlsCredentials>> create(
        TlsIdentity identity, KeyLog key_log = {});

    ~TlsCredentials();
    TlsCredentials(const TlsCredentials&) = delete;
    TlsCredentials& operator=(const TlsCredentials&) = delete;

    /// The server's certificate first; never empty.
    [[nodiscard]] const std::vector<CertificateFacts>& chain() const { return chain_; }
    /// For the engine.
    [[nodiscard]] const std::shared_ptr<const net::TlsContext>& context() const { return context_; }

private:
    TlsCredentials(std::vector<CertificateFacts> chain, std::shared_ptr<const net::TlsContext> context);

    std::vector<CertificateFacts> chain_;
    std::shared_ptr<const net::TlsContext> context_;
};

} // namespace jackfield
