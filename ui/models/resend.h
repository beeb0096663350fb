#pragma once

#include "ui/models/message_store.h"

#include "jackfield/command.h"
#include "jackfield/composed_message.h"

namespace jackfield::ui {

/// What a captured message becomes in the composer or in a template: text where it is valid UTF-8 of a text
/// message, binary otherwise; pings and pongs (binary where they are no text) and close frames as what they
/// were; raw bytes as raw bytes, or as binary beyond 64 KiB.
[[nodiscard]] ComposedMessage composedFrom(TrafficType type, const SharedBytes& payload);

/// True for a message that can go out again as it was: its payload is kept, and it is text, binary, a ping or
/// a pong. Anything else is rather edited first.
[[nodiscard]] bool isResendable(const MessageRecord& record);
/// What sends a resendable message again, byte for byte.
[[nodiscard]] Command resendCommand(const MessageRecord& record, Target target);

} // namespace jackfield::ui
