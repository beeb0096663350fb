#include "fallback/session_codec.h"

#include "base/utf8.h"
#include "fallback/message_records.h"
#include "fallback/sockjs_text.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace jackfield::fallback {

namespace {

constexpr std::uint32_t json_lines = 3; // the wire format of all sessions
constexpr websocket::Violation record_too_big{
    close_message_too_big, CloseCause::message_too_big, "a message is larger than the limit"};

class SessionCodec final : public websocket::MessageCodec {
public:
    SessionCodec(milliseconds heartbeat, const websocket::CodecLimits& limits)
        : heartbeat_(heartbeat)
        , max_message_(limits.max_message)
    { }

    std::size_t decode(std::span<std::byte> input, websocket::MessageSink& sink) override
    {
        std::size_t taken = 0;
        while (taken < input.size() && !ended_) {
            const Step step = partial_.empty() ? take_record(input.subspan(taken), sink)
                                               : collect(input.subspan(taken), sink);
            taken += step.taken;
            if (step.told_sink && sink.is_paused())
                break;
        }
        if (ended_)
            partial_.release();
        return ended_ ? input.size() : taken;
    }
    [[nodiscard]] std::uint64_t partial_bytes() const override { return partial_.capacity(); }

    [[nodiscard]] bool can_encode(MessageKind kind, std::span<const std::byte> payload) const override
    {
        return kind == MessageKind::text && is_valid_utf8(payload);
    }
    std::uint64_t encode_message(ByteBuffer& out, MessageKind kind, std::span<const std::byte> payload,
        const Fragmentation& /*fragments*/, std::span<const ControlBetween> between) override
    {
        assert(kind == MessageKind::text && between.empty());
        static_cast<void>(kind);
        static_cast<void>(between);
        append_json_text(out, as_text(payload));
        out.append(std::byte{'\n'});
        return 0;
    }
    bool encode_ping(ByteBuffer&, std::span<const std::byte>) override { return false; }
    bool encode_pong(ByteBuffer&, std::span<const std::byte>) override { return false; }
    void encode_close(ByteBuffer& out, std::optional<std::uint16_t> code, std::string_view reason) override
    {
        append_close_frame(out, code.value_or(close_no_code), reason);
        out.append(std::byte{'\n'});
    }
    void encode_open(ByteBuffer& out) override { out.append(std::string_view("o\n")); }
    bool encode_heartbeat(ByteBuffer& out) override
    {
        out.append(std::string_view("h\n"));
        return true;
    }
    [[nodiscard]] milliseconds heartbeat() const override { return heartbeat_; }

    [[nodiscard]] bool has_control_frames() const override { return false; }
    [[nodiscard]] bool has_closing_handshake() const override { return false; }
    [[nodiscard]] bool has_close_frame() const override { return true; }
    [[nodiscard]] websocket::LostCarrier code_when_lost() const override
    {
        return {close_protocol_error, "Connection interrupted"};
    }
    [[nodiscard]] bool carries_raw_frames() const override { return false; }
    [[nodiscard]] std::uint32_t wire_format() const override { return json_lines; }
    void set_limits(const websocket::CodecLimits& limits) override { max_message_ = limits.max_message; }

private:
    struct Step {
        std::size_t taken = 0;
        bool told_sink = false;
    };

    /// A record that is whole, as a view of the input.
    Step take_record(std::span<const std::byte> input, websocket::MessageSink& sink)
    {
        if (input.size() < record_head)
            return collect(input, sink);
        const std::size_t size = record_size(input);
        if (size > max_message_)
            return violate(input.size(), sink);
        if (input.size() - record_head < size)
            return collect(input, sink);
        tell(input.subspan(record_head, size), sink);
        return {record_head + size, true};
    }
    /// The next part of one that is not.
    Step collect(std::span<const std::byte> input, websocket::MessageSink& sink)
    {
        const auto missing = [this] {
            const auto have = std::as_const(partial_).view();
            const std::size_t whole = have.size() < record_head ? record_head : record_head + record_size(have);
            return whole - have.size();
        };
        const auto head = input.first(
            std::min(input.size(), partial_.size() < record_head ? record_head - partial_.size() : 0));
        partial_.append(head);
        if (partial_.size() < record_head)
            return {head.size(), false};
        if (record_size(std::as_const(partial_).view()) > max_message_)
            return violate(input.size(), sink);
        const auto text = input.subspan(head.size());
        const auto part = text.first(std::min(text.size(), missing()));
        partial_.append(part);
        const Step step{head.size() + part.size(), missing() == 0};
        if (step.told_sink) {
            const ByteBuffer whole = std::exchange(partial_, {});
            tell(whole.view().subspan(record_head), sink);
        }
        return step;
    }
    static void tell(std::span<const std::byte> text, websocket::MessageSink& sink)
    {
        const websocket::WireFacts facts{text.size()};
        if (sink.wants_fragments())
            sink.on_fragment(MessageKind::text, text, true, true, facts);
        else
            sink.on_message(MessageKind::text, text, facts);
    }
    Step violate(std::size_t taken, websocket::MessageSink& sink)
    {
        ended_ = true;
        sink.on_violation(record_too_big);
        return {taken, true};
    }

    milliseconds heartbeat_;
    std::uint64_t max_message_;
    ByteBuffer partial_; // a record that has not arrived whole
    bool ended_ = false;
};

} // namespace

std::unique_ptr<websocket::MessageCodec> make_session_codec(
    milliseconds heartbeat, const websocket::CodecLimits& limits)
{
    return std::make_unique<SessionCodec>(heartbeat, limits);
}

} // namespace jackfield::fallback
