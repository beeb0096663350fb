#include "app/bench/message_set.h"

#include "base/byte_buffer.h"
#include "websocket/deflate_pool.h"
#include "websocket/frame_header.h"
#include "websocket/rfc6455_codec.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <random>

namespace jackfield::bench {
namespace {

constexpr std::size_t bytes_of_a_set = std::size_t{64} << 10U; // so that small ones stay in the processor's cache
constexpr std::size_t fewest = 2;
constexpr std::size_t fewest_up_to_64k = 8;

std::size_t count_for(std::size_t size, std::size_t most)
{
    const std::size_t least = size <= bytes_of_a_set ? fewest_up_to_64k : fewest;
    return std::min(most, std::max(least, bytes_of_a_set / std::max<std::size_t>(size, 1)));
}

/// Cut where a character ends, and filled up with dots.
std::string cut_to(std::string text, std::size_t size)
{
    std::size_t end = size;
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
        --end;
    text.resize(std::min(end, text.size()));
    text.resize(size, '.');
    return text;
}

void fill_mixed(std::string& text, std::size_t size, std::size_t index)
{
    static constexpr std::array<const char*, 7> words{"switchboard ", "Vermittlungsst\u00fchle ", "\u0442\u0435\u043b\u0435\u0444\u043e\u043d ",
        "\u7dda\u8def\u3092\u63a5\u7d9a ", "\u03b5\u03c0\u03b9\u03ba\u03bf\u03b9\u03bd\u03c9\u03bd\u03af\u03b1 ", "\U0001f4de\U0001f50c ",
        "\u0645\u0643\u0627\u0644\u0645\u0629 "};
    for (std::size_t i = index; text.size() < size; ++i)
        text += words[i % words.size()];
}

void fill_json(std::string& text, std::size_t size, std::size_t index)
{
    static constexpr std::array<const char*, 5> names{"Ada", "Grace", "Edsger", "Barbara", "Donald"};
    std::minstd_rand chance(static_cast<unsigned>(index + 1));
    text = '[';
    while (text.size() < size) {
        char record[160];
        const auto id = static_cast<unsigned>(chance());
        std::snprintf(record, sizeof record, "{\"id\":%u,\"name\":\"%s\",\"active\":%s,\"balance\":%u.%02u,\"line\":%zu},", id % 100'000,
            names[id % names.size()], id % 3 == 0 ? "true" : "false", id % 9'973, id % 100, index);
        text += record;
    }
}

std::vector<std::byte> bytes_of(const std::string& text)
{
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

} // namespace

std::string make_payload(Content content, std::size_t size, std::size_t index)
{
    std::string text;
    if (content == Content::random) {
        std::mt19937_64 chance(index + 1);
        text.reserve(size + sizeof(std::uint64_t));
        while (text.size() < size) {
            const std::uint64_t part = chance();
            text.append(reinterpret_cast<const char*>(&part), sizeof part);
        }
        text.resize(size);
        return text;
    }
    if (content == Content::json) {
        fill_json(text, size, index);
        return cut_to(std::move(text), size);
    }
    if (size < 4) { // no room for a number
        for (std::size_t i = 0; i < size; ++i)
            text += static_cast<char>('a' + (index >> (4 * i)) % 16);
        return text;
    }
    char number[8];
    std::snprintf(number, sizeof number, "%04zx", index & 0xffffU);
    text = number;
    if (content == Content::mixed)
        fill_mixed(text, size, index);
    else
        for (std::size_t i = index; text.size() < size; ++i)
            text += static_cast<char>('!' + i % 94);
    return cut_to(std::move(text), size);
}

MessageSet::MessageSet(const MessageKindOf& kind, std::size_t most)
    : kind_(kind)
{
    using namespace websocket;
    DeflatePool pool;
    std::unique_ptr<MessageDeflate> deflate;
    if (kind.compressed) {
        DeflateParameters parameters;
        parameters.client_no_context_takeover = true;
        Compression settings;
        settings.threshold = 1;
        deflate = std::make_unique<MessageDeflate>(pool, Role::client, parameters, settings);
    }
    Rfc6455Codec codec({}, system_masking_keys(), std::move(deflate));
    const Fragmentation cut(static_cast<std::uint32_t>(kind.fragments));
    const std::size_t count = count_for(kind.size, std::max<std::size_t>(most, 1));
    ByteBuffer out;
    frame_begins_.push_back(0);
    for (std::size_t i = 0; i < count; ++i) {
        const std::vector<std::byte> payload = bytes_of(make_payload(kind.content, kind.size, i));
        out.clear();
        codec.encode_message(out, message_kind(), payload, kind.fragments == 1 ? one_frame : cut);
        const auto encoded = out.view();
        frames_.insert(frames_.end(), encoded.begin(), encoded.end());
        frame_begins_.push_back(frames_.size());
        if (kind.raw)
            continue;
        FrameHeader header;
        header.opcode = kind.binary ? Opcode::binary : Opcode::text;
        header.payload_length = payload.size();
        const EncodedFrameHeader answer = encode(header);
        answers_.insert(answers_.end(), answer.view().begin(), answer.view().end());
        answers_.insert(answers_.end(), payload.begin(), payload.end());
    }
    if (kind.raw)
        answers_ = frames_;
    answer_size_ = answers_.size() / count;
}

} // namespace jackfield::bench
