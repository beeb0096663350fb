// The load of tests/bench/compare: one thread, one process. Takes the options of jackfield-bench that the comparison needs
// and prints a part of its JSON, so that either can be used.
#include "tests/bench/comparison/load_client.h"
#include "tests/bench/comparison/server_process.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Plan {
    std::string mode;
    std::size_t connections = 100;
    MessagePlan messages;
    Target target;
    double seconds = 1;
    double warm_up = 0.2;
    int pid = 0;
};

[[noreturn]] void give_up(const std::string& why)
{
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(1);
}

/// Begins when the load has warmed up.
class Measured {
public:
    explicit Measured(const Plan& plan)
        : server_(plan.pid)
        , begin_(Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(plan.warm_up)))
        , length_(plan.seconds)
    { }
    /// False: the time is over. `messages`, `bytes`: so far.
    bool goes_on(std::uint64_t messages, std::uint64_t bytes)
    {
        const auto now = Clock::now();
        if (!has_begun_) {
            if (now < begin_)
                return true;
            has_begun_ = true;
            begin_ = now;
            cpu_ = server_.cpu_seconds();
            messages_ = messages;
            bytes_ = bytes;
        }
        seconds_ = std::chrono::duration<double>(now - begin_).count();
        if (seconds_ < length_)
            return true;
        cpu_ = server_.cpu_seconds() - cpu_;
        messages_ = messages - messages_;
        bytes_ = bytes - bytes_;
        return false;
    }
    void print() const
    {
        if (messages_ == 0)
            give_up("No message was answered.");
        std::printf("{\"messages\": %lu, \"seconds\": %.6f, \"bytes_received\": %lu, "
                    "\"server_cpu\": {\"seconds\": %.6f, \"us_a_message\": %.6f}}\n",
            static_cast<unsigned long>(messages_), seconds_, static_cast<unsigned long>(bytes_), cpu_,
            cpu_ * 1e6 / static_cast<double>(messages_));
    }

private:
    ServerProcess server_;
    Clock::time_point begin_;
    double length_;
    bool has_begun_ = false;
    double cpu_ = 0, seconds_ = 0;
    std::uint64_t messages_ = 0, bytes_ = 0;
};

/// Connections and the epoll that watches them.
class Clients {
public:
    explicit Clients(const Plan& plan)
        : plan_(plan)
        , messages_(plan.messages)
        , epoll_(::epoll_create1(EPOLL_CLOEXEC))
    { }
    ~Clients() { ::close(epoll_); }
    Clients(const Clients&) = delete;
    Clients& operator=(const Clients&) = delete;

    void open(std::size_t count)
    {
        for (; count > 0; --count) {
            auto client = std::make_unique<LoadClient>(plan_.target, messages_, plan_.messages.binary);
            if (const std::string failure = client->open(); !failure.empty())
                give_up("Connection " + std::to_string(all_.size() + 1) + ": " + failure);
            watch(EPOLL_CTL_ADD, client->descriptor(), all_.size(), EPOLLIN);
            all_.push_back(std::move(client));
            waits_.push_back(false);
        }
    }
    void send(std::size_t index, std::size_t count)
    {
        all_[index]->send(count);
        note(index);
    }
    /// Serves what is ready; calls `on_messages(index, count)`.
    template <class OnMessages>
    void turn(OnMessages&& on_messages)
    {
        const int ready = ::epoll_wait(epoll_, events_, 512, 100);
        for (int i = 0; i < ready; ++i) {
            const auto index = static_cast<std::size_t>(events_[i].data.u64);
            LoadClient& client = *all_[index];
            if ((events_[i].events & EPOLLOUT) != 0) {
                client.send_rest();
                note(index);
            }
            if ((events_[i].events & ~static_cast<unsigned>(EPOLLOUT)) == 0)
                continue;
            std::size_t count = 0;
            const std::uint64_t before = client.bytes_received();
            do {
                count += client.receive(buffer_.data(), buffer_.size());
            } while (client.has_input() && client.failure().empty());
            bytes_ += client.bytes_received() - before;
            if (!client.failure().empty())
                give_up("Connection " + std::to_string(index + 1) + ": " + client.failure());
            if (count > 0)
                on_messages(index, count);
        }
    }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

private:
    void watch(int what, int fd, std::size_t index, unsigned interest)
    {
        epoll_event event{};
        event.events = interest;
        event.data.u64 = index;
        ::epoll_ctl(epoll_, what, fd, &event);
    }
    void note(std::size_t index)
    {
        const bool waits = all_[index]->has_rest();
        if (waits == waits_[index])
            return;
        waits_[index] = waits;
        watch(EPOLL_CTL_MOD, all_[index]->descriptor(), index, waits ? EPOLLIN | EPOLLOUT : EPOLLIN);
    }
    const Plan& plan_;
    Messages messages_;
    int epoll_;
    std::vector<std::unique_ptr<LoadClient>> all_;
    std::vector<bool> waits_;
    epoll_event events_[512];
    std::vector<char> buffer_ = std::vector<char>(256U << 10U);
    std::uint64_t bytes_ = 0;
};

