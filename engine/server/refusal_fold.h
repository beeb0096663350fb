#pragma once

#include "jackfield/event.h"
#include "jackfield/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

namespace jackfield::server {

/// Keeps a flood of refused attempts readable. Attempts alike, those with one reason, address and
/// origin (or host where there is none), are listed one by one at first, then at most one a second, which
/// carries the number of those it stands for: a page that tries for ever hides no other. Of ones unlike all
/// that were listed lately the first few of each reason are listed too, then at most one row a second for all
/// of them together. One thread.
class RefusalFold {
public:
    using Emit = std::function<void(event::Refused)>;
    static constexpr std::size_t most_sources = 64; ///< what is kept apart at a time
    explicit RefusalFold(Emit emit)
        : emit_(std::move(emit))
    { }

    /// Throws std::bad_alloc; then `refused` is lost.
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
        bool holds_unlike = false; ///< what is held differs in more than its time
    };
    static std::string source_of(const event::Refused& refused);
    static void refill(Bucket& bucket, TimePoint now);
    static bool take_token(Bucket& bucket, TimePoint now);
    void hold(Bucket& bucket, event::Refused refused, TimePoint now);
    void emit_held(Bucket& bucket, TimePoint now);
    void flush(Bucket& bucket, TimePoint now);
    void remember(std::string source, TimePoint now);

    Emit emit_;
    std::unordered_map<std::string, Bucket> sources_; ///< by `source_of`: what was listed lately
    std::array<Bucket, reasons> others_{}; ///< by reason: the rest
    std::size_t holding_ = 0;
};

} // namespace jackfield::server
