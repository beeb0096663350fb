#include "fallback/framed_codec.h"

#include "base/utf8.h"
#include "fallback/message_records.h"
#include "fallback/sockjs_text.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <utility>

namespace jackfield::fallback {

namespace {

constexpr std::uint32_t framed = 1U << 31U; // in the wire format, beside the inner one
constexpr std::size_t messages_a_call = 4096; // of one array; the others have their turn
constexpr websocket::Violation not_text{
    close_unsupported_data, CloseCause::protocol_violation, "a binary message, which SockJS does not have"};
constexpr websocket::Violation broken_frame{close_protocol_error, CloseCause::protocol_violation,
    "a message was not an array of strings in JSON, as SockJS sends it"};

/// The messages of an array that arrived whole and are handed over one by one.
struct ArrivedArray {
    ByteBuffer records;
    std::uint64_t payload = 0; // of all messages
    std::uint64_t compressed = 0; // as the array travelled
    std::uint64_t told_payload = 0;
    std::uint64_t told_compressed = 0;

    /// What the next message of `size` bytes shall have travelled as.
    std::uint64_t share_of(std::uint64_t size)
    {
        if (compressed == 0)
            return 0;
        told_payload += size;
        const std::uint64_t until_here = payload == 0 ? compressed : compressed * told_payload / payload;
        const std::uint64_t share = std::max<std::uint64_t>(until_here - std::min(until_here, told_compressed), 1);
        told_compressed += share;
        return share;
    }
};

class FramedCodec final : public websocket::MessageCodec {
public:
    FramedCodec(std::unique_ptr<websocket::MessageCodec> inner, milliseconds heartbeat)
        : inner_(std::move(inner))
        , heartbeat_(heartbeat)
    { }

    std::size_t decode(std::span<std::byte> input, websocket::MessageSink& sink) override;
    [[nodiscard]] std::uint64_t partial_bytes() const override
    {
        return inner_->partial_bytes() + array_.records.capacity();
    }
    [[nodiscard]] bool has_input_inside() const override { return !array_.records.empty(); }

    [[nodiscard]] bool can_encode(MessageKind kind, std::span<const std::byte> payload) const override
    {
        return kind == MessageKind::text && is_valid_utf8(payload);
    }
    std::uint64_t encode_message(ByteBuffer& out, MessageKind, std::span<const std::byte> payload,
        const Fragmentation& fragments, std::span<const ControlBetween> between) override
    {
        ByteBuffer frame;
        frame.reserve(payload.size() + 5);
        frame.append(std::string_view("a["));
        append_json_text(frame, as_text(payload));
        frame.append(std::byte{']'});
        return inner_->encode_message(out, MessageKind::text, std::as_const(frame).view(), fragments, between);
    }
    bool encode_ping(ByteBuffer& out, std::span<const std::byte> payload) override
    {
        return inner_->encode_ping(out, payload);
    }
    bool encode_pong(ByteBuffer& out, std::span<const std::byte> payload) override
    {
        return inner_->encode_pong(out, payload);
    }
    void encode_close(ByteBuffer& out, std::optional<std::uint16_t> code, std::string_view reason) override
    {
        if (!peer_closed_ && !broken_) {
            ByteBuffer frame;
            append_close_frame(frame, code.value_or(close_no_code), reason);
            inner_->encode_message(out, MessageKind::text, std::as_const(frame).view());
        }
        const auto inner_code = code ? inner_->close_code_on_wire(*code) : std::nullopt;
        inner_->encode_close(out, inner_code, inner_code ? reason : std::string_view{});
    }
    void encode_open(ByteBuffer& out) override { encode_letter(out, "o"); }
    bool encode_heartbeat(ByteBuffer& out) override
    {
        encode_letter(out, "h");
        return true;
    }
    [[nodiscard]] milliseconds heartbeat() const override { return heartbeat_; }

    [[nodiscard]] bool has_control_frames() const override { return inner_->has_control_frames(); }
    [[nodiscard]] std::optional<FrameFacts> first_frame(std::span<const std::byte> encoded) const override
    {
        return inner_->first_frame(encoded);
    }
    [[nodiscard]] bool has_closing_handshake() const override { return inner_->has_closing_handshake(); }
    [[nodiscard]] bool has_close_frame() const override { return true; }
    [[nodiscard]] websocket::LostCarrier code_when_lost() const override { return inner_->code_when_lost(); }
    [[nodiscard]] bool carries_raw_frames() const override { return inner_->carries_raw_frames(); }
    [[nodiscard]] std::uint32_t wire_format() const override
    {
        const std::uint32_t format = inner_->wire_format();
        return format == 0 ? 0 : format | framed;
    }
    void set_limits(const websocket::CodecLimits& limits) override { inner_->set_limits(limits); }

private:
    class Unwrapping;

