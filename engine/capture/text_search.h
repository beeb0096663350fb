#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace jackfield {

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

private:
    std::string lower_;
    std::unique_ptr<re2::RE2> folding_; // only for text beyond ASCII
};

} // namespace jackfield
