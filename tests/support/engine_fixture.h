#pragma once

#include "net/system_calls.h"
#include "server/stack_parts.h"
#include "support/manual_clock.h"
#include "support/raw_client.h"

#include "jackfield/engine.h"
#include "jackfield/engine_thread.h"
#include "jackfield/stack.h"
#include "jackfield/tls_credentials.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <dirent.h>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <poll.h>
#include <set>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <utility>
#include <variant>
#include <vector>

namespace jackfield::test {

/// How many descriptors this process has open.
inline std::size_t open_descriptors()
{
    std::size_t count = 0;
    if (DIR* folder = ::opendir("/proc/self/fd")) {
        while (::readdir(folder))
            ++count;
        ::closedir(folder);
    }
    return count - 3; // ".", ".." and the folder's own
}

/// Resident memory of this process in bytes.
inline std::uint64_t resident_memory()
{
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
    return 0; // shadow memory and quarantine say nothing about the engine: plain builds measure
#else
    std::ifstream file("/proc/self/statm");
    std::uint64_t total = 0, resident = 0;
    file >> total >> resident;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
#endif
}

/// Of the test authority's server certificate.
inline std::shared_ptr<const TlsCredentials> test_credentials(TlsCredentials::KeyLog key_log = {})
{
    const TestIdentity& made = TestIdentity::shared();
    auto created = TlsCredentials::create(
        {made.server.certificate_pem(), made.server.key_pem(), {}, {}}, std::move(key_log));
    if (!created)
        throw std::runtime_error(created.error().message());
    return *created;
}

/// How many threads the suites have this engine use: more than one when they run once more to see that nothing else changes.
inline std::uint32_t suite_threads()
{
    static const char* const text = std::getenv("JACKFIELD_TESTS_THREADS");
    return text ? static_cast<std::uint32_t>(std::stoul(text)) : 1;
}

/// How an EngineFixture starts.
struct EngineSetup {
    EngineSetup()
    {
        config.listeners = default_listeners(0);
        config.listeners.pop_back();
        config.endpoints = {default_endpoint()};
        config.publish_interval = milliseconds(1);
        if (over_tls())
            config.tls = test_credentials();
        config.threads = suite_threads();
    }
    EngineConfig config; ///< one listener on 127.0.0.1, port 0, and one endpoint, which takes every path
    bool has_manual_clock = false; ///< time stands still but for `advance`
    bool has_canary = true;
    std::function<void(StackParts&)> change_stack;
};

/// A real engine on a thread of its own, on loopback, with readers of its lanes. A broken promise is a
/// std::runtime_error. The waits have limits that no passing test reaches. One thread.
class EngineFixture {
public:
    explicit EngineFixture(EngineSetup setup = {})
        : has_manual_clock_(setup.has_manual_clock)
        , descriptors_before_(open_descriptors())
    {
        auto parts = std::make_shared<StackParts>(Stack::standard().parts());
        if (has_manual_clock_)
            parts->clock = &clock_;
        if (setup.change_stack)
            setup.change_stack(*parts);
        auto created = Engine::create(setup.config, Stack(parts));
        if (!created)
            throw std::runtime_error(created.error().message());
        engine_ = std::move(*created);
        auto thread = EngineThread::start(*engine_);
        if (!thread)
            throw std::runtime_error(thread.error().message());
        thread_ = std::move(*thread);
        collect();
        for (const Event& event : events_) {
            if (const auto* listening = std::get_if<event::Listening>(&event.what))
                addresses_.push_back(listening->address);
        }
        if (setup.has_canary && !addresses_.empty())
            canary_ = open_client("", "/canary");
    }
    ~EngineFixture()
    {
        if (thread_)
            thread_->abandon(); // a test has failed: nobody waits for clients
    }

    [[nodiscard]] Engine& engine() { return *engine_; }
    [[nodiscard]] EngineThread& thread() { return *thread_; }
    [[nodiscard]] const SocketAddress& address() const { return addresses_.at(0); }
    [[nodiscard]] std::uint16_t port() const { return address().port(); }
    [[nodiscard]] const std::vector<SocketAddress>& addresses() const { return addresses_; }

