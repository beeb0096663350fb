#pragma once

#include "jackfield/lanes.h"

#include <QString>

#include <optional>
#include <vector>

namespace jackfield::ui {

/// One URL for people: `ws://localhost:4567/`, with the real port. `localhost` while a loopback address is
/// bound, else the address itself. Of a stopped server, where it was asked to listen.
[[nodiscard]] QString socketUrl(const ServerStatus& status);
/// The built-in test page beside it: `http://localhost:4567/`. Ours throughout; the only thing that is ever
/// handed to the system to open.
[[nodiscard]] QString testPageUrl(const ServerStatus& status);
/// `new WebSocket("ws://localhost:4567/")`
[[nodiscard]] QString socketSnippet(const ServerStatus& status);
/// The port of `socketUrl`; 0 when nothing was asked for.
[[nodiscard]] std::uint16_t socketPort(const ServerStatus& status);
/// The addresses that listen beyond this machine, as bound.
[[nodiscard]] std::vector<SocketAddress> addressesBeyondLoopback(const ServerStatus& status);

/// The listeners of `status` with `port` in the place of their own, to try another one.
[[nodiscard]] std::vector<ListenSpec> listenersOnPort(const ServerStatus& status, std::uint16_t port);

} // namespace jackfield::ui
