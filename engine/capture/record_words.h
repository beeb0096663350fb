#pragma once

#include "jackfield/connection.h"
#include "jackfield/frame_facts.h"
#include "jackfield/lanes.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jackfield {

// The words and times that recordings are written with, both ways.

/// "text", "binary", "ping", "pong", "close", "continuation", "raw".
[[nodiscard]] std::string_view word_of(TrafficType type);
[[nodiscard]] std::optional<TrafficType> type_of_word(std::string_view word);
[[nodiscard]] std::optional<Maker> maker_of_word(std::string_view word);
[[nodiscard]] std::optional<ClosedBy> closed_by_of_word(std::string_view word);
[[nodiscard]] std::optional<CloseCause> cause_of_word(std::string_view word);
[[nodiscard]] std::optional<Transport> transport_of_word(std::string_view word);

[[nodiscard]] constexpr LengthForm shortest_length_form(std::uint64_t payload_length)
{
    return payload_length < 126  ? LengthForm::bits7
        : payload_length < 65536 ? LengthForm::bits16
                                 : LengthForm::bits64;
}
[[nodiscard]] constexpr unsigned bits_of(LengthForm form)
{
    return form == LengthForm::bits7 ? 7 : form == LengthForm::bits16 ? 16 : 64;
}

/// Code and reason in the payload of a Connection Close; nullopt for a payload of one byte.
[[nodiscard]] std::optional<CloseFrame> read_close_payload(std::span<const std::byte> payload);

/// Seconds as JSON writes a number ("1700000000.123456789", "1.7e9") in nanoseconds, exact to the ninth
/// decimal; nullopt for what is no number or does not fit.
[[nodiscard]] std::optional<std::int64_t> read_seconds(std::string_view number);

/// "2024-05-01T20:12:47.003Z"; with nanoseconds where `nanoseconds` is set.
[[nodiscard]] std::string iso_time(std::int64_t unix_ns, bool nanoseconds = false);
/// The same back, with `Z` or an offset, with any number of decimals; nullopt for anything else.
[[nodiscard]] std::optional<std::int64_t> read_iso_time(std::string_view text);

/// The wall clock of this machine's time zone.
struct LocalTime {
    std::string date; ///< "2024-05-01"
    std::string time; ///< "20:12:47.003"
    std::string zone; ///< "UTC+02:00"
};
[[nodiscard]] LocalTime local_time(std::int64_t unix_ns);

} // namespace jackfield
