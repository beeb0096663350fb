#pragma once

#include "server/stack_parts.h"
#include "tests/support/codec_harness.h"
#include "tests/support/http_harness.h"
#include "tests/support/manual_clock.h"
#include "tests/support/scripted_kernel.h"

#include "jackfield/engine.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <memory>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <variant>
#include <vector>

namespace jackfield::test {

/// A TCP client on loopback that never blocks: it belongs to the thread that polls the engine.
class LoopbackClient {
public:
    LoopbackClient() = default;
    explicit LoopbackClient(std::uint16_t port)
        : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            close();
        else
            ::fcntl(fd_, F_SETFL, O_NONBLOCK);
    }
    LoopbackClient(LoopbackClient&& other) noexcept
        : fd_(std::exchange(other.fd_, -1))
        , unsent_(std::move(other.unsent_))
        , received(std::move(other.received))
        , ended(other.ended)
        , error(other.error)
    { }
    LoopbackClient& operator=(LoopbackClient&& other) noexcept
    {
        std::swap(fd_, other.fd_);
        std::swap(unsent_, other.unsent_);
        std::swap(received, other.received);
        std::swap(ended, other.ended);
        std::swap(error, other.error);
        return *this;
    }
    ~LoopbackClient() { close(); }

    [[nodiscard]] bool is_connected() const { return fd_ >= 0; }
    [[nodiscard]] int descriptor() const { return fd_; }
    void send(std::string_view bytes)
    {
        unsent_ += bytes;
        pump();
    }
    /// Writes and reads what can be without waiting.
    void pump(bool reading = true)
    {
        if (fd_ < 0)
            return;
        while (!unsent_.empty()) {
            const ssize_t count = ::send(fd_, unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
            if (count <= 0)
                break;
            unsent_.erase(0, static_cast<std::size_t>(count));
        }
        while (reading && !ended) {
            char buffer[65536];
            const ssize_t count = ::recv(fd_, buffer, sizeof buffer, 0);
            if (count > 0) {
                received.append(buffer, static_cast<std::size_t>(count));
            } else if (count == 0) {
                ended = true;
            } else {
                if (errno != EAGAIN) {
                    ended = true;
                    error = errno;
                }
                break;
            }
        }
    }
    [[nodiscard]] bool has_sent_all() const { return unsent_.empty(); }
    void end_writing() { ::shutdown(fd_, SHUT_WR); }
    void reset()
    {
        const linger hard{1, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        close();
    }
    void close()
    {
        if (fd_ >= 0)
            ::close(std::exchange(fd_, -1));
    }

private:
    int fd_ = -1;
    std::string unsent_;

public:
    std::string received;
    bool ended = false; ///< the server has closed
    int error = 0; ///< with which error; 0 for an orderly end
};

/// An engine on a scripted kernel and a manual clock, driven by the test's own thread.
class EngineBench {
public:
    struct NotStarted { };
    explicit EngineBench(NotStarted, bool on_scripted_kernel = true)
    {
        auto parts = std::make_shared<StackParts>(Stack::standard().parts());
        if (on_scripted_kernel)
            parts->system_calls = &kernel;
        parts->clock = &clock;
        stack = std::make_unique<Stack>(std::move(parts));
    }
    explicit EngineBench(EngineConfig with = config())
        : EngineBench(NotStarted{})
    {
        start(std::move(with));
    }
    static EngineConfig config()
    {
        EngineConfig config;
        config.listeners = {{SocketAddress::v4({127, 0, 0, 1}, 0), false, false}};
        config.endpoints = {default_endpoint()};
        return config;
    }
    void start(EngineConfig with)
    {
        auto made = Engine::create(std::move(with), *stack);
        if (made)
            engine = std::move(*made);
        else
            failure = made.error();
        if (engine)
            collect();
    }

    /// One turn without waiting, then the events.
    bool poll()
    {
        const auto report = engine->poll(std::chrono::milliseconds(0));
        collect();
        finished = report && report->finished;
        return report.has_value();
    }
    /// Turns until `done`, at most `turns` of them.
    template <class Done>
    bool run_until(Done&& done, int turns = 2'000)
    {
        for (int i = 0; i < turns && !done(); ++i) {
            poll();
            for (LoopbackClient* client : pumped)
                client->pump();
        }
        return done();
    }
    void run(int turns = 5)
    {
        run_until([] { return false; }, turns);
    }
    /// Moves the clock in small steps and lets the engine run at each.
    void pass(std::chrono::milliseconds time, std::chrono::milliseconds step = std::chrono::milliseconds(8))
    {
        for (auto passed = std::chrono::milliseconds(0); passed < time; passed += step) {
            clock.advance(std::min(step, time - passed));
            run(2);
        }
    }
    void collect()
    {
        EventBatch batch;
        while (engine->take_events(batch)) {
            lost += batch.lost;
            for (Event& event : batch.events) {
                if (const auto* listening = std::get_if<event::Listening>(&event.what))
                    port = listening->address.port();
                events.push_back(std::move(event));
            }
        }
    }
    template <class Kind>
    [[nodiscard]] std::vector<Kind> all() const
    {
        std::vector<Kind> found;
        for (const Event& event : events) {
            if (const auto* one = std::get_if<Kind>(&event.what))
                found.push_back(*one);
        }
        return found;
    }
    template <class Kind>
    [[nodiscard]] int count() const
    {
        return static_cast<int>(all<Kind>().size());
    }

    LoopbackClient connect() { return LoopbackClient(port); }
    /// A client with its handshake done, nothing left in `received`.
    LoopbackClient open(std::string_view request = {})
    {
        LoopbackClient client(port);
        client.send(request.empty() ? good_request() : std::string(request));
        run_until([&] {
            client.pump();
            return client.ended || client.received.ends_with("\r\n\r\n");
        });
        is_open = client.received.starts_with("HTTP/1.1 101");
        client.received.clear();
        return client;
    }
    /// Sends one message and waits for its echo.
    bool echoes(LoopbackClient& client, const std::string& text = "canary")
    {
        client.received.clear();
        client.send(client_frame(0x81, text));
        return run_until([&] {
            client.pump();
            return client.received == server_frame(0x81, text);
        });
    }

    ManualClock clock;
    ScriptedKernel kernel;
    std::unique_ptr<Stack> stack;
    std::unique_ptr<Engine> engine;
    Error failure;
    std::vector<Event> events;
    std::uint64_t lost = 0;
    std::uint16_t port = 0;
    bool is_open = false; ///< whether the last `open` got its 101
    bool finished = false;
    std::vector<LoopbackClient*> pumped;
};

} // namespace jackfield::test
