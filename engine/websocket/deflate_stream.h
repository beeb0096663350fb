#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

struct z_stream_s; // zlib's

namespace jackfield::websocket {

/// What a sender's window may be, in bits (RFC 7692 section 7.1.2). zlib reads windows of 8 bits and makes
/// none in a raw stream.
inline constexpr int smallest_window_bits = 8;
inline constexpr int smallest_deflate_window_bits = 9;
inline constexpr int largest_window_bits = 15;
/// zlib's measure of the tables beside the window: 1 (small)..9.
inline constexpr int usual_memory_level = 8;

/// A raw DEFLATE compressor (RFC 1951) that ends each message as RFC 7692 section 7.2.1 wants it. One thread.
class Deflater {
public:
    /// `level` 1..9, `window_bits` 9..15, `memory_level` 1..9. Throws std::bad_alloc.
    Deflater(int level, int window_bits, int memory_level = usual_memory_level);
    ~Deflater();
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    /// Appends `message`, which holds at least one byte, compressed and without its trailing 00 00 ff ff.
    /// False as soon as that is as long as the message or longer: then what was appended is of no use, and
    /// the window must be emptied before the next one. Throws std::bad_alloc.
    [[nodiscard]] bool deflate(std::span<const std::byte> message, std::vector<std::byte>& out);
    /// Empties the window.
    void reset();

    /// What one needs, in bytes.
    [[nodiscard]] static constexpr std::uint64_t memory(int window_bits, int memory_level = usual_memory_level)
    {
        return (std::uint64_t{4} << static_cast<unsigned>(window_bits)) + (std::uint64_t{512} << static_cast<unsigned>(memory_level))
            + (6U << 10U);
    }

private:
    std::unique_ptr<z_stream_s> stream_; // zlib points back at it, so it stays where it is
};

/// A raw DEFLATE decompressor with a window of 15 bits, which serves smaller ones too. Messages are fed in
/// any chopping and come out as far as their bits are known. One thread.
class Inflater {
public:
    enum class Status : std::uint8_t {
        hungry, ///< all input is used up
        more, ///< there may be more output: ask again before feeding
        invalid ///< no DEFLATE data; only `reset` helps
    };
    struct Step {
        std::size_t produced = 0; ///< also of invalid data: what stood before the fault
        Status status = Status::hungry;
    };

    Inflater(); ///< Throws std::bad_alloc.
    ~Inflater();
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    /// Gives it a part of a message, which must live until `inflate` has said `hungry`.
    void feed(std::span<const std::byte> part);
    /// The message has ended: feeds the 00 00 ff ff that its sender has taken away (RFC 7692 section 7.2.2).
    /// A message that ends with a whole block on a whole byte needs no such bytes and gets none; so one whose
    /// sender left them in place, or ended with a final block and nothing behind it, is read as it was meant.
    void feed_message_end();
    /// Fills `out`. A final block does not end the message (RFC 7692 section 7.2.3.4): what follows is read
    /// as a new stream. Throws std::bad_alloc.
    [[nodiscard]] Step inflate(std::span<std::byte> out);
    /// After the end of a message: false when it was cut short in the middle of a block.
    [[nodiscard]] bool is_at_block_end() const { return is_at_block_end_; }
    /// Empties the window.
    void reset();

    /// What one needs, in bytes.
    static constexpr std::uint64_t memory = 40U << 10U;

private:
    std::unique_ptr<z_stream_s> stream_;
    bool is_at_block_end_ = true; // and at a whole byte
};

} // namespace jackfield::websocket
