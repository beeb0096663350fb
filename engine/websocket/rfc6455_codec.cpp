#include "websocket/rfc6455_codec.h"

#include "base/buffer_pool.h"
#include "base/utf8.h"
#include "websocket/frame_log.h"

#include "jackfield/close_code.h"
#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>
#include <vector>

namespace jackfield::websocket {

namespace {

constexpr std::size_t first_growth = 256;
constexpr std::size_t short_header = 6; // with a masking key
constexpr std::size_t longest_short_payload = 125;

Violation protocol_violation(std::string_view what)
{
    return {close_protocol_error, CloseCause::protocol_violation, what};
}

Violation invalid_utf8(std::string_view what)
{
    return {close_invalid_payload, CloseCause::invalid_utf8, what};
}

Violation invalid_deflate(std::string_view what)
{
    return {close_invalid_payload, CloseCause::invalid_deflate, what};
}

/// Grows at most to the double and, where the end of the message is known, not beyond it.
void append(
    std::vector<std::byte>& data, std::span<const std::byte> part, std::optional<std::uint64_t> still_to_come)
{
    const std::size_t needed = data.size() + part.size();
    if (needed > data.capacity()) {
        std::size_t target = std::max({needed, data.capacity() * 2, first_growth});
        if (still_to_come && *still_to_come < target - needed)
            target = needed + static_cast<std::size_t>(*still_to_come);
        data.reserve(target);
    }
    data.insert(data.end(), part.begin(), part.end());
}

/// Grows to powers of two, but not beyond `most`, which it will never pass: growing holds two buffers for a
/// moment, and together they are then not larger than the next power.
void append_inflated(std::vector<std::byte>& data, std::span<const std::byte> part, std::uint64_t most)
{
    const std::size_t needed = data.size() + part.size();
    if (needed > data.capacity())
        data.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(std::bit_ceil(needed), most)));
    data.insert(data.end(), part.begin(), part.end());
}

/// Of a frame that is a whole message, or a control frame. Borrows `frame`.
WireFacts whole_frame(const FrameFacts& frame)
{
    return {frame.header_size() + frame.payload_length, 1, 0, {&frame, 1}};
}

/// How long the compressed form of a message of `size` bytes may be: what DEFLATE adds to data that it cannot
/// make smaller, in whatever blocks.
constexpr std::uint64_t most_compressed(std::uint64_t size)
{
    return size + size / 8 + 1024;
}

} // namespace

struct Rfc6455Codec::Partial {
    enum class Reading : std::uint8_t { header, control_payload, data_payload };
    Reading reading = Reading::header;

    // The header in progress.
    std::uint8_t header_bytes = 0;
    std::array<std::byte, max_frame_header> header{};

    // The payload in progress.
    bool fin = false;
    Opcode opcode = Opcode::text;
    MaskingKey key{};
    std::uint64_t remaining = 0;

    std::uint8_t control_bytes = 0;
    FrameFacts control_facts;
    std::array<std::byte, max_control_payload> control{};

    // The data message in progress; control frames may stand between its frames.
    bool in_message = false;
    bool in_fragments = false; // the sink takes the parts as they come
    bool has_begun = false; // the sink has had a part
    MessageKind kind = MessageKind::text;
    Utf8Validator utf8;
    std::uint64_t announced = 0; // payload bytes of all its frames so far
    WireFacts facts{0, 0};
    FrameLog frames;
    std::vector<std::byte> data;

    // Of a compressed one.
    bool compressed = false;
    std::uint64_t inflated = 0; // bytes that have come out
    std::uint64_t most = 0; // bytes that may

    [[nodiscard]] bool is_idle() const
    {
        return reading == Reading::header && header_bytes == 0 && !in_message;
    }

    void begin_message(Opcode first, bool as_fragments, bool is_compressed)
    {
        compressed = is_compressed;
        inflated = 0;
        in_message = true;
        in_fragments = as_fragments;
        has_begun = false;
        kind = first == Opcode::text ? MessageKind::text : MessageKind::binary;
        utf8.reset();
        announced = 0;
        facts = {0, 0};
        frames = {};
    }
};

Rfc6455Codec::Rfc6455Codec(const CodecLimits& limits, Dialect dialect)
    : limits_(limits)
    , dialect_(dialect)
{ }

Rfc6455Codec::Rfc6455Codec(const CodecLimits& limits, std::unique_ptr<MessageDeflate> deflate)
    : limits_(limits)
    , deflate_(std::move(deflate))
{ }

