#include "ui/models/command_history.h"

#include "ui/models/connection_store.h"
#include "ui/models/send_target.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"

#include "jackfield/command_text.h"

#include <algorithm>
#include <chrono>
#include <type_traits>
#include <utility>
#include <variant>

namespace jackfield::ui {

namespace {

constexpr std::uint64_t formattedAtOnce = std::uint64_t{16} << 10U;
constexpr int shownCharacters = 400;

std::uint64_t payloadOf(const Command& command)
{
    return std::visit(
        [](const auto& c) -> std::uint64_t {
            using C = std::decay_t<decltype(c)>;
            if constexpr (std::is_same_v<C, command::Send> || std::is_same_v<C, command::Ping>) {
                return c.payload.size();
            } else if constexpr (std::is_same_v<C, command::SendRaw>) {
                std::uint64_t sum = 0;
                for (const RawPiece& piece : c.pieces) {
                    const auto* frame = std::get_if<RawFrame>(&piece);
                    sum += frame ? frame->payload.size() : std::get<SharedBytes>(piece).size();
                }
                return sum;
            } else {
                return 0;
            }
        },
        command);
}

// What a large command is called in the table; its text is made when it is copied.
QString nameOf(const Command& command, std::uint64_t payload)
{
    const auto* send = std::get_if<command::Send>(&command);
    const QString size = formatBytes(payload);
    if (!send)
        return CommandHistory::tr("raw ... with %1").arg(size);
    return send->kind == MessageKind::text ? CommandHistory::tr("send ... a text of %1").arg(size)
                                           : CommandHistory::tr("send ... %1 of binary").arg(size);
}

std::int64_t wallNow()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

CommandHistory::CommandHistory(EnginePort& port, const ConnectionStore& connections, QObject* parent)
    : QAbstractTableModel(parent)
    , m_connections(connections)
{
    connect(&port, &EnginePort::commandSubmitted, this, &CommandHistory::onSubmitted);
    connect(&port, &EnginePort::commandFinished, this, &CommandHistory::onFinished);
}

std::string CommandHistory::format(const jackfield::Command& command) const
{
    ConnectionNames names;
    names.number_of = [this](ConnectionId id) -> std::optional<std::uint64_t> {
        const ConnectionRecord* record = m_connections.record(id);
        return record ? std::optional(record->info->number) : std::nullopt;
    };
    return format_command(command, names);
}

void CommandHistory::onSubmitted(Ticket ticket, const jackfield::Command& command)
{
    Entry entry;
    entry.ticket = ticket;
    entry.wallNs = wallNow();
    entry.payload = payloadOf(command);
    if (entry.payload <= formattedAtOnce) {
        entry.line = format(command);
        entry.shown = displayText(entry.line, shownCharacters);
        entry.payload = 0;
    } else {
        entry.command = command;
        entry.shown = nameOf(command, entry.payload);
    }
    if (!m_entries.empty() && !entry.line.empty() && m_entries.back().line == entry.line) {
        Entry& again = m_entries.back();
        ++again.times;
        again.ticket = ticket;
        again.wallNs = entry.wallNs;
        again.outcome.clear();
        again.failed = false;
        const int row = rowCount() - 1;
        Q_EMIT dataChanged(index(row, 0), index(row, historyColumnCount - 1));
        return;
    }
    while (!m_entries.empty() && (m_entries.size() >= maxRows || m_payload + entry.payload > maxPayload)) {
        beginRemoveRows({}, 0, 0);
        m_payload -= m_entries.front().payload;
        m_entries.pop_front();
        endRemoveRows();
    }
    beginInsertRows({}, rowCount(), rowCount());
    m_payload += entry.payload;
    m_entries.push_back(std::move(entry));
    endInsertRows();
}

void CommandHistory::onFinished(Ticket ticket, const event::CommandFinished& outcome)
{
    // The newest ones are asked about.
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry) {
        if (entry->ticket != ticket)
            continue;
        entry->failed = outcome.error.has_value();
        if (outcome.error)
            entry->outcome = wordsOf(outcome.error->message());
        else if (outcome.count + outcome.gone + outcome.skipped > 0)
            entry->outcome = outcomeText(outcome, tr("done"));
        else
            entry->outcome = tr("done");
        const int row = static_cast<int>(std::distance(entry, m_entries.rend())) - 1;
        Q_EMIT dataChanged(index(row, 0), index(row, historyColumnCount - 1));
        return;
    }
}

std::string CommandHistory::commandAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    const Entry& entry = m_entries[static_cast<std::size_t>(row)];
    return entry.line.empty() ? format(entry.command) : entry.line;
}

void CommandHistory::clear()
{
    beginResetModel();
    m_cleared = std::exchange(m_entries, {});
    m_payload = 0;
    endResetModel();
}

void CommandHistory::undoClear()
{
    beginResetModel();
    for (auto entry = m_cleared.rbegin(); entry != m_cleared.rend(); ++entry) {
        if (m_entries.size() >= maxRows || m_payload + entry->payload > maxPayload)
            break;
        m_payload += entry->payload;
        m_entries.push_front(std::move(*entry));
    }
    m_cleared.clear();
    endResetModel();
}

int CommandHistory::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int CommandHistory::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : historyColumnCount;
}

QVariant CommandHistory::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Entry& entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        switch (static_cast<HistoryColumn>(index.column())) {
        case HistoryColumn::Time:
            return formatTimeOfDay(entry.wallNs);
        case HistoryColumn::Command:
            return entry.times == 1
                ? entry.shown
                : QStringLiteral("%1  \u00D7%2").arg(entry.shown, formatCount(entry.times));
        case HistoryColumn::Outcome:
            return entry.outcome;
        case HistoryColumn::Count_:
            break;
        }
        return {};
    case Qt::ToolTipRole:
        return tooltipText(entry.outcome.isEmpty() ? entry.shown : entry.shown + u'\n' + entry.outcome);
    case FailedRole:
        return entry.failed;
    default:
        return {};
    }
}

QVariant CommandHistory::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<HistoryColumn>(section)) {
    case HistoryColumn::Time:
        return tr("Time");
    case HistoryColumn::Command:
        return tr("Command");
    case HistoryColumn::Outcome:
        return tr("Outcome");
    case HistoryColumn::Count_:
        break;
    }
    return {};
}

} // namespace jackfield::ui
