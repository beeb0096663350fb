#pragma once

#include "net/tls_stream.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_certificate.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::test {

using IoStatus = net::IoResult::Status;

inline std::string bytes_of(std::initializer_list<int> values)
{
    std::string bytes;
    for (const int value : values)
        bytes += static_cast<char>(value);
    return bytes;
}

inline std::vector<std::byte> byte_vector(std::string_view text)
{
    const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
    return {bytes.begin(), bytes.end()};
}

/// The stream below TLS as a test plays it. `calls` counts reads and writes; the one with the number
/// `odd_call` (from 0) answers `odd_answer` instead.
class PlayedStream final : public net::ByteStream {
public:
    static constexpr std::size_t any = std::numeric_limits<std::size_t>::max();

    net::IoResult read(std::span<std::byte> buffer) override
    {
        ++reads;
        if (calls++ == odd_call && odd_answer)
            return *odd_answer;
        if (input.empty())
            return at_end ? net::IoResult{IoStatus::end, 0, 0} : net::IoResult{IoStatus::would_block, 0, 0};
        const std::size_t size = std::min({buffer.size(), input.size(), most_read});
        std::memcpy(buffer.data(), input.data(), size);
        input.erase(0, size);
        return {IoStatus::done, size, 0};
    }
    net::IoResult write(std::span<const iovec> parts) override
    {
        ++writes;
        if (calls++ == odd_call && odd_answer)
            return *odd_answer;
        std::size_t taken = 0;
        for (const iovec& part : parts) {
            const std::size_t size = std::min({part.iov_len, most_write - taken, room - taken});
            output.append(static_cast<const char*>(part.iov_base), size);
            taken += size;
        }
        if (room != any)
            room -= taken;
        if (taken == 0)
            return {IoStatus::would_block, 0, 0};
        return {IoStatus::done, taken, 0};
    }
    void shut_down_writing() override { ++shut_downs; }
    void reset_on_close() override { will_reset = true; }
    [[nodiscard]] std::uint64_t unsent() const override { return unsent_bytes; }
    [[nodiscard]] int descriptor() const override { return 77; }

    std::string input, output;
    bool at_end = false; ///< of the input, behind what `input` holds
    std::size_t most_read = any, most_write = any; ///< in one call
    std::size_t room = any; ///< how much is taken at all
    std::uint64_t unsent_bytes = 0;
    std::size_t reads = 0, writes = 0, calls = 0;
    std::size_t odd_call = any;
    std::optional<net::IoResult> odd_answer;
    int shut_downs = 0;
    bool will_reset = false;
};

/// A TLS client over strings.
class TlsClient {
public:
    using SetUp = std::function<void(SSL_CTX*)>;

    /// Trusts the test authority and expects localhost unless `set_up` changes that.
    explicit TlsClient(const SetUp& set_up = {}, SSL_SESSION* session = nullptr)
        : context_(SSL_CTX_new(TLS_client_method()))
    {
        X509_STORE_add_cert(
            SSL_CTX_get_cert_store(context_.get()), TestIdentity::shared().authority.certificate());
        SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
        if (set_up)
            set_up(context_.get());
        ssl_.reset(SSL_new(context_.get()));
        BIO* const in = BIO_new(BIO_s_mem());
        BIO_set_mem_eof_return(in, -1);
        SSL_set_bio(ssl_.get(), in, BIO_new(BIO_s_mem()));
        SSL_set1_host(ssl_.get(), "localhost");
        if (session)
            SSL_set_session(ssl_.get(), session);
        SSL_set_connect_state(ssl_.get());
    }

    /// True once it is complete.
    bool shake_hands()
    {
        ERR_clear_error();
        const int returned = SSL_do_handshake(ssl_.get());
        if (returned != 1 && SSL_get_error(ssl_.get(), returned) == SSL_ERROR_SSL && error == 0)
            error = ERR_GET_REASON(ERR_peek_error());
        ERR_clear_error();
        return returned == 1;
    }
    void feed(std::string_view bytes)
    {
        if (!bytes.empty())
            BIO_write(SSL_get_rbio(ssl_.get()), bytes.data(), static_cast<int>(bytes.size()));
    }
    /// What it wants to send.
    std::string take()
    {
        std::string bytes(BIO_ctrl_pending(SSL_get_wbio(ssl_.get())), '\0');
        if (!bytes.empty())
            BIO_read(SSL_get_wbio(ssl_.get()), bytes.data(), static_cast<int>(bytes.size()));
        return bytes;
    }
    void write(std::string_view text)
    {
        ERR_clear_error();
        std::size_t written = 0;
        while (!text.empty() && SSL_write_ex(ssl_.get(), text.data(), text.size(), &written) == 1)
            text.remove_prefix(written);
    }
    /// Everything that can be read by now; `got_farewell` when a close_notify came.
    std::string read()
    {
        std::string text;
        std::array<char, 16384> buffer;
        std::size_t got = 0;
        ERR_clear_error();
        int returned = 0;
        while ((returned = SSL_read_ex(ssl_.get(), buffer.data(), buffer.size(), &got)) == 1)
            text.append(buffer.data(), got);
        const int why = SSL_get_error(ssl_.get(), returned);
        got_farewell = got_farewell || why == SSL_ERROR_ZERO_RETURN;
        if (why == SSL_ERROR_SSL && error == 0)
            error = ERR_GET_REASON(ERR_peek_error());
        ERR_clear_error();
        return text;
    }
    void say_farewell() { SSL_shutdown(ssl_.get()); }
    [[nodiscard]] SSL* ssl() const { return ssl_.get(); }

