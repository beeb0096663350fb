#pragma once

#include "jackfield/api.h"
#include "jackfield/result.h"
#include "jackfield/time.h"

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace jackfield {

// Certificates (RFC 5280) as text in PEM (RFC 7468). Nothing here reads or writes a file, keeps a state or
// asks anybody: any thread, no waiting but for the making of keys (about a millisecond).

/// What a certificate says. The texts come from whoever made it: hostile for all but those we issued.
struct CertificateFacts {
    std::string subject; ///< `CN=localhost, O=Jackfield`
    std::string common_name; ///< of the subject; empty for none
    std::string issuer;
    std::string serial; ///< hexadecimal digits
    std::string fingerprint; ///< SHA-256 of the DER form, `AB:CD:...`, as browsers show it
    /// DNS names and addresses of the subjectAltName (RFC 5280 section 4.2.1.6), which is all that browsers
    /// look at.
    std::vector<std::string> names;
    /// What an authority may vouch for: DNS names and networks of the permittedSubtrees (section 4.2.1.10);
    /// empty for no limit.
    std::vector<std::string> permitted;
    WallTime not_before; ///< as far as WallTime reaches (the year 2262)
    WallTime not_after;
    std::string key; ///< `EC P-256`, `RSA 2048 bits`, `Ed25519`
    bool is_authority = false; ///< basicConstraints CA:TRUE (section 4.2.1.9)
    bool is_self_signed = false;
    bool for_servers = false; ///< no extension forbids a server to use it (sections 4.2.1.3 and 4.2.1.12)
};

/// The facts of every certificate in a PEM text, in its order. Other blocks are passed over.
/// Errors: not_found (no certificate), malformed (the detail says which block), too_large (over 1 MiB or 200
/// blocks), no_memory.
[[nodiscard]] JACKFIELD_API Result<std::vector<CertificateFacts>> describe_certificates(std::string_view pem);

/// A name or address that a development certificate may be for, in its one form: DNS names in lower case,
/// an asterisk and a dot before them for all names one level below, addresses as inet_ntop(3) writes them.
/// Errors: invalid_argument with what is wrong with it, in words for who has typed it.
[[nodiscard]] JACKFIELD_API Result<std::string> check_development_name(std::string_view text);

/// What every development certificate is for: localhost, 127.0.0.1 and ::1. Names below localhost are added
/// one by one: Chromium does not match `*.localhost`, and Firefox refuses a certificate that holds it.
[[nodiscard]] JACKFIELD_API const std::vector<std::string>& loopback_names();

/// An authority of its own and the one certificate that it has issued.
struct DevelopmentCertificate {
    std::string certificate_pem; ///< what a server sends
    std::string key_pem; ///< its key, PKCS#8 without a passphrase: secret
    std::string authority_pem; ///< what browsers are to trust
    std::string authority_key_pem; ///< empty unless it was asked for: secret
    CertificateFacts certificate;
    CertificateFacts authority;
};

/// What becomes of the authority's key.
enum class AuthorityKey {
    destroyed, ///< nothing can ever be issued by the authority again: trusting it is trusting one certificate
    kept,
};

/// For how long a development certificate is valid.
inline constexpr int development_certificate_days = 397;
/// How many names may be added to it.
inline constexpr std::size_t most_development_names = 100; ///< added ones

/// Makes a new authority and a certificate for the loopback names and `added` (each as check_development_name
/// takes it), both valid from a day before `now` (clocks differ) for 397 days.
/// Both keys are P-256. The authority's certificate has, critical, basicConstraints CA:TRUE pathlen 0 (RFC
/// 5280 section 4.2.1.9), keyUsage keyCertSign and cRLSign (4.2.1.3), and nameConstraints that permit
/// (4.2.1.10) localhost and the names below it, 127.0.0.0/8, ::1 and what was added, with the names below:
/// nobody who holds its key can vouch for anything else. The server's has keyUsage digitalSignature,
/// CA:FALSE, extendedKeyUsage serverAuth (4.2.1.12) and subjectAltName (4.2.1.6). Serial numbers are 128
/// random bits (4.1.2.2). Errors: invalid_argument (a name), too_large (more than 100 added), system
/// (OpenSSL; the detail has its words).
[[nodiscard]] JACKFIELD_API Result<DevelopmentCertificate> issue_development_certificate(
    const std::vector<std::string>& added, WallTime now,
    AuthorityKey authority_key = AuthorityKey::destroyed);

/// A certificate with its issuers and its key, checked and ready for a TLS server.
struct TlsIdentity {
    std::string chain_pem; ///< the server's certificate, then each one's issuer, as far as there are any
    std::string key_pem; ///< PKCS#8 without a passphrase: secret
    std::vector<CertificateFacts> chain; ///< in the order of `chain_pem`; never empty
    std::vector<std::string> warnings; ///< what browsers may object to; sentences without a full stop
};

/// What is wrong with a certificate or a key.
enum class IdentityProblem {
    unreadable_file, ///< of callers that read files
    too_large, ///< over 1 MiB or 200 blocks
    no_certificate,
    key_instead_of_certificate,
    malformed_certificate,
    no_key,
    certificate_instead_of_key,
    malformed_key,
    unsupported_key, ///< of a kind or an encryption that TLS or OpenSSL cannot use
    passphrase_needed, ///< ask for it and try again
    passphrase_wrong, ///< the same
    key_mismatch, ///< the key belongs to none of the certificates
    weak_key, ///< TLS libraries refuse it, ours included
    not_for_servers,
    not_valid_now, ///< of callers that replace one which is valid: it has expired, or has not begun
    no_memory,
};

/// Why a certificate and key cannot be used.
struct IdentityError {
    IdentityProblem problem = IdentityProblem::no_certificate;
    std::string detail; ///< a sentence without a full stop: what is wrong and what to do
};

/// What `check_identity` gives.
using IdentityResult = tl::expected<TlsIdentity, IdentityError>;

/// Checks a person's own certificate and key. `key_pem` is PKCS#8, encrypted or not, or one of the
/// traditional forms (RFC 5915, PKCS#1), encrypted or not; both texts may hold both, as one file often does.
/// The passphrase is used for an encrypted key only, and nobody is ever asked for one. Certificates in
/// another order are put into the order that TLS wants (RFC 8446 section 4.4.2), those that belong to no
/// issuer's row are left out; either is a warning. A certificate that has expired or is not valid yet, an
/// authority's own, one without names, and keys that browsers do not speak are warnings too: a test may be
/// about just that.
[[nodiscard]] JACKFIELD_API IdentityResult check_identity(std::string_view chain_pem, std::string_view key_pem,
    const std::optional<std::string>& passphrase, WallTime now);

/// A sentence for people when the OpenSSL that runs has known holes that 3.0.22, Debian 12's, has mended.
[[nodiscard]] JACKFIELD_API std::optional<std::string> openssl_warning();

} // namespace jackfield
