#pragma once

#include <QStyledItemDelegate>

namespace jackfield::ui {

/// Draws the cells of the message table: one line, elided, times and data in the fixed-width font, the
/// direction in its colour with its arrow and the badge of who made the message, dividers across the row.
class MessageDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// Pixels between a cell's edge and its text.
    static constexpr int padding = 8;
};

} // namespace jackfield::ui