Rfc6455Codec::Rfc6455Codec(
    const CodecLimits& limits, MaskingKeySource& keys, std::unique_ptr<MessageDeflate> deflate)
    : limits_(limits)
    , keys_(&keys)
    , deflate_(std::move(deflate))
{ }

Rfc6455Codec::~Rfc6455Codec() = default;

std::size_t Rfc6455Codec::decode(std::span<std::byte> input, MessageSink& sink)
{
    std::size_t taken = 0;
    while (taken < input.size() && !ended_) {
        const auto rest = input.subspan(taken);
        const bool in_payload = partial_ && partial_->reading != Partial::Reading::header;
        const Step step = in_payload ? take_payload(rest, sink) : take_header(rest, sink);
        taken += step.taken;
        if (step.must_wait || (step.told_sink && sink.is_paused()))
            break;
    }
    if (ended_ && deflate_)
        deflate_->abandon_message();
    if (ended_ || (partial_ && partial_->is_idle()))
        partial_.reset();
    return ended_ ? input.size() : taken;
}

std::uint64_t Rfc6455Codec::partial_bytes() const
{
    if (!partial_)
        return 0;
    return sizeof(Partial) + partial_->data.capacity() + partial_->frames.allocated_bytes()
        + (deflate_ ? deflate_->lent_bytes() : 0);
}

Rfc6455Codec::Partial& Rfc6455Codec::partial()
{
    if (!partial_)
        partial_ = std::make_unique<Partial>();
    return *partial_;
}

/// What nearly every frame is that a page sends: a whole short message. Nothing was taken: it is something else.
Rfc6455Codec::Step Rfc6455Codec::take_short_message(std::span<std::byte> input, MessageSink& sink)
{
    if (input.size() < short_header || role() != Role::server)
        return {};
    const auto first = std::to_integer<std::uint8_t>(input[0]);
    const auto second = std::to_integer<std::uint8_t>(input[1]);
    constexpr std::uint8_t whole_text = 0x81, whole_binary = 0x82, masked = 0x80;
    const std::size_t length = second - masked;
    if ((first != whole_text && first != whole_binary) || second < masked || length > longest_short_payload
        || length > input.size() - short_header || length > limits_.max_message || limits_.max_fragments == 0
        || sink.wants_fragments())
        return {};
    FrameFacts facts;
    facts.payload_length = length;
    facts.first_byte = first;
    facts.is_masked = true;
    facts.length_form = LengthForm::bits7;
    MaskingKey key{input[2], input[3], input[4], input[5]};
    facts.masking_key = {key[0], key[1], key[2], key[3]};
    Step step = hand_over_whole(first == whole_text ? MessageKind::text : MessageKind::binary,
        input.subspan(short_header, length), key, facts, sink);
    step.taken += short_header;
    return step;
}

Rfc6455Codec::Step Rfc6455Codec::hand_over_whole(
    MessageKind kind, std::span<std::byte> payload, MaskingKey key, const FrameFacts& facts, MessageSink& sink)
{
    if (kind == MessageKind::text) {
        Utf8Validator utf8;
        if (!unmask_text(payload, key, utf8) || !utf8.is_complete())
            return violate(invalid_utf8("a text message is not valid UTF-8"), payload.size(), sink);
    } else {
        apply_mask(payload, key);
    }
    sink.on_message(kind, payload, whole_frame(facts));
    return {payload.size(), true};
}

Rfc6455Codec::Step Rfc6455Codec::take_header(std::span<std::byte> input, MessageSink& sink)
{
    if (!partial_) {
        if (const Step step = take_short_message(input, sink); step.taken > 0)
            return step;
    }
    const std::size_t held = partial_ ? partial_->header_bytes : 0;
    const std::size_t added = std::min(input.size(), max_frame_header - held);
    std::span<const std::byte> bytes = input.first(added);
    if (held != 0) {
        std::copy_n(input.begin(), added, partial_->header.begin() + static_cast<std::ptrdiff_t>(held));
        bytes = std::span(partial_->header).first(held + added);
    }
    const FrameHeaderView view(bytes);
    if (const auto violation = judge(view))
        return violate(*violation, added, sink);
    if (!view.is_whole()) {
        Partial& waiting = partial();
        if (held == 0)
            std::copy_n(input.begin(), added, waiting.header.begin());
        waiting.header_bytes = static_cast<std::uint8_t>(held + added);
        return {added, false};
    }
    const FrameHeader header = view.header();
    const std::size_t taken = view.size() - held;
    if (partial_)
        partial_->header_bytes = 0;
    const auto payload = input.subspan(taken);
    const FrameFacts facts = view.facts();
    Step step = is_control(header.opcode) ? begin_control(header, facts, payload, sink)
                                          : begin_data(header, facts, payload, sink);
    step.taken += taken;
    return step;
}

