#pragma once

#include "app/terminal/command_completion.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

/// What is typed at a terminal, with line editing, history and completion (libedit). While it waits for a key
/// it has the program serve, so that all of it stays on one thread. Make it in the foreground only: it
/// changes the terminal's modes. They are as they were while no line is read and when this object is gone.
class LineEditor {
public:
    enum class Wait : std::uint8_t { go_on, input, leave };
    struct World {
        /// Serves until something happens: a key (`input`), it is time to stop reading (`leave`), or anything
        /// else.
        std::function<Wait()> wait;
        std::function<Completion(std::string_view before_cursor)> complete;
        /// Puts bytes on the terminal, without waiting for it.
        std::function<void(std::string_view bytes)> write;
    };
    enum class End : std::uint8_t { line, cleared, end_of_input, left };

    /// `history`: lines typed before, oldest first.
    LineEditor(World world, const std::vector<std::string>& history);
    ~LineEditor();
    LineEditor(const LineEditor&) = delete;
    LineEditor& operator=(const LineEditor&) = delete;

    /// Whether standard input and output are a terminal that lines can be edited on.
    [[nodiscard]] static bool is_possible();

    /// Reads one line; `line` is set with End::line.
    End read_line(std::string& line);

    // While a line is read:
    /// Writes whole lines above the prompt. Without a line to be read it writes them as they are.
    void print(std::string_view lines);
    [[nodiscard]] bool is_empty() const;
    /// Drops what is typed: the line ends as `cleared`.
    void clear();
    /// The window has another size.
    void resize();
    /// Gives the terminal's modes back, or takes them again and shows the line.
    void leave_terminal();
    void return_to_terminal();
    [[nodiscard]] bool is_away() const { return is_away_; }

    /// What was entered, oldest first, for the history. A line that begins with a blank is not among them.
    [[nodiscard]] const std::vector<std::string>& entered() const { return entered_; }

private:
    class Library;
    int read_character(wchar_t& character);
    void write(std::string_view bytes);
    void complete();
    void erase();
    [[nodiscard]] std::size_t cursor_row() const;

    World world_;
    std::string bytes_; // read and not handed to the library yet
    std::vector<std::string> entered_;
    std::optional<End> end_; // why the line that is read has to end
    bool is_reading_ = false;
    bool is_away_ = false;
    std::unique_ptr<Library> library_;
};

} // namespace jackfield::app
