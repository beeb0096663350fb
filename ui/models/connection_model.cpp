#include "ui/models/connection_model.h"

#include "ui/models/header_roles.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace jackfield::ui {
namespace {

constexpr int ageInterval = 500; // ms between two refreshes of the ages
constexpr std::size_t maxRuns = 32; // more separate insertions or removals cost more than one rearrangement

struct Run {
    int first;
    int last;
};

// Neighbouring rows of a sorted list as runs.
std::vector<Run> runsOf(const std::vector<int>& rows)
{
    std::vector<Run> runs;
    for (const int row : rows) {
        if (!runs.empty() && runs.back().last + 1 == row)
            runs.back().last = row;
        else
            runs.push_back({row, row});
    }
    return runs;
}

} // namespace

ConnectionModel::ConnectionModel(ConnectionStore& store, std::function<std::int64_t()> clock, QObject* parent)
    : QAbstractTableModel(parent)
    , m_store(store)
    , m_order(store)
    , m_clock(std::move(clock))
{
    m_sortTimer.setSingleShot(true);
    m_ageTimer.setInterval(ageInterval);
    connect(&m_sortTimer, &QTimer::timeout, this, [this] {
        if (!m_held && m_stale)
            arrange();
    });
    connect(&m_ageTimer, &QTimer::timeout, this, &ConnectionModel::refreshAges);
    connect(&m_store, &ConnectionStore::changed, this, &ConnectionModel::onStoreChanged);
    m_ageTimer.start();
    arrange();
}

ConnectionModel::~ConnectionModel() = default;

int ConnectionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ConnectionModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : connectionColumnCount;
}

