#include "net/certificate_parts.h"
#include "net/development_name.h"

#include "jackfield/certificate.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>

namespace jackfield {
namespace {

using ExtensionPtr = std::unique_ptr<X509_EXTENSION, FreedBy<X509_EXTENSION_free>>;
using GeneralNamePtr = std::unique_ptr<GENERAL_NAME, FreedBy<GENERAL_NAME_free>>;
using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, FreedBy<GENERAL_NAMES_free>>;
using NameConstraintsPtr = std::unique_ptr<NAME_CONSTRAINTS, FreedBy<NAME_CONSTRAINTS_free>>;
using SubtreePtr = std::unique_ptr<GENERAL_SUBTREE, FreedBy<GENERAL_SUBTREE_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, FreedBy<BN_free>>;
using IntegerPtr = std::unique_ptr<ASN1_INTEGER, FreedBy<ASN1_INTEGER_free>>;
using StringPtr = std::unique_ptr<ASN1_STRING, FreedBy<ASN1_STRING_free>>;

constexpr long version_3 = 2; // RFC 5280 section 4.1.2.1
constexpr int serial_bits = 128;

struct Validity {
    std::time_t from;
    std::time_t until;
};

Validity validity_at(WallTime now)
{
    using days = std::chrono::duration<std::int64_t, std::ratio<86'400>>;
    const auto from = std::chrono::floor<seconds>(now) - days(1);
    // Both ends count (RFC 5280 section 4.1.2.5).
    const auto until = from + days(development_certificate_days) - seconds(1);
    return {from.time_since_epoch().count(), until.time_since_epoch().count()};
}

bool set_serial(X509& certificate)
{
    const NumberPtr number(BN_new());
    if (!number)
        return false;
    // Zero is no serial number; it comes once in 2^128 times.
    do {
        if (BN_rand(number.get(), serial_bits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) != 1)
            return false;
    } while (BN_is_zero(number.get()));
    const IntegerPtr serial(BN_to_ASN1_INTEGER(number.get(), nullptr));
    return serial && X509_set_serialNumber(&certificate, serial.get()) == 1;
}

bool add_entry(X509_NAME* name, const char* field, const std::string& value)
{
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
               reinterpret_cast<const unsigned char*>(value.data()), static_cast<int>(value.size()), -1, 0)
        == 1;
}

/// All that both certificates have; the issuer is the certificate itself for null.
CertificatePtr begin(EVP_PKEY& key, const std::string& common_name, X509* issuer, const Validity& validity)
{
    CertificatePtr certificate(X509_new());
    if (!certificate || X509_set_version(certificate.get(), version_3) != 1 || !set_serial(*certificate)
        || X509_set_pubkey(certificate.get(), &key) != 1
        || ASN1_TIME_set(X509_getm_notBefore(certificate.get()), validity.from) == nullptr
        || ASN1_TIME_set(X509_getm_notAfter(certificate.get()), validity.until) == nullptr)
        return nullptr;
    X509_NAME* const subject = X509_get_subject_name(certificate.get());
    if (!add_entry(subject, "CN", common_name) || !add_entry(subject, "O", "Jackfield"))
        return nullptr;
    const X509_NAME* const issuer_name = issuer != nullptr ? X509_get_subject_name(issuer) : subject;
    if (X509_set_issuer_name(certificate.get(), issuer_name) != 1)
        return nullptr;
    return certificate;
}

bool add_extension(X509& certificate, X509& issuer, int nid, const char* value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(&certificate, extension.get(), -1) == 1;
}

GeneralNamePtr general_name(int type, const std::string& bytes)
{
    GeneralNamePtr name(GENERAL_NAME_new());
    StringPtr text(ASN1_STRING_type_new(type == GEN_DNS ? V_ASN1_IA5STRING : V_ASN1_OCTET_STRING));
    if (!name || !text || ASN1_STRING_set(text.get(), bytes.data(), static_cast<int>(bytes.size())) != 1)
        return nullptr;
    GENERAL_NAME_set0_value(name.get(), type, text.release());
    return name;
}

bool add_names(X509& certificate, const std::vector<DevelopmentName>& names)
{
    const GeneralNamesPtr list(sk_GENERAL_NAME_new_null());
    if (!list)
        return false;
    for (const DevelopmentName& name : names) {
        const bool is_dns = name.address.empty();
        GeneralNamePtr entry = general_name(is_dns ? GEN_DNS : GEN_IPADD, is_dns ? name.text : name.address);
        if (!entry || sk_GENERAL_NAME_push(list.get(), entry.get()) == 0)
            return false;
        static_cast<void>(entry.release()); // the list's
    }
    return X509_add1_ext_i2d(&certificate, NID_subject_alt_name, list.get(), 0, X509V3_ADD_DEFAULT) == 1;
}

bool permit(NAME_CONSTRAINTS& constraints, int type, const std::string& bytes)
{
    SubtreePtr tree(GENERAL_SUBTREE_new());
    GeneralNamePtr base = general_name(type, bytes);
    if (!tree || !base)
        return false;
    GENERAL_NAME_free(tree->base);
    tree->base = base.release();
    if (sk_GENERAL_SUBTREE_push(constraints.permittedSubtrees, tree.get()) == 0)
        return false;
    static_cast<void>(tree.release()); // the constraints'
    return true;
}

/// The networks and the names with all below them that names are in; `covered` tells what is there already.
bool add_constraints(X509& certificate, const std::vector<DevelopmentName>& names)
{
    const NameConstraintsPtr constraints(NAME_CONSTRAINTS_new());
    if (!constraints)
        return false;
    constraints->permittedSubtrees = sk_GENERAL_SUBTREE_new_null();
    if (constraints->permittedSubtrees == nullptr)
        return false;
    const std::string loopback_network("\x7f\0\0\0\xff\0\0\0", 8); // 127.0.0.0 and its mask
    if (!permit(*constraints, GEN_DNS, "localhost") || !permit(*constraints, GEN_IPADD, loopback_network))
        return false;
    std::vector<std::string> covered;
    for (const DevelopmentName& name : names) {
        if (!name.address.empty()) {
            if (name.address.size() == 4 && name.address.front() == '\x7f')
                continue;
            const std::string whole_mask(name.address.size(), '\xff');
            if (!permit(*constraints, GEN_IPADD, name.address + whole_mask))
                return false;
            continue;
        }
        // A constraint is for a name and all below it, and has no wildcard (RFC 5280 section 4.2.1.10).
        const std::string base = name.text.starts_with("*.") ? name.text.substr(2) : name.text;
        if (base == "localhost" || base.ends_with(".localhost")
            || std::find(covered.begin(), covered.end(), base) != covered.end())
            continue;
        covered.push_back(base);
        if (!permit(*constraints, GEN_DNS, base))
            return false;
    }
    return X509_add1_ext_i2d(&certificate, NID_name_constraints, constraints.get(), 1, X509V3_ADD_DEFAULT)
        == 1;
}

CertificatePtr make_authority(
    EVP_PKEY& key, const std::vector<DevelopmentName>& names, const Validity& validity)
{
    std::array<unsigned char, 4> random{};
    if (RAND_bytes(random.data(), random.size()) != 1)
        return nullptr;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string id;
    for (const unsigned char byte : random) {
        id += digits[byte >> 4U];
        id += digits[byte & 15U];
    }
    CertificatePtr authority = begin(key, "Jackfield development authority " + id, nullptr, validity);
    if (!authority
        || !add_extension(*authority, *authority, NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        || !add_extension(*authority, *authority, NID_key_usage, "critical,keyCertSign,cRLSign")
        || !add_extension(*authority, *authority, NID_subject_key_identifier, "hash")
        || !add_extension(*authority, *authority, NID_authority_key_identifier, "keyid:always")
        || !add_constraints(*authority, names) || X509_sign(authority.get(), &key, EVP_sha256()) == 0)
        return nullptr;
    return authority;
}

CertificatePtr make_leaf(EVP_PKEY& key, X509& authority, EVP_PKEY& authority_key,
    const std::vector<DevelopmentName>& names, const Validity& validity)
{
    CertificatePtr leaf = begin(key, "Jackfield development certificate", &authority, validity);
    if (!leaf || !add_extension(*leaf, authority, NID_basic_constraints, "critical,CA:FALSE")
        || !add_extension(*leaf, authority, NID_key_usage, "critical,digitalSignature")
        || !add_extension(*leaf, authority, NID_ext_key_usage, "serverAuth")
        || !add_extension(*leaf, authority, NID_subject_key_identifier, "hash")
        || !add_extension(*leaf, authority, NID_authority_key_identifier, "keyid:always")
        || !add_names(*leaf, names) || X509_sign(leaf.get(), &authority_key, EVP_sha256()) == 0)
        return nullptr;
    return leaf;
}

Result<std::vector<DevelopmentName>> all_names(const std::vector<std::string>& added)
{
    if (added.size() > most_development_names)
        return fail(ErrorCode::too_large,
            "a development certificate is for " + std::to_string(most_development_names)
                + " added names at most");
    std::vector<DevelopmentName> names;
    for (const auto* list : {&loopback_names(), &added}) {
        for (const std::string& text : *list) {
            auto name = parse_development_name(text);
            if (!name)
                return tl::unexpected<Error>(std::move(name.error()));
            const bool known = std::any_of(names.begin(), names.end(),
                [&](const DevelopmentName& other) { return other.text == name->text; });
            if (!known)
                names.push_back(std::move(*name));
        }
    }
    return names;
}

} // namespace

Result<DevelopmentCertificate> issue_development_certificate(
    const std::vector<std::string>& added, WallTime now, AuthorityKey authority_key)
{
    const auto names = all_names(added);
    if (!names)
        return tl::unexpected<Error>(names.error());
    ERR_clear_error();
    const auto failed
        = [] { return tl::unexpected<Error>(openssl_error("cannot make a development certificate")); };
    const Validity validity = validity_at(now);
    const KeyPtr issuing_key(EVP_EC_gen("P-256"));
    const KeyPtr key(EVP_EC_gen("P-256"));
    if (!issuing_key || !key)
        return failed();
    const CertificatePtr authority = make_authority(*issuing_key, *names, validity);
    if (!authority)
        return failed();
    const CertificatePtr leaf = make_leaf(*key, *authority, *issuing_key, *names, validity);
    if (!leaf)
        return failed();

    DevelopmentCertificate result;
    const auto put = [](std::string& target, Result<std::string> text) -> Result<void> {
        if (!text)
            return tl::unexpected<Error>(std::move(text.error()));
        target = std::move(*text);
        return {};
    };
    auto written = put(result.certificate_pem, certificate_pem(*leaf));
    if (written)
        written = put(result.authority_pem, certificate_pem(*authority));
    if (written)
        written = put(result.key_pem, key_pem(*key));
    if (written && authority_key == AuthorityKey::kept)
        written = put(result.authority_key_pem, key_pem(*issuing_key));
    if (!written)
        return tl::unexpected<Error>(std::move(written.error()));
    result.certificate = facts_of(*leaf);
    result.authority = facts_of(*authority);
    return result;
}

} // namespace jackfield