Rfc6455Codec::Step Rfc6455Codec::begin_control(
    const FrameHeader& header, const FrameFacts& facts, std::span<std::byte> payload, MessageSink& sink)
{
    const auto length = static_cast<std::size_t>(header.payload_length);
    MaskingKey key = header.masking_key.value_or(MaskingKey{});
    if (payload.size() >= length) {
        apply_mask(payload.first(length), key);
        hand_over_control(header.opcode, payload.first(length), whole_frame(facts), sink);
        return {length, true};
    }
    Partial& waiting = partial();
    waiting.reading = Partial::Reading::control_payload;
    waiting.opcode = header.opcode;
    waiting.key = key;
    waiting.remaining = length;
    waiting.control_bytes = 0;
    waiting.control_facts = facts;
    return {};
}

Rfc6455Codec::Step Rfc6455Codec::begin_data(
    const FrameHeader& header, const FrameFacts& facts, std::span<std::byte> payload, MessageSink& sink)
{
    const bool opens = !(partial_ && partial_->in_message);
    const bool as_fragments = opens && sink.wants_fragments();
    const bool is_compressed = header.rsv == rsv1; // judged: only where it may stand
    MaskingKey key = header.masking_key.value_or(MaskingKey{});
    if (opens && header.fin && !as_fragments && !is_compressed && header.payload_length <= payload.size()) {
        return hand_over_whole(header.opcode == Opcode::text ? MessageKind::text : MessageKind::binary,
            payload.first(static_cast<std::size_t>(header.payload_length)), key, facts, sink);
    }
    Partial& message = partial();
    if (opens)
        message.begin_message(header.opcode, as_fragments, is_compressed);
    message.most = limits_.max_message;
    message.reading = Partial::Reading::data_payload;
    message.fin = header.fin;
    message.key = key;
    message.remaining = header.payload_length;
    message.announced += header.payload_length;
    message.facts.wire += facts.header_size();
    ++message.facts.frames;
    message.frames.add(facts);
    return message.remaining == 0 ? take_data_payload({}, sink) : Step{};
}

Rfc6455Codec::Step Rfc6455Codec::take_payload(std::span<std::byte> input, MessageSink& sink)
{
    const auto part
        = input.first(static_cast<std::size_t>(std::min<std::uint64_t>(input.size(), partial_->remaining)));
    return partial_->reading == Partial::Reading::control_payload ? take_control_payload(part, sink)
                                                                  : take_data_payload(part, sink);
}

Rfc6455Codec::Step Rfc6455Codec::take_control_payload(std::span<std::byte> part, MessageSink& sink)
{
    Partial& frame = *partial_;
    apply_mask(part, frame.key);
    std::copy(part.begin(), part.end(), frame.control.begin() + frame.control_bytes);
    frame.control_bytes = static_cast<std::uint8_t>(frame.control_bytes + part.size());
    frame.remaining -= part.size();
    if (frame.remaining != 0)
        return {part.size(), false};
    frame.reading = Partial::Reading::header;
    const auto payload = std::span(frame.control).first(frame.control_bytes);
    hand_over_control(frame.opcode, payload, whole_frame(frame.control_facts), sink);
    return {part.size(), true};
}

Rfc6455Codec::Step Rfc6455Codec::take_data_payload(std::span<std::byte> part, MessageSink& sink)
{
    Partial& message = *partial_;
    if (message.compressed)
        return take_compressed_payload(part, sink);
    message.remaining -= part.size();
    message.facts.wire += part.size();
    const bool is_last = message.fin && message.remaining == 0;
    if (message.kind == MessageKind::text) {
        if (!unmask_text(part, message.key, message.utf8) || (is_last && !message.utf8.is_complete()))
            return violate(invalid_utf8("a text message is not valid UTF-8"), part.size(), sink);
    } else {
        apply_mask(part, message.key);
    }
    if (!message.in_fragments) {
        const std::uint64_t whole = part.size() + message.remaining;
        if (message.data.capacity() == 0 && message.fin && whole >= BufferPool::least)
            message.data = sink.lend_buffer(static_cast<std::size_t>(whole));
        append(message.data, part, message.fin ? std::optional(message.remaining) : std::nullopt);
        return message.remaining == 0 ? end_data_frame(part.size(), sink) : Step{part.size(), false};
    }
    return hand_over_part(part, part.size(), is_last, sink);
}

