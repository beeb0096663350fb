#pragma once

#include "base/byte_buffer.h"
#include "http/endpoint.h"
#include "net/byte_stream.h"
#include "net/timer_wheel.h"

#include "jackfield/config.h"
#include "jackfield/connection.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::fallback {

class SessionTable;
class Session;

/// An open request to which a session's frames go. It tells the session when it is gone (`Session::leave`).
class Receiver {
public:
    virtual ~Receiver() = default;
    /// True while so much waits to be written that nothing should be added; `Session::resume` when it no longer does.
    [[nodiscard]] virtual bool is_full() const = 0;
    /// How many bytes of messages one frame may gather.
    [[nodiscard]] virtual std::size_t batch() const = 0;
    /// Sends one frame of SockJS (`o`, `h`, `a[...]`, `c[...]`), without what its transport puts around it. False: the answer is
    /// complete with it, and the session has to wait for the next request.
    virtual bool send(std::string_view frame) = 0;
    /// Completes the answer as it is.
    virtual void end() = 0;
    /// Ends the request's connection with a reset.
    virtual void cut() = 0;
};

/// A request that brought messages, and is answered when the session has taken them in. It tells the session when it is gone
/// (`Session::forget`).
class Sender {
public:
    virtual ~Sender() = default;
    virtual void on_taken() = 0; ///< all of its messages are taken
    virtual void on_refused() = 0; ///< the session has ended before
    virtual void cut() = 0; ///< ends the request's connection with a reset
};

/// Why a session was not opened.
struct SessionRefusal {
    std::uint16_t status = 503;
    http::Complaint complaint;
};

/// Who asks for a session, and how.
struct SessionRequest {
    const http::RequestHead& head;
    SocketAddress peer, local;
    std::shared_ptr<const TlsFacts> tls;
    Transport transport = Transport::xhr_polling;
    std::string_view server; ///< the part of the path that a page keeps through all it tries
};

/// What sessions and their requests need of the server. Engine's thread.
class SessionHost {
public:
    virtual ~SessionHost() = default;
    /// The endpoint whose SockJS base `path` is or is below; null: none.
    [[nodiscard]] virtual std::shared_ptr<const EndpointConfig> sockjs_at(std::string_view path) const = 0;
    /// Opens the connection that `session` is to the rest of the server, and names its stream to it (`Session::carry`).
    /// The HTTP status of a refusal and why, when it may not be.
    [[nodiscard]] virtual std::optional<SessionRefusal> open_session(
        const std::shared_ptr<Session>& session, const SessionRequest& request)
        = 0;
    /// A request for `transport` was turned away, which a later attempt of the same page may tell.
    virtual void on_transport_refused(const SessionRequest& request, std::string_view base, SockJsTransport transport,
        std::string_view why)
        = 0;
    /// Whether what comes for the stream that `carrier` names is still listened to.
    [[nodiscard]] virtual bool is_session_open(std::uint64_t carrier) = 0;
    /// Who may have the iframe page in a frame: the pages that may connect, as sources of a policy (CSP 3, section 6.4.2).
    [[nodiscard]] virtual std::string session_ancestors() const = 0;
    /// The largest body of a request.
    [[nodiscard]] virtual std::uint64_t max_session_body() const = 0;
    [[nodiscard]] virtual WallTime session_wall_time() const = 0;
    /// The stream that `carrier` names can be written to again.
    virtual void on_session_writable(std::uint64_t carrier) noexcept = 0;
    /// The stream that `carrier` names holds input, or has ended.
    virtual void on_session_readable(std::uint64_t carrier) noexcept = 0;
    /// Another kind of request carries the session now.
    virtual void on_session_transport(std::uint64_t carrier, Transport transport) = 0;
    [[nodiscard]] virtual net::TimerWheel& session_wheel() = 0;
    [[nodiscard]] virtual TimePoint session_now() const = 0;
};

/// `Timer::owner` of a session's timer: no socket has this token.
inline constexpr std::uint64_t session_timer_owner = 2U << 24U;