    // clients
    [[nodiscard]] RawClient connect(int receive_buffer = 0)
    {
        RawClient client(address(), receive_buffer);
        // The kernel gives ports anew; what has been told by now is of an earlier client.
        first_event_of_[client.local_port()] = events_.size();
        if (over_tls())
            client.begin_tls();
        return client;
    }
    /// Without TLS, to the listener of that number.
    [[nodiscard]] RawClient connect_plain(std::size_t listener = 0)
    {
        RawClient client(addresses_.at(listener));
        first_event_of_[client.local_port()] = events_.size();
        return client;
    }
    [[nodiscard]] RawClient open_client(
        std::string_view more_headers = {}, std::string_view target = "/chat", int receive_buffer = 0)
    {
        RawClient client = connect(receive_buffer);
        client.upgrade(good_handshake(port(), more_headers, target));
        return client;
    }
    /// The connection of a client, by its port.
    ConnectionId id_of(const RawClient& client) { return opened_of(client.local_port()).info->id; }
    event::Opened opened_of(std::uint16_t client_port) { return event_of<event::Opened>(client_port); }
    event::Closed closed_of(std::uint16_t client_port) { return event_of<event::Closed>(client_port); }
    /// How the connection of a client ended.
    CloseInfo close_of(std::uint16_t client_port) { return closed_of(client_port).close; }
    /// The refusal of a client's attempt.
    event::Refused refusal_of(std::uint16_t client_port) { return event_of<event::Refused>(client_port); }
    /// Whether the latest client of that port has been let in, as far as the engine has told.
    [[nodiscard]] bool was_opened(std::uint16_t client_port)
    {
        collect();
        return std::any_of(events_.begin() + static_cast<std::ptrdiff_t>(first_event_of(client_port)),
            events_.end(), [&](const Event& event) {
                const auto* opened = std::get_if<event::Opened>(&event.what);
                return opened && opened->info->peer.port() == client_port;
            });
    }

    // time
    void advance(milliseconds by)
    {
        clock_.advance(by);
        engine_->wake();
    }
    /// Returns when the engine has gone through whole turns that began after the call.
    void settle()
    {
        // To nobody: a command that every thread has its part in.
        run(command::Resume{Target::many({})});
        run(command::Resume{Target::many({})});
    }

    // commands
    event::CommandFinished run(Command command)
    {
        const Ticket ticket = engine_->submit(std::move(command));
        return wait_for<event::CommandFinished>(
            [&](const event::CommandFinished& finished) { return finished.ticket == ticket; });
    }

    // events
    /// The first event of kind T, seen already or still to come, that `matches`; the first `looked_at` of those
    /// that were seen are left out.
    template <class T>
    T wait_for(const std::function<bool(const T&)>& matches = {}, std::size_t looked_at = 0)
    {
        T found;
        wait_until([&] {
            for (; looked_at < events_.size(); ++looked_at) {
                const T* event = std::get_if<T>(&events_[looked_at].what);
                if (event && (!matches || matches(*event))) {
                    found = *event;
                    return true;
                }
            }
            return false;
        });
        return found;
    }
    template <class T>
    std::size_t count_of(const std::function<bool(const T&)>& matches = {})
    {
        collect();
        std::size_t count = 0;
        for (const Event& event : events_) {
            const T* wanted = std::get_if<T>(&event.what);
            count += wanted && (!matches || matches(*wanted)) ? 1 : 0;
        }
        return count;
    }
    [[nodiscard]] const std::vector<Event>& events()
    {
        collect();
        return events_;
    }
    [[nodiscard]] std::uint64_t lost_events() const { return lost_events_; }
    void forget_events()
    {
        collect();
        events_.clear();
        first_event_of_.clear();
    }

