#pragma once

#include "base/byte_buffer.h"
#include "websocket/frame_header.h"

#include "jackfield/close_code.h"
#include "jackfield/connection.h"
#include "jackfield/fragmentation.h"
#include "jackfield/frame_facts.h"
#include "jackfield/time.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace jackfield::websocket {

/// A server's frames are unmasked and its peer's masked; a client's the other way round (RFC 6455
/// section 5.1).
enum class Role : std::uint8_t { server, client };

struct CodecLimits {
    std::uint64_t max_message = 16U << 20U;
    std::uint32_t max_fragments = 131'072; ///< frames of one message, empty ones included
};

/// What a message or control frame was on the wire.
struct WireFacts {
    std::uint64_t wire = 0; ///< bytes, headers included
    std::uint32_t frames = 1;
    std::uint64_t compressed = 0; ///< payload bytes as they travelled; 0: it was not compressed
    /// The headers of the first frames (`max_frame_facts`); none where the format has other ones than RFC
    /// 6455.
    std::span<const FrameFacts> frame_facts = {};
};

/// Why a connection must be failed (RFC 6455 section 7.1.7).
struct Violation {
    std::uint16_t code = 1002; ///< for the Close frame
    CloseCause cause = CloseCause::protocol_violation;
    std::string_view what; ///< a constant sentence for a person ("a frame from the browser was not masked")
};

/// How a peer sees the end of a connection whose carrier vanished.
struct LostCarrier {
    std::uint16_t code = close_abnormal;
    std::string_view reason = {}; ///< a constant
};

/// Receives what a codec decodes. Views live for the call.
class MessageSink {
public:
    virtual ~MessageSink() = default;
    /// True: data comes by `on_fragment` as it arrives and messages are not assembled.
    [[nodiscard]] virtual bool wants_fragments() const { return false; }
    virtual void on_message(MessageKind kind, std::span<const std::byte> payload, const WireFacts& facts) = 0;
    /// A part of a message; `facts` is complete with `last`. UTF-8 has been checked so far; a text part may
    /// end inside a character.
    virtual void on_fragment(MessageKind, std::span<const std::byte> /*part*/, bool /*first*/, bool /*last*/,
        const WireFacts& /*so_far*/)
    { }
    virtual void on_ping(std::span<const std::byte> payload, const WireFacts& facts) = 0;
    virtual void on_pong(std::span<const std::byte> payload, const WireFacts& facts) = 0;
    /// A valid Close frame. Nothing is decoded after it.
    virtual void on_close(std::optional<std::uint16_t> code, std::string_view reason, const WireFacts& facts)
        = 0;
    /// The stream is broken for good. Nothing is decoded after it.
    virtual void on_violation(const Violation& violation) = 0;
    /// Asked after each call above: true makes `decode` return early.
    [[nodiscard]] virtual bool is_paused() const = 0;
    /// An empty buffer for a message of `size` bytes that is being assembled; without memory where there is none at hand.
    [[nodiscard]] virtual std::vector<std::byte> lend_buffer(std::size_t) noexcept { return {}; }
    /// Takes back what assembled a message, lent or not.
    virtual void give_back_buffer(std::vector<std::byte>) noexcept { }
};

/// Translates between messages and one wire format, in one role, for one connection. Does no I/O; a pure
/// function of the bytes it was fed, in whatever chopping. One thread.
class MessageCodec {
public:
    virtual ~MessageCodec() = default;

    /// Decodes `input`, which it may alter (unmasking in place). Returns how many bytes it took: all, unless
    /// the sink paused it or the turn's budget for inflating is used up; the rest must be fed again later, in
    /// the latter case in a later turn. After a Close or a violation it takes and discards everything.
    virtual std::size_t decode(std::span<std::byte> input, MessageSink& sink) = 0;
    /// Bytes held for an unfinished message, with overhead; 0 when idle (an idle codec owns no buffers).
    [[nodiscard]] virtual std::uint64_t partial_bytes() const = 0;
    /// True when messages stand ready inside that a paused sink did not take: `decode` hands them over before it
    /// reads on, and with an empty input too.
    [[nodiscard]] virtual bool has_input_inside() const { return false; }

