#pragma once

#include <optional>
#include <string>

namespace jackfield::app {

/// Asks at the terminal, with echo off, for the passphrase of the key at `path`. Nothing when standard input
/// is no terminal, at its end, and when a signal comes. `signal_descriptor`: a signalfd, which the signal
/// stays in. Blocks until there is an answer.
[[nodiscard]] std::optional<std::string> ask_passphrase(const std::string& path, int signal_descriptor);

/// What to do where nobody can be asked: a sentence without a full stop.
[[nodiscard]] std::string without_passphrase(const std::string& path);

} // namespace jackfield::app
