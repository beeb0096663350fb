#include "net/tls_context.h"

#include "net/tls_client_hello.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace jackfield::net {

namespace {

constexpr std::size_t most_pem_text = std::size_t{1} << 20U;
constexpr std::size_t most_certificates = 16;
constexpr std::size_t tickets_a_handshake = 2; // one for the page, one for its WebSocket
constexpr long session_seconds = 7200;
constexpr int security_level = 2; // keys of at least 112 bits of strength

// Ephemeral keys and authenticated encryption only. Which of them is the client's choice: it knows what its
// processor is fast at.
constexpr const char* ciphers_1_2 = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr const char* ciphers_1_3
    = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr const char* groups = "X25519:P-256:P-384:P-521";

constexpr std::array<unsigned char, 9> own_protocols{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

struct Freeing {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
template <class T>
using Owned = std::unique_ptr<T, Freeing>;

/// Overwrites a text when it goes.
class Wiped {
public:
    explicit Wiped(std::string& text)
        : text_(text)
    { }
    ~Wiped() { OPENSSL_cleanse(text_.data(), text_.size()); }
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;

private:
    std::string& text_;
};

/// The library's words for what failed first, and its queue emptied.
std::string library_words()
{
    const char* const words = ERR_reason_error_string(ERR_peek_error());
    std::string text = words ? words : "unknown error";
    ERR_clear_error();
    return text;
}

tl::unexpected<Error> no_memory()
{
    ERR_clear_error();
    return fail(ErrorCode::no_memory, "there is no memory for TLS");
}

Owned<BIO> reader_of(std::string_view text)
{
    return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

struct Passphrase {
    std::string_view text;
    bool was_asked_for = false;
};

int give_passphrase(char* buffer, int size, int /*for_writing*/, void* argument) noexcept
{
    auto& passphrase = *static_cast<Passphrase*>(argument);
    passphrase.was_asked_for = true;
    if (passphrase.text.empty() || passphrase.text.size() > static_cast<std::size_t>(size))
        return -1;
    std::memcpy(buffer, passphrase.text.data(), passphrase.text.size());
    return static_cast<int>(passphrase.text.size());
}

Result<std::vector<Owned<X509>>> read_chain(const std::string& text)
{
    if (text.size() > most_pem_text)
        return fail(ErrorCode::too_large, "the certificate's text is longer than 1 MiB");
    const Owned<BIO> reader = reader_of(text);
    if (!reader)
        return no_memory();
    std::vector<Owned<X509>> chain;
    for (;;) {
        ERR_clear_error();
        Passphrase none;
        Owned<X509> certificate(PEM_read_bio_X509(reader.get(), nullptr, give_passphrase, &none));
        if (!certificate)
            break;
        if (chain.size() == most_certificates)
            return fail(ErrorCode::too_large, "there are more than 16 certificates");
        chain.push_back(std::move(certificate));
    }
    const unsigned long error = ERR_peek_last_error();
    if (ERR_GET_LIB(error) != ERR_LIB_PEM || ERR_GET_REASON(error) != PEM_R_NO_START_LINE) {
        return fail(ErrorCode::malformed,
            "certificate " + std::to_string(chain.size() + 1) + " is damaged: " + library_words());
    }
    ERR_clear_error();
    if (!chain.empty())
        return chain;
    if (text.find("PRIVATE KEY-----") != std::string::npos)
        return fail(ErrorCode::malformed, "there is a private key where the certificate should be");
    if (text.find("-----BEGIN CERTIFICATE REQUEST") != std::string::npos)
        return fail(ErrorCode::malformed, "this is a request for a certificate, not a certificate");
    return fail(ErrorCode::malformed,
        "there is no certificate in it (PEM text is expected, with -----BEGIN CERTIFICATE-----)");
}

Result<Owned<EVP_PKEY>> read_key(const std::string& text, const std::string& passphrase)
{
    if (text.size() > most_pem_text)
        return fail(ErrorCode::too_large, "the key's text is longer than 1 MiB");
    const Owned<BIO> reader = reader_of(text);
    if (!reader)
        return no_memory();
    ERR_clear_error();
    Passphrase asked{passphrase};
    Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(reader.get(), nullptr, give_passphrase, &asked));
    if (key) {
        ERR_clear_error();
        return key;
    }
    if (asked.was_asked_for) {
        ERR_clear_error();
        return fail(ErrorCode::permission_denied,
            passphrase.empty() ? "the private key is encrypted: its passphrase is needed"
                               : "the passphrase does not open the private key");
    }
    if (text.find("PRIVATE KEY-----") != std::string::npos)
        return fail(ErrorCode::malformed, "the private key is damaged: " + library_words());
    ERR_clear_error();
    if (text.find("-----BEGIN CERTIFICATE-----") != std::string::npos)
        return fail(ErrorCode::malformed, "there is a certificate where the private key should be");
    return fail(ErrorCode::malformed,
        "there is no private key in it (PEM text is expected, with -----BEGIN PRIVATE KEY-----)");
}

/// Empty when the key is the first certificate's.
std::string mismatch(const std::vector<Owned<X509>>& chain, EVP_PKEY* key)
{
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const bool matches = X509_check_private_key(chain[i].get(), key) == 1;
        ERR_clear_error();
        if (matches)
            return i == 0 ? std::string()
                          : "the private key belongs to certificate " + std::to_string(i + 1)
                    + ": the server's own certificate has to come first";
    }
    return "the private key does not belong to the certificate";
}

int select_protocol(SSL* /*ssl*/, const unsigned char** out, unsigned char* out_size,
    const unsigned char* offered, unsigned int offered_size, void* /*unused*/)
{
    unsigned char* selected = nullptr;
    if (SSL_select_next_proto(
            &selected, out_size, own_protocols.data(), own_protocols.size(), offered, offered_size)
        != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = selected;
    return SSL_TLSEXT_ERR_OK;
}

// Any name gets the one certificate; what it may be is the business of the host list, with an answer that a
// person can read.
int accept_server_name(SSL* /*ssl*/, int* /*alert*/, void* /*unused*/)
{
    return SSL_TLSEXT_ERR_OK;
}

void log_key(const SSL* ssl, const char* line) noexcept
{
    const SSL_CTX* const native = SSL_get_SSL_CTX(ssl);
    const auto* const log = static_cast<const TlsContext::KeyLog*>(SSL_CTX_get_app_data(native));
    if (!log || !*log)
        return;
    try {
        (*log)(line);
    } catch (...) {
        // A line that is not logged is no reason to end the connection, and C code is on the stack.
    }
}

bool set_up(SSL_CTX* context)
{
    SSL_CTX_set_security_level(context, security_level);
    SSL_CTX_clear_options(context, SSL_CTX_get_options(context));
    SSL_CTX_set_options(
        context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_ENABLE_MIDDLEBOX_COMPAT);
    SSL_CTX_set_mode(context,
        SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS
            | SSL_MODE_NO_AUTO_CHAIN);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
    // Tickets hold the sessions, on the clients' side: 10,000 handshakes leave nothing behind.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_timeout(context, session_seconds);
    SSL_CTX_set_client_hello_cb(context, judge_client_hello, nullptr);
    SSL_CTX_set_alpn_select_cb(context, select_protocol, nullptr);
    SSL_CTX_set_tlsext_servername_callback(context, accept_server_name);
    static constexpr std::string_view session_context = "jackfield";
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1
        && SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1
        && SSL_CTX_set_cipher_list(context, ciphers_1_2) == 1
        && SSL_CTX_set_ciphersuites(context, ciphers_1_3) == 1
        && SSL_CTX_set1_groups_list(context, groups) == 1
        && SSL_CTX_set_num_tickets(context, tickets_a_handshake) == 1
        && SSL_CTX_set_session_id_context(context,
               reinterpret_cast<const unsigned char*>(session_context.data()), session_context.size())
        == 1;
}

} // namespace

Result<std::shared_ptr<const TlsContext>> TlsContext::create(TlsIdentity identity, KeyLog key_log)
{
    const Wiped key_text(identity.key);
    const Wiped passphrase_text(identity.passphrase);

    auto chain = read_chain(identity.certificates);
    if (!chain)
        return tl::unexpected(chain.error());
    auto key = read_key(identity.key, identity.passphrase);
    if (!key)
        return tl::unexpected(key.error());
    if (std::string why = mismatch(*chain, key->get()); !why.empty())
        return fail(ErrorCode::invalid_argument, std::move(why));

    ERR_clear_error();
    Owned<SSL_CTX> native(SSL_CTX_new(TLS_server_method()));
    if (!native)
        return no_memory();
    if (!set_up(native.get()))
        return fail(ErrorCode::system, "the TLS library cannot be set up: " + library_words());
    if (SSL_CTX_use_certificate(native.get(), chain->front().get()) != 1)
        return fail(ErrorCode::invalid_argument, "the certificate cannot be used: " + library_words());
    if (SSL_CTX_use_PrivateKey(native.get(), key->get()) != 1)
        return fail(ErrorCode::invalid_argument, "the private key cannot be used: " + library_words());
    for (std::size_t i = 1; i < chain->size(); ++i) {
        if (SSL_CTX_add1_chain_cert(native.get(), (*chain)[i].get()) != 1) {
            return fail(ErrorCode::invalid_argument,
                "certificate " + std::to_string(i + 1) + " cannot be used: " + library_words());
        }
    }
    return std::shared_ptr<const TlsContext>(new TlsContext(native.release(), std::move(key_log)));
}

TlsContext::TlsContext(ssl_ctx_st* native, KeyLog key_log)
    : native_(native)
    , key_log_(std::move(key_log))
{
    if (!key_log_)
        return;
    SSL_CTX_set_app_data(native_, &key_log_);
    SSL_CTX_set_keylog_callback(native_, log_key);
}

TlsContext::~TlsContext()
{
    SSL_CTX_free(native_);
}

bool is_encrypted_key(std::string_view pem)
{
    if (pem.size() > most_pem_text)
        return false;
    const Owned<BIO> reader = reader_of(pem);
    if (!reader)
        return false;
    Passphrase asked;
    const Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(reader.get(), nullptr, give_passphrase, &asked));
    ERR_clear_error();
    return !key && asked.was_asked_for;
}

} // namespace jackfield::net
