#include "ui/text/detail_text.h"

#include "ui/text/neutral_text.h"

#include <algorithm>

namespace jackfield::ui {

DetailText::DetailText(std::string_view bytes)
{
    constexpr std::size_t maxListedOffsets = 100;
    m_text.reserve(static_cast<qsizetype>(std::min(bytes.size(), maxBytes)));
    NeutralReader reader(bytes);
    NeutralPiece piece;
    int inLine = 0;
    while (reader.position() < maxBytes && reader.next(piece)) {
        const bool feedAfterReturn = piece.kind == NeutralPiece::Kind::carriageReturn && !reader.atEnd()
            && bytes[reader.position()] == '\n';
        if (piece.kind == NeutralPiece::Kind::invalid) {
            ++m_invalidCount;
            if (m_invalidOffsets.size() < maxListedOffsets)
                m_invalidOffsets.push_back(piece.byte);
        }
        if (piece.kind == NeutralPiece::Kind::lineFeed) {
            add(u'\n', piece.byte);
            inLine = 0;
            continue;
        }
        if (inLine + piece.count > lineWidth) {
            breakLine(piece.byte);
            inLine = 0;
        }
        for (int i = 0; i < piece.count; ++i)
            add(QChar(piece.units[static_cast<std::size_t>(i)]), piece.byte);
        inLine += piece.count;
        if (piece.kind == NeutralPiece::Kind::carriageReturn && !feedAfterReturn) {
            breakLine(piece.byte + piece.length);
            inLine = 0;
        }
    }
    m_covered = reader.position();
    m_cut = !reader.atEnd();
    m_anchors.push_back({m_text.size(), m_covered});
}

void DetailText::add(QChar character, std::size_t byte)
{
    const qsizetype position = m_text.size();
    if (m_anchors.empty()
        || byte != m_anchors.back().byte + static_cast<std::size_t>(position - m_anchors.back().position))
        m_anchors.push_back({position, byte});
    m_text.append(character);
}

void DetailText::breakLine(std::size_t byte)
{
    m_insertedBreaks.push_back(m_text.size());
    add(u'\n', byte);
}

std::size_t DetailText::byteOffset(qsizetype position) const
{
    const auto after = std::upper_bound(m_anchors.begin(), m_anchors.end(), position,
        [](qsizetype wanted, const Anchor& anchor) { return wanted < anchor.position; });
    if (after == m_anchors.begin())
        return 0;
    const Anchor& anchor = *std::prev(after);
    return std::min(m_covered, anchor.byte + static_cast<std::size_t>(position - anchor.position));
}

DetailText::ByteRange DetailText::byteRange(qsizetype from, qsizetype to) const
{
    from = std::clamp<qsizetype>(from, 0, m_text.size());
    to = std::clamp<qsizetype>(to, from, m_text.size());
    const auto isInserted = [this](qsizetype position) {
        return std::binary_search(m_insertedBreaks.begin(), m_insertedBreaks.end(), position);
    };
    while (from < to && isInserted(from))
        ++from;
    while (to > from && isInserted(to - 1))
        --to;
    const std::size_t first = byteOffset(from);
    if (from == to)
        return {first, first};
    // A character that is shown by several is taken whole.
    const std::size_t lastCharacter = byteOffset(to - 1);
    while (to < m_text.size() && byteOffset(to) == lastCharacter)
        ++to;
    return {first, byteOffset(to)};
}

} // namespace jackfield::ui
