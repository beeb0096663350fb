#pragma once

#include <QStyledItemDelegate>

namespace jackfield::ui {

class MessageFind;

/// Draws the cells of the message table: one line, elided, times and data in the fixed-width font, the
/// direction in its colour with its arrow and the badge of who made the message, dividers across the row.
class MessageDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// Marks the data of the messages that it has found; null: of none. It must outlive the delegate's last
    /// painting.
    void setFind(const MessageFind* find) { m_find = find; }
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// Pixels between a cell's edge and its text.
    static constexpr int padding = 8;

private:
    const MessageFind* m_find = nullptr;
};

} // namespace jackfield::ui
