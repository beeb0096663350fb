#pragma once

#include "base/byte_buffer.h"
#include "websocket/masking.h"
#include "websocket/message_codec.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Runs a codec over bytes in every chopping and compares what it says. Bytes are std::string here, frames
/// are built by code of their own, so that nothing of the engine vouches for itself.
namespace jackfield::test {

/// "81 85 37fa" as bytes; blanks are for the eye.
inline std::string from_hex(std::string_view hex)
{
    std::string bytes;
    int high = -1;
    for (const char c : hex) {
        if (c == ' ')
            continue;
        const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
        if (high >= 0)
            bytes.push_back(static_cast<char>(high << 4 | digit));
        high = high >= 0 ? -1 : digit;
    }
    return bytes;
}

inline std::string to_hex(std::string_view bytes)
{
    std::string hex;
    for (const char c : bytes) {
        hex.push_back("0123456789abcdef"[static_cast<unsigned char>(c) >> 4U]);
        hex.push_back("0123456789abcdef"[static_cast<unsigned char>(c) & 0xfU]);
    }
    return hex;
}

/// A frame as a client sends it, its header in the shortest form. `first_byte` is FIN, RSV and opcode.
inline std::string client_frame(
    unsigned first_byte, std::string_view payload, std::string_view key = {"\0\0\0\0", 4})
{
    std::string frame(1, static_cast<char>(first_byte));
    const std::uint64_t length = payload.size();
    const int length_bytes = length < 126 ? 0 : length < 65536 ? 2 : 8;
    frame.push_back(static_cast<char>(0x80U | (length_bytes == 0 ? length : length_bytes == 2 ? 126 : 127)));
    for (int i = length_bytes - 1; i >= 0; --i)
        frame.push_back(static_cast<char>(length >> static_cast<unsigned>(i * 8) & 0xffU));
    frame.append(key);
    frame.append(payload);
    // Through a plain pointer: tests mask megabytes, without optimisation.
    char* const masked = frame.data() + frame.size() - payload.size();
    if (const char* const mask = key.data(); mask[0] != 0 || mask[1] != 0 || mask[2] != 0 || mask[3] != 0) {
        for (std::size_t i = 0; i < payload.size(); ++i)
            masked[i] = static_cast<char>(masked[i] ^ mask[i & 3U]);
    }
    return frame;
}

/// A frame as a server sends it.
inline std::string server_frame(unsigned first_byte, std::string_view payload)
{
    std::string frame = client_frame(first_byte, payload);
    frame[1] = static_cast<char>(frame[1] & 0x7f);
    frame.erase(frame.size() - payload.size() - 4, 4);
    return frame;
}

/// Hands out the keys it was given, over and over.
class FixedMaskingKeys final : public websocket::MaskingKeySource {
public:
    explicit FixedMaskingKeys(std::vector<websocket::MaskingKey> keys)
        : keys_(std::move(keys))
    { }
    websocket::MaskingKey next() override { return keys_[at_++ % keys_.size()]; }

private:
    std::vector<websocket::MaskingKey> keys_;
    std::size_t at_ = 0;
};

/// Writes down what a codec says, one line a call. With fragments, a message is one line too, at its last
/// part.
class RecordingSink final : public websocket::MessageSink {
public:
    bool takes_fragments = false;
    bool pauses = false; ///< after each call
    std::string transcript;
    std::size_t calls = 0;
    bool is_broken = false; ///< a violation was told
    std::vector<std::uint64_t> compressed; ///< sizes of the messages as they travelled; 0: not compressed
    std::vector<std::vector<FrameFacts>> frame_facts; ///< of each message and control frame
    std::vector<std::string> faults; ///< of the codec against its own contract

