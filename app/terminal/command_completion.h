#pragma once

#include "app/terminal/live_connections.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

/// What the word before the cursor can become.
struct Completion {
    std::size_t start = 0; ///< where the word begins
    std::vector<std::string> words; ///< sorted, each once
    /// What all of them begin with.
    [[nodiscard]] std::string common() const;
};

/// Completes `before_cursor`: commands, then their targets, filters, lists and whatever else they take.
/// Nothing of a peer's is offered that would need an escape. `status`: may be null.
[[nodiscard]] Completion complete_command(
    std::string_view before_cursor, const LiveConnections& connections, const ServerStatus* status);

/// `words` in columns for a terminal of `width` columns, at most `most` of them, with the number of the
/// others; each line with its LF.
[[nodiscard]] std::string in_columns(
    const std::vector<std::string>& words, std::size_t most, std::size_t width);

} // namespace jackfield::app
