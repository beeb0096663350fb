#include "ui/models/access_list_change.h"

#include <algorithm>

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

auto countOf(const AccessLines& lines, const AccessLine& line)
{
    return std::ranges::count_if(lines, [&](const AccessLine& each) { return isSameLine(each, line); });
}

std::optional<std::size_t> nearest(const AccessLines& lines, const AccessLine& line, std::size_t place)
{
    for (std::size_t distance = 0; distance <= lines.size() + place; ++distance) {
        if (distance <= place && place - distance < lines.size() && isSameLine(lines[place - distance], line))
            return place - distance;
        if (place + distance < lines.size() && isSameLine(lines[place + distance], line))
            return place + distance;
    }
    return std::nullopt;
}

// Where the line at `place` of `before` belongs in `lines`: behind the line that stood before it, else before
// the one that stood behind it; where they are gone, their neighbours decide.
std::size_t placeIn(const AccessLines& lines, const AccessLines& before, std::size_t place)
{
    constexpr std::size_t farthest = 100;
    for (std::size_t step = 1; step <= std::min(place, farthest); ++step) {
        if (const auto found = nearest(lines, before[place - step], place - step))
            return *found + 1;
    }
    for (std::size_t step = 1; step <= farthest && place + step < before.size(); ++step) {
        if (const auto found = nearest(lines, before[place + step], place + step))
            return *found;
    }
    return std::min(place, lines.size());
}

} // namespace

AccessListChange::AccessListChange(const AccessList& before, const AccessList& after)
    : m_before(before.lines)
{
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
            m_steps.push_back({a[i], {}, i});
            ++i;
        } else if (endA - i < endB - j) {
            m_steps.push_back({{}, b[j], j});
            ++j;
        } else {
            m_steps.push_back({a[i], b[j], i});
            ++i, ++j;
        }
    }
}

AccessList AccessListChange::takenBackFrom(const AccessList& list, TimePoint now) const
{
    AccessList back = list;
    AccessLines& lines = back.lines;
    for (const Step& step : m_steps) {
        const auto found = step.became ? nearest(lines, *step.became, step.place) : std::nullopt;
        const bool isWanted = step.was && !(step.was->expires && *step.was->expires <= now);
        const bool isBack = step.was && countOf(lines, *step.was) >= countOf(m_before, *step.was);
        if (found && isWanted && (!isBack || isSameLine(*step.was, *step.became)))
            lines[*found] = *step.was;
        else if (found)
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(*found));
        else if (isWanted && !isBack)
            lines.insert(
                lines.begin() + static_cast<std::ptrdiff_t>(placeIn(lines, m_before, step.place)), *step.was);
    }
    if (back == list)
        return list;
    back.fell_back = false; // it is the person's own from here on
    back.problem.clear();
    return back;
}

} // namespace jackfield::ui