    static std::string message_line(
        MessageKind kind, std::string_view payload, std::uint64_t wire, std::uint32_t frames)
    {
        std::string line = kind == MessageKind::text ? "text " : "binary ";
        line += std::to_string(payload.size()) + ' ';
        line += payload.size() <= 64 ? to_hex(payload)
                                     : "#" + std::to_string(std::hash<std::string_view>{}(payload));
        return line + " wire=" + std::to_string(wire) + " frames=" + std::to_string(frames) + '\n';
    }
    static std::string control_line(std::string_view name, std::string_view payload, std::uint64_t wire)
    {
        return std::string(name) + ' ' + to_hex(payload) + " wire=" + std::to_string(wire) + '\n';
    }
    static std::string violation_line(std::uint16_t code)
    {
        return "violation " + std::to_string(code) + '\n';
    }

    [[nodiscard]] bool wants_fragments() const override { return takes_fragments; }
    void on_message(
        MessageKind kind, std::span<const std::byte> payload, const websocket::WireFacts& facts) override
    {
        if (takes_fragments)
            faults.emplace_back("a whole message for a sink that takes fragments");
        last_payload = payload;
        compressed.push_back(facts.compressed);
        note(facts);
        tell(message_line(kind, as_text(payload), facts.wire, facts.frames));
    }
    void on_fragment(MessageKind kind, std::span<const std::byte> part, bool first, bool last,
        const websocket::WireFacts& so_far) override
    {
        if (first != !in_message_)
            faults.emplace_back("`first` is wrong");
        if (part.empty() && !last)
            faults.emplace_back("an empty part that ends nothing");
        in_message_ = !last;
        parts_ += as_text(part);
        if (last) {
            compressed.push_back(so_far.compressed);
            note(so_far);
        } else if (!so_far.frame_facts.empty()) {
            faults.emplace_back("frame facts before the last part");
        }
        tell(
            last ? message_line(kind, std::exchange(parts_, {}), so_far.wire, so_far.frames) : std::string());
    }
    void on_ping(std::span<const std::byte> payload, const websocket::WireFacts& facts) override
    {
        note(facts);
        tell(control_line("ping", as_text(payload), facts.wire));
    }
    void on_pong(std::span<const std::byte> payload, const websocket::WireFacts& facts) override
    {
        note(facts);
        tell(control_line("pong", as_text(payload), facts.wire));
    }
    void on_close(std::optional<std::uint16_t> code, std::string_view reason,
        const websocket::WireFacts& facts) override
    {
        note(facts);
        tell(control_line("close " + (code ? std::to_string(*code) : "none"), reason, facts.wire));
    }
    void on_violation(const websocket::Violation& told) override
    {
        violation = told;
        if (told.what.empty())
            faults.emplace_back("a violation without a sentence");
        is_broken = true;
        tell(violation_line(told.code));
    }
    [[nodiscard]] bool is_paused() const override { return pauses; }

