#include "ui/models/access_list_change.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace jackfield::ui {
namespace {

using AccessLines = std::vector<AccessLine>;

bool isUntouched(const AccessLine& a, const AccessLine& b)
{
    return a.text == b.text && a.state == b.state && a.temporary == b.temporary && a.expires == b.expires;
}

// The same line to a person, whatever became of its state (a file that was read again) or its end.
bool isSameLine(const AccessLine& a, const AccessLine& b)
{
    return a.text == b.text && a.temporary == b.temporary;
}

/// How often each line stands in a list.
class LineCounts {
public:
    explicit LineCounts(const AccessLines& lines)
    {
        for (const AccessLine& line : lines)
            add(line, 1);
    }
    void add(const AccessLine& line, int count) { m_counts[{line.text, line.temporary}] += count; }
    [[nodiscard]] int of(const AccessLine& line) const
    {
        const auto found = m_counts.find({line.text, line.temporary});
        return found == m_counts.end() ? 0 : found->second;
    }

private:
    using Key = std::pair<std::string_view, bool>;
    struct Hash {
        std::size_t operator()(const Key& key) const
        {
            return std::hash<std::string_view>()(key.first) * 2 + (key.second ? 1 : 0);
        }
    };
    std::unordered_map<Key, int, Hash> m_counts; // views of the lines
};

/// A list that is being changed back: the lines stay where they are kept, so that thousands come in at once.
class ChangingList {
public:
    explicit ChangingList(const AccessLines& lines)
        : m_counts(lines)
    {
        m_lines.reserve(lines.size());
        for (const AccessLine& line : lines)
            m_lines.push_back(&line);
    }
    [[nodiscard]] int countOf(const AccessLine& line) const { return m_counts.of(line); }
    void exchange(std::size_t place, const AccessLine& line)
    {
        m_counts.add(*m_lines[place], -1);
        m_lines[place] = &line;
        m_counts.add(line, 1);
    }
    void remove(std::size_t place)
    {
        m_counts.add(*m_lines[place], -1);
        m_lines.erase(m_lines.begin() + static_cast<std::ptrdiff_t>(place));
    }
    void insert(std::size_t place, const AccessLine& line)
    {
        m_lines.insert(m_lines.begin() + static_cast<std::ptrdiff_t>(place), &line);
        m_counts.add(line, 1);
    }

    [[nodiscard]] std::optional<std::size_t> nearest(const AccessLine& line, std::size_t place) const
    {
        if (m_counts.of(line) == 0)
            return std::nullopt;
        for (std::size_t distance = 0; distance <= m_lines.size() + place; ++distance) {
            if (distance <= place && place - distance < m_lines.size()
                && isSameLine(*m_lines[place - distance], line))
                return place - distance;
            if (place + distance < m_lines.size() && isSameLine(*m_lines[place + distance], line))
                return place + distance;
        }
        return std::nullopt;
    }
    /// Where the line at `place` of `before` belongs: behind the line that stood before it, else before the
    /// one that stood behind it; where they are gone, their neighbours decide.
    [[nodiscard]] std::size_t placeFor(const AccessLines& before, std::size_t place) const
    {
        constexpr std::size_t farthest = 100;
        for (std::size_t step = 1; step <= std::min(place, farthest); ++step) {
            if (const auto found = nearest(before[place - step], place - step))
                return *found + 1;
        }
        for (std::size_t step = 1; step <= farthest && place + step < before.size(); ++step) {
            if (const auto found = nearest(before[place + step], place + step))
                return *found;
        }
        return std::min(place, m_lines.size());
    }

    [[nodiscard]] AccessLines lines() const
    {
        AccessLines lines;
        lines.reserve(m_lines.size());
        for (const AccessLine* line : m_lines)
            lines.push_back(*line);
        return lines;
    }

private:
    std::vector<const AccessLine*> m_lines;
    LineCounts m_counts;
};

} // namespace

AccessListChange::AccessListChange(const AccessList& before, const AccessList& after)
{
    auto content = std::make_shared<Content>();
    content->before = before.lines;
    const AccessLines& a = before.lines;
    const AccessLines& b = after.lines;
    std::size_t head = 0;
    while (head < std::min(a.size(), b.size()) && isUntouched(a[head], b[head]))
        ++head;
    std::size_t tail = 0;
    while (tail < std::min(a.size(), b.size()) - head
        && isUntouched(a[a.size() - 1 - tail], b[b.size() - 1 - tail]))
        ++tail;
    // An edit adds lines, removes lines or writes others in their place: where one side is the longer, what
    // the other has is looked for in it.
    std::size_t i = head;
    std::size_t j = head;
    const std::size_t endA = a.size() - tail;
    const std::size_t endB = b.size() - tail;
    while (i < endA || j < endB) {
        if (i < endA && j < endB && isUntouched(a[i], b[j])) {
            ++i, ++j;
        } else if (endA - i > endB - j) {
            content->steps.push_back({true, {}, i});
            ++i;
        } else if (endA - i < endB - j) {
            content->steps.push_back({false, b[j], j});
            ++j;
        } else {
            content->steps.push_back({true, b[j], i});
            ++i, ++j;
        }
    }
    m_content = std::move(content);
}

AccessList AccessListChange::takenBackFrom(const AccessList& list, TimePoint now) const
{
    if (!m_content)
        return list;
    const AccessLines& before = m_content->before;
    ChangingList lines(list.lines);
    const LineCounts countsBefore(before);
    for (const Step& step : m_content->steps) {
        const AccessLine* was = step.wasThere ? &before[step.place] : nullptr;
        const auto found = step.became ? lines.nearest(*step.became, step.place) : std::nullopt;
        const bool isWanted = was && !(was->expires && *was->expires <= now);
        const bool isBack = was && lines.countOf(*was) >= countsBefore.of(*was);
        if (found && isWanted && (!isBack || isSameLine(*was, *step.became)))
            lines.exchange(*found, *was);
        else if (found)
            lines.remove(*found);
        else if (isWanted && !isBack)
            lines.insert(lines.placeFor(before, step.place), *was);
    }
    AccessList back{lines.lines(), list.fell_back, list.problem};
    if (back == list)
        return list;
    back.fell_back = false; // it is the person's own from here on
    back.problem.clear();
    return back;
}

} // namespace jackfield::ui
