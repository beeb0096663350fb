#include "ui/models/message_store.h"

#include "ui/text/display_text.h"

#include <algorithm>
#include <utility>

namespace jackfield::ui {
namespace {
constexpr std::size_t minBudget = std::size_t{64} << 10U;
constexpr std::size_t recordOverhead
    = sizeof(MessageRecord) + 32; // the record, and the payload's block beside its bytes
} // namespace

MessageStore::MessageStore(const ConnectionStore& connections, QObject* parent)
    : QObject(parent)
    , m_connections(connections)
{
    connect(&connections, &ConnectionStore::changed, this, &MessageStore::onConnectionsChanged);
}

MessageStore::~MessageStore() = default;

const MessageRecord* MessageStore::find(std::uint64_t sequence) const
{
    if (sequence < m_first || sequence >= endSequence())
        return nullptr;
    return &m_records[sequence - m_first];
}

std::uint64_t MessageStore::messagesOf(ConnectionId id) const
{
    const auto known = m_known.find(id);
    return known == m_known.end() ? 0 : known->second->messages;
}

void MessageStore::setBudget(std::size_t bytes)
{
    m_budget = std::max(bytes, minBudget);
    const std::uint64_t before = m_first;
    makeRoom(0);
    if (m_first != before)
        Q_EMIT changed(endSequence());
}

void MessageStore::addDivider(ConnectionId connection, const QString& text, std::int64_t wallNs)
{
    const std::uint64_t firstNew = endSequence();
    MessageRecord record;
    record.kind = MessageRecord::Kind::divider;
    record.wallNs = wallNs;
    const QByteArray utf8 = text.toUtf8();
    record.payload = SharedBytes(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
    if (connection)
        record.connection = &connectionOf(connection);
    push(std::move(record));
    Q_EMIT changed(firstNew);
}

void MessageStore::apply(const TrafficTaken& traffic)
{
    const std::uint64_t firstNew = endSequence();
    m_lost += traffic.lost;
    if (traffic.lost != 0) {
        MessageRecord divider;
        divider.kind = MessageRecord::Kind::divider;
        divider.wallNs = traffic.records.empty() ? (m_records.empty() ? 0 : m_records.back().wallNs)
                                                 : traffic.records.front().wall_ns;
        const QByteArray text = tr("%Ln message(s) passed too fast to be kept", nullptr,
            static_cast<int>(std::min<std::uint64_t>(traffic.lost, 2'000'000'000U)))
                                    .toUtf8();
        divider.payload
            = SharedBytes(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        push(std::move(divider));
    }
    for (const TrafficRecord& passed : traffic.records) {
        MessageRecord record;
        record.wallNs = passed.wall_ns;
        record.size = passed.size;
        record.wire = passed.wire;
        record.compressed = passed.compressed;
        record.frames = passed.frames;
        record.frameFacts.assign(passed.frame_facts.begin(), passed.frame_facts.end());
        record.type = passed.type;
        record.direction = passed.direction;
        record.maker = passed.maker;
        if (passed.payload.size() < passed.size || passed.payload.size() + recordOverhead > m_budget)
            record.payloadKept = false;
        else if (passed.shared.size() == passed.payload.size() && !passed.shared.empty())
            record.payload = passed.shared;
        else
            record.payload = SharedBytes(passed.payload);
        record.connection = &connectionOf(passed.connection);
        push(std::move(record));
    }
    if (endSequence() != firstNew)
        Q_EMIT changed(firstNew);
}

void MessageStore::clear()
{
    if (m_records.empty())
        return;
    m_first = endSequence();
    m_records.clear();
    m_known.clear();
    m_unnamed = 0;
    m_messages = 0;
    m_used = 0;
    Q_EMIT changed(endSequence());
}

std::size_t MessageStore::cost(const MessageRecord& record)
{
    return record.payload.size() + record.frameFacts.size() * sizeof(FrameFacts) + recordOverhead;
}

MessageConnection& MessageStore::connectionOf(ConnectionId id)
{
    auto& known = m_known[id];
    if (!known) {
        known = std::make_unique<MessageConnection>();
        known->id = id;
        if (!describe(*known))
            ++m_unnamed;
    }
    return *known;
}

bool MessageStore::describe(MessageConnection& connection) const
{
    const auto slot = m_connections.find(connection.id);
    if (!slot)
        return false;
    connection.info = m_connections.at(*slot).info;
    connection.number = connection.info->number;
    connection.name = m_connections.name(*slot);
    return true;
}

void MessageStore::push(MessageRecord record)
{
    // Counted first, so that making room cannot forget the connection of the record that is about to come.
    if (record.connection != nullptr)
        ++m_known.find(record.connection->id)->second->messages;
    makeRoom(cost(record));
    record.sequence = endSequence();
    m_used += cost(record);
    if (!record.isDivider())
        ++m_messages;
    m_records.push_back(std::move(record));
}

void MessageStore::makeRoom(std::size_t bytes)
{
    while (!m_records.empty() && m_used + bytes > m_budget)
        dropOldest();
}

void MessageStore::dropOldest()
{
    const MessageRecord& oldest = m_records.front();
    m_used -= cost(oldest);
    if (!oldest.isDivider()) {
        --m_messages;
        ++m_evicted;
    }
    if (oldest.connection != nullptr) {
        const auto known = m_known.find(oldest.connection->id);
        if (--known->second->messages == 0) {
            m_unnamed -= known->second->number == 0 ? 1 : 0;
            m_known.erase(known);
        }
    }
    m_records.pop_front();
    ++m_first;
}

void MessageStore::onConnectionsChanged(const ConnectionChanges& changes)
{
    if (m_unnamed == 0)
        return;
    bool named = false;
    const auto look = [&](ConnectionId id) {
        const auto known = m_known.find(id);
        if (known == m_known.end() || known->second->number != 0 || !describe(*known->second))
            return;
        --m_unnamed;
        named = true;
    };
    if (changes.reset) {
        for (const auto& [id, known] : m_known)
            look(id);
    }
    for (const ConnectionSlot slot : changes.opened)
        look(m_connections.at(slot).info->id);
    if (named)
        Q_EMIT connectionsNamed();
}

} // namespace jackfield::ui
