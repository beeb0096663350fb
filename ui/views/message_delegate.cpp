#include "ui/views/message_delegate.h"

#include "ui/models/message_find.h"
#include "ui/models/message_model.h"
#include "ui/views/cell_text.h"
#include "ui/views/theme.h"

#include <QAbstractItemView>
#include <QPainter>

namespace jackfield::ui {

void MessageDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setClipRect(option.rect);
    const bool selected = option.state & QStyle::State_Selected;
    painter->fillRect(option.rect, themeColor(selected ? ColorRole::Selection : ColorRole::Surface));
    const QColor text = themeColor(selected ? ColorRole::SelectionText : ColorRole::Text);

    if (index.data(MessageModel::IsDividerRole).toBool()) {
        const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
        QRect row = option.rect;
        if (view) {
            row.setLeft(0);
            row.setWidth(view->viewport()->width());
        }
        painter->setPen(themeColor(ColorRole::MutedText));
        paintCellText(*painter, row.adjusted(padding, 0, -padding, 0),
            index.data(MessageModel::DividerTextRole).toString(), option.font, Qt::AlignHCenter);
        painter->restore();
        return;
    }

    const auto column = static_cast<MessageColumn>(index.column());
    QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
    const QString shown = index.data(Qt::DisplayRole).toString();
    if (column == MessageColumn::Data && m_find && !selected
        && m_find->isMatch(index.data(MessageModel::SequenceRole).toULongLong()))
        painter->fillRect(option.rect, themeColor(ColorRole::Match));
    const bool fixed = column == MessageColumn::Time || column == MessageColumn::Data;
    const QFont font = fixed ? monospaceFont() : option.font;
    switch (column) {
    case MessageColumn::Direction: {
        const bool from
            = index.data(MessageModel::DirectionRole).toInt() == static_cast<int>(Direction::from_browser);
        painter->setPen(themeColor(from ? ColorRole::FromBrowser : ColorRole::ToBrowser));
        rect.setLeft(rect.left() + paintCellText(*painter, rect, shown, font) + padding);
        const QString maker = index.data(MessageModel::MakerRole).toString();
        if (!maker.isEmpty() && rect.width() > 20)
            paintBadge(*painter, rect, maker);
        break;
    }
    case MessageColumn::Length:
    case MessageColumn::Delta:
        painter->setPen(text);
        paintCellText(*painter, rect, shown, font, Qt::AlignRight);
        break;
    default:
        painter->setPen(text);
        paintCellText(*painter, rect, shown, font);
    }
    if ((option.state & QStyle::State_HasFocus) && !selected) {
        painter->setPen(themeColor(ColorRole::Accent));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize MessageDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width() + 2 * padding, tableRowHeight()};
}

} // namespace jackfield::ui
