#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace bench {

/// What a client process is to do.
struct TlsPlan {
    enum class Work {
        echo, ///< messages for `time`, over `connections` WebSockets
        idle, ///< one WebSocket to begin with, then `connections` more that say nothing
        handshakes, ///< `connections` times, one after the other: connect, shake hands, end in good order
    };
    Work work = Work::echo;
    std::uint16_t port = 0; ///< on 127.0.0.1
    int version = 0; ///< TLS1_2_VERSION or TLS1_3_VERSION; 0: plain TCP
    bool resumes = false; ///< of handshakes: a session that the server gave before
    int connections = 64;
    int in_flight = 1; ///< messages a connection sends before it waits for an answer
    std::size_t payload = 1'024; ///< bytes of a message, 126 to 65,535
    std::chrono::milliseconds time{500};
};

struct TlsLoadResult {
    std::uint64_t done = 0; ///< messages answered, handshakes, or idle connections
    bool failed = false; ///< one was refused, cut off, answered wrongly, or not resumed as planned
};

/// A process of its own that plays the clients, so that their cost is nobody else's. Forks: call it while the
/// process has no threads.
class TlsLoad {
public:
    /// Starts it; it connects as far as its work needs it, and waits for `start`.
    explicit TlsLoad(const TlsPlan& plan);
    ~TlsLoad(); ///< ends it and its connections
    TlsLoad(const TlsLoad&) = delete;
    TlsLoad& operator=(const TlsLoad&) = delete;

    bool wait_until_connected();
    void start();
    TlsLoadResult result(); ///< waits for the end of the work; the connections stay

private:
    int pid_ = -1;
    int to_child_ = -1;
    int from_child_ = -1;
};

} // namespace bench
