// The frames of hixie-75 and hybi-00: whole or in pieces, the same bytes must give the same messages and the
// same end, and what is told fits the limits and can be sent again.
#include "base/utf8.h"
#include "websocket/hixie_codec.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace jackfield;
using websocket::HixieCodec;

constexpr std::uint64_t limit = 4U << 10U;

/// Writes down what a codec says, so that two runs can be compared.
class Transcript final : public websocket::MessageSink {
public:
    explicit Transcript(bool takes_fragments)
        : takes_fragments_(takes_fragments)
    { }
    std::string text;

    [[nodiscard]] bool wants_fragments() const override { return takes_fragments_; }
    void on_message(
        MessageKind kind, std::span<const std::byte> payload, const websocket::WireFacts& facts) override
    {
        if (kind != MessageKind::text || payload.size() > limit || facts.wire != payload.size() + 2
            || !is_valid_utf8(payload))
            std::abort();
        add(payload);
    }
    void on_fragment(MessageKind kind, std::span<const std::byte> part, bool first, bool last,
        const websocket::WireFacts& facts) override
    {
        if (first != parts_.empty() && first)
            std::abort();
        parts_.insert(parts_.end(), part.begin(), part.end());
        if (last)
            on_message(kind, std::exchange(parts_, {}), facts);
    }
    void on_ping(std::span<const std::byte>, const websocket::WireFacts&) override { std::abort(); }
    void on_pong(std::span<const std::byte>, const websocket::WireFacts&) override { std::abort(); }
    void on_close(std::optional<std::uint16_t> code, std::string_view reason,
        const websocket::WireFacts& facts) override
    {
        if (code || !reason.empty())
            std::abort();
        text += "close " + std::to_string(facts.wire);
    }
    void on_violation(const websocket::Violation& violation) override
    {
        text += "violation ";
        text += violation.what;
    }
    [[nodiscard]] bool is_paused() const override { return false; }

private:
    void add(std::span<const std::byte> payload)
    {
        text += std::to_string(payload.size()) + ' ';
        text += as_text(payload);
        text += '\n';
        HixieCodec codec({limit, 1}, HixieCodec::Closing::by_handshake);
        ByteBuffer out;
        if (!codec.can_encode(MessageKind::text, payload))
            std::abort();
        codec.encode_message(out, MessageKind::text, payload);
        if (out.size() != payload.size() + 2)
            std::abort();
    }
    bool takes_fragments_;
    std::vector<std::byte> parts_;
};

std::string run(
    std::vector<std::byte> input, std::size_t piece, HixieCodec::Closing closing, bool takes_fragments)
{
    HixieCodec codec({limit, 1'000}, closing);
    Transcript transcript(takes_fragments);
    for (std::size_t at = 0; at < input.size(); at += piece) {
        const auto part = std::span(input).subspan(at, std::min(piece, input.size() - at));
        if (codec.decode(part, transcript) != part.size() || codec.partial_bytes() > 3 * limit)
            std::abort();
    }
    return transcript.text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto* bytes = reinterpret_cast<const std::byte*>(data);
    const std::vector<std::byte> input(bytes, bytes + size);
    for (const auto closing : {HixieCodec::Closing::by_handshake, HixieCodec::Closing::by_end_of_stream}) {
        const std::string whole = run(input, std::max<std::size_t>(size, 1), closing, false);
        if (run(input, 1, closing, false) != whole || run(input, 7, closing, false) != whole
            || run(input, 3, closing, true) != whole)
            std::abort();
    }
    return 0;
}
