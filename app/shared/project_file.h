#pragma once

#include "app/shared/settings_file.h"

#include "jackfield/access_rules.h"
#include "jackfield/composed_message.h"
#include "jackfield/lanes.h"
#include "jackfield/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

inline constexpr std::uint64_t largest_project_file = 64U << 20U;
inline constexpr int project_format_version = 1;
inline constexpr std::string_view project_suffix = ".jackfield.json";

/// What a project file holds: everything that makes a server, and what is sent to its pages. A value.
struct Project {
    Settings settings;
    AccessList hosts = AccessList::built_in(ListKind::hosts);
    AccessList origins = AccessList::built_in(ListKind::origins);
    std::vector<TemplateNode> templates;
};

/// A project as it was read.
struct ParsedProject {
    Project project;
    int version = project_format_version; ///< the file's own; a larger one was written by a newer Jackfield
    /// One sentence each for a person: values that were clamped, entries that have no effect.
    std::vector<std::string> notices;
    /// Those of them that saving makes lasting: entries that were left out, values that were taken as others.
    std::vector<std::string> losses;
};

/// Reads the text of a project file, `*.jackfield.json`:
/// `{"jackfield":1,"listeners":[...],"endpoints":[...],"access":{"hosts":["localhost"],"origins":["localhost"],
/// "origin_required":false},"older_protocols":true,"limits":{},"compression":{},"templates":[...]}`.
/// The members are those of the settings (config_store.h) and of the templates (template_file.h); `hosts` and
/// `origins` hold the lines of the lists, comments too, without a count. All but `jackfield` may be missing:
/// a list is then the built-in one. An entry that opens a list widely needs a confirmation (see
/// project_trust.h). What decides who may come in is never guessed. Errors: malformed for what is no JSON
/// object, has no version, or whose `access` cannot be read as it stands; the detail says where.
[[nodiscard]] Result<ParsedProject> parse_project(
    std::string_view text, const std::vector<std::string>& behaviours);

/// The text of a project file: known members in a stable order, one entry of a list a line, then members of
/// `previous` (the file as it was; may be empty or malformed) that Jackfield does not know, also those of its
/// endpoints, access, limits and compression. Endpoints keep the order of `previous`.
[[nodiscard]] std::string format_project(const Project& project, std::string_view previous);

/// True when both would be saved alike, whatever the order of the endpoints.
[[nodiscard]] bool same_content(const Project& a, const Project& b);

/// What a server does, as a project. `listeners`: those to be saved; what was opened by hand is for one run
/// only.
[[nodiscard]] Project project_of(
    const ServerStatus& status, std::vector<ListenSpec> listeners, std::vector<TemplateNode> templates);

/// How an engine starts, as a project without templates.
[[nodiscard]] Project project_of(const EngineConfig& config);

/// A list without its temporary lines.
[[nodiscard]] AccessList lasting_lines(const AccessList& list);

} // namespace jackfield::app
