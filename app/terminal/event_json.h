#pragma once

#include "app/terminal/script_runner.h"

#include "jackfield/connection.h"
#include "jackfield/event.h"
#include "jackfield/lanes.h"
#include "jackfield/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

// What `--json` prints: one JSON object and one line feed each, all ASCII or valid UTF-8 without a control
// character, whatever a peer sent. It is Jackfield's JSON Lines (jackfield/json_lines.h: `listen`, `open`,
// `close`, `refuse`, and messages, which have a `dir`), so that a recording is what the window opens, with
// more types among them; a text of a peer that is no UTF-8 stands in base64 under its name with "Base64"
// behind it:
//   {"type":"ready", ts, urls}                                   it listens; behind the `listen` lines
//   {"type":"event", ts, event, text, ...}                       anything else that happened: `event` is its
//   name ("slow_peer"), `text` a sentence
//   {"type":"connection", ts, conn, state, peer, local, socket, ...}  a row of `users`
//   {"type":"result", ts, id, command, ok, count, gone, skipped, incapable, lines}    a command is done;
//   `lines`: what a person would read
//   {"type":"result", ts, id, command, ok:false, error:{code, text}}                  or not
//   {"type":"step", ts, id, line, step, outcome, what, seconds}  of a script: `outcome` is good, failed,
//   stopped or not_run
//   {"type":"notice", ts, text}                                  what the program has to say beside
// `ts` is Unix time in seconds with nine decimals; `refuse` has `remedy`, the commands that would let it in.

/// The lines of an event; empty for CommandFinished, which is told by its result.
[[nodiscard]] std::string json_lines(const Event& event);
/// A message or control frame; `number` of its connection. Without payload at level headers.
[[nodiscard]] std::string json_line(const TrafficRecord& record, std::uint64_t number, bool has_payload);
/// That it listens, with the addresses as the browser's `new WebSocket` takes them.
[[nodiscard]] std::string json_ready_line(const ServerStatus& status, WallTime at);
/// A row of `users`.
[[nodiscard]] std::string json_connection_line(
    const ConnectionInfo& info, const ConnectionCounters& counters, WallTime at);
[[nodiscard]] std::string json_notice_line(std::string_view text, WallTime at);
[[nodiscard]] std::string json_step_line(const StepResult& result, WallTime at);

/// What came of a command line.
struct JsonResult {
    std::string id; ///< JSON text of the "id" that the command came with; empty: none
    std::string command; ///< the line
    const event::CommandFinished* finished
        = nullptr; ///< what the engine says of it; null: it needed no engine
    const Error* error = nullptr; ///< null: it was done
    std::vector<std::string> lines; ///< of its answer
};
[[nodiscard]] std::string json_result_line(const JsonResult& result, WallTime at);

} // namespace jackfield::app
