#pragma once

#include "jackfield/event.h"

#include <QString>

#include <optional>

namespace jackfield::ui {

/// An event that is put together of many parts (a connection that opens, closes or is refused, a limit, a port that
/// is taken, figures with a unit), as one sentence in the language of the window. What came from a peer is neutral
/// in it. Nothing for the others: what describe() says of those are known phrases (wordsOf).
[[nodiscard]] std::optional<QString> eventWords(const Event& event);

/// "12 events came faster than they could be listed and are missing here".
[[nodiscard]] QString lostEventsWords(std::uint64_t lost);

} // namespace jackfield::ui