    websocket::Violation violation;
    std::span<const std::byte> last_payload; ///< valid within the call; its address tells where it lay

private:
    void note(const websocket::WireFacts& facts)
    {
        frame_facts.emplace_back(facts.frame_facts.begin(), facts.frame_facts.end());
    }
    void tell(const std::string& line)
    {
        ++calls;
        if (over_)
            faults.emplace_back("something was told after the end");
        over_ = line.starts_with("close") || line.starts_with("violation");
        transcript += line;
    }
    std::string parts_;
    bool in_message_ = false;
    bool over_ = false;
};

using CodecFactory = std::function<std::unique_ptr<websocket::MessageCodec>()>;

/// How to feed bytes to a codec.
struct Chopping {
    std::vector<std::size_t> piece_sizes; ///< the last one holds for the rest
    bool takes_fragments = false;
    bool pauses = false;
};

struct Decoded {
    std::string transcript;
    websocket::Violation violation;
    std::optional<std::size_t> violation_at; ///< how many bytes had been fed when it was told
    std::uint64_t partial_bytes = 0; ///< held at the end
    std::string fault; ///< of the codec against its own contract; empty when there is none
    std::vector<std::vector<FrameFacts>> frame_facts = {}; ///< of each message and control frame
};

inline Decoded decode_chopped(
    const CodecFactory& make_codec, std::string_view bytes, const Chopping& chopping)
{
    Decoded result;
    RecordingSink sink;
    sink.takes_fragments = chopping.takes_fragments;
    sink.pauses = chopping.pauses;
    const auto codec = make_codec();
    std::size_t fed = 0;
    for (std::size_t piece = 0; fed < bytes.size(); ++piece) {
        const std::size_t wanted = chopping.piece_sizes[std::min(piece, chopping.piece_sizes.size() - 1)];
        const std::size_t size = std::min(wanted, bytes.size() - fed);
        // Exactly as large as the piece, so that AddressSanitizer sees every step beyond it.
        std::vector<std::byte> copy(size);
        std::copy_n(as_bytes(bytes).begin() + static_cast<std::ptrdiff_t>(fed), size, copy.begin());
        std::size_t taken = 0;
        while (taken < size) {
            const std::size_t calls = sink.calls;
            const std::size_t step = codec->decode(std::span(copy).subspan(taken), sink);
            taken += step;
            if (taken > size || (taken < size && (step == 0 || !chopping.pauses)))
                return {
                    sink.transcript, {}, {}, 0, "decode took " + std::to_string(step) + " bytes of a piece"};
            if (chopping.pauses && sink.calls > calls + 1)
                return {sink.transcript, {}, {}, 0, "the sink was called while it was paused"};
        }
        fed += size;
        if (sink.is_broken && !result.violation_at)
            result.violation_at = fed;
    }
    result.transcript = sink.transcript;
    result.violation = sink.violation;
    result.partial_bytes = codec->partial_bytes();
    result.frame_facts = sink.frame_facts;
    result.fault = sink.faults.empty() ? std::string() : sink.faults.front();
    return result;
}

inline Decoded decode_whole(const CodecFactory& make_codec, std::string_view bytes)
{
    return decode_chopped(make_codec, bytes, {{std::max<std::size_t>(bytes.size(), 1)}});
}

inline Decoded decode_bytewise(const CodecFactory& make_codec, std::string_view bytes)
{
    return decode_chopped(make_codec, bytes, {{1}});
}

/// Empty when the bytes decode the same whole, one by one, split at every offset (up to 2 KiB), by a sink
/// that pauses after each call, and by one that takes fragments; else the first difference in words.
inline std::string difference_between_choppings(const CodecFactory& make_codec, std::string_view bytes)
{
    const Decoded reference = decode_whole(make_codec, bytes);
    if (!reference.fault.empty())
        return "whole: " + reference.fault;
    std::string difference;
    const auto check = [&](const std::string& name, const Chopping& chopping) {
        if (!difference.empty())
            return;
        const Decoded other = decode_chopped(make_codec, bytes, chopping);
        if (!other.fault.empty())
            difference = name + ": " + other.fault;
        else if (other.transcript != reference.transcript)
            difference = name + " gives\n" + other.transcript + "instead of\n" + reference.transcript;
        else if (other.frame_facts != reference.frame_facts)
            difference = name + " tells of other frames";
        else if (other.violation.what != reference.violation.what
            || other.violation.cause != reference.violation.cause)
            difference = name + ": " + std::string(other.violation.what);
        else if (!chopping.takes_fragments && (other.partial_bytes == 0) != (reference.partial_bytes == 0))
            difference = name + ": holds " + std::to_string(other.partial_bytes) + " bytes";
    };
    const std::size_t whole = std::max<std::size_t>(bytes.size(), 1);
    check("whole, paused", {{whole}, false, true});
    check("whole, in fragments", {{whole}, true, false});
    for (const std::size_t size : {1, 2, 3, 7}) {
        check("pieces of " + std::to_string(size), {{size}});
        check("pieces of " + std::to_string(size) + ", paused", {{size}, false, true});
        check("pieces of " + std::to_string(size) + ", in fragments, paused", {{size}, true, true});
    }
    if (bytes.size() <= 2048) {
        for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
            check("split at " + std::to_string(cut), {{cut, whole}});
            check("split at " + std::to_string(cut) + ", in fragments", {{cut, whole}, true});
        }
    }
    return difference;
}

} // namespace jackfield::test
