#include "jackfield/event_text.h"

#include "jackfield/close_code.h"
#include "jackfield/command_text.h"
#include "jackfield/escape.h"

namespace jackfield {
namespace {

std::string shown(const std::string& text)
{
    return escape_for_terminal(text, 120);
}

std::string shown(const SharedText& text)
{
    return text ? shown(*text) : std::string();
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string size_text(std::uint64_t bytes)
{
    constexpr std::uint64_t kib = 1024;
    if (bytes < kib)
        return counted(bytes, "byte", "bytes");
    const bool in_mib = bytes >= kib * kib;
    const std::uint64_t unit = in_mib ? kib * kib : kib;
    const std::uint64_t tenths = bytes / unit * 10 + bytes % unit * 10 / unit;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + (in_mib ? " MiB" : " KiB");
}

std::string duration_text(std::chrono::nanoseconds time)
{
    const auto ms = std::max<std::int64_t>(std::chrono::duration_cast<milliseconds>(time).count(), 0);
    if (ms < 10'000)
        return std::to_string(ms / 1'000) + "." + std::to_string(ms % 1'000 / 100) + " s";
    const std::int64_t s = ms / 1'000;
    if (s < 120)
        return std::to_string(s) + " s";
    if (s < 7'200)
        return std::to_string(s / 60) + " min";
    return std::to_string(s / 3'600) + " h " + std::to_string(s % 3'600 / 60) + " min";
}

std::string round_trip_text(microseconds time)
{
    const std::int64_t us = std::max<std::int64_t>(time.count(), 0);
    if (us < 1'000) {
        std::string text = "0." + std::to_string(us + 1'000).substr(1);
        while (text.back() == '0' && text.size() > 3)
            text.pop_back();
        return text + " ms";
    }
    if (us < 100'000)
        return std::to_string(us / 1'000) + "." + std::to_string(us % 1'000 / 100) + " ms";
    return us < 2'000'000 ? std::to_string(us / 1'000) + " ms" : duration_text(time);
}

std::string list_name(ListKind list)
{
    return list == ListKind::hosts ? "host list" : "origin list";
}

std::string connection(std::uint64_t number)
{
    return number == 0 ? std::string("a connection") : "#" + std::to_string(number);
}

std::string_view words_for(ClosedBy by)
{
    switch (by) {
    case ClosedBy::peer:
        return "by the browser";
    case ClosedBy::person:
        return "by hand";
    case ClosedBy::engine:
        return "by the server";
    case ClosedBy::behaviour:
        return "by its endpoint";
    case ClosedBy::shutdown:
        return "as the server stops";
    }
    return "";
}

std::string_view words_for(CloseCause cause)
{
    switch (cause) {
    case CloseCause::closing_handshake:
        return "";
    case CloseCause::peer_vanished:
        return "it went away without a closing handshake";
    case CloseCause::protocol_violation:
        return "it broke the protocol";
    case CloseCause::message_too_big:
        return "its message was too big";
    case CloseCause::invalid_utf8:
        return "its text was no valid UTF-8";
    case CloseCause::invalid_deflate:
        return "its compressed message could not be read";
    case CloseCause::flood:
        return "it flooded the server";
    case CloseCause::slow_peer:
        return "it read too slowly";
    case CloseCause::no_pong:
        return "it answered no ping";
    case CloseCause::closing_timeout:
        return "closed by force, since it did not answer the Close frame";
    case CloseCause::memory_pressure:
        return "its unfinished message took too much memory";
    case CloseCause::tls_failure:
        return "what it sent was not TLS as the standard has it";
    case CloseCause::cut:
        return "cut on purpose";
    case CloseCause::internal_error:
        return "an error inside of the server";
    }
    return "";
}

class Describer {
public:
    std::string operator()(const event::Listening& e) const
    {
        if (!e.has_certificate && e.speaks == ListenerKind::wss)
            return "Listening on " + e.address.text() + ", which speaks TLS alone and has no certificate";
        const std::string plain = "ws://" + e.address.text() + "/";
        const std::string secure = "wss://" + e.address.text() + "/";
        if (!e.has_certificate || e.speaks == ListenerKind::ws)
            return "Listening on " + plain;
        return "Listening on " + (e.speaks == ListenerKind::wss ? secure : plain + " and " + secure);
    }
    std::string operator()(const event::Stopped&) const { return "Stopped listening"; }

    std::string operator()(const event::ListenFailed& e) const
    {
        std::string text;
        if (e.error.code == ErrorCode::address_in_use) {
            text = "Port " + std::to_string(e.address.port()) + " of " + e.address.address_text()
                + " is used by ";
            if (e.owner_pid != 0)
                text += (e.owner_name.empty() ? "a program" : shown(e.owner_name)) + " (pid "
                    + std::to_string(e.owner_pid) + ")";
            else
                text += "another program";
            if (e.next_free_port != 0)
                text += "; port " + std::to_string(e.next_free_port) + " is free";
        } else {
            text = "Cannot listen on " + e.address.text() + ": " + e.error.message();
        }
        if (e.optional)
            text += "; the other addresses are served";
        return text;
    }

    std::string operator()(const event::Opened& e) const
    {
        if (!e.info)
            return "A connection opened";
        const ConnectionInfo& info = *e.info;
        std::string text = connection(info.number) + " opened: ";
        text += (info.has_origin ? shown(info.origin) : "no origin") + " at " + info.peer.text()
            + " asks for " + shown(info.target);
        if (info.subprotocol && !info.subprotocol->empty())
            text += ", subprotocol " + shown(info.subprotocol);
        if (info.protocol_version && !info.protocol_version->empty())
            text += ", " + shown(info.protocol_version);
        if (is_fallback(info.transport))
            text += ", by " + std::string(name_of(info.transport));
        if (info.tried && !info.tried->empty())
            text += "; it tried " + shown(info.tried);
        if (!e.note.empty())
            text += "; " + e.note;
        return text;
    }

    std::string operator()(const event::Closed& e) const
    {
        const CloseInfo& close = e.close;
        std::string text = e.info ? connection(e.info->number) : "A connection";
        text += " closed " + std::string(words_for(close.by)) + " with " + std::to_string(close.code) + " ("
            + std::string(meaning_of_close_code(close.code)) + ")";
        if (!close.reason.empty())
            text += ", reason \"" + shown(close.reason) + "\"";
        if (const auto cause = words_for(close.cause); !cause.empty())
            text += ": " + std::string(cause);
        if (e.info)
            text += ", after " + duration_text(close.at - e.info->opened_at);
        return text + "; " + counted(e.counters.messages_in, "message", "messages") + " from the browser, "
            + std::to_string(e.counters.messages_out) + " to it";
    }

    std::string operator()(const event::Refused& e) const
    {
        if (e.of_many)
            return std::to_string(e.folded + 1) + " attempts: " + e.why;
        std::string text = outcome(e);
        if (!e.why.empty())
            text += ": " + e.why;
        std::string asked;
        if (!e.method.empty() || !e.target.empty())
            asked = shown(e.method) + " " + shown(e.target);
        if (!e.host.empty())
            asked += (asked.empty() ? "Host " : ", Host ") + shown(e.host);
        if (e.has_origin)
            asked += (asked.empty() ? "Origin " : ", Origin ") + shown(e.origin);
        if (asked.empty() && !e.server_name.empty() && !(e.tls && e.tls->asked_name == e.server_name))
            asked = "server name " + shown(e.server_name);
        if (!asked.empty())
            text += " [" + asked + "]";
        if (e.folded > 0)
            text += " (and " + std::to_string(e.folded) + " more like it)";
        return text;
    }

    std::string operator()(const event::ListChanged& e) const
    {
        std::string text = "The " + list_name(e.list)
            + (e.from_file ? " was read again from its file: " : " was changed: ")
            + counted(e.active, "entry is", "entries are") + " in force";
        if (e.invalid > 0)
            text += ", " + counted(e.invalid, "line is", "lines are") + " not understood";
        return text;
    }
    std::string operator()(const event::ListProblem& e) const
    {
        const std::string text = "The " + list_name(e.list) + ": " + e.text;
        return e.fell_back ? text + " (only the built-in entries are in force)" : text;
    }
    std::string operator()(const event::WideOpen& e) const
    {
        return "The " + list_name(e.list) + " is wide open: "
            + (e.list == ListKind::hosts ? "requests for any host name are let in"
                                         : "any web site that the browser shows may connect");
    }
    std::string operator()(const event::SlowPeer& e) const
    {
        return connection(e.number) + " reads slowly: " + size_text(e.queued) + " are waiting for it";
    }
    std::string operator()(const event::MessagesSkipped& e) const
    {
        return connection(e.number) + " did not get " + counted(e.count, "message", "messages")
            + ": it is too slow, or its protocol cannot carry them";
    }
    std::string operator()(const event::PongReceived& e) const
    {
        return connection(e.number) + " answered "
            + (e.payload.empty() ? std::string("a ping") : "the ping \"" + shown(e.payload) + "\"")
            + " after " + round_trip_text(e.round_trip);
    }
    std::string operator()(const event::Flood& e) const
    {
        switch (e.kind) {
        case event::FloodKind::ping:
            return connection(e.number) + " sends too many pings and is closed";
        case event::FloodKind::fragments:
            return connection(e.number) + " split a message into too many fragments and is closed";
        case event::FloodKind::inflate:
            return connection(e.number)
                + " keeps the server busy with compressed messages that become too large and is closed";
        case event::FloodKind::tls:
            return connection(e.number) + " sends too many TLS records without data and is closed";
        }
        return connection(e.number) + " floods the server and is closed";
    }
    std::string operator()(const event::LimitReached& e) const
    {
        const std::string times = counted(e.count, "time", "times");
        switch (e.kind) {
        case event::LimitKind::connections:
            return "The limit of " + counted(e.limit, "connection", "connections") + " refused a newcomer "
                + times;
        case event::LimitKind::openings:
            return "The limit of " + counted(e.limit, "socket", "sockets")
                + " waiting for a handshake dropped the oldest " + times;
        case event::LimitKind::partial_messages:
            return "Unfinished messages reached " + size_text(e.limit) + "; the largest was given up "
                + times;
        case event::LimitKind::deflate_windows:
            return "The windows of compressed connections reached " + size_text(e.limit)
                + "; connections compress each message by itself, " + times;
        }
        return "A limit held " + times;
    }
    std::string operator()(const event::DescriptorsExhausted&) const
    {
        return "The system gives this program no more file descriptors; newcomers are turned away (see "
               "ulimit -n)";
    }
    std::string operator()(const event::DescriptorsRecovered&) const
    {
        return "File descriptors are to be had again; newcomers are let in";
    }
    std::string operator()(const event::ClockJump& e) const
    {
        const auto by = std::chrono::duration_cast<std::chrono::nanoseconds>(e.by);
        return "The system's clock jumped " + duration_text(by < by.zero() ? -by : by)
            + (by < by.zero() ? " back" : " ahead") + "; no time-out is affected";
    }
    std::string operator()(const event::EngineStalled& e) const
    {
        return "The server did not run for " + std::to_string(e.time.count()) + " ms";
    }
    std::string operator()(const event::ConnectionFault& e) const
    {
        return "A fault ended " + connection(e.number) + ": " + e.error.message();
    }
    std::string operator()(const event::Notice& e) const { return e.text; }
    std::string operator()(const event::CommandFinished& e) const
    {
        if (e.error)
            return "The command failed: " + e.error->message();
        std::string text = "The command is done";
        if (e.count > 0)
            text += ": " + counted(e.count, "connection", "connections");
        if (e.gone > 0)
            text += ", " + std::to_string(e.gone) + " gone";
        if (e.skipped > e.incapable)
            text += ", " + std::to_string(e.skipped - e.incapable) + " skipped with a full queue";
        if (e.incapable > 0)
            text += ", " + std::to_string(e.incapable) + " skipped whose protocol cannot carry it";
        return text;
    }
    std::string operator()(const event::StopFinished& e) const
    {
        return "The stop is complete: " + counted(e.connections, "connection", "connections") + " closed"
            + queued_text(e.sent, e.dropped);
    }
    std::string operator()(const event::Finished& e) const
    {
        return "All is closed: " + counted(e.closed_cleanly, "connection", "connections") + " cleanly, "
            + std::to_string(e.cut) + " by force" + queued_text(e.sent, e.dropped);
    }

private:
    static std::string queued_text(std::uint64_t sent, std::uint64_t dropped)
    {
        if (sent + dropped == 0)
            return {};
        return "; of the messages that waited " + std::to_string(sent) + " were sent, " + std::to_string(dropped)
            + " were dropped";
    }
    static std::string outcome(const event::Refused& e)
    {
        const std::string peer = e.peer.text();
        switch (e.reason) {
        case RefusalReason::plain_http:
            return "Answered " + peer + " with " + std::to_string(e.status);
        case RefusalReason::speculative:
            return peer + " left without sending anything";
        case RefusalReason::aborted:
            return peer + " left before it could be answered";
        default:
            break;
        }
        return "Refused " + peer + (e.status == 0 ? std::string() : " with " + std::to_string(e.status));
    }
};

} // namespace

std::string describe(const Event& event)
{
    return std::visit(Describer(), event.what);
}

std::string remedy_of(const event::Refused& refused)
{
    if (refused.reason == RefusalReason::origin_missing)
        return "origin_required off";
    if (refused.remedy == RefusalRemedy::transport && refused.wanted_transport)
        return format_command(command::SetTransport{refused.endpoint, *refused.wanted_transport, true}, {});
    std::string text;
    if (!refused.access || refused.access->allowed())
        return text;
    if (!refused.access->host_fix.empty())
        text = "allow host " + refused.access->host_fix;
    if (!refused.access->origin_fix.empty()) {
        text += text.empty() ? "" : "\n";
        text += "allow origin " + refused.access->origin_fix;
        if (refused.access->origin_fix == "null")
            text += " for 15m";
    }
    return text;
}

} // namespace jackfield
