#pragma once

#include "jackfield/api.h"
#include "jackfield/event.h"

#include <string>

namespace jackfield {

/// What happened, as one sentence for a person, without time or name. Text that came from a peer is escaped
/// and cropped (escape_for_terminal). Any thread.
[[nodiscard]] JACKFIELD_API std::string describe(const Event& event);

/// The commands that would let in what `refused` asked for ("allow origin http://192.168.1.20:5173"), one a
/// line; empty when no list entry helps.
[[nodiscard]] JACKFIELD_API std::string remedy_of(const event::Refused& refused);

} // namespace jackfield