QVariant ConnectionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ConnectionSlot slot = m_rows[static_cast<std::size_t>(index.row())];
    const ConnectionRecord& record = m_store.at(slot);
    const auto column = static_cast<ConnectionColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return display(record, slot, column);
    case Qt::ToolTipRole:
        return toolTip(record, slot, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((isFigure(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::AccessibleTextRole: {
        const QString text = display(record, slot, column);
        return text.isEmpty() ? tr("none") : text;
    }
    case Qt::AccessibleDescriptionRole:
        if (column == ConnectionColumn::State)
            return tr("Connection %1, %2, %3, %4")
                .arg(m_store.label(record.info->id), stateName(record.counters.state),
                    tr("%1 messages from browser", nullptr, pluralOf(record.counters.messages_in))
                        .arg(formatCount(record.counters.messages_in)),
                    tr("%1 messages to browser", nullptr, pluralOf(record.counters.messages_out))
                        .arg(formatCount(record.counters.messages_out)));
        return titleOf(column);
    case ConnectionIdRole:
        return QVariant::fromValue<quint64>(record.info->id.value());
    case NumberRole:
        return QVariant::fromValue<quint64>(record.info->number);
    case IsOpenRole:
        return record.isOpen();
    case StateRole:
        return static_cast<int>(record.counters.state);
    case FlagsRole:
        return static_cast<int>(record.counters.flags);
    case ColourRole:
        return static_cast<int>(column == ConnectionColumn::Name ? m_store.colour(slot) : PageColour::none);
    case BadgeRole:
        if (column == ConnectionColumn::Name)
            return badgeOf(record);
        return QString();
    default:
        return {};
    }
}

QVariant ConnectionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= connectionColumnCount)
        return {};
    const auto column = static_cast<ConnectionColumn>(section);
    switch (role) {
    case Qt::DisplayRole:
        return titleOf(column);
    case shortTitleRole:
        return shortTitleOf(column);
    case Qt::AccessibleTextRole:
        return column == ConnectionColumn::Number ? tr("Number") : titleOf(column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((isFigure(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

Qt::ItemFlags ConnectionModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

void ConnectionModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= connectionColumnCount)
        return;
    m_order.setSort(static_cast<ConnectionColumn>(column), order);
    arrange();
}

ConnectionId ConnectionModel::idAt(int row) const
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_rows.size())
        return {};
    return m_store.at(m_rows[static_cast<std::size_t>(row)]).info->id;
}

int ConnectionModel::rowOf(ConnectionId id) const
{
    const auto slot = m_store.find(id);
    return slot && *slot < m_rowOf.size() ? m_rowOf[*slot] : -1;
}

QModelIndex ConnectionModel::indexOf(ConnectionId id, ConnectionColumn column) const
{
    const int row = rowOf(id);
    return row < 0 ? QModelIndex() : index(row, static_cast<int>(column));
}

std::vector<ConnectionId> ConnectionModel::ids() const
{
    std::vector<ConnectionId> ids;
    ids.reserve(m_rows.size());
    for (const ConnectionSlot slot : m_rows)
        ids.push_back(m_store.at(slot).info->id);
    return ids;
}

std::vector<ConnectionId> ConnectionModel::openIds() const
{
    std::vector<ConnectionId> ids;
    for (const ConnectionSlot slot : m_rows) {
        if (m_store.at(slot).isOpen())
            ids.push_back(m_store.at(slot).info->id);
    }
    return ids;
}

bool ConnectionModel::passesFilter(ConnectionId id) const
{
    const auto slot = m_store.find(id);
    return slot && m_order.matches(*slot);
}

void ConnectionModel::setFilter(const Filter& filter)
{
    if (filter.text() == m_order.filter().text())
        return;
    m_order.setFilter(filter);
    arrange();
}

void ConnectionModel::setShowClosed(bool show)
{
    if (show == m_order.showClosed())
        return;
    m_order.setShowClosed(show);
    arrange();
}

void ConnectionModel::clearClosed()
{
    m_store.clearClosed();
}

std::size_t ConnectionModel::hiddenByFilter() const
{
    if (m_order.filter().is_empty())
        return 0;
    const std::size_t considered = m_store.openCount() + (m_order.showClosed() ? m_store.closedCount() : 0);
    return considered > m_rows.size() ? considered - m_rows.size() : 0;
}

void ConnectionModel::holdOrder(bool hold)
{
    if (hold == m_held)
        return;
    const bool paused = isOrderPaused();
    m_held = hold;
    if (!hold && m_stale) {
        if (m_mixed)
            arrange();
        else
            scheduleSort();
    }
    if (isOrderPaused() != paused)
        Q_EMIT orderPausedChanged(!paused);
}

void ConnectionModel::setFollowed(std::vector<ConnectionId> ids)
{
    std::unordered_set<ConnectionId> followed(ids.begin(), ids.end());
    if (followed == m_followed)
        return;
    std::swap(followed, m_followed);
    followed.insert(m_followed.begin(), m_followed.end());
    for (const ConnectionId id : followed) {
        if (const QModelIndex at = indexOf(id); at.isValid())
            Q_EMIT dataChanged(at, at, {BadgeRole});
    }
}

void ConnectionModel::onStoreChanged(const ConnectionChanges& changes)
{
    if (m_rowOf.size() < m_store.slotBound())
        m_rowOf.resize(m_store.slotBound(), -1);
    for (const auto* slots : {&changes.opened, &changes.restated, &changes.closed, &changes.removed}) {
        for (const ConnectionSlot slot : *slots)
            m_order.forget(slot);
    }
    takeAway(changes.removed);
    showClosedOnes(changes.closed);
    showOpened(changes.opened);
    showChanged(changes.changed);
    if (!m_order.filter().is_empty() && !changes.restated.empty()) {
        std::vector<ConnectionSlot> in;
        std::vector<ConnectionSlot> out;
        for (const ConnectionSlot slot : changes.restated) {
            const bool is = m_rowOf[slot] >= 0;
            if (m_order.isRow(slot) != is)
                (is ? out : in).push_back(slot);
        }
        if (m_held && !out.empty())
            markStale();
        else
            takeAway(out);
        showOpened(in);
    }
    if (!changes.restated.empty()
        && (m_order.sortColumn() == ConnectionColumn::State
            || m_order.sortColumn() == ConnectionColumn::Name))
        markStale();
    if (!changes.opened.empty() || !changes.closed.empty() || !changes.removed.empty()
        || !changes.restated.empty())
        Q_EMIT countsChanged();
}

void ConnectionModel::showOpened(const std::vector<ConnectionSlot>& slots)
{
    std::vector<ConnectionSlot> fresh;
    for (const ConnectionSlot slot : slots) {
        if (m_rowOf[slot] < 0 && m_order.isRow(slot))
            fresh.push_back(slot);
    }
    if (fresh.empty())
        return;
    m_order.sort(fresh);
    if (m_held) {
        const auto first = m_rows.size();
        beginInsertRows({}, static_cast<int>(first), static_cast<int>(first + fresh.size()) - 1);
        m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
        m_mixed = true;
        renumber(first);
        endInsertRows();
        markStale();
        return;
    }
    const auto closed = std::partition_point(
        fresh.begin(), fresh.end(), [this](ConnectionSlot slot) { return m_store.at(slot).isOpen(); });
    struct Place {
        std::size_t before; // a row as it is without the fresh ones
        std::size_t first, count; // of the fresh ones
    };
    std::vector<Place> places;
    const auto openFresh = static_cast<std::size_t>(closed - fresh.begin());
    const auto openEnd = m_rows.begin() + static_cast<std::ptrdiff_t>(m_openRows);
    // Where figures move, the rows are not in order at the moment; new ones wait at the end of the open ones
    // for the next sorting.
    const bool isExact = !movesWithTraffic(m_order.sortColumn());
    for (std::size_t i = 0; i < openFresh; ++i) {
        const std::size_t before = isExact
            ? static_cast<std::size_t>(
                std::lower_bound(m_rows.begin(), openEnd, fresh[i],
                    [this](ConnectionSlot a, ConnectionSlot b) { return m_order.isBefore(a, b); })
                - m_rows.begin())
            : m_openRows;
        if (!places.empty() && places.back().before == before)
            ++places.back().count;
        else
            places.push_back({before, i, 1});
    }
    if (places.size() > maxRuns) {
        places = {{m_openRows, 0, openFresh}};
        markStale();
    } else if (!isExact && openFresh != 0) {
        markStale();
    }
    // Closed ones come back to their places: when clearing is undone, or with a new name that passes the filter.
    std::vector<Place> closedPlaces;
    for (std::size_t i = openFresh; i < fresh.size(); ++i) {
        const auto before = static_cast<std::size_t>(
            std::lower_bound(openEnd, m_rows.end(), fresh[i],
                [this](ConnectionSlot a, ConnectionSlot b) { return m_order.isBefore(a, b); })
            - m_rows.begin());
        if (!closedPlaces.empty() && closedPlaces.back().before == before)
            ++closedPlaces.back().count;
        else
            closedPlaces.push_back({before, i, 1});
    }
    if (closedPlaces.size() > maxRuns) {
        closedPlaces = {{m_openRows, openFresh, fresh.size() - openFresh}};
        markStale();
    }
    places.insert(places.end(), closedPlaces.begin(), closedPlaces.end());
    for (auto place = places.rbegin(); place != places.rend();
         ++place) { // from below, so that the places stay right
        const auto from = fresh.begin() + static_cast<std::ptrdiff_t>(place->first);
        beginInsertRows(
            {}, static_cast<int>(place->before), static_cast<int>(place->before + place->count) - 1);
        m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(place->before), from,
            from + static_cast<std::ptrdiff_t>(place->count));
        if (place->first < openFresh)
            m_openRows += place->count;
        renumber(place->before);
        endInsertRows();
    }
}

void ConnectionModel::showClosedOnes(const std::vector<ConnectionSlot>& slots)
{
    std::vector<ConnectionSlot> staying;
    std::vector<ConnectionSlot> leaving;
    std::vector<ConnectionSlot> coming; // with a filter such as is:closed
    for (const ConnectionSlot slot : slots) {
        if (m_rowOf[slot] >= 0)
            (m_order.isRow(slot) ? staying : leaving).push_back(slot);
        else if (!m_order.filter().is_empty() && m_order.isRow(slot))
            coming.push_back(slot);
    }
    moveToClosed(staying, leaving, slots);
    showOpened(coming); // once those that have closed with them stand where they belong
}

void ConnectionModel::moveToClosed(const std::vector<ConnectionSlot>& staying,
    const std::vector<ConnectionSlot>& leaving, const std::vector<ConnectionSlot>& slots)
{
    if (m_held) {
        showChanged(slots);
        if (!staying.empty() || !leaving.empty()) {
            m_mixed = true;
            markStale();
        }
        return;
    }
    takeAway(leaving);
    if (staying.size() > maxRuns) {
        // One rearrangement: the open rest, the new closed ones (the last one first), the closed ones from
        // before.
        std::vector<bool> isNew(m_store.slotBound());
        for (const ConnectionSlot slot : staying)
            isNew[slot] = true;
        std::vector<ConnectionSlot> rows;
        rows.reserve(m_rows.size());
        std::copy_if(m_rows.begin(), m_rows.begin() + static_cast<std::ptrdiff_t>(m_openRows),
            std::back_inserter(rows), [&](ConnectionSlot slot) { return !isNew[slot]; });
        rows.insert(rows.end(), staying.rbegin(), staying.rend());
        rows.insert(rows.end(), m_rows.begin() + static_cast<std::ptrdiff_t>(m_openRows), m_rows.end());
        m_openRows -= staying.size();
        rearrangeTo(std::move(rows));
        showChanged(staying);
        return;
    }
    for (const ConnectionSlot slot : staying) {
        const auto row = static_cast<std::size_t>(m_rowOf[slot]);
        if (row + 1 != m_openRows) {
            beginMoveRows({}, static_cast<int>(row), static_cast<int>(row), {}, static_cast<int>(m_openRows));
            std::rotate(m_rows.begin() + static_cast<std::ptrdiff_t>(row),
                m_rows.begin() + static_cast<std::ptrdiff_t>(row) + 1,
                m_rows.begin() + static_cast<std::ptrdiff_t>(m_openRows));
            --m_openRows;
            renumber(row);
            endMoveRows();
        } else {
            --m_openRows;
        }
        showChanged({slot});
    }
}

void ConnectionModel::takeAway(const std::vector<ConnectionSlot>& slots)
{
    std::vector<int> rows;
    for (const ConnectionSlot slot : slots) {
        if (m_rowOf[slot] >= 0)
            rows.push_back(m_rowOf[slot]);
    }
    if (rows.empty())
        return;
    std::sort(rows.begin(), rows.end());
    const std::vector<Run> runs = runsOf(rows);
    if (runs.size() > maxRuns) {
        std::vector<ConnectionSlot> order;
        order.reserve(m_rows.size());
        std::vector<ConnectionSlot> leaving;
        const std::size_t openEnd = m_openRows;
        auto next = rows.begin();
        for (std::size_t row = 0; row < m_rows.size(); ++row) {
            const bool leaves = next != rows.end() && static_cast<std::size_t>(*next) == row;
            (leaves ? leaving : order).push_back(m_rows[row]);
            if (leaves) {
                ++next;
                m_openRows -= row < openEnd ? 1 : 0;
            }
        }
        const auto kept = order.size();
        order.insert(order.end(), leaving.begin(), leaving.end());
        rearrangeTo(std::move(order));
        beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(m_rows.size()) - 1);
        for (const ConnectionSlot slot : leaving)
            m_rowOf[slot] = -1;
        m_rows.resize(kept);
        endRemoveRows();
        return;
    }
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        beginRemoveRows({}, run->first, run->last);
        const auto first = m_rows.begin() + run->first;
        const auto end = m_rows.begin() + run->last + 1;
        for (auto row = first; row != end; ++row)
            m_rowOf[*row] = -1;
        const auto openEnd = static_cast<int>(m_openRows);
        m_openRows
            -= static_cast<std::size_t>(std::clamp(openEnd - run->first, 0, run->last - run->first + 1));
        m_rows.erase(first, end);
        renumber(static_cast<std::size_t>(run->first));
        endRemoveRows();
    }
}

