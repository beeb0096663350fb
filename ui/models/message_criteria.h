#pragma once

#include "jackfield/capture_store.h"
#include "jackfield/connection.h"
#include "jackfield/filter.h"

#include <optional>
#include <unordered_set>

namespace jackfield::ui {

/// Which directions the message table shows.
enum class DirectionFilter { all, fromBrowser, toBrowser };

/// What is asked of a record for being shown, or found. A value; `accepts` may be called by several threads
/// at once.
struct MessageCriteria {
    std::optional<std::unordered_set<ConnectionId>> connections; ///< nullopt: all
    DirectionFilter direction = DirectionFilter::all;
    bool controlFrames = false; ///< pings and pongs; a Connection Close passes always
    bool dividers = true; ///< of the connections, whatever the filter says
    Filter filter;
    Filter find; ///< asked beside `filter`

    [[nodiscard]] bool accepts(const CapturedRecord& record) const;
};

} // namespace jackfield::ui
