#include "control/command_parser.h"

#include "base/text.h"
#include "control/payload_text.h"

#include "jackfield/filter.h"

#include <algorithm>

namespace jackfield {
Result<const CommandParser::Verb*> CommandParser::verb()
{
    if (reader_.at_end())
        return malformed("the line is empty; help lists the commands");
    auto first = reader_.next();
    if (!first)
        return pass_on(std::move(first.error()));
    std::vector<std::string_view> names;
    for (const Verb& known : verbs()) {
        if (first->is(known.help.name)) {
            usage_ = known.help.usage;
            return &known;
        }
        names.push_back(known.help.name);
    }
    const std::string_view meant = most_similar(first->text, names);
    return malformed("there is no command " + in_quotes(first->text)
        + (meant.empty() ? "; help lists the commands" : "; did you mean " + std::string(meant) + "? help lists them all"));
}

Result<Command> CommandParser::parse()
{
    const auto known = verb();
    if (!known)
        return pass_on(known.error());
    if ((*known)->parse == nullptr)
        return malformed(std::string((*known)->help.name) + " asks something and does nothing");
    return (this->*(*known)->parse)();
}

Result<std::variant<Command, Query>> CommandParser::parse_console_line()
{
    const auto known = verb();
    if (!known)
        return pass_on(known.error());
    const Verb& verb = **known;
    if (verb.ask != nullptr && (verb.parse == nullptr || reader_.at_end())) {
        auto query = (this->*verb.ask)();
        return query ? Result<std::variant<Command, Query>>(std::move(*query)) : pass_on(std::move(query.error()));
    }
    auto command = (this->*verb.parse)();
    return command ? Result<std::variant<Command, Query>>(std::move(*command)) : pass_on(std::move(command.error()));
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
    return malformed(in_quotes(text)
        + " is no connection; a connection is written as #7, several as #7,#9; or by its address and socket, 127.0.0.1 51234; or by a "
          "filter, origin:localhost or between quotes");
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

// An address with the socket's number in the next word, or behind a colon as in the events.
Result<std::optional<Target>> CommandParser::target_at(const CommandWord& word)
{
    const std::string& text = word.text;
    const bool is_numeric = text.find_first_not_of("0123456789abcdefABCDEF.:[]") == std::string::npos;
    if (!names_.ids_at || word.has_quotes || !is_numeric)
        return std::optional<Target>();
    auto address = SocketAddress::parse(text, 0);
    if (!address)
        return std::optional<Target>();
    if (address->port() == 0) {
        const auto socket = this->word("the socket's number, which users shows,");
        if (!socket)
            return pass_on(socket.error());
        const auto port = parse_decimal<std::uint16_t>(socket->text);
        if (port.value_or(0) == 0)
            return wrong(in_quotes(socket->text) + " is no socket's number as users shows it");
        address = address->with_port(*port);
    }
    auto ids = names_.ids_at(*address);
    if (ids.empty())
        return fail(ErrorCode::not_found, "there is no connection from " + address->address_text() + " with the socket "
                + std::to_string(address->port()));
    if (ids.size() > 1)
        return fail(ErrorCode::not_found, "several connections come from " + address->text() + "; name one as #7");
    return std::optional(Target::many(std::move(ids)));
}

bool CommandParser::is_filter(const CommandWord& word)
{
    if (word.has_quotes)
        return true;
    std::string_view text = word.text;
    if (text.starts_with('-'))
        text.remove_prefix(1);
    if (text.size() > 1 && text.starts_with('/') && text.ends_with('/'))
        return true;
    const std::size_t end = std::min(text.find_first_of(":<>="), text.size());
    return end < text.size() && std::ranges::any_of(filter_keys(FilterSubject::connections), [&](std::string_view key) {
        return equal_ignoring_case(key, text.substr(0, end));
    });
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
    if (!all_but) {
        auto other = target_at(*first);
        if (!other)
            return pass_on(std::move(other.error()));
        if (*other)
            return std::move(**other);
        if (names_.matching && is_filter(*first)) {
            auto matching = names_.matching(first->text);
            if (!matching)
                return pass_on(std::move(matching.error()));
            if (matching->empty())
                return fail(ErrorCode::not_found, "no connection matches the filter " + in_quotes(first->text));
            return Target::many(std::move(*matching));
        }
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

Result<std::variant<Command, Query>> parse_console_line(std::string_view line, const ConnectionNames& names)
{
    return CommandParser(line, names).parse_console_line();
}

} // namespace jackfield
