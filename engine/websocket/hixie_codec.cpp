#include "websocket/hixie_codec.h"

#include "base/utf8.h"

#include "jackfield/close_code.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>
#include <vector>

namespace jackfield::websocket {

namespace {

constexpr std::uint32_t text_between_marks = 2; // the wire format of both drafts
constexpr std::byte text_type{0x00};
constexpr std::byte closing_type{0xff};
constexpr std::byte text_end{0xff};
constexpr std::uint8_t max_length_octets = 9; // 63 bits
constexpr std::size_t first_text_growth = 256;

constexpr Violation too_big{
    close_message_too_big, CloseCause::message_too_big, "a message is larger than the limit"};
constexpr Violation skipped_too_big{
    close_message_too_big, CloseCause::message_too_big, "a frame to be skipped is larger than the limit"};
constexpr Violation endless_length{
    close_protocol_error, CloseCause::protocol_violation, "a frame's length has more than 63 bits"};
constexpr Violation not_utf8{
    close_invalid_payload, CloseCause::invalid_utf8, "a text message is not valid UTF-8"};

/// How many bytes of `input` stand before the first 0xFF; all when there is none.
std::size_t length_of_text(std::span<const std::byte> input)
{
    const void* const mark
        = input.empty() ? nullptr : std::memchr(input.data(), std::to_integer<int>(text_end), input.size());
    return mark == nullptr ? input.size()
                           : static_cast<std::size_t>(static_cast<const std::byte*>(mark) - input.data());
}

} // namespace

struct HixieCodec::Partial {
    Utf8Validator utf8;
    std::uint64_t size = 0; // bytes of the text so far
    bool in_fragments = false; // the sink takes the parts as they come
    bool has_begun = false; // the sink has had a part
    std::vector<std::byte> data;
};

HixieCodec::HixieCodec(const CodecLimits& limits, Closing closing)
    : limits_(limits)
    , closing_(closing)
{ }

HixieCodec::~HixieCodec() = default;

std::size_t HixieCodec::decode(std::span<std::byte> input, MessageSink& sink)
{
    std::size_t taken = 0;
    while (taken < input.size() && !ended_) {
        const std::span<const std::byte> rest = input.subspan(taken);
        Step step;
        switch (reading_) {
        case Reading::type:
            step = take_type(rest, sink);
            break;
        case Reading::text:
            step = take_text(rest, sink);
            break;
        case Reading::skipped_text:
            step = take_skipped_text(rest, sink);
            break;
        case Reading::length:
            step = take_length(rest, sink);
            break;
        case Reading::skipped_bytes:
            step = take_skipped_bytes(rest);
            break;
        }
        taken += step.taken;
        if (step.told_sink && sink.is_paused())
            break;
    }
    if (ended_)
        partial_.reset();
    return ended_ ? input.size() : taken;
}

std::uint64_t HixieCodec::partial_bytes() const
{
    return partial_ ? sizeof(Partial) + partial_->data.capacity() : 0;
}

HixieCodec::Step HixieCodec::take_type(std::span<const std::byte> input, MessageSink& sink)
{
    const std::byte type = input[0];
    count_ = 0;
    max_text_ = limits_.max_message;
    if ((type & std::byte{0x80}) != std::byte{}) {
        reading_ = Reading::length;
        length_octets_ = 0;
        may_close_ = type == closing_type && has_closing_handshake();
        return {1, false};
    }
    if (type != text_type) {
        reading_ = Reading::skipped_text;
        return {1, false};
    }
    const bool as_fragments = sink.wants_fragments();
    const auto rest = input.subspan(1);
    const std::size_t size = length_of_text(rest);
    if (!as_fragments && size < rest.size() && size <= max_text_) {
        const auto text = rest.first(size);
        if (!is_valid_utf8(text))
            return violate(not_utf8, 1 + size, sink);
        sink.on_message(MessageKind::text, text, {size + 2, 1});
        return {size + 2, true};
    }
    partial_ = std::make_unique<Partial>();
    partial_->in_fragments = as_fragments;
    reading_ = Reading::text;
    return {1, false};
}

HixieCodec::Step HixieCodec::take_text(std::span<const std::byte> input, MessageSink& sink)
{
    Partial& message = *partial_;
    const std::size_t size = length_of_text(input);
    const bool is_last = size < input.size();
    const auto part
        = input.first(static_cast<std::size_t>(std::min<std::uint64_t>(size, max_text_ - message.size)));
    if (!message.utf8.feed(part))
        return violate(not_utf8, part.size(), sink);
    if (part.size() < size)
        return violate(too_big, part.size(), sink);
    if (is_last && !message.utf8.is_complete())
        return violate(not_utf8, size, sink);
    message.size += size;
    const std::size_t taken = size + (is_last ? 1 : 0);
    const WireFacts facts{message.size + 1 + (is_last ? 1 : 0), 1};
    if (message.in_fragments) {
        const bool is_first = !std::exchange(message.has_begun, true);
        if (is_last) {
            partial_.reset();
            reading_ = Reading::type;
        }
        sink.on_fragment(MessageKind::text, part, is_first, is_last, facts);
        return {taken, true};
    }
    const std::size_t needed = message.data.size() + size;
    if (needed > message.data.capacity())
        message.data.reserve(
            is_last ? needed : std::max({needed, message.data.capacity() * 2, first_text_growth}));
    message.data.insert(message.data.end(), part.begin(), part.end());
    if (!is_last)
        return {taken, false};
    const auto whole = std::exchange(partial_, nullptr);
    reading_ = Reading::type;
    sink.on_message(MessageKind::text, whole->data, facts);
    return {taken, true};
}

HixieCodec::Step HixieCodec::take_skipped_text(std::span<const std::byte> input, MessageSink& sink)
{
    const std::size_t size = length_of_text(input);
    if (size > max_text_ - count_)
        return violate(skipped_too_big, size, sink);
    count_ += size;
    if (size == input.size())
        return {size, false};
    reading_ = Reading::type;
    return {size + 1, false};
}

HixieCodec::Step HixieCodec::take_length(std::span<const std::byte> input, MessageSink& sink)
{
    const auto octet = std::to_integer<unsigned>(input[0]);
    const bool has_more = (octet & 0x80U) != 0;
    ++length_octets_;
    count_ = count_ << 7U | (octet & 0x7fU);
    if (count_ > max_text_)
        return violate(skipped_too_big, 1, sink);
    if (has_more)
        return length_octets_ == max_length_octets ? violate(endless_length, 1, sink) : Step{1, false};
    if (count_ != 0) {
        reading_ = Reading::skipped_bytes;
        return {1, false};
    }
    reading_ = Reading::type;
    if (!may_close_)
        return {1, false};
    ended_ = true;
    sink.on_close(std::nullopt, {}, {std::uint64_t{1} + length_octets_, 1});
    return {1, true};
}

HixieCodec::Step HixieCodec::take_skipped_bytes(std::span<const std::byte> input)
{
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(input.size(), count_));
    count_ -= size;
    if (count_ == 0)
        reading_ = Reading::type;
    return {size, false};
}

