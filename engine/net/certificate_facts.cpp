#include "net/certificate_parts.h"

#include "jackfield/certificate.h"
#include "jackfield/escape.h"

#include <arpa/inet.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <span>

namespace jackfield {
namespace {

constexpr std::size_t most_blocks = 200;
constexpr std::size_t longest_text = 1000; // characters of a name in a certificate

using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, FreedBy<GENERAL_NAMES_free>>;
using NameConstraintsPtr = std::unique_ptr<NAME_CONSTRAINTS, FreedBy<NAME_CONSTRAINTS_free>>;

struct OpensslFree {
    void operator()(void* memory) const { OPENSSL_free(memory); }
};

std::string take_text(BIO& bio)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(&bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string name_text(const X509_NAME* name)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    // What is beyond ASCII stays UTF-8.
    constexpr unsigned long flags = (ASN1_STRFLGS_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB))
        | XN_FLAG_SEP_CPLUS_SPC | XN_FLAG_FN_SN;
    if (!bio || name == nullptr || X509_NAME_print_ex(bio.get(), name, 0, flags) < 0)
        return {};
    return escape_for_terminal(take_text(*bio), longest_text);
}

std::string common_name(const X509_NAME* name)
{
    const int at = name == nullptr ? -1 : X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (at < 0)
        return {};
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (size < 0)
        return {};
    const std::unique_ptr<unsigned char, OpensslFree> owner(utf8);
    return escape_for_terminal(
        {reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size)}, longest_text);
}

std::string hex(std::span<const unsigned char> bytes, std::string_view between)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const unsigned char byte : bytes) {
        if (!text.empty())
            text += between;
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

std::string address_text(std::span<const unsigned char> bytes)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    const int family = bytes.size() == 4 ? AF_INET : AF_INET6;
    if ((bytes.size() != 4 && bytes.size() != 16)
        || inet_ntop(family, bytes.data(), text.data(), text.size()) == nullptr)
        return "address " + hex(bytes, ":");
    return text.data();
}

std::span<const unsigned char> bytes_of(const ASN1_STRING* text)
{
    return {ASN1_STRING_get0_data(text), static_cast<std::size_t>(std::max(0, ASN1_STRING_length(text)))};
}

/// An address with its mask (RFC 5280 section 4.2.1.10): `127.0.0.0/8`.
std::string network_text(std::span<const unsigned char> bytes)
{
    const std::size_t half = bytes.size() / 2;
    const auto mask = bytes.subspan(half);
    int ones = 0;
    bool ended = false;
    for (const unsigned char byte : mask) {
        for (unsigned bit = 0x80; bit != 0; bit >>= 1U) {
            const bool one = (byte & bit) != 0;
            if (one && ended)
                return address_text(bytes.first(half)) + " mask " + address_text(mask);
            ended = ended || !one;
            ones += one ? 1 : 0;
        }
    }
    return address_text(bytes.first(half)) + "/" + std::to_string(ones);
}

std::string general_name_text(const GENERAL_NAME* name, bool is_constraint)
{
    int type = 0;
    const void* const value = GENERAL_NAME_get0_value(name, &type);
    if (type != GEN_DNS && type != GEN_IPADD)
        return {};
    const auto bytes = bytes_of(static_cast<const ASN1_STRING*>(value));
    if (type == GEN_IPADD)
        return is_constraint ? network_text(bytes) : address_text(bytes);
    return escape_for_terminal({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, longest_text);
}

std::vector<std::string> names_of(const X509& certificate)
{
    std::vector<std::string> names;
    const GeneralNamesPtr found(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; found && i < sk_GENERAL_NAME_num(found.get()); ++i) {
        if (std::string text = general_name_text(sk_GENERAL_NAME_value(found.get(), i), false); !text.empty())
            names.push_back(std::move(text));
    }
    return names;
}

std::vector<std::string> permitted_of(const X509& certificate)
{
    std::vector<std::string> permitted;
    const NameConstraintsPtr found(static_cast<NAME_CONSTRAINTS*>(
        X509_get_ext_d2i(&certificate, NID_name_constraints, nullptr, nullptr)));
    if (!found)
        return permitted;
    for (int i = 0; i < sk_GENERAL_SUBTREE_num(found->permittedSubtrees); ++i) {
        const GENERAL_SUBTREE* const tree = sk_GENERAL_SUBTREE_value(found->permittedSubtrees, i);
        if (std::string text = general_name_text(tree->base, true); !text.empty())
            permitted.push_back(std::move(text));
    }
    return permitted;
}

WallTime time_of(const ASN1_TIME* time)
{
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    const auto since = seconds(timegm(&parts));
    const auto last = std::chrono::duration_cast<seconds>(WallTime::max().time_since_epoch());
    const auto first = std::chrono::duration_cast<seconds>(WallTime::min().time_since_epoch());
    return WallTime(std::clamp(since, first, last));
}

std::string fingerprint_of(const X509& certificate)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (X509_digest(&certificate, EVP_sha256(), digest.data(), &size) != 1)
        return {};
    return hex(std::span(digest).first(size), ":");
}

} // namespace

