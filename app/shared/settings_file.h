#pragma once

#include "jackfield/config.h"
#include "jackfield/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

inline constexpr std::uint64_t largest_settings_file = 1U << 20U;

/// What `settings.jackfield.json` says.
struct Settings {
    std::vector<ListenSpec> listeners = default_listeners();
    std::vector<EndpointConfig> endpoints = default_endpoints();
    bool origin_required = false;
    bool older_protocols = true;
    Limits limits;
    Compression compression;
};

/// Reads the text of a settings file. Total: whatever is missing, of the wrong type or out of range takes its
/// default or nearest value, with one sentence in `notices`. `behaviours`: the names that an endpoint may
/// have. `about` stands before each notice. Errors: malformed when the text as a whole is no JSON object, or
/// is nested more than 64 deep; the detail says where.
[[nodiscard]] Result<Settings> parse_settings(std::string_view text,
    const std::vector<std::string>& behaviours, std::vector<std::string>& notices,
    std::string_view about = "Settings: ");

/// The text of a settings file: known members in a stable order, then those of `previous` (the text of the
/// file as it was; may be empty or malformed) that Jackfield does not know.
[[nodiscard]] std::string format_settings(const Settings& settings, std::string_view previous);

} // namespace jackfield::app
