#pragma once

#include <QString>

#include <array>
#include <cstdint>

namespace jackfield::ui {

/// A mark by which a person finds a page again.
enum class PageColour : std::uint8_t { none, red, orange, yellow, green, teal, blue, purple, pink };

inline constexpr std::array pageColours = {PageColour::none, PageColour::red, PageColour::orange,
    PageColour::yellow, PageColour::green, PageColour::teal, PageColour::blue, PageColour::purple,
    PageColour::pink};

/// "No colour", "Red".
[[nodiscard]] QString nameOf(PageColour colour);

} // namespace jackfield::ui
