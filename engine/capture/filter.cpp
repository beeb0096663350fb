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
    return any_searched(fields, [this](std::string_view text) { return wanted.is_in(text); });
}

bool Expression::holds(const FilterFields& fields) const
{
    return any_searched(
        fields, [this](std::string_view text) { return RE2::PartialMatch(text, *expression); });
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

} // namespace jackfield
