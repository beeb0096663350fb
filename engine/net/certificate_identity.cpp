#include "net/certificate_parts.h"

#include "jackfield/certificate.h"
#include "jackfield/escape.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <cstring>

namespace jackfield {
namespace {

constexpr int least_security_bits = 112; // RSA 2048, SHA-224: security level 2 of OpenSSL, Debian's
constexpr std::size_t shown_name = 80;

tl::unexpected<IdentityError> refuse(IdentityProblem problem, std::string detail)
{
    return tl::unexpected<IdentityError>(IdentityError{problem, std::move(detail)});
}

tl::unexpected<IdentityError> pem_refusal(
    const Error& error, std::string_view where, IdentityProblem malformed)
{
    const IdentityProblem problem = error.code == ErrorCode::too_large ? IdentityProblem::too_large
        : error.code == ErrorCode::no_memory                           ? IdentityProblem::no_memory
                                                                       : malformed;
    return refuse(problem, std::string(where) + " cannot be used: " + error.detail);
}

bool looks_binary(std::string_view text)
{
    // A DER SEQUENCE of more than 127 bytes.
    return text.size() > 4 && text[0] == '\x30' && (text[1] == '\x82' || text[1] == '\x81');
}

const PemBlock* find_block(const std::vector<PemBlock>& blocks, bool (*matches)(const PemBlock&))
{
    const auto found = std::find_if(blocks.begin(), blocks.end(), matches);
    return found == blocks.end() ? nullptr : &*found;
}

bool has_label(const std::vector<PemBlock>& blocks, std::string_view part)
{
    return std::any_of(blocks.begin(), blocks.end(),
        [&](const PemBlock& block) { return block.label.find(part) != std::string::npos; });
}

tl::unexpected<IdentityError> no_certificate(std::string_view text, const std::vector<PemBlock>& blocks)
{
    if (find_block(blocks, is_private_key_block) != nullptr)
        return refuse(IdentityProblem::key_instead_of_certificate,
            "the file holds a private key where the certificate is expected: choose the file with BEGIN "
            "CERTIFICATE in it");
    if (has_label(blocks, "CERTIFICATE REQUEST"))
        return refuse(IdentityProblem::no_certificate,
            "the file holds a signing request, which an authority makes a certificate of");
    if (looks_binary(text))
        return refuse(IdentityProblem::no_certificate,
            "the file is binary (DER or PKCS#12); make PEM of it: openssl x509 -inform der -in FILE -out "
            "FILE.pem, or "
            "openssl pkcs12 -in FILE -out FILE.pem");
    return refuse(
        IdentityProblem::no_certificate, "there is no certificate in the file (no BEGIN CERTIFICATE)");
}

tl::unexpected<IdentityError> no_key(std::string_view text, const std::vector<PemBlock>& blocks)
{
    if (find_block(blocks, is_certificate_block) != nullptr)
        return refuse(IdentityProblem::certificate_instead_of_key,
            "the file holds a certificate where the private key is expected: choose the file with BEGIN "
            "PRIVATE "
            "KEY in it");
    if (has_label(blocks, "PUBLIC KEY"))
        return refuse(IdentityProblem::no_key, "the file holds a public key; the private one is needed");
    if (looks_binary(text))
        return refuse(IdentityProblem::no_key,
            "the file is binary (DER or PKCS#12); make PEM of it: openssl pkey -inform der -in FILE -out "
            "FILE.pem, or "
            "openssl pkcs12 -in FILE -out FILE.pem");
    return refuse(IdentityProblem::no_key, "there is no private key in the file (no BEGIN PRIVATE KEY)");
}

bool is_encrypted(const PemBlock& block)
{
    return block.label == PEM_STRING_PKCS8 || block.header.find("ENCRYPTED") != std::string::npos;
}

/// OpenSSL's question for a passphrase. Without this it would ask at the terminal.
int give_passphrase(char* buffer, int size, int /*to_write*/, void* given)
{
    const auto* passphrase = static_cast<const std::optional<std::string>*>(given);
    if (!passphrase->has_value() || (*passphrase)->size() > static_cast<std::size_t>(size))
        return -1;
    std::memcpy(buffer, (*passphrase)->data(), (*passphrase)->size());
    return static_cast<int>((*passphrase)->size());
}

/// True when the last failure was of an algorithm that OpenSSL does not have, or has switched off. What its
/// decoders call unsupported is any bytes that are no key: what a wrong passphrase makes, now and then.
bool was_unsupported()
{
    bool unsupported = false;
    while (const unsigned long code = ERR_get_error()) {
        const int reason = ERR_GET_REASON(code);
        const int library = ERR_GET_LIB(code);
        unsupported = unsupported
            || (library == ERR_LIB_EVP
                && (reason == ERR_R_UNSUPPORTED || reason == EVP_R_UNSUPPORTED_ALGORITHM
                    || reason == EVP_R_UNSUPPORTED_CIPHER || reason == EVP_R_UNKNOWN_PBE_ALGORITHM
                    || reason == EVP_R_UNSUPPORTED_PRF))
            || (library == ERR_LIB_PEM && reason == PEM_R_UNSUPPORTED_ENCRYPTION);
    }
    return unsupported;
}

tl::expected<KeyPtr, IdentityError> read_key(
    std::string_view text, const PemBlock& block, const std::optional<std::string>& passphrase)
{
    if (block.label == "OPENSSH PRIVATE KEY")
        return refuse(IdentityProblem::unsupported_key,
            "the key is in OpenSSH's own form; make PKCS#8 of a copy: ssh-keygen -p -m PKCS8 -f COPY");
    const bool encrypted = is_encrypted(block);
    if (encrypted && !passphrase)
        return refuse(IdentityProblem::passphrase_needed, "the key is encrypted: its passphrase is needed");
    ERR_clear_error();
    const BioPtr bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    if (!bio)
        return refuse(IdentityProblem::no_memory, "there is no memory for reading the key");
    std::optional<std::string> given = passphrase;
    KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, give_passphrase, &given));
    if (given)
        OPENSSL_cleanse(given->data(), given->size());
    if (key) {
        ERR_clear_error();
        return key;
    }
    const bool unsupported = was_unsupported();
    // OpenSSL says "unsupported" of damaged ones too.
    if (!encrypted)
        return refuse(
            IdentityProblem::malformed_key, "the key is damaged, or of a kind that OpenSSL does not know");
    if (unsupported)
        return refuse(IdentityProblem::unsupported_key,
            "the key is encrypted in a way that OpenSSL no longer offers; encrypt it anew with the OpenSSL "
            "that "
            "made it: openssl pkey -aes256 -in FILE -out NEW");
    return refuse(IdentityProblem::passphrase_wrong, "the passphrase does not open the key");
}

