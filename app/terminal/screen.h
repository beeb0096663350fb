#pragma once

#include <cstdio>
#include <functional>
#include <string>
#include <string_view>

namespace jackfield::app {

/// Gathers the lines of a round and writes them at once. One thread.
class Screen {
public:
    /// Writes lines, each with its LF, to where people see them.
    using Writer = std::function<void(std::string_view lines)>;

    /// Writes to standard output.
    Screen();
    void set_writer(Writer writer) { writer_ = std::move(writer); }
    /// Without a line end, or with one behind each of several lines.
    void add(std::string_view text);
    void flush();

private:
    std::string waiting_;
    Writer writer_;
};

/// Writes it all to standard output. Whoever reads there may have gone; then nothing happens.
void write_to_standard_output(std::string_view text);

/// Columns of the terminal that standard output is; 0 when it is none or does not say.
[[nodiscard]] std::size_t terminal_columns();

} // namespace jackfield::app
