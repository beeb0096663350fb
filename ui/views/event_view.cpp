#include "ui/views/event_view.h"

#include "ui/models/event_log_model.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/cell_delegate.h"
#include "ui/views/controls.h"
#include "ui/views/filter_field.h"
#include "ui/views/inline_notice.h"
#include "ui/views/message_delegate.h"
#include "ui/views/spoken_name.h"
#include "ui/views/tail_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QToolButton>
#include <QVBoxLayout>

namespace jackfield::ui {

namespace {

// One row as the filter language sees it.
class RowFields final : public FilterFields {
public:
    RowFields(std::string kind, std::string text)
        : m_kind(std::move(kind))
        , m_text(std::move(text))
    { }
    [[nodiscard]] std::optional<std::string_view> searched(std::size_t index) const override
    {
        if (index == 0)
            return m_text;
        return index == 1 ? std::optional<std::string_view>(m_kind) : std::nullopt;
    }
    [[nodiscard]] std::string_view text(FilterKey) const override { return {}; }
    [[nodiscard]] std::optional<std::uint64_t> number(FilterKey) const override { return std::nullopt; }

private:
    std::string m_kind;
    std::string m_text;
};

class EventProxy final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setFilter(const Filter& filter)
    {
        m_filter = filter;
        invalidateFilter();
    }
    [[nodiscard]] bool isFiltering() const { return !m_filter.is_empty(); }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        if (m_filter.is_empty())
            return true;
        const auto text = [&](EventColumn column) {
            return sourceModel()
                ->index(row, static_cast<int>(column), parent)
                .data()
                .toString()
                .toStdString();
        };
        return m_filter.matches(RowFields(text(EventColumn::Kind), text(EventColumn::Text)));
    }

private:
    Filter m_filter;
};

class EventDelegate final : public CellDelegate {
public:
    using CellDelegate::CellDelegate;

protected:
    [[nodiscard]] QFont fontOf(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return isTime(index) ? monospaceFont() : option.font;
    }
    [[nodiscard]] ColorRole colorOf(const QModelIndex& index, bool selected) const override
    {
        if (isTime(index) && !selected)
            return ColorRole::MutedText;
        return index.data(EventLogModel::ProblemRole).toBool() ? ColorRole::DangerText : ColorRole::Text;
    }

private:
    static bool isTime(const QModelIndex& index)
    {
        return index.column() == static_cast<int>(EventColumn::Time);
    }
};

} // namespace

class EventView::Private {
public:
    EventLogModel* model = nullptr;
    TailTable* table = nullptr;
    QLabel* lost = nullptr;
};

EventView::EventView(EventLogModel& model, QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    nameControl(this, "event_view", "Events");
    d->model = &model;
    auto* proxy = new EventProxy(this);
    proxy->setSourceModel(&model);

    auto* filter = named(new FilterField(FilterSubject::events, this), "event_filter", "Filter events");
    filter->setPlaceholderText(tr("Filter events"));
    filter->errorLabel()->setAccessibleName(spokenName("Event filter error"));
    d->lost = named(mutedLabel(QString(), this), "events_lost", "Events lost");
    auto* clear = named(framedToolButton(tr("Clear"), this), "clear_events", "Clear events");
    clear->setToolTip(tr("Empty the list of events"));

    d->table = named(new TailTable(this), "event_table", "Event table");
    d->table->setItemDelegate(new EventDelegate(d->table));
    d->table->setModel(proxy);
    d->table->setEmptyText(tr("Nothing has happened yet."));
    d->table->hideColumn(static_cast<int>(EventColumn::Kind));
    QHeaderView* header = d->table->horizontalHeader();
    header->setSectionResizeMode(static_cast<int>(EventColumn::Text), QHeaderView::Stretch);
    d->table->setColumnWidth(static_cast<int>(EventColumn::Time),
        QFontMetrics(monospaceFont()).horizontalAdvance(QStringLiteral("00:00:00.000"))
            + 2 * MessageDelegate::padding + 4);

    d->table->addKey(QKeySequence(Qt::CTRL | Qt::Key_C), tr("Copy"), [this] {
        QStringList lines;
        for (const QModelIndex& index : d->table->selectionModel()->selectedRows()) {
            lines += index.data().toString() + QStringLiteral("  ")
                + index.siblingAtColumn(static_cast<int>(EventColumn::Text)).data().toString();
        }
        if (!lines.isEmpty())
            QGuiApplication::clipboard()->setText(copyText(lines.join(u'\n').toStdString()));
    });

    auto* notice = new InlineNotice(QStringLiteral("events"), this);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(10, 6, 10, 6);
    row->setSpacing(8);
    row->addWidget(filter, 1);
    row->addWidget(d->lost);
    row->addWidget(clear);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(filter->errorLabel());
    column->addWidget(notice);
    column->addWidget(d->table, 1);
    setFocusProxy(d->table);

    const auto refresh = [this] {
        const std::uint64_t gone = d->model->lostCount() + d->model->droppedCount();
        d->lost->setText(gone > 0 ? tr("%1 not kept").arg(formatCount(gone)) : QString());
        d->lost->setVisible(gone > 0);
        d->table->setEmptyText(
            d->model->rowCount() > 0 ? tr("No event passes the filter.") : tr("Nothing has happened yet."));
    };
    connect(&model, &QAbstractItemModel::rowsInserted, this, refresh);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, refresh);
    connect(&model, &QAbstractItemModel::modelReset, this, refresh);
    connect(clear, &QToolButton::clicked, this, [this, notice] {
        if (d->model->rowCount() == 0)
            return;
        d->model->clear();
        notice->showUndo(tr("The list is empty now."), QStringLiteral("Undo clearing events"),
            [this] { d->model->undoClear(); });
    });
    connect(filter, &FilterField::filterChanged, this, [proxy, refresh](const Filter& wanted) {
        proxy->setFilter(wanted);
        refresh();
    });
    refresh();
}

EventView::~EventView() = default;

} // namespace jackfield::ui
