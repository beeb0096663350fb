#pragma once

#include "ui/views/theme.h"

#include <QStyledItemDelegate>

namespace jackfield::ui {

/// Draws one line of text in a cell that lines up with its column's title, in the colours of the theme.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    /// The view's font unless a derived one knows better.
    [[nodiscard]] virtual QFont fontOf(const QStyleOptionViewItem& option, const QModelIndex& index) const;
    [[nodiscard]] virtual ColorRole colorOf(const QModelIndex& index, bool selected) const;
};

} // namespace jackfield::ui
