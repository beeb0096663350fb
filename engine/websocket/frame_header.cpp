#include "websocket/frame_header.h"

#include <cstring>

namespace jackfield::websocket {

std::size_t FrameHeaderView::length_end() const
{
    switch (length_field()) {
    case 126:
        return 4;
    case 127:
        return 10;
    default:
        return 2;
    }
}

std::uint64_t FrameHeaderView::payload_length() const
{
    if (length_field() < 126)
        return length_field();
    std::uint64_t length = 0;
    for (std::size_t i = 2; i < length_end(); ++i)
        length = length << 8U | at(i);
    return length;
}

bool FrameHeaderView::is_longer_than_needed() const
{
    return (length_field() == 126 && payload_length() < 126)
        || (length_field() == 127 && payload_length() < 0x10000);
}

FrameHeader FrameHeaderView::header() const
{
    FrameHeader header{fin(), rsv(), opcode(), std::nullopt, payload_length()};
    if (is_masked()) {
        const std::size_t key = length_end();
        header.masking_key = MaskingKey{bytes_[key], bytes_[key + 1], bytes_[key + 2], bytes_[key + 3]};
    }
    return header;
}

FrameFacts FrameHeaderView::facts() const
{
    FrameFacts facts;
    facts.payload_length = payload_length();
    facts.first_byte = at(0);
    facts.is_masked = is_masked();
    facts.length_form = length_field() < 126 ? LengthForm::bits7
        : length_field() == 126              ? LengthForm::bits16
                                             : LengthForm::bits64;
    if (facts.is_masked) {
        std::memcpy(facts.masking_key.data(), &bytes_[length_end()], facts.masking_key.size());
    }
    return facts;
}

EncodedFrameHeader encode(const FrameHeader& header)
{
    EncodedFrameHeader encoded;
    const auto put = [&encoded](std::uint64_t value) {
        encoded.storage[encoded.size++] = static_cast<std::byte>(value);
    };
    const auto put_length = [&](int bytes) {
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
            put(header.payload_length >> static_cast<unsigned>(shift) & 0xffU);
    };
    put((header.fin ? 0x80U : 0U) | static_cast<unsigned>(header.rsv & 0x7U) << 4U
        | static_cast<unsigned>(header.opcode));
    const unsigned mask_bit = header.masking_key ? 0x80U : 0U;
    if (header.payload_length < 126) {
        put(mask_bit | header.payload_length);
    } else if (header.payload_length < 0x10000) {
        put(mask_bit | 126U);
        put_length(2);
    } else {
        put(mask_bit | 127U);
        put_length(8);
    }
    if (header.masking_key) {
        for (const std::byte b : *header.masking_key)
            encoded.storage[encoded.size++] = b;
    }
    return encoded;
}

} // namespace jackfield::websocket
