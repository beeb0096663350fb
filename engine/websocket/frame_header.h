#pragma once

#include "websocket/masking.h"

#include "jackfield/frame_facts.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace jackfield::websocket {

/// What a frame is (RFC 6455 section 5.2).
enum class Opcode : std::uint8_t {
    continuation = 0x0,
    text = 0x1,
    binary = 0x2,
    close = 0x8,
    ping = 0x9,
    pong = 0xa
};

[[nodiscard]] constexpr bool is_control(Opcode opcode)
{
    return (static_cast<std::uint8_t>(opcode) & 0x8U) != 0;
}
/// True for 3-7 and 0xb-0xf, which RFC 6455 keeps for later.
[[nodiscard]] constexpr bool is_reserved(Opcode opcode)
{
    return (static_cast<std::uint8_t>(opcode) & 0x7U) > 2;
}

/// Longest payload of a control frame (RFC 6455 section 5.5).
inline constexpr std::size_t max_control_payload = 125;
/// RSV1 of a FrameHeader: the message is compressed (RFC 7692 section 6).
inline constexpr std::uint8_t rsv1 = 4;
/// Two bytes, the longest length form and the masking key.
inline constexpr std::size_t max_frame_header = 14;
/// The first two bytes tell how long the header is.
inline constexpr std::size_t min_frame_header = 2;

struct FrameHeader {
    bool fin = true;
    std::uint8_t rsv = 0; ///< RSV1 is 4, RSV2 is 2, RSV3 is 1
    Opcode opcode = Opcode::text;
    std::optional<MaskingKey> masking_key;
    std::uint64_t payload_length = 0;
};

/// A header while its bytes arrive: each part is there as soon as its last byte is, so that it can be judged
/// then. Reads nothing but `bytes`, so the same bytes always give the same view.
class FrameHeaderView {
public:
    /// `bytes` starts with the header and may hold only a part of it, or the payload too.
    explicit FrameHeaderView(std::span<const std::byte> bytes)
        : bytes_(bytes)
    { }
    // Of the first byte; ask only with at least one byte.
    [[nodiscard]] bool fin() const { return (at(0) & 0x80U) != 0; }
    [[nodiscard]] std::uint8_t rsv() const { return static_cast<std::uint8_t>(at(0) >> 4U & 0x7U); }
    [[nodiscard]] Opcode opcode() const { return static_cast<Opcode>(at(0) & 0xfU); }
    // Of the second byte; ask only with at least two bytes.
    [[nodiscard]] bool is_masked() const { return (at(1) & 0x80U) != 0; }
    /// 0..125 the length itself, 126 and 127 announce 2 and 8 bytes of length.
    [[nodiscard]] std::uint8_t length_field() const { return static_cast<std::uint8_t>(at(1) & 0x7fU); }
    /// Of the whole header, masking key included.
    [[nodiscard]] std::size_t size() const { return length_end() + (is_masked() ? 4 : 0); }

    [[nodiscard]] bool has_first_byte() const { return !bytes_.empty(); }
    [[nodiscard]] bool has_length_field() const { return bytes_.size() >= min_frame_header; }
    [[nodiscard]] bool has_length() const { return has_length_field() && bytes_.size() >= length_end(); }
    [[nodiscard]] bool is_whole() const { return has_length_field() && bytes_.size() >= size(); }

    /// Ask only when `has_length`. Any 64-bit value, the sign bit included.
    [[nodiscard]] std::uint64_t payload_length() const;
    /// True when a shorter form could have held the length, which RFC 6455 section 5.2 forbids. Ask only when
    /// `has_length`.
    [[nodiscard]] bool is_longer_than_needed() const;
    /// Ask only when `is_whole`.
    [[nodiscard]] FrameHeader header() const;
    /// The same for showing. Ask only when `is_whole`.
    [[nodiscard]] FrameFacts facts() const;

private:
    [[nodiscard]] std::uint8_t at(std::size_t index) const
    {
        return std::to_integer<std::uint8_t>(bytes_[index]);
    }
    [[nodiscard]] std::size_t length_end() const;

    std::span<const std::byte> bytes_;
};

/// A header as it goes on the wire, in its shortest form.
struct EncodedFrameHeader {
    std::array<std::byte, max_frame_header> storage{};
    std::size_t size = 0;
    [[nodiscard]] std::span<const std::byte> view() const { return {storage.data(), size}; }
};

[[nodiscard]] EncodedFrameHeader encode(const FrameHeader& header);

} // namespace jackfield::websocket
