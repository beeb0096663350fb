#pragma once
#include "websocket/message_codec.h"
#include "jackfield/time.h"
#include <memory>
namespace jackfield::fallback {
std::unique_ptr<websocket::MessageCodec> make_session_codec(milliseconds heartbeat, websocket::CodecLimits limits);
}
