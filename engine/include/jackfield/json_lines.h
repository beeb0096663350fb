#pragma once

#include "jackfield/api.h"
#include "jackfield/captured.h"
#include "jackfield/event.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace jackfield {

// Jackfield's JSON Lines: one JSON object (RFC 8259) and one line feed a record. Fields that have nothing to
// say are absent. `ts` is Unix time in seconds with nine decimals, `conn` the running number of a connection.
//
// A message or control frame (what has a `dir`):
//   seq, ts, conn, dir ("c2s" from the browser, "s2c" to it), type ("text", "binary", "ping", "pong",
//   "close", "continuation", "raw"), data, encoding ("utf8" or "base64"; both absent when the payload was not
//   kept), size, wire, fin (of its last frame), rsv (three bits of its first frame, RSV1 = 4), by (who made
//   it: "peer", "hand", "echo" ...), closeCode and closeReason (of a Connection Close, beside its data),
//   compressed (payload bytes as they travelled), frameCount (if not 1), frames (the first 32 headers, each
//   [first byte, payload length, masking key in hex or "", bits of the length field where that is longer than
//   it need be]).
// The life of a connection (no `dir`):
//   {"type":"open", ts, conn, name, peer, local, host, origin, target, version, transport, subprotocol,
//    offeredSubprotocols, extensions, userAgent, endpoint}
//   {"type":"close", ts, conn, closeCode, closeReason, by, cause, clean}
// The server:
//   {"type":"listen", ts, address, port}
//   {"type":"refuse", ts, peer, reason, status, upgrade, method, target, host, origin, userAgent, why,
//    browserSays, folded, ofMany}  (of many that differ: without peer, method and so on)
// A text of a peer that is not UTF-8 stands in base64 under its name with "Base64" behind it.
// U+2028, U+2029 and U+0085, which some readers take for line ends, are escaped like control characters.

/// Appends the record of a message or control frame.
JACKFIELD_API void append_json_line(std::string& out, const CapturedMessage& message, std::uint64_t connection_number);
/// Appends the record of an opening handshake; `name` may be empty.
JACKFIELD_API void append_open_line(std::string& out, const ConnectionInfo& info, std::string_view name);
/// Appends the record of a connection's end.
JACKFIELD_API void append_close_line(std::string& out, std::uint64_t connection_number, const CloseInfo& close);
/// Appends the record of a socket that listens.
JACKFIELD_API void append_listen_line(std::string& out, const SocketAddress& address, WallTime at);
/// The same with `speaks`: "ws", "wss" or "both" as things are (without a certificate nothing speaks TLS).
JACKFIELD_API void append_listen_line(std::string& out, const event::Listening& listening, WallTime at);
/// Appends the record of a refused attempt.
JACKFIELD_API void append_refuse_line(std::string& out, const event::Refused& refused, WallTime at);

} // namespace jackfield
