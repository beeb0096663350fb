#pragma once

#include "websocket/message_codec.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace jackfield::websocket {

/// The frames of hixie-75 and of hybi-00 (hixie-76), section 5.3 of both; both directions look the same.
///
/// A frame of type 0x00 is a text message up to 0xFF. Types 0x01 to 0x7F run up to 0xFF too and mean nothing;
/// types 0x80 to 0xFF are followed by a length, seven bits an octet, and by as many bytes that mean nothing:
/// both are skipped, whatever they hold. In hybi-00 a frame of type 0xFF and length 0 is the closing
/// handshake; hixie-75 has none.
///
/// The drafts leave it to a server what it does about invalid UTF-8, and set no limits. Here every fault is
/// told at the byte that makes it certain: invalid UTF-8 at the first byte that no valid text can hold; a
/// message or a skipped frame that is too large at the first byte over the limit or at the octet that
/// announces it; a length of more than nine octets (63 bits) at the ninth that has a successor.
///
/// A whole message within one input is handed over as a view of that input. Everything else is collected in
/// one buffer, which is given back with the message; what is skipped is never stored.
class HixieCodec final : public MessageCodec {
public:
    enum class Closing : std::uint8_t { by_end_of_stream, by_handshake };
    HixieCodec(const CodecLimits& limits, Closing closing);
    ~HixieCodec() override;

    std::size_t decode(std::span<std::byte> input, MessageSink& sink) override;
    [[nodiscard]] std::uint64_t partial_bytes() const override;

    /// True for text without a byte 0xFF, and so for all UTF-8.
    [[nodiscard]] bool can_encode(MessageKind kind, std::span<const std::byte> payload) const override;
    /// One frame, however many fragments are asked for; there are no control frames.
    std::uint64_t encode_message(ByteBuffer& out, MessageKind kind, std::span<const std::byte> payload,
        const Fragmentation& fragments = one_frame, std::span<const ControlBetween> between = {}) override;
    bool encode_ping(ByteBuffer& out, std::span<const std::byte> payload) override;
    bool encode_pong(ByteBuffer& out, std::span<const std::byte> payload) override;
    /// FF 00 or nothing; there are no codes and no reasons.
    void encode_close(ByteBuffer& out, std::optional<std::uint16_t> code, std::string_view reason) override;
    [[nodiscard]] std::optional<std::uint16_t> close_code_on_wire(std::uint16_t) const override
    {
        return std::nullopt;
    }
    [[nodiscard]] bool has_control_frames() const override { return false; }
    [[nodiscard]] bool has_closing_handshake() const override { return closing_ == Closing::by_handshake; }

    [[nodiscard]] std::uint32_t wire_format() const override;
    void set_limits(const CodecLimits& limits) override { limits_ = limits; }

private:
    struct Partial; // a text message that has not arrived whole
    enum class Reading : std::uint8_t { type, text, skipped_text, length, skipped_bytes };
    struct Step { // a piece of the input
        std::size_t taken = 0;
        bool told_sink = false;
    };

    Step take_type(std::span<const std::byte> input, MessageSink& sink);
    Step take_text(std::span<const std::byte> input, MessageSink& sink);
    Step take_skipped_text(std::span<const std::byte> input, MessageSink& sink);
    Step take_length(std::span<const std::byte> input, MessageSink& sink);
    Step take_skipped_bytes(std::span<const std::byte> input);
    Step violate(const Violation& violation, std::size_t taken, MessageSink& sink);

    CodecLimits limits_;
    std::unique_ptr<Partial> partial_;
    std::uint64_t count_ = 0; // of the length so far, of what is still to skip, or of the text skipped so far
    std::uint64_t max_text_ = 0; // as it was when the frame began
    Closing closing_;
    Reading reading_ = Reading::type;
    std::uint8_t length_octets_ = 0;
    bool may_close_ = false; // the frame that is arriving has type 0xFF
    bool ended_ = false; // by the closing handshake or a violation
};

} // namespace jackfield::websocket
