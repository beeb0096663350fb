#include "ui/views/cell_delegate.h"

#include "ui/views/cell_text.h"
#include "ui/views/message_delegate.h"

#include <QFontMetrics>
#include <QPainter>

namespace jackfield::ui {

void CellDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, themeColor(selected ? ColorRole::Selection : ColorRole::Surface));
    painter->setPen(themeColor(colorOf(index, selected)));
    const QRect rect = option.rect.adjusted(MessageDelegate::padding, 0, -MessageDelegate::padding, 0);
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    paintCellText(*painter, rect, index.data().toString(), fontOf(option, index),
        alignment.isValid() ? alignment.value<Qt::Alignment>() : Qt::Alignment(Qt::AlignLeft));
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QFontMetrics metrics(fontOf(option, index));
    return {metrics.horizontalAdvance(index.data().toString()) + 2 * MessageDelegate::padding + 1,
        metrics.height() + 8};
}

QFont CellDelegate::fontOf(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const
{
    return option.font;
}

ColorRole CellDelegate::colorOf(const QModelIndex& /*index*/, bool selected) const
{
    return selected ? ColorRole::SelectionText : ColorRole::Text;
}

} // namespace jackfield::ui
