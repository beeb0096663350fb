#pragma once

#include <QStyledItemDelegate>

namespace jackfield::ui {

/// Paints the cells of the connection table: the lamp of the state, the badge of a followed page, closed ones
/// greyed. Paints plain text only.
class ConnectionDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace jackfield::ui
