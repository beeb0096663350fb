#pragma once

#include "app/terminal/live_connections.h"

#include "jackfield/command.h"
#include "jackfield/command_text.h"
#include "jackfield/event.h"
#include "jackfield/lanes.h"

#include <string>

namespace jackfield::app {

/// What a command that worked has done, in a few words without a full stop: "sent to 3 connections, 1 gone".
[[nodiscard]] std::string describe_outcome(const Command& command, const event::CommandFinished& finished);

/// What a question can be answered from.
struct Facts {
    const LiveConnections& connections;
    const ServerStatus& status;
    const EngineTotals& totals;
    WallTime now{};
    TimePoint monotonic_now{};
    WallTime started{};
    std::size_t width = 0; ///< columns of the terminal; 0: no limit
};
/// The lines of the answer, each with its LF, what came from elsewhere escaped. Errors: malformed, a bad filter.
[[nodiscard]] Result<std::string> answer(const Query& query, const Facts& facts);

} // namespace jackfield::app
