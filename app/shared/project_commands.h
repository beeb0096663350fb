#pragma once

#include "app/shared/project_file.h"

#include "jackfield/command.h"

#include <vector>

namespace jackfield::app {

/// The commands that make a server what `project` says, in their order; `now` is what it does. Endpoints that
/// the project does not have are removed; temporary entries, blocks and open connections stay as they are.
/// `with_listeners`: its addresses too. Where the server is open to other machines, before or after, the
/// lists hold in between only what both have, so that nobody is let in whom neither of the two would let in.
/// The last one is a RequireOrigin, which always counts the revision of the access rules up.
[[nodiscard]] std::vector<Command> commands_for(
    const Project& project, const ServerStatus& now, bool with_listeners);

/// How often `commands` count `ServerStatus::access_revision` up.
[[nodiscard]] std::uint64_t access_changes_of(const std::vector<Command>& commands);

} // namespace jackfield::app
