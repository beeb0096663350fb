#include "ui/views/payload_text_view.h"

#include "ui/text/display_text.h"
#include "ui/views/spoken_name.h"
#include "ui/views/theme.h"

#include <QClipboard>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

// Columns that a character takes in a fixed-width font; an estimate is enough, since rows are laid out when
// they are painted.
int columnsOf(char32_t c)
{
    if (c < 0x1100)
        return 1;
    const bool wide = c <= 0x115F || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60)
        || c >= 0x1F000;
    return wide ? 2 : 1;
}

void layOut(QTextLayout& layout)
{
    QTextOption option;
    option.setTextDirection(Qt::LeftToRight);
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.setCacheEnabled(true);
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
}

} // namespace

PayloadTextView::PayloadTextView(QWidget* parent)
    : PayloadView(parent)
{
    setObjectName(QStringLiteral("message_text"));
    setAccessibleName(spokenName("Message text"));
}

void PayloadTextView::setPayload(const jackfield::SharedBytes& payload)
{
    m_payload = payload;
    m_shown = DetailText(payload.text(), m_crLf);
    m_columns = 0;
    setAccessibleDescription(m_shown.text().left(2000));
    contentChanged();
}

QByteArray PayloadTextView::selectedBytes() const
{
    if (!hasSelection())
        return {};
    const auto range = m_shown.byteRange(selectionStart(), selectionEnd());
    const bool isAll = selectionStart() == 0 && selectionEnd() == endPosition();
    const auto bytes
        = isAll ? m_payload.text() : m_payload.text().substr(range.first, range.last - range.first);
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

void PayloadTextView::copySelection()
{
    if (!hasSelection())
        return;
    const QByteArray bytes = selectedBytes();
    const std::string_view text(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (!isCopyable(text)) {
        Q_EMIT copyRefused(bytes);
        return;
    }
    QGuiApplication::clipboard()->setText(copyText(text));
}

QString PayloadTextView::rowText(qint64 row) const
{
    const qint64 start = rowStart(row);
    qint64 end = row + 1 < rowCount() ? rowStart(row + 1) : endPosition();
    if (end > start && m_shown.text()[end - 1] == u'\n')
        --end;
    // A break that only keeps lines short takes no room; this view breaks lines itself.
    return m_shown.text().mid(start, end - start).replace(u'\n', QChar(u'\x200B'));
}

void PayloadTextView::relayout()
{
    const qreal cell = QFontMetricsF(font()).horizontalAdvance(u'0');
    const int columns = std::max(16, static_cast<int>((viewport()->width() - 2 * sideMargin()) / cell));
    if (columns == m_columns)
        return;
    m_columns = columns;
    m_rows.clear();
    const QString& text = m_shown.text();
    if (text.isEmpty())
        return;
    m_rows.push_back(0);
    int used = 0;
    qsizetype lineStart = 0;
    const QChar* units = text.constData();
    const qsizetype size = text.size();
    for (qsizetype i = 0; i < size; ++i) {
        const QChar unit = units[i];
        if (unit == u'\n') {
            // Breaks are put into lines of lineWidth only; the margin is for what one character may be shown
            // as.
            const bool maybeInserted = i - lineStart > DetailText::lineWidth - 32;
            lineStart = i + 1;
            if (maybeInserted && !endsLine(i))
                continue;
            if (i + 1 < text.size())
                m_rows.push_back(static_cast<qint32>(i + 1));
            used = 0;
            continue;
        }
        const bool plain = unit.unicode() < 0x300;
        if (!plain && (unit.isMark() || unit.isLowSurrogate()))
            continue;
        const bool pair = !plain && unit.isHighSurrogate() && i + 1 < size;
        const char32_t character
            = pair ? QChar::surrogateToUcs4(unit, units[i + 1]) : char32_t{unit.unicode()};
        const int width = plain ? 1 : columnsOf(character);
        if (used + width > columns) {
            m_rows.push_back(static_cast<qint32>(i));
            used = 0;
        }
        used += width;
    }
}

qint64 PayloadTextView::rowOf(qint64 position) const
{
    if (m_rows.empty())
        return 0;
    const auto next = std::upper_bound(m_rows.begin(), m_rows.end(), position);
    return next - m_rows.begin() - 1;
}

qint64 PayloadTextView::rowStart(qint64 row) const
{
    return m_rows.empty() ? 0 : m_rows[static_cast<std::size_t>(row)];
}

qint64 PayloadTextView::positionAt(qint64 row, int x) const
{
    QTextLayout layout(rowText(row), font());
    layOut(layout);
    return rowStart(row) + layout.lineAt(0).xToCursor(x - sideMargin());
}

int PayloadTextView::xOf(qint64 position) const
{
    if (m_rows.empty())
        return sideMargin();
    const qint64 row = rowOf(position);
    QTextLayout layout(rowText(row), font());
    layOut(layout);
    const int inRow = static_cast<int>(std::min<qint64>(position - rowStart(row), layout.text().size()));
    return sideMargin() + static_cast<int>(layout.lineAt(0).cursorToX(inRow));
}

qint64 PayloadTextView::nextPosition(qint64 position, int step) const
{
    const QString& text = m_shown.text();
    qint64 next = std::clamp<qint64>(position + step, 0, text.size());
    const auto inside = [&](qint64 at) {
        return at > 0 && at < text.size() && (text[at].isLowSurrogate() || text[at].isMark());
    };
    while (inside(next))
        next += step;
    return next;
}

// True for a line end of the payload, false for a break that only keeps lines short.
bool PayloadTextView::endsLine(qsizetype position) const
{
    const std::string_view bytes = m_payload.text();
    const auto byteAt = [&](qsizetype at) {
        const std::size_t offset = m_shown.byteOffset(at);
        return offset < bytes.size() ? bytes[offset] : '\0';
    };
    if (m_crLf == DetailText::CrLf::plain)
        return bytes.substr(m_shown.byteOffset(position), 2) == "\r\n"
            || (position > 0 && (byteAt(position - 1) == '\r' || byteAt(position - 1) == '\n'));
    return byteAt(position) == '\n' || (position > 0 && byteAt(position - 1) == '\r');
}

bool PayloadTextView::wasInserted(qsizetype position) const
{
    const QChar unit = m_shown.text()[position];
    const std::size_t byte = m_shown.byteOffset(position);
    if (byte >= m_payload.size())
        return false;
    // A character that stands for itself is encoded there.
    const QByteArray own = QString(unit).toUtf8();
    return !unit.isSurrogate()
        && m_payload.text().substr(byte, static_cast<std::size_t>(own.size()))
        != std::string_view(own.constData(), static_cast<std::size_t>(own.size()));
}

void PayloadTextView::paintRow(QPainter& painter, qint64 row, const QRect& rect)
{
    const QString text = rowText(row);
    const qint64 start = rowStart(row);
    QTextLayout layout(text, font());
    QList<QTextLayout::FormatRange> formats;
    const auto add = [&](int from, int length, ColorRole foreground, ColorRole background, bool fill) {
        QTextLayout::FormatRange range;
        range.start = from;
        range.length = length;
        range.format.setForeground(themeColor(foreground));
        if (fill)
            range.format.setBackground(themeColor(background));
        formats += range;
    };
    int insertedFrom = -1;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const bool inserted = i < text.size() && text[i].unicode() >= 0x2000 && text[i] != QChar(u'\x200B')
            && wasInserted(start + i);
        const bool continued = i < text.size() && insertedFrom >= 0 && text[i].unicode() < 0x80
            && m_shown.byteOffset(start + i) == m_shown.byteOffset(start + insertedFrom);
        const bool another = inserted && insertedFrom >= 0
            && m_shown.byteOffset(start + i) != m_shown.byteOffset(start + insertedFrom);
        if (another)
            add(insertedFrom, static_cast<int>(i) - insertedFrom, ColorRole::MutedText, ColorRole::Badge,
                false);
        if (inserted && (insertedFrom < 0 || another)) {
            insertedFrom = static_cast<int>(i);
        } else if (!inserted && !continued && insertedFrom >= 0) {
            add(insertedFrom, static_cast<int>(i) - insertedFrom, ColorRole::MutedText, ColorRole::Badge,
                false);
            insertedFrom = -1;
        }
    }
    const qint64 from = std::clamp<qint64>(selectionStart() - start, 0, text.size());
    const qint64 to = std::clamp<qint64>(selectionEnd() - start, 0, text.size());
    if (to > from)
        add(static_cast<int>(from), static_cast<int>(to - from), ColorRole::SelectionText,
            ColorRole::Selection, true);
    layout.setFormats(formats);
    layOut(layout);
    painter.setPen(themeColor(ColorRole::Text));
    // One baseline, whatever fonts the row's characters come from.
    const qreal rise = painter.fontMetrics().ascent() - layout.lineAt(0).ascent();
    layout.draw(&painter, QPointF(sideMargin(), rect.top() + 2 + rise));
}

} // namespace jackfield::ui
