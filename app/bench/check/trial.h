#pragma once

#include "app/bench/options.h"
#include "app/bench/target.h"
#include "app/bench/tls_client.h"
#include "net/byte_stream.h"

#include "jackfield/result.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::bench {

/// A frame for a server (RFC 6455 section 5.2), right or wrong.
struct TrialFrame {
    bool fin = true;
    unsigned rsv = 0; ///< RSV1 is 4
    unsigned opcode = 1;
    std::string payload{};
    bool masked = true;
    std::string key = "\x12\x34\x56\x78"; ///< four bytes
    int length_form = 0; ///< 0: the shortest; 16 or 64: that one, whatever the length
    std::optional<std::uint64_t> length{}; ///< that the header says; absent: the payload's
};
[[nodiscard]] std::string bytes_of(const TrialFrame& frame);
/// The payload of a Close (RFC 6455 section 5.5.1).
[[nodiscard]] std::string close_payload(unsigned code, std::string_view reason = {});

/// A frame as it came.
struct CameFrame {
    bool fin = true;
    unsigned rsv = 0;
    unsigned opcode = 0;
    std::string payload;
    [[nodiscard]] std::optional<unsigned> close_code() const;
};

/// Where the trials of a run go, and what every one needs.
struct TrialTarget {
    const Options& options;
    const Target& target;
    const TlsClientContext* tls; ///< null for ws://
};

/// One connection to the server, for one case. Blocks, each wait for at most `patience`. One thread.
class Trial {
public:
    static constexpr std::chrono::milliseconds patience{2'000};

    explicit Trial(const TrialTarget& target)
        : target_(target)
    { }
    /// Errors: the server cannot be reached, or TLS fails.
    Result<void> connect();

    /// The request of an ordinary client; a line is replaced where `change` has the same field name (a name alone: left out), other lines
    /// are added, and those that begin with + in any case.
    [[nodiscard]] std::string request(const std::vector<std::string>& change = {}, std::string_view start = {}) const;
    [[nodiscard]] const std::string& key() const { return key_; }

    void send(std::string_view bytes);
    void send(const TrialFrame& frame) { send(bytes_of(frame)); }
    /// The head of the answer, up to and with its empty line; empty: the connection ended, or nothing came.
    [[nodiscard]] std::string read_head();
    /// The status of a head; 0: it has none.
    [[nodiscard]] static int status_of(std::string_view head);
    /// The value of the first field of that name in a head.
    [[nodiscard]] static std::optional<std::string> field(std::string_view head, std::string_view name);
    /// Opens a WebSocket; false: `problem` says why not.
    [[nodiscard]] bool open(const std::vector<std::string>& change = {});

    /// nullopt: the connection has ended, or nothing came in time.
    [[nodiscard]] std::optional<CameFrame> read_frame();
    /// Whole message of data, its fragments joined; control frames before it are passed over.
    [[nodiscard]] std::optional<CameFrame> read_message();
    [[nodiscard]] bool has_ended() const { return ended_; }
    /// Reads and throws away until the server ends the connection; false: it does not in time.
    [[nodiscard]] bool waits_for_end();
    [[nodiscard]] const std::string& answer_head() const { return head_; }
    [[nodiscard]] const std::string& problem() const { return problem_; }

private:
    [[nodiscard]] bool wait_for(short events, std::chrono::steady_clock::time_point until) const;
    [[nodiscard]] bool read_more(std::chrono::steady_clock::time_point until);

    TrialTarget target_;
    std::unique_ptr<net::ByteStream> stream_;
    const TlsClientStream* tls_ = nullptr;
    std::string key_;
    std::string head_;
    std::string input_;
    std::string problem_;
    bool ended_ = false;
};

} // namespace jackfield::bench
