// permessage-deflate: any offer gets a legal answer or none, and compressed frames give the same messages and
// the same end whole, in pieces and in turns, and come back as they were when they are sent again.
#include "websocket/deflate_negotiation.h"
#include "websocket/message_deflate.h"
#include "websocket/rfc6455_codec.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace jackfield;
using namespace jackfield::websocket;

constexpr std::uint64_t limit = 16U << 10U;

/// Writes down what a codec says, so that two runs can be compared, and keeps the messages.
class Transcript final : public MessageSink {
public:
    std::string text;
    std::vector<std::pair<MessageKind, std::string>> messages;

    void on_message(MessageKind kind, std::span<const std::byte> payload, const WireFacts& facts) override
    {
        if (payload.size() > limit)
            std::abort();
        messages.emplace_back(kind, as_text(payload));
        add(kind == MessageKind::text ? 't' : 'b', payload, facts);
    }
    void on_ping(std::span<const std::byte> payload, const WireFacts& facts) override
    {
        add('i', payload, facts);
    }
    void on_pong(std::span<const std::byte> payload, const WireFacts& facts) override
    {
        add('o', payload, facts);
    }
    void on_close(std::optional<std::uint16_t> code, std::string_view reason, const WireFacts&) override
    {
        text += "close " + std::to_string(code.value_or(0)) + ' ';
        text += reason;
    }
    void on_violation(const Violation& violation) override { text += violation.what; }
    [[nodiscard]] bool is_paused() const override { return false; }

private:
    void add(char what, std::span<const std::byte> payload, const WireFacts& facts)
    {
        text += what;
        text += std::to_string(facts.wire) + '/' + std::to_string(facts.frames) + '/'
            + std::to_string(facts.compressed) + ' ';
        text += as_text(payload);
        text += '\n';
    }
};

void check_offers(std::string_view field, bool server_takeover, bool client_takeover)
{
    const auto offers = parse_extensions(std::vector<std::string_view>{field});
    if (!offers)
        return;
    for (const ExtensionOffer& offer : *offers) {
        const auto agreed = accept_offer(offer, server_takeover, client_takeover);
        if (!agreed)
            continue;
        // A client that asks for nothing understands every answer.
        const auto answer = parse_extensions(std::vector<std::string_view>{response_text(*agreed)});
        if (!answer || answer->size() != 1 || accept_response(answer->front(), {}) != *agreed
            || agreed->server_max_window_bits < smallest_deflate_window_bits)
            std::abort();
    }
}

Transcript run(std::vector<std::byte> input, std::size_t piece, const DeflateParameters& agreed,
    std::uint64_t turn_budget = DeflatePool::no_limit)
{
    DeflatePool pool;
    Rfc6455Codec codec(
        {limit, 100}, std::make_unique<MessageDeflate>(pool, Role::server, agreed, Compression{}));
    Transcript transcript;
    for (std::size_t at = 0; at < input.size(); at += piece) {
        auto part = std::span(input).subspan(at, std::min(piece, input.size() - at));
        while (!part.empty()) {
            pool.begin_turn({}, turn_budget);
            const std::size_t taken = codec.decode(part, transcript);
            if (taken == 0 || (taken < part.size() && turn_budget == DeflatePool::no_limit))
                std::abort();
            part = part.subspan(taken);
        }
    }
    return transcript;
}

void send_again(const Transcript& transcript, const DeflateParameters& agreed)
{
    DeflatePool pool;
    Compression settings;
    settings.threshold = 0;
    Rfc6455Codec server({}, std::make_unique<MessageDeflate>(pool, Role::server, agreed, settings));
    Rfc6455Codec client(
        {}, system_masking_keys(), std::make_unique<MessageDeflate>(pool, Role::client, agreed, settings));
    Transcript received;
    ByteBuffer out;
    for (const auto& [kind, payload] : transcript.messages)
        server.encode_message(out, kind, as_bytes(payload), 1 + payload.size() % 3);
    client.decode(out.view(), received);
    if (received.messages != transcript.messages)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const unsigned flags = data[0];
    const auto* const text = reinterpret_cast<const char*>(data + 1);
    check_offers({text, size - 1}, (flags & 1U) != 0, (flags & 2U) != 0);

    const DeflateParameters agreed{
        (flags & 1U) == 0, (flags & 2U) == 0, static_cast<std::uint8_t>(9 + (flags >> 2U) % 7), 15};
    const auto* const bytes = reinterpret_cast<const std::byte*>(data + 1);
    const std::vector<std::byte> input(bytes, bytes + size - 1);
    const Transcript whole = run(input, std::max<std::size_t>(input.size(), 1), agreed);
    if (run(input, 1, agreed).text != whole.text || run(input, 7, agreed).text != whole.text
        || run(input, std::max<std::size_t>(input.size(), 1), agreed, 500).text != whole.text)
        std::abort();
    send_again(whole, agreed);
    return 0;
}
