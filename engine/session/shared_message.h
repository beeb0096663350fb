#pragma once

#include "websocket/message_codec.h"

#include "jackfield/connection.h"
#include "jackfield/shared_bytes.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace jackfield::session {

/// A message encoded once per wire format, for sending to many.
class SharedMessage {
public:
    SharedMessage(MessageKind kind, SharedBytes payload, std::uint32_t fragments = 1)
        : kind_(kind)
        , fragments_(fragments)
        , payload_(std::move(payload))
    { }
    [[nodiscard]] MessageKind kind() const { return kind_; }
    [[nodiscard]] std::uint32_t fragments() const { return fragments_; }
    [[nodiscard]] const SharedBytes& payload() const { return payload_; }
    struct Encoded {
        std::uint32_t format = 0;
        SharedBytes bytes;
        std::uint64_t compressed = 0; ///< size of the payload as it was compressed; 0: it was not
    };
    /// The bytes for a codec, encoded on first need for its wire format. Throws std::bad_alloc.
    Encoded encoded_for(websocket::MessageCodec& codec);

private:
    MessageKind kind_;
    std::uint32_t fragments_;
    SharedBytes payload_;
    std::vector<Encoded> encoded_; // one for each wire format so far
};

} // namespace jackfield::session