std::string openssl_reason()
{
    std::string text;
    while (const unsigned long code = ERR_get_error()) {
        std::array<char, 256> words{};
        ERR_error_string_n(code, words.data(), words.size());
        text += (text.empty() ? "" : "; ") + std::string(words.data());
    }
    return text.empty() ? "no reason given" : text;
}

Error openssl_error(std::string_view doing)
{
    const bool memory = ERR_GET_REASON(ERR_peek_last_error()) == ERR_R_MALLOC_FAILURE;
    return {memory ? ErrorCode::no_memory : ErrorCode::system, 0,
        std::string(doing) + " (OpenSSL: " + openssl_reason() + ")"};
}

Result<std::vector<PemBlock>> read_pem(std::string_view text)
{
    if (text.size() > largest_pem)
        return fail(ErrorCode::too_large, "it is larger than 1 MiB, and no certificate or key is");
    ERR_clear_error();
    const BioPtr bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    if (!bio)
        return tl::unexpected<Error>(openssl_error("cannot read PEM"));
    std::vector<PemBlock> blocks;
    while (true) {
        char* label = nullptr;
        char* header = nullptr;
        unsigned char* data = nullptr;
        long size = 0;
        if (PEM_read_bio(bio.get(), &label, &header, &data, &size) != 1) {
            const unsigned long error = ERR_peek_last_error();
            const bool ended
                = ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
            if (ended) {
                ERR_clear_error();
                return blocks;
            }
            Error reason
                = openssl_error("PEM block " + std::to_string(blocks.size() + 1) + " is damaged or cut off");
            if (reason.code != ErrorCode::no_memory)
                reason.code = ErrorCode::malformed;
            return tl::unexpected<Error>(std::move(reason));
        }
        const std::unique_ptr<char, OpensslFree> label_owner(label);
        const std::unique_ptr<char, OpensslFree> header_owner(header);
        const std::unique_ptr<unsigned char, OpensslFree> data_owner(data);
        blocks.push_back({label, header,
            std::string(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size))});
        if (blocks.size() > most_blocks)
            return fail(ErrorCode::too_large, "it has more than 200 PEM blocks");
    }
}

bool is_certificate_block(const PemBlock& block)
{
    return block.label == PEM_STRING_X509 || block.label == PEM_STRING_X509_OLD
        || block.label == PEM_STRING_X509_TRUSTED;
}

bool is_private_key_block(const PemBlock& block)
{
    return block.label.ends_with("PRIVATE KEY");
}

CertificatePtr parse_certificate(const PemBlock& block)
{
    const auto* begin = reinterpret_cast<const unsigned char*>(block.der.data());
    const auto* at = begin;
    CertificatePtr certificate(d2i_X509(nullptr, &at, static_cast<long>(block.der.size())));
    // OpenSSL's own form has more behind it.
    const bool whole = at == begin + block.der.size() || block.label == PEM_STRING_X509_TRUSTED;
    ERR_clear_error();
    return whole ? std::move(certificate) : nullptr;
}

Result<std::string> certificate_pem(const X509& certificate)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    if (!bio || PEM_write_bio_X509(bio.get(), &certificate) != 1)
        return tl::unexpected<Error>(openssl_error("cannot write a certificate"));
    return take_text(*bio);
}

