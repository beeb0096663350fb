#include "ui/views/elided_label.h"

#include "ui/text/display_text.h"
#include "ui/views/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace jackfield::ui {

ElidedLabel::ElidedLabel(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void ElidedLabel::setContent(const QString& text)
{
    const QString shown = displayText(text);
    if (shown == m_text)
        return;
    m_text = shown;
    setToolTip(tooltipText(m_text));
    setAccessibleDescription(m_text);
    updateGeometry();
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 2, fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {24, fontMetrics().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(themeColor(ColorRole::MutedText));
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        fontMetrics().elidedText(m_text, Qt::ElideRight, width()));
}

} // namespace jackfield::ui
