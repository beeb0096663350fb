#include "websocket/raw_frame.h"

#include "websocket/masking.h"

#include <algorithm>

namespace jackfield::websocket {

void append_raw(ByteBuffer& out, const RawFrame& frame)
{
    const FrameFacts facts = frame.facts();
    const auto put = [&out](std::uint64_t value) { out.append(static_cast<std::byte>(value & 0xffU)); };
    const auto put_length = [&](unsigned bytes) {
        for (unsigned left = bytes; left > 0; --left)
            put(facts.payload_length >> (left - 1) * 8);
    };
    const unsigned mask_bit = facts.is_masked ? 0x80U : 0U;
    put(facts.first_byte);
    switch (facts.length_form) {
    case LengthForm::bits7:
        put(mask_bit | facts.payload_length);
        break;
    case LengthForm::bits16:
        put(mask_bit | 126U);
        put_length(2);
        break;
    case LengthForm::bits64:
        put(mask_bit | 127U);
        put_length(8);
        break;
    }
    if (!facts.is_masked) {
        out.append(frame.payload.view());
        return;
    }
    out.append(facts.masking_key);
    const auto space = out.append_space(frame.payload.size());
    std::ranges::copy(frame.payload.view(), space.begin());
    MaskingKey key = facts.masking_key;
    apply_mask(space, key);
}

} // namespace jackfield::websocket
