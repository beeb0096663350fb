#include "app/bench/tls_client.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <unistd.h>

namespace jackfield::bench {
namespace {

constexpr std::size_t tls_read_buffer = std::size_t{64} << 10U;
constexpr std::array<unsigned char, 9> own_protocols{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

bool is_address(const std::string& host)
{
    return host.find(':') != std::string::npos || host.find_first_not_of("0123456789.") == std::string::npos;
}

std::string library_words()
{
    const char* const words = ERR_reason_error_string(ERR_peek_error());
    std::string text = words ? words : "unknown error";
    ERR_clear_error();
    return text;
}

} // namespace

Result<std::unique_ptr<TlsClientContext>> TlsClientContext::create(
    const Options& options, const Target& target, const std::string& development_authority)
{
    SSL_CTX* native = SSL_CTX_new(TLS_client_method());
    if (!native)
        return fail(ErrorCode::no_memory, "there is no memory for TLS");
    std::unique_ptr<TlsClientContext> context(new TlsClientContext(native, target.host));
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_mode(native, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_read_ahead(native, 1);
    SSL_CTX_set_default_read_buffer_len(native, tls_read_buffer);
    SSL_CTX_set_alpn_protos(native, own_protocols.data(), static_cast<unsigned>(own_protocols.size()));
    if (options.insecure)
        return context;
    SSL_CTX_set_verify(native, SSL_VERIFY_PEER, nullptr);
    if (options.ca_file.empty()) {
        SSL_CTX_set_default_verify_paths(native);
        if (!development_authority.empty() && ::access(development_authority.c_str(), R_OK) == 0)
            SSL_CTX_load_verify_file(native, development_authority.c_str());
    } else if (SSL_CTX_load_verify_file(native, options.ca_file.c_str()) != 1) {
        const bool is_missing = ::access(options.ca_file.c_str(), R_OK) != 0;
        const int error = is_missing ? errno : 0;
        return fail(is_missing ? ErrorCode::not_found : ErrorCode::malformed,
            "the authorities in " + options.ca_file + " cannot be read" + (is_missing ? "" : ": " + library_words()), error);
    }
    ERR_clear_error();
    X509_VERIFY_PARAM* const wanted = SSL_CTX_get0_param(native);
    if (is_address(target.host))
        X509_VERIFY_PARAM_set1_ip_asc(wanted, target.host.c_str());
    else
        X509_VERIFY_PARAM_set1_host(wanted, target.host.c_str(), 0);
    return context;
}

TlsClientContext::~TlsClientContext()
{
    SSL_CTX_free(native_);
}

TlsClientStream::TlsClientStream(const TlsClientContext& context, net::Descriptor socket)
    : socket_(std::move(socket))
    , host_(context.host())
    , ssl_(SSL_new(context.native()))
{
    if (!ssl_)
        return;
    SSL_set_fd(ssl_, socket_.get());
    if (!is_address(host_))
        SSL_set_tlsext_host_name(ssl_, host_.c_str());
    SSL_set_connect_state(ssl_);
}

TlsClientStream::~TlsClientStream()
{
    SSL_free(ssl_);
}

net::IoResult TlsClientStream::judge(int returned)
{
    using Status = net::IoResult::Status;
    const int system_error = errno;
    wants_write_ = false;
    switch (SSL_get_error(ssl_, returned)) {
    case SSL_ERROR_WANT_READ:
        return {Status::would_block, 0, 0};
    case SSL_ERROR_WANT_WRITE:
        wants_write_ = true;
        return {Status::would_block, 0, 0};
    case SSL_ERROR_ZERO_RETURN:
        return {Status::end, 0, 0};
    case SSL_ERROR_SYSCALL:
        ERR_clear_error();
        return {Status::failed, 0, system_error != 0 ? system_error : ECONNRESET};
    default:
        break;
    }
    const unsigned long error = ERR_peek_error();
    if (ERR_GET_REASON(error) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
        ERR_clear_error();
        return {Status::failed, 0, ECONNRESET};
    }
    if (const long verified = SSL_get_verify_result(ssl_);
        verified != X509_V_OK && ERR_GET_REASON(error) == SSL_R_CERTIFICATE_VERIFY_FAILED) {
        problem_ = std::string("the certificate is not trusted for ") + host_ + ": " + X509_verify_cert_error_string(verified)
            + ". Name its authority with --ca FILE, or take any with --insecure";
        ERR_clear_error();
    } else {
        problem_ = "TLS failed: " + library_words();
    }
    return {Status::failed, 0, EPROTO};
}

net::IoResult TlsClientStream::read(std::span<std::byte> buffer)
{
    if (!ssl_)
        return {net::IoResult::Status::failed, 0, ENOMEM};
    ERR_clear_error();
    errno = 0;
    std::size_t done = 0;
    const int returned = SSL_read_ex(ssl_, buffer.data(), buffer.size(), &done);
    return returned == 1 ? net::IoResult{net::IoResult::Status::done, done, 0} : judge(returned);
}

net::IoResult TlsClientStream::write(std::span<const iovec> parts)
{
    if (!ssl_)
        return {net::IoResult::Status::failed, 0, ENOMEM};
    net::IoResult result{net::IoResult::Status::done, 0, 0};
    for (const iovec& part : parts) {
        std::size_t done = 0;
        while (done < part.iov_len) {
            ERR_clear_error();
            errno = 0;
            std::size_t taken = 0;
            const int returned = SSL_write_ex(ssl_, static_cast<const char*>(part.iov_base) + done, part.iov_len - done, &taken);
            if (returned != 1) {
                const net::IoResult stopped = judge(returned);
                return result.bytes > 0 && stopped.status == net::IoResult::Status::would_block ? result : stopped;
            }
            done += taken;
            result.bytes += taken;
        }
    }
    wants_write_ = false;
    return result;
}

void TlsClientStream::shut_down_writing()
{
    if (ssl_ && SSL_is_init_finished(ssl_))
        SSL_shutdown(ssl_);
    ERR_clear_error();
}

void TlsClientStream::reset_on_close()
{
    net::real_system_calls().set_linger(socket_.get(), true, 0);
}

bool TlsClientStream::has_buffered_input() const
{
    return ssl_ && SSL_has_pending(ssl_) == 1;
}

} // namespace jackfield::bench
