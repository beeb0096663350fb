#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace jackfield {

/// How many bits of a frame's header hold its payload's length (RFC 6455 section 5.2).
enum class LengthForm : std::uint8_t { bits7, bits16, bits64 };

/// The header of one frame as it stood on the wire (RFC 6455 section 5.2), for showing what is behind a
/// message.
struct FrameFacts {
    std::uint64_t payload_length = 0; ///< as the header says it: of a compressed message the compressed bytes
    std::array<std::byte, 4> masking_key{}; ///< zeros unless `is_masked`
    std::uint8_t first_byte = 0; ///< FIN, RSV1, RSV2, RSV3 and four bits of opcode
    bool is_masked = false;
    LengthForm length_form = LengthForm::bits7;

    /// The frame is its message's last.
    [[nodiscard]] constexpr bool fin() const { return (first_byte & 0x80U) != 0; }
    /// The first reserved bit: of a message's first frame, compression (RFC 7692 section 6).
    [[nodiscard]] constexpr bool rsv1() const { return (first_byte & 0x40U) != 0; }
    /// The second reserved bit.
    [[nodiscard]] constexpr bool rsv2() const { return (first_byte & 0x20U) != 0; }
    /// The third reserved bit.
    [[nodiscard]] constexpr bool rsv3() const { return (first_byte & 0x10U) != 0; }
    /// What the frame is (RFC 6455 section 11.8), 0 to 15.
    [[nodiscard]] constexpr std::uint8_t opcode() const { return first_byte & 0x0fU; }
    /// Bytes of the header, masking key included: 2 to 14.
    [[nodiscard]] constexpr std::size_t header_size() const
    {
        const std::size_t length = length_form == LengthForm::bits7 ? 0
            : length_form == LengthForm::bits16                     ? 2
                                                                    : 8;
        return 2 + length + (is_masked ? 4 : 0);
    }
    bool operator==(const FrameFacts&) const = default;
};
static_assert(sizeof(FrameFacts) == 16);

/// Of how many frames of one message the facts are kept: the first ones.
inline constexpr std::size_t max_frame_facts = 32;

} // namespace jackfield
