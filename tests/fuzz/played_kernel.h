#pragma once

#include "net/native_address.h"
#include "net/system_calls.h"
#include "support/manual_clock.h"

#include "jackfield/socket_address.h"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace jackfield::fuzz {

/// One TCP connection as both sides see it.
struct Wire {
    std::string to_server; ///< not yet read
    std::string from_server; ///< everything it ever sent
    std::size_t room = std::numeric_limits<std::size_t>::max(); ///< bytes the client's side still takes
    bool client_ended = false; ///< its FIN is behind `to_server`
    bool client_reset = false;
    bool server_ended = false; ///< FIN, or the descriptor is closed
    bool server_closed = false;
};

/// A kernel that exists in memory only: a listener, clients that are a few strings, level-triggered epoll,
/// and the next call of a kind failing when it is told to. It never waits and touches no real descriptor.
class PlayedKernel final : public net::SystemCalls {
public:
    enum Kind { accepting, receiving, sending, adding, modifying, setting, kinds };

    explicit PlayedKernel(const test::ManualClock& clock)
        : clock_(clock)
    { }
    /// A client that waits to be accepted.
    std::shared_ptr<Wire> connect()
    {
        waiting_.push_back(std::make_shared<Wire>());
        return waiting_.back();
    }
    /// Makes the next call of `kind` fail.
    void fail_next(Kind kind, int error) { failing_[kind] = error; }
    /// At most so many bytes pass in one call.
    void limit_calls(std::size_t bytes) { call_limit_ = std::max<std::size_t>(bytes, 1); }
    [[nodiscard]] std::size_t held() const { return things_.size(); }

