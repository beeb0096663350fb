#pragma once

#include "control/command_words.h"

#include "jackfield/command_text.h"
#include "jackfield/escape.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace jackfield {

[[nodiscard]] inline tl::unexpected<Error> malformed(std::string what)
{
    return fail(ErrorCode::malformed, std::move(what));
}

[[nodiscard]] inline tl::unexpected<Error> pass_on(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

/// A word of the line as an error quotes it.
[[nodiscard]] inline std::string in_quotes(std::string_view text)
{
    return "\"" + escape_for_terminal(text, 64) + "\"";
}

/// What a word stands for: the bytes behind a bare `hex:`, else its text. Errors: malformed.
[[nodiscard]] Result<std::string> word_bytes(const CommandWord& word);

/// Reads a length of time such as 90s, 15m or 500ms, of at most a year. Errors: malformed.
[[nodiscard]] Result<milliseconds> parse_duration(std::string_view text);

/// Reads one command line (jackfield/command_text.h). The verbs' own parts are in the files of their
/// subjects: messages, raw frames, access, server.
class CommandParser {
public:
    CommandParser(std::string_view line, const ConnectionNames& names)
        : reader_(line)
        , names_(names)
    { }
    Result<Command> parse();
    Result<std::variant<Command, Query>> parse_console_line();

    /// One word that a line may begin with. Without `parse` it only asks; with both it asks when it stands alone.
    struct Verb {
        CommandHelp help;
        Result<Command> (CommandParser::*parse)();
        Result<Query> (CommandParser::*ask)();
    };
    static std::span<const Verb> verbs();

private:

    // command_parser.cpp: what lines are made of
    tl::unexpected<Error> wrong(const std::string& what) const;
    Result<CommandWord> word(std::string_view what);
    Result<Command> finish(Command command);
    bool take_keyword(std::string_view keyword);
    Result<std::string> text_to_end();
    bool at_hex() const;
    Result<std::string> hex_to_end();
    Result<std::uint64_t> number(std::string_view what);
    Result<bool> on_or_off();
    Result<ConnectionId> parse_id(std::string_view text);
    Result<std::vector<ConnectionId>> parse_ids(std::string_view text);
    Result<const Verb*> verb();
    Result<Target> target();
    Result<std::optional<Target>> target_at(const CommandWord& word);
    static bool is_filter(const CommandWord& word);

    // command_verbs.cpp: the questions
    Result<Query> ask_help();
    Result<Query> ask_users();
    Result<Query> ask_hosts();
    Result<Query> ask_origins();
    Result<Query> ask_blocks();
    Result<Query> ask_endpoints();
    Result<Query> ask_listeners();
    Result<Query> ask_stats();
    Result<Query> asked(Query query) const;

    // command_parser_messages.cpp
    std::optional<std::string_view> message_option() const;
    Result<void> take_message_options(command::Send& send);
    Result<Command> message(command::Send send);
    Result<Command> send();
    Result<Command> send_all();
    Result<Command> kick_those(Target target);
    Result<Command> kick();
    Result<Command> kick_all();
    Result<void> take_kick_options(command::Kick& kick);
    Result<Command> resume();
    Result<Command> ping();
    Result<Command> pong();
    template <class Control>
    Result<Command> control_frame();

    // command_parser_raw.cpp
    Result<Command> raw();
    Result<StreamCut> stream_cut();
    Result<SharedBytes> raw_bytes();
    Result<RawFrame> raw_frame();
    Result<void> raw_header_part(RawFrame& frame, const CommandWord& part) const;

    // command_parser_access.cpp
    Result<ListKind> list();
    Result<std::string> entry(ListKind kind);
    Result<Command> allow();
    Result<Command> deny();
    Result<BlockKind> block_kind();
    Result<command::Block> whom(std::string_view what);
    Result<Command> block();
    Result<Command> unblock();
    Result<void> attribute(AccessLine& line, std::string_view text);
    Result<AccessLine> line(ListKind kind, const CommandWord& word);
    Result<Command> replace(ListKind kind);
    Result<Command> replace_hosts();
    Result<Command> replace_origins();
    Result<Command> require_origin();
    Result<Command> reapply();

    // command_parser_endpoint.cpp
    Result<std::string> pattern();
    Result<void> sockjs_option(SockJs& sockjs, std::string_view name, const std::string& value) const;
    Result<bool> endpoint_option(EndpointConfig& endpoint, const CommandWord& word) const;
    Result<Command> endpoint();
    Result<Command> transport();

    // command_parser_server.cpp
    Result<Command> older_protocols();
    Result<Command> certificate();
    Result<ListenSpec> listener();
    Result<Command> listen();
    Result<Command> stop();
    Result<Command> limits();
    Result<Command> compression();
    Result<Command> quit();

    CommandLineReader reader_;
    const ConnectionNames& names_;
    std::string_view usage_;
};

} // namespace jackfield
