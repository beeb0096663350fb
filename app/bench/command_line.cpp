#include "app/bench/command_line.h"

#include "base/text.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <sstream>

namespace jackfield::bench {
namespace {

constexpr std::size_t largest_message = std::size_t{256} << 20U;
constexpr std::size_t most_connections = 1'000'000;
constexpr double longest_run = 7 * 24 * 3'600.0;

constexpr const char* footer_text
    = "URL is ws://HOST[:PORT]/PATH or wss://HOST[:PORT]/PATH; for the floor also tcp://HOST:PORT, a server that sends every byte\n"
      "back (jackfield-bench floor is one). Only servers on this machine are loaded, unless --allow-remote says otherwise.\n"
      "Every mode ends by itself, and Ctrl+C ends it sooner with a report of what it has seen.\n\n"
      "Exit status: 0 all went well; 1 it ran, and something was wrong (lost connections, wrong answers, a failed check, memory\n"
      "that grew); 2 it could not run.";

struct ModeText {
    Mode mode;
    const char* name;
    const char* purpose;
};
constexpr ModeText modes[] = {
    {Mode::echo, "echo", "Keep messages in flight and count how many come back in a second."},
    {Mode::rate, "rate", "Send a fixed number of messages a second, and measure latency from when each was due."},
    {Mode::connect, "connect", "Open and close connections and count the handshakes in a second."},
    {Mode::idle, "idle", "Open connections and hold them; with --pid, what the server's memory is for each."},
    {Mode::fanout, "fanout", "One connection sends, all receive (a chat): count the deliveries in a second."},
    {Mode::ramp, "ramp", "Raise the rate until the 99th percentile of latency breaks its bound, and name the knee."},
    {Mode::soak, "soak", "A long run of mixed messages, with connections that come and go; with --pid, memory must not grow."},
    {Mode::check, "check", "Try some hundred frames and handshakes and compare what comes back with the standard."},
    {Mode::floor, "floor", "Serve the floor: a TCP server that sends every byte back, to compare others with (until Ctrl+C)."},
};

EarlyEnd mistake(const std::string& what)
{
    return {2, {}, what + "\nTry jackfield-bench --help."};
}

/// The options of all modes, bound to `options`, as the texts of those that need a look of our own.
struct Texts {
    std::string size;
    std::string content;
    std::string deflate = "off";
    std::string progress = "line";
    bool text = false;
};

void add_target(CLI::App& cli, Options& options)
{
    cli.add_option("URL", options.url, "The server, as in ws://127.0.0.1:4567/echo.")->required();
    cli.add_flag("--allow-remote", options.allow_remote, "Load a server that is not on this machine. Ask its owner first.");
    cli.add_option("--origin", options.origin, "Send this Origin, as a page would.")->type_name("ORIGIN");
    cli.add_option("--subprotocol", options.subprotocols, "Offer this subprotocol; may be given several times.")
        ->type_name("NAME")
        ->expected(1)
        ->take_all();
    cli.add_option("--header", options.headers, "Send this header field, as in \"Cookie: a=b\"; may be given several times.")
        ->type_name("FIELD")
        ->expected(1)
        ->take_all();
    auto* authority = cli.add_option("--ca", options.ca_file,
        "Trust the authorities in this file (PEM). Without it: Jackfield's development authority and the system's.");
    authority->type_name("FILE");
    cli.add_option("--config-dir", options.config_dir, "Look for Jackfield's development authority in this folder, and not in the user's own.")
        ->type_name("FOLDER");
    cli.add_flag("--insecure", options.insecure, "Take any certificate of a wss:// server.")->excludes(authority);
    cli.add_option("--timeout", options.timeout, "How many seconds a handshake or the last answers may take.")
        ->type_name("S")
        ->capture_default_str();
}

void add_reports(CLI::App& cli, Options& options, Texts& texts)
{
    cli.add_option("--json", options.json_file, "Write the report to this file, as JSON; - is standard output, in place of the table.")
        ->type_name("FILE");
    cli.add_option("--html", options.html_file, "Write the report to this file, as one page with plots.")->type_name("FILE");
    cli.add_option("--compare", options.compare_file, "Set the report beside an earlier one, which --json has written.")
        ->type_name("FILE");
    auto* progress = cli.add_option("--progress", texts.progress,
        "How to tell on standard error how it goes: line (on a terminal), or json, one object a line, for a program.");
    progress->type_name("FORM")->capture_default_str();
    cli.add_flag("-q,--quiet", options.quiet, "No progress.")->excludes(progress);
}

void add_pid(CLI::App& cli, Options& options)
{
    cli.add_option("--pid", options.pid, "The server's process, for its CPU time and memory.")->type_name("PID");
}

void add_connections(CLI::App& cli, Options& options, const char* meaning)
{
    cli.add_option("-c,--connections", options.connections, meaning)->type_name("N")->capture_default_str();
    cli.add_option("--opening", options.opening, "How many handshakes may be under way at once.")->type_name("N")->capture_default_str();
    cli.add_option("--source-addresses", options.source_addresses,
           "Connect from this many addresses of 127.0.0.0/8. 0: as many as the ports ask for.")
        ->type_name("N")
        ->capture_default_str();
}

void add_deflate(CLI::App& cli, Texts& texts)
{
    cli.add_option("--deflate", texts.deflate, "Offer permessage-deflate: off, on, or no-takeover (no windows are kept).")
        ->type_name("HOW")
        ->capture_default_str();
}

void add_messages(CLI::App& cli, Options& options, Texts& texts)
{
    cli.add_option("-s,--size", texts.size, "Payload of a message in bytes; 64k and 1M work.")->type_name("BYTES")->default_str(std::to_string(options.size));
    auto* text = cli.add_flag("--text", texts.text, "Text messages (which is so without it).");
    cli.add_flag("--binary", options.binary, "Binary messages.")->excludes(text);
    cli.add_option("--content", texts.content,
           "What is in them: ascii, mixed (several scripts), json, or random (binary). Without it ascii, or random with --binary.")
        ->type_name("KIND");
    cli.add_option("--fragments", options.fragments, "Cut each message into this many frames.")->type_name("N")->capture_default_str();
    add_deflate(cli, texts);
}

void add_time(CLI::App& cli, Options& options, double seconds, double warm_up)
{
    options.seconds = seconds;
    options.warm_up = warm_up;
    cli.add_option("-d,--duration", options.seconds, "How many seconds are measured.")->type_name("S")->capture_default_str();
    if (warm_up > 0)
        cli.add_option("--warm-up", options.warm_up, "How many seconds before that are not.")->type_name("S")->capture_default_str();
}

void add_depth(CLI::App& cli, Options& options)
{
    cli.add_option("-p,--depth", options.depth, "How many messages a connection has in flight.")->type_name("N")->capture_default_str();
}

/// Everything that one mode takes; its own defaults first.
void add_mode(CLI::App& cli, Mode mode, Options& options, Texts& texts)
{
    options.mode = mode;
    if (mode == Mode::floor) {
        cli.add_option("--listen", options.listen, "Where to listen; port 0: the system chooses.")->type_name("ADDRESS:PORT")->capture_default_str();
        return;
    }
    if (mode == Mode::check) {
        add_target(cli, options);
        cli.get_option("URL")->required(false);
        cli.add_option("--only", options.only, "Only the cases whose names begin so.")->type_name("NAME");
        cli.add_flag("--list", options.list, "Print the cases and end.");
        add_deflate(cli, texts);
        add_reports(cli, options, texts);
        return;
    }
    add_target(cli, options);
    switch (mode) {
    case Mode::echo:
        add_connections(cli, options, "How many connections.");
        add_messages(cli, options, texts);
        add_depth(cli, options);
        add_time(cli, options, 10, 1);
        break;
    case Mode::rate:
        cli.add_option("-r,--rate", options.rate, "How many messages a second, over all connections.")->type_name("N")->capture_default_str();
        add_connections(cli, options, "How many connections take turns.");
        add_messages(cli, options, texts);
        add_time(cli, options, 10, 1);
        break;
    case Mode::connect:
        options.connections = 16;
        add_connections(cli, options, "How many are under way at once.");
        add_deflate(cli, texts);
        add_time(cli, options, 10, 1);
        break;
    case Mode::idle:
        options.connections = 1'000;
        add_connections(cli, options, "How many connections.");
        add_deflate(cli, texts);
        add_time(cli, options, 10, 0);
        break;
    case Mode::fanout:
        options.size = 64;
        add_connections(cli, options, "How many connections receive.");
        add_messages(cli, options, texts);
        add_depth(cli, options);
        add_time(cli, options, 10, 1);
        break;
    case Mode::ramp:
        cli.add_option("--from", options.ramp_from, "The first rate, in messages a second.")->type_name("N")->capture_default_str();
        cli.add_option("--to", options.ramp_to, "The last one.")->type_name("N")->capture_default_str();
        cli.add_option("--factor", options.ramp_factor, "By what the rate is multiplied from step to step.")->type_name("X")->capture_default_str();
        cli.add_option("--step", options.step_seconds, "How many seconds a step takes.")->type_name("S")->capture_default_str();
        cli.add_option("--bound", options.bound_us, "The bound for the 99th percentile, in microseconds.")->type_name("US")->capture_default_str();
        add_connections(cli, options, "How many connections take turns.");
        add_messages(cli, options, texts);
        add_time(cli, options, 300, 1);
        break;
    case Mode::soak:
        options.connections = 50;
        add_connections(cli, options, "How many connections.");
        add_deflate(cli, texts);
        add_time(cli, options, 600, 0);
        cli.add_option("--growth", options.growth_percent,
               "By how many percent the server's memory may grow from the run's second quarter to its last.")
            ->type_name("P")
            ->capture_default_str();
        break;
    case Mode::check:
    case Mode::floor:
        break;
    }
    add_pid(cli, options);
    add_reports(cli, options, texts);
}

std::optional<Content> content_of(const std::string& text)
{
    for (const Content content : {Content::ascii, Content::mixed, Content::json, Content::random}) {
        if (text == name_of(content))
            return content;
    }
    return std::nullopt;
}

std::optional<Deflate> deflate_of(const std::string& text)
{
    for (const Deflate deflate : {Deflate::off, Deflate::on, Deflate::no_takeover}) {
        if (text == name_of(deflate))
            return deflate;
    }
    return std::nullopt;
}

bool is_within(double value, double least, double most)
{
    return std::isfinite(value) && value >= least && value <= most;
}

/// What is wrong with the values; empty: nothing.
std::string judge(Options& options, const Texts& texts)
{
    if (!texts.size.empty()) {
        const auto size = parse_size(texts.size);
        if (!size || *size > largest_message)
            return "--size is a number of bytes up to 256M, as in 16, 64k or 1M";
        options.size = *size;
    }
    const auto deflate = deflate_of(texts.deflate);
    if (!deflate)
        return "--deflate is off, on or no-takeover";
    options.deflate = *deflate;
    if (texts.progress != "line" && texts.progress != "json")
        return "--progress is line or json";
    options.has_json_progress = texts.progress == "json";
    options.content = options.binary ? Content::random : Content::ascii;
    if (!texts.content.empty()) {
        const auto content = content_of(texts.content);
        if (!content)
            return "--content is ascii, mixed, json or random";
        if (*content == Content::random && !options.binary)
            return "--content random is no text: use it with --binary";
        options.content = *content;
    }
    if (options.connections < 1 || options.connections > most_connections)
        return "--connections is 1 to 1000000";
    if (options.opening < 1)
        return "--opening is at least 1";
    if (options.depth < 1 || options.depth > 65'536)
        return "--depth is 1 to 65536";
    if (options.fragments < 1 || options.fragments > 65'536 || (options.fragments > 1 && options.fragments > options.size))
        return "--fragments is 1 to 65536, and no more than the message has bytes";
    if (options.source_addresses > 65'536)
        return "--source-addresses is at most 65536";
    if (!is_within(options.seconds, 0.01, longest_run) || !is_within(options.warm_up, 0, longest_run))
        return "--duration and --warm-up are seconds, up to a week";
    if (!is_within(options.timeout, 0.01, 3'600))
        return "--timeout is seconds, up to 3600";
    if (!is_within(options.rate, 0.1, 1e9))
        return "--rate is 0.1 to 1000000000 messages a second";
    if (!is_within(options.ramp_from, 1, 1e9) || !is_within(options.ramp_to, options.ramp_from, 1e9)
        || !is_within(options.ramp_factor, 1.01, 100) || !is_within(options.step_seconds, 0.01, 3'600)
        || !is_within(options.bound_us, 1, 1e9))
        return "--from and --to are 1 to 1000000000 and in this order, --factor is 1.01 to 100, --step is seconds, --bound microseconds";
    if (!is_within(options.growth_percent, 0, 1'000))
        return "--growth is 0 to 1000 percent";
    if (options.pid && *options.pid <= 0)
        return "--pid is the number of a process";
    if (options.mode == Mode::check && options.url.empty() && !options.list)
        return "URL is required";
    for (const std::string& header : options.headers) {
        const std::size_t colon = header.find(':');
        if (colon == std::string::npos || !is_token(std::string_view(header).substr(0, colon))
            || header.find_first_of("\r\n") != std::string::npos)
            return "--header is a name, a colon and a value, as in \"Cookie: a=b\"";
    }
    for (const std::string& name : options.subprotocols) {
        if (!is_token(name))
            return "--subprotocol is a name without blanks and separators, as in chat.v2";
    }
    if (options.origin.find_first_of("\r\n") != std::string::npos)
        return "--origin is one line, as in http://localhost:3000";
    return {};
}

} // namespace

const char* name_of(Mode mode)
{
    for (const ModeText& text : modes) {
        if (text.mode == mode)
            return text.name;
    }
    return "";
}

const char* name_of(Content content)
{
    switch (content) {
    case Content::ascii: return "ascii";
    case Content::mixed: return "mixed";
    case Content::json: return "json";
    case Content::random: return "random";
    }
    return "";
}

const char* name_of(Deflate deflate)
{
    switch (deflate) {
    case Deflate::off: return "off";
    case Deflate::on: return "on";
    case Deflate::no_takeover: return "no-takeover";
    }
    return "";
}

std::optional<std::size_t> parse_size(const std::string& text)
{
    if (text.empty())
        return std::nullopt;
    std::string_view digits = text;
    unsigned shift = 0;
    if (digits.back() == 'k' || digits.back() == 'K')
        shift = 10;
    else if (digits.back() == 'M')
        shift = 20;
    if (shift > 0)
        digits.remove_suffix(1);
    const auto number = parse_decimal<std::size_t>(digits);
    if (!number || *number > (std::size_t{1} << 40U))
        return std::nullopt;
    return *number << shift;
}

std::variant<Options, EarlyEnd> read_command_line(const std::vector<std::string>& arguments)
{
    CLI::App cli("Load and try a WebSocket server, this one or another: how fast it answers, how much it takes, what it costs.", "jackfield-bench");
    cli.footer(footer_text);
    cli.set_help_flag("-h,--help", "Show this help and end.");
    cli.set_version_flag("--version", "jackfield-bench " JACKFIELD_VERSION, "Show the version and end.");
    cli.require_subcommand(1);
    Options all[std::size(modes)];
    Texts texts[std::size(modes)];
    CLI::App* commands[std::size(modes)] = {};
    for (std::size_t i = 0; i < std::size(modes); ++i) {
        commands[i] = cli.add_subcommand(modes[i].name, modes[i].purpose);
        commands[i]->set_help_flag("-h,--help", "Show this help and end.");
        add_mode(*commands[i], modes[i].mode, all[i], texts[i]);
    }
    try {
        cli.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::ConversionError& error) {
        const std::string what = error.what(); // "Could not convert: --size = x"
        return mistake("this is no number that fits" + what.substr(std::min(what.find(':'), what.size())));
    } catch (const CLI::ParseError& error) {
        std::ostringstream output;
        std::ostringstream problem;
        if (cli.exit(error, output, problem) == 0)
            return EarlyEnd{0, output.str(), {}};
        return mistake(error.what());
    }
    for (std::size_t i = 0; i < std::size(modes); ++i) {
        if (!commands[i]->parsed())
            continue;
        if (const std::string wrong = judge(all[i], texts[i]); !wrong.empty())
            return mistake(wrong);
        return all[i];
    }
    return mistake("a mode is required");
}

} // namespace jackfield::bench
