#include "ui/models/event_log_model.h"

#include "ui/models/event_words.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"

#include "jackfield/event_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace jackfield::ui {
namespace {

constexpr int sentenceChars = 1'024; // sentences are ours and longer than a peer's word in a cell

struct Words {
    Q_DECLARE_TR_FUNCTIONS(EventLogModel)
};

template <class T>
concept HasId = requires(const T& what)
{
    what.id;
};
template <class T>
concept HasInfo = requires(const T& what)
{
    what.info;
};

ConnectionId connectionOf(const Event& event)
{
    return std::visit(
        [](const auto& what) -> ConnectionId {
            using What = std::decay_t<decltype(what)>;
            if constexpr (HasId<What>)
                return what.id;
            else if constexpr (HasInfo<What>)
                return what.info ? what.info->id : ConnectionId{};
            else
                return {};
        },
        event.what);
}

// What it does not name is no problem.
struct Judge {
    template <class What>
    bool operator()(const What& /*what*/) const
    {
        return false;
    }
    bool operator()(const event::ListenFailed& what) const { return !what.optional; }
    bool operator()(const event::Refused& what) const { return what.was_upgrade; }
    bool operator()(const event::ListProblem& /*what*/) const { return true; }
    bool operator()(const event::WideOpen& /*what*/) const { return true; }
    bool operator()(const event::SlowPeer& /*what*/) const { return true; }
    bool operator()(const event::MessagesSkipped& /*what*/) const { return true; }
    bool operator()(const event::Flood& /*what*/) const { return true; }
    bool operator()(const event::LimitReached& /*what*/) const { return true; }
    bool operator()(const event::DescriptorsExhausted& /*what*/) const { return true; }
    bool operator()(const event::EngineStalled& /*what*/) const { return true; }
    bool operator()(const event::ConnectionFault& /*what*/) const { return true; }
    bool operator()(const event::CommandFinished& what) const { return what.error.has_value(); }
    bool operator()(const event::Closed& what) const
    {
        return what.close.by == ClosedBy::engine && what.close.cause != CloseCause::closing_handshake;
    }
    bool operator()(const event::StopFinished& what) const { return what.dropped != 0; }
    bool operator()(const event::Opened& what) const { return !what.note.empty(); }
    bool operator()(const event::ListChanged& what) const { return what.invalid != 0; }
};

bool isProblem(const Event& event)
{
    return std::visit(Judge{}, event.what);
}

bool isLogged(const Event& event)
{
    const auto* outcome = std::get_if<event::CommandFinished>(&event.what);
    return outcome == nullptr || outcome->error.has_value();
}

} // namespace

QString titleOf(EventColumn column)
{
    switch (column) {
    case EventColumn::Time:
        return Words::tr("Time");
    case EventColumn::Kind:
        return Words::tr("Event");
    case EventColumn::Text:
        return Words::tr("What happened");
    case EventColumn::Count_:
        break;
    }
    return {};
}

EventLogModel::EventLogModel(QObject* parent)
    : QAbstractTableModel(parent)
{ }
EventLogModel::~EventLogModel() = default;

int EventLogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int EventLogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : eventColumnCount;
}

QString EventLogModel::sentence(const Entry& entry)
{
    return entry.isInWords ? ourText(entry.text) : wordsOf(entry.text);
}

QVariant EventLogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Entry& entry = m_entries[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<EventColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (column) {
        case EventColumn::Time:
            return formatTimeOfDay(entry.at.time_since_epoch().count());
        case EventColumn::Kind:
            return ourText(entry.kind);
        case EventColumn::Text:
            return displayText(sentence(entry).toStdString(), sentenceChars);
        case EventColumn::Count_:
            break;
        }
        return {};
    case Qt::ToolTipRole:
        return column == EventColumn::Time ? tooltipText(formatDateTime(entry.at.time_since_epoch().count()))
                                           : tooltipText(sentence(entry).toStdString());
    case Qt::AccessibleDescriptionRole:
        return titleOf(column);
    case ConnectionIdRole:
        return QVariant::fromValue<quint64>(entry.connection.value());
    case ProblemRole:
        return entry.problem;
    default:
        return {};
    }
}

QVariant EventLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= eventColumnCount)
        return {};
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return titleOf(static_cast<EventColumn>(section));
    return {};
}

void EventLogModel::clear()
{
    beginResetModel();
    m_cleared = std::exchange(m_entries, {});
    endResetModel();
}

void EventLogModel::undoClear()
{
    beginResetModel();
    const std::deque<Entry> since = std::exchange(m_entries, std::exchange(m_cleared, {}));
    m_entries.insert(m_entries.end(), since.begin(), since.end());
    if (m_entries.size() > maxRows) {
        const std::size_t surplus = m_entries.size() - maxRows;
        m_entries.erase(m_entries.begin(), m_entries.begin() + static_cast<std::ptrdiff_t>(surplus));
        m_dropped += surplus;
    }
    endResetModel();
}

void EventLogModel::apply(const EventBatch& batch)
{
    std::vector<Entry> fresh;
    m_lost += batch.lost;
    if (batch.lost != 0)
        fresh.push_back({batch.events.empty() ? (m_entries.empty() ? WallTime{} : m_entries.back().at)
                                              : batch.events.front().at,
            {}, "EVENTS_LOST",
            lostEventsWords(batch.lost).toStdString(), true, true});
    for (const Event& event : batch.events) {
        if (!isLogged(event))
            continue;
        const std::optional<QString> words = eventWords(event);
        fresh.push_back({event.at, connectionOf(event), name_of(event), words ? words->toStdString() : describe(event),
            isProblem(event), words.has_value()});
    }
    if (fresh.size() > maxRows) {
        m_dropped += fresh.size() - maxRows;
        fresh.erase(fresh.begin(), fresh.end() - static_cast<std::ptrdiff_t>(maxRows));
    }
    if (fresh.empty())
        return;
    if (m_entries.size() + fresh.size() > maxRows) {
        const std::size_t surplus = m_entries.size() + fresh.size() - maxRows;
        beginRemoveRows({}, 0, static_cast<int>(surplus) - 1);
        m_entries.erase(m_entries.begin(), m_entries.begin() + static_cast<std::ptrdiff_t>(surplus));
        m_dropped += surplus;
        endRemoveRows();
    }
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(fresh.size()) - 1);
    m_entries.insert(
        m_entries.end(), std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
    endInsertRows();
}

} // namespace jackfield::ui