void ConnectionModel::showChanged(const std::vector<ConnectionSlot>& slots)
{
    int first = std::numeric_limits<int>::max();
    int last = -1;
    for (const ConnectionSlot slot : slots) {
        const int row = m_rowOf[slot];
        if (row < 0)
            continue;
        first = std::min(first, row);
        last = std::max(last, row);
    }
    if (last < 0)
        return;
    Q_EMIT dataChanged(index(first, 0), index(last, connectionColumnCount - 1));
    if (movesWithTraffic(m_order.sortColumn()) && m_order.sortColumn() != ConnectionColumn::State)
        markStale();
}

void ConnectionModel::arrange()
{
    const bool paused = isOrderPaused();
    std::vector<ConnectionSlot> target = m_order.rows();
    m_rowOf.resize(std::max(m_rowOf.size(), m_store.slotBound()), -1);

    std::vector<bool> isWanted(m_store.slotBound());
    for (const ConnectionSlot slot : target)
        isWanted[slot] = true;
    std::vector<ConnectionSlot> unwanted;
    std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(unwanted),
        [&](ConnectionSlot slot) { return !isWanted[slot]; });
    takeAway(unwanted);

    std::vector<ConnectionSlot> missing;
    std::copy_if(target.begin(), target.end(), std::back_inserter(missing),
        [this](ConnectionSlot slot) { return m_rowOf[slot] < 0; });
    if (!missing.empty()) {
        const std::size_t first = m_rows.size();
        beginInsertRows({}, static_cast<int>(first), static_cast<int>(first + missing.size()) - 1);
        m_rows.insert(m_rows.end(), missing.begin(), missing.end());
        renumber(first);
        endInsertRows();
    }
    const auto closed = std::partition_point(
        target.begin(), target.end(), [this](ConnectionSlot slot) { return m_store.at(slot).isOpen(); });
    m_openRows = static_cast<std::size_t>(closed - target.begin());
    m_mixed = false;
    m_stale = false;
    m_sortTimer.stop();
    rearrangeTo(std::move(target));
    m_sinceSort.restart();
    if (paused)
        Q_EMIT orderPausedChanged(false);
    Q_EMIT countsChanged();
}

