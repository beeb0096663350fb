#include "jackfield/json_lines.h"

#include "base/utf8.h"
#include "capture/json_text.h"
#include "capture/record_words.h"

#include <algorithm>

namespace jackfield {
namespace {

// Beyond this, text that would grow by its escapes more than by base64 is written in base64: whoever reads it
// knows how large a payload can get.
constexpr std::size_t large_text = std::size_t{1} << 20U;

bool is_better_as_text(const CapturedMessage& message)
{
    if (message.type == TrafficType::binary || message.type == TrafficType::raw
        || message.type == TrafficType::close)
        return false;
    const std::string_view text = as_text(message.payload);
    if (!is_valid_utf8(text))
        return false;
    if (text.size() < large_text)
        return true;
    std::size_t escaped = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        escaped += byte == '"' || byte == '\\' ? 2 : byte < 0x20 || byte == 0x7f ? 6 : 1;
    }
    return escaped <= text.size() / 3 * 4;
}

void append_frames(std::string& out, std::span<const FrameFacts> frames)
{
    out += '[';
    const char* between = "";
    for (const FrameFacts& facts : frames) {
        out += between;
        between = ",";
        out += '[' + std::to_string(facts.first_byte) + ',' + std::to_string(facts.payload_length) + ",\"";
        if (facts.is_masked) {
            for (const std::byte byte : facts.masking_key) {
                out += "0123456789abcdef"[std::to_integer<unsigned>(byte) >> 4U];
                out += "0123456789abcdef"[std::to_integer<unsigned>(byte) & 0xfU];
            }
        }
        out += '"';
        if (facts.length_form != shortest_length_form(facts.payload_length))
            out += ',' + std::to_string(bits_of(facts.length_form));
        out += ']';
    }
    out += ']';
}

const std::string& text_of(const SharedText& text)
{
    static const std::string nothing;
    return text ? *text : nothing;
}

} // namespace

void append_json_line(std::string& out, const CapturedMessage& message, std::uint64_t connection_number)
{
    JsonObjectWriter record(out);
    record.number("seq", message.sequence);
    record.time("ts", message.wall_ns);
    record.number("conn", connection_number);
    record.text("dir", message.direction == Direction::from_browser ? "c2s" : "s2c");
    record.text("type", word_of(message.type));
    if (message.payload_kept) {
        if (is_better_as_text(message)) {
            record.text("data", as_text(message.payload));
            record.text("encoding", "utf8");
        } else {
            record.field("data") += '"';
            append_base64(out, message.payload);
            out += '"';
            record.text("encoding", "base64");
        }
    }
    record.number("size", message.size);
    record.number("wire", message.wire);
    const auto& facts = message.frame_facts;
    record.truth("fin", facts.empty() || message.frames > facts.size() || facts.back().fin());
    record.number("rsv", facts.empty() ? 0U : (facts.front().first_byte >> 4U) & 7U);
    record.text("by", name_of(message.maker));
    if (message.type == TrafficType::close && message.payload_kept) {
        if (const auto frame = read_close_payload(message.payload)) {
            if (frame->code)
                record.number("closeCode", *frame->code);
            record.peer_text("closeReason", frame->reason);
        }
    }
    if (message.compressed != 0)
        record.number("compressed", message.compressed);
    if (message.frames != 1)
        record.number("frameCount", message.frames);
    if (!facts.empty())
        append_frames(record.field("frames"), facts);
    record.end();
    out += '\n';
}

void append_open_line(std::string& out, const ConnectionInfo& info, std::string_view name)
{
    JsonObjectWriter record(out);
    record.text("type", "open");
    record.time("ts", info.opened_at.time_since_epoch().count());
    record.number("conn", info.number);
    if (!name.empty())
        record.peer_text("name", name);
    record.text("peer", info.peer.text());
    record.text("local", info.local.text());
    record.peer_text("host", text_of(info.host));
    if (info.has_origin)
        record.peer_text("origin", text_of(info.origin));
    record.peer_text("target", text_of(info.target));
    record.peer_text("version", text_of(info.protocol_version));
    record.text("transport", name_of(info.transport));
    const auto unless_empty = [&](std::string_view field, const SharedText& text) {
        if (!text_of(text).empty())
            record.peer_text(field, *text);
    };
    unless_empty("subprotocol", info.subprotocol);
    unless_empty("offeredSubprotocols", info.offered_subprotocols);
    unless_empty("extensions", info.extensions);
    unless_empty("userAgent", info.user_agent);
    unless_empty("tried", info.tried);
    unless_empty("endpoint", info.endpoint);
    record.end();
    out += '\n';
}

void append_close_line(std::string& out, std::uint64_t connection_number, const CloseInfo& close)
{
    JsonObjectWriter record(out);
    record.text("type", "close");
    record.time("ts", close.at.time_since_epoch().count());
    record.number("conn", connection_number);
    record.number("closeCode", close.code);
    record.peer_text("closeReason", close.reason);
    record.text("by", name_of(close.by));
    record.text("cause", name_of(close.cause));
    record.truth("clean", close.clean);
    record.end();
    out += '\n';
}

namespace {

void append_listen(std::string& out, const SocketAddress& address, std::string_view speaks, WallTime at)
{
    JsonObjectWriter record(out);
    record.text("type", "listen");
    record.time("ts", at.time_since_epoch().count());
    record.text("address", address.address_text());
    record.number("port", address.port());
    if (!speaks.empty())
        record.text("speaks", speaks);
    record.end();
    out += '\n';
}

} // namespace

void append_listen_line(std::string& out, const SocketAddress& address, WallTime at)
{
    append_listen(out, address, {}, at);
}

void append_listen_line(std::string& out, const event::Listening& listening, WallTime at)
{
    const bool has_both = listening.speaks == ListenerKind::both && listening.has_certificate;
    append_listen(out, listening.address, has_both ? "both" : listening.speaks == ListenerKind::wss ? "wss" : "ws", at);
}

void append_refuse_line(std::string& out, const event::Refused& refused, WallTime at)
{
    JsonObjectWriter record(out);
    record.text("type", "refuse");
    record.time("ts", at.time_since_epoch().count());
    if (!refused.of_many)
        record.text("peer", refused.peer.text());
    record.text("reason", name_of(refused.reason));
    record.number("status", refused.status);
    record.truth("upgrade", refused.was_upgrade);
    const auto unless_empty = [&](std::string_view field, const std::string& text) {
        if (!text.empty())
            record.peer_text(field, text);
    };
    unless_empty("method", refused.method);
    unless_empty("target", refused.target);
    unless_empty("host", refused.host);
    if (refused.has_origin)
        record.peer_text("origin", refused.origin);
    unless_empty("userAgent", refused.user_agent);
    unless_empty("serverName", refused.server_name);
    if (refused.tls) {
        record.text("tlsFailure", name_of(refused.tls->failure));
        if (refused.tls->alert_received)
            record.text("tlsAlert", alert_name(*refused.tls->alert_received));
    }
    unless_empty("why", refused.why);
    unless_empty("browserSays", refused.browser_says);
    if (refused.folded != 0)
        record.number("folded", refused.folded);
    if (refused.of_many)
        record.truth("ofMany", true);
    record.end();
    out += '\n';
}

} // namespace jackfield
