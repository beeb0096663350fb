#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jackfield::app {

/// A command of this program for a shell, on the same settings: `jackfield-terminal trust --config-dir '/tmp/a'`.
/// `config_dir` is what --config-dir named; `words` stand behind as they are, each ready for the shell.
[[nodiscard]] std::string shell_command(
    std::string_view verb, const std::optional<std::string>& config_dir, std::string_view words = {});

/// `word` for a shell: in quotes where it needs them.
[[nodiscard]] std::string shell_word(std::string_view word);

} // namespace jackfield::app
