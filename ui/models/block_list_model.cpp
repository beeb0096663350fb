#include "ui/models/block_list_model.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"

#include <algorithm>

namespace jackfield::ui {

namespace {

constexpr int columnCountOf = static_cast<int>(BlockColumn::Count_);

// "9:32", "1:00:05".
QString timeLeft(TimePoint now, TimePoint until)
{
    const auto left = std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::seconds>(until - now).count());
    const QString seconds = QStringLiteral("%1").arg(left % 60, 2, 10, QLatin1Char('0'));
    if (left < 3600)
        return QStringLiteral("%1:%2").arg(left / 60).arg(seconds);
    return QStringLiteral("%1:%2:%3")
        .arg(left / 3600)
        .arg(left / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(seconds);
}

} // namespace

BlockListModel::BlockListModel(QObject* parent)
    : QAbstractTableModel(parent)
{ }

void BlockListModel::setBlocks(const std::vector<AccessBlock>& blocks)
{
    if (blocks == m_blocks)
        return;
    beginResetModel();
    m_blocks = blocks;
    endResetModel();
}

void BlockListModel::setNow(TimePoint now)
{
    m_now = now;
    if (m_blocks.empty())
        return;
    const int column = static_cast<int>(BlockColumn::Left);
    Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column), {Qt::DisplayRole});
}

std::optional<AccessBlock> BlockListModel::blockAt(int row) const
{
    return row >= 0 && row < rowCount() ? std::optional(m_blocks[static_cast<std::size_t>(row)])
                                        : std::nullopt;
}

bool BlockListModel::hasExpiring() const
{
    return std::ranges::any_of(m_blocks, [](const AccessBlock& block) { return block.expires.has_value(); });
}

int BlockListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_blocks.size());
}

int BlockListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnCountOf;
}

QVariant BlockListModel::data(const QModelIndex& index, int role) const
{
    const auto block = blockAt(index.row());
    if (!block)
        return {};
    const auto column = static_cast<BlockColumn>(index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((column == BlockColumn::Left ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole)
        return tooltipText(displayText(block->text));
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case BlockColumn::What:
        return blockKindName(block->kind);
    case BlockColumn::Whom:
        return displayText(block->text);
    case BlockColumn::Left:
        return block->expires ? timeLeft(m_now, *block->expires) : tr("until Jackfield closes");
    case BlockColumn::Count_:
        break;
    }
    return {};
}

QVariant BlockListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<BlockColumn>(section)) {
    case BlockColumn::What:
        return tr("What");
    case BlockColumn::Whom:
        return tr("Whom");
    case BlockColumn::Left:
        return tr("Time left");
    case BlockColumn::Count_:
        break;
    }
    return {};
}

} // namespace jackfield::ui
