#include "app/terminal/line_history.h"

#include "jackfield/atomic_file.h"
#include "jackfield/escape.h"
#include "jackfield/secret_file.h"

#include <algorithm>

namespace jackfield::app {
namespace {

constexpr std::uint64_t largest_file = 2 * longest_history * longest_history_line;

} // namespace

std::vector<std::string> read_history(const std::string& path)
{
    std::vector<std::string> lines;
    const auto content = read_whole_file(path, largest_file);
    if (!content)
        return lines;
    std::string_view rest = *content;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        // What no console wrote is not shown on a terminal.
        if (!line.empty() && line.size() <= longest_history_line
            && escape_for_terminal(line, line.size()) == line)
            lines.emplace_back(line);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (lines.size() > longest_history)
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(longest_history));
    return lines;
}

Result<void> add_to_history(const std::string& path, const std::vector<std::string>& lines)
{
    if (lines.empty())
        return {};
    std::vector<std::string> all = read_history(path);
    for (const std::string& line : lines) {
        std::erase(all, line);
        all.push_back(line);
    }
    if (all.size() > longest_history)
        all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(longest_history));
    std::string content;
    for (const std::string& line : all)
        content += line + "\n";
    return write_secret_file(path, content);
}

} // namespace jackfield::app
