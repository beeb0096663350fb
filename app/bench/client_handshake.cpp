#include "app/bench/client_handshake.h"

#include "base/digest.h"
#include "base/text.h"
#include "websocket/extension_offers.h"
#include "websocket/rfc6455_rule.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <span>

namespace jackfield::bench {
namespace {

constexpr std::size_t shown_body = 200;

struct Field {
    std::string_view name;
    std::string_view value;
};

struct Head {
    std::string_view status_line;
    int status = 0;
    std::vector<Field> fields;

    [[nodiscard]] std::vector<std::string_view> values(std::string_view name) const
    {
        std::vector<std::string_view> found;
        for (const Field& field : fields) {
            if (equal_ignoring_case(field.name, name))
                found.push_back(field.value);
        }
        return found;
    }
    [[nodiscard]] bool has_token(std::string_view name, std::string_view token) const
    {
        for (const std::string_view value : values(name)) {
            const auto parts = split_list(value);
            if (std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return equal_ignoring_case(part, token); }))
                return true;
        }
        return false;
    }
};

std::optional<Head> parse_head(std::string_view text)
{
    Head head;
    const auto next_line = [&text]() -> std::string_view {
        const std::size_t end = text.find("\r\n");
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
        return line;
    };
    head.status_line = next_line();
    if (!head.status_line.starts_with("HTTP/1.1 ") && !head.status_line.starts_with("HTTP/1.0 "))
        return std::nullopt;
    const auto status = parse_decimal<unsigned>(head.status_line.substr(9, 3));
    if (!status || *status < 100 || (head.status_line.size() > 12 && head.status_line[12] != ' '))
        return std::nullopt;
    head.status = static_cast<int>(*status);
    for (std::string_view line = next_line(); !line.empty(); line = next_line()) {
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
            return std::nullopt;
        head.fields.push_back({line.substr(0, colon), trim_blanks(line.substr(colon + 1))});
    }
    return head;
}

ClientHandshake::Answer no_websocket(const std::string& what)
{
    return {std::nullopt, "handshake broken", "the server's handshake is not what RFC 6455 section 4.1 demands: " + what};
}

std::string advice_for(int status, bool has_origin)
{
    if (status == 401)
        return ". It wants a log-in: --header \"Authorization: ...\" or --header \"Cookie: ...\"";
    if (status == 403)
        return has_origin ? ". It does not take this --origin, or this client"
                          : ". It may want an origin that it knows: --origin http://localhost:3000";
    if (status == 404)
        return ". There is nothing at this path: the URL's path must be that of the WebSocket";
    if (status == 400 || status == 426)
        return ". It may want a subprotocol: --subprotocol NAME";
    if (status == 503)
        return ". It has as many connections as it takes";
    if (status >= 300 && status < 400)
        return ". It sends clients elsewhere; use that URL";
    return {};
}

} // namespace

ClientHandshake::ClientHandshake(const Options& options, const Target& target)
    : subprotocols_(options.subprotocols)
    , has_origin_(!options.origin.empty())
{
    before_key_ = "GET " + target.path + " HTTP/1.1\r\nHost: " + target.authority()
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ";
    behind_key_ = "\r\nSec-WebSocket-Version: 13\r\n";
    if (has_origin_)
        behind_key_ += "Origin: " + options.origin + "\r\n";
    if (!subprotocols_.empty()) {
        behind_key_ += "Sec-WebSocket-Protocol: ";
        for (std::size_t i = 0; i < subprotocols_.size(); ++i)
            behind_key_ += (i > 0 ? ", " : "") + subprotocols_[i];
        behind_key_ += "\r\n";
    }
    if (options.deflate != Deflate::off) {
        offer_.emplace();
        offer_->client_max_window_bits = false; // what is sent was compressed once, with the largest window
        offer_->server_no_context_takeover = offer_->client_no_context_takeover = options.deflate == Deflate::no_takeover;
        behind_key_ += "Sec-WebSocket-Extensions: " + websocket::offer_text(*offer_) + "\r\n";
    }
    for (const std::string& header : options.headers)
        behind_key_ += header + "\r\n";
    behind_key_ += "\r\n";
}

std::string ClientHandshake::request(std::string_view key) const
{
    std::string text;
    text.reserve(before_key_.size() + key.size() + behind_key_.size());
    return text.append(before_key_).append(key).append(behind_key_);
}

ClientHandshake::Answer ClientHandshake::judge(std::string_view text, std::string_view key, std::string_view behind) const
{
    const auto head = parse_head(text);
    if (!head)
        return {std::nullopt, "no HTTP", "what the server answered is no HTTP: " + escape_for_terminal(text.substr(0, shown_body))};
    if (head->status != 101) {
        std::string problem = "the server answered " + escape_for_terminal(head->status_line.substr(9));
        if (!behind.empty())
            problem += " (" + escape_for_terminal(trim_blanks(behind.substr(0, shown_body))) + ")";
        return {std::nullopt, "HTTP " + std::to_string(head->status), problem + advice_for(head->status, has_origin_)};
    }
    if (!head->has_token("Upgrade", "websocket"))
        return no_websocket("there is no \"Upgrade: websocket\" in it");
    if (!head->has_token("Connection", "upgrade"))
        return no_websocket("there is no \"Connection: Upgrade\" in it");
    const auto accept = head->values("Sec-WebSocket-Accept");
    const auto expected = websocket::accept_for_key(key);
    if (accept.size() != 1 || !expected || accept.front() != *expected)
        return no_websocket("its Sec-WebSocket-Accept does not belong to the key");
    Agreement agreement;
    const auto chosen = head->values("Sec-WebSocket-Protocol");
    if (chosen.size() > 1)
        return no_websocket("it names a subprotocol twice");
    if (!chosen.empty()) {
        agreement.subprotocol = chosen.front();
        if (std::find(subprotocols_.begin(), subprotocols_.end(), agreement.subprotocol) == subprotocols_.end())
            return no_websocket("it names a subprotocol that was not offered, " + escape_for_terminal(agreement.subprotocol));
    }
    const auto values = head->values("Sec-WebSocket-Extensions");
    const auto extensions = websocket::parse_extensions(values);
    if (!extensions || extensions->size() > 1 || (!extensions->empty() && !offer_))
        return no_websocket("it names an extension that was not offered");
    if (!extensions->empty()) {
        agreement.deflate = websocket::accept_response(extensions->front(), *offer_);
        if (!agreement.deflate)
            return no_websocket("what it says of permessage-deflate is no answer to the offer");
    }
    return {std::move(agreement), {}, {}};
}

std::string ClientHandshake::make_key()
{
    // Different ones are all that is needed here, and asking the system for each is what a handshake would be measured by.
    thread_local std::mt19937_64 chance(std::random_device{}());
    const std::array<std::uint64_t, 2> nonce{chance(), chance()};
    return encode_base64(std::as_bytes(std::span(nonce)));
}

} // namespace jackfield::bench
