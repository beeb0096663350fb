#include "fallback/session_codec.h"
#include "fallback/framed_codec.h"
#include "fallback/message_records.h"
#include "fallback/sockjs_text.h"
#include "jackfield/shared_bytes.h"
namespace jackfield::fallback {
namespace {
class C final : public websocket::MessageCodec {
public:
    std::size_t decode(std::span<std::byte> in, websocket::MessageSink& sink) override
    {
        part_.append(in);
        while (part_.size() >= record_head) {
            const auto n = record_size(std::as_const(part_).view());
            if (part_.size() < record_head + n) break;
            std::vector<std::byte> m(part_.view().begin() + record_head, part_.view().begin() + record_head + n);
            part_.consume(record_head + n);
            sink.on_message(MessageKind::text, m, {m.size(), 1});
        }
        return in.size();
    }
    std::uint64_t partial_bytes() const override { return part_.size(); }
    bool can_encode(MessageKind k, std::span<const std::byte>) const override { return k == MessageKind::text; }
    std::uint64_t encode_message(ByteBuffer& out, MessageKind, std::span<const std::byte> p, const Fragmentation&, std::span<const ControlBetween>) override
    { append_json_text(out, as_text(p)); out.append(std::string_view("\n")); return 0; }
    bool encode_ping(ByteBuffer&, std::span<const std::byte>) override { return false; }
    bool encode_pong(ByteBuffer&, std::span<const std::byte>) override { return false; }
    void encode_close(ByteBuffer& out, std::optional<std::uint16_t> c, std::string_view r) override
    { append_close_frame(out, c.value_or(1000), r); out.append(std::string_view("\n")); }
    bool has_control_frames() const override { return false; }
    bool has_closing_handshake() const override { return false; }
    bool has_close_frame() const override { return true; }
    void encode_open(ByteBuffer& out) override { out.append(std::string_view("o\n")); }
    void set_limits(const websocket::CodecLimits&) override { }
private:
    ByteBuffer part_;
};
}
std::unique_ptr<websocket::MessageCodec> make_session_codec(milliseconds, websocket::CodecLimits) { return std::make_unique<C>(); }
std::unique_ptr<websocket::MessageCodec> make_framed_codec(std::unique_ptr<websocket::MessageCodec> inner, milliseconds) { return inner; }
}
