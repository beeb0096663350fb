#pragma once

#include "websocket/message_codec.h"

#include "jackfield/time.h"

#include <memory>

namespace jackfield::fallback {

/// SockJS's own frames within the text messages of a WebSocket, of any version of the protocol (`inner`).
///
/// Out: a message as `a["..."]` in one text message, which `inner` cuts into fragments where that is asked for; `o`
/// first, `h` as a heartbeat; at the end `c[3000,"Go away!"]` in a text message and then `inner`'s Close, but only
/// the latter in answer to the peer's Close and after a violation.
/// In: a text message holds an array of strings or one string, each of which is a message; an empty one means
/// nothing. Binary and anything else break the connection at once. Control frames pass as they are.
///
/// The first message of an array has the array's whole size on the wire and its frames' headers, the others none.
/// What an array took when it was compressed is shared among its messages by their length, at least one byte each.
/// Messages that a paused sink does not take stay inside, and so do those beyond the first thousands of an array
/// until the next `decode` (`has_input_inside`).
[[nodiscard]] std::unique_ptr<websocket::MessageCodec> make_framed_codec(
    std::unique_ptr<websocket::MessageCodec> inner, milliseconds heartbeat);

} // namespace jackfield::fallback