HixieCodec::Step HixieCodec::violate(const Violation& violation, std::size_t taken, MessageSink& sink)
{
    ended_ = true;
    sink.on_violation(violation);
    return {taken, true};
}

bool HixieCodec::can_encode(MessageKind kind, std::span<const std::byte> payload) const
{
    return kind == MessageKind::text && length_of_text(payload) == payload.size();
}

std::uint64_t HixieCodec::encode_message(ByteBuffer& out, MessageKind kind,
    std::span<const std::byte> payload, const Fragmentation& /*fragments*/,
    std::span<const ControlBetween> between)
{
    assert(can_encode(kind, payload) && between.empty());
    static_cast<void>(kind);
    static_cast<void>(between);
    out.append(text_type);
    out.append(payload);
    out.append(text_end);
    return 0;
}

bool HixieCodec::encode_ping(ByteBuffer&, std::span<const std::byte>)
{
    return false;
}

bool HixieCodec::encode_pong(ByteBuffer&, std::span<const std::byte>)
{
    return false;
}

void HixieCodec::encode_close(ByteBuffer& out, std::optional<std::uint16_t>, std::string_view)
{
    if (!has_closing_handshake())
        return;
    out.append(closing_type);
    out.append(std::byte{0});
}

std::uint32_t HixieCodec::wire_format() const
{
    return text_between_marks;
}

} // namespace jackfield::websocket
