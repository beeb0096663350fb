#include "ui/views/wrapped_text.h"

#include <QScrollBar>
#include <QTextLayout>
#include <QTextOption>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace jackfield::ui {

WrappedText::WrappedText(Frame frame, QWidget* parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(0);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    if (frame == Frame::none) {
        setFrameShape(QFrame::NoFrame);
        setProperty("flat", true);
        setFocusPolicy(Qt::ClickFocus);
    }
}

void WrappedText::setText(const QString& text)
{
    if (text == toPlainText())
        return;
    setPlainText(text);
    updateGeometry();
}

QSize WrappedText::sizeHint() const
{
    constexpr int usual = 200;
    return {usual, heightForWidth(std::max(usual, width()))};
}

QSize WrappedText::minimumSizeHint() const
{
    const QMargins around = contentsMargins();
    return {1, fontMetrics().lineSpacing() + around.top() + around.bottom()};
}

int WrappedText::heightForWidth(int width) const
{
    ensurePolished();
    const QMargins around = contentsMargins();
    const qreal room = std::max(1, width - around.left() - around.right());
    QTextOption option = document()->defaultTextOption();
    option.setWrapMode(wordWrapMode());
    qreal height = 0;
    const QString all = toPlainText();
    for (const QString& line : all.split(u'\n')) {
        QTextLayout layout(line, font());
        layout.setTextOption(option);
        layout.beginLayout();
        for (QTextLine part = layout.createLine(); part.isValid(); part = layout.createLine()) {
            part.setLineWidth(room);
            height += part.height();
        }
        layout.endLayout();
    }
    return static_cast<int>(std::ceil(height)) + around.top() + around.bottom();
}

void WrappedText::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    verticalScrollBar()->setValue(0);
}

void WrappedText::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

void WrappedText::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
}

} // namespace jackfield::ui
