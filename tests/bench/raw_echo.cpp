#include "tests/bench/raw_echo.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace bench {
namespace {

constexpr std::size_t buffer_size = 256U << 10U;
constexpr std::size_t most_parts = 64;

/// Sec-WebSocket-Accept of a request (RFC 6455 section 4.2.2), if it has a key.
std::string accept_of(std::string_view head)
{
    constexpr std::string_view name = "Sec-WebSocket-Key: ";
    const auto at = head.find(name);
    if (at == std::string_view::npos)
        return {};
    const std::string key
        = std::string(head.substr(at + name.size(), 24)) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char*>(key.data()), key.size(), digest);
    unsigned char text[32];
    const int length = EVP_EncodeBlock(text, digest, sizeof digest);
    return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)};
}

} // namespace

RawEcho::RawEcho(FloorPlan plan)
    : plan_(std::move(plan))
    , input_(buffer_size)
{
    if (!plan_.certificate.empty()) {
        context_ = SSL_CTX_new(TLS_server_method());
        SSL_CTX_set_mode(context_,
            SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
        SSL_CTX_set_read_ahead(context_, 1); // one recv a record, not two
        if (SSL_CTX_use_certificate_chain_file(context_, plan_.certificate.c_str()) != 1
            || SSL_CTX_use_PrivateKey_file(context_, plan_.key.c_str(), SSL_FILETYPE_PEM) != 1)
            return;
    }
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const int on = 1;
    ::setsockopt(listener_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); // inherited
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0
        || ::listen(listener_, 4096) != 0
        || ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return;
    port_ = ntohs(address.sin_port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = listener_;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, listener_, &event);
}

RawEcho::~RawEcho()
{
    for (auto& connection : connections_) {
        if (!connection)
            continue;
        SSL_free(connection->ssl);
        ::close(connection->fd);
    }
    SSL_CTX_free(context_);
    ::close(listener_);
    ::close(epoll_);
}

void RawEcho::run()
{
    std::vector<epoll_event> events(512);
    while (!stopping_.load(std::memory_order_relaxed)) {
        const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 50);
        for (int i = 0; i < ready; ++i) {
            const epoll_event& event = events[static_cast<std::size_t>(i)];
            if (event.data.fd == listener_) {
                accept_one();
                continue;
            }
            Connection* connection = connections_[static_cast<std::size_t>(event.data.fd)].get();
            if (connection && (event.events & EPOLLOUT) != 0)
                flush_later(*connection);
            if (connection && (event.events & ~static_cast<unsigned>(EPOLLOUT)) != 0)
                serve(*connection);
        }
        for (std::size_t i = 0; i < to_flush_.size(); ++i) {
            if (to_flush_[i])
                flush(*to_flush_[i]);
        }
        to_flush_.clear();
    }
}

void RawEcho::accept_one()
{
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0)
        return;
    if (connections_.size() <= static_cast<std::size_t>(fd))
        connections_.resize(static_cast<std::size_t>(fd) + 1);
    auto connection = std::make_unique<Connection>();
    connection->fd = fd;
    if (context_) {
        connection->ssl = SSL_new(context_);
        SSL_set_fd(connection->ssl, fd);
        SSL_set_accept_state(connection->ssl);
    }
    if (plan_.to_all)
        open_.push_back(connection.get());
    connections_[static_cast<std::size_t>(fd)] = std::move(connection);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
}

void RawEcho::serve(Connection& connection)
{
    if (connection.ssl) {
        do {
            const int got = SSL_read(connection.ssl, input_.data(), static_cast<int>(input_.size()));
            if (got > 0) {
                take(connection, input_.data(), static_cast<std::size_t>(got));
                continue;
            }
            const int error = SSL_get_error(connection.ssl, got);
            if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
                drop(connection);
            return;
        } while (SSL_has_pending(connection.ssl) == 1);
        return;
    }
    const ssize_t got = ::recv(connection.fd, input_.data(), input_.size(), 0);
    if (got > 0)
        take(connection, input_.data(), static_cast<std::size_t>(got));
    else if (got == 0 || errno != EAGAIN)
        drop(connection);
}

void RawEcho::take(Connection& connection, const unsigned char* bytes, std::size_t size)
{
    if (!connection.is_open) {
        if (connection.text.empty() && bytes[0] != 'G') {
            connection.is_open = true;
        } else {
            connection.text.append(reinterpret_cast<const char*>(bytes), size);
            if (connection.text.ends_with("\r\n\r\n"))
                shake_hands(connection);
            return;
        }
    }
    while (size > 0) {
        if (connection.remaining > 0) {
            const auto passed = static_cast<std::size_t>(std::min<std::uint64_t>(size, connection.remaining));
            bytes += passed;
            size -= passed;
            connection.remaining -= passed;
            if (connection.remaining == 0)
                end_message(connection);
            continue;
        }
        connection.header[connection.header_have++] = *bytes++;
        --size;
        if (connection.header_have >= 2) {
            const unsigned length = connection.header[1] & 0x7fU;
            if (connection.header_have == 6U + (length == 126 ? 2U : length == 127 ? 8U : 0U))
                begin_frame(connection);
        }
    }
}