/// A session of SockJS 0.3.3 over HTTP, seen from the requests that carry it. To the server it is a stream of bytes
/// (`SessionStream`): what the channel's codec writes are lines, of which each request gets as many as its transport wants, and
/// what pages send stands as records before the stream's reader. It outlives its stream by the disconnect delay, in which
/// requests still hear how it ended. One thread.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(SessionTable& table, std::string key, SockJs config, std::optional<std::string> origin);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    [[nodiscard]] const std::string& key() const { return key_; }
    [[nodiscard]] const SockJs& config() const { return config_; }
    /// Whether a page of this origin may use it: the one that opened it, as far as both say who they are.
    [[nodiscard]] bool belongs_to(std::optional<std::string_view> origin) const;
    /// How it ended ("c[3000,\"Go away!\"]"); empty while it has not.
    [[nodiscard]] std::string_view close_frame() const;
    [[nodiscard]] bool has_receiver() const { return receiver_ != nullptr; }
    [[nodiscard]] bool is_open() const;

    // requests
    /// Begins to send to `receiver`; there must be none. What waits is sent with this turn's writing.
    void attach(Receiver& receiver, Transport transport);
    /// The receiver's answer is complete (`in_order`), or it is gone: when that comes first, the session ends. From when it is gone
    /// the page has the disconnect delay to ask again.
    void leave(Receiver& receiver, bool in_order) noexcept;
    /// The receiver takes more again.
    void resume() noexcept;
    /// Takes messages, given as records of the session's codec, for `sender`. False: there is no room (`is_full`), or it has ended.
    bool take(const ByteBuffer& records, Sender& sender);
    void forget(Sender& sender) noexcept;
    [[nodiscard]] bool is_full() const;

    // the stream
    void carry(std::uint64_t carrier); ///< names the stream for the host; once
    [[nodiscard]] bool has_input() const { return !inbound_.empty() || is_lost_ || is_shut_down_; }
    [[nodiscard]] bool is_lost() const { return is_lost_; }
    [[nodiscard]] std::uint64_t held() const { return inbound_.capacity(); }
    net::IoResult read(std::span<std::byte> buffer);
    net::IoResult write(std::span<const iovec> parts);
    void shut_down_writing();
    void reset_on_close();
    void on_stream_gone() noexcept;

    void on_timer();
    void close() noexcept; ///< the server is going away

private:
    friend class SessionTable;
    struct Waiting {
        Sender* sender;
        std::uint64_t until; // bytes taken in all
    };
    struct SessionTimer : net::Timer {
        Session* session = nullptr;
    };
    void end(std::string_view frame);
    void lose() noexcept;
    void refuse_senders() noexcept;
    void start_timer() noexcept;

    SessionTable& table_;
    std::string key_;
    SockJs config_;
    std::optional<std::string> origin_;
    Receiver* receiver_ = nullptr;
    Receiver* draining_ = nullptr; // its answer is complete and maybe still on its way
    Transport transport_ = Transport::xhr_polling;
    ByteBuffer inbound_;
    std::uint64_t arrived_ = 0, taken_ = 0; // bytes of records
    std::vector<Waiting> senders_;
    std::string close_frame_;
    SessionTimer timer_;
    std::uint64_t carrier_ = 0; // 0: no stream
    bool is_lost_ = false; // nobody asks any more, or a request broke off
    bool is_interrupted_ = false; // the latter
    bool is_shut_down_ = false;
};

/// The server's end of a session.
class SessionStream final : public net::ByteStream {
public:
    explicit SessionStream(std::shared_ptr<Session> session)
        : session_(std::move(session))
    { }
    ~SessionStream() override { session_->on_stream_gone(); }
    SessionStream(const SessionStream&) = delete;
    SessionStream& operator=(const SessionStream&) = delete;

    /// True when the page is gone, whether anybody reads or not.
    [[nodiscard]] bool is_lost() const { return session_->is_lost(); }
    /// Bytes of messages that nobody has read yet.
    [[nodiscard]] std::uint64_t held() const { return session_->held(); }
    [[nodiscard]] bool has_receiver() const { return session_->has_receiver(); }
    net::IoResult read(std::span<std::byte> buffer) override { return session_->read(buffer); }
    net::IoResult write(std::span<const iovec> parts) override { return session_->write(parts); }
    void shut_down_writing() override { session_->shut_down_writing(); }
    void reset_on_close() override { session_->reset_on_close(); }
    [[nodiscard]] bool has_buffered_input() const override { return session_->has_input(); }
    [[nodiscard]] int descriptor() const override { return net::no_descriptor; }

private:
    std::shared_ptr<Session> session_;
};

} // namespace jackfield::fallback
