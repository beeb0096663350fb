#pragma once

#include "base/byte_buffer.h"
#include "base/clock.h"
#include "net/byte_stream.h"
#include "net/tls_client_hello.h"
#include "net/tls_context.h"

#include "jackfield/tls.h"

#include <memory>
#include <optional>
#include <vector>

struct bio_st;
struct bio_method_st;

namespace jackfield::net {

/// The server's side of one TLS connection, over another stream that it owns. The handshake happens within
/// `read` and `write`.
///
/// * Nothing is written but whole records; what the inner stream does not take waits here, up to about 64 KiB
///   (`wants_write`, part of `unsent`). While something waits, `write` takes no more.
/// * A call of `read` reads the inner stream a few times at most, so that no peer holds the loop's turn.
/// * A failure is told once everything before it has been read, then again by every call. `failure()` says
/// why, and the
///   alert for the peer may still wait inside. For that alert to arrive: `shut_down_writing`, then read until
///   the inner stream's end; what comes is discarded (the reads say would_block).
/// * `read` fails with ECONNRESET for an end without close_notify (RFC 8446 section 6.1), with EPROTO for
/// what
///   TLS forbids, with ENOMEM, and with the inner stream's errno; `write` with EPIPE behind
///   `shut_down_writing`.
class TlsStream final : public ByteStream {
public:
    /// Records without data (key updates, renegotiations, alerts) that a peer may send within a second of an
    /// established connection. The standard needs one key update for 2^24 records.
    static constexpr unsigned controls_a_second = 100;

    /// `sniffed` was read from `inner` before; it comes first. The clock must outlive the stream.
    /// `address`: where the client came to, as inet_ntop(3) writes it, for why it refuses the certificate
    /// (clients name no addresses to a server, RFC 6066 section 3); empty where that is not known.
    /// Throws std::bad_alloc.
    TlsStream(std::shared_ptr<const TlsContext> context, std::unique_ptr<ByteStream> inner,
        std::vector<std::byte> sniffed, const Clock& clock, std::string address = {});
    ~TlsStream() override;
    TlsStream(const TlsStream&) = delete;
    TlsStream& operator=(const TlsStream&) = delete;

    IoResult read(std::span<std::byte> buffer) override;
    IoResult write(std::span<const iovec> parts) override;
    void shut_down_writing() override;
    void reset_on_close() override;
    [[nodiscard]] bool has_buffered_input() const override;
    [[nodiscard]] bool wants_write() const override { return !output_.empty(); }
    [[nodiscard]] bool write_waits_for_input() const override { return state_ == State::handshake; }
    [[nodiscard]] std::uint64_t unsent() const override { return inner_->unsent() + output_.size(); }
    [[nodiscard]] int descriptor() const override { return inner_->descriptor(); }

    /// True once the handshake is complete, for ever.
    [[nodiscard]] bool is_established() const { return is_established_; }
    /// What the handshake agreed upon. Before it is complete, and when it fails, at most the server name.
    [[nodiscard]] const TlsFacts& facts() const { return facts_; }
    /// `failure` is none while nothing failed, and for an error of the inner stream behind the handshake.
    [[nodiscard]] const TlsFailureReport& failure() const { return report_; }

private:
    enum class State : std::uint8_t { handshake, open, ended, failed };
    struct Callbacks; // what the TLS library calls

    /// nullopt when the handshake is complete.
    std::optional<IoResult> shake_hands();
    void note_facts();
    IoResult read_records(std::span<std::byte> buffer);
    IoResult discard_input(std::span<std::byte> buffer);
    /// What a call of the TLS library means that did not succeed.
    IoResult judge(int returned);
    IoResult judge_library_errors();
    /// Why a client refuses the certificate with an alert that does not say it; nothing where it cannot be
    /// known. Chromium has one alert for all reasons.
    std::optional<IoResult> judge_certificate();
    IoResult fail_with(TlsFailure failure, int error, std::string detail = {});
    /// Lets out what waits: `done` when nothing is left.
    IoResult flush();

    /// What all streams' BIOs are made by; null without memory.
    static std::shared_ptr<bio_method_st> bio_method();
    bool take_input(bio_st* bio, char* buffer, std::size_t size, std::size_t& got) noexcept;
    bool take_output(const char* bytes, std::size_t size) noexcept;
    void note_message(bool is_sent, int type, const unsigned char* bytes, std::size_t size) noexcept;
    void count_control() noexcept;

    std::shared_ptr<const TlsContext> context_;
    std::unique_ptr<ByteStream> inner_;
    const Clock& clock_;
    std::string address_;
    struct Freeing {
        void operator()(ssl_st* ssl) const;
    };
    std::shared_ptr<bio_method_st> method_; ///< the BIO of `ssl_` needs it until its end
    std::unique_ptr<ssl_st, Freeing> ssl_;
    ByteBuffer sniffed_;
    ByteBuffer output_; ///< records that the inner stream has not taken
    ClientHello hello_;
    TlsFacts facts_;
    TlsFailureReport report_;
    IoResult input_; ///< what the inner stream said last; its end and its failure stay
    TimePoint controls_since_{};
    unsigned controls_ = 0;
    int broken_ = 0; ///< errno of the failure
    int output_error_ = 0; ///< errno: the inner stream takes nothing any more
    unsigned inner_reads_left_ = 0; ///< in this call
    State state_ = State::handshake;
    bool is_established_ = false;
    bool may_hold_input_ = false; ///< the next read may have a result without the inner stream
    bool is_corked_ = false; ///< records are gathered, for one write of the inner stream
    bool is_flooded_ = false;
    bool is_out_of_memory_ = false;
    bool said_farewell_ = false;
    bool ends_when_flushed_ = false;
};

} // namespace jackfield::net
