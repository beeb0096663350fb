#pragma once

#include "ui/models/page_colour.h"

#include <QColor>
#include <QStyledItemDelegate>

namespace jackfield::ui {

/// What a page's colour looks like, on light and dark alike; transparent for none.
[[nodiscard]] QColor shadeOf(PageColour colour);

/// Paints the cells of the connection table: the lamp of the state, the page's colour and badges, closed ones
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
