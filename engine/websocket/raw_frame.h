#pragma once

#include "base/byte_buffer.h"

#include "jackfield/raw_frame.h"

namespace jackfield::websocket {

/// Appends a frame exactly as it was composed. Of a frame that `check` takes. Throws std::bad_alloc.
void append_raw(ByteBuffer& out, const RawFrame& frame);

} // namespace jackfield::websocket
