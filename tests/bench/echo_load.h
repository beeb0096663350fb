#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace bench {

/// A 16-byte text message on the wire: to the server with its mask (RFC 6455 section 5.2), back without.
inline constexpr std::size_t payload_size = 16;
inline constexpr std::size_t request_size = 2 + 4 + payload_size;
inline constexpr std::size_t answer_size = 2 + payload_size;

struct LoadPlan {
    std::uint16_t port = 0; ///< on 127.0.0.1
    int connections = 64;
    int in_flight = 8; ///< messages a connection sends before it waits for an answer
    std::chrono::milliseconds time{1'000};
    bool handshake = true; ///< false: the bytes of the messages only, for the floor
    int source_addresses = 1; ///< of 127.0.0.0/8 that the clients come from, in turns; each has only so many ports
};

/// What a client process saw in its measured time.
struct LoadResult {
    std::uint64_t messages = 0; ///< answered
    double seconds = 0;
    bool failed = false; ///< a connection was refused or ended, or an answer was wrong
};

/// To be called first by the main of each program that starts a LoadProcess: where this process is to play the clients it does so,
/// and exits.
void play_clients_if_asked(int argc, const char* const* argv);

/// A process of its own that plays the clients, so that their cost is nobody else's: the same program once more. It is not forked, as
/// every page that the two shared would then cost the measured one a copy, and an interrupt of all cores, when it is next written.
class LoadProcess {
public:
    /// Connects `plan.connections` times and waits for `start`.
    static LoadProcess prepare(const LoadPlan& plan);
    /// The clients are connected (and shaken hands with): true, or false when they could not.
    bool wait_until_connected();
    void start();
    LoadResult result(); ///< waits for the end
    ~LoadProcess();
    LoadProcess(LoadProcess&&) noexcept;
    LoadProcess& operator=(LoadProcess&&) = delete;

private:
    LoadProcess() = default;
    int pid_ = -1;
    int to_child_ = -1;
    int from_child_ = -1;
};

} // namespace bench
