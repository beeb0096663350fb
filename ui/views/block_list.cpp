#include "ui/views/block_list.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/block_list_model.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"
#include "ui/views/cell_delegate.h"
#include "ui/views/controls.h"
#include "ui/views/inline_notice.h"
#include "ui/views/table_header.h"
#include "ui/views/theme.h"

#include <QAction>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

constexpr int maxShownRows = 6;

} // namespace

BlockList::BlockList(EnginePort& port, QWidget* parent)
    : QWidget(parent)
    , m_port(port)
    , m_model(new BlockListModel(this))
{
    nameControl(this, "block_list", "Blocked for now");
    auto* title = plainLabel(tr("Blocked for now"), this);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    m_unblock = named(new QPushButton(tr("Unblock"), this), "unblock", "Unblock");
    m_unblock->setAutoDefault(false);
    m_empty = named(
        wrappedLabel(
            tr("Nobody is. A connection's menu blocks its origin, host or address for a while."), this),
        "no_block", "Nobody is blocked");
    m_empty->setProperty("muted", true);
    m_notice = new InlineNotice(QStringLiteral("blocks"), this);

    m_table = named(new QTableView(this), "block_table", "Blocked for now");
    m_table->setModel(m_model);
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->setProperty("framed", true);
    m_table->setHorizontalHeader(new TableHeader(m_table));
    m_table->horizontalHeader()->setSectionResizeMode(
        static_cast<int>(BlockColumn::Whom), QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(
        static_cast<int>(BlockColumn::What), QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(
        static_cast<int>(BlockColumn::Left), QHeaderView::ResizeToContents);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(tableRowHeight());
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    auto* remove = new QAction(tr("Unblock"), m_table);
    remove->setShortcut(QKeySequence(Qt::Key_Delete));
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(remove);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);

    auto* head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(m_unblock);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_empty);
    column->addWidget(m_table);
    column->addWidget(m_notice);

    connect(remove, &QAction::triggered, this, &BlockList::unblock);
    connect(m_unblock, &QPushButton::clicked, this, &BlockList::unblock);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &BlockList::refresh);
    connect(m_model, &QAbstractItemModel::modelReset, this, &BlockList::refresh);
    refresh();
}

void BlockList::setStatus(const ServerStatus& status)
{
    m_model->setBlocks(status.access.blocks);
}

void BlockList::setNow(TimePoint now)
{
    m_model->setNow(now);
}

bool BlockList::hasExpiring() const
{
    return m_model->hasExpiring();
}

void BlockList::refresh()
{
    const int rows = m_model->rowCount();
    m_empty->setVisible(rows == 0);
    m_table->setVisible(rows > 0);
    m_unblock->setVisible(rows > 0);
    m_unblock->setEnabled(rows == 1 || m_table->selectionModel()->hasSelection());
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
        + std::min(rows, maxShownRows) * tableRowHeight() + 2 * m_table->frameWidth() + 2);
}

void BlockList::unblock()
{
    std::vector<AccessBlock> taken;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex& index : rows) {
        if (auto block = m_model->blockAt(index.row()))
            taken.push_back(std::move(*block));
    }
    if (taken.empty() && m_model->rowCount() == 1)
        taken.push_back(*m_model->blockAt(0)); // there is only one that can be meant
    for (const AccessBlock& block : taken) {
        m_port.submitWithReply(
            command::Unblock{block.kind, block.text}, this, [this](const event::CommandFinished& outcome) {
                if (outcome.error)
                    m_notice->showNotice(InlineNotice::Kind::Danger, wordsOf(outcome.error->message()));
            });
    }
    if (taken.empty())
        return;
    const QString said = taken.size() == 1
        ? tr("%1 is no longer blocked.").arg(displayText(taken.front().text, 80))
        : tr("%1 are no longer blocked.").arg(formatCount(taken.size()));
    m_notice->showUndo(said, QStringLiteral("Undo unblocking"), [this, taken] { blockAgain(taken); });
}

void BlockList::blockAgain(const std::vector<AccessBlock>& blocks)
{
    const TimePoint now{std::chrono::nanoseconds(m_port.clockNow())};
    for (const AccessBlock& block : blocks) {
        const auto left
            = block.expires ? std::chrono::ceil<milliseconds>(*block.expires - now) : milliseconds(0);
        if (block.expires && left.count() <= 0)
            continue; // its time has run out by now
        m_port.submit(command::Block{block.kind, block.text, left});
    }
    m_notice->dismiss();
}

} // namespace jackfield::ui
