#include "base/text.h"
#include "control/command_parser.h"

#include "jackfield/limit_fields.h"

#include <algorithm>

namespace jackfield {

Result<Command> CommandParser::certificate()
{
    if (take_keyword("off"))
        return finish(command::SetTls{});
    if (take_keyword("on"))
        return wrong("a certificate is made where its files are: jackfield-terminal certificate on");
    return wrong("all that it can do here is to be off");
}

Result<Command> CommandParser::older_protocols()
{
    auto on = on_or_off();
    return on ? finish(command::SetOlderProtocols{*on}) : pass_on(std::move(on.error()));
}

Result<ListenSpec> CommandParser::listener()
{
    auto text = word("the address");
    if (!text)
        return pass_on(std::move(text.error()));
    auto spec = parse_listener(text->text);
    return spec ? std::move(spec) : pass_on(std::move(spec.error()));
}

Result<Command> CommandParser::listen()
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

Result<Command> CommandParser::stop()
{
    return finish(command::StopListening{take_keyword("drop")});
}

Result<Command> CommandParser::limits()
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
                in_quotes(text) + " is no limit; they are " + known + ", each followed by = and a number");
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

Result<Command> CommandParser::compression()
{
    command::SetCompression set;
    Compression& settings = set.compression;
    const auto state = word("on or off");
    if (!state)
        return pass_on(state.error());
    settings.enabled = state->is("on");
    if (!settings.enabled && !state->is("off"))
        return wrong("it is on or off, not " + in_quotes(state->text));
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
            return wrong(in_quotes(reader_.rest()) + " is too much");
        }
    }
    if (const auto problems = clamp_compression(settings); !problems.empty())
        return malformed(problems.front());
    return set;
}

Result<Command> CommandParser::quit()
{
    return finish(command::Quit{take_keyword("drop")});
}

} // namespace jackfield
