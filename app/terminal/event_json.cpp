#include "app/terminal/event_json.h"

#include "jackfield/event_text.h"
#include "jackfield/json_lines.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace jackfield::app {
namespace {

using Json = nlohmann::ordered_json;

std::string time_text(WallTime at)
{
    const auto whole = std::chrono::floor<std::chrono::seconds>(at);
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%lld.%09lld",
        static_cast<long long>(whole.time_since_epoch().count()),
        static_cast<long long>((at - whole).count()));
    return text.data();
}

/// One line: the type and the time, then the fields of `rest`, an object.
std::string line_of(std::string_view type, WallTime at, const Json& rest)
{
    std::string line = "{\"type\":\"" + std::string(type) + "\",\"ts\":" + time_text(at);
    // Escaped down to ASCII, so that no reader takes a character of it for a line end.
    const std::string fields = rest.is_null() || rest.empty()
        ? std::string("{}")
        : rest.dump(-1, ' ', true, Json::error_handler_t::replace);
    if (fields.size() > 2)
        line += ',';
    return line + fields.substr(1) + "\n";
}

bool is_utf8(std::string_view bytes)
{
    // The library's own judgement, since it is the one who would refuse to write them.
    try {
        (void)Json(bytes).dump();
        return true;
    } catch (const Json::exception&) {
        return false;
    }
}

std::string base64(std::string_view bytes)
{
    static constexpr std::string_view alphabet
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t have = std::min<std::size_t>(bytes.size() - i, 3);
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = bits << 8U | (k < have ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= have ? alphabet[bits >> (18 - 6 * k) & 0x3fU] : '=';
    }
    return out;
}

void put_peer_text(Json& json, const std::string& name, std::string_view bytes)
{
    if (is_utf8(bytes))
        json[name] = bytes;
    else
        json[name + "Base64"] = base64(bytes);
}

void put_peer_text(Json& json, const std::string& name, const SharedText& text)
{
    if (text && !text->empty())
        put_peer_text(json, name, std::string_view(*text));
}

std::string_view word_for(ListKind kind)
{
    return kind == ListKind::hosts ? "hosts" : "origins";
}

std::string_view word_for(event::FloodKind kind)
{
    switch (kind) {
    case event::FloodKind::ping:
        return "ping";
    case event::FloodKind::fragments:
        return "fragments";
    case event::FloodKind::inflate:
        return "inflate";
    case event::FloodKind::tls:
        break;
    }
    return "tls";
}

std::string_view word_for(event::LimitKind kind)
{
    switch (kind) {
    case event::LimitKind::connections:
        return "connections";
    case event::LimitKind::openings:
        return "openings";
    case event::LimitKind::partial_messages:
        return "partial_messages";
    case event::LimitKind::deflate_windows:
        break;
    }
    return "deflate_windows";
}

Json json_of(const Error& error)
{
    Json json;
    json["code"] = name_of(error.code);
    json["text"] = error.message();
    if (error.system_error != 0)
        json["errno"] = error.system_error;
    return json;
}

/// The fields that an event has beside its name and its sentence.
struct Fields {
    Json& json;

