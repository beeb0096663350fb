#include "jackfield/filter.h"

#include "capture/filter_node.h"

#include <algorithm>

namespace jackfield {
namespace filter_node {
namespace {

template <class Test>
bool any_searched(const FilterFields& fields, Test test)
{
    for (std::size_t i = 0;; ++i) {
        const auto text = fields.searched(i);
        if (!text)
            return false;
        if (test(*text))
            return true;
    }
}

std::uint64_t cost_of(const std::vector<NodePointer>& parts)
{
    std::uint64_t cost = 0;
    for (const NodePointer& part : parts)
        cost += part->worst_cost();
    return cost;
}

/// Nothing in it repeats without an end or asks for what is around a match. Rather no than wrong: it does not
/// look at what a character means where it stands.
bool is_plain_sequence(std::string_view pattern)
{
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char next = i + 1 < pattern.size() ? pattern[i + 1] : '\0';
        if (pattern[i] == '\\' && std::string_view("bBAzQC").find(next) != std::string_view::npos)
            return false;
        if (std::string_view("*+^$").find(pattern[i]) != std::string_view::npos
            || (pattern[i] == ',' && next == '}'))
            return false;
    }
    return true;
}

} // namespace

bool AllOf::holds(const FilterFields& fields) const
{
    return std::all_of(
        parts.begin(), parts.end(), [&](const NodePointer& part) { return part->holds(fields); });
}

bool AnyOf::holds(const FilterFields& fields) const
{
    return std::any_of(
        parts.begin(), parts.end(), [&](const NodePointer& part) { return part->holds(fields); });
}

bool Plain::holds(const FilterFields& fields) const
{
    return any_searched(fields, [&](std::string_view text) {
        return any_piece(
            text, wanted.longest_match(), [&fields] { return fields.is_cancelled(); },
            [this](std::string_view piece) { return wanted.is_in(piece); });
    });
}

std::uint64_t AllOf::worst_cost() const
{
    return cost_of(parts);
}

std::uint64_t AnyOf::worst_cost() const
{
    return cost_of(parts);
}

Expression::Expression(std::unique_ptr<const RE2> re)
    : expression(std::move(re))
    // Without a loop no instruction is passed twice, and each takes at most a byte.
    , longest_match(is_plain_sequence(expression->pattern())
              ? static_cast<std::size_t>(expression->ProgramSize())
              : SIZE_MAX)
{ }

bool Expression::holds(const FilterFields& fields) const
{
    const auto matches = [this](std::string_view text) { return RE2::PartialMatch(text, *expression); };
    return any_searched(fields, [&](std::string_view text) {
        if (longest_match == SIZE_MAX)
            return !(text.size() > search_piece && fields.is_cancelled()) && matches(text);
        return any_piece(
            text, longest_match, [&fields] { return fields.is_cancelled(); }, matches);
    });
}

bool NumberKey::holds(const FilterFields& fields) const
{
    const auto have = fields.number(key);
    if (!have)
        return false;
    switch (comparison) {
    case Comparison::equal:
        return *have == wanted;
    case Comparison::less:
        return *have < wanted;
    case Comparison::less_equal:
        return *have <= wanted;
    case Comparison::greater:
        return *have > wanted;
    case Comparison::greater_equal:
        return *have >= wanted;
    }
    return false;
}

} // namespace filter_node

Filter::Filter() = default;

bool Filter::matches(const FilterFields& fields) const
{
    return root_ == nullptr || root_->holds(fields);
}

std::uint64_t Filter::worst_cost() const
{
    return root_ == nullptr ? 0 : root_->worst_cost();
}

} // namespace jackfield
