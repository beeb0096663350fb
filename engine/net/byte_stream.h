#pragma once

#include "net/event_loop.h"

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace jackfield::net {

struct IoResult {
    enum class Status : std::uint8_t {
        done, ///< `bytes` moved, at least one
        would_block,
        end, ///< the peer has finished sending
        no_buffers, ///< the kernel is short of memory for now (ENOBUFS, ENOMEM): try again after a while
        failed, ///< broken for good; `error` holds errno
    };
    Status status = Status::would_block;
    std::size_t bytes = 0;
    int error = 0;
};

/// An ordered, reliable, non-blocking stream of bytes in both directions: TCP, TLS over another stream, a
/// test's script. One thread.
class ByteStream {
public:
    virtual ~ByteStream() = default;
    virtual IoResult read(std::span<std::byte> buffer) = 0;
    virtual IoResult write(std::span<const iovec> parts) = 0;
    /// Ends our direction politely; what was written still arrives.
    virtual void shut_down_writing() = 0;
    /// Makes the destruction send a reset instead of an orderly end.
    virtual void reset_on_close() = 0;
    /// True when bytes can be read although the descriptor may not become readable (TLS keeps some inside).
    [[nodiscard]] virtual bool has_buffered_input() const { return false; }
    /// Bytes that `write` has taken and the peer has not: they wait in the kernel. 0 when it cannot be told.
    [[nodiscard]] virtual std::uint64_t unsent() const { return 0; }
    /// What to watch for readiness.
    [[nodiscard]] virtual int descriptor() const = 0;
};

} // namespace jackfield::net
