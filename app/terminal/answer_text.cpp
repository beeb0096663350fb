#include "app/terminal/answer_text.h"

#include "app/shared/start_up.h"
#include "app/terminal/console_language.h"
#include "app/terminal/text_table.h"
#include "app/terminal/users_table.h"

#include "jackfield/escape.h"

#include <algorithm>

namespace jackfield::app {
namespace {

std::string counted(std::uint64_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string span_text(std::chrono::nanoseconds time)
{
    const auto s = std::max<std::int64_t>(std::chrono::ceil<seconds>(time).count(), 0);
    if (s < 120)
        return counted(static_cast<std::uint64_t>(s), "second", "seconds");
    if (s < 7'200)
        return std::to_string(s / 60) + " minutes";
    return std::to_string(s / 3'600) + " h " + std::to_string(s % 3'600 / 60) + " min";
}

std::string lifetime_text(milliseconds lifetime)
{
    return lifetime.count() == 0 ? "" : " for " + span_text(lifetime);
}

std::string list_of(ListKind kind)
{
    return kind == ListKind::hosts ? "host" : "origin";
}

std::string entry_text(std::string_view text)
{
    return escape_for_terminal(text, 256);
}

class Outcome {
public:
    explicit Outcome(const event::CommandFinished& finished)
        : finished_(finished)
    { }
    std::string operator()(const command::Send&) const { return done("sent to"); }
    std::string operator()(const command::SendRaw&) const { return done("sent raw to"); }
    std::string operator()(const command::Ping&) const { return done("pinged"); }
    std::string operator()(const command::Pong&) const { return done("sent a pong to"); }
    std::string operator()(const command::Resume&) const { return done("resumed"); }
    std::string operator()(const command::Kick& kick) const
    {
        switch (kick.style) {
        case KickStyle::silent:
            return done("fell silent to");
        case KickStyle::never_answer_close:
            return done("keeps back the Close of");
        case KickStyle::never_answer_ping:
            return done("keeps back the pongs of");
        default:
            return done("kicked");
        }
    }
    std::string operator()(const command::Listen&) const { return "listening"; }
    std::string operator()(const command::AddListener&) const { return "listening there too"; }
    std::string operator()(const command::RemoveListener& c) const
    {
        return "no longer listening on " + c.address.text();
    }
    std::string operator()(const command::StopListening&) const { return "stopped; listen starts again"; }
    std::string operator()(const command::Block& c) const
    {
        return "the " + std::string(name_of(c.kind)) + " " + entry_text(c.text) + " is refused"
            + (c.lifetime.count() == 0 ? " until Jackfield closes" : lifetime_text(c.lifetime))
            + "; what is open stays open";
    }
    std::string operator()(const command::Unblock& c) const
    {
        return "the " + std::string(name_of(c.kind)) + " " + entry_text(c.text) + " is no longer refused";
    }
    std::string operator()(const command::Allow& c) const
    {
        const bool ends = c.temporary && c.lifetime.count() == 0;
        return "the " + list_of(c.list) + " " + entry_text(c.entry) + " is allowed"
            + (ends ? std::string(" until Jackfield closes") : lifetime_text(c.lifetime));
    }
    std::string operator()(const command::Deny& c) const
    {
        return entry_text(c.entry) + " is off the " + list_of(c.list)
            + " list; what is open stays open until reapply";
    }
    std::string operator()(const command::ReplaceList& c) const { return "the " + list_of(c.list) + " list is replaced"; }
    std::string operator()(const command::RequireOrigin& c) const
    {
        return c.required ? "clients without an Origin are refused" : "clients without an Origin are let in";
    }
    std::string operator()(const command::SetOlderProtocols& c) const
    {
        return c.enabled ? "the protocols before RFC 6455 are served" : "the protocols before RFC 6455 are refused";
    }
    std::string operator()(const command::ReapplyAccess&) const { return done("closed, as the lists have it:"); }
    std::string operator()(const command::SetEndpoint& c) const
    {
        return entry_text(c.endpoint.pattern) + " answers: " + entry_text(c.endpoint.behaviour)
            + (c.endpoint.sockjs ? "; without WebSocket too (SockJS)" : "")
            + (c.endpoint.any_origin ? "; any web page may connect" : "");
    }
    std::string operator()(const command::RemoveEndpoint& c) const
    {
        return "the endpoint " + entry_text(c.pattern) + " is gone";
    }
    std::string operator()(const command::SetTransport& c) const
    {
        return entry_text(c.pattern) + (c.permitted ? " is reached by " : " is no longer reached by ")
            + std::string(name_of(c.transport)) + (c.permitted ? "" : "; sessions that it carries stay");
    }
    std::string operator()(const command::SetLimits&) const { return "the limits hold for whoever comes next"; }
    std::string operator()(const command::SetCompression& c) const
    {
        return c.compression.enabled ? "compression is offered to whoever comes next" : "compression is no longer offered";
    }
    std::string operator()(const command::SetTls& c) const
    {
        return c.credentials ? "wss:// is served" : "wss:// is no longer served";
    }
    std::string operator()(const command::Quit&) const { return "closing"; }

private:
    [[nodiscard]] std::string done(std::string_view what) const
    {
        std::string text = std::string(what) + " " + counted(finished_.count, "connection", "connections");
        if (finished_.gone > 0)
            text += ", " + std::to_string(finished_.gone) + " gone";
        if (finished_.skipped > finished_.incapable)
            text += ", " + std::to_string(finished_.skipped - finished_.incapable) + " skipped with a full queue";
        if (finished_.incapable > 0)
            text += ", " + std::to_string(finished_.incapable) + " skipped whose protocol cannot carry it";
        return text;
    }
    const event::CommandFinished& finished_;
};

std::string help_of(std::string_view name, std::size_t width)
{
    const auto helps = console_helps();
    const auto* const known = std::ranges::find(helps, name, &CommandHelp::name).operator->();
    const std::string_view main = known->same_as.empty() ? known->name : known->same_as;
    std::string names;
    std::string_view says;
    for (const CommandHelp& help : helps) {
        if (help.name == main || help.same_as == main)
            names += (names.empty() ? "" : ", ") + std::string(help.name);
        if (help.name == main)
            says = help.says;
    }
    std::string text = names + ": " + std::string(says) + "\nWrite " + std::string(known->usage) + "\n";
    if (main == "expect")
        text += "What happened since the first command behind the wait or expect before it counts, too. Behind it "
                "may stand #7, a filter (origin:localhost path:/chat) "
                "and how long to wait (within 30s; else 5s). Messages can be expected in a --script, or with --messages\n";
    else if (known->usage.find('#') != std::string_view::npos)
        text += "A target is #7 or #7,#9, the address and the socket that users shows, all, all-but #7, endpoint:/chat, "
                "or a filter: origin:localhost, or several terms between quotes\n";
    return wrapped(text, width);
}

std::string help_of_all(std::size_t width)
{
    TextTable table;
    table.columns = {{"COMMAND", false, 0, 0}, {"WHAT IT DOES", false, 16, 0}};
    for (const CommandHelp& help : console_helps()) {
        if (help.same_as.empty())
            table.rows.push_back({std::string(help.name), std::string(help.says)});
        else
            table.rows.back().front() += ", " + std::string(help.name);
    }
    return table.text(width) + "help send says how send is written, and so on; case does not matter\n";
}

// "any page; SockJS: websocket, xhr-polling; cookies": what else there is to know of an endpoint.
std::string reach_of(const EndpointConfig& endpoint)
{
    std::string text = endpoint.any_origin ? "any page" : "";
    if (!endpoint.sockjs)
        return text;
    const SockJs& sockjs = *endpoint.sockjs;
    const SockJs defaults;
    std::string transports;
    for (std::size_t i = 0; i < sockjs_transport_count; ++i) {
        const auto transport = static_cast<SockJsTransport>(i);
        if (sockjs.transports.has(transport))
            transports += (transports.empty() ? "" : ",") + std::string(name_of(transport));
    }
    text += std::string(text.empty() ? "" : "; ") + "SockJS by " + (transports.empty() ? "nothing" : transports);
    if (sockjs.heartbeat != defaults.heartbeat)
        text += " heartbeat=" + std::to_string(sockjs.heartbeat.count());
    if (sockjs.disconnect_delay != defaults.disconnect_delay)
        text += " disconnect-delay=" + std::to_string(sockjs.disconnect_delay.count());
    if (sockjs.response_limit != defaults.response_limit)
        text += " response-limit=" + std::to_string(sockjs.response_limit);
    if (sockjs.cookies)
        text += " cookies";
    if (sockjs.client_url != defaults.client_url)
        text += " client-url=" + entry_text(sockjs.client_url);
    return text;
}

class Answerer {
public:
    explicit Answerer(const Facts& facts)
        : facts_(facts)
    { }
    Result<std::string> operator()(const query::Help& help) const
    {
        return help.command.empty() ? help_of_all(facts_.width) : help_of(help.command, facts_.width);
    }
    Result<std::string> operator()(const query::Users& users) const
    {
        const auto found = facts_.connections.matching(users.filter);
        if (!found)
            return tl::unexpected(found.error());
        return users_table(*found, facts_.connections.all().size(), facts_.now, facts_.width);
    }
    Result<std::string> operator()(const query::List& list) const
    {
        const AccessList& content = list.list == ListKind::hosts ? facts_.status.access.hosts : facts_.status.access.origins;
        std::string text;
        std::size_t active = 0;
        for (const AccessLine& line : content.lines) {
            if (line.state == AccessLine::State::comment)
                continue;
            std::string note;
            if (line.state == AccessLine::State::invalid)
                note = "not understood: " + escape_for_terminal(line.problem);
            else if (line.state == AccessLine::State::needs_confirmation)
                note = "lets in everyone; not in force until it is allowed here";
            else if (line.expires && *line.expires <= facts_.monotonic_now)
                note = "over";
            else if (line.expires)
                note = "for " + span_text(*line.expires - facts_.monotonic_now);
            else if (line.temporary)
                note = "until Jackfield closes";
            active += line.state == AccessLine::State::active ? 1 : 0;
            text += entry_text(line.entry()) + (note.empty() ? "" : "   (" + note + ")") + "\n";
        }
        text += counted(active, "entry", "entries") + " in force: "
            + (list.list == ListKind::hosts ? "the names that this server answers to\n" : "the pages that may connect\n");
        if (list.list == ListKind::origins)
            text += facts_.status.access.origin_required ? "Clients without an Origin are refused (origin_required on)\n"
                                                         : "Clients without an Origin are let in (origin_required off)\n";
        return text;
    }
    Result<std::string> operator()(const query::Blocks&) const
    {
        std::string text;
        for (const AccessBlock& block : facts_.status.access.blocks) {
            if (block.expires && *block.expires <= facts_.monotonic_now)
                continue;
            text += std::string(name_of(block.kind)) + " " + entry_text(block.text)
                + (block.expires ? " for " + span_text(*block.expires - facts_.monotonic_now) : " until Jackfield closes")
                + "\n";
        }
        return text.empty() ? "Nobody is blocked\n" : text;
    }
    Result<std::string> operator()(const query::Endpoints&) const
    {
        TextTable table;
        table.columns = {{"PATH", false, 0, 0}, {"ANSWERS", false, 0, 0}, {"BY SUBPROTOCOL", false, 14, 0}};
        std::string reached;
        for (const EndpointConfig& endpoint : facts_.status.endpoints) {
            std::string rules;
            for (const SubprotocolRule& rule : endpoint.subprotocols)
                rules += (rules.empty() ? "" : " ") + entry_text(rule.name) + "=" + entry_text(rule.behaviour);
            table.rows.push_back({entry_text(endpoint.pattern),
                entry_text(endpoint.behaviour) + (endpoint.chat_includes_sender ? ", sender too" : ""),
                rules.empty() ? "-" : rules});
            if (const std::string reach = reach_of(endpoint); !reach.empty())
                reached += entry_text(endpoint.pattern) + ": " + reach + "\n";
        }
        return table.rows.empty() ? "There is no endpoint: every path is answered with 404\n"
                                  : table.text(facts_.width) + reached;
    }
    Result<std::string> operator()(const query::Listeners&) const
    {
        std::string text;
        for (const ListenerStatus& listener : facts_.status.listeners)
            text += listener.listening ? address_line(listener.bound, listener.speaks, facts_.status.tls != nullptr) + "\n"
                                       : "Not listening on " + listener.spec.address.text()
                    + (listener.problem.empty() ? "" : ": " + escape_for_terminal(listener.problem)) + "\n";
        return text.empty() ? "It listens nowhere; listen starts it\n" : text;
    }
    Result<std::string> operator()(const query::Stats&) const
    {
        const EngineTotals& totals = facts_.totals;
        TextTable table;
        table.columns = {{"", false, 0, 0}, {"MESSAGES", true, 0, 0}, {"BYTES", true, 0, 0}, {"ON THE WIRE", true, 0, 0}};
        table.rows.push_back({"from browser", std::to_string(totals.messages_in), std::to_string(totals.bytes_in),
            std::to_string(totals.wire_in)});
        table.rows.push_back({"to browser", std::to_string(totals.messages_out), std::to_string(totals.bytes_out),
            std::to_string(totals.wire_out)});
        return counted(totals.open, "connection", "connections") + " open, " + std::to_string(totals.opened)
            + " since the start, " + std::to_string(totals.refused) + " refused; running for "
            + span_text(facts_.now - facts_.started) + "\n" + table.text(facts_.width);
    }

private:
    const Facts& facts_;
};

} // namespace

std::string describe_outcome(const Command& command, const event::CommandFinished& finished)
{
    return std::visit(Outcome(finished), command);
}

Result<std::string> answer(const Query& query, const Facts& facts)
{
    return std::visit(Answerer(facts), query);
}

} // namespace jackfield::app
