#pragma once

#include <atomic>
#include <cstdint>

namespace bench {

/// The floor: the least that a server on this machine must do for the same bytes. One epoll loop that answers
/// every 22 bytes with 18, reads and writes once a turn and connection, and knows nothing of WebSocket.
class RawEcho {
public:
    RawEcho();
    ~RawEcho();
    RawEcho(const RawEcho&) = delete;
    RawEcho& operator=(const RawEcho&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    void run(); ///< until `stop`; on a thread of the caller's
    void stop() { stopping_.store(true, std::memory_order_relaxed); }

private:
    int listener_ = -1;
    int epoll_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_{false};
};

} // namespace bench
