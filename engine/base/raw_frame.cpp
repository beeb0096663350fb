#include "jackfield/raw_frame.h"

namespace jackfield {

FrameFacts RawFrame::facts() const
{
    FrameFacts facts;
    facts.first_byte = static_cast<std::uint8_t>((fin ? 0x80U : 0U) | (rsv1 ? 0x40U : 0U)
        | (rsv2 ? 0x20U : 0U) | (rsv3 ? 0x10U : 0U) | (opcode & 0x0fU));
    facts.is_masked = masking_key.has_value();
    if (masking_key)
        facts.masking_key = *masking_key;
    facts.payload_length = declared_length.value_or(payload.size());
    facts.length_form = length_form.value_or(facts.payload_length < 126 ? LengthForm::bits7
            : facts.payload_length < 0x10000                            ? LengthForm::bits16
                                                                        : LengthForm::bits64);
    return facts;
}

} // namespace jackfield
