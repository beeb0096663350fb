#pragma once

namespace jackfield::app {

/// Keeps the modes of the terminal at standard input, to restore them however the program ends: also by a
/// fatal signal. The first call counts.
void keep_terminal_modes();
/// Sets the kept modes again, where any were kept. Safe in a signal handler.
void restore_terminal_modes();
/// Whether this program may read from the terminal at standard input: it is in the foreground there.
[[nodiscard]] bool is_in_foreground();

} // namespace jackfield::app