std::string name_of(X509& certificate)
{
    const CertificateFacts facts = facts_of(certificate);
    return escape_for_terminal(facts.subject.empty() ? facts.fingerprint : facts.subject, shown_name);
}

/// `certificates`, the first of which matches the key, as a chain; the rest stays behind.
std::vector<CertificatePtr> take_chain(std::vector<CertificatePtr>& certificates)
{
    std::vector<CertificatePtr> chain;
    chain.push_back(std::move(certificates.front()));
    certificates.erase(certificates.begin());
    while (true) {
        X509* const last = chain.back().get();
        if (X509_check_issued(last, last) == X509_V_OK)
            return chain;
        const auto issuer = std::find_if(certificates.begin(), certificates.end(),
            [&](const CertificatePtr& other) { return X509_check_issued(other.get(), last) == X509_V_OK; });
        if (issuer == certificates.end())
            return chain;
        chain.push_back(std::move(*issuer));
        certificates.erase(issuer);
    }
}

bool is_spoken_by_browsers(const EVP_PKEY& key)
{
    const std::string kind = key_kind(key);
    return kind.starts_with("RSA ") || kind == "EC P-256" || kind == "EC P-384" || kind == "EC P-521";
}

void warn_of_leaf(
    const TlsIdentity& identity, const EVP_PKEY& key, WallTime now, std::vector<std::string>& warnings)
{
    const CertificateFacts& leaf = identity.chain.front();
    for (const CertificateFacts& facts : identity.chain) {
        const std::string what
            = &facts == &leaf ? "the certificate" : "the issuer's certificate (" + facts.subject + ")";
        if (facts.not_after < now)
            warnings.push_back(what + " has expired: browsers will refuse it");
        else if (facts.not_before > now)
            warnings.push_back(what + " is not valid yet: browsers will refuse it");
    }
    if (leaf.names.empty())
        warnings.emplace_back("the certificate names no host (no subjectAltName): browsers will refuse it");
    if (leaf.is_authority)
        warnings.emplace_back("the certificate is an authority's own: Firefox refuses it from a server");
    if (!is_spoken_by_browsers(key))
        warnings.push_back("browsers may not speak keys of this kind (" + leaf.key + ")");
}

