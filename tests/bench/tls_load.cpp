#include "tests/bench/tls_load.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <fcntl.h>
#include <memory>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace bench {
namespace {

struct Freeing {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
};
using Session = std::unique_ptr<SSL_SESSION, Freeing>;

/// One blocking connection, over TLS or not.
class Connection {
public:
    Connection(const TlsPlan& plan, SSL_CTX* context, SSL_SESSION* session = nullptr)
        : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(plan.port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        is_connected_
            = fd_ >= 0 && ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        if (!is_connected_ || !context)
            return;
        ssl_.reset(SSL_new(context));
        SSL_set_fd(ssl_.get(), fd_);
        SSL_set_tlsext_host_name(ssl_.get(), "localhost");
        if (session)
            SSL_set_session(ssl_.get(), session);
        is_connected_ = SSL_connect(ssl_.get()) == 1;
    }
    ~Connection()
    {
        ssl_.reset();
        if (fd_ >= 0)
            ::close(fd_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] bool is_connected() const { return is_connected_; }
    [[nodiscard]] bool is_resumed() const { return ssl_ && SSL_session_reused(ssl_.get()) == 1; }
    [[nodiscard]] Session session() const { return Session(ssl_ ? SSL_get1_session(ssl_.get()) : nullptr); }
    [[nodiscard]] int descriptor() const { return fd_; }
    [[nodiscard]] bool has_pending() const { return ssl_ && SSL_pending(ssl_.get()) > 0; }

    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto done = ssl_ ? SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()))
                                   : ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (done <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(done));
        }
        return true;
    }
    /// Waits for some bytes; 0 at the end and for a failure.
    std::size_t receive(char* buffer, std::size_t size)
    {
        const auto got
            = ssl_ ? SSL_read(ssl_.get(), buffer, static_cast<int>(size)) : ::recv(fd_, buffer, size, 0);
        return got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    /// Up to the empty line behind a head, byte by byte, as what follows is for others.
    std::string receive_head()
    {
        std::string head;
        char byte = 0;
        while (!head.ends_with("\r\n\r\n") && head.size() < 4'096 && receive(&byte, 1) == 1)
            head += byte;
        return head;
    }
    bool open_websocket(std::uint16_t port)
    {
        return is_connected_
            && send("GET / HTTP/1.1\r\nHost: localhost:" + std::to_string(port)
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
                  "dGhlIHNhbXBsZSBub25jZQ==\r\n"
                  "Sec-WebSocket-Version: 13\r\nOrigin: http://localhost:3000\r\n\r\n")
            && receive_head().starts_with("HTTP/1.1 101 ");
    }
    /// Ends our direction and waits for the end of the other.
    bool end()
    {
        if (ssl_)
            SSL_shutdown(ssl_.get());
        ::shutdown(fd_, SHUT_WR);
        std::array<char, 4'096> buffer;
        while (const ssize_t got = ::recv(fd_, buffer.data(), buffer.size(), 0)) {
            if (got < 0)
                return false;
        }
        return true;
    }

private:
    int fd_ = -1;
    std::unique_ptr<SSL, Freeing> ssl_;
    bool is_connected_ = false;
};

class Clients {
public:
    explicit Clients(const TlsPlan& plan)
        : plan_(plan)
    {
        if (plan.version == 0)
            return;
        context_.reset(SSL_CTX_new(TLS_client_method()));
        SSL_CTX_set_min_proto_version(context_.get(), plan.version);
        SSL_CTX_set_max_proto_version(context_.get(), plan.version);
        SSL_CTX_set_mode(context_.get(), SSL_MODE_RELEASE_BUFFERS);
    }

    bool connect()
    {
        if (plan_.work == TlsPlan::Work::handshakes)
            return !plan_.resumes || get_session();
        return open_websockets(plan_.work == TlsPlan::Work::idle ? 1 : plan_.connections);
    }

    TlsLoadResult work()
    {
        switch (plan_.work) {
        case TlsPlan::Work::echo:
            return echo();
        case TlsPlan::Work::handshakes:
            return shake_hands();
        case TlsPlan::Work::idle:
            break;
        }
        TlsLoadResult result;
        result.failed = !open_websockets(plan_.connections);
        result.done = static_cast<std::uint64_t>(plan_.connections);
        return result;
    }

private:
    bool open_websockets(int count)
    {
        for (int i = 0; i < count; ++i) {
            clients_.push_back(std::make_unique<Connection>(plan_, context_.get()));
            if (!clients_.back()->open_websocket(plan_.port))
                return false;
        }
        return true;
    }

    /// The server gives tickets behind the handshake: they are read with an answer.
    bool get_session()
    {
        Connection first(plan_, context_.get());
        if (!first.is_connected() || !first.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            || !first.receive_head().starts_with("HTTP/1.1 200 "))
            return false;
        session_ = first.session();
        return session_ && first.end(); // the session of one that just breaks off is not resumed
    }

    TlsLoadResult shake_hands()
    {
        TlsLoadResult result;
        for (int i = 0; i < plan_.connections && !result.failed; ++i) {
            Connection connection(plan_, context_.get(), session_.get());
            result.failed
                = !connection.is_connected() || connection.is_resumed() != plan_.resumes || !connection.end();
            ++result.done;
        }
        return result;
    }

    TlsLoadResult echo()
    {
        // A masked frame (RFC 6455 section 5.2); the mask is 0, so that its payload reads as it is.
        std::string frame{static_cast<char>(0x82), static_cast<char>(0xfe),
            static_cast<char>(plan_.payload >> 8U), static_cast<char>(plan_.payload), 0, 0, 0, 0};
        for (std::size_t i = 0; i < plan_.payload; ++i)
            frame += static_cast<char>(i * 7);
        const std::size_t answer_size = 4 + plan_.payload;

        TlsLoadResult result;
        std::vector<std::size_t> partial(clients_.size());
        const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
        for (std::size_t i = 0; i < clients_.size(); ++i) {
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = i;
            ::epoll_ctl(epoll, EPOLL_CTL_ADD, clients_[i]->descriptor(), &event);
            for (int each = 0; each < plan_.in_flight; ++each)
                result.failed = !clients_[i]->send(frame) || result.failed;
        }
        const auto end = std::chrono::steady_clock::now() + plan_.time;
        std::vector<char> buffer(64U << 10U);
        std::array<epoll_event, 64> events;
        while (!result.failed && std::chrono::steady_clock::now() < end) {
            const int ready = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), 100);
            for (int i = 0; i < ready && !result.failed; ++i) {
                const std::size_t number = events[static_cast<std::size_t>(i)].data.u64;
                Connection& client = *clients_[number];
                do {
                    const std::size_t got = client.receive(buffer.data(), buffer.size());
                    result.failed
                        = got == 0 || (partial[number] == 0 && buffer[0] != static_cast<char>(0x82));
                    partial[number] += got;
                } while (!result.failed && client.has_pending());
                for (; partial[number] >= answer_size && !result.failed; partial[number] -= answer_size) {
                    ++result.done;
                    result.failed = !client.send(frame);
                }
            }
        }
        ::close(epoll);
        return result;
    }

    const TlsPlan plan_;
    std::unique_ptr<SSL_CTX, Freeing> context_;
    Session session_;
    std::vector<std::unique_ptr<Connection>> clients_;
};

