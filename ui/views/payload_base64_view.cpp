#include "ui/views/payload_base64_view.h"

#include "ui/views/spoken_name.h"
#include "ui/views/theme.h"

#include <QClipboard>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace jackfield::ui {

PayloadBase64View::PayloadBase64View(QWidget* parent)
    : PayloadView(parent)
{
    setObjectName(QStringLiteral("message_base64"));
    setAccessibleName(spokenName("Message base64"));
    m_cell = QFontMetricsF(font()).horizontalAdvance(u'0');
}

void PayloadBase64View::setPayload(const jackfield::SharedBytes& payload)
{
    m_payload = payload;
    setAccessibleDescription(characters(0, std::min<qint64>(endPosition(), 2'000)));
    contentChanged();
}

QString PayloadBase64View::characters(qint64 from, qint64 to) const
{
    const qint64 group = from / 4;
    const auto bytes = m_payload.text().substr(
        static_cast<std::size_t>(group * 3), static_cast<std::size_t>(((to + 3) / 4 - group) * 3));
    const QByteArray encoded
        = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64();
    return QString::fromLatin1(encoded.mid(from - group * 4, to - from));
}

QByteArray PayloadBase64View::selectedBytes() const
{
    if (!hasSelection())
        return {};
    const qint64 first = std::min<qint64>(selectionStart() * 3 / 4, static_cast<qint64>(m_payload.size()));
    const qint64 last = (selectionEnd() * 3 + 3) / 4;
    const auto bytes
        = m_payload.text().substr(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

void PayloadBase64View::copySelection()
{
    if (hasSelection())
        QGuiApplication::clipboard()->setText(characters(selectionStart(), selectionEnd()));
}

qint64 PayloadBase64View::endPosition() const
{
    return (static_cast<qint64>(m_payload.size()) + 2) / 3 * 4;
}

qint64 PayloadBase64View::rowCount() const
{
    return (endPosition() + m_perRow - 1) / m_perRow;
}

void PayloadBase64View::relayout()
{
    const int columns = static_cast<int>((viewport()->width() - 2 * sideMargin()) / m_cell);
    m_perRow = std::clamp(columns / 4 * 4, 16, 76); // 76: RFC 2045 section 6.8
}

qint64 PayloadBase64View::rowOf(qint64 position) const
{
    return std::clamp<qint64>(position / m_perRow, 0, std::max<qint64>(0, rowCount() - 1));
}

qint64 PayloadBase64View::positionAt(qint64 row, int x) const
{
    const auto column = static_cast<qint64>(std::lround((x - sideMargin()) / m_cell));
    return std::min(row * m_perRow + std::clamp<qint64>(column, 0, m_perRow), endPosition());
}

int PayloadBase64View::xOf(qint64 position) const
{
    return sideMargin() + static_cast<int>(static_cast<qreal>(position - rowStart(rowOf(position))) * m_cell);
}

qint64 PayloadBase64View::nextPosition(qint64 position, int step) const
{
    return std::clamp<qint64>(position + step, 0, endPosition());
}

QString PayloadBase64View::rowText(qint64 row) const
{
    return characters(rowStart(row), std::min(rowStart(row) + m_perRow, endPosition()));
}

void PayloadBase64View::paintRow(QPainter& painter, qint64 row, const QRect& rect)
{
    const qint64 start = rowStart(row);
    const auto from = std::clamp<qint64>(selectionStart() - start, 0, m_perRow);
    const auto to = std::clamp<qint64>(selectionEnd() - start, 0, m_perRow);
    if (to > from)
        painter.fillRect(QRectF(sideMargin() + static_cast<qreal>(from) * m_cell, rect.top(),
                             static_cast<qreal>(to - from) * m_cell, rect.height()),
            themeColor(ColorRole::Selection));
    painter.setPen(themeColor(ColorRole::Text));
    painter.drawText(QRectF(sideMargin(), rect.top(), rect.width(), rect.height()),
        Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, rowText(row));
}

} // namespace jackfield::ui
