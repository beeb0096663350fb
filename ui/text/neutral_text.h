#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace jackfield::ui {

/// What is shown in place of one character of hostile text, or of a run of combining marks.
struct NeutralPiece {
    enum class Kind { plain, lineFeed, carriageReturn, invalid };
    std::array<char16_t, 24> units{}; ///< what to show; a line feed is shown as ⟨LF⟩ here
    int count = 0;
    Kind kind = Kind::plain;
    std::size_t byte = 0; ///< where the original begins
    std::size_t length = 0; ///< how many bytes it has

    [[nodiscard]] std::u16string_view text() const { return {units.data(), static_cast<std::size_t>(count)}; }
};

/// Walks through bytes and says how to show each character so that it can neither act nor hide. The one place
/// that knows what is dangerous to show: control, bidirectional and invisible characters, bytes that are no
/// UTF-8, towers of combining marks.
class NeutralReader {
public:
    explicit NeutralReader(std::string_view bytes)
        : m_bytes(bytes)
    { }
    /// False at the end.
    bool next(NeutralPiece& piece);
    [[nodiscard]] bool atEnd() const { return m_position >= m_bytes.size(); }
    [[nodiscard]] std::size_t position() const { return m_position; }

private:
    std::string_view m_bytes;
    std::size_t m_position = 0;
    char32_t m_previous = 0;
    int m_marks = 0; // combining marks in a row
};

} // namespace jackfield::ui
