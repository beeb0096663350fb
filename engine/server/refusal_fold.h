#pragma once

#include "jackfield/event.h"
#include "jackfield/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

namespace jackfield::server {

/// Keeps a flood of refused attempts readable: of each reason the first few are listed one by one, then at
/// most one a second, which carries the number of those it stands for. One thread.
class RefusalFold {
public:
    using Emit = std::function<void(event::Refused)>;
    explicit RefusalFold(Emit emit)
        : emit_(std::move(emit))
    { }

    void add(event::Refused refused, TimePoint now);
    /// Emits what has been held back for a second.
    void flush(TimePoint now);
    /// True while something is held back: call `flush` within a second.
    [[nodiscard]] bool is_holding() const { return holding_ > 0; }

private:
    static constexpr std::uint32_t burst = 8;
    static constexpr std::size_t reasons = static_cast<std::size_t>(RefusalReason::stopping) + 1;
    struct Bucket {
        std::uint32_t tokens = burst;
        TimePoint refilled{};
        TimePoint held_since{};
        std::optional<event::Refused> held;
        std::uint64_t held_count = 0;
    };
    void refill(Bucket& bucket, TimePoint now);
    void emit_held(Bucket& bucket, TimePoint now);

    Emit emit_;
    std::array<Bucket, reasons> buckets_{};
    std::size_t holding_ = 0;
};

} // namespace jackfield::server
