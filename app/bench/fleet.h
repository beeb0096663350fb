#pragma once

#include "app/bench/client_handshake.h"
#include "app/bench/connection.h"
#include "app/bench/stop_signal.h"
#include "app/bench/target.h"
#include "app/bench/tls_client.h"
#include "net/descriptor.h"

#include "jackfield/result.h"

#include <sys/epoll.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace jackfield::bench {

/// What a mode does with its connections. Called within `Fleet::turn`.
class FleetUser {
public:
    virtual ~FleetUser() = default;
    /// The handshake is complete: say what is expected (`Connection::use`).
    virtual void on_open(Connection&, TimePoint /*now*/) { }
    /// So many more answers have come and are right. What is queued here leaves at once.
    virtual void on_answers(Connection&, std::uint64_t /*count*/, TimePoint /*now*/) { }
    /// It is gone; messages that were out are lost with it.
    virtual void on_ended(Connection&, TimePoint /*now*/) { }
};

/// Everything that all connections have done so far.
struct Traffic {
    std::uint64_t sent = 0; ///< bytes
    std::uint64_t received = 0;
    std::uint64_t errors = 0;
};

/// Many connections to one server on one thread: opens them, feeds them, and counts what goes wrong.
class Fleet {
public:
    /// All must outlive it; `tls` is null for ws:// and tcp://.
    Fleet(const Options& options, const Target& target, const TlsClientContext* tls, const StopSignal& stop);
    ~Fleet();
    Fleet(const Fleet&) = delete;
    Fleet& operator=(const Fleet&) = delete;

    /// Room for so many. Errors: too_large (the limit of descriptors), system.
    [[nodiscard]] Result<void> make_room(std::size_t connections);
    void set_user(FleetUser* user) { user_ = user; }

    /// Begins to open the connection of that index, which is unused.
    void open(std::size_t index);
    /// Opens all of [0, count), so many at once as the options say; returns when each is open or has failed.
    /// Errors: the first connection could not be opened, in words.
    [[nodiscard]] Result<void> open_all(std::size_t count);
    /// Closes all in order (RFC 6455 section 7.1.1) and waits for the server, two seconds at most.
    void close_all();
    void close(Connection& connection);
    /// Writes what was queued outside of `on_answers`.
    void flush(Connection& connection);
    /// Waits for sockets until `wake_at` at most, and serves them.
    void turn(TimePoint wake_at);
    /// Counts an error that a mode has found; ends the connection.
    void fail(Connection& connection, const Trouble& trouble);
    void count_error(const Trouble& trouble, std::uint64_t times = 1);

    [[nodiscard]] Connection& at(std::size_t index) { return *connections_[index]; }
    [[nodiscard]] std::size_t size() const { return connections_.size(); }
    [[nodiscard]] std::size_t open_count() const { return open_count_; }
    [[nodiscard]] std::size_t most_open() const { return most_open_; }
    [[nodiscard]] std::size_t opening_count() const { return opening_count_; }
    [[nodiscard]] const Traffic& traffic() const { return traffic_; }
    [[nodiscard]] const std::map<std::string, std::uint64_t>& errors() const { return errors_; }
    [[nodiscard]] const std::string& error_example() const { return error_example_; }
    [[nodiscard]] bool is_stopped() const { return stop_.is_set(); }
    /// Runs turns until `done` says so, the time is over or the run is stopped. True when `done` did.
    template <class Done>
    bool turn_until(TimePoint end, Done done)
    {
        while (!done()) {
            if (is_stopped() || now() >= end)
                return false;
            turn(std::min(end, now() + std::chrono::milliseconds(50)));
        }
        return true;
    }
    [[nodiscard]] static TimePoint now() { return std::chrono::steady_clock::now(); }

private:
    struct Deadline {
        TimePoint at{};
        std::size_t index = 0;
        std::uint32_t generation = 0;
    };

    [[nodiscard]] int make_socket(std::size_t index, std::string& problem);
    void serve(Connection& connection, std::uint32_t events);
    void read(Connection& connection);
    void handle_connected(Connection& connection);
    void become_open(Connection& connection);
    void watch(Connection& connection);
    void end(Connection& connection);
    void end_with(Connection& connection, const Trouble& trouble);
    void check_deadlines();
    void wait_for(Connection& connection, TimePoint deadline);
    [[nodiscard]] int wait(TimePoint wake_at);

    const Options& options_;
    const Target& target_;
    const TlsClientContext* tls_;
    const StopSignal& stop_;
    const ClientHandshake handshake_;
    websocket::DeflatePool pool_;
    FleetUser* user_ = nullptr;
    net::Descriptor epoll_;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::vector<epoll_event> events_;
    std::vector<std::byte> buffer_;
    std::deque<Deadline> deadlines_; ///< handshakes and closings, oldest first
    std::map<std::string, std::uint64_t> errors_;
    std::string error_example_;
    Traffic traffic_;
    TimePoint now_{};
    std::size_t source_addresses_ = 1;
    std::size_t next_source_ = 0;
    std::size_t open_count_ = 0;
    std::size_t most_open_ = 0;
    std::size_t opening_count_ = 0;
    bool has_precise_wait_ = true;
};

} // namespace jackfield::bench