tl::expected<void, IdentityError> check_strength(const std::vector<CertificatePtr>& chain)
{
    for (const CertificatePtr& certificate : chain) {
        const std::string what
            = certificate == chain.front() ? "the certificate" : "the issuer " + name_of(*certificate);
        const EVP_PKEY* const key = X509_get0_pubkey(certificate.get());
        if (key == nullptr)
            return refuse(
                IdentityProblem::unsupported_key, what + " has a key of a kind that OpenSSL does not know");
        if (EVP_PKEY_get_security_bits(key) < least_security_bits)
            return refuse(IdentityProblem::weak_key,
                what + " has a weak key (" + key_kind(*key)
                    + "): TLS wants RSA of 2048 bits or more, or EC P-256");
        int security_bits = 0;
        // A root's own signature proves nothing, so nobody looks at it.
        if (X509_check_issued(certificate.get(), certificate.get()) != X509_V_OK
            && X509_get_signature_info(certificate.get(), nullptr, nullptr, &security_bits, nullptr) == 1
            && security_bits < least_security_bits)
            return refuse(IdentityProblem::weak_key,
                what + " is signed with a weak digest (SHA-1 or MD5): TLS wants SHA-256");
    }
    return {};
}

} // namespace

IdentityResult check_identity(std::string_view chain_pem, std::string_view private_key_pem,
    const std::optional<std::string>& passphrase, WallTime now)
{
    const auto blocks = read_pem(chain_pem);
    if (!blocks)
        return pem_refusal(blocks.error(), "the certificate file", IdentityProblem::malformed_certificate);
    if (find_block(*blocks, is_certificate_block) == nullptr)
        return no_certificate(chain_pem, *blocks);
    std::vector<CertificatePtr> certificates;
    for (std::size_t i = 0; i < blocks->size(); ++i) {
        if (!is_certificate_block((*blocks)[i]))
            continue;
        certificates.push_back(parse_certificate((*blocks)[i]));
        if (!certificates.back())
            return refuse(IdentityProblem::malformed_certificate,
                "PEM block " + std::to_string(i + 1) + " of the certificate file is no certificate");
    }

    const auto key_blocks = read_pem(private_key_pem);
    if (!key_blocks)
        return pem_refusal(key_blocks.error(), "the key file", IdentityProblem::malformed_key);
    const PemBlock* const key_block = find_block(*key_blocks, is_private_key_block);
    if (key_block == nullptr)
        return no_key(private_key_pem, *key_blocks);
    const auto key = read_key(private_key_pem, *key_block, passphrase);
    if (!key)
        return tl::unexpected<IdentityError>(key.error());

    TlsIdentity identity;
    const auto leaf
        = std::find_if(certificates.begin(), certificates.end(), [&](const CertificatePtr& certificate) {
              const EVP_PKEY* const public_key = X509_get0_pubkey(certificate.get());
              return public_key != nullptr && EVP_PKEY_eq(public_key, key->get()) == 1;
          });
    if (leaf == certificates.end()) {
        ERR_clear_error();
        return refuse(IdentityProblem::key_mismatch,
            "the key does not belong to the certificate (" + name_of(*certificates.front())
                + "): choose the two that were made together");
    }
    std::vector<X509*> in_file;
    for (const CertificatePtr& certificate : certificates)
        in_file.push_back(certificate.get());
    std::rotate(certificates.begin(), leaf, leaf + 1);
    const std::vector<CertificatePtr> chain = take_chain(certificates);
    if (const auto strong = check_strength(chain); !strong)
        return tl::unexpected<IdentityError>(strong.error());
    for (const CertificatePtr& certificate : chain)
        identity.chain.push_back(facts_of(*certificate));
    if (!identity.chain.front().for_servers)
        return refuse(IdentityProblem::not_for_servers,
            "the certificate is not for servers (its extendedKeyUsage or keyUsage says so); choose one with "
            "serverAuth");

    for (const CertificatePtr& certificate : chain) {
        auto text = certificate_pem(*certificate);
        if (!text)
            return refuse(IdentityProblem::no_memory, text.error().detail);
        identity.chain_pem += *text;
    }
    auto text = key_pem(**key);
    if (!text)
        return refuse(IdentityProblem::no_memory, text.error().detail);
    identity.key_pem = std::move(*text);
    if (!certificates.empty())
        identity.warnings.push_back(std::to_string(certificates.size())
            + (certificates.size() == 1 ? " certificate of the file is" : " certificates of the file are")
            + " no issuer of the server's and will not be sent: " + name_of(*certificates.front()));
    // What was left out does not count as order.
    std::erase_if(in_file, [&](const X509* one) {
        return std::none_of(
            chain.begin(), chain.end(), [&](const CertificatePtr& kept) { return kept.get() == one; });
    });
    if (!std::equal(chain.begin(), chain.end(), in_file.begin(),
            [](const CertificatePtr& kept, const X509* one) { return kept.get() == one; }))
        identity.warnings.emplace_back(
            "the certificates of the file are not in the order of TLS (the server's first, "
            "then each one's issuer); they will be sent in that order");
    warn_of_leaf(identity, **key, now, identity.warnings);
    ERR_clear_error();
    return identity;
}

} // namespace jackfield
