#include "base/text.h"
#include "base/utf8.h"
#include "capture/filter_node.h"

#include "jackfield/filter.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <span>

namespace jackfield {
namespace {

using namespace filter_node;

constexpr std::size_t max_length = 4'096;
constexpr std::size_t max_terms = 100;
constexpr std::int64_t expression_memory = 8 << 20;

constexpr unsigned on(FilterSubject subject)
{
    return 1U << static_cast<unsigned>(subject);
}
constexpr unsigned connections = on(FilterSubject::connections);
constexpr unsigned messages = on(FilterSubject::messages);
constexpr unsigned refused = on(FilterSubject::refused);
constexpr unsigned events = on(FilterSubject::events);

struct Word {
    std::string_view word;
    std::string_view meaning; // what FilterFields::text gives, or "0" and "1" for the directions
};
constexpr std::array<Word, 8> directions{{{"from", "0"}, {"in", "0"}, {"c2s", "0"}, {"received", "0"},
    {"to", "1"}, {"out", "1"}, {"s2c", "1"}, {"sent", "1"}}};
constexpr std::array<Word, 7> types{{{"text", "text"}, {"binary", "binary"}, {"ping", "ping"},
    {"pong", "pong"}, {"close", "close"}, {"continuation", "continuation"}, {"raw", "raw"}}};
constexpr std::array<Word, 4> states{
    {{"open", "open"}, {"connecting", "connecting"}, {"closing", "closing"}, {"closed", "closed"}}};
constexpr std::array<Word, 7> transports{{{"ws", "ws"}, {"wss", "wss"}, {"xhr-streaming", "xhr-streaming"},
    {"xhr-polling", "xhr-polling"}, {"eventsource", "eventsource"}, {"htmlfile", "htmlfile"}, {"jsonp", "jsonp"}}};
constexpr std::array<Word, 7> makers{{{"hand", "hand"}, {"echo", "echo"}, {"reverse", "reverse"},
    {"chat", "chat"}, {"behaviour", "behaviour"}, {"engine", "engine"}, {"peer", "peer"}}};

enum class ValueForm { text, word, direction, number };
struct KeyForm {
    std::string_view name;
    FilterKey key;
    ValueForm form;
    unsigned subjects;
    std::span<const Word> words;
};
constexpr std::array<KeyForm, 19> keys{{
    {"dir", FilterKey::dir, ValueForm::direction, messages, directions},
    {"op", FilterKey::op, ValueForm::word, messages, types},
    {"conn", FilterKey::conn, ValueForm::number, connections | messages | events, {}},
    {"origin", FilterKey::origin, ValueForm::text, connections | messages | refused, {}},
    {"host", FilterKey::host, ValueForm::text, connections | messages | refused, {}},
    {"path", FilterKey::path, ValueForm::text, connections | messages | refused, {}},
    {"peer", FilterKey::peer, ValueForm::text, connections | messages | refused, {}},
    {"agent", FilterKey::agent, ValueForm::text, connections | messages | refused, {}},
    {"proto", FilterKey::proto, ValueForm::text, connections | messages, {}},
    {"endpoint", FilterKey::endpoint, ValueForm::text, connections | messages, {}},
    {"transport", FilterKey::transport, ValueForm::word, connections | messages | refused, transports},
    {"tls", FilterKey::tls, ValueForm::text, connections | messages | refused, {}},
    {"cipher", FilterKey::cipher, ValueForm::text, connections | messages, {}},
    {"alpn", FilterKey::alpn, ValueForm::text, connections | messages, {}},
    {"sni", FilterKey::sni, ValueForm::text, connections | messages | refused, {}},
    {"code", FilterKey::code, ValueForm::number, connections | messages | refused, {}},
    {"is", FilterKey::is, ValueForm::word, connections, states},
    {"by", FilterKey::by, ValueForm::word, messages, makers},
    {"size", FilterKey::size, ValueForm::number, messages, {}},
}};

std::string_view name_of(FilterSubject subject)
{
    switch (subject) {
    case FilterSubject::connections:
        return "connections";
    case FilterSubject::messages:
        return "messages";
    case FilterSubject::refused:
        return "refused attempts";
    case FilterSubject::events:
        return "events";
    }
    return {};
}

std::string list_of(std::span<const Word> words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text.append(i == 0 ? "" : i + 1 == words.size() ? " or " : ", ").append(words[i].word);
    return text;
}

// 10, 4k, 1.5 is no number, 16MiB: k and M count by 1,000, KiB and MiB by 1,024.
std::optional<std::uint64_t> parse_number(std::string_view text, bool with_unit)
{
    std::uint64_t factor = 1;
    if (with_unit) {
        struct Unit {
            std::string_view name;
            std::uint64_t factor;
        };
        static constexpr std::array<Unit, 8> units{{{"kib", 1U << 10U}, {"mib", 1U << 20U},
            {"gib", 1U << 30U}, {"kb", 1'000}, {"mb", 1'000'000}, {"k", 1'000}, {"m", 1'000'000}, {"b", 1}}};
        for (const Unit& unit : units) {
            if (text.size() > unit.name.size()
                && equal_ignoring_case(text.substr(text.size() - unit.name.size()), unit.name)) {
                text.remove_suffix(unit.name.size());
                factor = unit.factor;
                break;
            }
        }
    } else if (!text.empty() && text.front() == '#') {
        text.remove_prefix(1);
    }
    const auto number = parse_decimal<std::uint64_t>(text);
    if (!number || *number > std::numeric_limits<std::uint64_t>::max() / factor)
        return std::nullopt;
    return *number * factor;
}

class Parser {
public:
    Parser(std::string_view text, FilterSubject subject)
        : text_(text)
        , subject_(subject)
    { }

