#include "ui/benchmark/run_table_model.h"

#include "ui/benchmark/benchmark_text.h"
#include "ui/benchmark/run_store.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"

namespace jackfield::ui {

namespace {

QString latencyText(double microseconds)
{
    return microseconds > 0 ? formatMicroseconds(microseconds) : QString();
}

QString parametersText(const BenchmarkReport& report)
{
    QStringList lines{displayText(report.target)};
    for (const auto& [name, value] : report.parameters)
        lines += QStringLiteral("%1: %2").arg(displayText(name, 60), displayText(value, 60));
    return lines.join(u'\n');
}

} // namespace

QString formatRunDate(const QDateTime& startedAt)
{
    return startedAt.isValid() ? startedAt.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")) : QString();
}

RunTableModel::RunTableModel(const RunStore& store, QObject* parent)
    : QAbstractTableModel(parent)
    , m_store(store)
{
    connect(&store, &RunStore::changed, this, [this] {
        beginResetModel();
        endResetModel();
    });
}

QString RunTableModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_store.runs()[static_cast<std::size_t>(row)].id : QString();
}

int RunTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_store.runs().size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(RunColumn::Count_);
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const BenchmarkReport& report = m_store.runs()[static_cast<std::size_t>(index.row())].report;
    if (role == FailedRole)
        return report.hasFailed;
    if (role == Qt::ToolTipRole)
        return tooltipText(parametersText(report));
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<RunColumn>(index.column())) {
    case RunColumn::Date:
        return formatRunDate(report.startedAt);
    case RunColumn::Mode:
        return displayText(report.mode, 40);
    case RunColumn::Target:
        return displayText(report.target);
    case RunColumn::Throughput:
        return report.isCheck() ? QString() : formatRate(report.messagesPerSecond);
    case RunColumn::Median:
        return latencyText(report.p50);
    case RunColumn::Tail:
        return latencyText(report.p99);
    case RunColumn::Outcome:
        return outcomeOf(report);
    case RunColumn::Count_:
        break;
    }
    return {};
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<RunColumn>(section)) {
    case RunColumn::Date:
        return tr("Date");
    case RunColumn::Mode:
        return tr("Mode");
    case RunColumn::Target:
        return tr("Server");
    case RunColumn::Throughput:
        return tr("Throughput");
    case RunColumn::Median:
        return tr("p50");
    case RunColumn::Tail:
        return tr("p99");
    case RunColumn::Outcome:
        return tr("Outcome");
    case RunColumn::Count_:
        break;
    }
    return {};
}

} // namespace jackfield::ui
