#include "ui/views/payload_hex_view.h"

#include "ui/views/hex_field.h"
#include "ui/views/spoken_name.h"
#include "ui/views/theme.h"

#include <QClipboard>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>

namespace jackfield::ui {

namespace {

// Columns of a row of `perRow` bytes: wide rows have gaps that narrow ones do without.
constexpr int gapBehindOffset(int perRow)
{
    return perRow == 16 ? 2 : 1;
}

} // namespace

PayloadHexView::PayloadHexView(QWidget* parent)
    : PayloadView(parent)
{
    setObjectName(QStringLiteral("message_hex"));
    setAccessibleName(spokenName("Message hex"));
    m_cell = QFontMetricsF(font()).horizontalAdvance(u'0');
}

void PayloadHexView::setPayload(const jackfield::SharedBytes& payload)
{
    m_payload = payload;
    setAccessibleDescription(hexText(QByteArrayView(
        payload.text().data(), static_cast<qsizetype>(std::min<std::size_t>(payload.size(), 512)))));
    contentChanged();
}

QByteArray PayloadHexView::selectedBytes() const
{
    const auto bytes = m_payload.text().substr(static_cast<std::size_t>(selectionStart()),
        static_cast<std::size_t>(selectionEnd() - selectionStart()));
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

void PayloadHexView::copySelection()
{
    if (hasSelection())
        QGuiApplication::clipboard()->setText(hexText(selectedBytes()));
}

qint64 PayloadHexView::rowCount() const
{
    return (endPosition() + m_perRow - 1) / m_perRow;
}

int PayloadHexView::hexColumn(int index) const
{
    const int halves = m_perRow == 16 && index >= 8 ? 1 : 0;
    return offsetDigits() + gapBehindOffset(m_perRow) + 3 * index + halves;
}

void PayloadHexView::relayout()
{
    const int columns = static_cast<int>((viewport()->width() - 2 * sideMargin()) / m_cell);
    for (int candidate : {16, 8}) {
        m_perRow = candidate;
        if (textColumn() + candidate <= columns)
            return;
    }
    m_perRow = 4;
}

qint64 PayloadHexView::rowOf(qint64 position) const
{
    return std::clamp<qint64>(position / m_perRow, 0, std::max<qint64>(0, rowCount() - 1));
}

qint64 PayloadHexView::positionAt(qint64 row, int x) const
{
    const int column = static_cast<int>((x - sideMargin()) / m_cell);
    int index = 0;
    if (column >= textColumn()) {
        index = column - textColumn();
    } else {
        while (index < m_perRow && hexColumn(index + 1) <= column)
            ++index;
    }
    return std::min(row * m_perRow + std::min(index, m_perRow), endPosition());
}

int PayloadHexView::xOf(qint64 position) const
{
    const auto index = static_cast<int>(position - rowStart(rowOf(position)));
    return sideMargin() + static_cast<int>(hexColumn(index) * m_cell) - 2;
}

qint64 PayloadHexView::nextPosition(qint64 position, int step) const
{
    return std::clamp<qint64>(position + step, 0, endPosition());
}

QString PayloadHexView::rowText(qint64 row) const
{
    const qint64 start = rowStart(row);
    const auto length = static_cast<int>(std::min<qint64>(m_perRow, endPosition() - start));
    QString text = QStringLiteral("%1").arg(start, offsetDigits(), 16, QLatin1Char('0'));
    text = text.leftJustified(textColumn() + length, u' ');
    for (int i = 0; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(m_payload.text()[static_cast<std::size_t>(start + i)]);
        const int at = hexColumn(i);
        text[at] = QLatin1Char("0123456789abcdef"[byte >> 4U]);
        text[at + 1] = QLatin1Char("0123456789abcdef"[byte & 15U]);
        text[textColumn() + i]
            = byte >= 0x20 && byte < 0x7F ? QLatin1Char(static_cast<char>(byte)) : QLatin1Char('.');
    }
    return text;
}

void PayloadHexView::paintRow(QPainter& painter, qint64 row, const QRect& rect)
{
    const QString text = rowText(row);
    const qint64 start = rowStart(row);
    const auto x = [&](int column) { return sideMargin() + column * m_cell; };
    const auto from = static_cast<int>(std::clamp<qint64>(selectionStart() - start, 0, m_perRow));
    const auto to = static_cast<int>(std::clamp<qint64>(selectionEnd() - start, 0, m_perRow));
    if (to > from) {
        const QColor selection = themeColor(ColorRole::Selection);
        const qreal right = x(hexColumn(to - 1) + 2);
        painter.fillRect(
            QRectF(x(hexColumn(from)), rect.top(), right - x(hexColumn(from)), rect.height()), selection);
        painter.fillRect(
            QRectF(x(textColumn() + from), rect.top(), (to - from) * m_cell, rect.height()), selection);
    }
    const auto draw = [&](int column, int length, ColorRole role) {
        painter.setPen(themeColor(role));
        painter.drawText(
            QPointF(x(column), rect.top() + 2 + painter.fontMetrics().ascent()), text.mid(column, length));
    };
    draw(0, offsetDigits(), ColorRole::MutedText);
    draw(hexColumn(0), textColumn() - hexColumn(0) - 1, ColorRole::Text);
    draw(textColumn(), m_perRow, ColorRole::MutedText);
}

} // namespace jackfield::ui
