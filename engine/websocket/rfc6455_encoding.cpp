#include "websocket/fragment_cutter.h"
#include "websocket/rfc6455_codec.h"

#include "jackfield/close_code.h"
#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>
#include <vector>

namespace jackfield::websocket {

namespace {

constexpr std::uint32_t unmasked_plain_frames = 1; // the wire format of every server without extensions
constexpr std::size_t short_payload = 125; // whose length stands in the second byte

} // namespace

std::uint64_t Rfc6455Codec::encode_message(ByteBuffer& out, MessageKind kind,
    std::span<const std::byte> payload, const Fragmentation& fragments,
    std::span<const ControlBetween> between)
{
    std::uint64_t compressed_size = 0;
    if (deflate_) {
        std::vector<std::byte> compressed = deflate_->pool().take_buffer();
        if (deflate_->compress(payload, compressed)) {
            compressed_size = compressed.size();
            encode_frames(out, kind, compressed, fragments, between, rsv1);
        }
        deflate_->pool().give_back(std::move(compressed));
    }
    if (compressed_size == 0)
        encode_frames(out, kind, payload, fragments, between, 0);
    return compressed_size;
}

void Rfc6455Codec::encode_frames(ByteBuffer& out, MessageKind kind, std::span<const std::byte> payload,
    const Fragmentation& fragments, std::span<const ControlBetween> between, std::uint8_t rsv)
{
    Opcode opcode = kind == MessageKind::text ? Opcode::text : Opcode::binary;
    if (&fragments == &one_frame && between.empty()) {
        encode_frame(out, true, opcode, payload, rsv);
        return;
    }
    FragmentCutter cutter(fragments, payload.size());
    for (std::uint64_t done = 0; !cutter.is_done(); ++done) {
        const std::size_t size = cutter.next();
        while (!between.empty() && (cutter.is_done() || between.front().after <= done)) {
            const ControlBetween& control = between.front();
            encode_frame(out, true, control.kind == ControlBetween::Kind::ping ? Opcode::ping : Opcode::pong,
                control.payload.view());
            between = between.subspan(1);
        }
        encode_frame(out, cutter.is_done(), opcode, payload.first(size), rsv);
        payload = payload.subspan(size);
        opcode = Opcode::continuation;
        rsv = 0;
    }
}

std::optional<EncodedFrameHeader> Rfc6455Codec::plain_header(MessageKind kind, std::uint64_t payload) const
{
    if (deflate_ || role() != Role::server)
        return std::nullopt;
    return encode(FrameHeader{true, 0, kind == MessageKind::text ? Opcode::text : Opcode::binary, std::nullopt, payload});
}

bool Rfc6455Codec::encode_ping(ByteBuffer& out, std::span<const std::byte> payload)
{
    assert(payload.size() <= max_control_payload);
    encode_frame(out, true, Opcode::ping, payload);
    return true;
}

bool Rfc6455Codec::encode_pong(ByteBuffer& out, std::span<const std::byte> payload)
{
    assert(payload.size() <= max_control_payload);
    encode_frame(out, true, Opcode::pong, payload);
    return true;
}

void Rfc6455Codec::encode_close(ByteBuffer& out, std::optional<std::uint16_t> code, std::string_view reason)
{
    std::array<std::byte, max_control_payload> payload{};
    std::size_t size = 0;
    if (code) {
        payload[size++] = static_cast<std::byte>(*code >> 8U);
        payload[size++] = static_cast<std::byte>(*code & 0xffU);
        std::size_t cut = std::min(reason.size(), max_close_reason);
        while (cut < reason.size() && cut > 0 && (static_cast<unsigned char>(reason[cut]) & 0xc0U) == 0x80)
            --cut;
        const auto kept = as_bytes(reason.substr(0, cut));
        std::copy(kept.begin(), kept.end(), payload.begin() + static_cast<std::ptrdiff_t>(size));
        size += cut;
    }
    encode_frame(out, true, Opcode::close, std::span(payload).first(size));
}

std::uint32_t Rfc6455Codec::wire_format() const
{
    if (role() == Role::client)
        return 0;
    return deflate_ ? deflate_->wire_format() : unmasked_plain_frames;
}

void Rfc6455Codec::encode_frame(
    ByteBuffer& out, bool fin, Opcode opcode, std::span<const std::byte> payload, std::uint8_t rsv)
{
    if (payload.size() <= short_payload && role() == Role::server) {
        std::array<std::byte, 2 + short_payload> frame;
        frame[0] = static_cast<std::byte>((fin ? 0x80U : 0U) | static_cast<unsigned>(rsv) << 4U | static_cast<unsigned>(opcode));
        frame[1] = static_cast<std::byte>(payload.size());
        std::copy(payload.begin(), payload.end(), frame.begin() + 2);
        out.append(std::span<const std::byte>(frame).first(2 + payload.size()));
        return;
    }
    FrameHeader header{fin, rsv, opcode, std::nullopt, payload.size()};
    if (role() == Role::client)
        header.masking_key = keys_->next();
    out.append(encode(header).view());
    if (!header.masking_key) {
        out.append(payload);
        return;
    }
    const auto space = out.append_space(payload.size());
    std::copy(payload.begin(), payload.end(), space.begin());
    apply_mask(space, *header.masking_key);
}

} // namespace jackfield::websocket
