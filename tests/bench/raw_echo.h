#pragma once

#include <sys/uio.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct ssl_ctx_st;
struct ssl_st;

namespace bench {

/// What the floor does with a message.
struct FloorPlan {
    bool to_all = false; ///< every other connection gets it, in place of its sender
    std::string certificate, key; ///< PEM files; empty: plain TCP
};

/// The floor: the least that a server on this machine must do for the same bytes. One epoll loop that counts the
/// bytes of frames and, when a message is whole, answers with a frame of the same length that was made before: it
/// unmasks nothing, checks nothing and keeps nothing. What comes in and what goes out stays in the processor's cache,
/// whatever the length. One read and one write a turn and connection.
///
/// It answers an opening handshake (RFC 6455 section 4.2.2) and a Close; who sends frames at once needs none. All messages of
/// one run have the same length.
class RawEcho {
public:
    explicit RawEcho(FloorPlan plan = {});
    ~RawEcho();
    RawEcho(const RawEcho&) = delete;
    RawEcho& operator=(const RawEcho&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; } ///< on 127.0.0.1; 0: it could not listen
    void run(); ///< until `stop`; on a thread of the caller's
    void stop() { stopping_.store(true, std::memory_order_relaxed); }

private:
    struct Connection {
        int fd = -1;
        ssl_st* ssl = nullptr;
        bool is_open = false; ///< frames follow
        bool ends = false; ///< after what is to be sent
        bool is_listed = false; ///< in `to_flush_`
        bool waits = false; ///< for the socket to take more
        std::uint8_t header_have = 0;
        unsigned char header[14] = {};
        std::uint64_t remaining = 0; ///< of the frame's payload
        std::uint64_t owed = 0; ///< bytes of answers
        std::uint64_t position = 0; ///< within the answer that is being sent
        std::string text; ///< a request head that is not whole; what goes out before any answer
    };
    void accept_one();
    void serve(Connection& connection);
    void take(Connection& connection, const unsigned char* bytes, std::size_t size);
    void begin_frame(Connection& connection);
    void end_message(Connection& from);
    void shake_hands(Connection& connection);
    void set_answer(unsigned char first_byte, std::uint64_t size);
    void flush_later(Connection& connection);
    void flush(Connection& connection);
    [[nodiscard]] std::size_t gather(const Connection& connection, iovec* parts, std::size_t most) const;
    long write(Connection& connection, iovec* parts, std::size_t count);
    void drop(Connection& connection);

    FloorPlan plan_;
    ssl_ctx_st* context_ = nullptr;
    int listener_ = -1;
    int epoll_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_{false};
    std::vector<std::unique_ptr<Connection>> connections_; ///< by descriptor
    std::vector<Connection*> open_; ///< for `to_all`
    std::vector<Connection*> to_flush_;
    std::vector<unsigned char> input_;
    std::vector<unsigned char> answer_; ///< whole answers, one behind the other, or the begin of one that is longer
    std::uint64_t answer_size_ = 0; ///< of one, header included
    std::size_t answer_header_ = 0;
    unsigned char answer_first_ = 0;
};

} // namespace bench
