#include "base/text.h"
#include "base/utf8.h"
#include "control/command_words.h"

#include "jackfield/close_code.h"
#include "jackfield/command_text.h"
#include "jackfield/escape.h"
#include "jackfield/limit_fields.h"

#include <algorithm>
#include <array>
#include <limits>

namespace jackfield {
namespace {

constexpr std::size_t longest_ping = 125; // RFC 6455 section 5.5

tl::unexpected<Error> malformed(std::string what)
{
    return fail(ErrorCode::malformed, std::move(what));
}

tl::unexpected<Error> pass_on(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

std::string shown(std::string_view text)
{
    return "\"" + escape_for_terminal(text, 64) + "\"";
}

std::optional<std::string> decode_hex(std::string_view text)
{
    std::string bytes;
    int high = -1;
    for (const char c : text) {
        if (c == ' ' || c == '\t')
            continue;
        const char lower = to_lower_ascii(c);
        int digit = 0;
        if (lower >= '0' && lower <= '9')
            digit = lower - '0';
        else if (lower >= 'a' && lower <= 'f')
            digit = lower - 'a' + 10;
        else
            return std::nullopt;
        if (high < 0) {
            high = digit;
        } else {
            bytes += static_cast<char>(static_cast<unsigned char>(high << 4 | digit));
            high = -1;
        }
    }
    return high < 0 ? std::optional(std::move(bytes)) : std::nullopt;
}

Result<milliseconds> parse_duration(std::string_view text)
{
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto count = parse_decimal<std::uint64_t>(text.substr(0, digits));
    const std::string unit = to_lower_ascii(text.substr(digits));
    std::uint64_t factor = 0;
    if (unit == "ms")
        factor = 1;
    else if (unit == "s")
        factor = 1'000;
    else if (unit == "m" || unit == "min")
        factor = 60'000;
    else if (unit == "h")
        factor = 3'600'000;
    constexpr auto most = static_cast<std::uint64_t>(365LL * 24 * 3'600'000); // a year is forever here
    if (!count || factor == 0 || *count == 0 || *count > most / factor)
        return malformed(shown(text) + " is no length of time; write it like 90s, 15m or 2h");
    return milliseconds(static_cast<std::int64_t>(*count * factor));
}

class Parser {
public:
    Parser(std::string_view line, const ConnectionNames& names)
        : reader_(line)
        , names_(names)
    { }

    Result<Command> parse()
    {
        if (reader_.at_end())
            return malformed(
                "the line is empty; try send, kick, ping, allow, deny, endpoint, listen or quit");
        auto verb = reader_.next();
        if (!verb)
            return pass_on(std::move(verb.error()));
        for (const Verb& known : verbs) {
            if (verb->is(known.name)) {
                usage_ = known.usage;
                return (this->*known.parse)();
            }
        }
        return malformed("there is no command " + shown(verb->text)
            + "; try send, kick, ping, allow, deny, hosts, origins, origin_required, older-protocols, "
              "reapply, endpoint, listen, limits, compression or quit");
    }

private:
    struct Verb {
        std::string_view name;
        Result<Command> (Parser::*parse)();
        std::string_view usage;
    };
    static const std::array<Verb, 24> verbs;

    // ---- words ----

    tl::unexpected<Error> wrong(const std::string& what) const
    {
        return malformed(what + "; write " + std::string(usage_));
    }

    Result<CommandWord> word(std::string_view what)
    {
        if (reader_.at_end())
            return wrong(std::string(what) + " is missing");
        return reader_.next();
    }

    Result<Command> finish(Command command)
    {
        if (!reader_.at_end())
            return wrong(shown(reader_.rest()) + " is too much");
        return command;
    }

    bool take_keyword(std::string_view keyword)
    {
        const auto next = reader_.peek();
        if (!next || !next->is(keyword))
            return false;
        static_cast<void>(reader_.next());
        return true;
    }

    // The rest of the line as one text: bare, or one quoted string.
    Result<std::string> text_to_end()
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

    bool at_hex() const { return equal_ignoring_case(reader_.rest().substr(0, 4), "hex:"); }

    Result<std::string> hex_to_end()
    {
        auto bytes = decode_hex(reader_.rest().substr(4));
        if (!bytes)
            return malformed("behind hex: stand pairs of hexadecimal digits, as in hex:48656c6c6f");
        reader_ = CommandLineReader("");
        return std::move(*bytes);
    }

    // ---- targets ----

    Result<ConnectionId> parse_id(std::string_view text)
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
        return wrong(shown(text) + " is no connection; a connection is written as #7, several as #7,#9");
    }

    Result<std::vector<ConnectionId>> parse_ids(std::string_view text)
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

    Result<Target> target()
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
        if (!all_but
            && equal_ignoring_case(std::string_view(first->text).substr(0, endpoint.size()), endpoint)) {
            if (first->text.size() == endpoint.size())
                return wrong("the endpoint's path is missing behind endpoint:");
            return Target::on_endpoint(first->text.substr(endpoint.size()));
        }
        auto ids = parse_ids(first->text);
        if (!ids)
            return pass_on(std::move(ids.error()));
        return all_but ? Target::all_but(std::move(*ids)) : Target::many(std::move(*ids));
    }

