#include "capture/json_path.h"

#include "base/text.h"
#include "capture/json_reader.h"

#include <charconv>
#include <cstdint>
#include <utility>

namespace jackfield {
namespace {

constexpr std::size_t longest_filter = 4'096; // bytes: no key that is looked for is longer

/// nullopt: no number, or none that a double holds.
std::optional<double> to_double(std::string_view text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

} // namespace

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

// Follows one path through what the reader tells. Only the containers that are on the path are remembered.
class JsonPathReader final : public JsonReader::Receiver {
public:
    explicit JsonPathReader(const JsonCondition& condition)
        : condition_(condition)
        , steps_(condition.path_.steps())
        , longest_match_(condition.value_.longest_match())
    { }

    [[nodiscard]] bool finds_in(std::string_view json, const std::function<bool()>& is_cancelled)
    {
        for (; json.size() > search_piece; json.remove_prefix(search_piece)) {
            if ((is_cancelled && is_cancelled()) || !reader_.feed(json.substr(0, search_piece)))
                return found_;
        }
        if (reader_.feed(json))
            reader_.finish(); // a number may end where the text breaks off
        return found_;
    }

    void begins(bool is_array) override
    {
        if (is_on_path()) {
            if (depth_ == steps_.size())
                found(condition_.any_value_);
            else
                levels_.push_back({is_array, false, 0});
        }
        ++depth_;
    }
    void ends(bool /*is_array*/) override
    {
        if (depth_ == levels_.size())
            levels_.pop_back();
        --depth_;
    }
    void key(std::string_view name) override
    {
        if (depth_ != levels_.size())
            return;
        const auto* wanted = std::get_if<std::string>(&steps_[depth_ - 1]);
        levels_.back().member_is_next = wanted != nullptr && equal_ignoring_case(*wanted, name);
    }
    void string_begins() override
    {
        is_wanted_ = is_scalar_wanted();
        text_.clear();
    }
    void string_piece(std::string_view utf8) override
    {
        if (is_wanted_ && text_.size() <= longest_match_) // what is longer is not equal either
            text_.append(utf8);
    }
    void string_ends() override
    {
        if (std::exchange(is_wanted_, false))
            found(condition_.value_.equals(text_));
    }
    void number(std::string_view text) override
    {
        if (is_scalar_wanted())
            found(condition_.value_.equals(text)
                || (condition_.number_ && to_double(text) == condition_.number_));
    }
    void word(JsonReader::Word word) override
    {
        if (is_scalar_wanted())
            found(condition_.value_.equals(word == JsonReader::Word::null ? "null"
                    : word == JsonReader::Word::true_                     ? "true"
                                                                          : "false"));
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
    bool is_scalar_wanted()
    {
        if (!is_on_path() || depth_ != steps_.size())
            return false;
        found(condition_.any_value_);
        return !found_;
    }
    void found(bool it_is)
    {
        if (!it_is)
            return;
        found_ = true;
        reader_.stop();
    }

    const JsonCondition& condition_;
    const std::vector<JsonPath::Step>& steps_;
    const std::size_t longest_match_;
    JsonReader reader_{*this, {.depth = SIZE_MAX, .key = longest_filter, .number = SIZE_MAX}};
    std::vector<Level> levels_; // the containers on the path; never deeper than the path
    std::string text_; // of the string that is compared
    std::size_t depth_ = 0;
    bool is_wanted_ = false; // the string that is read
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
    number_ = to_double(value);
}

bool JsonCondition::holds_in(std::string_view json, const std::function<bool()>& is_cancelled) const
{
    const std::size_t start = json.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos)
        return false;
    if (!path_.steps().empty() && json[start] != '{' && json[start] != '[')
        return false;
    // Looking for the name costs far less than parsing; a backslash may hide it.
    const auto has_last_key = [&] {
        return any_piece(json, last_key_->longest_match(), is_cancelled,
            [this](std::string_view piece) { return last_key_->is_in(piece); });
    };
    if (last_key_ && json.find('\\') == std::string_view::npos && !has_last_key())
        return false;
    return JsonPathReader(*this).finds_in(json, is_cancelled);
}

} // namespace jackfield
