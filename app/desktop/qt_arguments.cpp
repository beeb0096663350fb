#include "app/desktop/qt_arguments.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

namespace jackfield::app {

namespace {

constexpr std::array<std::string_view, 11> with_value = {"platform", "platformpluginpath", "platformtheme",
    "plugin", "qwindowgeometry", "qwindowicon", "qwindowtitle", "session", "display", "style", "stylesheet"};

bool is_set(const char* name)
{
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

/// The name behind one or two dashes, as Qt reads it; empty for what is no option.
std::string_view option_name(std::string_view argument)
{
    if (!argument.starts_with('-'))
        return {};
    argument.remove_prefix(argument.starts_with("--") ? 2 : 1);
    return argument;
}

} // namespace

SplitArguments split_arguments(int argc, const char* const* argv)
{
    SplitArguments split;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = option_name(argv[i]);
        const std::string_view before_value = name.substr(0, name.find('='));
        const bool takes_value
            = std::find(with_value.begin(), with_value.end(), before_value) != with_value.end();
        if (name == "reverse" || (takes_value && before_value != name)) {
            split.qt.emplace_back(argv[i]);
        } else if (takes_value) {
            split.qt.emplace_back(argv[i]);
            if (i + 1 < argc)
                split.qt.emplace_back(argv[++i]);
        } else {
            split.own.emplace_back(argv[i]);
        }
    }
    return split;
}

std::optional<std::string> missing_display(const std::vector<std::string>& qt_arguments)
{
    const bool chosen
        = std::any_of(qt_arguments.begin(), qt_arguments.end(), [](const std::string& argument) {
              const std::string_view name = option_name(argument);
              return name.substr(0, name.find('=')) == "platform";
          });
    if (chosen || is_set("QT_QPA_PLATFORM") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY"))
        return std::nullopt;
    return "there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
           "Use jackfield-terminal for a server without a window";
}

} // namespace jackfield::app
