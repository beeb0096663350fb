#pragma once

#include "jackfield/composed_message.h"
#include "jackfield/time.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace jackfield::ui {

/// The macros of templates: `{{counter}}` (1, 2, 3 ... one for each message that is made), `{{now}}` (UTC,
/// "2024-05-01T20:12:47.003Z"), `{{unixtime}}` (whole seconds), `{{random}}` (0 to 4294967295, another one at
/// each place) and `{{uuid}}` (version 4, another one at each place). Whatever else stands between braces
/// stays as it is, and what a macro gives is not looked at again.
class TemplateMacros {
public:
    /// `now` and `random` (32 evenly distributed bits) come from outside, for tests.
    TemplateMacros();
    TemplateMacros(std::function<WallTime()> now, std::function<std::uint32_t()> random);

    /// True when at least one macro that is known stands in `text`.
    [[nodiscard]] static bool hasMacros(std::string_view text);
    /// True when `message` is of a kind whose payload macros are expanded in (text, ping, pong) and has some.
    [[nodiscard]] static bool hasMacros(const ComposedMessage& message);
    /// The text with its macros expanded; counts up.
    [[nodiscard]] std::string expand(std::string_view text);
    /// The same for a message; without macros it comes back as it is, and nothing is counted.
    [[nodiscard]] ComposedMessage expand(const ComposedMessage& message);

private:
    std::function<WallTime()> m_now;
    std::function<std::uint32_t()> m_random;
    std::uint64_t m_counter = 0;
};

} // namespace jackfield::ui
