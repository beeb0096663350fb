#pragma once

#include "jackfield/api.h"
#include "jackfield/frame_facts.h"
#include "jackfield/result.h"
#include "jackfield/shared_bytes.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>

namespace jackfield {

/// A frame composed by hand, each part of its header for itself, whether RFC 6455 section 5.2 allows it or
/// not. No bit is set that was not asked for.
struct RawFrame {
    bool fin = false;
    bool rsv1 = false, rsv2 = false, rsv3 = false;
    std::uint8_t opcode = 0; ///< 0 to 15
    std::optional<std::array<std::byte, 4>>
        masking_key; ///< sets the mask bit, and the payload goes out masked with it
    std::optional<LengthForm> length_form; ///< without: the shortest that holds the length
    std::optional<std::uint64_t>
        declared_length; ///< what the header says; without: the length that the payload has
    SharedBytes payload; ///< before masking

    /// The header as it will stand on the wire. Of a frame that `check` takes.
    [[nodiscard]] JACKFIELD_API FrameFacts facts() const;
};

/// One piece of what is sent raw: a composed frame, or bytes as they are (half a frame, or nothing like one).
using RawPiece = std::variant<RawFrame, SharedBytes>;

/// How the stream ends behind raw bytes, without a closing handshake.
enum class StreamCut : std::uint8_t {
    none, ///< it goes on
    fin, ///< in order: the peer reads everything, then the end
    reset, ///< by a reset, as soon as the system has taken the bytes; it may destroy those that are still on
           ///< their way
};

/// Says what makes it impossible to write this frame.
/// Errors: invalid_argument: an opcode over 15, or a length that does not fit its form.
[[nodiscard]] JACKFIELD_API Result<void> check(const RawFrame& frame);

/// Most bytes on the wire of one command::SendRaw.
inline constexpr std::uint64_t max_raw_bytes = 16U << 20U;

} // namespace jackfield