void ConnectionModel::rearrangeTo(std::vector<ConnectionSlot> rows)
{
    if (rows == m_rows)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    m_rows.swap(rows); // rows: the old order, which the indexes still speak of
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        m_rowOf[m_rows[row]] = static_cast<int>(row);
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex& old : before)
        after.append(createIndex(m_rowOf[rows[static_cast<std::size_t>(old.row())]], old.column()));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void ConnectionModel::markStale()
{
    const bool paused = isOrderPaused();
    m_stale = true;
    scheduleSort();
    if (isOrderPaused() != paused)
        Q_EMIT orderPausedChanged(true);
}

void ConnectionModel::renumber(std::size_t first)
{
    for (std::size_t row = first; row < m_rows.size(); ++row)
        m_rowOf[m_rows[row]] = static_cast<int>(row);
}

void ConnectionModel::scheduleSort()
{
    if (m_held || m_sortTimer.isActive())
        return;
    const auto since
        = m_sinceSort.isValid() ? std::chrono::milliseconds(m_sinceSort.elapsed()) : m_sortInterval;
    m_sortTimer.start(std::max(m_sortInterval - since, std::chrono::milliseconds(0)));
}

void ConnectionModel::refreshAges()
{
    if (m_rows.empty())
        return;
    const int last = static_cast<int>(m_rows.size()) - 1;
    for (const ConnectionColumn column : {ConnectionColumn::LastMessage, ConnectionColumn::Idle}) {
        const int at = static_cast<int>(column);
        Q_EMIT dataChanged(index(0, at), index(last, at), {Qt::DisplayRole, Qt::AccessibleTextRole});
    }
}

} // namespace jackfield::ui
