#pragma once

#include "websocket/message_codec.h"

#include "jackfield/time.h"

#include <memory>

namespace jackfield::fallback {

/// The codec of a SockJS session over HTTP, between a channel and a stream that makes frames of lines.
///
/// Out: a line a thing, each ending with "\n" and holding no other: a message as a JSON string, `o` first, `h` as a
/// heartbeat, and `c[3000,"Go away!"]` at the end. The stream may gather the lines of several messages in one frame.
/// In: messages as `append_record` writes them, whose UTF-8 was checked (read_messages). `WireFacts::wire` of what
/// comes in is the message's own size: what was around it belonged to a request.
///
/// Only text. No pings: what a person sends as one is a heartbeat, which nobody answers. The close frame has no
/// answer either. A record over `max_message` is a violation.
[[nodiscard]] std::unique_ptr<websocket::MessageCodec> make_session_codec(
    milliseconds heartbeat, const websocket::CodecLimits& limits);

} // namespace jackfield::fallback