    // ---- commands ----

    Result<Command> message(Target target)
    {
        command::Send send;
        send.target = std::move(target);
        constexpr std::string_view option = "--fragments=";
        if (const auto next = reader_.peek(); next && !next->has_quotes && next->text.starts_with(option)) {
            const auto count
                = parse_decimal<std::uint32_t>(std::string_view(next->text).substr(option.size()));
            if (count.value_or(0) == 0)
                return wrong("--fragments= takes a number from 1");
            send.fragments = *count;
            static_cast<void>(reader_.next());
        }
        if (reader_.at_end())
            return wrong("the message is missing (an empty one is written as \"\")");
        send.kind = at_hex() ? MessageKind::binary : MessageKind::text;
        auto payload = at_hex() ? hex_to_end() : text_to_end();
        if (!payload)
            return pass_on(std::move(payload.error()));
        send.payload = SharedBytes(std::string_view(*payload));
        return finish(std::move(send));
    }

    Result<Command> send()
    {
        auto whom = target();
        return whom ? message(std::move(*whom)) : pass_on(std::move(whom.error()));
    }

    Result<Command> send_all() { return message(Target::all()); }

    Result<Command> kick_those(Target target)
    {
        command::Kick kick;
        kick.target = std::move(target);
        if (take_keyword("no-code")) {
            kick.close.code.reset();
            if (!reader_.at_end())
                return wrong("a reason needs a code");
            return finish(std::move(kick));
        }
        if (!reader_.at_end() && reader_.rest().front() >= '0' && reader_.rest().front() <= '9') {
            auto code_word = reader_.next();
            if (!code_word)
                return pass_on(std::move(code_word.error()));
            const auto code = parse_decimal<std::uint16_t>(code_word->text);
            if (!code || !may_be_sent(*code))
                return malformed(shown(code_word->text)
                    + " is no close code that can be sent; use 1000-1003, 1007-1014, 3000-4999 or no-code");
            kick.close.code = *code;
        }
        auto reason = text_to_end();
        if (!reason)
            return pass_on(std::move(reason.error()));
        if (reason->size() > max_close_reason)
            return malformed("the reason has " + std::to_string(reason->size())
                + " bytes; a Close frame holds " + std::to_string(max_close_reason));
        if (!is_valid_utf8(*reason))
            return malformed("the reason is no valid UTF-8");
        kick.close.reason = std::move(*reason);
        return finish(std::move(kick));
    }

    Result<Command> kick()
    {
        auto whom = target();
        return whom ? kick_those(std::move(*whom)) : pass_on(std::move(whom.error()));
    }

    Result<Command> kick_all() { return kick_those(Target::all()); }

    Result<Command> ping()
    {
        auto whom = target();
        if (!whom)
            return pass_on(std::move(whom.error()));
        auto payload = at_hex() ? hex_to_end() : text_to_end();
        if (!payload)
            return pass_on(std::move(payload.error()));
        if (payload->size() > longest_ping)
            return malformed("the ping has " + std::to_string(payload->size())
                + " bytes; a control frame holds " + std::to_string(longest_ping));
        return finish(command::Ping{std::move(*whom), SharedBytes(std::string_view(*payload))});
    }

    Result<ListKind> list()
    {
        auto name = word("host or origin");
        if (!name)
            return pass_on(std::move(name.error()));
        if (name->is("host") || name->is("hosts"))
            return ListKind::hosts;
        if (name->is("origin") || name->is("origins"))
            return ListKind::origins;
        return wrong("the list is host or origin, not " + shown(name->text));
    }

