#include "control/command_parser.h"

#include "base/text.h"
#include "control/payload_text.h"

namespace jackfield {
namespace {

constexpr std::string_view send_usage = "send #7 hello, send all \"two words\", send #7,#9 hex:00ff, send #7 "
                                        "--fragments=3 --ping-after=1 hello, or "
                                        "--fragment-size=100 or --fragment-sizes=3,0,5 there";
constexpr std::string_view raw_usage = "raw #7 fin rsv1 op=text mask=01020304 len16 says=5 \"hello\", raw #7 "
                                       "frame op=1 \"a\" frame fin op=0 \"b\", or "
                                       "raw #7 bytes hex:81 cut=fin (or cut=rst)";
constexpr std::string_view send_all_usage = "sendall hello";
constexpr std::string_view kick_usage = "kick #7, kick #7,#9 4001 be gone, kick all-but #7, kick #7 --style=rst "
                                        "(or fin, silent, keep-close, keep-pong) or kick #7 "
                                        "--block=origin:30s 1012";
constexpr std::string_view kick_all_usage = "kickall or kickall 1001 restarting";
constexpr std::string_view replace_usage
    = "hosts replace \"localhost\" \"*.localhost\", with one quoted line each";
constexpr std::string_view endpoint_usage
    = "endpoint /chat chat, endpoint /* echo chat=chat, or endpoint remove /chat";
constexpr std::string_view listen_usage = "listen, listen 4567, listen 127.0.0.1:4567 [::1]:4567, listen add "
                                          "ADDRESS, listen remove ADDRESS or listen stop";

} // namespace

const std::array<CommandParser::Verb, 30> CommandParser::verbs = {{
    {"send", &CommandParser::send, send_usage},
    {"write", &CommandParser::send, send_usage},
    {"sendall", &CommandParser::send_all, send_all_usage},
    {"writeall", &CommandParser::send_all, send_all_usage},
    {"raw", &CommandParser::raw, raw_usage},
    {"kick", &CommandParser::kick, kick_usage},
    {"close", &CommandParser::kick, kick_usage},
    {"kickall", &CommandParser::kick_all, kick_all_usage},
    {"closeall", &CommandParser::kick_all, kick_all_usage},
    {"resume", &CommandParser::resume, "resume #7 or resume all"},
    {"ping", &CommandParser::ping, "ping #7, ping all or ping #7 text"},
    {"pong", &CommandParser::pong, "pong #7, pong all or pong #7 text"},
    {"allow", &CommandParser::allow, "allow origin http://localhost:5173 or allow host dev.test for 15m"},
    {"deny", &CommandParser::deny, "deny origin http://localhost:5173 or deny host dev.test"},
    {"block", &CommandParser::block,
        "block origin http://localhost:5173 for 10m, block host dev.test or block address 192.168.1.20"},
    {"unblock", &CommandParser::unblock, "unblock origin http://localhost:5173"},
    {"hosts", &CommandParser::replace_hosts, replace_usage},
    {"origins", &CommandParser::replace_origins, replace_usage},
    {"origin_required", &CommandParser::require_origin, "origin_required on or origin_required off"},
    {"older-protocols", &CommandParser::older_protocols, "older-protocols on or older-protocols off"},
    {"certificate", &CommandParser::certificate, "certificate off"},
    {"reapply", &CommandParser::reapply, "reapply"},
    {"endpoint", &CommandParser::endpoint, endpoint_usage},
    {"listen", &CommandParser::listen, listen_usage},
    {"start", &CommandParser::listen, listen_usage},
    {"stop", &CommandParser::stop, "stop"},
    {"limits", &CommandParser::limits, "limits defaults max_message=1048576"},
    {"compression", &CommandParser::compression,
        "compression on, compression on takeover level 9 from 256 or compression off"},
    {"quit", &CommandParser::quit, "quit"},
    {"exit", &CommandParser::quit, "exit"},
}};

Result<Command> CommandParser::parse()
{
    if (reader_.at_end())
        return malformed("the line is empty; try send, kick, ping, allow, deny, endpoint, listen or quit");
    auto verb = reader_.next();
    if (!verb)
        return pass_on(std::move(verb.error()));
    for (const Verb& known : verbs) {
        if (verb->is(known.name)) {
            usage_ = known.usage;
            return (this->*known.parse)();
        }
    }
    return malformed("there is no command " + in_quotes(verb->text)
        + "; try send, raw, kick, resume, ping, pong, allow, deny, block, unblock, hosts, origins, origin_required, older-protocols, "
          "certificate, reapply, endpoint, listen, limits, compression or quit");
}

Result<std::string> word_bytes(const CommandWord& word)
{
    const bool is_hex = word.quoted.starts_with("0000")
        && equal_ignoring_case(std::string_view(word.text).substr(0, 4), "hex:");
    if (!is_hex)
        return word.text;
    auto bytes = decode_hex(std::string_view(word.text).substr(4));
    if (!bytes)
        return malformed("behind hex: stand pairs of hexadecimal digits, as in hex:48656c6c6f");
    return std::move(*bytes);
}

tl::unexpected<Error> CommandParser::wrong(const std::string& what) const
{
    return malformed(what + "; write " + std::string(usage_));
}

Result<CommandWord> CommandParser::word(std::string_view what)
{
    if (reader_.at_end())
        return wrong(std::string(what) + " is missing");
    return reader_.next();
}

Result<Command> CommandParser::finish(Command command)
{
    if (!reader_.at_end())
        return wrong(in_quotes(reader_.rest()) + " is too much");
    return command;
}

bool CommandParser::take_keyword(std::string_view keyword)
{
    const auto next = reader_.peek();
    if (!next || !next->is(keyword))
        return false;
    static_cast<void>(reader_.next());
    return true;
}

// The rest of the line as one text: bare, or one quoted string.
Result<std::string> CommandParser::text_to_end()
{
    if (!reader_.rest().starts_with('"')) {
        std::string text(reader_.rest());
        reader_ = CommandLineReader("");
        return text;
    }
    auto quoted = reader_.next();
    if (!quoted)
        return pass_on(std::move(quoted.error()));
    if (!reader_.at_end() || quoted->quoted.find('0') != std::string::npos)
        return malformed(
            "there is more behind the closing quote; a quote inside of quotes is written as \\\"");
    return std::move(quoted->text);
}

bool CommandParser::at_hex() const
{
    return equal_ignoring_case(reader_.rest().substr(0, 4), "hex:");
}

Result<std::string> CommandParser::hex_to_end()
{
    auto bytes = decode_hex(reader_.rest().substr(4));
    if (!bytes)
        return malformed("behind hex: stand pairs of hexadecimal digits, as in hex:48656c6c6f");
    reader_ = CommandLineReader("");
    return std::move(*bytes);
}

Result<std::uint64_t> CommandParser::number(std::string_view what)
{
    const auto text = word(what);
    if (!text)
        return tl::unexpected(text.error());
    const auto value = parse_decimal<std::uint64_t>(text->text);
    if (!value)
        return wrong(in_quotes(text->text) + " is no number for " + std::string(what));
    return *value;
}

Result<bool> CommandParser::on_or_off()
{
    auto state = word("on or off");
    if (!state)
        return pass_on(std::move(state.error()));
    const bool on = state->is("on") || state->is("yes") || state->is("true");
    if (!on && !state->is("off") && !state->is("no") && !state->is("false"))
        return wrong("it is on or off, not " + in_quotes(state->text));
    return on;
}

Result<ConnectionId> CommandParser::parse_id(std::string_view text)
{
    if (text.starts_with("id:")) {
        if (const auto value = parse_decimal<std::uint64_t>(text.substr(3)); value && *value != 0)
            return ConnectionId::from_value(*value);
    } else if (text.starts_with('#')) {
        if (const auto number = parse_decimal<std::uint64_t>(text.substr(1))) {
            const auto id = names_.id_of ? names_.id_of(*number) : std::nullopt;
            if (!id)
                return fail(ErrorCode::not_found, "there is no connection #" + std::to_string(*number));
            return *id;
        }
    }
    return wrong(in_quotes(text) + " is no connection; a connection is written as #7, several as #7,#9");
}

Result<std::vector<ConnectionId>> CommandParser::parse_ids(std::string_view text)
{
    std::vector<ConnectionId> ids;
    while (true) {
        const std::size_t comma = text.find(',');
        auto id = parse_id(text.substr(0, comma));
        if (!id)
            return pass_on(std::move(id.error()));
        ids.push_back(*id);
        if (comma == std::string_view::npos)
            return ids;
        text.remove_prefix(comma + 1);
    }
}

Result<Target> CommandParser::target()
{
    auto first = word("the target");
    if (!first)
        return pass_on(std::move(first.error()));
    if (first->is("all"))
        return Target::all();
    if (first->is("none"))
        return Target();
    const bool all_but = first->is("all-but");
    if (all_but) {
        first = word("the connection to leave out");
        if (!first)
            return pass_on(std::move(first.error()));
    }
    constexpr std::string_view endpoint = "endpoint:";
    if (!all_but && equal_ignoring_case(std::string_view(first->text).substr(0, endpoint.size()), endpoint)) {
        if (first->text.size() == endpoint.size())
            return wrong("the endpoint's path is missing behind endpoint:");
        return Target::on_endpoint(first->text.substr(endpoint.size()));
    }
    auto ids = parse_ids(first->text);
    if (!ids)
        return pass_on(std::move(ids.error()));
    return all_but ? Target::all_but(std::move(*ids)) : Target::many(std::move(*ids));
}

Result<Command> parse_command(std::string_view line, const ConnectionNames& names)
{
    return CommandParser(line, names).parse();
}

} // namespace jackfield
