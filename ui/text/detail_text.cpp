#include "ui/text/detail_text.h"

#include "ui/text/neutral_text.h"

#include <algorithm>
#include <string>

namespace jackfield::ui {

DetailText::DetailText(std::string_view bytes, CrLf crLf)
{
    constexpr std::size_t maxListedOffsets = 100;
    std::u16string text; // many times faster to append to than a QString
    text.reserve(std::min(bytes.size(), maxBytes));
    const auto add = [&](std::u16string_view units, std::size_t byte, bool isPair = false) {
        const auto position = static_cast<qsizetype>(text.size());
        const bool showsOne = units.size() > 1 || isPair;
        if (showsOne || m_anchors.empty() || byte != byteOf(m_anchors.back(), position))
            m_anchors.push_back({static_cast<qint32>(position), static_cast<quint32>(byte), showsOne});
        text.append(units);
    };
    const auto breakLine = [&](std::size_t byte) {
        m_insertedBreaks.push_back(static_cast<qsizetype>(text.size()));
        add(u"\n", byte);
    };
    NeutralReader reader(bytes);
    NeutralPiece piece;
    int inLine = 0;
    while (reader.position() < maxBytes && text.size() < maxText && reader.next(piece)) {
        const bool feedAfterReturn = piece.kind == NeutralPiece::Kind::carriageReturn && !reader.atEnd()
            && bytes[reader.position()] == '\n';
        if (piece.kind == NeutralPiece::Kind::invalid) {
            ++m_invalidCount;
            if (m_invalidOffsets.size() < maxListedOffsets)
                m_invalidOffsets.push_back(piece.byte);
        }
        if (feedAfterReturn && crLf == CrLf::plain) {
            add(u"\n", piece.byte, true);
            reader.next(piece); // the line feed
            inLine = 0;
            continue;
        }
        const bool feedAlone = piece.kind == NeutralPiece::Kind::lineFeed;
        if (feedAlone && crLf == CrLf::visible) {
            add(u"\n", piece.byte);
            inLine = 0;
            continue;
        }
        if (inLine + piece.count > lineWidth) {
            breakLine(piece.byte);
            inLine = 0;
        }
        add(piece.text(), piece.byte);
        inLine += piece.count;
        if (feedAlone || (piece.kind == NeutralPiece::Kind::carriageReturn && !feedAfterReturn)) {
            breakLine(piece.byte + piece.length);
            inLine = 0;
        }
    }
    m_text = QString::fromStdU16String(text);
    m_covered = reader.position();
    m_cut = !reader.atEnd();
    m_anchors.push_back({static_cast<qint32>(m_text.size()), static_cast<quint32>(m_covered), false});
}

std::size_t DetailText::byteOf(const Anchor& anchor, qsizetype position)
{
    return anchor.byte + (anchor.showsOne ? 0 : static_cast<std::size_t>(position - anchor.position));
}

std::size_t DetailText::byteOffset(qsizetype position) const
{
    const auto after = std::upper_bound(m_anchors.begin(), m_anchors.end(), position,
        [](qsizetype wanted, const Anchor& anchor) { return wanted < anchor.position; });
    if (after == m_anchors.begin())
        return 0;
    return std::min(m_covered, byteOf(*std::prev(after), position));
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
