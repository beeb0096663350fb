#include "app/shared/token_check.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <re2/re2.h>
#include <variant>

namespace jackfield::app {
namespace {

constexpr std::size_t most_findings_a_place = 3;
constexpr std::size_t most_findings = 50;
constexpr std::size_t shown_characters = 6;
// Bits a character. Words and paths stay below; what a random number generator made of letters and digits is
// above.
constexpr double random_entropy = 4.2;
constexpr double random_hex_entropy = 3.2; // of sixteen characters, 4 at most

RE2::Options byte_options()
{
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingLatin1); // payloads may be any bytes
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    return options;
}

const RE2& bearer()
{
    static const RE2 pattern(R"(\b(?:bearer|basic)\s+([a-z0-9._~+/=-]{12,}))", byte_options());
    return pattern;
}

const RE2& scheme()
{
    static const RE2 pattern("bearer|basic|digest", byte_options());
    return pattern;
}

const RE2& named_value()
{
    static const RE2 pattern(
        R"re(\b((?:[a-z0-9]+[_-])*(?:token|api[_-]?key|apikey|secret|password|passwd|authorization)))re"
        R"re(\\*["']?\s*[:=]\s*\\*["']?([^\s"'\\&,;{}<>]{6,}))re",
        byte_options());
    return pattern;
}

const RE2& web_token()
{
    static const RE2 pattern(R"((eyj[a-z0-9_-]{8,}\.[a-z0-9_-]{8,}(?:\.[a-z0-9_-]*)?))", byte_options());
    return pattern;
}

const RE2& known_key()
{
    static const RE2 pattern(
        R"(\b((?:gh[opsu]_|github_pat_|glpat-|xox[abprs]-|sk[-_](?:live|test|proj)?[-_]?|AKIA|AIza)[a-z0-9_-]{16,}))",
        byte_options());
    return pattern;
}

const RE2& long_word()
{
    static const RE2 pattern(R"(([a-z0-9+/_=-]{32,}))", byte_options());
    return pattern;
}

double entropy_of(std::string_view text)
{
    std::array<std::size_t, 256> counts{};
    for (const char c : text)
        ++counts[static_cast<unsigned char>(c)];
    double bits = 0;
    for (const std::size_t count : counts) {
        if (count == 0)
            continue;
        const double share = static_cast<double>(count) / static_cast<double>(text.size());
        bits -= share * std::log2(share);
    }
    return bits;
}

bool looks_random(std::string_view word)
{
    const bool is_hex = word.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    const bool has_digit = word.find_first_of("0123456789") != std::string_view::npos;
    const bool has_letter = std::any_of(
        word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    if (!has_digit || !has_letter)
        return false;
    // A path or a list of words is long without being a key.
    if (!is_hex && std::count_if(word.begin(), word.end(), [](char c) { return c == '/' || c == '-'; }) > 4)
        return false;
    return entropy_of(word.substr(0, 4'096)) >= (is_hex ? random_hex_entropy : random_entropy);
}

class Search {
public:
    void look_at(const std::string& place, std::string_view text)
    {
        place_ = place;
        in_place_ = 0;
        seen_.clear();
        each(text, web_token(), [](std::string_view) { return std::string("a JSON Web Token"); });
        each(text, bearer(),
            [](std::string_view) { return std::string("the value of an Authorization header"); });
        each(text, known_key(), [](std::string_view) { return std::string("a service's key"); });
        re2::StringPiece rest(text.data(), text.size());
        re2::StringPiece name;
        re2::StringPiece value;
        while (
            in_place_ < most_findings_a_place && RE2::FindAndConsume(&rest, named_value(), &name, &value)) {
            if (RE2::FullMatch(value, scheme()))
                continue; // what stands behind it is looked for above
            add("a value called \"" + escape_for_terminal({name.data(), name.size()}, 30) + "\"",
                {value.data(), value.size()});
        }
        each(text, long_word(), [](std::string_view word) {
            return looks_random(word) ? std::string("a long random text") : std::string();
        });
    }

    std::vector<TokenFinding> take() { return std::move(found_); }

private:
    template <class KindOf>
    void each(std::string_view text, const RE2& pattern, const KindOf& kind_of)
    {
        re2::StringPiece rest(text.data(), text.size());
        re2::StringPiece word;
        while (in_place_ < most_findings_a_place && RE2::FindAndConsume(&rest, pattern, &word)) {
            const std::string_view value(word.data(), word.size());
            if (const std::string kind = kind_of(value); !kind.empty())
                add(kind, value);
        }
    }

    void add(std::string kind, std::string_view value)
    {
        // The same characters may be found under two rules.
        const bool known = std::any_of(seen_.begin(), seen_.end(), [&](std::string_view other) {
            return other.data() < value.data() + value.size() && value.data() < other.data() + other.size();
        });
        if (known || found_.size() >= most_findings)
            return;
        seen_.push_back(value);
        ++in_place_;
        found_.push_back({place_, std::move(kind),
            escape_for_terminal(value.substr(0, shown_characters), shown_characters) + "\u2026",
            std::hash<std::string_view>()(value)});
    }

    std::string place_;
    std::size_t in_place_ = 0;
    std::vector<std::string_view> seen_;
    std::vector<TokenFinding> found_;
};

std::string_view raw_payload(const RawFrame& frame)
{
    return frame.payload.text();
}

std::string_view raw_payload(const SharedBytes& bytes)
{
    return bytes.text();
}

void look_at_templates(Search& search, const std::vector<TemplateNode>& nodes)
{
    for (const TemplateNode& node : nodes) {
        const std::string place
            = (node.is_folder ? "folder \"" : "template \"") + escape_for_terminal(node.name, 60) + "\"";
        std::string text = node.name + "\n" + node.unknown + "\n";
        if (!node.is_folder) {
            text += node.message.payload.text();
            text += '\n';
            if (node.message.kind == ComposedMessage::Kind::close)
                text += node.message.close.reason;
            for (const RawPiece& piece : node.message.pieces) {
                text += '\n';
                text += std::visit([](const auto& part) { return raw_payload(part); }, piece);
            }
        }
        search.look_at(place, text);
        look_at_templates(search, node.children);
    }
}

} // namespace

std::vector<TokenFinding> token_like_values(const Project& project)
{
    Search search;
    for (const EndpointConfig& endpoint : project.settings.endpoints) {
        std::string text = endpoint.pattern;
        for (const SubprotocolRule& rule : endpoint.subprotocols)
            text += "\n" + rule.name;
        search.look_at("endpoint " + escape_for_terminal(endpoint.pattern.substr(0, 60), 60), text);
    }
    for (const auto& [place, list] :
        {std::pair("access.hosts", &project.hosts), std::pair("access.origins", &project.origins)}) {
        std::string text;
        for (const AccessLine& line : list->lines) {
            if (!line.temporary)
                text += line.text + "\n";
        }
        search.look_at(place, text);
    }
    look_at_templates(search, project.templates);
    return search.take();
}

} // namespace jackfield::app
