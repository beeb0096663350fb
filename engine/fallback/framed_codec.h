#pragma once
#include "websocket/message_codec.h"
#include "jackfield/time.h"
#include <memory>
namespace jackfield::fallback {
std::unique_ptr<websocket::MessageCodec> make_framed_codec(std::unique_ptr<websocket::MessageCodec> inner, milliseconds heartbeat);
}
