// How many system calls the engine makes for a message: 16-byte echoes over real connections from another process, counted
// through the engine's seam. Near one receive and one send for a whole batch is what is wanted.
#include "net/system_calls.h"
#include "server/stack_parts.h"
#include "tests/bench/echo_load.h"

#include "jackfield/engine.h"
#include "jackfield/stack.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>
#include <variant>

namespace {

using namespace std::chrono_literals;

/// The kernel, counted. Read it when the engine's thread has ended.
class CountedCalls final : public jackfield::net::SystemCalls {
public:
    ssize_t receive(int fd, std::span<std::byte> buffer) override
    {
        ++receives;
        return SystemCalls::receive(fd, buffer);
    }
    ssize_t send(int fd, const msghdr& message) override
    {
        ++sends;
        return SystemCalls::send(fd, message);
    }
    int epoll_wait(int epoll, std::span<epoll_event> events, int timeout_ms) override
    {
        ++waits;
        return SystemCalls::epoll_wait(epoll, events, timeout_ms);
    }
    int epoll_control(int epoll, int operation, int fd, epoll_event* event) override
    {
        ++others;
        return SystemCalls::epoll_control(epoll, operation, fd, event);
    }
    int arm_timer(int fd, std::int64_t nanoseconds) override
    {
        ++others;
        return SystemCalls::arm_timer(fd, nanoseconds);
    }
    ssize_t read_counter(int fd) override
    {
        ++others;
        return SystemCalls::read_counter(fd);
    }
    ssize_t write_counter(int fd) override
    {
        ++others;
        return SystemCalls::write_counter(fd);
    }

    std::uint64_t receives = 0, sends = 0, waits = 0, others = 0;
};

bool report(int connections, int depth)
{
    CountedCalls calls;
    auto parts = std::make_shared<jackfield::StackParts>(jackfield::Stack::standard().parts());
    parts->system_calls = &calls;
    jackfield::EngineConfig config;
    config.listeners = {{jackfield::SocketAddress::v4({127, 0, 0, 1}, 0)}};
    auto engine = jackfield::Engine::create(std::move(config), jackfield::Stack(std::move(parts)));
    if (!engine) {
        std::fprintf(stderr, "No engine: %s\n", engine.error().message().c_str());
        return false;
    }
    std::uint16_t port = 0;
    jackfield::EventBatch events;
    (*engine)->take_events(events);
    for (const auto& event : events.events) {
        if (const auto* listening = std::get_if<jackfield::event::Listening>(&event.what))
            port = listening->address.port();
    }
    auto load = bench::LoadProcess::prepare({port, connections, depth, 1'000ms, true});
    std::atomic<bool> stopping{false};
    const auto serve = [&] {
        std::thread thread([&] {
            while (!stopping.load(std::memory_order_relaxed) && (*engine)->poll(100ms)) { }
        });
        return thread;
    };
    const auto halt = [&](std::thread& thread) {
        stopping = true;
        (*engine)->wake();
        thread.join();
        stopping = false;
    };
    std::thread opening = serve();
    const bool connected = load.wait_until_connected();
    halt(opening);
    calls.receives = calls.sends = calls.waits = calls.others = 0;
    std::thread serving = serve();
    load.start();
    const auto result = load.result();
    halt(serving);
    if (!connected || result.failed || result.messages == 0) {
        std::fprintf(stderr, "The clients were refused or cut off.\n");
        return false;
    }
    const auto messages = static_cast<double>(result.messages);
    const auto each = [&](std::uint64_t count) { return static_cast<double>(count) / messages; };
    std::printf("%11d %6d %10.0f %9.4f %9.4f %9.4f %9.4f %22.2f\n", connections, depth, messages,
        each(calls.receives), each(calls.sends), each(calls.waits), each(calls.others),
        each(calls.receives + calls.sends) * depth);
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    bench::play_clients_if_asked(argc, argv);
    std::printf("%11s %6s %10s %9s %9s %9s %9s %22s\n", "connections", "depth", "messages", "recv/msg", "send/msg",
        "wait/msg", "other/msg", "recv+send for a batch");
    bool is_well = true;
    for (const int connections : {1, 100}) {
        for (const int depth : {1, 32})
            is_well = report(connections, depth) && is_well;
    }
    return is_well ? 0 : 1;
}
