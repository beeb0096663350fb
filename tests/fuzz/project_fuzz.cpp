// Projects: total for any bytes. What was read is written and comes back as it was, what is asked about is a part of it, and
// nothing is in force that waits for a confirmation.
#include "app/shared/project_file.h"
#include "app/shared/project_trust.h"
#include "app/shared/token_check.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace jackfield;
    using namespace jackfield::app;
    static const std::vector<std::string> behaviours = {"echo", "reverse", "chat", "silent", "close"};
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto parsed = parse_project(text, behaviours);
    if (!parsed)
        return 0;
    const Project& project = parsed->project;
    for (const AccessList* list : {&project.hosts, &project.origins}) {
        for (const AccessLine& line : list->lines) {
            if (line.state == AccessLine::State::active && line.pattern.is_wide_open())
                std::abort();
        }
    }
    const std::string written = format_project(project, text);
    const auto again = parse_project(written, behaviours);
    if (!again || !same_content(again->project, project) || again->version < parsed->version)
        std::abort();
    if (format_project(again->project, written) != written)
        std::abort();
    const auto lines = widenings(project, {});
    for (const Widening& line : lines) {
        if (describe(line).find('\n') != std::string::npos)
            std::abort();
    }
    // What was agreed to is in force and is not asked about again.
    InForce now;
    const Project agreed = trusted(project);
    now.access.hosts = agreed.hosts;
    now.access.origins = agreed.origins;
    now.endpoints = agreed.settings.endpoints;
    for (const ListenSpec& spec : agreed.settings.listeners)
        now.listening.push_back(spec.address);
    if (!widenings(project, now).empty())
        std::abort();
    static_cast<void>(token_like_values(project));
    return 0;
}