    // state
    void attach_state() { engine_->attach_state(); }
    /// Takes batches until `holds` for the picture they make.
    void wait_for_state(const std::function<bool()>& holds) { wait_until(holds); }
    std::map<ConnectionId, ConnectionCounters> rows; ///< what is open, as the state lane tells it
    std::map<ConnectionId, std::shared_ptr<const ConnectionInfo>> infos;
    std::vector<ClosedConnection> closed_rows;
    std::shared_ptr<const ServerStatus> status;
    EngineTotals totals;
    ConnectionCounters counters_of(ConnectionId id) { return rows.at(id); }

    /// Takes what has come on the lane of events, and leaves the others to the test.
    void collect_events()
    {
        while (engine_->take_events(event_batch_)) {
            lost_events_ += event_batch_.lost;
            for (Event& event : event_batch_.events)
                events_.push_back(std::move(event));
        }
    }
    /// Takes what has come on the lanes of events and state.
    void collect()
    {
        collect_events();
        if (!engine_->take_state(state_batch_))
            return;
        if (state_batch_.snapshot) {
            rows.clear();
            infos.clear();
        }
        for (auto& info : state_batch_.opened)
            infos[info->id] = info;
        for (const auto& row : state_batch_.changed)
            rows[row.id] = row;
        for (auto& closed : state_batch_.closed) {
            rows.erase(closed.info->id);
            infos.erase(closed.info->id);
            closed_rows.push_back(std::move(closed));
        }
        if (state_batch_.status)
            status = state_batch_.status;
        totals = state_batch_.totals;
    }
    /// Takes batches until `holds`; with a manual clock its hands move on by the publishing interval.
    void wait_until(const std::function<bool()>& holds, bool moves_clock = false)
    {
        const auto give_up = std::chrono::steady_clock::now() + RawClient::patience;
        for (collect(); !holds(); collect()) {
            if (std::chrono::steady_clock::now() > give_up)
                throw std::runtime_error("what was waited for did not happen");
            if (moves_clock)
                advance(milliseconds(1));
            pollfd entry{engine_->ready_descriptor(), POLLIN, 0};
            ::poll(&entry, 1, moves_clock ? 1 : 100);
        }
    }

    // invariants
    /// Throws unless the canary's connection still echoes.
    void check_canary()
    {
        if (canary_.descriptor() < 0)
            return;
        settle(); // a ping that is due comes before the echo, and is answered with it
        canary_.send_text("canary");
        if (canary_.read_message() != "canary")
            throw std::runtime_error("the canary heard something else");
    }
    /// Ends the engine politely; throws unless its thread ends, everything was told, and the descriptors are
    /// back.
    event::Finished finish()
    {
        check_canary();
        engine_->submit(command::Quit{});
        if (canary_.descriptor() >= 0) {
            if (canary_.finish_close() != close_going_away)
                throw std::runtime_error("the canary was not told that the server stops");
            canary_.close();
        }
        auto finished = wait_for<event::Finished>();
        thread_.reset();
        engine_.reset();
        if (const std::size_t now = open_descriptors(); now != descriptors_before_)
            throw std::runtime_error("descriptors: " + std::to_string(descriptors_before_) + " before, "
                + std::to_string(now) + " after");
        return finished;
    }

private:
    [[nodiscard]] std::size_t first_event_of(std::uint16_t client_port) const
    {
        const auto found = first_event_of_.find(client_port);
        return found == first_event_of_.end() ? 0 : found->second;
    }
    template <class T>
    T event_of(std::uint16_t client_port)
    {
        const auto is_of_client = [&](const T& event) {
            if constexpr (requires { event.peer; })
                return event.peer.port() == client_port;
            else
                return event.info->peer.port() == client_port;
        };
        return wait_for<T>(is_of_client, first_event_of(client_port));
    }

    const bool has_manual_clock_;
    const std::size_t descriptors_before_;
    ManualClock clock_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<EngineThread> thread_;
    std::vector<SocketAddress> addresses_;
    RawClient canary_;
    EventBatch event_batch_;
    StateBatch state_batch_;
    std::vector<Event> events_;
    std::map<std::uint16_t, std::size_t> first_event_of_; ///< by the port of a client: an index into events_
    std::uint64_t lost_events_ = 0;
};

} // namespace jackfield::test
