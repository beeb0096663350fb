#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jackfield {

/// Reads an origin of a scheme other than http and https (`tauri://localhost`, `app://.`, `file://`) and
/// gives it back with its scheme in lower case; nullopt when it has no such form: no `://`, a path, a query,
/// user information, a blank or a comma.
[[nodiscard]] std::optional<std::string> parse_custom_origin(std::string_view text);

} // namespace jackfield
