#include "ui/views/strip.h"

#include "ui/views/theme.h"

#include <QPainter>

namespace jackfield::ui {

Strip::Strip(Qt::Edges hairlines, QWidget* parent)
    : QWidget(parent)
    , m_hairlines(hairlines)
{ }

void Strip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorRole::Window));
    if (m_hairlines & Qt::TopEdge)
        painter.fillRect(QRect(0, 0, width(), 1), themeColor(ColorRole::Border));
    if (m_hairlines & Qt::BottomEdge)
        painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorRole::Border));
}

} // namespace jackfield::ui