Result<std::string> key_pem(const EVP_PKEY& key)
{
    const BioPtr bio(BIO_new(BIO_s_secmem()));
    if (!bio || PEM_write_bio_PKCS8PrivateKey(bio.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return tl::unexpected<Error>(openssl_error("cannot write a key"));
    return take_text(*bio);
}

std::string key_kind(const EVP_PKEY& key)
{
    const int bits = EVP_PKEY_get_bits(&key);
    switch (EVP_PKEY_get_base_id(&key)) {
    case EVP_PKEY_RSA:
    case EVP_PKEY_RSA_PSS:
        return "RSA " + std::to_string(bits) + " bits";
    case EVP_PKEY_DSA:
        return "DSA " + std::to_string(bits) + " bits";
    case EVP_PKEY_ED25519:
        return "Ed25519";
    case EVP_PKEY_ED448:
        return "Ed448";
    case EVP_PKEY_EC: {
        std::array<char, 80> group{};
        std::size_t size = 0;
        if (EVP_PKEY_get_utf8_string_param(
                &key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), &size)
            != 1) {
            ERR_clear_error();
            return "EC " + std::to_string(bits) + " bits";
        }
        const std::string name(group.data(), size);
        // OpenSSL's names, and NIST's, which people know (FIPS 186-4, appendix D).
        if (name == "prime256v1")
            return "EC P-256";
        if (name == "secp384r1")
            return "EC P-384";
        return name == "secp521r1" ? "EC P-521" : "EC " + name;
    }
    default: {
        const char* const name = EVP_PKEY_get0_type_name(&key);
        return std::string(name != nullptr ? name : "unknown") + " " + std::to_string(bits) + " bits";
    }
    }
}

CertificateFacts facts_of(X509& certificate)
{
    CertificateFacts facts;
    facts.subject = name_text(X509_get_subject_name(&certificate));
    facts.common_name = common_name(X509_get_subject_name(&certificate));
    facts.issuer = name_text(X509_get_issuer_name(&certificate));
    facts.serial = hex(bytes_of(X509_get0_serialNumber(&certificate)), "");
    facts.fingerprint = fingerprint_of(certificate);
    facts.names = names_of(certificate);
    facts.permitted = permitted_of(certificate);
    facts.not_before = time_of(X509_get0_notBefore(&certificate));
    facts.not_after = time_of(X509_get0_notAfter(&certificate));
    const EVP_PKEY* const key = X509_get0_pubkey(&certificate);
    facts.key = key != nullptr ? key_kind(*key) : "unknown";
    const std::uint32_t flags = X509_get_extension_flags(&certificate);
    facts.is_authority = (flags & EXFLAG_CA) != 0;
    facts.is_self_signed = (flags & EXFLAG_SS) != 0;
    facts.for_servers = X509_check_purpose(&certificate, X509_PURPOSE_SSL_SERVER, 0) == 1;
    ERR_clear_error();
    return facts;
}

Result<std::vector<CertificateFacts>> describe_certificates(std::string_view pem)
{
    const auto blocks = read_pem(pem);
    if (!blocks)
        return tl::unexpected<Error>(blocks.error());
    std::vector<CertificateFacts> result;
    for (std::size_t i = 0; i < blocks->size(); ++i) {
        const PemBlock& block = (*blocks)[i];
        if (!is_certificate_block(block))
            continue;
        const CertificatePtr certificate = parse_certificate(block);
        if (!certificate)
            return fail(ErrorCode::malformed, "PEM block " + std::to_string(i + 1) + " is no certificate");
        result.push_back(facts_of(*certificate));
    }
    if (result.empty())
        return fail(ErrorCode::not_found, "there is no certificate in it");
    return result;
}

std::optional<std::string> openssl_warning(unsigned long version, std::string_view text)
{
    constexpr unsigned long good = 0x30000160UL; // 3.0.22 as OPENSSL_VERSION_NUMBER(3) counts
    if (version >= good)
        return std::nullopt;
    return std::string(text)
        + " has known holes: install the security updates of your system (OpenSSL 3.0.22 or newer)";
}

std::optional<std::string> openssl_warning()
{
    return openssl_warning(OpenSSL_version_num(), OpenSSL_version(OPENSSL_VERSION));
}

} // namespace jackfield
