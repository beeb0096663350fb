#pragma once

#include <QByteArray>
#include <QString>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::ui {

/// What is known of a text that may be JSON (RFC 8259).
struct JsonCheck {
    enum class Verdict {
        notJson, ///< it begins with neither { nor [, so nobody means it to be
        valid,
        mistake, ///< from `at` on
        tooLarge, ///< over 1 MiB: not looked at
        tooDeep, ///< nested more than 256 deep
        tooSlow, ///< whoever asked did not want to wait longer
    };
    Verdict verdict = Verdict::notJson;
    qsizetype at
        = 0; ///< of a mistake: offset in bytes of the first one that is wrong; the size where more is missing
    int line = 1; ///< of `at`, from 1
    int column = 1; ///< of `at`, from 1, in characters
};

inline constexpr qsizetype maxJsonBytes = 1 << 20;
inline constexpr int maxJsonDepth = 256;

/// Costs no more than its bounds, whatever the text. `stop` is asked now and then; where it says yes the
/// verdict is tooSlow.
[[nodiscard]] JsonCheck checkJson(const QByteArray& utf8, const std::function<bool()>& stop = {});

/// The same JSON with two blanks a level and one member a line. Only blanks between tokens change: keys keep
/// their order, numbers and strings their spelling. `utf8` must be valid.
[[nodiscard]] QByteArray formatJson(const QByteArray& utf8);

/// The text of a JSON string, given with its quotes. A half of a surrogate pair without the other, which is
/// right JSON and no text, becomes U+FFFD. Empty where it is no string.
[[nodiscard]] std::string jsonString(std::string_view withQuotes);

/// A piece of one line of JSON, for colouring.
struct JsonToken {
    enum class Kind { key, string, number, word };
    int start = 0;
    int length = 0;
    Kind kind = Kind::word;
};
/// The coloured tokens among the first `maxChars` characters of a line. A string that has a colon behind it
/// in the line is a key. Never fails; what is no JSON gives odd tokens.
[[nodiscard]] std::vector<JsonToken> jsonTokens(const QString& line, int maxChars);

} // namespace jackfield::ui
