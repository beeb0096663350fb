#pragma once

#include "ui/text/json_text.h"

#include "jackfield/shared_bytes.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::ui {

/// A JSON payload as a tree of places in it: nothing is decoded, so that every key and value can be had as
/// it is spelt there. Members keep their order, and one that is there twice is here twice. A container of
/// more than `rangeSize` members has them in ranges of that many. Immutable; any thread.
class JsonTree {
public:
    static constexpr std::uint32_t rangeSize = 1'000;
    using Node = std::uint32_t; ///< 0 is the whole
    enum class Kind : std::uint8_t { object, array, string, number, word, range };

    /// Says in `check` what the payload is, and makes its tree where that is valid; else the tree is empty.
    /// Never recursive, whatever the depth. `stop` is asked now and then; the verdict is tooSlow when it says
    /// yes.
    [[nodiscard]] static JsonTree read(
        SharedBytes payload, JsonCheck& check, const std::function<bool()>& stop = {});

    [[nodiscard]] bool isEmpty() const { return m_items.empty(); }
    [[nodiscard]] std::size_t size() const { return m_items.size(); } ///< nodes, ranges included
    [[nodiscard]] Kind kind(Node node) const { return m_items[node].kind; }
    [[nodiscard]] bool isContainer(Node node) const { return kind(node) <= Kind::array; }
    [[nodiscard]] Node parent(Node node) const { return m_items[node].parent; } ///< of 0: 0
    [[nodiscard]] std::uint32_t row(Node node) const { return m_items[node].row; } ///< among its parent's
    [[nodiscard]] std::span<const Node> children(Node node) const; ///< members, or ranges of them
    [[nodiscard]] std::uint32_t members(Node node) const { return m_items[node].members; }
    /// Which element or member it is of its container, from 0; of a range: its first one.
    [[nodiscard]] std::uint32_t index(Node node) const { return m_items[node].index; }

    /// As it stands in the payload, a string with its quotes, a container with all that is in it. Empty for a
    /// range.
    [[nodiscard]] std::string_view value(Node node) const;
    /// The key of a member of an object as it is spelt, without its quotes; empty elsewhere.
    [[nodiscard]] std::string_view key(Node node) const;
    [[nodiscard]] bool hasKey(Node node) const { return m_items[node].keyEnd != 0; }
    /// `$.a.b[3]["two words"]`, as filters have it. `expressible` is false where a key cannot be written in
    /// a filter.
    [[nodiscard]] std::string path(Node node, bool* expressible = nullptr) const;
    /// A filter for messages that have this value there: `$.type:subscribe`; for a container `$.a[0]` with
    /// any value. Empty where a filter cannot say it.
    [[nodiscard]] std::string filter(Node node) const;

private:
    struct Item {
        std::uint32_t start = 0, end = 0; // of the value, in bytes
        std::uint32_t keyStart = 0, keyEnd = 0; // without the quotes; an end of 0: no key
        std::uint32_t parent = 0;
        std::uint32_t row = 0;
        std::uint32_t index = 0;
        std::uint32_t members = 0;
        std::uint32_t first = 0, count = 0; // in m_children
        Kind kind = Kind::word;
    };
    bool scan(const std::function<bool()>& stop);
    void link();
    void divide(Node node);

    SharedBytes m_payload;
    std::vector<Item> m_items;
    std::vector<Node> m_children;
};

} // namespace jackfield::ui
