#pragma once

#include <optional>
#include <string>
#include <vector>

namespace jackfield::app {

/// Runs one of the commands `certificate`, `trust` and `untrust` on the configuration folder, prints what it
/// says, and gives the exit status. `arguments` is the command line without the program's name: the command's
/// words, with `--config-dir DIR` before, between or behind them. Nothing when it holds no such command.
/// Blocks until it has ended. `signal_descriptor`: a signalfd; a signal ends it.
[[nodiscard]] std::optional<int> run_certificate_program(
    const std::vector<std::string>& arguments, int signal_descriptor);

} // namespace jackfield::app
