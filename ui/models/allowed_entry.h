#pragma once

#include "ui/models/access_list_change.h"

#include "jackfield/access_rules.h"
#include "jackfield/command.h"

#include <optional>

namespace jackfield::ui {

/// What one command::Allow changes in a list, so that it can be taken back later in the list as it is then.
/// An entry that was there before, for a shorter time or not in force, comes back as it was; what others have
/// made of the entry since stays.
class AllowedEntry {
public:
    /// `before` is the list that the command meets, `sent` when it is submitted.
    AllowedEntry(const AccessList& before, command::Allow allow, TimePoint sent);

    [[nodiscard]] const command::Allow& command() const { return m_allow; }
    /// False when the entry was in force already, for as long at least: there is nothing to take back.
    [[nodiscard]] bool isChange() const { return m_became.has_value(); }
    /// The server has done it, at `at` the latest. Until then there is nothing to take back.
    void setDone(TimePoint at) { m_done = at; }
    [[nodiscard]] bool isDone() const { return m_done.has_value(); }
    /// The command that takes it back from `list`; nullopt when nothing of it is left there. `list` may be as
    /// old as the list before the command where the entry was new.
    [[nodiscard]] std::optional<Command> takenBackFrom(const AccessList& list, TimePoint now) const;

private:
    [[nodiscard]] bool isOurs(const AccessLine& line) const;

    command::Allow m_allow;
    TimePoint m_sent;
    std::optional<TimePoint> m_done;
    std::optional<AccessLine> m_became; // nothing: no change
    bool m_isNew = false; // no line had the entry
    AccessListChange m_change;
};

} // namespace jackfield::ui