    Result<std::string> entry(ListKind kind)
    {
        auto text = word("the entry");
        if (!text)
            return pass_on(std::move(text.error()));
        const auto pattern = parse_access_pattern(kind, text->text);
        if (!pattern)
            return pass_on(pattern.error());
        return std::move(text->text);
    }

    Result<Command> allow()
    {
        const auto kind = list();
        if (!kind)
            return pass_on(kind.error());
        auto text = entry(*kind);
        if (!text)
            return pass_on(std::move(text.error()));
        command::Allow allow{*kind, std::move(*text), false, {}};
        while (!reader_.at_end()) {
            if (take_keyword("temporarily")) {
                allow.temporary = true;
            } else if (take_keyword("for")) {
                auto time = word("the length of time");
                if (!time)
                    return pass_on(std::move(time.error()));
                const auto lifetime = parse_duration(time->text);
                if (!lifetime)
                    return pass_on(lifetime.error());
                allow.lifetime = *lifetime;
            } else {
                return wrong(shown(reader_.rest()) + " is too much");
            }
        }
        return allow;
    }

    Result<Command> deny()
    {
        const auto kind = list();
        if (!kind)
            return pass_on(kind.error());
        auto text = entry(*kind);
        if (!text)
            return pass_on(std::move(text.error()));
        return finish(command::Deny{*kind, std::move(*text)});
    }

    Result<void> attribute(AccessLine& line, std::string_view text)
    {
        constexpr std::string_view until = "until=";
        if (text == "unconfirmed") {
            line.state = AccessLine::State::needs_confirmation;
        } else if (text == "temporary") {
            line.temporary = true;
        } else if (const auto at = text.starts_with(until)
                       ? parse_decimal<std::uint64_t>(text.substr(until.size()))
                       : std::nullopt;
                   at && *at <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            line.expires = TimePoint(std::chrono::nanoseconds(static_cast<std::int64_t>(*at)));
        } else {
            return wrong(shown(text) + " is nothing that a line can be");
        }
        return {};
    }

    Result<AccessLine> line(ListKind kind, const CommandWord& word)
    {
        std::size_t plus = word.find_bare('+');
        const std::string text = word.text.substr(0, plus);
        AccessLine line = parse_access_line(kind, text);
        while (plus != std::string::npos) {
            const CommandWord rest = word.from(plus + 1);
            const std::size_t next = rest.find_bare('+');
            if (auto set = attribute(line, std::string_view(rest.text).substr(0, next)); !set)
                return pass_on(std::move(set.error()));
            plus = next == std::string::npos ? next : plus + 1 + next;
        }
        // Only a line with an end may let in pages without an origin.
        if (const auto pattern = parse_access_pattern(kind, text);
            line.expires && pattern && pattern->form == AccessPattern::Form::null_origin) {
            line.pattern = *pattern;
            line.state = AccessLine::State::active;
            line.problem.clear();
        }
        return line;
    }

    Result<Command> replace(ListKind kind)
    {
        if (!take_keyword("replace"))
            return wrong("only \"replace\" can follow here");
        command::ReplaceList replace;
        replace.list = kind;
        replace.from_file = take_keyword("from-file");
        while (!reader_.at_end()) {
            const auto next = reader_.next();
            if (!next)
                return pass_on(next.error());
            auto parsed = line(kind, *next);
            if (!parsed)
                return pass_on(std::move(parsed.error()));
            replace.content.lines.push_back(std::move(*parsed));
        }
        return replace;
    }

    Result<Command> replace_hosts() { return replace(ListKind::hosts); }
    Result<Command> replace_origins() { return replace(ListKind::origins); }

    Result<bool> on_or_off()
    {
        auto state = word("on or off");
        if (!state)
            return pass_on(std::move(state.error()));
        const bool on = state->is("on") || state->is("yes") || state->is("true");
        if (!on && !state->is("off") && !state->is("no") && !state->is("false"))
            return wrong("it is on or off, not " + shown(state->text));
        return on;
    }

    Result<Command> require_origin()
    {
        auto on = on_or_off();
        return on ? finish(command::RequireOrigin{*on}) : pass_on(std::move(on.error()));
    }

    Result<Command> older_protocols()
    {
        auto on = on_or_off();
        return on ? finish(command::SetOlderProtocols{*on}) : pass_on(std::move(on.error()));
    }

    Result<Command> reapply() { return finish(command::ReapplyAccess{}); }

