#pragma once

#include "jackfield/raw_frame.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jackfield {

/// A piece as the command `raw` reads it: `frame fin op=ping mask=01020304 len16 says=5 "hi"` or `bytes
/// hex:00ff`.
[[nodiscard]] std::string raw_piece_text(const RawPiece& piece);
/// "cut=fin", "cut=rst", or nothing.
[[nodiscard]] std::string_view text_of(StreamCut cut);

/// An opcode by its name, as a decimal number or as RFC 6455 writes it (0xb, or b alone); nullopt beyond four
/// bits.
[[nodiscard]] std::optional<std::uint8_t> parse_opcode(std::string_view text);

} // namespace jackfield
