#include "session/shared_message.h"

#include "base/byte_buffer.h"

#include <algorithm>

namespace jackfield::session {

SharedMessage::Encoded SharedMessage::encoded_for(websocket::MessageCodec& codec)
{
    const std::uint32_t format = codec.wire_format();
    if (format != 0) {
        const auto known = std::ranges::find(encoded_, format, &Encoded::format);
        if (known != encoded_.end())
            return *known;
    }
    ByteBuffer buffer;
    buffer.reserve(payload_.size() + 16U * fragments_);
    Encoded encoded;
    encoded.format = format;
    encoded.compressed = codec.encode_message(buffer, kind_, payload_.view(), fragments_);
    encoded.bytes = SharedBytes(std::as_const(buffer).view());
    if (format != 0)
        encoded_.push_back(encoded);
    return encoded;
}

} // namespace jackfield::session