    void operator()(const event::ListenFailed& e) const
    {
        json["address"] = e.address.address_text();
        json["port"] = e.address.port();
        json["error"] = json_of(e.error);
        json["optional"] = e.optional;
        if (e.owner_pid != 0) {
            json["ownerPid"] = e.owner_pid;
            put_peer_text(json, "ownerName", std::string_view(e.owner_name));
        }
        if (e.next_free_port != 0)
            json["nextFreePort"] = e.next_free_port;
    }
    void operator()(const event::ListChanged& e) const
    {
        json["list"] = word_for(e.list);
        json["active"] = e.active;
        json["invalid"] = e.invalid;
        json["fromFile"] = e.from_file;
    }
    void operator()(const event::ListProblem& e) const
    {
        json["list"] = word_for(e.list);
        json["fellBack"] = e.fell_back;
    }
    void operator()(const event::WideOpen& e) const { json["list"] = word_for(e.list); }
    void operator()(const event::SlowPeer& e) const
    {
        json["conn"] = e.number;
        json["queued"] = e.queued;
    }
    void operator()(const event::MessagesSkipped& e) const
    {
        json["conn"] = e.number;
        json["count"] = e.count;
    }
    void operator()(const event::PongReceived& e) const
    {
        json["conn"] = e.number;
        put_peer_text(json, "payload", std::string_view(e.payload));
        json["roundTripUs"] = e.round_trip.count();
    }
    void operator()(const event::Flood& e) const
    {
        json["conn"] = e.number;
        json["kind"] = word_for(e.kind);
    }
    void operator()(const event::LimitReached& e) const
    {
        json["kind"] = word_for(e.kind);
        json["count"] = e.count;
        json["limit"] = e.limit;
    }
    void operator()(const event::ClockJump& e) const { json["byMs"] = e.by.count(); }
    void operator()(const event::EngineStalled& e) const { json["ms"] = e.time.count(); }
    void operator()(const event::ConnectionFault& e) const
    {
        if (e.number != 0)
            json["conn"] = e.number;
        json["error"] = json_of(e.error);
    }
    void operator()(const event::Finished& e) const
    {
        json["closedCleanly"] = e.closed_cleanly;
        json["cut"] = e.cut;
        json["sent"] = e.sent;
        json["dropped"] = e.dropped;
    }
    void operator()(const event::StopFinished& e) const
    {
        json["connections"] = e.connections;
        json["sent"] = e.sent;
        json["dropped"] = e.dropped;
    }
    template <class Other>
    void operator()(const Other& /*event*/) const
    { }
};

std::string event_line(const Event& event)
{
    Json json;
    std::string name(name_of(event));
    for (char& c : name)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    json["event"] = std::move(name);
    json["text"] = describe(event);
    std::visit(Fields{json}, event.what);
    return line_of("event", event.at, json);
}

std::string opened_lines(const event::Opened& opened, WallTime at)
{
    std::string lines;
    if (!opened.info)
        return lines;
    append_open_line(lines, *opened.info, {});
    if (!opened.note.empty()) {
        Json json;
        json["event"] = "conn_note";
        json["text"] = opened.note;
        json["conn"] = opened.info->number;
        lines += line_of("event", at, json);
    }
    return lines;
}

std::string refused_line(const event::Refused& refused, WallTime at)
{
    std::string line;
    append_refuse_line(line, refused, at);
    const std::string remedy = remedy_of(refused);
    if (remedy.empty())
        return line;
    Json commands = Json::array();
    for (std::size_t from = 0; from <= remedy.size();) {
        const std::size_t end = std::min(remedy.find('\n', from), remedy.size());
        commands.push_back(remedy.substr(from, end - from));
        from = end + 1;
    }
    line.resize(line.size() - 2); // the brace and the line feed
    return line + ",\"remedy\":" + commands.dump(-1, ' ', true, Json::error_handler_t::replace) + "}\n";
}

} // namespace

std::string json_lines(const Event& event)
{
    std::string line;
    if (const auto* listening = std::get_if<event::Listening>(&event.what)) {
        append_listen_line(line, *listening, event.at);
    } else if (const auto* opened = std::get_if<event::Opened>(&event.what)) {
        line = opened_lines(*opened, event.at);
    } else if (const auto* closed = std::get_if<event::Closed>(&event.what)) {
        if (closed->info)
            append_close_line(line, closed->info->number, closed->close);
    } else if (const auto* refused = std::get_if<event::Refused>(&event.what)) {
        line = refused_line(*refused, event.at);
    } else if (!std::holds_alternative<event::CommandFinished>(event.what)) {
        line = event_line(event);
    }
    return line;
}