    int error = 0; ///< the library's reason of the first failure
    bool got_farewell = false;

private:
    struct Freeing {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };
    std::unique_ptr<SSL_CTX, Freeing> context_;
    std::unique_ptr<SSL, Freeing> ssl_;
};

inline TlsClient::SetUp only_version(int version)
{
    return [version](SSL_CTX* context) {
        SSL_CTX_set_security_level(context, 0);
        SSL_CTX_set_min_proto_version(context, version);
        SSL_CTX_set_max_proto_version(context, version);
    };
}

inline net::TlsIdentity server_identity()
{
    const TestIdentity& made = TestIdentity::shared();
    return {made.server.certificate_pem(), made.server.key_pem(), {}};
}

inline std::shared_ptr<const net::TlsContext> shared_context()
{
    static const std::shared_ptr<const net::TlsContext> context
        = net::TlsContext::create(server_identity()).value();
    return context;
}

/// A TlsStream over a played one, and what its owner does with it.
class TlsServer {
public:
    explicit TlsServer(
        std::string_view sniffed = {}, std::shared_ptr<const net::TlsContext> context = shared_context(),
        const std::string& address = {})
        : inner(new PlayedStream)
        , stream(std::move(context), std::unique_ptr<PlayedStream>(inner), byte_vector(sniffed), clock, address)
    {
        clock.jump_wall(std::chrono::system_clock::now() - clock.wall()); // within the certificates' time
    }

    /// Reads until it would block, ends or fails; as an owner does: when the descriptor is readable or
    /// something waits inside. Data are in `received`, the last other answer is returned.
    net::IoResult read(std::size_t buffer_size = std::size_t{64} << 10U)
    {
        std::vector<std::byte> buffer(buffer_size);
        for (int i = 0;; ++i) {
            const net::IoResult result = stream.read(buffer);
            if (result.status == IoStatus::done) {
                received.append(reinterpret_cast<const char*>(buffer.data()), result.bytes);
                continue;
            }
            last = result;
            if (result.status == IoStatus::would_block && i < 1000000
                && (!inner->input.empty() || stream.has_buffered_input() || inner->at_end))
                continue;
            return result;
        }
    }
    net::IoResult write(std::string_view text)
    {
        const iovec part{const_cast<char*>(text.data()), text.size()};
        return stream.write(std::span(&part, 1));
    }
    net::IoResult write_nothing() { return stream.write({}); }

    /// Carries bytes between the two until neither has any.
    void exchange(TlsClient& client)
    {
        for (int i = 0; i < 100000; ++i) {
            if (!SSL_is_init_finished(client.ssl()))
                client.shake_hands();
            inner->input += client.take();
            read();
            if (stream.wants_write())
                write_nothing();
            const bool reads_on = last.status != IoStatus::failed && last.status != IoStatus::end;
            if (inner->output.empty() && (inner->input.empty() || !reads_on))
                return;
            client.feed(std::exchange(inner->output, {}));
            from_server += client.read();
        }
    }
    /// Both are done with the handshake.
    bool connect(TlsClient& client)
    {
        exchange(client);
        return stream.is_established() && SSL_is_init_finished(client.ssl());
    }

    ManualClock clock;
    PlayedStream* inner;
    net::TlsStream stream;
    std::string received; ///< by the server
    std::string from_server; ///< data that the client got in `exchange`
    net::IoResult last;
};

/// A ClientHello by hand (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2), in as many records as it needs.
struct HandMadeHello {
    int version = 0x0303;
    std::vector<int> ciphers{0xc02b, 0xc02f};
    std::string extensions; ///< see `extension`
    bool has_extensions = true;

    static std::string number(std::size_t value, int bytes)
    {
        std::string text;
        for (int i = bytes - 1; i >= 0; --i)
            text += static_cast<char>(value >> (8 * i));
        return text;
    }
    static std::string extension(int type, const std::string& content)
    {
        return number(static_cast<std::size_t>(type), 2) + number(content.size(), 2) + content;
    }
    /// A well-formed server name extension for any bytes.
    static std::string server_name(const std::string& name)
    {
        const std::string entry = number(0, 1) + number(name.size(), 2) + name;
        return extension(0, number(entry.size(), 2) + entry);
    }
    /// What a client of TLS 1.2 has to say so that the handshake goes on.
    static std::string necessary()
    {
        return extension(10, number(2, 2) + number(0x0017, 2)) // groups: P-256
            + extension(11, number(1, 1) + number(0, 1)) // points: uncompressed
            + extension(13, number(2, 2) + number(0x0403, 2)); // signatures: ECDSA with SHA-256
    }
    [[nodiscard]] std::string message() const
    {
        std::string suites;
        for (const int cipher : ciphers)
            suites += number(static_cast<std::size_t>(cipher), 2);
        std::string body = number(static_cast<std::size_t>(version), 2) + std::string(32, 'r') + number(0, 1)
            + number(suites.size(), 2) + suites + number(1, 1) + number(0, 1);
        if (has_extensions)
            body += number(extensions.size(), 2) + extensions;
        return number(1, 1) + number(body.size(), 3) + body;
    }
    [[nodiscard]] std::string records(std::size_t most = 16384) const
    {
        const std::string whole = message();
        std::string text;
        for (std::size_t at = 0; at < whole.size(); at += most) {
            const std::string piece = whole.substr(at, most);
            text += bytes_of({0x16, 3, 1}) + number(piece.size(), 2) + piece;
        }
        return text;
    }
};

} // namespace jackfield::test
