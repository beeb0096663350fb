#pragma once

#include <array>
#include <string_view>

namespace jackfield::app {

inline constexpr std::string_view settings_file_name = "settings.jackfield.json";
inline constexpr std::string_view templates_file_name = "templates.jackfield.json";
inline constexpr std::string_view sent_file_name = "sent.jackfield.json";
inline constexpr std::string_view pages_file_name = "pages.jackfield.json";

/// The files of a configuration folder that have the suffix of a project and are none.
inline constexpr std::array own_file_names
    = {settings_file_name, templates_file_name, sent_file_name, pages_file_name};

} // namespace jackfield::app
