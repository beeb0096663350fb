#pragma once

#include "jackfield/api.h"
#include "jackfield/shared_bytes.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace jackfield {

/// How a message is cut into frames (RFC 6455 section 5.4). What is cut is the payload as it travels, so the
/// compressed one where it is compressed.
struct Fragmentation {
    /// What `number` and `sizes` mean.
    enum class By : std::uint8_t {
        count, ///< into `number` frames as equal as possible; more frames than bytes make empty ones
        size, ///< into frames of `number` bytes, the last one with what is left
        sizes, ///< into frames of exactly `sizes`, and one more with what is left, if anything is
    };
    Fragmentation() = default;
    /// Into so many frames.
    Fragmentation(std::uint32_t frames)
        : number(frames)
    { }
    /// Into frames of `bytes` bytes, the last one with what is left.
    [[nodiscard]] static Fragmentation of_size(std::uint64_t bytes)
    {
        Fragmentation result;
        result.by = By::size;
        result.number = bytes;
        return result;
    }
    /// Into frames of exactly these sizes, and one more with what is left.
    [[nodiscard]] static Fragmentation of_sizes(std::vector<std::uint64_t> bytes)
    {
        Fragmentation result;
        result.by = By::sizes;
        result.sizes = std::move(bytes);
        return result;
    }

    By by = By::count;
    std::uint64_t number = 1; ///< 0 counts as 1 (frames), or as the whole payload (bytes)
    std::vector<std::uint64_t> sizes;

    /// How many frames a payload of `payload` bytes becomes; at least 1.
    [[nodiscard]] JACKFIELD_API std::uint64_t frames_for(std::uint64_t payload) const;
    bool operator==(const Fragmentation&) const = default;
};

/// The whole message in one frame.
inline const Fragmentation one_frame{};

/// A control frame that stands between two frames of a message (RFC 6455 section 5.4).
struct ControlBetween {
    /// Which control frame.
    enum class Kind : std::uint8_t { ping, pong };
    Kind kind = Kind::ping;
    std::uint32_t after = 1; ///< how many frames of the message stand before it, from 1 to all but one
    SharedBytes payload; ///< at most 125 bytes
};

} // namespace jackfield
