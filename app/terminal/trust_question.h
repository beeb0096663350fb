#pragma once

#include "app/shared/project_trust.h"

#include <string>
#include <vector>

namespace jackfield::app {

/// Lists the lines of the project at `path` that widen access, on standard error, and asks whether to go on;
/// anything but y or yes is a no. Where nobody can be asked it names the option that accepts instead.
/// `signal_descriptor`: a signalfd; a signal is a no. Blocks until there is an answer.
[[nodiscard]] bool is_project_trusted(
    const std::string& path, const std::vector<Widening>& widenings, int signal_descriptor);

/// The lines, one below the other and indented.
[[nodiscard]] std::string listed(const std::vector<Widening>& widenings);

} // namespace jackfield::app
