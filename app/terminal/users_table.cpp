#include "app/terminal/users_table.h"

#include "app/terminal/text_table.h"

#include "jackfield/escape.h"

#include <algorithm>

namespace jackfield::app {
namespace {

constexpr std::size_t longest_cell = 64; // characters

std::string shown(const SharedText& text)
{
    const std::string escaped = text ? escape_for_terminal(*text, longest_cell) : std::string();
    return escaped.empty() ? "-" : escaped;
}

std::string age_text(std::chrono::nanoseconds age)
{
    const auto s = std::max<std::int64_t>(std::chrono::duration_cast<seconds>(age).count(), 0);
    if (s < 120)
        return std::to_string(s) + "s";
    if (s < 7'200)
        return std::to_string(s / 60) + "m";
    if (s < 172'800)
        return std::to_string(s / 3'600) + "h";
    return std::to_string(s / 86'400) + "d";
}

std::string protocol_of(const ConnectionInfo& info)
{
    const std::string version = shown(info.protocol_version);
    return info.transport == Transport::wss || info.tls ? version + " TLS" : version;
}

} // namespace

std::string users_table(
    const std::vector<const LiveConnection*>& connections, std::size_t total, WallTime now, std::size_t width)
{
    if (total == 0)
        return "Nobody is connected\n";
    std::string count = std::to_string(total) + (total == 1 ? " connection\n" : " connections\n");
    if (connections.size() != total)
        count = std::to_string(connections.size()) + " of " + count;
    if (connections.empty())
        return count;
    TextTable table;
    table.columns = {{"#", true, 0, 0}, {"IP", false, 0, 0}, {"SOCKET", true, 0, 0}, {"STATE", false, 0, 4},
        {"PROTOCOL", false, 0, 5}, {"TRANSPORT", false, 0, 4}, {"ENDPOINT", false, 8, 0}, {"SUBPROTOCOL", false, 11, 3},
        {"ORIGIN", false, 16, 0}, {"AGE", true, 0, 2}, {"IN", true, 0, 1}, {"OUT", true, 0, 1}};
    bool any_subprotocol = false;
    bool any_state = false;
    bool any_fallback = false;
    for (const LiveConnection* connection : connections) {
        const ConnectionInfo& info = *connection->info;
        const bool is_open = connection->counters.state == ConnectionState::open;
        any_subprotocol |= info.subprotocol && !info.subprotocol->empty();
        any_state |= !is_open;
        const Transport transport = transport_now(info, connection->counters);
        any_fallback |= is_fallback(transport);
        table.rows.push_back(
            {"#" + std::to_string(info.number), info.peer.address_text(), std::to_string(info.peer.port()),
                std::string(name_of(connection->counters.state)), protocol_of(info),
                std::string(name_of(transport)), shown(info.endpoint),
                shown(info.subprotocol), info.has_origin ? shown(info.origin) : "-",
                age_text(now - info.opened_at), std::to_string(connection->counters.messages_in),
                std::to_string(connection->counters.messages_out)});
    }
    // What says the same in every row says nothing.
    const auto leave_out = [&table](std::size_t column) {
        table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(column));
        for (auto& row : table.rows)
            row.erase(row.begin() + static_cast<std::ptrdiff_t>(column));
    };
    if (!any_subprotocol)
        leave_out(7);
    if (!any_fallback)
        leave_out(5);
    if (!any_state)
        leave_out(3);
    return table.text(width) + count;
}

} // namespace jackfield::app
