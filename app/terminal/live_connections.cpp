#include "app/terminal/live_connections.h"

#include "app/terminal/connection_fields.h"

#include <algorithm>

namespace jackfield::app {

void LiveConnections::add(const std::shared_ptr<const ConnectionInfo>& info)
{
    LiveConnection& connection = connections_[info->number];
    if (connection.info)
        return;
    connection.info = info;
    connection.counters.id = info->id;
    numbers_[info->id] = info->number;
}

void LiveConnections::remove(ConnectionId id)
{
    const auto known = numbers_.find(id);
    if (known == numbers_.end())
        return;
    connections_.erase(known->second);
    numbers_.erase(known);
}

bool LiveConnections::take(const StateBatch& batch)
{
    if (batch.snapshot) {
        connections_.clear();
        numbers_.clear();
    }
    for (const auto& info : batch.opened)
        add(info);
    for (const ConnectionCounters& counters : batch.changed) {
        if (const auto known = numbers_.find(counters.id); known != numbers_.end())
            connections_[known->second].counters = counters;
    }
    just_closed_.clear();
    for (const ClosedConnection& closed : batch.closed) {
        just_closed_.push_back(closed.info->id);
        remove(closed.info->id);
    }
    std::ranges::sort(just_closed_);
    return batch.closed_left_out > 0 && !batch.snapshot;
}

void LiveConnections::take(const Event& event)
{
    if (const auto* opened = std::get_if<event::Opened>(&event.what); opened && opened->info) {
        if (!std::ranges::binary_search(just_closed_, opened->info->id))
            add(opened->info);
    } else if (const auto* closed = std::get_if<event::Closed>(&event.what); closed && closed->info) {
        remove(closed->info->id);
    }
}

Result<std::vector<const LiveConnection*>> LiveConnections::matching(std::string_view filter) const
{
    const auto parsed = parse_filter(filter, FilterSubject::connections);
    if (!parsed)
        return tl::unexpected(parsed.error());
    std::vector<const LiveConnection*> found;
    for (const auto& [number, connection] : connections_) {
        if (parsed->matches(ConnectionFields(connection)))
            found.push_back(&connection);
    }
    return found;
}

ConnectionNames LiveConnections::names() const
{
    ConnectionNames names;
    names.id_of = [this](std::uint64_t number) {
        const auto known = connections_.find(number);
        return known == connections_.end() ? std::nullopt : std::optional(known->second.info->id);
    };
    names.number_of = [this](ConnectionId id) {
        const auto known = numbers_.find(id);
        return known == numbers_.end() ? std::nullopt : std::optional(known->second);
    };
    names.ids_at = [this](const SocketAddress& peer) {
        std::vector<ConnectionId> ids;
        for (const auto& [number, connection] : connections_) {
            const SocketAddress& its = connection.info->peer;
            if (its.port() == peer.port() && its.is_v6() == peer.is_v6() && its.bytes() == peer.bytes())
                ids.push_back(connection.info->id);
        }
        return ids;
    };
    names.matching = [this](std::string_view filter) -> Result<std::vector<ConnectionId>> {
        const auto found = matching(filter);
        if (!found)
            return tl::unexpected(found.error());
        std::vector<ConnectionId> ids;
        for (const LiveConnection* connection : *found)
            ids.push_back(connection->info->id);
        return ids;
    };
    return names;
}

} // namespace jackfield::app
