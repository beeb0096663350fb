#include "ui/views/cell_text.h"

#include <QFontMetrics>
#include <QPainter>

namespace jackfield::ui {

int paintCellText(
    QPainter& painter, const QRect& rect, const QString& text, const QFont& font, Qt::Alignment alignment)
{
    const QFontMetrics metrics(font);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, rect.width());
    const int width = metrics.horizontalAdvance(shown);
    int x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() + 1 - width;
    else if (alignment & Qt::AlignHCenter)
        x = rect.left() + (rect.width() - width) / 2;
    painter.setFont(font);
    painter.drawText(x, rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent(), shown);
    return width;
}

} // namespace jackfield::ui
