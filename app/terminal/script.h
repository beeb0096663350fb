#pragma once

#include "jackfield/filter.h"
#include "jackfield/result.h"
#include "jackfield/time.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace jackfield::app {

/// What an `expect` line waits for.
struct Expectation {
    enum class Kind : std::uint8_t {
        connection, ///< an opening handshake that is complete
        message, ///< a text or binary message from the browser
        sent, ///< one to the browser
        close, ///< the end of a connection
        refused, ///< an attempt that was refused
    };
    Kind kind = Kind::connection;
    std::optional<std::uint64_t> connection; ///< `#7`: its running number
    std::optional<std::uint16_t> code; ///< of a close: as the page sees it
    std::optional<std::string> exactly; ///< of a message: its whole payload
    Filter filter; ///< what else must hold
    milliseconds within{5'000};
};

struct ScriptWait {
    milliseconds time{0};
};

/// A line of the command language.
struct ScriptCommand {
    std::string line;
    bool only_asks = false; ///< it changes nothing, and no expectation begins anew with it
};

struct ScriptStep {
    std::size_t line = 0; ///< in the file or what is read, from 1; 0: a person typed it
    std::string text; ///< as written, without the blanks around it
    std::variant<ScriptCommand, ScriptWait, Expectation> what;
    std::string id = {}; ///< of what came as JSON: its "id" as JSON; empty: none

    [[nodiscard]] bool is_command() const { return std::holds_alternative<ScriptCommand>(what); }
};

struct ScriptProblem {
    std::size_t line = 0;
    std::string what; ///< a sentence without a full stop
};

struct Script {
    std::vector<ScriptStep> steps;
    /// What is wrong with it, at most max_script_problems; then nothing of it is to be run.
    std::vector<ScriptProblem> problems;
};

inline constexpr std::size_t max_script_problems = 20;
inline constexpr std::uint64_t largest_script = 16U << 20U; ///< bytes of a file
inline constexpr milliseconds longest_wait{24 * 60 * 60 * 1'000};

/// Says whether the command language takes a line, without running it.
using CommandCheck = std::function<Result<void>(std::string_view line)>;

/// Whether a line is for the script itself (`wait`, `expect`) and not for the command language.
[[nodiscard]] bool is_script_line(std::string_view line);

/// Reads one line: `wait 500ms`, or
///   expect connection [#N] [FILTER] [within TIME]
///   expect message|sent [#N] [exactly "TEXT"] [FILTER] [within TIME]
///   expect close [#N] [CODE] [FILTER] [within TIME]
///   expect refused [FILTER] [within TIME]
/// or a command, as text or as JSON (json_command.h), which `check` judges. Filters are those of
/// jackfield/filter.h about connections, messages or refused attempts. Errors: malformed (what is wrong and
/// what would be right).
[[nodiscard]] Result<ScriptStep> parse_script_line(std::string_view line, const CommandCheck& check);

/// Reads a whole script: a step a line, of which empty ones and those that begin with `#` say nothing. Total:
/// what is wrong is told in `problems`.
[[nodiscard]] Script parse_script(std::string_view text, const CommandCheck& check);

/// `500ms`, `5s`, `2m`, `1h`, up to `longest_wait`. Errors: malformed.
[[nodiscard]] Result<milliseconds> parse_script_time(std::string_view text);

/// What is expected, in words: "a close of #1 with 4001 within 5 s".
[[nodiscard]] std::string describe(const Expectation& expectation);

} // namespace jackfield::app
