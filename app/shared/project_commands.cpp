#include "app/shared/project_commands.h"

#include <algorithm>
#include <variant>

namespace jackfield::app {
namespace {

AccessList common_lines(const AccessList& a, const AccessList& b)
{
    AccessList common;
    for (const AccessLine& line : a.lines) {
        const bool in_both = std::any_of(b.lines.begin(), b.lines.end(),
            [&](const AccessLine& other) { return other.text == line.text && other.state == line.state; });
        if (in_both && !line.temporary)
            common.lines.push_back(line);
    }
    return common;
}

bool listens_already(const ServerStatus& now, const std::vector<ListenSpec>& wanted)
{
    return std::equal(now.listeners.begin(), now.listeners.end(), wanted.begin(), wanted.end(),
               [](const ListenerStatus& have, const ListenSpec& spec) {
                   return have.spec == spec && (have.listening || spec.optional);
               })
        && now.listening;
}

bool is_reachable(const ServerStatus& now, const std::vector<ListenSpec>& wanted)
{
    return std::any_of(now.listeners.begin(), now.listeners.end(),
               [](const ListenerStatus& each) { return each.listening && !each.bound.is_loopback(); })
        || std::any_of(
            wanted.begin(), wanted.end(), [](const ListenSpec& spec) { return !spec.address.is_loopback(); });
}

} // namespace

std::vector<Command> commands_for(const Project& project, const ServerStatus& now, bool with_listeners)
{
    std::vector<Command> commands;
    const Settings& settings = project.settings;
    const bool listens_anew = with_listeners && !listens_already(now, settings.listeners);
    if (listens_anew && is_reachable(now, settings.listeners)) {
        commands.emplace_back(
            command::ReplaceList{ListKind::hosts, common_lines(project.hosts, now.access.hosts), true});
        commands.emplace_back(
            command::ReplaceList{ListKind::origins, common_lines(project.origins, now.access.origins), true});
        if (settings.origin_required)
            commands.emplace_back(command::RequireOrigin{true});
    }
    commands.emplace_back(command::SetLimits{settings.limits});
    commands.emplace_back(command::SetCompression{settings.compression});
    commands.emplace_back(command::SetOlderProtocols{settings.older_protocols});
    for (const EndpointConfig& endpoint : settings.endpoints)
        commands.emplace_back(command::SetEndpoint{endpoint});
    for (const EndpointConfig& old : now.endpoints) {
        const bool stays = std::any_of(settings.endpoints.begin(), settings.endpoints.end(),
            [&](const EndpointConfig& endpoint) { return endpoint.pattern == old.pattern; });
        if (!stays)
            commands.emplace_back(command::RemoveEndpoint{old.pattern});
    }
    if (listens_anew)
        commands.emplace_back(command::Listen{settings.listeners});
    commands.emplace_back(command::ReplaceList{ListKind::hosts, project.hosts, true});
    commands.emplace_back(command::ReplaceList{ListKind::origins, project.origins, true});
    commands.emplace_back(command::RequireOrigin{settings.origin_required});
    return commands;
}

std::uint64_t access_changes_of(const std::vector<Command>& commands)
{
    return static_cast<std::uint64_t>(
        std::count_if(commands.begin(), commands.end(), [](const Command& command) {
            return std::holds_alternative<command::ReplaceList>(command)
                || std::holds_alternative<command::RequireOrigin>(command);
        }));
}

} // namespace jackfield::app
