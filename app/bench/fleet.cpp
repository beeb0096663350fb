#include "app/bench/fleet.h"

#include "net/native_address.h"
#include "net/tcp_stream.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace jackfield::bench {
namespace {

constexpr std::size_t read_buffer = std::size_t{256} << 10U;
constexpr std::size_t events_a_turn = 512;
constexpr std::size_t own_descriptors = 32; // beside the connections
constexpr auto closing_time = std::chrono::seconds(2);
constexpr std::size_t addresses_for_handshakes = 64; // ports rest for a minute after a connection

/// How many ports the kernel gives to clients of one address.
std::size_t client_ports()
{
    std::ifstream file("/proc/sys/net/ipv4/ip_local_port_range");
    std::size_t first = 0;
    std::size_t last = 0;
    return file >> first >> last && last > first ? last - first + 1 : 28'000;
}

std::size_t addresses_for(const Options& options, const Target& target, std::size_t connections)
{
    if (target.address.is_v6() || !target.address.is_loopback())
        return 1;
    if (options.source_addresses > 0)
        return options.source_addresses;
    if (options.mode == Mode::connect)
        return addresses_for_handshakes;
    // The kernel looks for a free port among all of an address, which takes longer the fewer are left.
    const std::size_t usable = std::max<std::size_t>(client_ports() / 8, 1);
    return (connections + usable - 1) / usable;
}

/// 127.0.0.1, 127.0.0.2 and so on, without the ends of networks.
in_addr source_address(std::size_t number)
{
    const auto low = static_cast<std::uint32_t>(number % 250 + 1);
    const auto high = static_cast<std::uint32_t>(number / 250);
    in_addr address{};
    address.s_addr = htonl(0x7f000000U + (high << 8U) + low);
    return address;
}

Trouble refused(int error, const Target& target)
{
    switch (error) {
    case ECONNREFUSED:
        return {"connection refused", "nobody listens at " + target.address.text() + " (connection refused); is the server started?"};
    case EADDRNOTAVAIL:
        return {"no free port", "there is no free port for another connection; use more --source-addresses"};
    case ETIMEDOUT:
        return {"connection timed out", "nobody answers at " + target.address.text()};
    default:
        return {"connection failed", "no connection to " + target.address.text() + ": " + std::strerror(error)};
    }
}

} // namespace

Fleet::Fleet(const Options& options, const Target& target, const TlsClientContext* tls, const StopSignal& stop)
    : options_(options)
    , target_(target)
    , tls_(tls)
    , stop_(stop)
    , handshake_(options, target)
    , epoll_(net::real_system_calls(), net::real_system_calls().epoll_create())
    , events_(events_a_turn)
    , buffer_(read_buffer)
{ }

Fleet::~Fleet()
{
    for (const auto& connection : connections_) {
        if (connection->state() != Connection::State::unused)
            connection->end();
    }
}

Result<void> Fleet::make_room(std::size_t connections)
{
    if (!epoll_)
        return jackfield::fail(ErrorCode::system, "cannot wait for sockets", errno);
    const std::uint64_t limit = net::real_system_calls().raise_descriptor_limit();
    if (connections + own_descriptors > limit)
        return jackfield::fail(ErrorCode::too_large,
            std::to_string(connections) + " connections need more descriptors than this process may have ("
                + std::to_string(limit) + "); raise the limit with ulimit -n, or take fewer --connections");
    while (connections_.size() < connections) {
        connections_.push_back(std::make_unique<Connection>());
        connections_.back()->index = connections_.size() - 1;
    }
    source_addresses_ = addresses_for(options_, target_, connections);
    return {};
}

int Fleet::make_socket(std::size_t /*index*/, std::string& problem)
{
    const int family = target_.address.is_v6() ? AF_INET6 : AF_INET;
    const int fd = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        problem = std::string("no socket: ") + std::strerror(errno);
        return -1;
    }
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (source_addresses_ > 1) {
        ::setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        sockaddr_in source{};
        source.sin_family = AF_INET;
        source.sin_addr = source_address(next_source_++ % source_addresses_);
        if (::bind(fd, reinterpret_cast<const sockaddr*>(&source), sizeof source) != 0) {
            problem = std::string("no source address: ") + std::strerror(errno);
            ::close(fd);
            return -1;
        }
    }
    return fd;
}