    Result<NodePointer> parse()
    {
        auto any = std::make_unique<AnyOf>();
        auto all = std::make_unique<AllOf>();
        std::size_t bar = 0;
        bool after_bar = false;
        for (skip_blanks(); at_ < text_.size(); skip_blanks()) {
            if (text_[at_] == '|') {
                if (all->parts.empty())
                    return error(at_,
                        "| stands between two terms and nothing is before it; to look for the sign itself "
                        "write \"|\"");
                bar = at_++;
                after_bar = true;
                any->parts.push_back(finish(std::move(all)));
                all = std::make_unique<AllOf>();
                continue;
            }
            if (++terms_ > max_terms)
                return fail(ErrorCode::too_large, "a filter has at most 100 terms");
            auto term = parse_term();
            if (!term)
                return term;
            all->parts.push_back(std::move(*term));
            after_bar = false;
        }
        if (after_bar)
            return error(bar,
                "| stands between two terms and nothing is behind it; to look for the sign itself write "
                "\"|\"");
        if (any->parts.empty() && all->parts.empty())
            return NodePointer{};
        any->parts.push_back(finish(std::move(all)));
        if (any->parts.size() == 1)
            return std::move(any->parts.front());
        return NodePointer{std::move(any)};
    }

private:
    static NodePointer finish(std::unique_ptr<AllOf> all)
    {
        if (all->parts.size() == 1)
            return std::move(all->parts.front());
        return all;
    }

    [[nodiscard]] static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
    [[nodiscard]] bool ends_term(std::size_t at) const
    {
        return at >= text_.size() || is_blank(text_[at]) || text_[at] == '|';
    }
    void skip_blanks()
    {
        while (at_ < text_.size() && is_blank(text_[at_]))
            ++at_;
    }
    [[nodiscard]] tl::unexpected<Error> error(std::size_t at, std::string what) const
    {
        const auto characters = std::count_if(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at),
            [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; });
        return fail(
            ErrorCode::malformed, "At character " + std::to_string(characters + 1) + ": " + std::move(what));
    }

    Result<NodePointer> parse_term()
    {
        if (text_[at_] == '-' && !ends_term(at_ + 1)) {
            ++at_;
            auto inner = parse_positive();
            if (!inner)
                return inner;
            return NodePointer{std::make_unique<Not>(std::move(*inner))};
        }
        return parse_positive();
    }

