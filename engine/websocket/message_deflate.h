#pragma once

#include "websocket/deflate_negotiation.h"
#include "websocket/deflate_pool.h"
#include "websocket/message_codec.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace jackfield::websocket {

/// permessage-deflate (RFC 7692) of one connection, in one role: compresses the payloads of whole messages
/// and inflates those that come. Knows no frames. One thread, the pool's.
class MessageDeflate {
public:
    /// `settings` for its level and threshold. The pool must outlive it. Throws std::bad_alloc.
    MessageDeflate(DeflatePool& pool, Role role, const DeflateParameters& agreed, const Compression& settings,
        DeflatePool::Promise windows = {});
    ~MessageDeflate();
    MessageDeflate(const MessageDeflate&) = delete;
    MessageDeflate& operator=(const MessageDeflate&) = delete;

    // ---- sending ----

    /// Appends `payload` compressed to `out` when that pays: it is not below the threshold and becomes
    /// smaller. Else false, and what stands in `out` is of no use. Throws std::bad_alloc.
    [[nodiscard]] bool compress(std::span<const std::byte> payload, std::vector<std::byte>& out);
    /// As MessageCodec::wire_format: 0 with a window of its own.
    [[nodiscard]] std::uint32_t wire_format() const { return wire_format_; }

    // ---- receiving, one message after the other ----

    /// False when the turn's budget is used up: the rest has to wait for the next one.
    [[nodiscard]] bool may_inflate() const { return pool_.may_inflate(); }
    /// How many compressed bytes to hand over in one go.
    [[nodiscard]] std::size_t piece_size() const { return pool_.piece_size(); }

    /// Hands over the next part of the message, and the message's end. Then `inflate` until it says that
    /// there is no more. Throws std::bad_alloc.
    void feed(std::span<const std::byte> part);
    void feed_message_end();
    struct Inflated {
        std::span<const std::byte>
            bytes; ///< lives until the next call; also of invalid data, up to the fault
        Inflater::Status status = Inflater::Status::hungry;
    };
    /// At most `most` bytes (at least 1), and never more than 16 KiB. Throws std::bad_alloc.
    [[nodiscard]] Inflated inflate(std::uint64_t most);
    /// After the message's end: gives back what the message needed. False when it was cut short in the middle
    /// of a block.
    [[nodiscard]] bool finish_message();
    /// The message will not be read to its end, and no other one either.
    void abandon_message() noexcept;
    /// Memory lent for the message under way, in bytes.
    [[nodiscard]] std::uint64_t lent_bytes() const;

    /// Buffers for messages, see DeflatePool.
    [[nodiscard]] DeflatePool& pool() { return pool_; }

private:
    DeflatePool& pool_;
    DeflatePool::Promise windows_;
    std::uint64_t threshold_;
    int level_;
    int window_bits_; // of what is sent
    bool keeps_received_window_;
    std::uint32_t wire_format_ = 0;
    std::optional<DeflatePool::KeptDeflaters::iterator> kept_; // with a window of its own
    std::unique_ptr<Inflater> inflater_;
};

} // namespace jackfield::websocket
