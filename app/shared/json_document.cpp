#include "app/shared/json_document.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>

namespace jackfield::app {
namespace {

Result<void> check_depth(std::string_view text, int deepest)
{
    int depth = 0;
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inside) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inside = false;
        } else if (c == '"') {
            inside = true;
        } else if (c == '{' || c == '[') {
            if (++depth > deepest)
                return fail(ErrorCode::malformed, "it is nested more than " + std::to_string(deepest) + " deep");
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return {};
}

// A whole number that neither a signed nor an unsigned one of 64 bits can be.
bool is_rounded(const std::string& word)
{
    const std::size_t digits = word.starts_with('-') ? 1 : 0;
    if (digits == word.size() || word.find_first_not_of("0123456789", digits) != std::string::npos)
        return false;
    errno = 0;
    if (digits == 0)
        std::strtoull(word.c_str(), nullptr, 10);
    else
        std::strtoll(word.c_str(), nullptr, 10);
    return errno == ERANGE;
}

// JSON has no word for what is no number or too large for one, but people and programs write them. As texts
// they cost one setting and not the whole file.
std::string with_odd_numbers_as_text(std::string_view text, std::vector<std::string>& odd)
{
    const auto belongs_to_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'
            || c == '+' || c == '-';
    };
    std::string out;
    std::size_t i = 0;
    while (i < text.size()) {
        const char c = text[i];
        std::size_t end = i + 1;
        if (c == '"') {
            while (end < text.size() && text[end] != '"')
                end += text[end] == '\\' ? 2 : 1;
            end = std::min(end + 1, text.size());
            out += text.substr(i, end - i);
        } else if (belongs_to_word(c)) {
            while (end < text.size() && belongs_to_word(text[end]))
                ++end;
            const std::string word(text.substr(i, end - i));
            const bool no_number = word == "NaN" || word == "Infinity" || word == "-Infinity";
            const bool numeric = word.find_first_not_of("0123456789.eE+-") == std::string::npos;
            const bool too_large = numeric && std::isinf(std::strtod(word.c_str(), nullptr));
            if (no_number || too_large || is_rounded(word))
                odd.push_back(word);
            out += no_number || too_large ? "\"" + word + "\"" : word;
        } else {
            out += c;
        }
        i = end;
    }
    return out;
}

std::string place_of(std::string_view text, std::size_t byte)
{
    const std::string_view before = text.substr(0, byte == 0 ? 0 : byte - 1);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t start = before.rfind('\n');
    const std::size_t column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

} // namespace

Result<Json> parse_json_document(std::string_view text, int deepest, JsonOddities* oddities)
{
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
        return fail(ErrorCode::malformed, "it is written in UTF-16; save it as UTF-8");
    if (auto checked = check_depth(text, deepest); !checked)
        return tl::unexpected<Error>(std::move(checked.error()));
    JsonOddities odd;
    const std::string normal = with_odd_numbers_as_text(text, odd.numbers);
    if (normal.find_first_not_of(" \t\r\n") == std::string::npos)
        return fail(ErrorCode::malformed, "it is empty");
    try {
        std::vector<std::set<std::string>> names; // of the objects that are being read
        Json document
            = Json::parse(normal, [&](int /*depth*/, Json::parse_event_t event, const Json& parsed) {
                  if (event == Json::parse_event_t::object_start)
                      names.emplace_back();
                  else if (event == Json::parse_event_t::object_end)
                      names.pop_back();
                  else if (event == Json::parse_event_t::key
                      && !names.back().insert(parsed.get<std::string>()).second && odd.repeated.empty())
                      odd.repeated = parsed.get<std::string>();
                  return true;
              });
        if (!document.is_object())
            return fail(ErrorCode::malformed, "it is no JSON object");
        if (oddities)
            *oddities = std::move(odd);
        return document;
    } catch (const Json::parse_error& error) {
        return fail(ErrorCode::malformed, "it is no JSON from " + place_of(normal, error.byte) + " on");
    } catch (const Json::exception&) {
        return fail(ErrorCode::malformed, "it is no JSON");
    }
}

} // namespace jackfield::app
