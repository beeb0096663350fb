#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace jackfield::app {

/// Gathers the lines of a round and writes them at once. One thread.
class Screen {
public:
    /// Writes lines, each with its LF, to where people see them.
    using Writer = std::function<void(std::string_view lines)>;

    /// `complaints` is for standard error; empty: they are dropped.
    explicit Screen(Writer writer, Writer complaints = {})
        : writer_(std::move(writer))
        , complaints_(std::move(complaints))
    { }
    void set_writer(Writer writer) { writer_ = std::move(writer); }
    /// Without a line end, or with one behind each of several lines.
    void add(std::string_view text);
    void flush();
    /// One line for standard error, behind all that was added before it.
    void complain(std::string_view text);

private:
    std::string waiting_;
    Writer writer_;
    Writer complaints_;
};

/// Columns of the terminal that standard output is; 0 when it is none or does not say.
[[nodiscard]] std::size_t terminal_columns();

} // namespace jackfield::app