    Result<std::string> pattern()
    {
        auto text = word("the path");
        if (!text)
            return pass_on(std::move(text.error()));
        if (!text->text.starts_with('/') && !text->has_quotes)
            return wrong("a path begins with /, as in /chat or /api/*, not " + shown(text->text));
        return std::move(text->text);
    }

    Result<Command> endpoint()
    {
        if (take_keyword("remove")) {
            auto removed = pattern();
            if (!removed)
                return pass_on(std::move(removed.error()));
            return finish(command::RemoveEndpoint{std::move(*removed)});
        }
        auto path = pattern();
        if (!path)
            return pass_on(std::move(path.error()));
        auto behaviour = word("what it answers (echo, reverse, chat or silent)");
        if (!behaviour)
            return pass_on(std::move(behaviour.error()));
        command::SetEndpoint set;
        set.endpoint.pattern = std::move(*path);
        set.endpoint.behaviour = std::move(behaviour->text);
        while (!reader_.at_end()) {
            const auto next = reader_.next();
            if (!next)
                return pass_on(next.error());
            if (next->is("include-sender")) {
                set.endpoint.chat_includes_sender = true;
                continue;
            }
            const std::size_t equals = next->find_bare('=');
            if (equals == std::string::npos || equals == 0)
                return wrong("a subprotocol is written as name=behaviour, not " + shown(next->text));
            set.endpoint.subprotocols.push_back(
                {next->text.substr(0, equals), next->text.substr(equals + 1)});
        }
        return set;
    }

    Result<ListenSpec> listener()
    {
        auto text = word("the address");
        if (!text)
            return pass_on(std::move(text.error()));
        std::string_view rest = text->text;
        const std::size_t comma = rest.find(',');
        const auto address
            = SocketAddress::parse(rest.substr(0, comma), default_listeners().front().address.port());
        if (!address)
            return pass_on(address.error());
        ListenSpec spec;
        spec.address = *address;
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
        for (const std::string_view flag : split_list(rest)) {
            if (flag == "same-port")
                spec.same_port_as_previous = true;
            else if (flag == "optional")
                spec.optional = true;
            else
                return wrong("behind the address can stand ,same-port or ,optional, not " + shown(flag));
        }
        return spec;
    }

    Result<Command> listen()
    {
        if (take_keyword("stop"))
            return stop();
        if (take_keyword("add")) {
            const auto added = listener();
            return added ? finish(command::AddListener{*added}) : pass_on(added.error());
        }
        if (take_keyword("remove")) {
            const auto removed = listener();
            return removed ? finish(command::RemoveListener{removed->address}) : pass_on(removed.error());
        }
        command::Listen listen;
        if (const auto next = reader_.peek(); next) {
            if (const auto port = parse_decimal<std::uint16_t>(next->text)) {
                static_cast<void>(reader_.next());
                return finish(command::Listen{default_listeners(*port)});
            }
        }
        while (!reader_.at_end()) {
            const auto spec = listener();
            if (!spec)
                return pass_on(spec.error());
            listen.listeners.push_back(*spec);
        }
        return listen;
    }

    Result<Command> stop() { return finish(command::StopListening{}); }

    Result<Command> limits()
    {
        if (!take_keyword("defaults"))
            return wrong("the limits that are not named take their defaults, so the line says so");
        command::SetLimits set;
        while (!reader_.at_end()) {
            const auto next = reader_.next();
            if (!next)
                return pass_on(next.error());
            const std::string_view text = next->text;
            const std::size_t equals = text.find('=');
            const auto fields = limit_fields();
            const auto field = std::find_if(fields.begin(), fields.end(), [&](const LimitField& f) {
                return equals != std::string_view::npos && f.name == text.substr(0, equals);
            });
            if (field == fields.end()) {
                std::string known;
                for (const LimitField& f : fields)
                    known += (known.empty() ? "" : ", ") + std::string(f.name);
                return malformed(
                    shown(text) + " is no limit; they are " + known + ", each followed by = and a number");
            }
            const auto value = parse_decimal<std::uint64_t>(text.substr(equals + 1));
            if (!value || !field->accepts(*value))
                return malformed(std::string(field->name) + " takes a number from "
                    + std::to_string(field->smallest) + " to " + std::to_string(field->largest)
                    + (field->zero_allowed ? ", or 0" : ""));
            field->set(set.limits, *value);
        }
        return set;
    }