    void encode_letter(ByteBuffer& out, std::string_view letter)
    {
        inner_->encode_message(out, MessageKind::text, as_bytes(letter));
    }
    void take_array(std::string_view text, const websocket::WireFacts& facts, websocket::MessageSink& sink);
    void hand_over(websocket::WireFacts first, websocket::MessageSink& sink);
    void break_off(const websocket::Violation& violation, websocket::MessageSink& sink)
    {
        broken_ = true;
        array_ = {};
        sink.on_violation(violation);
    }

    std::unique_ptr<websocket::MessageCodec> inner_;
    milliseconds heartbeat_;
    ArrivedArray array_;
    std::size_t budget_ = 0; // messages that this call may still hand over
    bool peer_closed_ = false;
    bool broken_ = false;
};

/// What the inner codec tells, on its way to the sink.
class FramedCodec::Unwrapping final : public websocket::MessageSink {
public:
    Unwrapping(FramedCodec& codec, websocket::MessageSink& sink)
        : codec_(codec)
        , sink_(sink)
    { }

    void on_message(
        MessageKind kind, std::span<const std::byte> payload, const websocket::WireFacts& facts) override
    {
        if (kind != MessageKind::text)
            codec_.break_off(not_text, sink_);
        else if (!payload.empty())
            codec_.take_array(as_text(payload), facts, sink_);
    }
    void on_ping(std::span<const std::byte> payload, const websocket::WireFacts& facts) override
    {
        sink_.on_ping(payload, facts);
    }
    void on_pong(std::span<const std::byte> payload, const websocket::WireFacts& facts) override
    {
        sink_.on_pong(payload, facts);
    }
    void on_close(std::optional<std::uint16_t> code, std::string_view reason,
        const websocket::WireFacts& facts) override
    {
        codec_.peer_closed_ = true;
        sink_.on_close(code, reason, facts);
    }
    void on_violation(const websocket::Violation& violation) override { codec_.break_off(violation, sink_); }
    [[nodiscard]] bool is_paused() const override
    {
        return codec_.has_input_inside() || codec_.broken_ || sink_.is_paused();
    }

private:
    FramedCodec& codec_;
    websocket::MessageSink& sink_;
};

std::size_t FramedCodec::decode(std::span<std::byte> input, websocket::MessageSink& sink)
{
    if (broken_)
        return input.size();
    budget_ = messages_a_call;
    if (has_input_inside()) {
        hand_over({0, 1}, sink);
        if (has_input_inside() || sink.is_paused())
            return 0;
    }
    Unwrapping unwrapping(*this, sink);
    const std::size_t taken = input.empty() ? 0 : inner_->decode(input, unwrapping);
    return broken_ ? input.size() : taken;
}

void FramedCodec::take_array(std::string_view text, const websocket::WireFacts& facts, websocket::MessageSink& sink)
{
    ByteBuffer records;
    const ReadBody read = read_messages(text, records, BodyForm::array_or_string);
    if (read.error) {
        break_off(broken_frame, sink);
        return;
    }
    if (read.messages == 0)
        return;
    array_ = {std::move(records), 0, facts.compressed, 0, 0};
    array_.payload = array_.records.size() - read.messages * record_head;
    hand_over(facts, sink);
}

void FramedCodec::hand_over(websocket::WireFacts facts, websocket::MessageSink& sink)
{
    do {
        const auto records = std::as_const(array_.records).view();
        const std::size_t size = record_size(records);
        const auto text = records.subspan(record_head, size);
        facts.compressed = array_.share_of(size);
        if (sink.wants_fragments())
            sink.on_fragment(MessageKind::text, text, true, true, facts);
        else
            sink.on_message(MessageKind::text, text, facts);
        array_.records.consume(record_head + size);
        facts = {0, 1};
        budget_ -= budget_ > 0 ? 1 : 0;
    } while (has_input_inside() && budget_ > 0 && !sink.is_paused());
    if (!has_input_inside())
        array_ = {};
}

} // namespace

std::unique_ptr<websocket::MessageCodec> make_framed_codec(
    std::unique_ptr<websocket::MessageCodec> inner, milliseconds heartbeat)
{
    return std::make_unique<FramedCodec>(std::move(inner), heartbeat);
}

} // namespace jackfield::fallback