void RawEcho::begin_frame(Connection& connection)
{
    std::uint64_t length = connection.header[1] & 0x7fU;
    if (length >= 126) {
        const int digits = length == 126 ? 2 : 8;
        length = 0;
        for (int i = 0; i < digits; ++i)
            length = length << 8U | connection.header[2 + i];
    }
    connection.header_have = 0;
    connection.remaining = length;
    if ((connection.header[0] & 0x0fU) == 8) {
        connection.ends = true;
        connection.text.assign("\x88\x02\x03\xe8", 4);
        flush_later(connection);
    } else if (connection.owed == 0) {
        set_answer(connection.header[0], length);
    }
}

void RawEcho::end_message(Connection& from)
{
    if (from.ends)
        return;
    if (!plan_.to_all) {
        from.owed += answer_size_;
        flush_later(from);
        return;
    }
    for (Connection* connection : open_) {
        if (connection == &from)
            continue;
        connection->owed += answer_size_;
        flush_later(*connection);
    }
}

void RawEcho::shake_hands(Connection& connection)
{
    connection.text = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Accept: "
        + accept_of(connection.text) + "\r\n\r\n";
    connection.is_open = true;
    flush_later(connection);
}

void RawEcho::set_answer(unsigned char first_byte, std::uint64_t size)
{
    unsigned char header[10] = {first_byte, static_cast<unsigned char>(size)};
    std::size_t header_size = 2;
    if (size > 125) {
        const int digits = size > 0xffff ? 8 : 2;
        header[1] = digits == 8 ? 127 : 126;
        for (int i = 0; i < digits; ++i)
            header[2 + i] = static_cast<unsigned char>(size >> (8U * static_cast<unsigned>(digits - 1 - i)));
        header_size += static_cast<std::size_t>(digits);
    }
    if (answer_size_ == header_size + size && answer_first_ == first_byte)
        return;
    answer_first_ = first_byte;
    answer_header_ = header_size;
    answer_size_ = header_size + size;
    answer_.assign(buffer_size, 'f');
    if (answer_size_ > buffer_size) {
        std::memcpy(answer_.data(), header, header_size);
        return;
    }
    answer_.resize(static_cast<std::size_t>(buffer_size / answer_size_ * answer_size_));
    for (std::size_t at = 0; at < answer_.size(); at += static_cast<std::size_t>(answer_size_))
        std::memcpy(answer_.data() + at, header, header_size);
}

void RawEcho::flush_later(Connection& connection)
{
    if (std::exchange(connection.is_listed, true))
        return;
    to_flush_.push_back(&connection);
}

std::size_t RawEcho::gather(const Connection& connection, iovec* parts, std::size_t most) const
{
    auto* const begin = const_cast<unsigned char*>(answer_.data());
    std::uint64_t left = connection.owed;
    std::uint64_t position = connection.position;
    std::size_t count = 0;
    while (left > 0 && count < most) {
        std::uint64_t from = position;
        std::uint64_t until = answer_.size();
        if (answer_size_ > answer_.size()) { // the payload is one piece of it again and again
            if (position >= answer_header_)
                from = answer_header_ + (position - answer_header_) % (answer_.size() - answer_header_);
            until = std::min<std::uint64_t>(until, from + answer_size_ - position);
        }
        const std::uint64_t now = std::min(left, until - from);
        parts[count++] = {begin + from, static_cast<std::size_t>(now)};
        left -= now;
        position = (position + now) % answer_size_;
    }
    return count;
}

long RawEcho::write(Connection& connection, iovec* parts, std::size_t count)
{
    if (connection.ssl) {
        const int done
            = SSL_write(connection.ssl, parts[0].iov_base, static_cast<int>(parts[0].iov_len));
        if (done <= 0) {
            errno = SSL_get_error(connection.ssl, done) == SSL_ERROR_WANT_WRITE ? EAGAIN : EIO;
            return -1;
        }
        return done;
    }
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = count;
    return ::sendmsg(connection.fd, &message, MSG_NOSIGNAL);
}

void RawEcho::flush(Connection& connection)
{
    connection.is_listed = false;
    bool is_full = false;
    while (!is_full && (!connection.text.empty() || connection.owed > 0)) {
        iovec parts[most_parts];
        const bool is_text = !connection.text.empty();
        std::size_t count = 1;
        if (is_text)
            parts[0] = {connection.text.data(), connection.text.size()};
        else
            count = gather(connection, parts, most_parts);
        std::uint64_t offered = 0;
        for (std::size_t i = 0; i < count; ++i)
            offered += parts[i].iov_len;
        const long done = write(connection, parts, count);
        if (done < 0 && errno != EAGAIN) {
            drop(connection);
            return;
        }
        const auto sent = done < 0 ? 0 : static_cast<std::uint64_t>(done);
        if (is_text) {
            connection.text.erase(0, static_cast<std::size_t>(sent));
        } else {
            connection.owed -= sent;
            connection.position = (connection.position + sent) % answer_size_;
        }
        is_full = done < 0 || (!connection.ssl && sent < offered);
    }
    if (!is_full && connection.ends) {
        drop(connection);
        return;
    }
    if (is_full != connection.waits) {
        connection.waits = is_full;
        epoll_event event{};
        event.events = is_full ? EPOLLIN | EPOLLOUT : EPOLLIN;
        event.data.fd = connection.fd;
        ::epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.fd, &event);
    }
}

void RawEcho::drop(Connection& connection)
{
    std::erase(open_, &connection);
    std::replace(to_flush_.begin(), to_flush_.end(), &connection, static_cast<Connection*>(nullptr));
    const int fd = connection.fd;
    SSL_free(connection.ssl);
    ::close(fd);
    connections_[static_cast<std::size_t>(fd)].reset();
}

} // namespace bench
