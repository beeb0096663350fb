#include "tests/bench/comparison/load_messages.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <random>

namespace bench {
namespace {

constexpr std::size_t json_messages = 64;
constexpr std::size_t burst_bytes = 256U << 10U;

std::string ascii(std::size_t size)
{
    std::string text;
    for (std::size_t i = 0; i < size; ++i)
        text += static_cast<char>('a' + i % 26);
    return text;
}

std::string binary(std::size_t size)
{
    std::minstd_rand random(1);
    std::string bytes(size, '\0');
    for (char& byte : bytes)
        byte = static_cast<char>(random() >> 8U);
    return bytes;
}

/// One to four bytes a character; the rest of `size` is ASCII.
std::string mixed(std::size_t size)
{
    static constexpr std::string_view words[] = {"Jackfield ", "größer ", "Привет ", "こんにちは ", "😀🎉 ",
        "שלום ", "Ελλάδα ", "data: 12345 ", "नमस्ते ", "漢字 ", "Übergröße ", "ok ok ok "};
    std::minstd_rand random(1);
    std::string text;
    for (;;) {
        const std::string_view word = words[random() % std::size(words)];
        if (text.size() + word.size() > size)
            break;
        text += word;
    }
    return text.append(size - text.size(), '.');
}

/// An array of records like those of a page that shows prices, each a little different.
std::string json(std::size_t size, unsigned number)
{
    static constexpr std::string_view names[] = {"copper", "zinc", "walnut", "linen", "barley", "amber", "cobalt", "saffron"};
    std::minstd_rand random(number + 1);
    std::string text = "[";
    while (text.size() + 2 < size) {
        text += R"({"id":)" + std::to_string(random() % 1'000'000) + R"(,"name":")" + std::string(names[random() % 8])
            + R"(","price":)" + std::to_string(random() % 100'000) + "." + std::to_string(random() % 100)
            + R"(,"available":)" + (random() % 2 == 0 ? "true" : "false") + R"(,"changed":"2026-11-)"
            + std::to_string(10 + random() % 20) + R"(T08:)" + std::to_string(10 + random() % 50) + R"(:00Z"},)";
    }
    text.resize(size - 1);
    return text + "]";
}

} // namespace

std::string masked_frame(unsigned char first_byte, std::string_view payload)
{
    static constexpr unsigned char key[] = {0x37, 0xfa, 0x21, 0x3d};
    std::string frame{static_cast<char>(first_byte)};
    const std::uint64_t size = payload.size();
    const int digits = size > 0xffff ? 8 : size > 125 ? 2 : 0;
    frame += static_cast<char>(0x80U | (digits == 8 ? 127U : digits == 2 ? 126U : static_cast<unsigned>(size)));
    for (int i = digits - 1; i >= 0; --i)
        frame += static_cast<char>(size >> (8U * static_cast<unsigned>(i)));
    frame.append(reinterpret_cast<const char*>(key), 4);
    for (std::size_t i = 0; i < payload.size(); ++i)
        frame += static_cast<char>(static_cast<unsigned char>(payload[i]) ^ key[i % 4]);
    return frame;
}

std::string compress(void* stream, std::string_view payload)
{
    auto& deflating = *static_cast<z_stream*>(stream);
    std::string out(payload.size() * 2 + 64, '\0');
    deflating.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(payload.data()));
    deflating.avail_in = static_cast<uInt>(payload.size());
    deflating.next_out = reinterpret_cast<Bytef*>(out.data());
    deflating.avail_out = static_cast<uInt>(out.size());
    ::deflate(&deflating, Z_SYNC_FLUSH);
    out.resize(out.size() - deflating.avail_out - 4);
    return out;
}

Messages::Messages(const MessagePlan& plan)
{
    if (plan.content == Content::json) {
        for (unsigned i = 0; i < json_messages; ++i)
            payloads.push_back(json(plan.size, i));
    } else {
        payloads.push_back(plan.content == Content::mixed ? mixed(plan.size) : plan.binary ? binary(plan.size) : ascii(plan.size));
    }
    if (plan.deflate == Deflate::on)
        return;
    z_stream deflating{};
    ::deflateInit2(&deflating, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    const unsigned char opcode = plan.binary ? 0x82 : 0x81;
    const std::size_t enough = std::min(burst_bytes, plan.depth * 4 * (plan.size + 14));
    do {
        for (const std::string& payload : payloads) {
            if (plan.deflate == Deflate::off) {
                frames += masked_frame(opcode, payload);
            } else {
                ::deflateReset(&deflating);
                frames += masked_frame(opcode | 0x40U, compress(&deflating, payload));
            }
            ends.push_back(frames.size());
        }
    } while (frames.size() < enough);
    ::deflateEnd(&deflating);
}

} // namespace bench
