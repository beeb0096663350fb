#include "session/raw_message.h"

#include "base/byte_buffer.h"
#include "websocket/frame_header.h"
#include "websocket/raw_frame.h"

#include <utility>

namespace jackfield::session {

namespace {

TrafficType type_of(std::uint8_t opcode)
{
    switch (static_cast<websocket::Opcode>(opcode)) {
    case websocket::Opcode::continuation:
        return TrafficType::continuation;
    case websocket::Opcode::text:
        return TrafficType::text;
    case websocket::Opcode::binary:
        return TrafficType::binary;
    case websocket::Opcode::close:
        return TrafficType::close;
    case websocket::Opcode::ping:
        return TrafficType::ping;
    case websocket::Opcode::pong:
        return TrafficType::pong;
    }
    return TrafficType::raw;
}

} // namespace

RawMessage::RawMessage(std::vector<RawPiece> pieces, StreamCut cut)
    : cut_(cut)
{
    ByteBuffer buffer;
    parts_.reserve(pieces.size());
    for (RawPiece& piece : pieces) {
        const std::size_t before = buffer.size();
        Part part;
        if (auto* frame = std::get_if<RawFrame>(&piece)) {
            websocket::append_raw(buffer, *frame);
            part.type = type_of(frame->opcode);
            part.frame = frame->facts();
            part.payload = std::move(frame->payload);
        } else {
            part.payload = std::move(std::get<SharedBytes>(piece));
            buffer.append(part.payload.view());
        }
        part.wire = buffer.size() - before;
        parts_.push_back(std::move(part));
    }
    bytes_ = SharedBytes(std::as_const(buffer).view());
}

bool RawMessage::Part::is_proper_ping() const
{
    constexpr std::uint8_t final_ping = 0x89;
    return frame && frame->first_byte == final_ping && !frame->is_masked
        && frame->length_form == LengthForm::bits7 && frame->payload_length == payload.size();
}

} // namespace jackfield::session