Rfc6455Codec::Step Rfc6455Codec::take_compressed_payload(std::span<std::byte> part, MessageSink& sink)
{
    Partial& message = *partial_;
    if (!part.empty()) {
        if (!deflate_->may_inflate())
            return {0, false, true};
        part = part.first(std::min(part.size(), deflate_->piece_size()));
        apply_mask(part, message.key);
        message.remaining -= part.size();
        message.facts.wire += part.size();
        message.facts.compressed += part.size();
        deflate_->feed(part);
        if (const auto violation = inflate_what_was_fed())
            return violate(*violation, part.size(), sink);
    }
    const bool is_last = message.fin && message.remaining == 0;
    if (is_last) {
        if (const auto violation = end_compressed_message())
            return violate(*violation, part.size(), sink);
    }
    if (!message.in_fragments)
        return message.remaining == 0 ? end_data_frame(part.size(), sink) : Step{part.size(), false};
    std::vector<std::byte> data = std::exchange(message.data, {});
    const Step step = hand_over_part(data, part.size(), is_last, sink);
    deflate_->pool().give_back(std::move(data));
    return step;
}

std::optional<Violation> Rfc6455Codec::inflate_what_was_fed()
{
    Partial& message = *partial_;
    if (message.data.capacity() == 0)
        message.data = deflate_->pool().take_buffer();
    for (;;) {
        const std::uint64_t room = message.most - std::min(message.most, message.inflated);
        const auto [bytes, status] = deflate_->inflate(room + 1);
        // What is within the limit is judged first: a text may be wrong before it is too long.
        const auto taken = bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), room)));
        if (message.kind == MessageKind::text && !message.utf8.feed(taken))
            return invalid_utf8("a compressed text message is not valid UTF-8");
        if (taken.size() < bytes.size())
            return Violation{close_message_too_big, CloseCause::message_too_big,
                "a compressed message is larger than the limit"};
        if (status == Inflater::Status::invalid)
            return invalid_deflate("a compressed message is no valid DEFLATE data");
        append_inflated(message.data, taken, message.most);
        message.inflated += taken.size();
        if (status == Inflater::Status::hungry)
            return std::nullopt;
    }
}

std::optional<Violation> Rfc6455Codec::end_compressed_message()
{
    deflate_->feed_message_end();
    if (const auto violation = inflate_what_was_fed())
        return violation;
    if (!deflate_->finish_message())
        return invalid_deflate("a compressed message is cut short");
    if (partial_->kind == MessageKind::text && !partial_->utf8.is_complete())
        return invalid_utf8("a compressed text message is not valid UTF-8");
    return std::nullopt;
}

Rfc6455Codec::Step Rfc6455Codec::hand_over_part(
    std::span<const std::byte> part, std::size_t taken, bool is_last, MessageSink& sink)
{
    Partial& message = *partial_;
    if (message.remaining == 0)
        message.reading = Partial::Reading::header;
    if (is_last)
        message.in_message = false;
    if (part.empty() && !is_last)
        return {taken, false};
    const bool is_first = !std::exchange(message.has_begun, true);
    const FrameLog frames = is_last ? std::exchange(message.frames, {}) : FrameLog();
    WireFacts facts = message.facts;
    facts.frame_facts = frames.view();
    sink.on_fragment(message.kind, part, is_first, is_last, facts);
    return {taken, true};
}

Rfc6455Codec::Step Rfc6455Codec::end_data_frame(std::size_t taken, MessageSink& sink)
{
    Partial& message = *partial_;
    message.reading = Partial::Reading::header;
    if (!message.fin)
        return {taken, false};
    message.in_message = false;
    std::vector<std::byte> data = std::exchange(message.data, {});
    const FrameLog frames = std::exchange(message.frames, {});
    WireFacts facts = message.facts;
    facts.frame_facts = frames.view();
    sink.on_message(message.kind, data, facts);
    if (message.compressed)
        deflate_->pool().give_back(std::move(data));
    else
        sink.give_back_buffer(std::move(data));
    return {taken, true};
}

