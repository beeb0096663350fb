#pragma once

#include "jackfield/lanes.h"

#include <QString>

#include <optional>
#include <vector>

namespace jackfield::ui {

/// One URL for people: `ws://localhost:4567/`, with the real port; `wss://` where nothing speaks `ws`.
/// `localhost` while a loopback address is bound, else the address itself. Of a stopped server, where it was
/// asked to listen.
[[nodiscard]] QString socketUrl(const ServerStatus& status);
/// `wss://localhost:4567/`; empty while no listener speaks it or there is no certificate to speak it with.
[[nodiscard]] QString secureSocketUrl(const ServerStatus& status);
/// The built-in test page beside `socketUrl`: `http://localhost:4567/`, or `https`. Ours throughout; these
/// two are the only things that are ever handed to the system to open.
[[nodiscard]] QString testPageUrl(const ServerStatus& status);
/// The one beside `secureSocketUrl`; empty as that is.
[[nodiscard]] QString secureTestPageUrl(const ServerStatus& status);
/// `new WebSocket("ws://localhost:4567/")`
[[nodiscard]] QString socketSnippet(const QString& url);
/// Whether some listener speaks plain `ws`.
[[nodiscard]] bool speaksPlain(const ServerStatus& status);
/// The listeners that are asked for, each with the port that it has: what is open, what was optional and what
/// failed, without those that were closed by hand.
[[nodiscard]] std::vector<ListenerStatus> wantedListeners(const ServerStatus& status);
/// The listener that is bound to `address`; null for none.
[[nodiscard]] const ListenerStatus* listenerAt(const ServerStatus& status, const SocketAddress& address);
/// All wanted listeners with their real ports, for command::Listen.
[[nodiscard]] std::vector<ListenSpec> listenersInForce(const ServerStatus& status);
/// The port of `socketUrl`; 0 when nothing was asked for.
[[nodiscard]] std::uint16_t socketPort(const ServerStatus& status);
/// The addresses that listen beyond this machine, as bound.
[[nodiscard]] std::vector<SocketAddress> addressesBeyondLoopback(const ServerStatus& status);

/// The listeners of `status` with `port` where they have the one that is `taken`, to try another one.
[[nodiscard]] std::vector<ListenSpec> listenersOnPort(
    const ServerStatus& status, std::uint16_t taken, std::uint16_t port);

} // namespace jackfield::ui
