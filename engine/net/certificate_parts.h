#pragma once

#include "jackfield/result.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield {

struct CertificateFacts;

/// Frees what OpenSSL has allocated.
template <auto free_function>
struct FreedBy {
    template <class T>
    void operator()(T* object) const
    {
        free_function(object);
    }
};
using BioPtr = std::unique_ptr<BIO, FreedBy<BIO_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, FreedBy<X509_free>>;

/// One block of a PEM text (RFC 7468 section 2), or of the older form with headers (RFC 1421).
struct PemBlock {
    std::string label; ///< `CERTIFICATE`
    std::string header; ///< `Proc-Type: 4,ENCRYPTED ...`; mostly empty
    std::string der; ///< decoded, not decrypted
};

inline constexpr std::size_t largest_pem = std::size_t{1} << 20U;

/// All blocks. Errors: too_large, malformed, no_memory.
[[nodiscard]] Result<std::vector<PemBlock>> read_pem(std::string_view text);
[[nodiscard]] bool is_certificate_block(const PemBlock& block);
[[nodiscard]] bool is_private_key_block(const PemBlock& block);
/// The certificate of a block; null when it is none.
[[nodiscard]] CertificatePtr parse_certificate(const PemBlock& block);

/// Errors: no_memory, system.
[[nodiscard]] Result<std::string> certificate_pem(const X509& certificate);
/// PKCS#8 without a passphrase. Errors: as above.
[[nodiscard]] Result<std::string> key_pem(const EVP_PKEY& key);
[[nodiscard]] CertificateFacts facts_of(X509& certificate);
[[nodiscard]] std::string key_kind(const EVP_PKEY& key);

/// What OpenSSL's error queue of this thread says, oldest first; empties it. "no reason given" for none.
[[nodiscard]] std::string openssl_reason();
/// An error of a failed call of OpenSSL: no_memory or system.
[[nodiscard]] Error openssl_error(std::string_view doing);

/// jackfield/certificate.h, for a library that says it is of this version.
[[nodiscard]] std::optional<std::string> openssl_warning(unsigned long version, std::string_view text);

} // namespace jackfield
