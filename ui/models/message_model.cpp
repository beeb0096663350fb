#include "ui/models/message_model.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"

#include "jackfield/close_code.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace jackfield::ui {
namespace {

constexpr std::size_t previewBytes = 2'048; // more than a cell's characters can take
constexpr int previewHexBytes = 64;

bool looksLikeText(std::string_view bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) {
        const auto value = static_cast<unsigned char>(c);
        return value >= 0x20 && value < 0x7f;
    });
}

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MessageColumn)
};

} // namespace

QString titleOf(MessageColumn column)
{
    switch (column) {
    case MessageColumn::Time:
        return Words::tr("Time");
    case MessageColumn::Direction:
        return Words::tr("Direction");
    case MessageColumn::Connection:
        return Words::tr("Connection");
    case MessageColumn::Type:
        return Words::tr("Type");
    case MessageColumn::Length:
        return Words::tr("Length");
    case MessageColumn::Data:
        return Words::tr("Data");
    case MessageColumn::Delta:
        return QStringLiteral("Δ");
    case MessageColumn::Count_:
        break;
    }
    return {};
}

QString keyOf(MessageColumn column)
{
    switch (column) {
    case MessageColumn::Time:
        return QStringLiteral("time");
    case MessageColumn::Direction:
        return QStringLiteral("direction");
    case MessageColumn::Connection:
        return QStringLiteral("connection");
    case MessageColumn::Type:
        return QStringLiteral("type");
    case MessageColumn::Length:
        return QStringLiteral("length");
    case MessageColumn::Data:
        return QStringLiteral("data");
    case MessageColumn::Delta:
        return QStringLiteral("delta");
    case MessageColumn::Count_:
        break;
    }
    return {};
}

// The beginning of a text, cut between two characters.
QString textPreview(std::string_view payload)
{
    if (payload.size() <= previewBytes)
        return displayText(payload);
    std::size_t end = previewBytes;
    while (end > previewBytes - 4 && (static_cast<unsigned char>(payload[end]) & 0xC0U) == 0x80U)
        --end;
    QString shown = displayText(payload.substr(0, end));
    // Where a cell had room for all of it, nothing tells yet that there is more.
    if (!shown.endsWith(u'…'))
        shown += u'…';
    return shown;
}

QString dataPreview(const MessageRecord& record)
{
    if (record.isDivider())
        return ourText(record.payload.text());
    if (!record.payloadKept)
        return record.headersOnly ? Words::tr("(%1, not captured)").arg(formatBytes(record.size))
                                  : Words::tr("(%1, too large to be kept)").arg(formatBytes(record.size));
    const std::string_view payload = record.payload.text();
    switch (record.type) {
    case TrafficType::text:
    case TrafficType::continuation:
        return textPreview(payload);
    case TrafficType::binary:
    case TrafficType::raw:
        return hexPreview(record.payload.view(), previewHexBytes);
    case TrafficType::ping:
    case TrafficType::pong:
        return looksLikeText(payload) ? displayText(payload)
                                      : hexPreview(record.payload.view(), previewHexBytes);
    case TrafficType::close: {
        if (payload.size() < 2)
            return Words::tr("without a code");
        const auto bytes = record.payload.view();
        const auto code = static_cast<std::uint16_t>(
            std::to_integer<unsigned>(bytes[0]) << 8U | std::to_integer<unsigned>(bytes[1]));
        const QString name = closeCodeName(code);
        return payload.size() == 2 ? name : name + u' ' + quotedPeerText(payload.substr(2));
    }
    }
    return {};
}

MessageModel::MessageModel(MessageStore& store, QObject* parent)
    : QAbstractTableModel(parent)
    , m_store(store)
    , m_scan(store)
{
    connect(&m_scan, &MessageScan::found, this, &MessageModel::onFound);
    connect(&m_scan, &MessageScan::finished, this, [this] {
        if (std::exchange(m_refiltering, false))
            Q_EMIT filteringFinished();
    });
    connect(&m_store, &MessageStore::changed, this, &MessageModel::onStoreChanged);
    connect(&m_store, &MessageStore::connectionsNamed, this, [this] {
        if (!m_criteria.filter.is_empty())
            startOver(); // a filter may have asked for what was not known yet
        else
            namesChanged();
    });
    connect(&m_store, &MessageStore::connectionsRenamed, this, &MessageModel::namesChanged);
    startOver();
}

MessageModel::~MessageModel() = default;

void MessageModel::namesChanged()
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, static_cast<int>(MessageColumn::Connection)),
            index(rowCount() - 1, static_cast<int>(MessageColumn::Connection)));
}

int MessageModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MessageModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : messageColumnCount;
}

QVariant MessageModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto record = recordAt(index.row());
    if (!record) // it gave way a moment ago, its row is about to follow
        return {};
    const auto column = static_cast<MessageColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (record->isDivider())
            return column == MessageColumn::Time || role == Qt::AccessibleTextRole ? dataPreview(*record)
                                                                                   : QString();
        switch (column) {
        case MessageColumn::Time:
            return formatTimeOfDay(record->wallNs);
        case MessageColumn::Direction: {
            const QString name = directionName(record->direction);
            if (role == Qt::AccessibleTextRole) {
                const QString maker = makerName(record->maker);
                return maker.isEmpty() ? name : tr("%1, made by %2").arg(name, maker);
            }
            return (record->direction == Direction::from_browser ? QStringLiteral("▲ ")
                                                                 : QStringLiteral("▼ "))
                + name;
        }
        case MessageColumn::Connection:
            return record->connection == nullptr || record->connection->number == 0
                ? tr("unknown")
                : QStringLiteral("#%1 %2").arg(record->connection->number).arg(record->connection->name);
        case MessageColumn::Type:
            return typeName(record->type);
        case MessageColumn::Length:
            return formatCount(record->size);
        case MessageColumn::Data: {
            QString preview = dataPreview(*record);
            if (preview.isEmpty() && role == Qt::AccessibleTextRole)
                return tr("empty");
            return preview;
        }
        case MessageColumn::Delta:
            return formatDelta(deltaOf(index.row()));
        case MessageColumn::Count_:
            break;
        }
        return {};
    case Qt::AccessibleDescriptionRole:
        return titleOf(column);
    case Qt::ToolTipRole:
        switch (column) {
        case MessageColumn::Time:
            return tooltipText(formatDateTime(record->wallNs));
        case MessageColumn::Length:
            return tooltipText(
                tr("%1, %2 on the wire, %3 frame(s)", nullptr, pluralOf(record->frames))
                    .arg(formatBytes(record->size), formatCount(record->wire), formatCount(record->frames)));
        case MessageColumn::Data:
        case MessageColumn::Connection:
            return tooltipText(data(index, Qt::DisplayRole).toString());
        default:
            return {};
        }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            (column == MessageColumn::Length || column == MessageColumn::Delta ? Qt::AlignRight
                                                                               : Qt::AlignLeft)
            | Qt::AlignVCenter);
    case SequenceRole:
        return QVariant::fromValue<quint64>(record->sequence);
    case ConnectionIdRole:
        return QVariant::fromValue<quint64>(
            record->connection == nullptr ? 0 : record->connection->id.value());
    case DirectionRole:
        return static_cast<int>(record->direction);
    case TypeRole:
        return static_cast<int>(record->type);
    case MakerRole:
        return record->isDivider() ? QString() : makerName(record->maker);
    case IsDividerRole:
        return record->isDivider();
    case DividerTextRole:
        return record->isDivider() ? dataPreview(*record) : QString();
    default:
        return {};
    }
}

QVariant MessageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= messageColumnCount)
        return {};
    const auto column = static_cast<MessageColumn>(section);
    switch (role) {
    case Qt::DisplayRole:
        return titleOf(column);
    case Qt::AccessibleTextRole:
        return column == MessageColumn::Delta ? tr("Time since the message before") : titleOf(column);
    case Qt::ToolTipRole:
        return column == MessageColumn::Delta ? tooltipText(tr("Seconds since the message before"))
                                              : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            (column == MessageColumn::Length || column == MessageColumn::Delta ? Qt::AlignRight
                                                                               : Qt::AlignLeft)
            | Qt::AlignVCenter);
    default:
        return {};
    }
}

Qt::ItemFlags MessageModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const auto record = recordAt(index.row());
    const Qt::ItemFlags plain = Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    return record && record->isDivider() ? plain : plain | Qt::ItemIsSelectable;
}

std::optional<MessageRecord> MessageModel::recordAt(int row) const
{
    return m_store.find(sequenceAt(row));
}

std::uint64_t MessageModel::sequenceAt(int row) const
{
    return row < 0 || static_cast<std::size_t>(row) >= m_rows.size() ? 0
                                                                     : m_rows[static_cast<std::size_t>(row)];
}

int MessageModel::rowOf(std::uint64_t sequence) const
{
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), sequence);
    return found != m_rows.end() && *found == sequence ? static_cast<int>(found - m_rows.begin()) : -1;
}

