#include "app/terminal/text_table.h"

#include "jackfield/character.h"

#include <algorithm>
#include <cwchar>
#include <numeric>

namespace jackfield::app {
namespace {

constexpr std::size_t gap = 2;

/// The character that `text`, which is not empty, begins with; a byte that is no UTF-8 is one of its own.
Character character_at(std::string_view text)
{
    const Character character = first_character(text);
    return character.length > 0 ? character : Character{U'?', 1};
}

std::size_t width_of(Character character)
{
    if (character.length == 1)
        return 1;
    const int width = ::wcwidth(static_cast<wchar_t>(character.code));
    return width < 0 ? 1 : static_cast<std::size_t>(width);
}

} // namespace

std::size_t display_width(std::string_view text)
{
    std::size_t width = 0;
    while (!text.empty()) {
        const Character character = character_at(text);
        width += width_of(character);
        text.remove_prefix(character.length);
    }
    return width;
}

std::string cropped(std::string_view text, std::size_t width)
{
    if (display_width(text) <= width)
        return std::string(text);
    const std::size_t dots = width > 3 ? 3 : 0;
    std::string kept;
    std::size_t used = 0;
    while (!text.empty()) {
        const Character character = character_at(text);
        used += width_of(character);
        if (used + dots > width)
            break;
        kept += text.substr(0, character.length);
        text.remove_prefix(character.length);
    }
    return kept.append(dots, '.');
}

std::string wrapped(std::string_view text, std::size_t width)
{
    std::string out;
    std::size_t column = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
        const std::string_view word = text.substr(0, end);
        const std::size_t size = display_width(word);
        if (column > 0 && width > 0 && column + 1 + size > width) {
            out += '\n';
            column = 0;
        } else if (column > 0) {
            out += ' ';
            ++column;
        }
        out += word;
        column += size;
        if (end < text.size() && text[end] == '\n') {
            out += '\n';
            column = 0;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string TextTable::text(std::size_t width) const
{
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        std::size_t widest = display_width(columns[c].heading);
        for (const auto& row : rows)
            widest = std::max(widest, display_width(row[c]));
        widths.push_back(widest);
    }
    std::vector<std::size_t> shown(columns.size());
    std::iota(shown.begin(), shown.end(), std::size_t{0});
    const auto total = [&] {
        std::size_t sum = 0;
        for (const std::size_t c : shown)
            sum += widths[c] + gap;
        return sum - gap;
    };
    while (width > 0 && total() > width) {
        // The widest of those that may be cut gives a column away; when none can, one goes.
        std::size_t victim = columns.size();
        for (const std::size_t c : shown) {
            const std::size_t least = std::max(columns[c].least_width, display_width(columns[c].heading));
            if (columns[c].least_width > 0 && widths[c] > least
                && (victim == columns.size() || widths[c] > widths[victim]))
                victim = c;
        }
        if (victim < columns.size()) {
            --widths[victim];
            continue;
        }
        const auto first
            = std::ranges::max_element(shown, {}, [this](std::size_t c) { return columns[c].goes_first; });
        if (columns[*first].goes_first == 0)
            break;
        shown.erase(first);
    }

    std::string out;
    const auto line = [&](auto&& cell_of) {
        std::string text;
        for (const std::size_t c : shown) {
            const std::string cell = cropped(cell_of(c), widths[c]);
            const std::string blanks(widths[c] - std::min(widths[c], display_width(cell)), ' ');
            text += columns[c].is_number ? blanks + cell : cell + blanks;
            text.append(gap, ' ');
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out += text + "\n";
    };
    line([this](std::size_t c) -> const std::string& { return columns[c].heading; });
    for (const auto& row : rows)
        line([&row](std::size_t c) -> const std::string& { return row[c]; });
    return out;
}

} // namespace jackfield::app
