#include "ui/text/json_tree.h"

#include "jackfield/filter.h"

#include <algorithm>
#include <utility>

namespace jackfield::ui {

namespace {

constexpr JsonTree::Node nobody = 0xffffffffU;
constexpr std::size_t longestFilterValue = 1'000; // bytes
constexpr std::size_t longestFilterPath = 2'000;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isName(std::string_view key)
{
    return !key.empty() && std::ranges::all_of(key, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
            || c == '-' || static_cast<unsigned char>(c) >= 0x80;
    });
}

bool hasControl(std::string_view text)
{
    return std::ranges::any_of(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; });
}

} // namespace

JsonTree JsonTree::read(SharedBytes payload, JsonCheck& check, const std::function<bool()>& stop)
{
    JsonTree tree;
    const std::string_view bytes = payload.text();
    check = checkJson(QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())), stop);
    if (check.verdict != JsonCheck::Verdict::valid)
        return tree;
    tree.m_payload = std::move(payload);
    if (!tree.scan(stop)) {
        check.verdict = JsonCheck::Verdict::tooSlow;
        return {};
    }
    tree.link();
    return tree;
}

// The text is valid: only what is where has to be found.
bool JsonTree::scan(const std::function<bool()>& stop)
{
    const std::string_view text = m_payload.text();
    Node open = nobody; // the container that is being read
    std::uint32_t keyStart = 0;
    std::uint32_t keyEnd = 0;
    const auto add = [&](Kind kind, std::size_t start, std::size_t end) {
        Item item;
        item.kind = kind;
        item.start = static_cast<std::uint32_t>(start);
        item.end = static_cast<std::uint32_t>(end);
        item.keyStart = std::exchange(keyStart, 0);
        item.keyEnd = std::exchange(keyEnd, 0);
        if (open != nobody) {
            item.parent = open;
            item.index = m_items[open].members++;
        }
        m_items.push_back(item);
    };
    std::size_t i = 0;
    std::uint32_t steps = 0;
    while (i < text.size()) {
        const char c = text[i];
        if (isBlank(c) || c == ',' || c == ':') {
            ++i;
        } else if (c == '{' || c == '[') {
            add(c == '{' ? Kind::object : Kind::array, i, i + 1);
            open = static_cast<Node>(m_items.size() - 1);
            ++i;
        } else if (c == '}' || c == ']') {
            ++i;
            m_items[open].end = static_cast<std::uint32_t>(i);
            open = open == 0 ? nobody : m_items[open].parent;
        } else if (c == '"') {
            const std::size_t start = i++;
            while (i < text.size() && text[i] != '"')
                i += text[i] == '\\' ? 2 : 1;
            ++i;
            const bool isKey = m_items[open].kind == Kind::object && keyEnd == 0;
            if (isKey) {
                keyStart = static_cast<std::uint32_t>(start + 1);
                keyEnd = static_cast<std::uint32_t>(i - 1);
            } else {
                add(Kind::string, start, i);
            }
        } else {
            const std::size_t start = i;
            while (i < text.size() && !isBlank(text[i]) && text[i] != ',' && text[i] != ']' && text[i] != '}')
                ++i;
            add(c == '-' || (c >= '0' && c <= '9') ? Kind::number : Kind::word, start, i);
        }
        if (++steps % 4'096 == 0 && stop && stop())
            return false;
    }
    return true;
}

void JsonTree::link()
{
    const auto real = static_cast<Node>(m_items.size());
    std::uint32_t offset = 0;
    for (Item& item : m_items) {
        item.first = offset;
        offset += item.members;
    }
    m_children.resize(offset);
    for (Node node = 1; node < real; ++node) {
        Item& item = m_items[node];
        item.row = item.index;
        Item& parent = m_items[item.parent];
        m_children[parent.first + item.index] = node;
        parent.count = parent.members;
    }
    for (Node node = 0; node < real; ++node) {
        if (m_items[node].members > rangeSize)
            divide(node);
    }
}

void JsonTree::divide(Node node)
{
    const Item whole = m_items[node];
    const auto firstRange = static_cast<std::uint32_t>(m_children.size());
    for (std::uint32_t from = 0; from < whole.members; from += rangeSize) {
        Item range;
        range.kind = Kind::range;
        range.parent = node;
        range.row = from / rangeSize;
        range.index = from;
        range.first = whole.first + from;
        range.count = range.members = std::min(rangeSize, whole.members - from);
        const auto made = static_cast<Node>(m_items.size());
        for (std::uint32_t i = 0; i < range.count; ++i) {
            Item& member = m_items[m_children[range.first + i]];
            member.parent = made;
            member.row = i;
        }
        m_items.push_back(range);
        m_children.push_back(made);
    }
    m_items[node].first = firstRange;
    m_items[node].count = static_cast<std::uint32_t>(m_children.size()) - firstRange;
}

std::span<const JsonTree::Node> JsonTree::children(Node node) const
{
    return std::span(m_children).subspan(m_items[node].first, m_items[node].count);
}

std::string_view JsonTree::value(Node node) const
{
    const Item& item = m_items[node];
    return m_payload.text().substr(item.start, item.end - item.start);
}

std::string_view JsonTree::key(Node node) const
{
    const Item& item = m_items[node];
    return m_payload.text().substr(item.keyStart, item.keyEnd - item.keyStart);
}

std::string JsonTree::path(Node node, bool* expressible) const
{
    std::vector<Node> steps;
    for (Node at = node; at != 0; at = parent(at)) {
        if (kind(at) != Kind::range)
            steps.push_back(at);
    }
    bool good = true;
    std::string path = "$";
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (!hasKey(*step)) {
            path += '[' + std::to_string(index(*step)) + ']';
            continue;
        }
        const std::string name
            = jsonString(m_payload.text().substr(m_items[*step].keyStart - 1, key(*step).size() + 2));
        if (isName(name)) {
            path += '.' + name;
        } else {
            path += "[\"" + name + "\"]";
            good = good && name.find("\"]") == std::string::npos && !hasControl(name);
        }
    }
    if (expressible)
        *expressible = good;
    return path;
}

std::string JsonTree::filter(Node node) const
{
    bool good = false;
    const std::string where = path(node, &good);
    if (!good || kind(node) == Kind::range || where.size() > longestFilterPath)
        return {};
    if (isContainer(node))
        return parse_filter(where + ":*", FilterSubject::messages) ? where + ":*" : std::string();
    if (value(node).size() > longestFilterValue)
        return {};
    const std::string text = kind(node) == Kind::string ? jsonString(value(node)) : std::string(value(node));
    if (hasControl(text) || text == "*") // a star stands for any value
        return {};
    const std::string term = where + ':' + quote_for_filter(text);
    return parse_filter(term, FilterSubject::messages) ? term : std::string();
}

} // namespace jackfield::ui