    Result<NodePointer> parse_positive()
    {
        if (text_[at_] == '"')
            return parse_quoted_term();
        if (text_[at_] == '/') {
            if (const auto end = end_of_expression())
                return parse_expression(*end);
        }
        if (text_[at_] == '$' && at_ + 1 < text_.size() && (text_[at_ + 1] == '.' || text_[at_ + 1] == '['))
            return parse_json_term();
        if (const KeyForm* key = key_here())
            return parse_key_term(*key);
        return plain(take_word());
    }

    static Result<NodePointer> plain(std::string_view word)
    {
        return NodePointer{std::make_unique<Plain>(word)};
    }

    std::string_view take_word()
    {
        const std::size_t start = at_;
        while (!ends_term(at_))
            ++at_;
        return text_.substr(start, at_ - start);
    }

    // The text between the quotation mark at at_ and the next one, behind which at_ is left.
    Result<std::string> take_quoted()
    {
        const std::size_t start = at_++;
        std::string value;
        for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()
                && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\'))
                ++at_;
            value.push_back(text_[at_]);
        }
        if (at_ == text_.size())
            return error(start, "the quotation mark is not closed");
        ++at_;
        if (value.empty())
            return error(start, "there is nothing between the quotation marks");
        return value;
    }

    Result<NodePointer> parse_quoted_term()
    {
        const std::size_t start = at_;
        auto value = take_quoted();
        if (!value)
            return tl::unexpected(std::move(value.error()));
        if (ends_term(at_))
            return plain(*value);
        // Something like "type":"ack" is meant as it stands.
        while (!ends_term(at_)) {
            if (text_[at_] == '"') {
                const std::size_t end = text_.find('"', at_ + 1);
                at_ = end == std::string_view::npos ? at_ : end;
            }
            ++at_;
        }
        return plain(text_.substr(start, at_ - start));
    }

