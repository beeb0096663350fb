#pragma once

#include "base/byte_buffer.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace jackfield::fallback {

/// Messages one behind the other: the length in four bytes, the least first, then the text.
inline constexpr std::size_t record_head = 4;

/// `message` has less than 4 GiB.
inline void append_record(ByteBuffer& out, std::string_view message)
{
    auto size = static_cast<std::uint32_t>(message.size());
    for (std::byte& byte : out.append_space(record_head)) {
        byte = static_cast<std::byte>(size & 0xffU);
        size >>= 8U;
    }
    out.append(message);
}

/// The length that the first `record_head` bytes of `records` tell.
[[nodiscard]] inline std::uint32_t record_size(std::span<const std::byte> records)
{
    std::uint32_t size = 0;
    for (std::size_t i = record_head; i-- > 0;)
        size = size << 8U | std::to_integer<std::uint32_t>(records[i]);
    return size;
}

} // namespace jackfield::fallback
