#pragma once

#include "app/terminal/live_connections.h"

#include <string>
#include <vector>

namespace jackfield::app {

/// What `users` prints: one line a connection, aligned, everything of the peer's escaped. SOCKET is the port
/// that the peer has on its side; with the address in front it names the connection in a command. `total`:
/// how many are connected. `width`: columns of the terminal; 0: no limit. Ends in a line with the number.
[[nodiscard]] std::string users_table(const std::vector<const LiveConnection*>& connections,
    std::size_t total, WallTime now, std::size_t width);

} // namespace jackfield::app
