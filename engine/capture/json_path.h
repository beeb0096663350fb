#pragma once

#include "capture/text_search.h"

#include "jackfield/result.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace jackfield {

/// Where a value is in a JSON text: `$.a.b[0]["c d"][*]`.
class JsonPath {
public:
    struct AnyElement { };
    using Step = std::variant<std::string, std::size_t, AnyElement>; ///< a key in lower case, an index, `[*]`

    /// Reads a path at the start of `text`, which begins with `$`; it ends before the first character that
    /// cannot continue it, and `length` says where. Errors: malformed.
    static Result<JsonPath> parse(std::string_view text, std::size_t& length);

    [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }

private:
    std::vector<Step> steps_;
};

/// Whether a JSON text has a certain value at a path. The text is read once, without building it, to any
/// depth, until the value is found or the text ends or stops being JSON. Escapes of lone surrogates are
/// U+FFFD. Immutable; any thread.
class JsonCondition {
public:
    /// `value`: compared with strings (whatever the case), numbers (by value), `true`, `false`, `null`; `*`
    /// for any value at all.
    JsonCondition(JsonPath path, std::string_view value);
    /// `is_cancelled` is asked now and then; once it says yes the answer means nothing.
    [[nodiscard]] bool holds_in(std::string_view json, const std::function<bool()>& is_cancelled = {}) const;

private:
    friend class JsonPathReader;
    JsonPath path_;
    PlainText value_;
    std::optional<PlainText> last_key_;
    std::optional<double> number_;
    bool any_value_ = false;
};

} // namespace jackfield
