#pragma once

#include "jackfield/access_rules.h"

#include <memory>
#include <optional>
#include <vector>

namespace jackfield::ui {

[[nodiscard]] inline const AccessList& listOf(const AccessRules& rules, ListKind kind)
{
    return kind == ListKind::hosts ? rules.hosts : rules.origins;
}

/// What one edit of an allow-list changed, so that it can be taken back later in the list as it is then: what
/// others changed meanwhile stays.
class AccessListChange {
public:
    AccessListChange() = default;
    AccessListChange(const AccessList& before, const AccessList& after);

    /// `list` without this change: what was added is gone, what was removed is back at its place or as near
    /// to it as the lines around it are, what was edited is as it was. Lines that have expired by `now` do
    /// not come back. Equals `list` when nothing of the change is left in it.
    [[nodiscard]] AccessList takenBackFrom(const AccessList& list, TimePoint now) const;

private:
    struct Step {
        bool wasThere = false; ///< false: the line was added
        std::optional<AccessLine> became; ///< nothing: the line was removed
        std::size_t place = 0; ///< in the list before; of an added line in the list after
    };
    struct Content {
        std::vector<AccessLine> before;
        std::vector<Step> steps; ///< from the top down
    };
    std::shared_ptr<const Content> m_content; // thousands of lines, perhaps; null: no change
};

} // namespace jackfield::ui
