#pragma once

#include "net/native_address.h"
#include "support/codec_harness.h"
#include "support/tls_harness.h"

#include "jackfield/close_code.h"
#include "jackfield/connection.h"
#include "jackfield/socket_address.h"

#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace jackfield::test {

/// The request of the hardening list that is answered with 101, to port `port`, with more header lines.
inline std::string good_handshake(std::uint16_t port, std::string_view more_headers = {},
    std::string_view target = "/chat", std::string_view origin = "http://localhost:3000")
{
    std::string request = "GET " + std::string(target)
        + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port)
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
          "Sec-WebSocket-Version: 13\r\n";
    if (!origin.empty())
        request.append("Origin: ").append(origin).append("\r\n");
    return request.append(more_headers).append("\r\n");
}

/// A frame as it came from the server.
struct ServerFrame {
    bool fin = true;
    bool compressed = false; ///< RSV1
    unsigned opcode = 0;
    std::string payload;

    [[nodiscard]] std::uint16_t close_code() const
    {
        return payload.size() < 2 ? std::uint16_t{close_no_code}
                                  : static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8U
                                      | static_cast<unsigned char>(payload[1]));
    }
};

/// True when the suites run a second time, over TLS: an EngineFixture serves it then, and its clients speak
/// it.
inline bool over_tls()
{
    static const bool is_set = std::getenv("JACKFIELD_TESTS_OVER_TLS") != nullptr;
    return is_set;
}