void Fleet::open(std::size_t index)
{
    Connection& connection = at(index);
    now_ = now();
    std::string problem;
    const int fd = make_socket(index, problem);
    if (fd < 0) {
        count_error({"no socket", problem});
        return;
    }
    net::Descriptor socket(net::real_system_calls(), fd);
    sockaddr_storage native{};
    const socklen_t size = net::to_native(target_.address, native);
    const int connected = ::connect(fd, reinterpret_cast<const sockaddr*>(&native), size);
    if (connected != 0 && errno != EINPROGRESS) {
        count_error(refused(errno, target_));
        return;
    }
    if (tls_)
        connection.begin(std::make_unique<TlsClientStream>(*tls_, std::move(socket)), now_);
    else
        connection.begin(std::make_unique<net::TcpStream>(net::real_system_calls(), std::move(socket)), now_);
    ++opening_count_;
    wait_for(connection, now_ + std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(options_.timeout)));
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT;
    event.data.u64 = index;
    connection.watched = event.events;
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0)
        end_with(connection, {"no socket", std::string("cannot wait for a socket: ") + std::strerror(errno)});
}

Result<void> Fleet::open_all(std::size_t count)
{
    const auto has_failed = [this] { return opening_count_ == 0 && open_count_ == 0; };
    open(0);
    turn_until(TimePoint::max(), [this] { return opening_count_ == 0; });
    if (has_failed() && !is_stopped())
        return jackfield::fail(ErrorCode::system, error_example_);
    std::size_t next = 1;
    while (next < count && !is_stopped()) {
        while (next < count && opening_count_ < options_.opening)
            open(next++);
        turn(now() + std::chrono::milliseconds(50));
    }
    turn_until(TimePoint::max(), [this] { return opening_count_ == 0; });
    return {};
}

void Fleet::wait_for(Connection& connection, TimePoint deadline)
{
    connection.deadline = deadline;
    deadlines_.push_back({deadline, connection.index, connection.generation});
}

void Fleet::check_deadlines()
{
    // Closings wait for less time than handshakes, so a few may stand behind a later one; the modes that end do not mind.
    while (!deadlines_.empty()) {
        const Deadline& oldest = deadlines_.front();
        Connection& connection = at(oldest.index);
        const bool is_current = connection.generation == oldest.generation && connection.deadline == oldest.at
            && connection.state() != Connection::State::unused && connection.state() != Connection::State::open;
        if (is_current && oldest.at > now_)
            return;
        deadlines_.pop_front();
        if (!is_current)
            continue;
        if (connection.state() == Connection::State::closing)
            end_with(connection, {"closing timed out", "the server did not end a connection that was closed"});
        else if (connection.state() == Connection::State::connecting)
            end_with(connection, refused(ETIMEDOUT, target_));
        else
            end_with(connection, {"handshake timed out",
                                     "the server took the connection and did not complete the handshake in time (--timeout); a "
                                     "wss:// server wants a wss:// URL, and the other way round"});
    }
}

int Fleet::wait(TimePoint wake_at)
{
    const auto left = wake_at - now();
    if (has_precise_wait_) {
        const auto nanoseconds = std::max<std::int64_t>(0, std::min<std::int64_t>(left.count(), 1'000'000'000));
        const timespec timeout{0, static_cast<long>(std::min<std::int64_t>(nanoseconds, 999'999'999))};
        const int ready = ::epoll_pwait2(epoll_.get(), events_.data(), static_cast<int>(events_.size()), &timeout, nullptr);
        if (ready >= 0 || errno != ENOSYS)
            return ready;
        has_precise_wait_ = false; // Linux before 5.11
    }
    const auto milliseconds_left = std::clamp<std::int64_t>((left.count() + 999'999) / 1'000'000, 0, 1'000);
    return ::epoll_wait(epoll_.get(), events_.data(), static_cast<int>(events_.size()), static_cast<int>(milliseconds_left));
}

void Fleet::turn(TimePoint wake_at)
{
    const int ready = wait(wake_at);
    now_ = now();
    pool_.begin_turn(now_);
    for (int i = 0; i < ready; ++i) {
        const epoll_event& event = events_[static_cast<std::size_t>(i)];
        Connection& connection = at(static_cast<std::size_t>(event.data.u64));
        if (connection.state() != Connection::State::unused)
            serve(connection, event.events);
    }
    if (!deadlines_.empty())
        check_deadlines();
}

void Fleet::serve(Connection& connection, std::uint32_t events)
{
    if (connection.state() == Connection::State::connecting) {
        handle_connected(connection);
        return;
    }
    if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR | EPOLLRDHUP)) != 0) {
        read(connection);
        if (connection.state() == Connection::State::unused)
            return;
    }
    if (connection.has_output())
        flush(connection);
    else
        watch(connection);
}

void Fleet::handle_connected(Connection& connection)
{
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(connection.stream().descriptor(), SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
        end_with(connection, refused(error, target_));
        return;
    }
    if (target_.scheme == Target::Scheme::tcp) {
        become_open(connection);
        return;
    }
    connection.begin_upgrade(handshake_);
    flush(connection);
}

