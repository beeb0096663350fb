#include "base/utf8.h"
#include "capture/json_text.h"
#include "capture/record_words.h"
#include "capture/record_writer.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <cstdio>

// HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) with the fields that Chromium's DevTools add for
// a WebSocket: `_resourceType`, `_webSocketMessages` (front_end/models/har in its sources).

namespace jackfield {
namespace {

bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// `target` as it can stand in a URI (RFC 3986): what has no place there is percent-encoded.
void append_uri(std::string& out, std::string_view target)
{
    constexpr std::string_view allowed
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?@!$&'()*+,;=";
    for (std::size_t i = 0; i < target.size(); ++i) {
        const char c = target[i];
        const bool escape
            = c == '%' && i + 2 < target.size() && is_hex(target[i + 1]) && is_hex(target[i + 2]);
        if (escape || allowed.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        out += '%';
        out += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4U];
        out += "0123456789ABCDEF"[static_cast<unsigned char>(c) & 0xfU];
    }
}

std::string url_of(const ConnectionInfo& info)
{
    std::string url(is_fallback(info.transport) ? (info.tls ? "https" : "http") : name_of(info.transport));
    url += "://";
    // A Host that passed the handshake is a name or an address with or without a port.
    const std::string_view host = view_of(info.host);
    const bool is_host = !host.empty()
        && host.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:[]")
            == std::string_view::npos;
    url += is_host ? std::string(host) : info.local.text();
    std::string_view target = view_of(info.target);
    if (const std::size_t scheme = target.find("://"); !target.starts_with('/') && scheme != target.npos) {
        const std::size_t path = target.find('/', scheme + 3);
        target = path == target.npos ? std::string_view("/") : target.substr(path);
    }
    if (!target.starts_with('/'))
        url += '/';
    append_uri(url, target);
    return url;
}

std::string decoded(std::string_view part)
{
    std::string out;
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (part[i] == '+') {
            out += ' ';
        } else if (part[i] == '%' && i + 2 < part.size() && is_hex(part[i + 1]) && is_hex(part[i + 2])) {
            const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
            out += static_cast<char>(digit(part[i + 1]) * 16 + digit(part[i + 2]));
            i += 2;
        } else {
            out += part[i];
        }
    }
    return out;
}

/// Appends a list of `{"name": ..., "value": ...}`.
class PairsWriter {
public:
    explicit PairsWriter(std::string& out)
        : out_(out)
    {
        out_ += '[';
    }
    void add(std::string_view name, std::string_view value)
    {
        out_ += first_ ? "{\"name\":" : ",{\"name\":";
        first_ = false;
        append_json_string(out_, replaced_utf8(name));
        out_ += ",\"value\":";
        append_json_string(out_, replaced_utf8(value));
        out_ += '}';
    }
    void add_unless_empty(std::string_view name, const SharedText& value)
    {
        if (!view_of(value).empty())
            add(name, view_of(value));
    }
    void end() { out_ += ']'; }

private:
    std::string& out_;
    bool first_ = true;
};

std::string milliseconds_text(std::int64_t ns)
{
    char text[40] = {};
    std::snprintf(text, sizeof text, "%lld.%03lld", static_cast<long long>(ns / 1'000'000),
        static_cast<long long>(ns / 1'000 % 1'000));
    return text;
}

void append_request(std::string& out, const ConnectionInfo& info)
{
    JsonObjectWriter request(out);
    request.text("method", "GET");
    request.text("url", url_of(info));
    request.text("httpVersion", "HTTP/1.1");
    out += ",\"cookies\":[],\"headers\":";
    PairsWriter headers(out);
    headers.add_unless_empty("Host", info.host);
    if (!is_fallback(info.transport)) {
        headers.add("Upgrade", "websocket");
        headers.add("Connection", "Upgrade");
    }
    if (info.has_origin)
        headers.add("Origin", view_of(info.origin));
    headers.add_unless_empty("User-Agent", info.user_agent);
    headers.add_unless_empty("Sec-WebSocket-Protocol", info.offered_subprotocols);
    headers.end();
    out += ",\"queryString\":";
    PairsWriter query(out);
    const std::string_view target = view_of(info.target);
    if (const std::size_t mark = target.find('?'); mark != target.npos) {
        std::string_view rest = target.substr(mark + 1);
        while (!rest.empty()) {
            const std::string_view pair = rest.substr(0, rest.find('&'));
            rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
            const std::size_t equals = std::min(pair.find('='), pair.size());
            if (!pair.empty())
                query.add(decoded(pair.substr(0, equals)),
                    equals < pair.size() ? decoded(pair.substr(equals + 1)) : std::string());
        }
    }
    query.end();
    out += ",\"headersSize\":-1,\"bodySize\":0";
    request.end();
}

void append_response(std::string& out, const ConnectionInfo& info)
{
    const bool is_websocket = !is_fallback(info.transport);
    out += is_websocket ? "{\"status\":101,\"statusText\":\"Switching Protocols\"" : "{\"status\":200,\"statusText\":\"OK\"";
    out += ",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],\"headers\":";
    PairsWriter headers(out);
    if (is_websocket) {
        headers.add("Upgrade", "websocket");
        headers.add("Connection", "Upgrade");
    }
    headers.add_unless_empty("Sec-WebSocket-Protocol", info.subprotocol);
    headers.add_unless_empty("Sec-WebSocket-Extensions", info.extensions);
    headers.end();
    out += ",\"content\":{\"size\":0,\"mimeType\":\"x-unknown\"},\"redirectURL\":\"\",\"headersSize\":-1,"
           "\"bodySize\":-1}";
}

class HarWriter final : public RecordWriter {
public:
    [[nodiscard]] Order order() const override { return Order::by_connection; }

