#include "app/terminal/shell_command.h"

#include "jackfield/escape.h"

namespace jackfield::app {

std::string shell_command(
    std::string_view verb, const std::optional<std::string>& config_dir, std::string_view words)
{
    std::string command = "jackfield-terminal " + std::string(verb);
    if (config_dir)
        command += " --config-dir " + shell_word(*config_dir);
    if (!words.empty())
        command += " " + std::string(words);
    return command;
}

std::string shell_word(std::string_view word)
{
    constexpr std::string_view plain
        = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@%+,";
    return !word.empty() && word.find_first_not_of(plain) == std::string_view::npos ? std::string(word)
                                                                                     : quote_for_shell(word);
}

} // namespace jackfield::app
