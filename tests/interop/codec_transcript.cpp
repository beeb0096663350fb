// Decodes streams from standard input and writes what the codec says, one line of JSON a stream, for the
// comparison with another implementation (differential.test.py).
//
// In, for each stream, little end first: u32 length, u8 role (1: client, else server; and 2: with
// permessage-deflate; and 4: without context takeover), u32 piece size, u32 fragments, then the bytes.
// Out: {"said": [[what, ...]], "at": bytes fed when it ended, "echo": every message encoded again}; bytes in
// hexadecimal digits.
#include "websocket/message_deflate.h"
#include "websocket/rfc6455_codec.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace jackfield;
using nlohmann::json;

std::string hex(std::string_view bytes)
{
    std::string digits;
    for (const char c : bytes) {
        digits.push_back("0123456789abcdef"[static_cast<unsigned char>(c) >> 4U]);
        digits.push_back("0123456789abcdef"[static_cast<unsigned char>(c) & 0xfU]);
    }
    return digits;
}

class Scribe final : public websocket::MessageSink {
public:
    Scribe(websocket::MessageCodec& codec, std::uint32_t fragments)
        : codec_(codec)
        , fragments_(fragments)
    { }
    json said = json::array();
    ByteBuffer echo;
    bool is_over = false;

    void on_message(
        MessageKind kind, std::span<const std::byte> payload, const websocket::WireFacts&) override
    {
        said.push_back({kind == MessageKind::text ? "text" : "binary", hex(as_text(payload))});
        codec_.encode_message(echo, kind, payload, fragments_);
    }
    void on_ping(std::span<const std::byte> payload, const websocket::WireFacts&) override
    {
        said.push_back({"ping", hex(as_text(payload))});
        codec_.encode_pong(echo, payload);
    }
    void on_pong(std::span<const std::byte> payload, const websocket::WireFacts&) override
    {
        said.push_back({"pong", hex(as_text(payload))});
    }
    void on_close(
        std::optional<std::uint16_t> code, std::string_view reason, const websocket::WireFacts&) override
    {
        said.push_back({"close", code.value_or(1005), hex(reason)});
        codec_.encode_close(echo, code, reason);
        is_over = true;
    }
    void on_violation(const websocket::Violation& violation) override
    {
        said.push_back({"violation", violation.code});
        is_over = true;
    }
    [[nodiscard]] bool is_paused() const override { return false; }

private:
    websocket::MessageCodec& codec_;
    std::uint32_t fragments_;
};

websocket::Rfc6455Codec make_codec(std::uint32_t role, websocket::DeflatePool& pool)
{
    const bool is_client = (role & 1U) != 0;
    std::unique_ptr<websocket::MessageDeflate> deflate;
    if ((role & 2U) != 0) {
        const bool no_takeover = (role & 4U) != 0;
        Compression settings;
        settings.threshold = 0;
        deflate = std::make_unique<websocket::MessageDeflate>(pool,
            is_client ? websocket::Role::client : websocket::Role::server,
            websocket::DeflateParameters{no_takeover, no_takeover, 15, 15}, settings);
    }
    if (is_client)
        return {websocket::CodecLimits{}, websocket::system_masking_keys(), std::move(deflate)};
    return {websocket::CodecLimits{}, std::move(deflate)};
}

std::optional<std::uint32_t> read_number(std::istream& in, int bytes)
{
    std::array<char, 4> raw{};
    if (!in.read(raw.data(), bytes))
        return std::nullopt;
    std::uint32_t value = 0;
    for (int i = bytes - 1; i >= 0; --i)
        value = value << 8U | static_cast<unsigned char>(raw[static_cast<std::size_t>(i)]);
    return value;
}

} // namespace

int main()
{
    std::ios::sync_with_stdio(false);
    while (const auto length = read_number(std::cin, 4)) {
        const auto role = read_number(std::cin, 1);
        const auto piece = read_number(std::cin, 4);
        const auto fragments = read_number(std::cin, 4);
        std::vector<std::byte> bytes(*length);
        if (!role || !piece || *piece == 0 || !fragments
            || !std::cin.read(reinterpret_cast<char*>(bytes.data()), *length)) {
            std::cerr << "codec_transcript: the input ends inside a stream\n";
            return 2;
        }
        websocket::DeflatePool pool;
        auto codec = make_codec(*role, pool);
        Scribe scribe(codec, *fragments);
        std::optional<std::size_t> over_at;
        for (std::size_t at = 0; at < bytes.size(); at += *piece) {
            const auto part = std::span(bytes).subspan(at, std::min<std::size_t>(*piece, bytes.size() - at));
            if (codec.decode(part, scribe) != part.size()) {
                std::cerr << "codec_transcript: the codec left bytes\n";
                return 1;
            }
            if (scribe.is_over && !over_at)
                over_at = at + part.size();
        }
        std::cout << json{{"said", scribe.said}, {"at", over_at.value_or(0)},
            {"echo", hex(as_text(std::as_const(scribe.echo).view()))}}
                         .dump()
                  << '\n';
    }
    return 0;
}
