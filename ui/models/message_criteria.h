#pragma once

#include "jackfield/capture_store.h"
#include "jackfield/connection.h"
#include "jackfield/filter.h"

#include <cstdint>
#include <functional>
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

    /// `isCancelled` is asked now and then within a large payload; once it says yes the answer means nothing.
    [[nodiscard]] bool accepts(
        const CapturedRecord& record, const std::function<bool()>& isCancelled = {}) const;
    /// Nanoseconds that a byte of a payload may take at worst; 0: payloads are not looked at.
    [[nodiscard]] std::uint64_t worstCost() const { return filter.worst_cost() + find.worst_cost(); }
};

} // namespace jackfield::ui