    void begin(std::string& out) override
    {
        out += "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"Jackfield\",\"version\":"
               "\"" JACKFIELD_VERSION "\"},\"pages\":[],\"entries\":[";
    }

    void opened(std::string& out, const CapturedConnection& connection, std::int64_t last_ns) override
    {
        const ConnectionInfo& info = *connection.info;
        const std::int64_t start = info.opened_at.time_since_epoch().count();
        const std::int64_t end = connection.close
            ? std::max(last_ns, std::int64_t{connection.close->at.time_since_epoch().count()})
            : last_ns;
        const std::string duration = milliseconds_text(std::max<std::int64_t>(0, end - start));
        out += first_entry_ ? "\n" : ",\n";
        first_entry_ = false;
        first_message_ = true;
        JsonObjectWriter entry(out);
        entry.text("startedDateTime", iso_time(start));
        entry.field("time") += duration;
        append_request(entry.field("request"), info);
        append_response(entry.field("response"), info);
        entry.field("cache") += "{}";
        entry.field("timings")
            += "{\"blocked\":-1,\"dns\":-1,\"connect\":-1,\"ssl\":-1,\"send\":0,\"wait\":0,\"receive\":"
            + duration + "}";
        entry.text("serverIPAddress", info.local.address_text());
        entry.text("connection", std::to_string(info.number));
        entry.text("_resourceType", "websocket");
        append_ours(entry.field("_jackfield"), connection);
        if (connection.close)
            append_close(entry.field("_webSocketClose"), *connection.close);
        entry.field("_webSocketMessages") += '[';
    }

    bool message(
        std::string& out, const CapturedMessage& message, const CapturedConnection* /*connection*/) override
    {
        if (message.type != TrafficType::text && message.type != TrafficType::binary)
            return false;
        const std::string_view text = as_text(message.payload);
        const bool as_it_is = message.type == TrafficType::text && is_valid_utf8(text);
        out += first_message_ ? "\n" : ",\n";
        first_message_ = false;
        JsonObjectWriter item(out);
        item.text("type", message.direction == Direction::from_browser ? "send" : "receive");
        item.time("time", message.wall_ns);
        item.number("opcode", as_it_is ? 1 : 2);
        if (as_it_is) {
            item.text("data", text);
        } else {
            item.field("data") += '"';
            append_base64(out, message.payload);
            out += '"';
            if (message.type == TrafficType::text)
                item.number("_opcode", 1);
        }
        if (message.maker != Maker::peer)
            item.text("_by", name_of(message.maker));
        if (!message.payload_kept)
            item.number("_size", message.size); // says that `data` is not what was sent
        item.end();
        return true;
    }

    void closed(std::string& out, const CapturedConnection& /*connection*/) override
    {
        out += "]}"; // of the messages and of the entry
    }

    void end(std::string& out) override { out += "\n]}}\n"; }

private:
    static void append_ours(std::string& out, const CapturedConnection& connection)
    {
        const ConnectionInfo& info = *connection.info;
        JsonObjectWriter ours(out);
        ours.number("conn", info.number);
        if (!connection.name.empty())
            ours.peer_text("name", connection.name);
        ours.time("openedAt", info.opened_at.time_since_epoch().count());
        ours.text("peer", info.peer.text());
        ours.text("local", info.local.text());
        ours.peer_text("target", view_of(info.target));
        ours.peer_text("version", view_of(info.protocol_version));
        if (is_fallback(info.transport))
            ours.text("transport", name_of(info.transport));
        if (!view_of(info.tried).empty())
            ours.peer_text("tried", view_of(info.tried));
        ours.peer_text("endpoint", view_of(info.endpoint));
        ours.end();
    }

    static void append_close(std::string& out, const CloseInfo& info)
    {
        JsonObjectWriter close(out);
        close.number("code", info.code);
        close.text("reason", replaced_utf8(info.reason));
        close.time("timestamp", info.at.time_since_epoch().count());
        close.text("_by", name_of(info.by));
        close.text("_cause", name_of(info.cause));
        close.truth("_clean", info.clean);
        close.end();
    }

    bool first_entry_ = true;
    bool first_message_ = true;
};

} // namespace

std::unique_ptr<RecordWriter> make_har_writer()
{
    return std::make_unique<HarWriter>();
}

} // namespace jackfield
