#pragma once

#include <QString>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>

class QMessageBox;
class QWidget;

namespace jackfield {
struct ServerStatus;
}

namespace jackfield::ui {

class ConnectionStore;

/// What ends with the connections that are open.
struct WhatIsOpen {
    std::uint64_t connections = 0;
    std::uint64_t waiting = 0; ///< those of them that have not been sent all that is queued
    std::uint64_t bytes = 0; ///< which that is
};
[[nodiscard]] WhatIsOpen whatIsOpen(const ConnectionStore& connections);
/// How many open connections the lists and blocks of this moment would refuse.
[[nodiscard]] std::uint64_t refusedByNow(
    const ConnectionStore& connections, const ServerStatus& status, std::int64_t clockNow);

// Each asks in a box over `parent`, without waiting, and calls `yes` where that is the answer; the harmless
// answer is the default one. Where something is queued, `yes` hears whether it is to be dropped.
QMessageBox* askToStop(const WhatIsOpen& open, std::chrono::milliseconds patience, QWidget* parent,
    std::function<void(bool dropQueued)> yes);
QMessageBox* askToQuit(const WhatIsOpen& open, std::chrono::milliseconds patience, QWidget* parent,
    std::function<void(bool dropQueued)> yes);
QMessageBox* askToReapply(std::uint64_t connections, QWidget* parent, std::function<void()> yes);

/// What became of what was queued when the server stopped.
[[nodiscard]] QString queueOutcome(std::uint64_t sent, std::uint64_t dropped);

} // namespace jackfield::ui