[[noreturn]] void play(const TlsPlan& plan, int orders, int reports)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::signal(SIGPIPE, SIG_IGN);
    Clients clients(plan);
    const char connected = clients.connect() ? 1 : 0;
    char order = 0;
    if (::write(reports, &connected, 1) == 1 && ::read(orders, &order, 1) == 1) {
        TlsLoadResult result;
        result.failed = true;
        if (connected)
            result = clients.work();
        if (::write(reports, &result, sizeof result) != sizeof result)
            ::_exit(1);
        // The connections stay until the parent has looked at its memory.
        if (::read(orders, &order, 1) < 0)
            ::_exit(1);
    }
    ::_exit(0);
}

} // namespace

TlsLoad::TlsLoad(const TlsPlan& plan)
{
    int orders[2] = {-1, -1};
    int reports[2] = {-1, -1};
    if (::pipe2(orders, O_CLOEXEC) != 0 || ::pipe2(reports, O_CLOEXEC) != 0)
        return;
    pid_ = ::fork();
    if (pid_ == 0) {
        ::close(orders[1]);
        ::close(reports[0]);
        play(plan, orders[0], reports[1]);
    }
    ::close(orders[0]);
    ::close(reports[1]);
    to_child_ = orders[1];
    from_child_ = reports[0];
}

TlsLoad::~TlsLoad()
{
    if (to_child_ >= 0)
        ::close(to_child_);
    if (from_child_ >= 0)
        ::close(from_child_);
    if (pid_ > 0)
        ::waitpid(pid_, nullptr, 0);
}

bool TlsLoad::wait_until_connected()
{
    char connected = 0;
    return ::read(from_child_, &connected, 1) == 1 && connected == 1;
}

void TlsLoad::start()
{
    const char order = 1;
    if (::write(to_child_, &order, 1) != 1 && pid_ > 0)
        ::kill(pid_, SIGKILL);
}

TlsLoadResult TlsLoad::result()
{
    TlsLoadResult result;
    if (::read(from_child_, &result, sizeof result) != sizeof result)
        result.failed = true;
    return result;
}

} // namespace bench