    /// True when this wire format can carry the message; one that it cannot carry must not be encoded.
    [[nodiscard]] virtual bool can_encode(MessageKind, std::span<const std::byte> /*payload*/) const
    {
        return true;
    }
    /// Appends a whole message, cut into frames as `fragments` says (one where the format has no fragments),
    /// with the control frames of `between`, sorted by their places, among them; those that find no place
    /// stand before the last frame. Returns the size of its payload as it was compressed; 0: it was not.
    virtual std::uint64_t encode_message(ByteBuffer& out, MessageKind kind,
        std::span<const std::byte> payload, const Fragmentation& fragments = one_frame,
        std::span<const ControlBetween> between = {})
        = 0;
    /// What stands before a message that goes as it is, in one frame: then `encode_message` would append this and the payload. nullopt
    /// where it would append anything else.
    [[nodiscard]] virtual std::optional<EncodedFrameHeader> plain_header(MessageKind, std::uint64_t /*payload*/) const
    {
        return std::nullopt;
    }
    /// Appends a control frame; payload at most 125 bytes. A wire format without one appends nothing and says
    /// false.
    virtual bool encode_ping(ByteBuffer& out, std::span<const std::byte> payload) = 0;
    virtual bool encode_pong(ByteBuffer& out, std::span<const std::byte> payload) = 0;
    virtual void encode_close(ByteBuffer& out, std::optional<std::uint16_t> code, std::string_view reason)
        = 0;
    /// Appends what the peer must get before anything else.
    virtual void encode_open(ByteBuffer& /*out*/) { }
    /// Appends a sign of life that is not answered. A wire format without one appends nothing and says false.
    virtual bool encode_heartbeat(ByteBuffer& /*out*/) { return false; }
    /// After how much silence towards the peer it is to have a heartbeat; 0: never.
    [[nodiscard]] virtual milliseconds heartbeat() const { return milliseconds{0}; }

    /// False for a wire format without pings and pongs.
    [[nodiscard]] virtual bool has_control_frames() const { return true; }
    /// The header of the first frame of `encoded`, which begins with a whole one of this codec's own; nullopt
    /// where the format has other headers than RFC 6455.
    [[nodiscard]] virtual std::optional<FrameFacts> first_frame(std::span<const std::byte> /*encoded*/) const
    {
        return std::nullopt;
    }

    /// The code that a Close frame of this wire format carries for `code`; nullopt for a frame without one,
    /// and so without a reason.
    [[nodiscard]] virtual std::optional<std::uint16_t> close_code_on_wire(std::uint16_t code) const
    {
        return code;
    }
    /// False for a wire format in which no Close is answered by another: the end of the stream is all the
    /// closing it has, and `encode_close` appends nothing unless there is a close frame all the same.
    [[nodiscard]] virtual bool has_closing_handshake() const { return true; }
    /// True when `encode_close` tells the peer that and why it ends. Without a closing handshake that is all the
    /// closing there is: nothing comes back.
    [[nodiscard]] virtual bool has_close_frame() const { return has_closing_handshake(); }
    /// What the peer sees when its carrier vanishes without a closing. Another code than 1006 says that the end of
    /// the stream, in order or not, is never a closing.
    [[nodiscard]] virtual LostCarrier code_when_lost() const { return {}; }
    /// False for a wire format in which bytes that were composed by hand have no place.
    [[nodiscard]] virtual bool carries_raw_frames() const { return true; }

    /// Codecs of equal, non-zero wire format encode a message to the same bytes, so that a broadcast encodes
    /// once. 0: never shared.
    [[nodiscard]] virtual std::uint32_t wire_format() const { return 0; }
    /// New limits hold from the next frame header on.
    virtual void set_limits(const CodecLimits& limits) = 0;
};

} // namespace jackfield::websocket
