#pragma once

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace jackfield::test {

/// A key and its certificate, made in memory.
class TestCertificate {
public:
    struct Wish {
        std::string name
            = "localhost"; ///< common name, and the one alternative name of a server's certificate
        long from_seconds = -3600; ///< from now
        long until_seconds = 86400;
        bool is_authority = false;
        int rsa_bits = 0; ///< 0: a key on the curve P-256
    };

    /// Issued by `issuer`, or by itself.
    explicit TestCertificate(const Wish& wish, const TestCertificate* issuer = nullptr)
        : key_(wish.rsa_bits != 0 ? EVP_RSA_gen(static_cast<unsigned>(wish.rsa_bits)) : EVP_EC_gen("P-256"))
        , certificate_(X509_new())
    {
        static long serial = 1;
        X509* const made = certificate_.get();
        X509_set_version(made, X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(made), serial++);
        X509_gmtime_adj(X509_getm_notBefore(made), wish.from_seconds);
        X509_gmtime_adj(X509_getm_notAfter(made), wish.until_seconds);
        X509_set_pubkey(made, key_.get());
        X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8,
            reinterpret_cast<const unsigned char*>(wish.name.data()), static_cast<int>(wish.name.size()), -1,
            0);
        X509_set_issuer_name(made, X509_get_subject_name(issuer ? issuer->certificate() : made));
        add(NID_basic_constraints, wish.is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
        if (wish.is_authority)
            add(NID_key_usage, "critical,keyCertSign");
        else
            add(NID_subject_alt_name, "DNS:" + wish.name);
        X509_sign(made, issuer ? issuer->key() : key_.get(), EVP_sha256());
    }

    [[nodiscard]] X509* certificate() const { return certificate_.get(); }
    [[nodiscard]] EVP_PKEY* key() const { return key_.get(); }

    [[nodiscard]] std::string certificate_pem() const
    {
        return text_of([&](BIO* bio) { PEM_write_bio_X509(bio, certificate()); });
    }
    /// Encrypted (PKCS #8) with a passphrase.
    [[nodiscard]] std::string key_pem(const std::string& passphrase = {}) const
    {
        return text_of([&](BIO* bio) {
            PEM_write_bio_PKCS8PrivateKey(bio, key(), passphrase.empty() ? nullptr : EVP_aes_256_cbc(),
                passphrase.empty() ? nullptr : passphrase.data(), static_cast<int>(passphrase.size()),
                nullptr, nullptr);
        });
    }
    /// In the key's own older format ("EC PRIVATE KEY", "RSA PRIVATE KEY"), encrypted with a passphrase.
    [[nodiscard]] std::string traditional_key_pem(const std::string& passphrase = {}) const
    {
        return text_of([&](BIO* bio) {
            PEM_write_bio_PrivateKey_traditional(bio, key(), passphrase.empty() ? nullptr : EVP_aes_128_cbc(),
                passphrase.empty() ? nullptr : reinterpret_cast<const unsigned char*>(passphrase.data()),
                static_cast<int>(passphrase.size()), nullptr, nullptr);
        });
    }

private:
    struct Freeing {
        void operator()(X509* certificate) const { X509_free(certificate); }
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
        void operator()(BIO* bio) const { BIO_free(bio); }
    };
    void add(int extension, const std::string& value)
    {
        X509_EXTENSION* const made = X509V3_EXT_conf_nid(nullptr, nullptr, extension, value.data());
        X509_add_ext(certificate_.get(), made, -1);
        X509_EXTENSION_free(made);
    }
    template <class Write>
    static std::string text_of(const Write& write)
    {
        const std::unique_ptr<BIO, Freeing> bio(BIO_new(BIO_s_mem()));
        write(bio.get());
        char* bytes = nullptr;
        const long size = BIO_get_mem_data(bio.get(), &bytes);
        return {bytes, static_cast<std::size_t>(size)};
    }
    std::unique_ptr<EVP_PKEY, Freeing> key_;
    std::unique_ptr<X509, Freeing> certificate_;
};

/// An authority of its own and a certificate for localhost that it issued; made once for the program.
struct TestIdentity {
    TestCertificate authority{{"Test Authority", -3600, 86400, true, 0}};
    TestCertificate server{{}, &authority};

    static const TestIdentity& shared()
    {
        static const TestIdentity identity;
        return identity;
    }
};

} // namespace jackfield::test
