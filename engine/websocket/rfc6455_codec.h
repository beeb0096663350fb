#pragma once

#include "websocket/dialect.h"
#include "websocket/frame_header.h"
#include "websocket/masking.h"
#include "websocket/message_codec.h"
#include "websocket/message_deflate.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace jackfield::websocket {

/// The frames of RFC 6455 section 5, with permessage-deflate (RFC 7692) where that was agreed on.
///
/// Every fault is told at the byte that makes it certain, so before a payload that will not be taken:
/// reserved bits, reserved opcodes, fragmented control frames, frames out of sequence and too many fragments
/// at a frame's first byte; masking and a control frame's length at the second; the length at its last byte
/// (before the masking key); invalid UTF-8 at the first byte that no valid text can hold.
///
/// A whole unfragmented message within one input is handed over as a view of that input. Everything else is
/// collected in one buffer, which grows with what has arrived, never with what was announced, and is given
/// back with the message.
///
/// A compressed message is inflated as its bytes arrive: what comes out counts for the limit and is checked
/// for UTF-8 at once. RSV1 stands on the first frame of a data message and nowhere else (RFC 7692 section 6).
/// Broken compressed data, also a reference beyond what has been sent, is 1007.
class Rfc6455Codec final : public MessageCodec {
public:
    /// A server's codec: masks nothing, demands masked frames.
    explicit Rfc6455Codec(const CodecLimits& limits, Dialect dialect = Dialect::rfc6455);
    /// The same with permessage-deflate; null: without.
    Rfc6455Codec(const CodecLimits& limits, std::unique_ptr<MessageDeflate> deflate);
    /// A client's codec: masks each frame with a key from `keys`, which must outlive it, and demands unmasked
    /// frames.
    Rfc6455Codec(
        const CodecLimits& limits, MaskingKeySource& keys, std::unique_ptr<MessageDeflate> deflate = nullptr);
    ~Rfc6455Codec() override;

    [[nodiscard]] Role role() const { return keys_ == nullptr ? Role::server : Role::client; }

    std::size_t decode(std::span<std::byte> input, MessageSink& sink) override;
    [[nodiscard]] std::uint64_t partial_bytes() const override;

    /// Fragments may part a character. Of a compressed message the compressed bytes are spread over the
    /// frames.
    std::uint64_t encode_message(ByteBuffer& out, MessageKind kind, std::span<const std::byte> payload,
        const Fragmentation& fragments = one_frame, std::span<const ControlBetween> between = {}) override;
    [[nodiscard]] std::optional<EncodedFrameHeader> plain_header(MessageKind kind, std::uint64_t payload) const override;
    bool encode_ping(ByteBuffer& out, std::span<const std::byte> payload) override;
    bool encode_pong(ByteBuffer& out, std::span<const std::byte> payload) override;
    /// A reason without a code is left out; one longer than 123 bytes is cut between two characters.
    void encode_close(ByteBuffer& out, std::optional<std::uint16_t> code, std::string_view reason) override;

    [[nodiscard]] std::optional<FrameFacts> first_frame(std::span<const std::byte> encoded) const override
    {
        const FrameHeaderView header(encoded);
        return header.is_whole() ? std::optional(header.facts()) : std::nullopt;
    }
    [[nodiscard]] std::optional<std::uint16_t> close_code_on_wire(std::uint16_t code) const override
    {
        return sent_code(dialect_, code);
    }

    [[nodiscard]] std::uint32_t wire_format() const override;
    void set_limits(const CodecLimits& limits) override { limits_ = limits; }

private:
    struct Partial; // what is known of a frame or message that has not arrived whole
    struct Step { // a piece of the input
        std::size_t taken = 0;
        bool told_sink = false;
        bool must_wait = false; // for a turn that may inflate
    };

    Step take_short_message(std::span<std::byte> input, MessageSink& sink);
    Step hand_over_whole(MessageKind kind, std::span<std::byte> payload, MaskingKey key, const FrameFacts& facts,
        MessageSink& sink);
    Step take_header(std::span<std::byte> input, MessageSink& sink);
    Step begin_control(
        const FrameHeader& header, const FrameFacts& facts, std::span<std::byte> payload, MessageSink& sink);
    Step begin_data(
        const FrameHeader& header, const FrameFacts& facts, std::span<std::byte> payload, MessageSink& sink);
    Step take_payload(std::span<std::byte> input, MessageSink& sink);
    Step take_control_payload(std::span<std::byte> part, MessageSink& sink);
    Step take_data_payload(std::span<std::byte> part, MessageSink& sink);
    Step take_compressed_payload(std::span<std::byte> part, MessageSink& sink);
    std::optional<Violation> inflate_what_was_fed();
    std::optional<Violation> end_compressed_message();
    Step end_data_frame(std::size_t taken, MessageSink& sink);
    Step hand_over_part(std::span<const std::byte> part, std::size_t taken, bool is_last, MessageSink& sink);
    void hand_over_control(
        Opcode opcode, std::span<const std::byte> payload, const WireFacts& facts, MessageSink& sink);
    void hand_over_close(std::span<const std::byte> payload, const WireFacts& facts, MessageSink& sink);
    Step violate(const Violation& violation, std::size_t taken, MessageSink& sink);
    [[nodiscard]] std::optional<Violation> judge(const FrameHeaderView& header) const;
    [[nodiscard]] std::optional<Violation> judge_first_byte(const FrameHeaderView& header) const;
    [[nodiscard]] std::optional<Violation> judge_reserved_bits(const FrameHeaderView& header) const;
    Partial& partial();

    void encode_frames(ByteBuffer& out, MessageKind kind, std::span<const std::byte> payload,
        const Fragmentation& fragments, std::span<const ControlBetween> between, std::uint8_t rsv);
    void encode_frame(
        ByteBuffer& out, bool fin, Opcode opcode, std::span<const std::byte> payload, std::uint8_t rsv = 0);

    CodecLimits limits_;
    MaskingKeySource* keys_ = nullptr; // a client's
    Dialect dialect_ = Dialect::rfc6455;
    std::unique_ptr<MessageDeflate> deflate_; // where it was agreed on
    std::unique_ptr<Partial> partial_;
    bool ended_ = false; // by a Close frame or a violation
};

} // namespace jackfield::websocket
