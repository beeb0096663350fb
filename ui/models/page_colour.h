#pragma once

#include <QString>

#include <array>
#include <cstdint>
#include <string_view>

namespace jackfield::ui {

/// A mark by which a person finds a page again.
enum class PageColour : std::uint8_t { none, red, orange, yellow, green, teal, blue, purple, pink };

inline constexpr std::array pageColours = {PageColour::none, PageColour::red, PageColour::orange,
    PageColour::yellow, PageColour::green, PageColour::teal, PageColour::blue, PageColour::purple,
    PageColour::pink};

/// "No colour", "Red".
[[nodiscard]] QString nameOf(PageColour colour);
/// The word of a colour in files, "red"; empty for none.
[[nodiscard]] std::string_view keyOf(PageColour colour);
/// The colour of such a word; none for any other.
[[nodiscard]] PageColour pageColourOf(std::string_view key);

} // namespace jackfield::ui
