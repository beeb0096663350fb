#include "ui/views/command_history_view.h"

#include "ui/models/command_history.h"
#include "ui/text/display_text.h"
#include "ui/views/cell_delegate.h"
#include "ui/views/controls.h"
#include "ui/views/inline_notice.h"
#include "ui/views/message_delegate.h"
#include "ui/views/tail_table.h"

#include <QClipboard>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

class HistoryDelegate final : public CellDelegate {
public:
    using CellDelegate::CellDelegate;

protected:
    [[nodiscard]] QFont fontOf(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return index.column() == static_cast<int>(HistoryColumn::Outcome) ? option.font : monospaceFont();
    }
    [[nodiscard]] ColorRole colorOf(const QModelIndex& index, bool selected) const override
    {
        if (index.data(CommandHistory::FailedRole).toBool())
            return ColorRole::DangerText;
        const bool command = index.column() == static_cast<int>(HistoryColumn::Command);
        return command || selected ? ColorRole::Text : ColorRole::MutedText;
    }
};

} // namespace

CommandHistoryView::CommandHistoryView(CommandHistory& history, QWidget* parent)
    : QWidget(parent)
    , m_history(history)
{
    nameControl(this, "command_history", "Command history");
    auto* hint = named(wrappedLabel(tr("What the window did, as commands of Jackfield's own language."), this),
        "history_hint", "About the command history");
    hint->setProperty("muted", true);
    m_copy = named(framedToolButton(tr("Copy"), this), "copy_command", "Copy commands");
    m_copy->setToolTip(tr("Copy the selected commands, or the last one"));
    auto* clear = named(framedToolButton(tr("Clear"), this), "clear_history", "Clear command history");
    clear->setToolTip(tr("Empty the list; nothing is undone"));

    m_table = named(new TailTable(this), "history_table", "Command history table");
    m_table->setItemDelegate(new HistoryDelegate(m_table));
    m_table->setModel(&history);
    m_table->setEmptyText(tr("Nothing has been done yet."));
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(static_cast<int>(HistoryColumn::Command), QHeaderView::Stretch);
    m_table->setColumnWidth(static_cast<int>(HistoryColumn::Time),
        QFontMetrics(monospaceFont()).horizontalAdvance(QStringLiteral("00:00:00.000"))
            + 2 * MessageDelegate::padding + 4);
    m_table->setColumnWidth(static_cast<int>(HistoryColumn::Outcome),
        QFontMetrics(font()).horizontalAdvance(QStringLiteral("2 done, 1 gone"))
            + 2 * MessageDelegate::padding);
    m_table->addKey(QKeySequence(Qt::CTRL | Qt::Key_C), tr("Copy"), [this] { copy(); });

    auto* notice = new InlineNotice(QStringLiteral("command history"), this);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(10, 6, 10, 6);
    row->setSpacing(8);
    row->addWidget(hint, 1);
    row->addWidget(m_copy);
    row->addWidget(clear);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(notice);
    column->addWidget(m_table, 1);
    setFocusProxy(m_table);

    const auto refresh = [this] { m_copy->setEnabled(m_history.rowCount() > 0); };
    connect(&history, &QAbstractItemModel::rowsInserted, this, refresh);
    connect(&history, &QAbstractItemModel::modelReset, this, refresh);
    connect(m_copy, &QToolButton::clicked, this, &CommandHistoryView::copy);
    connect(clear, &QToolButton::clicked, this, [this, notice] {
        if (m_history.rowCount() == 0)
            return;
        m_history.clear();
        notice->showUndo(tr("The list is empty now; nothing that was done is taken back."),
            QStringLiteral("Undo clearing the command history"), [this] { m_history.undoClear(); });
    });
    refresh();
}

void CommandHistoryView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // A failure is red and its tooltip says why, so that the command has the room there is.
    m_table->setColumnHidden(static_cast<int>(HistoryColumn::Outcome), width() < 480);
}

void CommandHistoryView::copy()
{
    std::vector<int> rows;
    const QModelIndexList selected = m_table->selectionModel()->selectedRows();
    for (const QModelIndex& index : selected)
        rows.push_back(index.row());
    if (rows.empty() && m_history.rowCount() > 0)
        rows.push_back(m_history.rowCount() - 1);
    std::ranges::sort(rows);
    std::string lines;
    for (const int row : rows)
        lines += (lines.empty() ? "" : "\n") + m_history.commandAt(row);
    if (!lines.empty())
        QGuiApplication::clipboard()->setText(copyText(lines));
}

} // namespace jackfield::ui
