#include "websocket/hybi00_rule.h"

#include "base/digest.h"
#include "websocket/hixie_codec.h"

#include <algorithm>
#include <limits>

namespace jackfield::websocket {

namespace {

constexpr std::string_view key_1 = "Sec-WebSocket-Key1";
constexpr std::string_view key_2 = "Sec-WebSocket-Key2";

/// The value of the field as the draft reads it (section 5.2): what stands behind the colon and one space.
/// Blanks at the ends count here, and browsers have sent keys that begin with one.
std::string_view exact_value(const http::RequestHead& head, std::string_view name)
{
    const http::HeaderField* const field = head.find(name);
    if (field == nullptr)
        return {};
    const std::string_view raw = head.raw();
    std::size_t begin = static_cast<std::size_t>(field->name.data() - raw.data()) + field->name.size() + 1;
    const std::size_t end = raw.find('\r', begin);
    if (begin < end && raw[begin] == ' ')
        ++begin;
    return raw.substr(begin, end - begin);
}

std::optional<HandshakeRefusal> check_key(const http::RequestHead& head, std::string_view name)
{
    const auto refusal = [&](std::string_view problem) {
        return HandshakeRefusal{
            RefusalReason::websocket_key, 400, {}, std::string("the ").append(name).append(problem)};
    };
    const std::size_t count = head.count(name);
    if (count != 1)
        return refusal(count == 0 ? " is missing" : " is there more than once");
    const KeyPart part = part_of_key(exact_value(head, name));
    return part.number ? std::nullopt : std::optional(refusal(part.problem));
}

std::array<std::byte, 4> big_endian(std::uint32_t number)
{
    return {static_cast<std::byte>(number >> 24U), static_cast<std::byte>(number >> 16U & 0xffU),
        static_cast<std::byte>(number >> 8U & 0xffU), static_cast<std::byte>(number & 0xffU)};
}

} // namespace

KeyPart part_of_key(std::string_view key)
{
    std::uint64_t number = 0;
    std::uint32_t spaces = 0;
    bool has_digits = false;
    for (const char c : key) {
        if (c == ' ') {
            ++spaces;
        } else if (c >= '0' && c <= '9') {
            has_digits = true;
            number = number * 10 + static_cast<std::uint64_t>(c - '0');
            if (number > std::numeric_limits<std::uint32_t>::max())
                return {std::nullopt, " holds a number of more than 32 bits"};
        }
    }
    if (!has_digits)
        return {std::nullopt, " holds no digits"};
    if (spaces == 0)
        return {std::nullopt, " holds no spaces (a proxy in between may have removed them)"};
    if (number % spaces != 0)
        return {std::nullopt, " holds a number that its spaces do not divide"};
    return {static_cast<std::uint32_t>(number / spaces), {}};
}

std::optional<std::array<std::byte, 16>> answer_to_challenge(
    std::uint32_t part_1, std::uint32_t part_2, std::span<const std::byte> key_3)
{
    std::array<std::byte, 16> challenge{};
    const auto first = big_endian(part_1);
    const auto second = big_endian(part_2);
    std::copy(first.begin(), first.end(), challenge.begin());
    std::copy(second.begin(), second.end(), challenge.begin() + 4);
    std::copy_n(key_3.begin(), std::min<std::size_t>(key_3.size(), 8), challenge.begin() + 8);
    return md5(challenge);
}

bool Hybi00Rule::claims(const http::RequestHead& head) const
{
    return (head.find(key_1) != nullptr || head.find(key_2) != nullptr)
        && head.find("Sec-WebSocket-Version") == nullptr && head.find("Sec-WebSocket-Draft") == nullptr;
}

std::optional<HandshakeRefusal> Hybi00Rule::check(const http::RequestHead& head) const
{
    if (auto refusal = handshake_.check(head))
        return refusal;
    if (auto refusal = check_key(head, key_1))
        return refusal;
    return check_key(head, key_2);
}

std::vector<std::string_view> Hybi00Rule::subprotocols(const http::RequestHead& head) const
{
    return handshake_.subprotocols(head);
}

HandshakeAnswer Hybi00Rule::answer(const http::RequestHead& head, std::string_view subprotocol,
    const CodecSettings& settings, bool secure) const
{
    // Once the head is sent it is too late to find that the library cannot digest.
    if (!md5({}))
        return {};
    HandshakeAnswer answer;
    answer.bytes = handshake_.answer(head, "HTTP/1.1 101 WebSocket Protocol Handshake", subprotocol, secure);
    answer.codec = std::make_unique<HixieCodec>(settings.limits, HixieCodec::Closing::by_handshake);
    return answer;
}

std::string Hybi00Rule::answer_to_body(const http::RequestHead& head, std::span<const std::byte> body) const
{
    const auto part_1 = part_of_key(exact_value(head, key_1)).number;
    const auto part_2 = part_of_key(exact_value(head, key_2)).number;
    const auto digest = part_1 && part_2 ? answer_to_challenge(*part_1, *part_2, body) : std::nullopt;
    return digest ? std::string(reinterpret_cast<const char*>(digest->data()), digest->size())
                  : std::string();
}

} // namespace jackfield::websocket