    int socket(int, int, int) override { return make(Thing::listener); }
    int bind(int fd, const sockaddr* address, socklen_t length) override
    {
        std::memcpy(&at(fd).address, address, length);
        return 0;
    }
    int listen(int, int) override { return 0; }
    int set_option(int, int, int, int) override { return fails(setting) ? -1 : 0; }
    int set_linger(int, bool, int) override { return 0; }
    int local_address(int fd, sockaddr* address, socklen_t* length) override
    {
        auto* native = reinterpret_cast<sockaddr_in*>(&at(fd).address);
        if (native->sin_port == 0)
            native->sin_port = htons(4567);
        *length = sizeof(sockaddr_in);
        std::memcpy(address, native, *length);
        return 0;
    }
    int accept(int, sockaddr* address, socklen_t* length) override
    {
        if (fails(accepting))
            return -1;
        if (waiting_.empty()) {
            errno = EAGAIN;
            return -1;
        }
        const int fd = make(Thing::connection);
        at(fd).wire = waiting_.front();
        waiting_.pop_front();
        if (address) {
            sockaddr_storage native{};
            *length = net::to_native(SocketAddress::v4({127, 0, 0, 1}, next_port_++), native);
            std::memcpy(address, &native, *length);
        }
        return fd;
    }
    ssize_t receive(int fd, std::span<std::byte> buffer) override
    {
        if (fails(receiving))
            return -1;
        Wire& wire = *at(fd).wire;
        if (wire.client_reset) {
            errno = ECONNRESET;
            return -1;
        }
        const std::size_t count = std::min({buffer.size(), wire.to_server.size(), call_limit_});
        if (count == 0) {
            if (wire.client_ended)
                return 0;
            errno = EAGAIN;
            return -1;
        }
        std::memcpy(buffer.data(), wire.to_server.data(), count);
        wire.to_server.erase(0, count);
        return static_cast<ssize_t>(count);
    }
    ssize_t send(int fd, const msghdr& message) override
    {
        if (fails(sending))
            return -1;
        Wire& wire = *at(fd).wire;
        if (wire.server_ended)
            std::abort(); // nothing may follow our FIN
        if (wire.client_reset) {
            errno = EPIPE;
            return -1;
        }
        std::size_t left = std::min(wire.room, call_limit_);
        if (left == 0) {
            errno = EAGAIN;
            return -1;
        }
        std::size_t count = 0;
        for (std::size_t i = 0; i < message.msg_iovlen; ++i) {
            const std::size_t part = std::min(left, message.msg_iov[i].iov_len);
            wire.from_server.append(static_cast<const char*>(message.msg_iov[i].iov_base), part);
            left -= part;
            count += part;
        }
        wire.room -= count;
        return static_cast<ssize_t>(count);
    }
    int unsent(int) override { return 0; }
    int shutdown(int fd, int) override
    {
        at(fd).wire->server_ended = true;
        return 0;
    }
    int close(int fd) override
    {
        Thing& thing = at(fd);
        if (thing.wire)
            thing.wire->server_ended = thing.wire->server_closed = true;
        things_.erase(fd);
        return 0;
    }
    int open_spare() override { return make(Thing::other); }
    int epoll_create() override { return make(Thing::other); }
    int epoll_control(int, int operation, int fd, epoll_event* event) override
    {
        if ((operation == EPOLL_CTL_ADD && fails(adding)) || (operation == EPOLL_CTL_MOD && fails(modifying)))
            return -1;
        Thing& thing = at(fd);
        thing.is_watched = operation != EPOLL_CTL_DEL;
        thing.watch = *event;
        return 0;
    }
    int epoll_wait(int, std::span<epoll_event> events, int) override
    {
        std::size_t count = 0;
        for (auto& [fd, thing] : things_) {
            if (!thing.is_watched || count == events.size())
                continue;
            const std::uint32_t ready = readiness(thing) & (thing.watch.events | EPOLLERR | EPOLLHUP);
            if (ready != 0)
                events[count++] = {ready, thing.watch.data};
        }
        return static_cast<int>(count);
    }
    int wait_readable(int, int) override { return 0; }
    int create_event() override { return make(Thing::counter); }
    int create_timer() override { return make(Thing::timer); }
    int arm_timer(int fd, std::int64_t nanoseconds) override
    {
        at(fd).due
            = nanoseconds == 0 ? TimePoint::max() : clock_.now() + std::chrono::nanoseconds(nanoseconds);
        return 0;
    }
    ssize_t read_counter(int fd) override
    {
        Thing& thing = at(fd);
        thing.due = TimePoint::max();
        return std::exchange(thing.count, 0) != 0 ? 8 : -1;
    }
    ssize_t write_counter(int fd) override
    {
        ++at(fd).count;
        return 8;
    }
    std::uint64_t raise_descriptor_limit() override { return 1'024; }

private:
    struct Thing {
        enum Kind { listener, connection, counter, timer, other };
        Kind kind = other;
        std::shared_ptr<Wire> wire; // a connection's
        sockaddr_storage address{}; // a listener's
        std::uint64_t count = 0;
        TimePoint due = TimePoint::max();
        bool is_watched = false;
        epoll_event watch{};
    };
    int make(Thing::Kind kind)
    {
        things_[next_].kind = kind;
        return next_++;
    }
    /// A descriptor that the engine does not hold is the end of the run.
    Thing& at(int fd)
    {
        const auto found = things_.find(fd);
        if (found == things_.end())
            std::abort();
        return found->second;
    }
    bool fails(Kind kind)
    {
        errno = std::exchange(failing_[static_cast<std::size_t>(kind)], 0);
        return errno != 0;
    }
    [[nodiscard]] std::uint32_t readiness(const Thing& thing) const
    {
        switch (thing.kind) {
        case Thing::listener:
            return waiting_.empty() ? 0 : EPOLLIN;
        case Thing::counter:
            return thing.count != 0 ? EPOLLIN : 0;
        case Thing::timer:
            return clock_.now() >= thing.due ? EPOLLIN : 0;
        case Thing::connection: {
            const Wire& wire = *thing.wire;
            if (wire.client_reset)
                return EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP;
            const bool is_over = wire.client_ended && wire.server_ended;
            return (!wire.to_server.empty() || wire.client_ended ? EPOLLIN : 0U)
                | (wire.client_ended ? EPOLLRDHUP : 0U) | (wire.room > 0 ? EPOLLOUT : 0U)
                | (is_over ? EPOLLHUP : 0U);
        }
        default:
            return 0;
        }
    }

    const test::ManualClock& clock_;
    std::map<int, Thing> things_;
    std::deque<std::shared_ptr<Wire>> waiting_;
    std::array<int, kinds> failing_{};
    std::size_t call_limit_ = std::numeric_limits<std::size_t>::max();
    int next_ = 1'000;
    std::uint16_t next_port_ = 20'000;
};

} // namespace jackfield::fuzz
