#pragma once

#include "app/bench/options.h"
#include "app/bench/target.h"
#include "net/byte_stream.h"
#include "net/descriptor.h"

#include "jackfield/result.h"

#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace jackfield::bench {

/// The client's side of TLS for all connections of a run: TLS 1.2 and 1.3, the certificate checked for the URL's
/// host against --ca, or against the development authority and the system's. No session is resumed. One thread.
class TlsClientContext {
public:
    /// `development_authority`: its file, which need not be there.
    /// Errors: not_found, malformed (of --ca), no_memory.
    [[nodiscard]] static Result<std::unique_ptr<TlsClientContext>> create(
        const Options& options, const Target& target, const std::string& development_authority);
    ~TlsClientContext();
    TlsClientContext(const TlsClientContext&) = delete;
    TlsClientContext& operator=(const TlsClientContext&) = delete;

    [[nodiscard]] ssl_ctx_st* native() const { return native_; }
    [[nodiscard]] const std::string& host() const { return host_; }

private:
    TlsClientContext(ssl_ctx_st* native, std::string host)
        : native_(native)
        , host_(std::move(host))
    { }
    ssl_ctx_st* native_;
    std::string host_;
};

/// One TLS connection over a socket that is connected or about to be. The handshake happens within `read` and
/// `write`; both fail with EPROTO when TLS does, and `problem` says how. Reads until it would block: level-triggered
/// readiness does not tell of what stands inside.
class TlsClientStream final : public net::ByteStream {
public:
    TlsClientStream(const TlsClientContext& context, net::Descriptor socket);
    ~TlsClientStream() override;
    TlsClientStream(const TlsClientStream&) = delete;
    TlsClientStream& operator=(const TlsClientStream&) = delete;

    net::IoResult read(std::span<std::byte> buffer) override;
    net::IoResult write(std::span<const iovec> parts) override;
    void shut_down_writing() override;
    void reset_on_close() override;
    [[nodiscard]] bool has_buffered_input() const override;
    [[nodiscard]] bool wants_write() const override { return wants_write_; }
    [[nodiscard]] int descriptor() const override { return socket_.get(); }

    /// Why TLS failed, in words; empty: it did not.
    [[nodiscard]] const std::string& problem() const { return problem_; }

private:
    net::IoResult judge(int returned);

    net::Descriptor socket_;
    std::string host_;
    ssl_st* ssl_;
    std::string problem_;
    bool wants_write_ = false;
};

} // namespace jackfield::bench
