#pragma once

#include "net/event_loop.h"

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace jackfield::net {

/// What a stream says that has nothing to watch: whoever feeds it says when it is ready.
inline constexpr int no_descriptor = -1;

struct IoResult {
    enum class Status : std::uint8_t {
        done, ///< `bytes` moved, at least one
        would_block,
        end, ///< the peer has finished sending, and said so in the stream's own way (TCP's FIN, TLS's close_notify)
        no_buffers, ///< the kernel is short of memory for now (ENOBUFS, ENOMEM): try again after a while
        failed, ///< broken for good; `error` holds errno
    };
    Status status = Status::would_block;
    std::size_t bytes = 0;
    int error = 0;
};

/// An ordered, reliable, non-blocking stream of bytes in both directions: TCP, TLS over another stream, a
/// test's script. One thread.
///
/// Readiness is watched level-triggered: `read` may say would_block although the descriptor is readable, when
/// its share of the turn is used up. Watch for writing while `wants_write()`, and while own bytes wait unless
/// `write_waits_for_input()`.
class ByteStream {
public:
    virtual ~ByteStream() = default;
    /// An end that the stream knows to be cut off (TLS without its close_notify) is `failed` with ECONNRESET.
    virtual IoResult read(std::span<std::byte> buffer) = 0;
    /// Takes some or all of the bytes. Without any it only lets out what is inside: `done` with 0 bytes when
    /// nothing is left there.
    virtual IoResult write(std::span<const iovec> parts) = 0;
    /// Ends our direction politely; what was written still arrives. While `wants_write()` it goes on when
    /// `write` is called without bytes.
    virtual void shut_down_writing() = 0;
    /// Makes the destruction send a reset instead of an orderly end.
    virtual void reset_on_close() = 0;
    /// True when bytes can be read although the descriptor may not become readable (TLS keeps some inside).
    [[nodiscard]] virtual bool has_buffered_input() const { return false; }
    /// True while bytes that were taken wait inside for the descriptor to become writable; `write` lets them out.
    [[nodiscard]] virtual bool wants_write() const { return false; }
    /// True while `write` takes nothing until `read` has made progress (a TLS handshake).
    [[nodiscard]] virtual bool write_waits_for_input() const { return false; }
    /// Bytes that `write` has taken and the peer has not: they wait in the kernel
    /// or inside. 0 when it cannot be told.
    [[nodiscard]] virtual std::uint64_t unsent() const { return 0; }
    /// What to watch for readiness; `no_descriptor` when there is nothing.
    [[nodiscard]] virtual int descriptor() const = 0;
};

} // namespace jackfield::net
