#pragma once

#include "capture/json_path.h"
#include "capture/text_search.h"

#include "jackfield/filter.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <re2/re2.h>
#include <string>
#include <utility>
#include <vector>

namespace jackfield {

/// A condition of a parsed filter. Immutable.
struct Filter::Node {
    virtual ~Node() = default;
    [[nodiscard]] virtual bool holds(const FilterFields& fields) const = 0;
    /// As Filter::worst_cost.
    [[nodiscard]] virtual std::uint64_t worst_cost() const { return 0; }
};

namespace filter_node {

using NodePointer = std::unique_ptr<const Filter::Node>;

struct AllOf final : Filter::Node {
    std::vector<NodePointer> parts;
    [[nodiscard]] bool holds(const FilterFields& fields) const override;
    [[nodiscard]] std::uint64_t worst_cost() const override;
};
struct AnyOf final : Filter::Node {
    std::vector<NodePointer> parts;
    [[nodiscard]] bool holds(const FilterFields& fields) const override;
    [[nodiscard]] std::uint64_t worst_cost() const override;
};
struct Not final : Filter::Node {
    explicit Not(NodePointer inner_node)
        : inner(std::move(inner_node))
    { }
    NodePointer inner;
    [[nodiscard]] bool holds(const FilterFields& fields) const override { return !inner->holds(fields); }
    [[nodiscard]] std::uint64_t worst_cost() const override { return inner->worst_cost(); }
};
/// A plain text somewhere in the searched texts.
struct Plain final : Filter::Node {
    explicit Plain(std::string_view text)
        : wanted(text)
    { }
    PlainText wanted;
    [[nodiscard]] bool holds(const FilterFields& fields) const override;
    [[nodiscard]] std::uint64_t worst_cost() const override { return wanted.worst_cost(); }
};
struct Expression final : Filter::Node {
    explicit Expression(std::unique_ptr<const RE2> re);
    std::unique_ptr<const RE2> expression;
    std::size_t longest_match = 0; ///< bytes; SIZE_MAX: it may be any, or depend on what is around it
    [[nodiscard]] bool holds(const FilterFields& fields) const override;
    [[nodiscard]] std::uint64_t worst_cost() const override { return worst_cost_of(*expression); }
};
/// A key whose text holds a value.
struct TextKey final : Filter::Node {
    TextKey(FilterKey which, std::string_view value)
        : key(which)
        , wanted(value)
    { }
    FilterKey key;
    PlainText wanted;
    [[nodiscard]] bool holds(const FilterFields& fields) const override
    {
        return wanted.is_in(fields.text(key));
    }
};
/// A key whose text is one of a few words.
struct WordKey final : Filter::Node {
    WordKey(FilterKey which, std::string_view value)
        : key(which)
        , wanted(value)
    { }
    FilterKey key;
    PlainText wanted;
    [[nodiscard]] bool holds(const FilterFields& fields) const override
    {
        return wanted.equals(fields.text(key));
    }
};
enum class Comparison { equal, less, less_equal, greater, greater_equal };
struct NumberKey final : Filter::Node {
    NumberKey(FilterKey which, Comparison how, std::uint64_t value)
        : key(which)
        , comparison(how)
        , wanted(value)
    { }
    FilterKey key;
    Comparison comparison;
    std::uint64_t wanted;
    [[nodiscard]] bool holds(const FilterFields& fields) const override;
};
struct JsonValue final : Filter::Node {
    explicit JsonValue(JsonCondition wanted)
        : condition(std::move(wanted))
    { }
    JsonCondition condition;
    [[nodiscard]] bool holds(const FilterFields& fields) const override
    {
        return condition.holds_in(fields.json(), [&fields] { return fields.is_cancelled(); });
    }
    [[nodiscard]] std::uint64_t worst_cost() const override
    {
        constexpr std::uint64_t reading = 30; // nanoseconds, measured
        return reading;
    }
};

} // namespace filter_node
} // namespace jackfield
