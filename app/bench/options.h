#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jackfield::bench {

enum class Mode : std::uint8_t { echo, rate, connect, idle, fanout, ramp, soak, check, floor };
[[nodiscard]] const char* name_of(Mode mode);

/// What messages are made of.
enum class Content : std::uint8_t {
    ascii, ///< printable ASCII
    mixed, ///< text of several scripts, one to four bytes a character
    json, ///< an array of records, as it compresses in practice
    random, ///< bytes made by chance (binary only)
};
[[nodiscard]] const char* name_of(Content content);

enum class Deflate : std::uint8_t {
    off,
    on, ///< permessage-deflate is offered, windows may be kept from message to message
    no_takeover, ///< offered with both sides' no_context_takeover
};
[[nodiscard]] const char* name_of(Deflate deflate);

/// The command line, checked. Times are in seconds, rates in a second.
struct Options {
    Mode mode = Mode::echo;

    // where to
    std::string url;
    bool allow_remote = false; ///< targets that are not loopback
    std::string origin;
    std::vector<std::string> subprotocols;
    std::vector<std::string> headers; ///< "Name: value"
    std::string ca_file; ///< PEM: authorities; empty: the development authority, where there is one, and the system's
    std::string config_dir; ///< of the Jackfield whose development authority is trusted; empty: the user's own
    bool insecure = false; ///< any certificate will do

    // the load
    std::size_t connections = 100;
    std::size_t size = 16; ///< payload bytes of a message
    std::size_t depth = 1; ///< messages in flight on a connection
    bool binary = false;
    Content content = Content::ascii;
    std::size_t fragments = 1; ///< frames of a message
    Deflate deflate = Deflate::off;
    double seconds = 10;
    double warm_up = 1; ///< before it is measured
    double rate = 1'000; ///< rate: messages a second, over all connections
    std::size_t opening = 128; ///< handshakes under way at once
    std::size_t source_addresses = 0; ///< of 127.0.0.0/8; 0: as many as it takes
    double timeout = 10; ///< for a handshake, and for the answers that are still out at the end

    // ramp
    double ramp_from = 1'000;
    double ramp_factor = 1.25; ///< from step to step
    double ramp_to = 10'000'000;
    double bound_us = 10'000; ///< for the 99th percentile
    double step_seconds = 2;
    // soak
    double growth_percent = 10; ///< of the server's memory between the first and the last quarter

    // check
    std::string only; ///< names of cases begin with it; empty: all
    bool list = false; ///< the names of the cases, without a server

    // floor
    std::string listen = "127.0.0.1:0";

    // what is told
    std::optional<int> pid; ///< of the server
    bool quiet = false; ///< no progress
    bool has_json_progress = false; ///< for a program, and also where standard error is no terminal
    std::string json_file; ///< "-" is standard output, in place of the table
    std::string html_file;
    std::string compare_file; ///< a report that an earlier run wrote with --json
};

} // namespace jackfield::bench
