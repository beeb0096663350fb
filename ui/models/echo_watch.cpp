#include "ui/models/echo_watch.h"

#include "ui/bridge/engine_port.h"

#include <algorithm>
#include <functional>
#include <string_view>

namespace jackfield::ui {

namespace {

constexpr std::size_t endBytes = 256;
constexpr std::size_t maxIgnored = 1'000; // pages; a person does not get there by hand

std::uint64_t likenessOf(const TrafficRecord& record)
{
    const std::string_view bytes(reinterpret_cast<const char*>(record.payload.data()), record.payload.size());
    const std::hash<std::string_view> hash;
    std::uint64_t likeness = hash(bytes.substr(0, endBytes)) ^ (record.size * 0x9e3779b97f4a7c15U);
    if (bytes.size() > endBytes)
        likeness = likeness * 31 + hash(bytes.substr(bytes.size() - endBytes));
    return likeness;
}

} // namespace

EchoWatch::EchoWatch(const ConnectionStore& connections, QObject* parent)
    : QObject(parent)
    , m_connections(connections)
{
    connect(&connections, &ConnectionStore::changed, this, &EchoWatch::forget);
}

void EchoWatch::ignore(const PageIdentity& page)
{
    if (m_ignored.size() < maxIgnored && std::ranges::find(m_ignored, page) == m_ignored.end())
        m_ignored.push_back(page);
}

void EchoWatch::apply(const TrafficTaken& traffic)
{
    for (const TrafficRecord& record : traffic.records) {
        const bool isMessage = record.type == TrafficType::text || record.type == TrafficType::binary;
        if (!isMessage || record.payload.size() != record.size)
            continue;
        if (record.maker == Maker::echo) {
            Exchange& exchange = m_exchanges[record.connection];
            if (exchange.isOver)
                continue;
            exchange.likeness = likenessOf(record);
            exchange.sentAt = record.wall_ns;
        } else if (record.maker == Maker::peer) {
            const auto at = m_exchanges.find(record.connection);
            if (at == m_exchanges.end() || at->second.isOver)
                continue;
            Exchange& exchange = at->second;
            const std::int64_t after = record.wall_ns - exchange.sentAt;
            if (after >= 0 && after <= promptly && likenessOf(record) == exchange.likeness)
                count(record.connection, exchange);
            else
                exchange.rounds = 0;
        }
    }
}

void EchoWatch::count(ConnectionId connection, Exchange& exchange)
{
    if (++exchange.rounds < roundsToNotice)
        return;
    const ConnectionRecord* record = m_connections.record(connection);
    if (record == nullptr)
        return; // its opening comes with the next batch
    exchange.isOver = true;
    if (std::ranges::find(m_ignored, PageIdentity::of(*record->info)) == m_ignored.end())
        Q_EMIT noticed(connection);
}

void EchoWatch::forget(const ConnectionChanges& changes)
{
    if (changes.reset)
        m_exchanges.clear();
    for (const ConnectionSlot slot : changes.closed)
        m_exchanges.erase(m_connections.at(slot).info->id);
    for (const ConnectionSlot slot : changes.removed)
        m_exchanges.erase(m_connections.at(slot).info->id);
}

} // namespace jackfield::ui