std::uint64_t MessageModel::messageCount() const
{
    const auto& dividers = m_store.dividers();
    const auto shown = std::count_if(
        dividers.begin(), dividers.end(), [this](std::uint64_t sequence) { return rowOf(sequence) >= 0; });
    return m_rows.size() - static_cast<std::uint64_t>(shown);
}

int MessageModel::rowsFrom(std::uint64_t sequence) const
{
    return static_cast<int>(m_rows.end() - std::lower_bound(m_rows.begin(), m_rows.end(), sequence));
}

std::uint64_t MessageModel::shownEnd() const
{
    return std::min(m_store.endSequence(), shownLimit());
}

void MessageModel::setConnections(std::optional<std::vector<ConnectionId>> ids)
{
    std::optional<std::unordered_set<ConnectionId>> wanted;
    if (ids)
        wanted.emplace(ids->begin(), ids->end());
    if (wanted == m_criteria.connections)
        return;
    m_criteria.connections = std::move(wanted);
    startOver();
}

void MessageModel::addConnection(ConnectionId id)
{
    if (!m_criteria.connections || !m_criteria.connections->insert(id).second)
        return;
    if (m_store.messagesOf(id) != 0) {
        startOver(); // some have been passed over already
        return;
    }
    m_scan.setCriteria(m_criteria);
    Q_EMIT criteriaExtended();
}

void MessageModel::setShowControlFrames(bool show)
{
    if (show == m_criteria.controlFrames)
        return;
    m_criteria.controlFrames = show;
    startOver();
}

void MessageModel::setDirection(DirectionFilter direction)
{
    if (direction == m_criteria.direction)
        return;
    m_criteria.direction = direction;
    startOver();
}

void MessageModel::setFilter(const Filter& filter)
{
    if (filter.text() == m_criteria.filter.text())
        return;
    m_criteria.filter = filter;
    startOver();
}

void MessageModel::clearUpToNow()
{
    const std::uint64_t now = shownEnd(); // what waits behind a pause has been seen by nobody
    if (std::max(m_hiddenBefore, m_store.firstSequence()) >= now)
        return;
    m_hiddenBeforeUndo.push_back(m_hiddenBefore);
    m_hiddenBefore = now;
    startOver();
}

bool MessageModel::canUndoClear() const
{
    return !m_hiddenBeforeUndo.empty() && m_hiddenBefore > m_store.firstSequence();
}

void MessageModel::undoClear()
{
    if (!canUndoClear())
        return;
    m_hiddenBefore = m_hiddenBeforeUndo.back();
    m_hiddenBeforeUndo.pop_back();
    startOver();
}

void MessageModel::setPaused(bool paused)
{
    if (paused == m_paused)
        return;
    m_paused = paused;
    m_pausedAt = m_store.endSequence();
    dropEvicted();
    m_scan.setLimit(shownLimit());
    Q_EMIT pausedChanged(paused);
}

std::uint64_t MessageModel::waitingWhilePaused() const
{
    return m_paused ? m_store.endSequence() - std::max(m_pausedAt, m_store.firstSequence()) : 0;
}

void MessageModel::startOver()
{
    beginResetModel();
    m_rows.clear();
    m_resetting = true;
    m_scan.start(m_criteria, m_hiddenBefore, shownLimit());
    m_resetting = false;
    m_refiltering = m_scan.isScanning();
    endResetModel();
    if (m_refiltering)
        Q_EMIT filteringStarted();
    else
        Q_EMIT filteringFinished();
}

void MessageModel::onStoreChanged()
{
    dropEvicted();
    m_scan.advance();
}

void MessageModel::onFound(const std::vector<quint64>& sequences)
{
    const auto kept = std::lower_bound(sequences.begin(), sequences.end(), m_store.firstSequence());
    if (kept == sequences.end())
        return;
    if (!m_resetting)
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(sequences.end() - kept) - 1);
    m_rows.insert(m_rows.end(), kept, sequences.end());
    if (!m_resetting)
        endInsertRows();
}

void MessageModel::dropEvicted()
{
    const std::uint64_t first = m_store.firstSequence();
    const auto kept = std::lower_bound(m_rows.begin(), m_rows.end(), first);
    if (kept == m_rows.begin())
        return;
    beginRemoveRows({}, 0, static_cast<int>(kept - m_rows.begin()) - 1);
    m_rows.erase(m_rows.begin(), kept);
    endRemoveRows();
}

std::int64_t MessageModel::deltaOf(int row) const
{
    const auto record = recordAt(row);
    for (int before = row - 1; record && before >= 0; --before) {
        const auto earlier = recordAt(before);
        if (!earlier)
            break;
        if (!earlier->isDivider())
            return record->wallNs - earlier->wallNs;
    }
    return 0;
}

} // namespace jackfield::ui
