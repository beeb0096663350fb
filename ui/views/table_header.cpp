#include "ui/views/table_header.h"

#include "ui/models/header_roles.h"
#include "ui/views/message_delegate.h"

#include <QStyleOptionHeader>
#include <QTableView>

#include <algorithm>

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
    const auto needOf = [&](const QString& text) { return option->fontMetrics.horizontalAdvance(text); };
    if (needOf(option->text) > room) {
        const QString shorter = model()->headerData(section, Qt::Horizontal, shortTitleRole).toString();
        if (!shorter.isEmpty())
            option->text = shorter;
    }
    option->text = option->fontMetrics.elidedText(option->text, Qt::ElideRight, room);
}

void shareRoom(QTableView& table, int first, int second)
{
    QHeaderView* header = table.horizontalHeader();
    header->setSectionResizeMode(first, QHeaderView::Fixed);
    header->setSectionResizeMode(second, QHeaderView::Stretch);
    const auto fit = [&table, header, first, second] {
        const QAbstractItemView& view = table;
        const auto needOf = [&](int column) {
            return std::max(view.sizeHintForColumn(column), header->sectionSizeHint(column));
        };
        const int both = table.columnWidth(first) + table.columnWidth(second);
        const int most = std::min(std::max(both - needOf(second), both / 2), both - header->sectionSizeHint(second));
        table.setColumnWidth(first, std::max(std::min(needOf(first), most), header->minimumSectionSize()));
    };
    // The stretched one tells of every change of the table's width.
    QObject::connect(header, &QHeaderView::sectionResized, &table, [fit, second](int section) {
        if (section == second)
            fit();
    });
    QObject::connect(table.model(), &QAbstractItemModel::dataChanged, &table, fit);
    QObject::connect(table.model(), &QAbstractItemModel::rowsInserted, &table, fit);
    QObject::connect(table.model(), &QAbstractItemModel::rowsRemoved, &table, fit);
    QObject::connect(table.model(), &QAbstractItemModel::modelReset, &table, fit);
    fit();
}

} // namespace jackfield::ui