void Rfc6455Codec::hand_over_control(
    Opcode opcode, std::span<const std::byte> payload, const WireFacts& facts, MessageSink& sink)
{
    if (opcode == Opcode::ping)
        sink.on_ping(payload, facts);
    else if (opcode == Opcode::pong)
        sink.on_pong(payload, facts);
    else
        hand_over_close(payload, facts, sink);
}

void Rfc6455Codec::hand_over_close(
    std::span<const std::byte> payload, const WireFacts& facts, MessageSink& sink)
{
    ended_ = true;
    if (payload.empty()) {
        sink.on_close(std::nullopt, {}, facts);
        return;
    }
    const auto code = static_cast<std::uint16_t>(
        std::to_integer<unsigned>(payload[0]) << 8U | std::to_integer<unsigned>(payload[1]));
    const auto reason = payload.subspan(2);
    if (!may_be_received(dialect_, code))
        sink.on_violation(protocol_violation("a Close frame carries a code that must not be sent"));
    else if (!is_valid_utf8(reason))
        sink.on_violation(invalid_utf8("the reason in a Close frame is not valid UTF-8"));
    else
        sink.on_close(code, as_text(reason), facts);
}

Rfc6455Codec::Step Rfc6455Codec::violate(const Violation& violation, std::size_t taken, MessageSink& sink)
{
    ended_ = true;
    sink.on_violation(violation);
    return {taken, true};
}

std::optional<Violation> Rfc6455Codec::judge(const FrameHeaderView& header) const
{
    if (const auto violation = judge_first_byte(header))
        return violation;
    if (!header.has_length_field())
        return std::nullopt;
    if (role() == Role::server && !header.is_masked())
        return protocol_violation("a frame from the client is not masked");
    if (role() == Role::client && header.is_masked())
        return protocol_violation("a frame from the server is masked");
    if (is_control(header.opcode()) && header.length_field() > max_control_payload)
        return protocol_violation("a control frame is longer than 125 bytes");
    if (header.opcode() == Opcode::close && header.length_field() == 1)
        return protocol_violation("a Close frame holds half a code");
    if (!header.has_length() || is_control(header.opcode()))
        return std::nullopt;
    const std::uint64_t length = header.payload_length();
    if (length >> 63U != 0)
        return protocol_violation("the highest bit of a frame's length is set");
    if (demands_shortest_lengths(dialect_) && header.is_longer_than_needed())
        return protocol_violation("a frame's length is not in its shortest form");
    const bool in_message = partial_ && partial_->in_message;
    const std::uint64_t have = in_message ? partial_->announced : 0;
    const bool is_compressed = in_message ? partial_->compressed : header.rsv() == rsv1;
    const std::uint64_t most = is_compressed ? most_compressed(limits_.max_message) : limits_.max_message;
    if (have > most || length > most - have)
        return Violation{
            close_message_too_big, CloseCause::message_too_big, "a message is larger than the limit"};
    return std::nullopt;
}

std::optional<Violation> Rfc6455Codec::judge_first_byte(const FrameHeaderView& header) const
{
    if (header.rsv() != 0) {
        if (const auto violation = judge_reserved_bits(header))
            return violation;
    }
    const Opcode opcode = header.opcode();
    if (is_reserved(opcode))
        return protocol_violation("a frame has a reserved opcode");
    if (is_control(opcode))
        return header.fin() ? std::nullopt
                            : std::optional(protocol_violation("a control frame is fragmented"));
    const bool in_message = partial_ && partial_->in_message;
    if (!in_message && opcode == Opcode::continuation)
        return protocol_violation("a continuation frame continues nothing");
    if (in_message && opcode != Opcode::continuation)
        return protocol_violation("a message begins before the one under way has ended");
    if ((in_message ? partial_->facts.frames : 0) >= limits_.max_fragments)
        return Violation{
            close_policy_violation, CloseCause::flood, "a message has more fragments than the limit"};
    return std::nullopt;
}

std::optional<Violation> Rfc6455Codec::judge_reserved_bits(const FrameHeaderView& header) const
{
    if (header.rsv() != rsv1 || !deflate_)
        return protocol_violation("a reserved bit of a frame is set that no extension uses");
    if (is_control(header.opcode()))
        return protocol_violation("a control frame is marked as compressed");
    if (header.opcode() == Opcode::continuation)
        return protocol_violation("a frame that continues a message is marked as compressed");
    return std::nullopt;
}

} // namespace jackfield::websocket
