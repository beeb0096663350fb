#pragma once

#include "app/bench/check/trial.h"

#include <functional>
#include <string>
#include <vector>

namespace jackfield::bench {

/// What a case found.
struct Verdict {
    enum class Kind { pass, warn, fail, skip };
    Kind kind = Kind::pass;
    std::string received; ///< what came back, in words
};

/// One thing that a server is tried with. The words are those of CheckCase.
struct Case {
    std::string name;
    std::string section;
    std::string sent;
    std::string expected;
    bool needs_echo = false; ///< skipped where the path does not send back what it gets
    std::function<Verdict(Trial&)> run;
};

void add_handshake_cases(std::vector<Case>& cases);
void add_frame_cases(std::vector<Case>& cases);
void add_text_cases(std::vector<Case>& cases);
void add_close_cases(std::vector<Case>& cases);
void add_deflate_cases(std::vector<Case>& cases);

// What most cases come down to; each opens the connection with `change`, sends `bytes` and looks.

/// The message comes back, of that opcode.
[[nodiscard]] Verdict expect_echo(Trial& trial, std::string_view bytes, std::string_view payload, unsigned opcode);
/// The server fails the connection (RFC 6455 section 7.1.7). One of `codes` in its Close passes; another code, or an end without a Close, is a
/// warning; whoever goes on has failed.
[[nodiscard]] Verdict expect_failure(Trial& trial, std::string_view bytes, const std::vector<unsigned>& codes);
/// What of a frame came, for a person.
[[nodiscard]] std::string words_of(const CameFrame& frame);

} // namespace jackfield::bench
