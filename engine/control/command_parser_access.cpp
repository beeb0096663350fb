#include "base/text.h"
#include "control/command_parser.h"

#include <algorithm>
#include <limits>

namespace jackfield {
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
        return malformed(in_quotes(text) + " is no length of time; write it like 90s, 15m or 2h");
    return milliseconds(static_cast<std::int64_t>(*count * factor));
}

Result<ListKind> CommandParser::list()
{
    auto name = word("host or origin");
    if (!name)
        return pass_on(std::move(name.error()));
    if (name->is("host") || name->is("hosts"))
        return ListKind::hosts;
    if (name->is("origin") || name->is("origins"))
        return ListKind::origins;
    return wrong("the list is host or origin, not " + in_quotes(name->text));
}

Result<std::string> CommandParser::entry(ListKind kind)
{
    auto text = word("the entry");
    if (!text)
        return pass_on(std::move(text.error()));
    const auto pattern = parse_access_pattern(kind, text->text);
    if (!pattern)
        return pass_on(pattern.error());
    return std::move(text->text);
}

Result<Command> CommandParser::allow()
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
            return wrong(in_quotes(reader_.rest()) + " is too much");
        }
    }
    return allow;
}

Result<Command> CommandParser::deny()
{
    const auto kind = list();
    if (!kind)
        return pass_on(kind.error());
    auto text = entry(*kind);
    if (!text)
        return pass_on(std::move(text.error()));
    return finish(command::Deny{*kind, std::move(*text)});
}

Result<BlockKind> CommandParser::block_kind()
{
    auto name = word("address, origin or host");
    if (!name)
        return pass_on(std::move(name.error()));
    for (const BlockKind kind : {BlockKind::address, BlockKind::origin, BlockKind::host}) {
        if (name->is(name_of(kind)))
            return kind;
    }
    return wrong("what is blocked is an address, an origin or a host, not " + in_quotes(name->text));
}

Result<command::Block> CommandParser::whom(std::string_view what)
{
    const auto kind = block_kind();
    if (!kind)
        return pass_on(kind.error());
    auto text = word(what);
    if (!text)
        return pass_on(std::move(text.error()));
    if (auto known = parse_access_block(*kind, text->text); !known)
        return pass_on(std::move(known.error()));
    return command::Block{*kind, std::move(text->text), {}};
}

Result<Command> CommandParser::block()
{
    auto named = whom("whom to block");
    if (!named)
        return pass_on(std::move(named.error()));
    command::Block block = std::move(*named);
    if (take_keyword("for")) {
        auto time = word("the length of time");
        if (!time)
            return pass_on(std::move(time.error()));
        const auto lifetime = parse_duration(time->text);
        if (!lifetime)
            return pass_on(lifetime.error());
        block.lifetime = *lifetime;
    }
    return finish(std::move(block));
}

Result<Command> CommandParser::unblock()
{
    auto named = whom("whom to take again");
    if (!named)
        return pass_on(std::move(named.error()));
    return finish(command::Unblock{named->kind, std::move(named->text)});
}

Result<void> CommandParser::attribute(AccessLine& line, std::string_view text)
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
        return wrong(in_quotes(text) + " is nothing that a line can be");
    }
    return {};
}

Result<AccessLine> CommandParser::line(ListKind kind, const CommandWord& word)
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
    if (const auto pattern = parse_access_pattern(kind, line.entry());
        line.expires && pattern && pattern->form == AccessPattern::Form::null_origin) {
        line.pattern = *pattern;
        line.state = AccessLine::State::active;
        line.problem.clear();
    }
    return line;
}

Result<Command> CommandParser::replace(ListKind kind)
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

Result<Command> CommandParser::replace_hosts()
{
    return replace(ListKind::hosts);
}
Result<Command> CommandParser::replace_origins()
{
    return replace(ListKind::origins);
}

Result<Command> CommandParser::require_origin()
{
    auto on = on_or_off();
    return on ? finish(command::RequireOrigin{*on}) : pass_on(std::move(on.error()));
}

Result<Command> CommandParser::reapply()
{
    return finish(command::ReapplyAccess{});
}

} // namespace jackfield
