#include "capture/json_path.h"

#include "base/text.h"

#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

namespace jackfield {

Result<JsonPath> JsonPath::parse(std::string_view text, std::size_t& length)
{
    JsonPath path;
    std::size_t at = 1; // behind the $
    while (at < text.size()) {
        if (text[at] == '.') {
            const std::size_t end = std::min(text.find_first_of(".[: |\"", at + 1), text.size());
            if (end == at + 1)
                return fail(ErrorCode::malformed, "a name is missing behind the dot, as in $.type:subscribe");
            path.steps_.emplace_back(to_lower_ascii(text.substr(at + 1, end - at - 1)));
            at = end;
        } else if (text.substr(at, 2) == "[\"") {
            const std::size_t end = text.find("\"]", at + 2);
            if (end == std::string_view::npos)
                return fail(ErrorCode::malformed, "the bracket is not closed by \"]");
            path.steps_.emplace_back(to_lower_ascii(text.substr(at + 2, end - at - 2)));
            at = end + 2;
        } else if (text[at] == '[') {
            const std::size_t end = text.find(']', at);
            if (end == std::string_view::npos)
                return fail(ErrorCode::malformed, "the bracket is not closed by ]");
            const std::string_view inside = text.substr(at + 1, end - at - 1);
            if (inside == "*") {
                path.steps_.emplace_back(AnyElement{});
            } else if (const auto index = parse_decimal<std::size_t>(inside)) {
                path.steps_.emplace_back(*index);
            } else {
                return fail(ErrorCode::malformed,
                    "a bracket holds a number, * or a name in quotes, as in $.items[0].id:5");
            }
            at = end + 1;
        } else {
            break;
        }
    }
    length = at;
    return path;
}

// Follows one path through the events of the parser. Only the containers that are on the path are remembered.
class JsonPathReader : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit JsonPathReader(const JsonCondition& condition)
        : condition_(condition)
        , steps_(condition.path_.steps())
    { }
    [[nodiscard]] bool found() const { return found_; }

    bool null() override
    {
        return scalar([](const JsonCondition& c) { return c.value_.equals("null"); });
    }
    bool boolean(bool value) override
    {
        return scalar([value](const JsonCondition& c) { return c.value_.equals(value ? "true" : "false"); });
    }
    bool number_integer(number_integer_t value) override { return whole_number(value); }
    bool number_unsigned(number_unsigned_t value) override { return whole_number(value); }
    bool number_float(number_float_t value, const string_t& text) override
    {
        return scalar([&](const JsonCondition& c) { return c.number_ == value || c.value_.equals(text); });
    }
    bool string(string_t& value) override
    {
        return scalar([&](const JsonCondition& c) { return c.value_.equals(value); });
    }
    bool binary(binary_t& /*value*/) override { return true; }
    bool start_object(std::size_t /*elements*/) override { return open(false); }
    bool start_array(std::size_t /*elements*/) override { return open(true); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override
    {
        if (depth_ != levels_.size())
            return true;
        const auto* wanted = std::get_if<std::string>(&steps_[depth_ - 1]);
        levels_.back().member_is_next = wanted != nullptr && equal_ignoring_case(*wanted, name);
        return true;
    }
    bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
        const nlohmann::detail::exception& /*error*/) override
    {
        return false;
    }

private:
    struct Level {
        bool is_array = false;
        bool member_is_next = false; // of an object
        std::size_t index = 0; // of the next element of an array
    };

    // Whether the value that begins is reached by the first `depth_` steps.
    bool is_on_path()
    {
        if (depth_ != levels_.size())
            return false;
        if (depth_ == 0)
            return true;
        Level& level = levels_.back();
        if (!level.is_array)
            return std::exchange(level.member_is_next, false);
        const std::size_t index = level.index++;
        const auto& step = steps_[depth_ - 1];
        if (std::holds_alternative<JsonPath::AnyElement>(step))
            return true;
        const auto* wanted = std::get_if<std::size_t>(&step);
        return wanted != nullptr && *wanted == index;
    }
    template <class Test>
    bool scalar(Test test)
    {
        if (is_on_path() && depth_ == steps_.size() && (condition_.any_value_ || test(condition_)))
            found_ = true;
        return !found_; // false stops the parser
    }
    template <class Number>
    bool whole_number(Number value)
    {
        return scalar([value](const JsonCondition& c) {
            return c.value_.equals(std::to_string(value))
                || (c.number_ && *c.number_ == static_cast<double>(value));
        });
    }
    bool open(bool is_array)
    {
        if (is_on_path()) {
            if (depth_ == steps_.size())
                found_ = condition_.any_value_;
            else
                levels_.push_back({is_array, false, 0});
        }
        ++depth_;
        return !found_;
    }
    bool close()
    {
        if (depth_ == levels_.size())
            levels_.pop_back();
        --depth_;
        return true;
    }

    const JsonCondition& condition_;
    const std::vector<JsonPath::Step>& steps_;
    std::vector<Level> levels_; // the containers on the path; never deeper than the path
    std::size_t depth_ = 0;
    bool found_ = false;
};

JsonCondition::JsonCondition(JsonPath path, std::string_view value)
    : path_(std::move(path))
    , value_(value)
    , any_value_(value == "*")
{
    if (!path_.steps().empty()) {
        if (const auto* key = std::get_if<std::string>(&path_.steps().back());
            key != nullptr && !key->empty())
            last_key_.emplace(*key);
    }
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error == std::errc{} && end == value.data() + value.size())
        number_ = number;
}

bool JsonCondition::holds_in(std::string_view json) const
{
    const std::size_t start = json.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos)
        return false;
    if (!path_.steps().empty() && json[start] != '{' && json[start] != '[')
        return false;
    // Looking for the name costs far less than parsing; a backslash may hide it.
    if (last_key_ && !last_key_->is_in(json) && json.find('\\') == std::string_view::npos)
        return false;
    JsonPathReader reader(*this);
    (void)nlohmann::json::sax_parse(json.begin(), json.end(), &reader);
    return reader.found();
}

} // namespace jackfield
