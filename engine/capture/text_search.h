#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace jackfield {

inline constexpr std::size_t search_piece = std::size_t{64}
    << 10U; ///< bytes between two looks at a wish to stop

/// Whether `test` holds for `text`, piece by piece; the pieces overlap, so that no match of up to
/// `longest_match` bytes is torn. Before each piece of a text that has several `is_cancelled` is asked; once
/// it says yes the answer is no.
template <class IsCancelled, class Test>
[[nodiscard]] bool any_piece(
    std::string_view text, std::size_t longest_match, const IsCancelled& is_cancelled, Test test)
{
    const std::size_t size = std::max(search_piece, 4 * longest_match);
    for (; text.size() > size; text.remove_prefix(size - longest_match)) {
        if (is_cancelled())
            return false;
        if (test(text.substr(0, size)))
            return true;
    }
    return test(text);
}

/// Nanoseconds that looking at one byte takes at worst.
[[nodiscard]] std::uint64_t worst_cost_of(const re2::RE2& expression);

/// A plain text to look for, whatever the case: ASCII letters by their bits, others by Unicode's simple
/// folding. Immutable; any thread.
class PlainText {
public:
    /// `text`: valid UTF-8, not empty.
    explicit PlainText(std::string_view text);
    ~PlainText();
    PlainText(PlainText&&) noexcept;
    PlainText& operator=(PlainText&&) noexcept;

    /// Whether `haystack` (any bytes) holds it. Linear.
    [[nodiscard]] bool is_in(std::string_view haystack) const;
    [[nodiscard]] bool equals(std::string_view other) const;
    [[nodiscard]] const std::string& text() const { return lower_; } ///< ASCII letters in lower case
    /// The most bytes that a text which equals it has; what is of one letter in another case may be longer.
    [[nodiscard]] std::size_t longest_match() const { return 4 * lower_.size(); }
    /// Nanoseconds that looking at one byte takes at worst.
    [[nodiscard]] std::uint64_t worst_cost() const;

private:
    std::string lower_;
    std::unique_ptr<re2::RE2> folding_; // only for text beyond ASCII
};

} // namespace jackfield
