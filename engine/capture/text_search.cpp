#include "capture/text_search.h"

#include "base/text.h"

#include <algorithm>
#include <cstring>
#include <re2/re2.h>

namespace jackfield {
namespace {

char to_upper_ascii(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

bool starts_folded(const char* text, std::string_view lower)
{
    return std::equal(
        lower.begin(), lower.end(), text, [](char a, char b) { return a == to_lower_ascii(b); });
}

// The next place of one byte value, found by memchr and remembered until it is passed.
class NextByte {
public:
    NextByte(char value, std::string_view text)
        : value_(value)
        , end_(text.data() + text.size())
        , at_(text.data())
    {
        find_from(text.data());
    }
    const char* from(const char* position)
    {
        if (at_ < position)
            find_from(position);
        return at_;
    }

private:
    void find_from(const char* position)
    {
        const void* found = position < end_
            ? std::memchr(position, value_, static_cast<std::size_t>(end_ - position))
            : nullptr;
        at_ = found == nullptr ? end_ : static_cast<const char*>(found);
    }
    char value_;
    const char* end_;
    const char* at_;
};

} // namespace

std::uint64_t worst_cost_of(const RE2& expression)
{
    // Where its automaton grows too large RE2 follows every instruction at every byte.
    constexpr std::uint64_t instruction = 16; // nanoseconds, measured
    return instruction * static_cast<std::uint64_t>(std::max(expression.ProgramSize(), 1));
}

namespace {

bool find_folded(std::string_view haystack, std::string_view lower)
{
    if (haystack.size() < lower.size())
        return false;
    const std::string_view starts = haystack.substr(0, haystack.size() - lower.size() + 1);
    NextByte small(lower.front(), starts);
    NextByte large(to_upper_ascii(lower.front()), starts);
    const char* const end = starts.data() + starts.size();
    for (const char* at = starts.data();; ++at) {
        at = std::min(small.from(at), large.from(at));
        if (at == end)
            return false;
        if (starts_folded(at, lower))
            return true;
    }
}

} // namespace

PlainText::PlainText(std::string_view text)
    : lower_(to_lower_ascii(text))
{
    if (std::all_of(
            lower_.begin(), lower_.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return;
    RE2::Options options;
    options.set_literal(true);
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    folding_ = std::make_unique<RE2>(lower_, options);
}

PlainText::~PlainText() = default;
PlainText::PlainText(PlainText&&) noexcept = default;
PlainText& PlainText::operator=(PlainText&&) noexcept = default;

bool PlainText::is_in(std::string_view haystack) const
{
    return folding_ ? RE2::PartialMatch(haystack, *folding_) : find_folded(haystack, lower_);
}

std::uint64_t PlainText::worst_cost() const
{
    return folding_ ? worst_cost_of(*folding_) : 1 + lower_.size();
}

bool PlainText::equals(std::string_view other) const
{
    if (folding_)
        return RE2::FullMatch(other, *folding_);
    return other.size() == lower_.size() && starts_folded(other.data(), lower_);
}

} // namespace jackfield
