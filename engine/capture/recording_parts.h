#pragma once

#include "jackfield/recording.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jackfield {

/// What the readers of the formats share: where they hand things over, the budget for what they keep, and
/// what they found out.
class RecordingParts {
public:
    RecordingParts(RecordingReceiver& taker, const RecordingLimits& bounds)
        : receiver(taker)
        , limits(bounds)
    { }

    RecordingReceiver& receiver;
    const RecordingLimits limits;
    RecordingReport report;
    std::uint64_t next_sequence = 1;

    /// The id of the n-th connection of a recording, counted from 0.
    [[nodiscard]] static ConnectionId id_of(std::size_t index)
    {
        return {
            0, static_cast<std::uint32_t>(index & 0xffffffU), static_cast<std::uint32_t>(index >> 24U) + 1};
    }
    /// One text of a connection, shared with all that have the same. Nothing is kept of what is beyond the
    /// budget.
    [[nodiscard]] SharedText share(std::string_view text);
    /// Says why the rest cannot be read; the first one counts.
    void trouble(std::uint64_t offset, std::uint64_t line, std::string what);
    /// Hands a message over; false when the receiver had enough.
    bool hand_over(const CapturedMessage& message);

private:
    static constexpr std::size_t text_budget = std::size_t{8} << 20U;
    std::unordered_map<std::string, SharedText> texts_;
    std::size_t text_bytes_ = 0;
};

/// Reads the bytes of one format.
class FormatReader {
public:
    virtual ~FormatReader() = default;
    /// False when there is no use in more.
    virtual bool feed(std::string_view bytes) = 0;
    /// At the end of the file.
    virtual void finish() = 0;
    /// False: whatever this is, it is no recording.
    [[nodiscard]] virtual bool is_recording() const = 0;
};

/// `offset`: of the first byte that will be fed.
[[nodiscard]] std::unique_ptr<FormatReader> make_har_reader(RecordingParts& parts, std::uint64_t offset);
[[nodiscard]] std::unique_ptr<FormatReader> make_json_lines_reader(
    RecordingParts& parts, std::uint64_t offset);

} // namespace jackfield
