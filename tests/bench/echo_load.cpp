#include "tests/bench/echo_load.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <spawn.h>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

namespace bench {
namespace {

double now_seconds()
{
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

bool send_all(int fd, const char* data, std::size_t size)
{
    while (size > 0) {
        const ssize_t done = ::send(fd, data, size, MSG_NOSIGNAL);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        data += done;
        size -= static_cast<std::size_t>(done);
    }
    return true;
}

/// The masked frame of one 16-byte text message; the mask is 0, so that its payload reads as it is.
std::vector<char> request_bytes()
{
    std::vector<char> frame{static_cast<char>(0x81), static_cast<char>(0x80 | payload_size), 0, 0, 0, 0};
    for (std::size_t i = 0; i < payload_size; ++i)
        frame.push_back(static_cast<char>('a' + i));
    return frame;
}

/// A connected, blocking socket from 127.0.0.1 + `source`; -1 when it failed.
int connect_to(std::uint16_t port, bool handshake, std::uint32_t source)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (source != 0) {
        sockaddr_in from{};
        from.sin_family = AF_INET;
        from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + source);
        ::setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        if (::bind(fd, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0)
            return -1;
    }
    if (fd < 0 || ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return -1;
    if (!handshake)
        return fd;
    const std::string head = "GET / HTTP/1.1\r\nHost: localhost:" + std::to_string(port)
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
          "Sec-WebSocket-Version: 13\r\nOrigin: http://localhost:3000\r\n\r\n";
    if (!send_all(fd, head.data(), head.size()))
        return -1;
    std::string answer;
    while (answer.find("\r\n\r\n") == std::string::npos) {
        char c = 0;
        if (::recv(fd, &c, 1, 0) != 1 || answer.size() > 4096)
            return -1;
        answer += c;
    }
    return answer.starts_with("HTTP/1.1 101 ") ? fd : -1;
}

struct Client {
    int fd = -1;
    std::size_t partial = 0; ///< bytes of the answer that has not come whole
};

/// Keeps every client's messages in flight for the planned time.
LoadResult drive(std::vector<Client>& clients, const LoadPlan& plan)
{
    LoadResult result;
    const std::vector<char> one = request_bytes();
    std::vector<char> burst;
    for (int i = 0; i < 4 * plan.in_flight; ++i)
        burst.insert(burst.end(), one.begin(), one.end());

    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    for (std::size_t i = 0; i < clients.size(); ++i) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, clients[i].fd, &event);
        if (!send_all(clients[i].fd, burst.data(), one.size() * static_cast<std::size_t>(plan.in_flight)))
            result.failed = true;
    }
    const double begin = now_seconds();
    const double end = begin + std::chrono::duration<double>(plan.time).count();
    std::vector<char> buffer(64 << 10);
    std::vector<epoll_event> events(256);
    while (!result.failed && now_seconds() < end) {
        const int ready = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), 100);
        for (int i = 0; i < ready; ++i) {
            Client& client = clients[events[static_cast<std::size_t>(i)].data.u64];
            const ssize_t got = ::recv(client.fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
            if (got <= 0) {
                result.failed = result.failed || got == 0 || (errno != EAGAIN && errno != EINTR);
                continue;
            }
            client.partial += static_cast<std::size_t>(got);
            const std::size_t answers = client.partial / answer_size;
            client.partial %= answer_size;
            result.messages += answers;
            for (std::size_t left = answers; left > 0;) {
                const std::size_t now = std::min(left, burst.size() / one.size());
                if (!send_all(client.fd, burst.data(), now * one.size()))
                    result.failed = true;
                left -= now;
            }
        }
    }
    result.seconds = now_seconds() - begin;
    ::close(epoll);
    return result;
}

constexpr std::string_view play_clients_word = "--play-clients";

[[noreturn]] void play_clients(const LoadPlan& plan, int orders, int reports)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::vector<Client> clients(static_cast<std::size_t>(plan.connections));
    char connected = 1;
    std::uint32_t number = 0;
    for (Client& client : clients) {
        client.fd = connect_to(
            plan.port, plan.handshake, number++ % static_cast<std::uint32_t>(std::max(plan.source_addresses, 1)));
        if (client.fd < 0)
            connected = 0;
    }
    LoadResult result;
    char order = 0;
    if (::write(reports, &connected, 1) == 1 && ::read(orders, &order, 1) == 1) {
        if (plan.time.count() > 0 && connected)
            result = drive(clients, plan);
        if (::write(reports, &result, sizeof result) != sizeof result)
            ::_exit(1);
        // The sockets stay open until the parent has looked at its memory.
        if (::read(orders, &order, 1) < 0)
            ::_exit(1);
    }
    ::_exit(0);
}

} // namespace

void play_clients_if_asked(int argc, const char* const* argv)
{
    if (argc != 2 || argv[1] != play_clients_word)
        return;
    LoadPlan plan;
    if (::read(STDIN_FILENO, &plan, sizeof plan) != sizeof plan)
        ::_exit(1);
    play_clients(plan, STDIN_FILENO, STDOUT_FILENO);
}

LoadProcess LoadProcess::prepare(const LoadPlan& plan)
{
    LoadProcess process;
    int orders[2] = {-1, -1};
    int reports[2] = {-1, -1};
    if (::pipe2(orders, O_CLOEXEC) != 0 || ::pipe2(reports, O_CLOEXEC) != 0)
        return process;
    posix_spawn_file_actions_t descriptors{};
    ::posix_spawn_file_actions_init(&descriptors);
    ::posix_spawn_file_actions_adddup2(&descriptors, orders[0], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&descriptors, reports[1], STDOUT_FILENO);
    std::string name = "clients";
    std::string word(play_clients_word);
    char* const words[] = {name.data(), word.data(), nullptr};
    if (::posix_spawn(&process.pid_, "/proc/self/exe", &descriptors, nullptr, words, environ) != 0
        || ::write(orders[1], &plan, sizeof plan) != sizeof plan)
        process.pid_ = -1;
    ::posix_spawn_file_actions_destroy(&descriptors);
    ::close(orders[0]);
    ::close(reports[1]);
    process.to_child_ = orders[1];
    process.from_child_ = reports[0];
    return process;
}

LoadProcess::LoadProcess(LoadProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1))
    , to_child_(std::exchange(other.to_child_, -1))
    , from_child_(std::exchange(other.from_child_, -1))
{ }

LoadProcess::~LoadProcess()
{
    if (to_child_ >= 0)
        ::close(to_child_);
    if (from_child_ >= 0)
        ::close(from_child_);
    if (pid_ > 0)
        ::waitpid(pid_, nullptr, 0);
}

bool LoadProcess::wait_until_connected()
{
    char connected = 0;
    return ::read(from_child_, &connected, 1) == 1 && connected == 1;
}

void LoadProcess::start()
{
    const char order = 1;
    if (::write(to_child_, &order, 1) != 1 && pid_ > 0)
        ::kill(pid_, SIGKILL);
}

LoadResult LoadProcess::result()
{
    LoadResult result;
    if (::read(from_child_, &result, sizeof result) != sizeof result)
        result.failed = true;
    return result;
}

} // namespace bench
