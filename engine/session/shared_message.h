#pragma once

#include "websocket/frame_header.h"
#include "websocket/frame_log.h"
#include "websocket/message_codec.h"

#include "jackfield/connection.h"
#include "jackfield/fragmentation.h"
#include "jackfield/shared_bytes.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace jackfield::session {

/// A message encoded once per wire format, for sending to many.
class SharedMessage {
public:
    /// `between` in any order; those after the same frame keep theirs.
    SharedMessage(MessageKind kind, SharedBytes payload, Fragmentation fragments = {},
        std::vector<ControlBetween> between = {});
    [[nodiscard]] MessageKind kind() const { return kind_; }
    [[nodiscard]] const SharedBytes& payload() const { return payload_; }
    /// Sorted by their places.
    [[nodiscard]] std::span<const ControlBetween> between() const { return between_; }

    struct Encoded {
        std::uint32_t format = 0;
        SharedBytes bytes;
        websocket::WireFacts facts; ///< of the message, without its frame facts
        websocket::FrameLog frames;
        std::vector<FrameFacts> controls; ///< one for each of `between`
    };
    /// The bytes for a codec, encoded on first need for its wire format; they live until the next call.
    /// Throws std::bad_alloc.
    const Encoded& encoded_for(websocket::MessageCodec& codec);

private:
    MessageKind kind_;
    Fragmentation fragments_;
    SharedBytes payload_;
    std::vector<ControlBetween> between_;
    // One for each wire format so far; that of format 0 is always a new one. Most need no second one.
    std::optional<Encoded> first_;
    std::vector<Encoded> others_;
};

} // namespace jackfield::session