void Fleet::become_open(Connection& connection)
{
    connection.become_open();
    --opening_count_;
    ++open_count_;
    most_open_ = std::max(most_open_, open_count_);
    if (user_)
        user_->on_open(connection, now_);
    if (connection.state() != Connection::State::unused)
        flush(connection);
}

void Fleet::read(Connection& connection)
{
    for (;;) {
        const net::IoResult result = connection.stream().read(buffer_);
        if (result.status == net::IoResult::Status::would_block)
            return;
        if (result.status != net::IoResult::Status::done) {
            if (connection.state() == Connection::State::closing) {
                end(connection);
                return;
            }
            const auto* tls = dynamic_cast<const TlsClientStream*>(&connection.stream());
            if (tls && !tls->problem().empty())
                end_with(connection, {"TLS", tls->problem()});
            else if (connection.state() == Connection::State::upgrading)
                end_with(connection, {"no handshake", "the server ended the connection without an answer to the handshake"});
            else
                end_with(connection, {"connection lost", result.error == 0 ? "the server ended a connection without a Close frame"
                                                                         : std::string("a connection broke: ") + std::strerror(result.error)});
            return;
        }
        traffic_.received += result.bytes;
        const std::span<std::byte> input(buffer_.data(), result.bytes);
        if (connection.state() == Connection::State::upgrading) {
            if (connection.take_head(input, handshake_, pool_)) {
                become_open(connection);
                if (connection.state() == Connection::State::open || connection.state() == Connection::State::closing) {
                    if (const std::uint64_t early = connection.take_early(); early > 0 && user_)
                        user_->on_answers(connection, early, now_);
                }
            }
        } else {
            const std::uint64_t answers = connection.take(input);
            if (answers > 0 && user_)
                user_->on_answers(connection, answers, now());
        }
        if (connection.state() == Connection::State::unused)
            return;
        if (connection.trouble()) {
            end_with(connection, *connection.trouble());
            return;
        }
        if (result.bytes < buffer_.size() && !connection.stream().has_buffered_input())
            return;
    }
}

void Fleet::flush(Connection& connection)
{
    if (const auto sent = connection.flush()) {
        traffic_.sent += *sent;
        watch(connection);
    } else if (connection.state() == Connection::State::closing) {
        end(connection);
    } else {
        end_with(connection, *connection.trouble());
    }
}

void Fleet::watch(Connection& connection)
{
    const bool wants_write = connection.is_blocked() && (!tls_ || connection.stream().wants_write());
    const std::uint32_t wanted = EPOLLIN | (wants_write ? EPOLLOUT : 0U);
    if (wanted == connection.watched)
        return;
    connection.watched = wanted;
    epoll_event event{};
    event.events = wanted;
    event.data.u64 = connection.index;
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, connection.stream().descriptor(), &event);
}

void Fleet::end(Connection& connection)
{
    using State = Connection::State;
    const State state = connection.state();
    if (state == State::connecting || state == State::upgrading)
        --opening_count_;
    else
        --open_count_;
    connection.end();
    if (user_)
        user_->on_ended(connection, now_);
}

void Fleet::end_with(Connection& connection, const Trouble& trouble)
{
    count_error(trouble); // a copy is not needed: the connection keeps its own until it begins anew
    end(connection);
}

void Fleet::count_error(const Trouble& trouble, std::uint64_t times)
{
    if (error_example_.empty())
        error_example_ = trouble.what;
    errors_[trouble.kind] += times;
    traffic_.errors += times;
}

void Fleet::fail(Connection& connection, const Trouble& trouble)
{
    end_with(connection, trouble);
}

void Fleet::close(Connection& connection)
{
    connection.start_close(1000);
    if (connection.state() != Connection::State::closing)
        return;
    wait_for(connection, now() + closing_time);
    flush(connection);
}

void Fleet::close_all()
{
    user_ = nullptr;
    const auto errors_before = traffic_.errors;
    const auto kinds_before = errors_;
    const std::string example_before = error_example_;
    for (const auto& connection : connections_) {
        if (connection->state() == Connection::State::open)
            close(*connection);
    }
    const TimePoint end_at = now() + closing_time;
    while (open_count_ > 0 && now() < end_at)
        turn(std::min(end_at, now() + std::chrono::milliseconds(50)));
    // What has no bearing on the run: a server may be stopped before its clients are.
    traffic_.errors = errors_before;
    errors_ = kinds_before;
    error_example_ = example_before;
}

} // namespace jackfield::bench
