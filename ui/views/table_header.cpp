#include "ui/views/table_header.h"

#include "ui/views/message_delegate.h"

#include <QStyleOptionHeader>

namespace jackfield::ui {

TableHeader::TableHeader(QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void TableHeader::initStyleOptionForIndex(QStyleOptionHeader* option, int section) const
{
    QHeaderView::initStyleOptionForIndex(option, section);
    int room = sectionSize(section) - 2 * MessageDelegate::padding;
    if (option->sortIndicator != QStyleOptionHeader::None)
        room -= style()->pixelMetric(QStyle::PM_HeaderMarkSize, option, this);
    option->text = option->fontMetrics.elidedText(option->text, Qt::ElideRight, room);
}

} // namespace jackfield::ui
