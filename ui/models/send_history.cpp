#include "ui/models/send_history.h"

#include <iterator>

namespace jackfield::ui {

void SendHistory::setEntries(std::vector<ComposedMessage> entries)
{
    m_entries.assign(std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
    m_place = 0;
    trim();
}

void SendHistory::add(const ComposedMessage& sent)
{
    m_place = 0;
    std::erase(m_entries, sent);
    m_entries.push_back(sent);
    trim();
}

void SendHistory::trim()
{
    std::uint64_t bytes = 0;
    for (const ComposedMessage& entry : m_entries)
        bytes += size_of(entry);
    while (m_entries.size() > maxEntries || (bytes > maxBytes && m_entries.size() > 1)) {
        bytes -= size_of(m_entries.front());
        m_entries.pop_front();
    }
}

bool SendHistory::step(bool older, const ComposedMessage* present)
{
    if (m_entries.empty() || (older ? m_place == m_entries.size() : m_place == 0))
        return false;
    // What was just sent still stands there; the one before it is meant.
    if (m_place == 0 && present && m_entries.back() == *present && m_entries.size() > 1)
        ++m_place;
    m_place += older ? 1 : -1;
    return true;
}

const ComposedMessage* SendHistory::current() const
{
    return m_place == 0 ? nullptr : &m_entries[m_entries.size() - m_place];
}

} // namespace jackfield::ui