    // The closing slash of an expression that begins at at_: one before a space or the end.
    [[nodiscard]] std::optional<std::size_t> end_of_expression() const
    {
        for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
            if (text_[i] == '\\')
                ++i;
            else if (text_[i] == '/' && i > at_ + 1 && (i + 1 == text_.size() || is_blank(text_[i + 1])))
                return i;
        }
        return std::nullopt;
    }

    Result<NodePointer> parse_expression(std::size_t end)
    {
        const std::size_t start = at_;
        RE2::Options options;
        options.set_case_sensitive(false);
        options.set_log_errors(false);
        options.set_max_mem(expression_memory);
        auto expression = std::make_unique<const RE2>(text_.substr(start + 1, end - start - 1), options);
        at_ = end + 1;
        if (!expression->ok())
            return error(start,
                "the expression is not valid (" + expression->error()
                    + "); to look for the text itself put it in quotation marks");
        return NodePointer{std::make_unique<Expression>(std::move(expression))};
    }

    [[nodiscard]] const KeyForm* key_here() const
    {
        const std::string_view rest = text_.substr(at_);
        for (const KeyForm& key : keys) {
            if (rest.size() <= key.name.size()
                || !equal_ignoring_case(rest.substr(0, key.name.size()), key.name))
                continue;
            const char next = rest[key.name.size()];
            if (next == ':' || (key.form == ValueForm::number && (next == '<' || next == '>' || next == '=')))
                return &key;
        }
        return nullptr;
    }

    Result<std::string> take_value(std::size_t start, std::string_view what)
    {
        if (ends_term(at_))
            return error(start, "what to look for is missing behind " + std::string(what));
        if (text_[at_] == '"')
            return take_quoted();
        return std::string(take_word());
    }

    Result<NodePointer> parse_key_term(const KeyForm& key)
    {
        const std::size_t start = at_;
        if ((key.subjects & on(subject_)) == 0)
            return error(start,
                std::string(key.name) + ": cannot apply to " + std::string(name_of(subject_))
                    + "; to look for the text itself put it in quotation marks");
        at_ += key.name.size();
        Comparison comparison = Comparison::equal;
        const char sign = text_[at_++];
        const bool or_equal = (sign == '<' || sign == '>') && at_ < text_.size() && text_[at_] == '=';
        if (or_equal)
            ++at_;
        if (sign == '<')
            comparison = or_equal ? Comparison::less_equal : Comparison::less;
        else if (sign == '>')
            comparison = or_equal ? Comparison::greater_equal : Comparison::greater;

        const auto value = take_value(start, text_.substr(start, at_ - start));
        if (!value)
            return tl::unexpected(value.error());
        switch (key.form) {
        case ValueForm::text:
            return NodePointer{std::make_unique<TextKey>(key.key, *value)};
        case ValueForm::number: {
            const auto number = parse_number(*value, key.key == FilterKey::size);
            if (!number)
                return error(start,
                    std::string(key.name)
                        + (key.key == FilterKey::size
                                ? " takes a number of bytes, as in size>1000 or size<4KiB"
                                : " takes a number, as in " + std::string(key.name)
                                    + (key.key == FilterKey::code ? ":1006" : ":3")));
            return NodePointer{std::make_unique<NumberKey>(key.key, comparison, *number)};
        }
        case ValueForm::word:
        case ValueForm::direction:
            break;
        }
        const auto word = std::find_if(key.words.begin(), key.words.end(),
            [&](const Word& candidate) { return equal_ignoring_case(candidate.word, *value); });
        if (word == key.words.end())
            return error(start, std::string(key.name) + ": takes " + list_of(key.words));
        if (key.form == ValueForm::direction)
            return NodePointer{
                std::make_unique<NumberKey>(key.key, Comparison::equal, word->meaning == "1" ? 1U : 0U)};
        return NodePointer{std::make_unique<WordKey>(key.key, word->meaning)};
    }

    Result<NodePointer> parse_json_term()
    {
        const std::size_t start = at_;
        std::size_t length = 0;
        const std::string_view rest = text_.substr(at_);
        // Without a colon it is a word like any other.
        const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
        if (word.find(':') == std::string_view::npos && rest.find("\"]") == std::string_view::npos)
            return plain(take_word());
        auto path = JsonPath::parse(rest, length);
        if (!path)
            return error(start, std::move(path.error().detail));
        if (length >= rest.size() || rest[length] != ':')
            return error(start, "a JSON path is followed by a colon and a value, as in $.type:subscribe");
        if (subject_ != FilterSubject::messages)
            return error(start,
                "a JSON path cannot apply to " + std::string(name_of(subject_))
                    + "; to look for the text itself put it in quotation marks");
        at_ += length + 1;
        const auto value = take_value(start, text_.substr(start, length + 1));
        if (!value)
            return tl::unexpected(value.error());
        return NodePointer{std::make_unique<JsonValue>(JsonCondition(std::move(*path), *value))};
    }

    std::string_view text_;
    FilterSubject subject_;
    std::size_t at_ = 0;
    std::size_t terms_ = 0;
};

} // namespace

Result<Filter> parse_filter(std::string_view text, FilterSubject subject)
{
    if (text.size() > max_length)
        return fail(ErrorCode::too_large, "a filter has at most 4,096 bytes");
    if (!is_valid_utf8(text))
        return fail(ErrorCode::malformed,
            "a filter is UTF-8 text; for other bytes use an expression such as /\\x00/");
    auto root = Parser(text, subject).parse();
    if (!root)
        return tl::unexpected(std::move(root.error()));
    Filter filter;
    filter.root_ = std::shared_ptr<const Filter::Node>(std::move(*root));
    filter.text_ = text;
    return filter;
}

std::vector<std::string_view> filter_keys(FilterSubject subject)
{
    std::vector<std::string_view> names;
    for (const KeyForm& key : keys) {
        if ((key.subjects & on(subject)) != 0)
            names.push_back(key.name);
    }
    return names;
}

std::string quote_for_filter(std::string_view text)
{
    const bool is_plain = !text.empty() && text.find_first_of(" \t\r\n|\":<>=$/\\") == std::string_view::npos
        && text.front() != '-';
    if (is_plain)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            quoted.push_back('\\');
        quoted.push_back(c);
    }
    quoted.push_back('"');
    return quoted;
}

} // namespace jackfield
