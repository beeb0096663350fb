#include "ui/models/message_store.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"

#include <utility>

namespace jackfield::ui {

MessageStore::MessageStore(const ConnectionStore& connections, QObject* parent)
    : QObject(parent)
    , m_connections(connections)
{
    connect(&connections, &ConnectionStore::changed, this, &MessageStore::onConnectionsChanged);
}

MessageStore::~MessageStore() = default;

std::optional<MessageRecord> MessageStore::find(std::uint64_t sequence) const
{
    auto found = m_capture.find(sequence);
    if (!found)
        return std::nullopt;
    const CapturedMessage& message = found->record.message;
    std::optional<MessageRecord> record(std::in_place);
    record->sequence = message.sequence;
    record->wallNs = message.wall_ns;
    record->size = message.size;
    record->wire = message.wire;
    record->compressed = message.compressed;
    record->frameFacts = message.frame_facts;
    record->frames = message.frames;
    record->kind = found->record.is_divider ? MessageRecord::Kind::divider : MessageRecord::Kind::message;
    record->type = message.type;
    record->direction = message.direction;
    record->maker = message.maker;
    record->payloadKept = message.payload_kept;
    record->headersOnly = found->record.headers_only;
    if (message.connection) {
        const auto known = m_known.find(message.connection);
        record->connection = known == m_known.end() ? nullptr : known->second.get();
    }
    record->payload = MessagePayload(std::move(*found));
    return record;
}

void MessageStore::setBudget(std::size_t bytes)
{
    const std::size_t before = budget();
    const std::uint64_t first = firstSequence();
    m_capture.set_budget(bytes);
    forget();
    if (firstSequence() != first)
        Q_EMIT changed(endSequence());
    if (budget() != before)
        Q_EMIT budgetChanged();
}

void MessageStore::setRecorded(std::vector<CapturedConnection> connections)
{
    m_recorded = std::move(connections);
    m_recordedById.clear();
    for (std::size_t i = 0; i < m_recorded.size(); ++i)
        m_recordedById.emplace(m_recorded[i].info->id, i);
}

void MessageStore::addDivider(ConnectionId connection, const QString& text, std::int64_t wallNs)
{
    const std::uint64_t firstNew = endSequence();
    divide(text, wallNs, connection);
    if (connection)
        note(connection);
    forget();
    if (endSequence() != firstNew)
        Q_EMIT changed(firstNew);
}

void MessageStore::divide(const QString& text, std::int64_t wallNs, ConnectionId connection)
{
    const QByteArray utf8 = text.toUtf8();
    const std::uint64_t sequence = endSequence();
    m_capture.append_divider(
        connection, std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())), wallNs);
    if (endSequence() != sequence)
        m_dividers.push_back(sequence);
}

void MessageStore::apply(const TrafficTaken& traffic)
{
    const std::uint64_t firstNew = endSequence();
    const std::int64_t wallNs = traffic.records.empty() ? m_lastWallNs : traffic.records.front().wall_ns;
    m_passedOver += traffic.passedOver;
    m_passedOverUntold += traffic.passedOver;
    if (m_passedOverUntold != 0 && !traffic.records.empty()) {
        // Where the capture goes on, once for all that passed before.
        divide(m_passedOverUntold == 1
                ? tr("1 message passed while nothing was captured")
                : tr("%1 messages passed while nothing was captured").arg(formatCount(m_passedOverUntold)),
            wallNs);
        m_passedOverUntold = 0;
    }
    m_lost += traffic.lost;
    if (traffic.lost != 0) {
        divide(traffic.lost == 1
                ? tr("1 message passed too fast to be kept")
                : tr("%1 messages passed too fast to be kept").arg(formatCount(traffic.lost)),
            wallNs);
    }
    for (const TrafficRecord& passed : traffic.records) {
        m_capture.append(passed);
        if (passed.connection != m_lastNoted)
            note(passed.connection);
    }
    if (!traffic.records.empty())
        m_lastWallNs = traffic.records.back().wall_ns;
    forget();
    if (endSequence() != firstNew)
        Q_EMIT changed(firstNew);
    else if (traffic.passedOver != 0)
        Q_EMIT countsChanged();
}

