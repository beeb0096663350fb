#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jackfield::bench {

/// Latencies of one run, in microseconds; all 0 when `count` is.
struct Latency {
    /// The messages (or handshakes) whose latency lay in [from_us, to_us).
    struct Bucket {
        double from_us = 0;
        double to_us = 0;
        std::uint64_t count = 0;
        bool operator==(const Bucket&) const = default;
    };
    std::uint64_t count = 0;
    double min_us = 0;
    double mean_us = 0;
    double p50_us = 0;
    double p75_us = 0;
    double p90_us = 0;
    double p95_us = 0;
    double p99_us = 0;
    double p99_9_us = 0;
    double p99_99_us = 0;
    double max_us = 0;
    std::vector<Bucket> buckets; ///< only those that hold something, in their order
    bool operator==(const Latency&) const = default;
};

/// One interval of a run, about a second long; the last one may be shorter.
struct SeriesPoint {
    double at_seconds = 0; ///< its end, counted from the begin of what was measured
    double seconds = 0; ///< how long it was
    std::uint64_t messages = 0; ///< answered (connect: handshakes; fanout: deliveries) in this interval
    std::uint64_t errors = 0; ///< in this interval
    std::uint64_t connections = 0; ///< open at its end
    double p50_us = 0; ///< of the latencies of this interval; 0 without any
    double p90_us = 0;
    double p99_us = 0;
    double p99_9_us = 0;
    double max_us = 0;
    double client_cpu = 0; ///< of one core, 0..1
    std::optional<double> server_cpu; ///< of one core; more than 1 for several threads; with --pid
    std::optional<std::uint64_t> server_memory; ///< resident bytes at its end; with --pid
    bool operator==(const SeriesPoint&) const = default;
};

/// One step of `ramp`: a load that was offered for a while.
struct RampStep {
    double offered = 0; ///< messages a second
    double achieved = 0; ///< answered messages a second
    double p50_us = 0;
    double p99_us = 0; ///< counted from when a message was due
    double max_us = 0;
    bool within_bound = false;
    bool operator==(const RampStep&) const = default;
};

/// One case of `check`.
struct CheckCase {
    std::string name; ///< short and stable: "frame/reserved-opcode-3"
    std::string section; ///< "RFC 6455 section 5.2"
    std::string sent; ///< what was sent, in words
    std::string expected; ///< what the standard wants
    std::string received; ///< what came back, in words
    std::string outcome; ///< "pass", "warn" (allowed, but not the strictest), "fail" or "skip"
    bool operator==(const CheckCase&) const = default;
};

/// How much of a processor one side used while it was measured.
struct Cpu {
    double seconds = 0; ///< user and system
    double share = 0; ///< of one core: 1 is a whole one
    std::optional<double> us_a_message; ///< absent without messages
    bool operator==(const Cpu&) const = default;
};

/// Memory of the server's process, by --pid.
struct ServerMemory {
    std::uint64_t before = 0; ///< resident bytes before the first connection
    std::uint64_t after = 0; ///< with all connections open (idle), at the end (others)
    std::uint64_t peak = 0; ///< the largest that was seen
    std::optional<double> bytes_a_connection; ///< idle: what one more costs
    bool operator==(const ServerMemory&) const = default;
};

/// Everything that a finished run reports: what the table, --json, --html and --compare are made of.
struct RunResult {
    static constexpr int format = 1; ///< of the JSON text; counts up when old readers would misread it

    std::string mode; ///< "echo", "rate", "connect", "idle", "fanout", "ramp", "soak", "check"
    std::string target; ///< the URL
    std::string tool_version;
    std::string started_at; ///< UTC, "2026-11-23T04:05:06Z"
    std::string machine; ///< "Linux 6.1.0 x86_64, 2 processors"
    /// What the run was asked to do, in the order in which it is shown: "connections" -> "100". Values are text
    /// for people and for comparing ("16", "text", "no").
    std::vector<std::pair<std::string, std::string>> parameters;

    double seconds = 0; ///< that were measured
    bool interrupted = false; ///< by Ctrl+C: what it says is of the time until then
    bool failed = false; ///< something was wrong: errors, growth, a failed case. The exit status says so, too.

    std::uint64_t connections = 0; ///< the most that were open at once
    double opening_seconds = 0; ///< to open them all
    std::uint64_t messages = 0; ///< answered and verified; connect: handshakes; fanout: deliveries
    double messages_a_second = 0;
    std::uint64_t bytes_sent = 0; ///< as they went to the socket (or into TLS), frame headers included
    std::uint64_t bytes_received = 0;
    std::uint64_t payload_bytes = 0; ///< of answered messages, one way

    std::map<std::string, std::uint64_t> errors; ///< by kind, in words; empty: none
    std::vector<std::string> warnings; ///< sentences, without a full stop
    std::string error_example; ///< what the first error was, in words; empty: none

    Latency latency; ///< round trip; connect: the handshake; rate and ramp: from when a message was due
    std::vector<SeriesPoint> series;
    std::optional<Cpu> client_cpu;
    std::optional<Cpu> server_cpu; ///< with --pid
    std::optional<ServerMemory> server_memory; ///< with --pid

    std::vector<RampStep> ramp; ///< ramp
    std::optional<double> knee; ///< ramp: the highest load, in messages a second, that held the bound
    std::optional<double> late_messages; ///< rate: the part that could not be sent when due, 0..1
    std::vector<CheckCase> checks; ///< check

    bool operator==(const RunResult&) const = default;
};

} // namespace jackfield::bench
