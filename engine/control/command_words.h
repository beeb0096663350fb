#pragma once

#include "jackfield/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace jackfield {

/// One word of a command line with its quotes and escapes undone.
struct CommandWord {
    std::string text;
    std::string quoted; ///< a character for each of `text`: '1' where it stood between quotes
    bool has_quotes = false;

    /// True when it is `keyword`, in any case and without quotes.
    [[nodiscard]] bool is(std::string_view keyword) const;
    /// Where `c` stands outside of quotes; npos when it does not.
    [[nodiscard]] std::size_t find_bare(char c) const;
    [[nodiscard]] CommandWord from(std::size_t position) const;
};

/// Takes a command line apart. Words end at blanks; between double quotes blanks count, and `\"`, `\\`, `\n`,
/// `\r`, `\t`, `\xNN` (a byte) and
/// `\u{N}` (a character) stand for what cannot be typed.
class CommandLineReader {
public:
    explicit CommandLineReader(std::string_view line);

    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    /// The next word. Errors: malformed: a quote that is not closed, an unknown escape; an empty word at the
    /// end of the line.
    Result<CommandWord> next();
    /// Looks at the next word without taking it; nullopt at the end and where it is malformed.
    [[nodiscard]] std::optional<CommandWord> peek() const;
    /// All that is left, as it stands.
    [[nodiscard]] std::string_view rest() const { return rest_; }

private:
    std::string_view rest_; // never begins with a blank
};

/// `text` between quotes, so that the reader gives it back, all in printable characters of one line.
[[nodiscard]] std::string quote(std::string_view text);
/// `text` as one word: bare where that reads back, else between quotes.
[[nodiscard]] std::string as_word(std::string_view text);
/// True when every character of `text` can be shown on one line as it is.
[[nodiscard]] bool is_printable(std::string_view text);

} // namespace jackfield
