#pragma once

#include "jackfield/command.h"
#include "jackfield/connection.h"
#include "jackfield/lanes.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace jackfield::ui {

/// 48112 -> "48,112". The same in every language: these figures are compared with logs.
/// "12.4", with the language's own decimal point.
[[nodiscard]] QString formatDecimal(double value, int digits = 1);
/// "0.4 ms".
[[nodiscard]] QString formatMilliseconds(std::uint64_t microseconds);
[[nodiscard]] QString formatCount(std::uint64_t value);
/// What chooses between singular and plural in `tr(text, nullptr, n)`: the number itself, and for one that no
/// int holds another that every language treats alike.
[[nodiscard]] int pluralOf(std::uint64_t value);
/// A size for people: "91 bytes", "12.4 KiB", "256 MiB".
[[nodiscard]] QString formatBytes(std::uint64_t bytes);
/// An age: "now" below 100 ms, "0.2 s", "42 s", "3 min", "2 h 05 min", "4 d".
[[nodiscard]] QString formatAge(std::int64_t nanoseconds);
/// A duration, never "now": "0 ms", "12 ms", "1.2 s", "42 s", "3 min 07 s", "2 h 05 min".
[[nodiscard]] QString formatDuration(std::int64_t nanoseconds);
/// A length of time that somebody chose, exactly: "250 ms", "5 s", "1,500 ms", "90 s".
[[nodiscard]] QString formatPeriod(std::chrono::milliseconds period);
/// The difference between two messages in seconds: "+0.000", "+13.238".
[[nodiscard]] QString formatDelta(std::int64_t nanoseconds);
/// Local time of day: "20:12:47.003".
[[nodiscard]] QString formatTimeOfDay(std::int64_t unixNanoseconds);
/// Local time of day without fractions: "20:12:47".
[[nodiscard]] QString formatClock(WallTime time);
/// Local date and time for tooltips and details: "2024-05-01 20:12:47.003".
[[nodiscard]] QString formatDateTime(std::int64_t unixNanoseconds);
/// Messages a second: "128/s", "0.4/s", "12,400/s".
[[nodiscard]] QString formatRate(double perSecond);

/// Bytes in one line of a hex dump.
inline constexpr int hexDumpWidth = 16;
/// One line of a hex dump: "00000010  89 50 4e 47 0d 0a 1a 0a  00 00 00 0d 49 48 44 52  |.PNG........IHDR|".
/// `bytes` holds at most hexDumpWidth; fewer leave the columns aligned.
[[nodiscard]] QString hexDumpLine(std::uint64_t offset, std::span<const std::byte> bytes);
/// The first bytes in hex for a cell: "89 50 4e 47 ..."; at most `maxBytes`, with an ellipsis when there are
/// more.
[[nodiscard]] QString hexPreview(std::span<const std::byte> bytes, int maxBytes = 64);

/// The browser's words: "Text Message", "Binary Message", "Ping", "Pong", "Connection Close", "Continuation
/// Frame".
[[nodiscard]] QString typeName(TrafficType type);
/// What a block looks at, within a sentence: "address", "origin", "host".
[[nodiscard]] QString blockKindName(BlockKind kind);
/// What a style of kicking does, in a few words: "Reset the connection (RST)".
[[nodiscard]] QString kickStyleName(KickStyle style);
/// "from browser", "to browser".
[[nodiscard]] QString directionName(Direction direction);
/// Who made a message that we sent: "hand", "echo", "reverse", "chat", "behaviour", "engine"; empty for a
/// peer's.
[[nodiscard]] QString makerName(Maker maker);
/// "CONNECTING", "OPEN", "CLOSING", "CLOSED".
[[nodiscard]] QString stateName(ConnectionState state);
/// Who closed, for people: "the page", "you", "Jackfield", "the endpoint", "server stop".
[[nodiscard]] QString closedByName(ClosedBy by);
/// Why a connection ended, beyond its close code: "it answered no ping"; empty after a closing handshake.
[[nodiscard]] QString closeCauseText(CloseCause cause);
/// "1001 going away", "1006 abnormal".
[[nodiscard]] QString closeCodeName(std::uint16_t code);

/// The short name of the program behind a User-Agent: "Firefox", "Chrome", "Edge", "Safari", "Opera", "Node",
/// "curl", "Python", ... For one it does not know, its first product token, neutralised; empty for an empty
/// header.
[[nodiscard]] QString browserName(std::string_view userAgent);
/// What of a User-Agent made that name, as it stands there: "Edg/", "undici". A view into `userAgent`; hostile text.
[[nodiscard]] std::string_view browserWord(std::string_view userAgent);

/// An origin without its scheme when that is http or https: "localhost:5173"; others whole. Neutralised.
[[nodiscard]] QString shortOrigin(std::string_view origin);
/// The path of a request target, without its query. Not neutralised.
[[nodiscard]] std::string_view pathOf(std::string_view target);

} // namespace jackfield::ui
