#include "ui/views/payload_view.h"

#include "ui/views/theme.h"

#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace jackfield::ui {

namespace {

constexpr int verticalMargin = 6;

} // namespace

PayloadView::PayloadView(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFont(monospaceFont());
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setCursor(Qt::IBeamCursor);
    m_rowHeight = QFontMetrics(font()).height() + 4;
    setViewportMargins(0, verticalMargin, 0, 0);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
}

void PayloadView::select(qint64 anchor, qint64 caret)
{
    m_anchor = std::clamp<qint64>(anchor, 0, endPosition());
    m_caret = std::clamp<qint64>(caret, 0, endPosition());
    viewport()->update();
}

void PayloadView::selectAll()
{
    select(0, endPosition());
}

void PayloadView::contentChanged()
{
    m_anchor = 0;
    m_caret = 0;
    relayout();
    updateScrollBars();
    verticalScrollBar()->setValue(0);
    viewport()->update();
    Q_EMIT relaidOut();
}

int PayloadView::heightForRows(int maxRows) const
{
    const auto rows = static_cast<int>(std::clamp<qint64>(rowCount(), 1, maxRows));
    return rows * m_rowHeight + 2 * verticalMargin + 2 * frameWidth();
}

void PayloadView::updateScrollBars()
{
    const int visible = std::max(1, viewport()->height() / m_rowHeight);
    const qint64 beyond = std::max<qint64>(0, rowCount() - visible);
    verticalScrollBar()->setPageStep(visible);
    verticalScrollBar()->setSingleStep(1);
    verticalScrollBar()->setRange(
        0, static_cast<int>(std::min<qint64>(beyond, std::numeric_limits<int>::max())));
}

void PayloadView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), themeColor(ColorRole::Surface));
    painter.setFont(font());
    const qint64 top = verticalScrollBar()->value();
    const int first = event->rect().top() / m_rowHeight;
    const int last = event->rect().bottom() / m_rowHeight;
    for (int i = first; i <= last; ++i) {
        const qint64 row = top + i;
        if (row >= rowCount())
            break;
        const QRect rect(0, i * m_rowHeight, viewport()->width(), m_rowHeight);
        painter.setClipRect(rect);
        paintRow(painter, row, rect);
    }
    painter.setClipping(false);
    if (!hasFocus())
        return;
    const qint64 row = rowOf(m_caret) - top;
    if (row >= 0 && row <= last && rowCount() > 0) {
        painter.setPen(themeColor(ColorRole::Accent));
        const int x = xOf(m_caret);
        painter.drawLine(
            x, static_cast<int>(row) * m_rowHeight + 1, x, static_cast<int>(row + 1) * m_rowHeight - 2);
    }
}

void PayloadView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    const qint64 kept
        = rowCount() > 0 ? rowStart(std::min<qint64>(verticalScrollBar()->value(), rowCount() - 1)) : 0;
    relayout();
    updateScrollBars();
    verticalScrollBar()->setValue(static_cast<int>(rowOf(kept)));
    Q_EMIT relaidOut();
}

qint64 PayloadView::positionUnder(const QPoint& point) const
{
    if (rowCount() == 0)
        return 0;
    const int line = point.y() >= 0 ? point.y() / m_rowHeight : -1;
    const qint64 row = std::clamp<qint64>(qint64{verticalScrollBar()->value()} + line, 0, rowCount() - 1);
    return positionAt(row, point.x());
}

void PayloadView::moveCaret(qint64 position, bool extend)
{
    m_caret = std::clamp<qint64>(position, 0, endPosition());
    if (!extend)
        m_anchor = m_caret;
    const int row = static_cast<int>(rowOf(m_caret));
    const int visible = std::max(1, viewport()->height() / m_rowHeight);
    if (row < verticalScrollBar()->value())
        verticalScrollBar()->setValue(row);
    else if (row >= verticalScrollBar()->value() + visible)
        verticalScrollBar()->setValue(row - visible + 1);
    viewport()->update();
}

bool PayloadView::event(QEvent* event)
{
    // Ctrl+C and Ctrl+A are this view's while it has the focus, whatever actions the window has under these
    // keys.
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void PayloadView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    const bool whole = event->modifiers() & Qt::ControlModifier;
    const qint64 rows = rowCount();
    if (rows == 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const qint64 row = rowOf(m_caret);
    const int page = std::max(1, viewport()->height() / m_rowHeight - 1);
    const auto toRow = [&](qint64 wanted) {
        const qint64 to = std::clamp<qint64>(wanted, 0, rows - 1);
        moveCaret(to == row ? (wanted < row ? 0 : endPosition()) : positionAt(to, xOf(m_caret)), extend);
    };
    switch (event->key()) {
    case Qt::Key_Left:
        moveCaret(nextPosition(m_caret, -1), extend);
        break;
    case Qt::Key_Right:
        moveCaret(nextPosition(m_caret, 1), extend);
        break;
    case Qt::Key_Up:
        toRow(row - 1);
        break;
    case Qt::Key_Down:
        toRow(row + 1);
        break;
    case Qt::Key_PageUp:
        toRow(row - page);
        break;
    case Qt::Key_PageDown:
        toRow(row + page);
        break;
    case Qt::Key_Home:
        moveCaret(whole ? 0 : rowStart(row), extend);
        break;
    case Qt::Key_End:
        moveCaret(whole || row + 1 >= rows ? endPosition() : nextPosition(rowStart(row + 1), -1), extend);
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void PayloadView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    moveCaret(positionUnder(event->position().toPoint()), event->modifiers() & Qt::ShiftModifier);
}

void PayloadView::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        moveCaret(positionUnder(event->position().toPoint()), true);
}

void PayloadView::mouseReleaseEvent(QMouseEvent*) { }

void PayloadView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || rowCount() == 0)
        return;
    const qint64 row = rowOf(positionUnder(event->position().toPoint()));
    select(rowStart(row), row + 1 < rowCount() ? rowStart(row + 1) : endPosition());
}

void PayloadView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("payload_menu"));
    QAction* copy = menu.addAction(tr("Copy"), QKeySequence::Copy, this, &PayloadView::copySelection);
    copy->setEnabled(hasSelection());
    menu.addAction(tr("Select all"), QKeySequence::SelectAll, this, &PayloadView::selectAll);
    menu.exec(event->globalPos());
}

void PayloadView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void PayloadView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace jackfield::ui
