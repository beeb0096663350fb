#include "session/shared_message.h"

#include "base/byte_buffer.h"

#include <algorithm>
#include <utility>

namespace jackfield::session {

namespace {

// What `encoded.bytes` holds, frame by frame.
void note_frames(SharedMessage::Encoded& encoded, const websocket::MessageCodec& codec)
{
    encoded.facts.wire = encoded.bytes.size();
    std::uint32_t frames = 0;
    std::span<const std::byte> rest = encoded.bytes.view();
    while (const auto frame = codec.first_frame(rest)) {
        const std::uint64_t size = frame->header_size() + frame->payload_length;
        if (websocket::is_control(static_cast<websocket::Opcode>(frame->opcode()))) {
            encoded.controls.push_back(*frame);
            encoded.facts.wire -= size;
        } else {
            encoded.frames.add(*frame);
            ++frames;
        }
        rest = rest.subspan(static_cast<std::size_t>(size));
    }
    encoded.facts.frames = std::max(frames, std::uint32_t{1});
}

} // namespace

SharedMessage::SharedMessage(
    MessageKind kind, SharedBytes payload, Fragmentation fragments, std::vector<ControlBetween> between)
    : kind_(kind)
    , fragments_(std::move(fragments))
    , payload_(std::move(payload))
    , between_(std::move(between))
{
    std::ranges::stable_sort(between_, {}, &ControlBetween::after);
}

const SharedMessage::Encoded& SharedMessage::encoded_for(websocket::MessageCodec& codec)
{
    const std::uint32_t format = codec.wire_format();
    Encoded* place = nullptr;
    if (first_ && first_->format == format)
        place = &*first_;
    else if (const auto found = std::ranges::find(others_, format, &Encoded::format); found != others_.end())
        place = &*found;
    if (place != nullptr && format != 0)
        return *place;
    std::size_t size = payload_.size() + 16U * fragments_.frames_for(payload_.size());
    for (const ControlBetween& control : between_)
        size += control.payload.size() + 16U;
    // Small messages are many: the memory that they are put together in stays.
    constexpr std::size_t small = 4'096;
    thread_local ByteBuffer kept;
    ByteBuffer fresh;
    ByteBuffer& buffer = size <= small ? kept : fresh;
    buffer.clear();
    buffer.reserve(size <= small ? small : size);
    Encoded encoded;
    encoded.format = format;
    encoded.facts.compressed = codec.encode_message(buffer, kind_, payload_.view(), fragments_, between_);
    encoded.bytes = SharedBytes(std::as_const(buffer).view());
    note_frames(encoded, codec);
    if (place != nullptr)
        return *place = std::move(encoded);
    if (!first_)
        return first_.emplace(std::move(encoded));
    return others_.emplace_back(std::move(encoded));
}

} // namespace jackfield::session