void echo(const Plan& plan)
{
    Clients clients(plan);
    clients.open(plan.connections);
    for (std::size_t i = 0; i < plan.connections; ++i)
        clients.send(i, plan.messages.depth);
    std::uint64_t answered = 0;
    Measured measured(plan);
    while (measured.goes_on(answered, clients.bytes())) {
        clients.turn([&](std::size_t index, std::size_t count) {
            answered += count;
            clients.send(index, count);
        });
    }
    measured.print();
}

/// The first connection sends, the others receive; the next message leaves when one has reached all.
void fan_out(const Plan& plan)
{
    Clients clients(plan);
    clients.open(plan.connections);
    const std::size_t receivers = plan.connections - 1;
    std::uint64_t delivered = 0;
    std::uint64_t complete = 0;
    clients.send(0, plan.messages.depth);
    Measured measured(plan);
    while (measured.goes_on(delivered, clients.bytes())) {
        clients.turn([&](std::size_t, std::size_t count) { delivered += count; });
        const std::uint64_t now = delivered / receivers;
        if (now > complete)
            clients.send(0, static_cast<std::size_t>(now - complete));
        complete = now;
    }
    measured.print();
}

/// Memory of the server for each connection beyond the first; with permessage-deflate each has had one message.
void idle(const Plan& plan)
{
    Clients clients(plan);
    const ServerProcess server(plan.pid);
    const auto open = [&](std::size_t first, std::size_t count) {
        clients.open(count);
        if (plan.target.deflate == Deflate::off)
            return;
        std::size_t waiting = count;
        for (std::size_t i = first; i < first + count; ++i)
            clients.send(i, 1);
        while (waiting > 0)
            clients.turn([&](std::size_t, std::size_t answers) { waiting -= answers; });
    };
    open(0, 1);
    ::usleep(300'000); // what a server does behind an answer
    const std::uint64_t before = server.memory();
    open(1, plan.connections - 1);
    ::usleep(300'000);
    const std::uint64_t after = server.memory();
    std::printf("{\"connections\": %zu, \"server_memory\": {\"before\": %lu, \"after\": %lu, \"bytes_a_connection\": %.1f}}\n",
        plan.connections, static_cast<unsigned long>(before), static_cast<unsigned long>(after),
        (static_cast<double>(after) - static_cast<double>(before)) / static_cast<double>(plan.connections - 1));
}

/// One handshake after the other on `connections` sockets at once: connect, upgrade, Close, the server's Close and end.
class Handshakes {
public:
    explicit Handshakes(const Plan& plan)
        : plan_(plan)
        , epoll_(::epoll_create1(EPOLL_CLOEXEC))
        , request_(request_of(plan.target))
        , close_(masked_frame(0x88, "\x03\xe8"))
        , slots_(plan.connections)
    {
        for (std::size_t i = 0; i < slots_.size(); ++i)
            begin(i);
    }
    ~Handshakes() { ::close(epoll_); }
    Handshakes(const Handshakes&) = delete;
    Handshakes& operator=(const Handshakes&) = delete;

    void turn()
    {
        const int ready = ::epoll_wait(epoll_, events_, 512, 100);
        for (int i = 0; i < ready; ++i)
            serve(static_cast<std::size_t>(events_[i].data.u64));
    }
    [[nodiscard]] std::uint64_t done() const { return done_; }

private:
    struct Slot {
        int fd = -1;
        bool is_open = false;
        std::string head;
    };
    void begin(std::size_t index)
    {
        Slot& slot = slots_[index];
        slot = {};
        slot.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        // From many addresses, as ports stay taken for a while.
        const int on = 1;
        ::setsockopt(slot.fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + static_cast<std::uint32_t>(++begun_ % 200));
        sockaddr_in server = address;
        server.sin_port = htons(plan_.target.port);
        server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(slot.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0
            || ::connect(slot.fd, reinterpret_cast<const sockaddr*>(&server), sizeof server) != 0
            || ::send(slot.fd, request_.data(), request_.size(), MSG_NOSIGNAL) < 0)
            give_up(std::string("Could not connect: ") + std::strerror(errno));
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = index;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, slot.fd, &event);
    }
    void serve(std::size_t index)
    {
        Slot& slot = slots_[index];
        char buffer[4'096];
        const ssize_t got = ::recv(slot.fd, buffer, sizeof buffer, MSG_DONTWAIT);
        if (got < 0 && errno == EAGAIN)
            return;
        if (!slot.is_open) {
            if (got <= 0)
                give_up("The server ended a connection before its answer.");
            slot.head.append(buffer, static_cast<std::size_t>(got));
            if (!slot.head.ends_with("\r\n\r\n"))
                return;
            if (!slot.head.starts_with("HTTP/1.1 101 "))
                give_up("Refused: " + slot.head.substr(0, slot.head.find('\r')));
            slot.is_open = true;
            ::send(slot.fd, close_.data(), close_.size(), MSG_NOSIGNAL);
            return;
        }
        if (got > 0)
            return;
        ::close(slot.fd);
        ++done_;
        begin(index);
    }
    const Plan& plan_;
    int epoll_;
    std::string request_, close_;
    std::vector<Slot> slots_;
    epoll_event events_[512];
    std::uint64_t done_ = 0, begun_ = 0;
};

void connect(const Plan& plan)
{
    Handshakes handshakes(plan);
    Measured measured(plan);
    while (measured.goes_on(handshakes.done(), 0))
        handshakes.turn();
    measured.print();
}

[[noreturn]] void usage(int status)
{
    std::printf("compare_load echo|fanout|connect|idle URL [--connections N] [--size N] [--depth N] [--binary]\n"
                "    [--content ascii|mixed|json] [--deflate off|on|no-takeover] [--duration S] [--warm-up S] [--pid N]\n"
                "    [--insecure] [--unverified] [--json -]\n");
    std::exit(status);
}

Plan parse(int argc, char** argv)
{
    Plan plan;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        const auto text = [&]() -> std::string_view { return i + 1 < argc ? argv[++i] : ""; };
        const auto number = [&] { return std::strtoul(std::string(text()).c_str(), nullptr, 10); };
        const auto seconds = [&] { return std::strtod(std::string(text()).c_str(), nullptr); };
        if (name == "--connections") {
            plan.connections = std::max<std::size_t>(number(), 1);
        } else if (name == "--size") {
            plan.messages.size = number();
        } else if (name == "--depth") {
            plan.messages.depth = std::max<std::size_t>(number(), 1);
        } else if (name == "--binary") {
            plan.messages.binary = true;
        } else if (name == "--content") {
            const auto content = text();
            plan.messages.content = content == "mixed" ? Content::mixed : content == "json" ? Content::json : Content::ascii;
        } else if (name == "--deflate") {
            const auto deflate = text();
            plan.target.deflate = deflate == "on" ? Deflate::on : deflate == "off" ? Deflate::off : Deflate::no_takeover;
        } else if (name == "--duration") {
            plan.seconds = seconds();
        } else if (name == "--warm-up") {
            plan.warm_up = seconds();
        } else if (name == "--pid") {
            plan.pid = static_cast<int>(number());
        } else if (name == "--unverified") {
            plan.target.verifies = false;
        } else if (name == "--insecure") {
            continue;
        } else if (name == "--json") {
            text();
        } else if (name.starts_with("ws://127.0.0.1:") || name.starts_with("wss://127.0.0.1:")) {
            plan.target.tls = name.starts_with("wss");
            const auto port = name.substr(name.rfind(':') + 1);
            plan.target.port = static_cast<std::uint16_t>(std::strtoul(std::string(port).c_str(), nullptr, 10));
        } else if (plan.mode.empty() && !name.starts_with("-")) {
            plan.mode = name;
        } else {
            usage(name == "--help" ? 0 : 2);
        }
    }
    plan.messages.deflate = plan.target.deflate;
    return plan;
}

} // namespace
} // namespace bench

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN); // NOLINT(cert-err33-c)
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
    const bench::Plan plan = bench::parse(argc, argv);
    if (plan.mode == "echo")
        bench::echo(plan);
    else if (plan.mode == "fanout")
        bench::fan_out(plan);
    else if (plan.mode == "connect")
        bench::connect(plan);
    else if (plan.mode == "idle")
        bench::idle(plan);
    else
        bench::usage(2);
}
