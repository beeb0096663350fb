#include "ui/models/export_source.h"

#include <algorithm>
#include <utility>

namespace jackfield::ui {

ExportSource::ExportSource(MessageStore& messages, const ConnectionStore& connections,
    std::optional<std::vector<quint64>> sequences, bool everyConnection)
    : m_snapshot(messages.snapshot())
    , m_wanted(std::move(sequences))
{
    for (const ConnectionSlot slot : connections.slotsInUse()) {
        const ConnectionRecord& record = connections.at(slot);
        if (!everyConnection && record.isOpen())
            continue;
        const ConnectionId id = record.info->id;
        CapturedConnection& known = m_known[id];
        known.info = record.info;
        // The capture has the name of every connection that it has something of.
        if (messages.messagesOf(id) == 0)
            known.name = connections.name(slot).toStdString();
        if (record.close)
            known.close = *record.close;
        if (everyConnection && m_belongs.insert(id).second)
            m_order.push_back(id);
    }
    for (const CapturedConnection& recorded : messages.recorded()) {
        CapturedConnection& known = m_known[recorded.info->id];
        std::string generated = std::move(known.name);
        known = recorded;
        if (known.name.empty())
            known.name = std::move(generated);
        if (everyConnection && m_belongs.insert(recorded.info->id).second)
            m_order.push_back(recorded.info->id);
    }
}

void ExportSource::prepare()
{
    if (m_wanted) {
        m_sequences.reserve(m_wanted->size());
        for (const quint64 sequence : *m_wanted) {
            if (const auto record = m_snapshot.find(sequence))
                take(*record);
        }
        m_wanted.reset();
    } else if (m_sequences.empty()) {
        CaptureCursor cursor(m_snapshot, m_snapshot.first_sequence());
        while (const CapturedRecord* record = cursor.next())
            take(*record);
    }
    const auto number = [this](ConnectionId id) {
        const auto& info = m_known[id].info;
        return info ? info->number : UINT64_MAX;
    };
    std::stable_sort(m_order.begin(), m_order.end(),
        [&](ConnectionId a, ConnectionId b) { return number(a) < number(b); });
}

void ExportSource::take(const CapturedRecord& record)
{
    if (record.is_divider)
        return;
    const ConnectionId id = record.message.connection;
    m_sequences.push_back(record.message.sequence);
    CapturedConnection& known = m_known[id];
    if (record.connection != nullptr) {
        if (!known.info)
            known.info = record.connection->info;
        if (known.name.empty())
            known.name = record.connection->name;
    }
    if (m_belongs.insert(id).second)
        m_order.push_back(id);
}

bool ExportSource::read(std::uint64_t index, CapturedMessage& message)
{
    const auto record = m_snapshot.find(m_sequences[index]);
    if (!record)
        return false;
    message = record->message;
    return true;
}

const CapturedConnection* ExportSource::connection(ConnectionId id) const
{
    const auto found = m_known.find(id);
    return found == m_known.end() ? nullptr : &found->second;
}

} // namespace jackfield::ui
