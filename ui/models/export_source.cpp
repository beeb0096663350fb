#include "ui/models/export_source.h"

#include <algorithm>

namespace jackfield::ui {

ExportSource::ExportSource(const MessageStore& messages, const ConnectionStore& connections,
    const std::vector<quint64>& sequences, bool everyConnection)
{
    m_messages.reserve(sequences.size());
    for (const quint64 sequence : sequences) {
        const auto record = messages.find(sequence);
        if (!record || record->isDivider() || record->connection == nullptr)
            continue;
        Kept kept;
        kept.message.sequence = record->sequence;
        kept.message.connection = record->connection->id;
        kept.message.wall_ns = record->wallNs;
        kept.message.size = record->size;
        kept.message.wire = record->wire;
        kept.message.compressed = record->compressed;
        kept.message.frames = record->frames;
        kept.message.type = record->type;
        kept.message.direction = record->direction;
        kept.message.maker = record->maker;
        kept.message.payload_kept = record->payloadKept;
        kept.payload = record->payload;
        kept.facts.assign(record->frameFacts.begin(), record->frameFacts.end());
        add(kept.message.connection, record->connection, connections);
        m_messages.push_back(std::move(kept));
    }
    if (everyConnection) {
        for (const ConnectionSlot slot : connections.slotsInUse())
            add(connections.at(slot).info->id, nullptr, connections);
    }
    const auto number = [this](ConnectionId id) {
        const auto& info = m_connections.at(id).info;
        return info ? info->number : UINT64_MAX;
    };
    std::stable_sort(m_order.begin(), m_order.end(),
        [&](ConnectionId a, ConnectionId b) { return number(a) < number(b); });
}

void ExportSource::add(ConnectionId id, const MessageConnection* known, const ConnectionStore& connections)
{
    const auto [found, isNew] = m_connections.try_emplace(id);
    if (!isNew)
        return;
    m_order.push_back(id);
    CapturedConnection& connection = found->second;
    if (known != nullptr) {
        connection.info = known->info;
        connection.name = known->name.toStdString();
    }
    if (const ConnectionRecord* record = connections.record(id)) {
        connection.info = record->info;
        connection.name = connections.name(id).toStdString();
        if (record->close)
            connection.close = *record->close;
    }
}

bool ExportSource::read(std::uint64_t index, CapturedMessage& message)
{
    const Kept& kept = m_messages[index];
    message = kept.message;
    message.payload = kept.payload.view();
    message.frame_facts = kept.facts;
    return true;
}

const CapturedConnection* ExportSource::connection(ConnectionId id) const
{
    const auto found = m_connections.find(id);
    return found == m_connections.end() ? nullptr : &found->second;
}

} // namespace jackfield::ui