/// A TCP client, with TLS or without, that blocks, with a time limit on each operation that no test should
/// ever reach. A broken promise is a std::runtime_error, which fails the test.
class RawClient {
public:
    static constexpr std::chrono::milliseconds patience{20'000};

    RawClient() = default;
    /// `receive_buffer`: bytes of the kernel's buffer, for clients that shall fill up soon; 0: the kernel's
    /// own choice.
    explicit RawClient(const SocketAddress& server, int receive_buffer = 0)
        : fd_(::socket(server.is_v6() ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        if (fd_ < 0)
            throw std::runtime_error("no socket");
        if (receive_buffer > 0)
            ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        const int on = 1;
        ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        sockaddr_storage native{};
        const socklen_t length = net::to_native(server, native);
        if (::connect(fd_, reinterpret_cast<const sockaddr*>(&native), length) != 0) {
            close();
            throw std::runtime_error("could not connect");
        }
        // From here on every call is bounded.
        const int flags = O_NONBLOCK;
        ::fcntl(fd_, F_SETFL, flags);
    }
    RawClient(RawClient&& other) noexcept
        : fd_(std::exchange(other.fd_, -1))
        , buffer_(std::move(other.buffer_))
        , tls_(std::move(other.tls_))
        , unsent_(std::move(other.unsent_))
    {
        takes_compressed = other.takes_compressed;
    }
    RawClient& operator=(RawClient&& other) noexcept
    {
        std::swap(fd_, other.fd_);
        std::swap(buffer_, other.buffer_);
        std::swap(tls_, other.tls_);
        std::swap(unsent_, other.unsent_);
        std::swap(takes_compressed, other.takes_compressed);
        return *this;
    }
    ~RawClient() { close(); }

    [[nodiscard]] int descriptor() const { return fd_; }
    [[nodiscard]] std::uint16_t local_port() const
    {
        sockaddr_storage native{};
        socklen_t length = sizeof native;
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&native), &length);
        return net::from_native(native).port();
    }
    void close()
    {
        if (fd_ >= 0)
            ::close(std::exchange(fd_, -1));
    }
    /// Ends with a reset instead of an orderly end.
    void reset()
    {
        const linger now{1, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close();
    }
    void half_close()
    {
        if (tls_) {
            tls_->say_farewell();
            try_send_plain(tls_->take());
        }
        ::shutdown(fd_, SHUT_WR);
    }

    // TLS
    /// Shakes hands; false when that fails, and `tls().error` says why. See TlsClient for the arguments.
    bool try_tls(const TlsClient::SetUp& set_up = {}, SSL_SESSION* session = nullptr)
    {
        tls_ = std::make_unique<TlsClient>(set_up, session);
        while (!tls_->shake_hands()) {
            const std::string flight = tls_->take();
            if (!try_send_plain(flight) || tls_->error != 0)
                return false;
            char chunk[16384];
            const ssize_t count = ::recv(fd_, chunk, sizeof chunk, 0);
            if (count > 0)
                tls_->feed({chunk, static_cast<std::size_t>(count)});
            else if (count < 0 && (errno == EAGAIN || errno == EINTR))
                wait_for(POLLIN, "the server does not shake hands");
            else
                return false;
        }
        return try_send_plain(tls_->take());
    }
    void begin_tls()
    {
        if (!try_tls())
            throw std::runtime_error("the TLS handshake failed");
    }
    [[nodiscard]] TlsClient& tls() { return *tls_; }

    // out
    /// Sends as much as goes until the server has ended the connection or everything is out; false for the
    /// former.
    bool try_send(std::string_view bytes)
    {
        if (!tls_)
            return try_send_plain(bytes);
        do {
            const std::string_view part = bytes.substr(0, std::size_t{256} << 10U);
            tls_->write(part);
            if (!try_send_plain(std::exchange(unsent_, {}) + tls_->take()))
                return false;
            bytes.remove_prefix(part.size());
        } while (!bytes.empty());
        return true;
    }
    /// Past TLS, where there is any.
    bool try_send_plain(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count > 0)
                bytes.remove_prefix(static_cast<std::size_t>(count));
            else if (errno == EAGAIN)
                wait_for(POLLOUT, "the server does not read");
            else if (errno != EINTR)
                return false;
        }
        return true;
    }
    void send(std::string_view bytes)
    {
        if (!try_send(bytes))
            throw std::runtime_error("the server ended the connection while it was written to");
    }
    /// Sends what fits without waiting; returns how much that was.
    std::size_t send_some(std::string_view bytes)
    {
        if (tls_) {
            if (unsent_.empty()) {
                tls_->write(bytes);
                unsent_ = tls_->take();
            } else {
                bytes = {};
            }
            const ssize_t sent = ::send(fd_, unsent_.data(), unsent_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            unsent_.erase(0, sent > 0 ? static_cast<std::size_t>(sent) : 0);
            return bytes.size();
        }
        const ssize_t count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        return count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    /// Waits until the server's kernel has everything that was sent: what a send returns from may still wait here,
    /// since the server's buffer was full.
    void wait_until_delivered()
    {
        for (auto left = patience; left.count() > 0; left -= std::chrono::milliseconds(1)) {
            int waiting = 0;
            if (::ioctl(fd_, SIOCOUTQ, &waiting) != 0 || waiting == 0)
                return;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        throw std::runtime_error("the server does not read");
    }
    /// One write for each byte, until the server has ended the connection.
    void send_bytewise(std::string_view bytes)
    {
        for (const char& c : bytes) {
            if (!try_send({&c, 1}))
                return;
        }
    }
    void send_urgent(char byte) { ::send(fd_, &byte, 1, MSG_OOB | MSG_NOSIGNAL); }
    void send_frame(unsigned first_byte, std::string_view payload)
    {
        send(client_frame(first_byte, payload));
    }
    void send_text(std::string_view text) { send_frame(0x81, text); }
    void send_close(std::uint16_t code, std::string_view reason = {})
    {
        std::string payload{static_cast<char>(code >> 8U), static_cast<char>(code & 0xffU)};
        send_frame(0x88, payload.append(reason));
    }

    // in
    bool takes_compressed = false; ///< RSV1 is no fault; who sets it has agreed on permessage-deflate
    /// Reads once; false at the end of the stream (or a reset).
    bool read_more()
    {
        char chunk[65536];
        for (;;) {
            const ssize_t count = ::recv(fd_, chunk, sizeof chunk, 0);
            if (count > 0 && tls_) {
                tls_->feed({chunk, static_cast<std::size_t>(count)});
                const std::string text = tls_->read();
                buffer_ += text;
                if (!text.empty())
                    return true;
                continue; // tickets, or a record in pieces
            }
            if (count > 0) {
                buffer_.append(chunk, static_cast<std::size_t>(count));
                return true;
            }
            if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
                was_reset_ = count != 0;
                return false;
            }
            wait_for(POLLIN, "the server does not answer");
        }
    }
    /// True when nothing has come by now, and the server has not ended the connection.
    [[nodiscard]] bool is_quiet()
    {
        if (!buffer_.empty())
            return false;
        char one = 0;
        if (tls_) {
            char chunk[16384];
            ssize_t count = 0;
            while ((count = ::recv(fd_, chunk, sizeof chunk, MSG_DONTWAIT)) > 0) {
                tls_->feed({chunk, static_cast<std::size_t>(count)});
                buffer_ += tls_->read();
            }
            return buffer_.empty() && !tls_->got_farewell && count < 0 && errno == EAGAIN;
        }
        return ::recv(fd_, &one, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
    }
    std::string read_exactly(std::size_t count)
    {
        while (buffer_.size() < count)
            must_read_more();
        return take(count);
    }
    /// Everything up to and with `mark`.
    std::string read_until(std::string_view mark)
    {
        std::size_t at = buffer_.find(mark);
        while (at == std::string::npos) {
            must_read_more();
            at = buffer_.find(mark);
        }
        return take(at + mark.size());
    }
    /// Everything until the server ends the connection.
    std::string read_until_end()
    {
        while (read_more()) { }
        return std::exchange(buffer_, {});
    }
    /// After `read_until_end` or a false `read_more`: the end was an error and no orderly one.
    [[nodiscard]] bool was_reset() const { return was_reset_; }
    /// One HTTP response: its head, and a body of the announced length behind it.
    std::string read_response()
    {
        std::string response = read_until("\r\n\r\n");
        const std::size_t field = response.find("Content-Length: ");
        if (field != std::string::npos)
            response += read_exactly(std::stoul(response.substr(field + 16)));
        return response;
    }
    ServerFrame read_frame()
    {
        const std::string start = read_exactly(2);
        ServerFrame frame;
        frame.fin = (static_cast<unsigned char>(start[0]) & 0x80U) != 0;
        frame.opcode = static_cast<unsigned char>(start[0]) & 0x0fU;
        frame.compressed = takes_compressed && (static_cast<unsigned char>(start[0]) & 0x40U) != 0;
        if ((static_cast<unsigned char>(start[0]) & (takes_compressed ? 0x30U : 0x70U)) != 0)
            throw std::runtime_error("the server set a reserved bit");
        std::uint64_t length = static_cast<unsigned char>(start[1]);
        if (length > 127)
            throw std::runtime_error("the server masked a frame");
        if (length >= 126) {
            const std::string extended = read_exactly(length == 126 ? 2 : 8);
            length = 0;
            for (const char c : extended)
                length = length << 8U | static_cast<unsigned char>(c);
        }
        frame.payload = read_exactly(static_cast<std::size_t>(length));
        return frame;
    }
    /// The next text or binary message; it must have come in one frame. Pings are answered on the way.
    std::string read_message()
    {
        for (;;) {
            ServerFrame frame = read_frame();
            if (frame.opcode == 0x9) {
                send_frame(0x8a, frame.payload);
                continue;
            }
            if (!frame.fin || (frame.opcode != 0x1 && frame.opcode != 0x2))
                throw std::runtime_error("expected a message, got opcode " + std::to_string(frame.opcode)
                    + (frame.opcode == 0x8 ? " with " + std::to_string(frame.close_code()) : ""));
            return frame.payload;
        }
    }
    /// The next Close frame's code; messages and pings before it are skipped.
    std::uint16_t read_close()
    {
        for (;;) {
            const ServerFrame frame = read_frame();
            if (frame.opcode == 0x8)
                return frame.close_code();
        }
    }
    /// Answers the closing handshake that the server began, and waits for the end of the connection.
    std::uint16_t finish_close()
    {
        const std::uint16_t code = read_close();
        send_close(code);
        read_until_end();
        return code;
    }

    // the opening handshake
    /// Opens a WebSocket with `request`; throws unless the answer is 101.
    std::string upgrade(std::string_view request)
    {
        send(request);
        std::string head = read_until("\r\n\r\n");
        if (!head.starts_with("HTTP/1.1 101 "))
            throw std::runtime_error("expected 101, got: " + head);
        return head;
    }

private:
    void wait_for(short events, const char* problem) const
    {
        pollfd entry{fd_, events, 0};
        if (::poll(&entry, 1, static_cast<int>(patience.count())) == 0)
            throw std::runtime_error(problem);
    }
    void must_read_more()
    {
        if (!read_more())
            throw std::runtime_error(
                "the server ended the connection; before it came: " + to_hex(buffer_.substr(0, 64)));
    }
    std::string take(std::size_t count)
    {
        std::string part = buffer_.substr(0, count);
        buffer_.erase(0, count);
        return part;
    }

    int fd_ = -1;
    std::string buffer_;
    std::unique_ptr<TlsClient> tls_;
    std::string unsent_; ///< records that `send_some` could not send
    bool was_reset_ = false;
};

} // namespace jackfield::test
