#pragma once

#include <QFont>
#include <QRect>
#include <QString>

class QPainter;

namespace jackfield::ui {

/// Draws one line of a cell, elided to `rect`, in `font` and the painter's pen. The baseline depends on the
/// font alone, so that a cell with characters from another font stands on the same line as its neighbours.
/// Returns the width that was drawn.
int paintCellText(QPainter& painter, const QRect& rect, const QString& text, const QFont& font,
    Qt::Alignment alignment = Qt::AlignLeft);

} // namespace jackfield::ui
