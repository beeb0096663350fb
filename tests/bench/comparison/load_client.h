#pragma once

#include "tests/bench/comparison/load_messages.h"

#include <cstdint>
#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;
struct z_stream_s;

namespace bench {

/// Where a run connects to, and how.
struct Target {
    std::uint16_t port = 0; ///< on 127.0.0.1
    bool tls = false;
    std::string path = "/";
    Deflate deflate = Deflate::off;
    bool verifies = true; ///< payloads, not only lengths
    std::string origin;
};

/// The opening handshake's request.
std::string request_of(const Target& target);

/// One connection of the load. Opens with blocking calls, then never waits.
class LoadClient {
public:
    LoadClient(const Target& target, const Messages& messages, bool binary);
    ~LoadClient();
    LoadClient(const LoadClient&) = delete;
    LoadClient& operator=(const LoadClient&) = delete;

    /// Empty, or what went wrong.
    std::string open();
    [[nodiscard]] int descriptor() const { return fd_; }

    /// Sends the next `count` messages, as far as the socket takes them.
    void send(std::size_t count);
    void send_rest();
    [[nodiscard]] bool has_rest() const { return rest_ > 0 || !own_.empty(); }
    /// Reads what is there once. The number of messages that became whole; sets `failure`.
    std::size_t receive(char* buffer, std::size_t size);
    [[nodiscard]] bool has_input() const; ///< inside of TLS
    [[nodiscard]] const std::string& failure() const { return failure_; }
    [[nodiscard]] std::uint64_t bytes_received() const { return bytes_received_; }

private:
    std::size_t take(const char* bytes, std::size_t size);
    void begin_frame();
    void take_payload(const char* bytes, std::size_t size);
    bool end_message();
    long write(const char* bytes, std::size_t size);
    long read(char* bytes, std::size_t size);
    void fail(const char* why);

    const Target& target_;
    const Messages& messages_;
    bool binary_;
    int fd_ = -1;
    ssl_st* ssl_ = nullptr;
    std::unique_ptr<z_stream_s> deflating_, inflating_;
    std::string inflated_;

    // what is sent
    std::size_t next_ = 0; ///< message
    std::size_t offset_ = 0; ///< within the frames of `messages_`
    std::size_t rest_ = 0; ///< bytes that are to be sent from there
    std::string own_; ///< frames of its own

    // what comes
    std::uint64_t bytes_received_ = 0;
    unsigned char header_[10] = {};
    std::size_t header_have_ = 0;
    std::uint64_t remaining_ = 0;
    bool in_payload_ = false, is_fin_ = false, is_control_ = false, is_compressed_ = false;
    std::size_t expected_ = 0; ///< message
    std::size_t have_ = 0; ///< bytes of it
    std::string failure_;
};

} // namespace bench