void MessageStore::clear()
{
    if (isEmpty())
        return;
    m_capture.clear();
    forget();
    Q_EMIT changed(endSequence());
}

// Makes sure that the connection of a record that has come is known, here and in the capture.
void MessageStore::note(ConnectionId id)
{
    m_lastNoted = id;
    auto& known = m_known[id];
    if (known)
        return;
    known = std::make_unique<MessageConnection>();
    known->id = id;
    if (!describe(*known))
        ++m_unnamed;
}

// What has no message any more is forgotten here too; a new one of it may have come in the meantime.
void MessageStore::forget()
{
    while (!m_dividers.empty() && m_dividers.front() < firstSequence())
        m_dividers.pop_front();
    for (const ConnectionId id : m_capture.take_forgotten()) {
        const auto known = m_known.find(id);
        if (known == m_known.end())
            continue;
        if (m_capture.records_of(id) != 0) {
            describe(*known->second);
            continue;
        }
        m_unnamed -= known->second->number == 0 ? 1 : 0;
        m_known.erase(known);
    }
    m_lastNoted = {};
}

bool MessageStore::describe(MessageConnection& connection)
{
    CapturedConnection told;
    if (const auto slot = m_connections.find(connection.id)) {
        const ConnectionRecord& record = m_connections.at(*slot);
        if (connection.number == 0) {
            connection.info = record.info;
            connection.number = record.info->number;
            connection.name = m_connections.name(*slot);
        }
        if (record.close)
            told.close = *record.close;
    }
    if (connection.number == 0)
        return false;
    told.info = connection.info;
    told.name = connection.name.toStdString();
    if (const auto recorded = m_recordedById.find(connection.id); recorded != m_recordedById.end()) {
        const CapturedConnection& then = m_recorded[recorded->second];
        told.close = then.close;
        if (!then.name.empty()) {
            told.name = then.name;
            connection.name = displayText(then.name);
        }
    }
    m_capture.describe(connection.id, std::move(told));
    return true;
}

// Whether a connection that had a name has another one.
bool MessageStore::rename(MessageConnection& connection)
{
    const auto slot = m_connections.find(connection.id);
    if (connection.number == 0 || !slot)
        return false;
    QString name = m_connections.name(*slot);
    if (name == connection.name)
        return false;
    connection.name = std::move(name);
    return describe(connection);
}

void MessageStore::onConnectionsChanged(const ConnectionChanges& changes)
{
    const auto look = [this](ConnectionId id) {
        const auto known = m_known.find(id);
        return known == m_known.end() ? nullptr : known->second.get();
    };
    for (const auto* ended : {&changes.closed, &changes.closedUnkept}) {
        for (const ConnectionSlot slot : *ended) {
            MessageConnection* known = look(m_connections.at(slot).info->id);
            if (known != nullptr && known->number != 0)
                describe(*known);
        }
    }
    bool renamed = false;
    if (changes.reset) {
        for (const auto& [id, known] : m_known)
            renamed = rename(*known) || renamed;
    }
    for (const ConnectionSlot slot : changes.restated) {
        MessageConnection* known = look(m_connections.at(slot).info->id);
        renamed = (known != nullptr && rename(*known)) || renamed;
    }
    if (renamed)
        Q_EMIT connectionsRenamed();
    if (m_unnamed == 0)
        return;
    bool named = false;
    const auto name = [&](MessageConnection* known) {
        if (known == nullptr || known->number != 0 || !describe(*known))
            return;
        --m_unnamed;
        named = true;
    };
    if (changes.reset) {
        for (const auto& [id, known] : m_known)
            name(known.get());
    }
    for (const ConnectionSlot slot : changes.opened)
        name(look(m_connections.at(slot).info->id));
    if (named)
        Q_EMIT connectionsNamed();
}

} // namespace jackfield::ui
