#pragma once

#include <QString>

#include <cstddef>
#include <string_view>
#include <vector>

namespace jackfield::ui {

/// A payload prepared for a multi-line plain text view: neutralised like `displayText`, but line feeds and
/// carriage returns break lines (a carriage return is shown as ⟨CR⟩ before the break), and lines are broken hard
/// after `lineWidth` characters (one 1 MiB line froze QPlainTextEdit for 163 s). Knows which bytes each
/// displayed character stands for, so that what is copied from the view are the original characters.
class DetailText {
public:
    static constexpr std::size_t maxBytes = 1U << 20U; ///< what is shown of a larger payload
    static constexpr std::size_t maxText = 2U << 20U; ///< units of text, where characters are shown by their names
    static constexpr int lineWidth = 400;

    /// How CRLF is shown: with its carriage return, or as the plain end of a line that it is in HTTP, where a line
    /// feed alone is what has to be seen.
    enum class CrLf { visible, plain };

    DetailText() = default;
    /// Borrows `bytes` only during the call.
    explicit DetailText(std::string_view bytes, CrLf crLf = CrLf::visible);

    [[nodiscard]] const QString& text() const { return m_text; }
    /// Bytes of the payload that the text covers; less than the payload when it was cut.
    [[nodiscard]] std::size_t coveredBytes() const { return m_covered; }
    [[nodiscard]] bool isCut() const { return m_cut; }
    /// Bytes that are no UTF-8, each shown as U+FFFD.
    [[nodiscard]] std::size_t invalidBytes() const { return m_invalidCount; }
    /// Their offsets, at most the first 100.
    [[nodiscard]] const std::vector<std::size_t>& invalidOffsets() const { return m_invalidOffsets; }

    /// The payload offset of the character displayed at `position` (0..text().size()).
    [[nodiscard]] std::size_t byteOffset(qsizetype position) const;
    /// The bytes [first, last) of the payload behind the displayed characters [from, to).
    struct ByteRange {
        std::size_t first = 0, last = 0;
    };
    [[nodiscard]] ByteRange byteRange(qsizetype from, qsizetype to) const;

private:
    // A run of displayed characters: position and byte advance together, or all of them show the one at `byte`
    // (plain CRLF is one, too).
    struct Anchor {
        qint32 position;
        quint32 byte;
        bool showsOne;
    };
    [[nodiscard]] static std::size_t byteOf(const Anchor& anchor, qsizetype position);

    QString m_text;
    std::vector<Anchor> m_anchors;
    std::vector<qsizetype> m_insertedBreaks; // positions of line feeds that stand for no byte
    std::vector<std::size_t> m_invalidOffsets;
    std::size_t m_invalidCount = 0;
    std::size_t m_covered = 0;
    bool m_cut = false;
};

} // namespace jackfield::ui