std::string json_line(const TrafficRecord& record, std::uint64_t number, bool has_payload)
{
    CapturedMessage message;
    message.sequence = record.sequence;
    message.connection = record.connection;
    message.wall_ns = record.wall_ns;
    message.size = record.size;
    message.wire = record.wire;
    message.compressed = record.compressed;
    message.frames = record.frames;
    message.type = record.type;
    message.direction = record.direction;
    message.maker = record.maker;
    message.payload_kept = has_payload;
    message.frame_facts = record.frame_facts;
    message.payload = record.payload;
    std::string line;
    append_json_line(line, message, number);
    return line;
}

std::string json_ready_line(const ServerStatus& status, WallTime at)
{
    Json urls = Json::array();
    for (const ListenerStatus& listener : status.listeners) {
        if (!listener.listening)
            continue;
        if (listener.speaks != ListenerKind::wss)
            urls.push_back("ws://" + listener.bound.text() + "/");
        if (listener.speaks != ListenerKind::ws)
            urls.push_back("wss://" + listener.bound.text() + "/");
    }
    Json json;
    json["urls"] = std::move(urls);
    return line_of("ready", at, json);
}

std::string json_connection_line(const ConnectionInfo& info, const ConnectionCounters& counters, WallTime at)
{
    Json json;
    json["conn"] = info.number;
    json["state"] = name_of(counters.state);
    json["peer"] = info.peer.text();
    json["local"] = info.local.text();
    json["socket"] = info.peer.port();
    put_peer_text(json, "host", info.host);
    if (info.has_origin)
        put_peer_text(json, "origin", info.origin ? std::string_view(*info.origin) : std::string_view());
    put_peer_text(json, "target", info.target);
    put_peer_text(json, "version", info.protocol_version);
    json["transport"] = name_of(transport_now(info, counters));
    if (info.tried && !info.tried->empty())
        put_peer_text(json, "tried", info.tried);
    put_peer_text(json, "subprotocol", info.subprotocol);
    put_peer_text(json, "extensions", info.extensions);
    put_peer_text(json, "userAgent", info.user_agent);
    put_peer_text(json, "endpoint", info.endpoint);
    json["messagesIn"] = counters.messages_in;
    json["messagesOut"] = counters.messages_out;
    json["bytesIn"] = counters.bytes_in;
    json["bytesOut"] = counters.bytes_out;
    json["queued"] = counters.queued_bytes;
    if (counters.round_trip_us != 0)
        json["roundTripUs"] = counters.round_trip_us;
    return line_of("connection", at, json);
}

std::string json_notice_line(std::string_view text, WallTime at)
{
    Json json;
    put_peer_text(json, "text", text);
    return line_of("notice", at, json);
}

std::string json_step_line(const StepResult& result, WallTime at)
{
    static constexpr std::array<std::string_view, 4> outcomes{"good", "failed", "stopped", "not_run"};
    Json json;
    if (!result.step.id.empty())
        json["id"] = Json::parse(result.step.id, nullptr, false);
    if (result.step.line != 0)
        json["line"] = result.step.line;
    json["step"] = result.step.text;
    json["outcome"] = outcomes[static_cast<std::size_t>(result.outcome)];
    if (!result.what.empty())
        json["what"] = result.what;
    json["seconds"] = std::chrono::duration<double>(result.time).count();
    return line_of("step", at, json);
}

std::string json_result_line(const JsonResult& result, WallTime at)
{
    Json json;
    if (!result.id.empty())
        json["id"] = Json::parse(result.id, nullptr, false);
    put_peer_text(json, "command", std::string_view(result.command));
    json["ok"] = result.error == nullptr;
    if (result.finished) {
        json["count"] = result.finished->count;
        json["gone"] = result.finished->gone;
        json["skipped"] = result.finished->skipped;
        json["incapable"] = result.finished->incapable;
    }
    if (result.error)
        json["error"] = json_of(*result.error);
    if (!result.lines.empty())
        json["lines"] = result.lines;
    return line_of("result", at, json);
}

} // namespace jackfield::app