    Result<std::uint64_t> number(std::string_view what)
    {
        const auto text = word(what);
        if (!text)
            return tl::unexpected(text.error());
        const auto value = parse_decimal<std::uint64_t>(text->text);
        if (!value)
            return wrong(shown(text->text) + " is no number for " + std::string(what));
        return *value;
    }

    Result<Command> compression()
    {
        command::SetCompression set;
        Compression& settings = set.compression;
        const auto state = word("on or off");
        if (!state)
            return pass_on(state.error());
        settings.enabled = state->is("on");
        if (!settings.enabled && !state->is("off"))
            return wrong("it is on or off, not " + shown(state->text));
        while (!reader_.at_end()) {
            if (take_keyword("takeover")) {
                settings.server_context_takeover = settings.client_context_takeover = true;
            } else if (take_keyword("server-takeover")) {
                settings.server_context_takeover = true;
            } else if (take_keyword("client-takeover")) {
                settings.client_context_takeover = true;
            } else if (take_keyword("level")) {
                const auto level = number("the level");
                if (!level)
                    return pass_on(level.error());
                settings.level = static_cast<std::uint32_t>(std::min<std::uint64_t>(*level, 100));
            } else if (take_keyword("from")) {
                const auto threshold = number("the smallest message");
                if (!threshold)
                    return pass_on(threshold.error());
                settings.threshold = *threshold;
            } else if (take_keyword("budget")) {
                const auto budget = number("the budget");
                if (!budget)
                    return pass_on(budget.error());
                settings.context_budget = *budget;
            } else {
                return wrong(shown(reader_.rest()) + " is too much");
            }
        }
        if (const auto problems = clamp_compression(settings); !problems.empty())
            return malformed(problems.front());
        return set;
    }

    Result<Command> quit() { return finish(command::Quit{}); }

    CommandLineReader reader_;
    const ConnectionNames& names_;
    std::string_view usage_;
};

constexpr std::string_view send_usage = "send #7 hello, send all \"two words\" or send #7,#9 hex:00ff";
constexpr std::string_view send_all_usage = "sendall hello";
constexpr std::string_view kick_usage = "kick #7, kick #7,#9 4001 be gone or kick all-but #7";
constexpr std::string_view kick_all_usage = "kickall or kickall 1001 restarting";
constexpr std::string_view replace_usage
    = "hosts replace \"localhost\" \"*.localhost\", with one quoted line each";
constexpr std::string_view endpoint_usage
    = "endpoint /chat chat, endpoint /* echo chat=chat, or endpoint remove /chat";
constexpr std::string_view listen_usage = "listen, listen 4567, listen 127.0.0.1:4567 [::1]:4567, listen add "
                                          "ADDRESS, listen remove ADDRESS or listen stop";

const std::array<Parser::Verb, 24> Parser::verbs = {{
    {"send", &Parser::send, send_usage},
    {"write", &Parser::send, send_usage},
    {"sendall", &Parser::send_all, send_all_usage},
    {"writeall", &Parser::send_all, send_all_usage},
    {"kick", &Parser::kick, kick_usage},
    {"close", &Parser::kick, kick_usage},
    {"kickall", &Parser::kick_all, kick_all_usage},
    {"closeall", &Parser::kick_all, kick_all_usage},
    {"ping", &Parser::ping, "ping #7, ping all or ping #7 text"},
    {"allow", &Parser::allow, "allow origin http://localhost:5173 or allow host dev.test for 15m"},
    {"deny", &Parser::deny, "deny origin http://localhost:5173 or deny host dev.test"},
    {"hosts", &Parser::replace_hosts, replace_usage},
    {"origins", &Parser::replace_origins, replace_usage},
    {"origin_required", &Parser::require_origin, "origin_required on or origin_required off"},
    {"older-protocols", &Parser::older_protocols, "older-protocols on or older-protocols off"},
    {"reapply", &Parser::reapply, "reapply"},
    {"endpoint", &Parser::endpoint, endpoint_usage},
    {"listen", &Parser::listen, listen_usage},
    {"start", &Parser::listen, listen_usage},
    {"stop", &Parser::stop, "stop"},
    {"limits", &Parser::limits, "limits defaults max_message=1048576"},
    {"compression", &Parser::compression,
        "compression on, compression on takeover level 9 from 256 or compression off"},
    {"quit", &Parser::quit, "quit"},
    {"exit", &Parser::quit, "exit"},
}};

} // namespace

Result<Command> parse_command(std::string_view line, const ConnectionNames& names)
{
    return Parser(line, names).parse();
}

} // namespace jackfield
