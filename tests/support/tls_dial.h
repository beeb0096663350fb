#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unistd.h>

namespace jackfield::test {

/// A TLS client on 127.0.0.1, as any program has one: OpenSSL on a blocking socket, bounded in time. Checks
/// the certificate for localhost against one authority.
class TlsDial {
public:
    TlsDial(std::uint16_t port, const std::string& authority_pem)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
        , context_(SSL_CTX_new(TLS_client_method()))
    {
        const timeval patience{20, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            return;
        trust(authority_pem);
        ssl_.reset(SSL_new(context_.get()));
        SSL_set_fd(ssl_.get(), socket_);
        SSL_set_tlsext_host_name(ssl_.get(), "localhost");
        SSL_set1_host(ssl_.get(), "localhost");
        ERR_clear_error();
        is_open_ = SSL_connect(ssl_.get()) == 1;
    }
    ~TlsDial()
    {
        ssl_.reset();
        ::close(socket_);
    }
    TlsDial(const TlsDial&) = delete;
    TlsDial& operator=(const TlsDial&) = delete;

    /// Whether the handshake was completed.
    [[nodiscard]] bool is_open() const { return is_open_; }
    [[nodiscard]] bool is_trusted() const
    {
        return is_open_ && SSL_get_verify_result(ssl_.get()) == X509_V_OK;
    }
    /// SHA-256 of what the server showed, `AB:CD:...`; empty for nothing.
    [[nodiscard]] std::string fingerprint() const
    {
        const std::unique_ptr<X509, decltype(&X509_free)> shown(
            is_open_ ? SSL_get1_peer_certificate(ssl_.get()) : nullptr, X509_free);
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned size = 0;
        if (!shown || X509_digest(shown.get(), EVP_sha256(), digest.data(), &size) != 1)
            return {};
        constexpr std::string_view digits = "0123456789ABCDEF";
        std::string text;
        for (unsigned i = 0; i < size; ++i) {
            text += text.empty() ? "" : ":";
            text += digits[digest[i] >> 4U];
            text += digits[digest[i] & 15U];
        }
        return text;
    }
    /// Sends bytes, and gives what the next read does; empty at the end.
    std::string ask(std::string_view text)
    {
        std::size_t done = 0;
        if (!is_open_ || SSL_write_ex(ssl_.get(), text.data(), text.size(), &done) != 1)
            return {};
        std::string answer(std::size_t{1} << 16U, '\0');
        if (SSL_read_ex(ssl_.get(), answer.data(), answer.size(), &done) != 1)
            return {};
        answer.resize(done);
        return answer;
    }

private:
    void trust(const std::string& pem)
    {
        const std::unique_ptr<BIO, decltype(&BIO_free)> text(
            BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
        const std::unique_ptr<X509, decltype(&X509_free)> authority(
            PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr), X509_free);
        if (authority)
            X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()), authority.get());
        ERR_clear_error();
    }
    struct Freeing {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };

    int socket_;
    std::unique_ptr<SSL_CTX, Freeing> context_;
    std::unique_ptr<SSL, Freeing> ssl_;
    bool is_open_ = false;
};

} // namespace jackfield::test
