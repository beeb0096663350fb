// The frame codec: whole or in pieces, the same bytes must give the same messages and the same end.
#include "websocket/rfc6455_codec.h"

#include "jackfield/shared_bytes.h"

#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace jackfield;

/// Writes down what a codec says, so that two runs can be compared.
class Transcript final : public websocket::MessageSink {
public:
    std::string text;

    void on_message(
        MessageKind kind, std::span<const std::byte> payload, const websocket::WireFacts& facts) override
    {
        add(kind == MessageKind::text ? 't' : 'b', payload, facts);
    }
    void on_ping(std::span<const std::byte> payload, const websocket::WireFacts& facts) override
    {
        add('i', payload, facts);
    }
    void on_pong(std::span<const std::byte> payload, const websocket::WireFacts& facts) override
    {
        add('o', payload, facts);
    }
    void on_close(
        std::optional<std::uint16_t> code, std::string_view reason, const websocket::WireFacts&) override
    {
        text += "close " + std::to_string(code.value_or(0)) + ' ';
        text += reason;
    }
    void on_violation(const websocket::Violation& violation) override
    {
        text += "violation " + std::to_string(violation.code);
    }
    [[nodiscard]] bool is_paused() const override { return false; }

private:
    void add(char what, std::span<const std::byte> payload, const websocket::WireFacts& facts)
    {
        text += what;
        text += std::to_string(facts.wire) + '/' + std::to_string(facts.frames) + ' ';
        text += as_text(payload);
        for (const FrameFacts& frame : facts.frame_facts) {
            text += ' ' + std::to_string(frame.first_byte) + '+' + std::to_string(frame.header_size()) + '+'
                + std::to_string(frame.payload_length);
            text += as_text(frame.masking_key);
        }
        text += '\n';
    }
};

std::string run(std::vector<std::byte> input, std::size_t piece)
{
    websocket::Rfc6455Codec codec({64U << 10U, 1'000});
    Transcript transcript;
    for (std::size_t at = 0; at < input.size(); at += piece) {
        const auto part = std::span(input).subspan(at, std::min(piece, input.size() - at));
        if (codec.decode(part, transcript) != part.size())
            std::abort();
    }
    return transcript.text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto* bytes = reinterpret_cast<const std::byte*>(data);
    const std::vector<std::byte> input(bytes, bytes + size);
    const std::string whole = run(input, std::max<std::size_t>(size, 1));
    if (run(input, 1) != whole || run(input, 7) != whole)
        std::abort();
    return 0;
}
