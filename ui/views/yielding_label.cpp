#include "ui/views/yielding_label.h"

#include <QPainter>
#include <QStyle>

namespace jackfield::ui {

YieldingLabel::YieldingLabel(QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setAlignment(Qt::AlignVCenter | Qt::AlignRight);
}

QSize YieldingLabel::minimumSizeHint() const
{
    return {24, QLabel::minimumSizeHint().height()};
}

void YieldingLabel::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    style()->drawItemText(&painter, contentsRect(), static_cast<int>(alignment()) | Qt::TextSingleLine,
        palette(), isEnabled(), fontMetrics().elidedText(text(), Qt::ElideRight, width()), foregroundRole());
}

} // namespace jackfield::ui
