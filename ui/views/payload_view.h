#pragma once

#include "jackfield/shared_bytes.h"

#include <QAbstractScrollArea>
#include <QByteArray>

#include <algorithm>

namespace jackfield::ui {

/// Rows of fixed height that are painted only where they are in sight, with a caret and a selection over
/// positions 0..end. What a position is, and how many rows there are, is the derived view's.
class PayloadView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit PayloadView(QWidget* parent = nullptr);

    [[nodiscard]] bool hasSelection() const { return m_anchor != m_caret; }
    [[nodiscard]] qint64 selectionStart() const { return std::min(m_anchor, m_caret); }
    [[nodiscard]] qint64 selectionEnd() const { return std::max(m_anchor, m_caret); }
    void select(qint64 anchor, qint64 caret);
    void selectAll();
    /// What is selected, as the payload's own bytes.
    [[nodiscard]] virtual QByteArray selectedBytes() const = 0;
    [[nodiscard]] virtual qint64 rowCount() const = 0;
    /// The height in pixels that shows all rows, but at most `maxRows`.
    [[nodiscard]] int heightForRows(int maxRows) const;

public Q_SLOTS:
    /// Puts the selection on the clipboard, in the form that this view shows.
    virtual void copySelection() = 0;

Q_SIGNALS:
    /// The number of rows may have changed.
    void relaidOut();
    /// The clipboard could not hold what was selected.
    void copyRefused(const QByteArray& bytes);

protected:
    [[nodiscard]] virtual qint64 endPosition() const = 0;
    [[nodiscard]] virtual qint64 rowOf(qint64 position) const = 0;
    [[nodiscard]] virtual qint64 rowStart(qint64 row) const = 0;
    /// The position under `x` (viewport pixels) of a row.
    [[nodiscard]] virtual qint64 positionAt(qint64 row, int x) const = 0;
    [[nodiscard]] virtual int xOf(qint64 position) const = 0;
    /// The position one step further; steps never split a character.
    [[nodiscard]] virtual qint64 nextPosition(qint64 position, int step) const = 0;
    virtual void paintRow(QPainter& painter, qint64 row, const QRect& rect) = 0;
    /// The width changed, or the content: count the rows again.
    virtual void relayout() = 0;

    [[nodiscard]] int rowHeight() const { return m_rowHeight; }
    [[nodiscard]] static constexpr int sideMargin() { return 10; }
    /// After new content: everything at the start, nothing selected.
    void contentChanged();
    void updateScrollBars();

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] qint64 positionUnder(const QPoint& point) const;
    void moveCaret(qint64 position, bool extend);

    qint64 m_anchor = 0;
    qint64 m_caret = 0;
    int m_rowHeight = 16;
};

} // namespace jackfield::ui
