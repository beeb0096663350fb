#include "ui/views/connection_delegate.h"

#include "ui/models/connection_model.h"
#include "ui/views/theme.h"

#include <QAbstractItemView>
#include <QPainter>

namespace jackfield::ui {

namespace {

constexpr int cellPadding = 8;

ColorRole colorOf(ConnectionState state)
{
    switch (state) {
    case ConnectionState::connecting:
        return ColorRole::StateConnecting;
    case ConnectionState::open:
        return ColorRole::StateOpen;
    case ConnectionState::closing:
        return ColorRole::StateClosing;
    case ConnectionState::closed:
        break;
    }
    return ColorRole::StateClosed;
}

} // namespace

QColor shadeOf(PageColour colour)
{
    // Strong enough beside a white surface and beside a dark one.
    switch (colour) {
    case PageColour::none:
        break;
    case PageColour::red:
        return QColor(0xd9, 0x3a, 0x32);
    case PageColour::orange:
        return QColor(0xe0, 0x7a, 0x1a);
    case PageColour::yellow:
        return QColor(0xd6, 0xac, 0x12);
    case PageColour::green:
        return QColor(0x2f, 0x9e, 0x4f);
    case PageColour::teal:
        return QColor(0x17, 0x96, 0x9c);
    case PageColour::blue:
        return QColor(0x2f, 0x74, 0xe0);
    case PageColour::purple:
        return QColor(0x8a, 0x55, 0xd6);
    case PageColour::pink:
        return QColor(0xd6, 0x4f, 0x9a);
    }
    return QColor(Qt::transparent);
}

void ConnectionDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto column = static_cast<ConnectionColumn>(index.column());
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool open = index.data(ConnectionModel::IsOpenRole).toBool();

    if (selected)
        painter->fillRect(option.rect, themeColor(ColorRole::Selection));
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, themeColor(ColorRole::Hover));
    if (view != nullptr && view->hasFocus() && view->currentIndex().row() == index.row()) {
        // The current row, for those who work with the keyboard; a line that does not hide what is selected.
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
            themeColor(ColorRole::Accent));
    }

    QRect text = option.rect.adjusted(cellPadding, 0, -cellPadding, 0);
    painter->setFont(option.font);
    if (column == ConnectionColumn::State) {
        const auto state = static_cast<ConnectionState>(index.data(ConnectionModel::StateRole).toInt());
        const int diameter = 9;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(themeColor(colorOf(state)));
        painter->drawEllipse(
            QRectF(text.left() + 0.5, text.center().y() + 1 - diameter / 2.0, diameter, diameter));
        painter->restore();
        text.setLeft(text.left() + diameter + 6);
    }

    const auto colour = static_cast<PageColour>(index.data(ConnectionModel::ColourRole).toInt());
    if (colour != PageColour::none) {
        painter->fillRect(QRect(option.rect.left() + 1, option.rect.top() + 3, 4, option.rect.height() - 6),
            shadeOf(colour));
    }

    const QString badge
        = column == ConnectionColumn::Name ? index.data(ConnectionModel::BadgeRole).toString() : QString();
    const QString shown = index.data(Qt::DisplayRole).toString();
    const QFontMetrics& metrics = option.fontMetrics;
    painter->setPen(themeColor(!open ? ColorRole::MutedText
            : selected               ? ColorRole::SelectionText
                                     : ColorRole::Text));
    const auto alignment
        = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignHorizontal_Mask;
    if (badge.isEmpty()) {
        painter->drawText(text, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
            metrics.elidedText(shown, Qt::ElideRight, text.width()));
        return;
    }
    const int badgeWidth = QFontMetrics(smallFont()).horizontalAdvance(badge) + 12;
    const QString elided
        = metrics.elidedText(shown, Qt::ElideRight, std::max(40, text.width() - badgeWidth - 8));
    painter->drawText(text, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine, elided);
    QRect rest = text;
    rest.setLeft(text.left() + metrics.horizontalAdvance(elided) + 8);
    paintBadge(*painter, rest, badge);
}

QSize ConnectionDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    // What the header needs for a double click on its edge; the height is the table's.
    const int text = option.fontMetrics.horizontalAdvance(index.data(Qt::DisplayRole).toString());
    const int lamp = index.column() == static_cast<int>(ConnectionColumn::State) ? 15 : 0;
    return {std::min(text, 600) + lamp + 2 * cellPadding, tableRowHeight()};
}

} // namespace jackfield::ui
