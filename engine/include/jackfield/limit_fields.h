#pragma once

#include "jackfield/api.h"
#include "jackfield/config.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace jackfield {

/// One member of `Limits` by name and range, for settings files, command lines and forms.
struct LimitField {
    std::string_view name; ///< as the member is called; durations end in `_ms`
    std::uint64_t smallest, largest; ///< range; durations in milliseconds
    bool zero_allowed; ///< 0 lies outside of the range and has a meaning of its own (off, automatic)
    std::uint64_t (*get)(const Limits&);
    void (*set)(
        Limits&, std::uint64_t); ///< takes values of any size; those beyond the member's type saturate

    /// True when `clamp_limits` would leave `value` alone.
    [[nodiscard]] bool accepts(std::uint64_t value) const
    {
        return (zero_allowed && value == 0) || (value >= smallest && value <= largest);
    }
};

/// Every limit, in the order of the members of `Limits`.
[[nodiscard]] JACKFIELD_API std::span<const LimitField> limit_fields();

} // namespace jackfield
