#include "ui/models/allowed_entry.h"

#include <algorithm>
#include <utility>

namespace jackfield::ui {
namespace {

// Between two readings of the clock, the window's and that of the engine's turn.
constexpr std::chrono::seconds clockSlack{1};

// The line that decides about `pattern`, or waits to.
bool hasEntry(const AccessLine& line, const AccessPattern& pattern)
{
    return (line.state == AccessLine::State::active || line.state == AccessLine::State::needs_confirmation)
        && line.pattern == pattern;
}

} // namespace

AllowedEntry::AllowedEntry(const AccessList& before, command::Allow allow, TimePoint sent)
    : m_allow(std::move(allow))
    , m_sent(sent)
{
    AccessList after = before;
    const auto expires = m_allow.lifetime.count() > 0 ? std::optional(sent + m_allow.lifetime) : std::nullopt;
    if (!after.add(m_allow.list, m_allow.entry, m_allow.temporary || expires, expires) || after == before)
        return;
    const auto& was = before.lines;
    const auto changed
        = std::ranges::mismatch(after.lines, was, [](const AccessLine& a, const AccessLine& b) {
              return a.state == b.state && a.temporary == b.temporary && a.expires == b.expires;
          }).in1;
    m_became = *changed;
    m_isNew
        = std::ranges::none_of(was, [&](const AccessLine& line) { return hasEntry(line, changed->pattern); });
    m_change = AccessListChange(before, after);
}

bool AllowedEntry::isOurs(const AccessLine& line) const
{
    if (line.state != m_became->state || line.temporary != m_became->temporary
        || line.expires.has_value() != m_became->expires.has_value())
        return false;
    return !line.expires
        || (*line.expires >= m_sent + m_allow.lifetime - clockSlack
            && *line.expires <= *m_done + m_allow.lifetime + clockSlack);
}

std::optional<Command> AllowedEntry::takenBackFrom(const AccessList& list, TimePoint now) const
{
    if (!m_became || !m_done)
        return std::nullopt;
    const auto count = std::ranges::count_if(
        list.lines, [&](const AccessLine& line) { return hasEntry(line, m_became->pattern); });
    const bool isThere = std::ranges::any_of(list.lines,
        [&](const AccessLine& line) { return hasEntry(line, m_became->pattern) && isOurs(line); });
    if (m_isNew && (count == 0 || (count == 1 && isThere)))
        return command::Deny{m_allow.list, m_allow.entry};
    if (!isThere)
        return std::nullopt;
    AccessList back = m_change.takenBackFrom(list, now);
    if (back == list)
        return std::nullopt;
    return command::ReplaceList{m_allow.list, std::move(back), false};
}

} // namespace jackfield::ui
