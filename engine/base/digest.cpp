#include "base/digest.h"

#include <openssl/evp.h>

#include <algorithm>

namespace jackfield {

namespace {

constexpr bool is_base64_digit(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

template <std::size_t Size>
std::optional<std::array<std::byte, Size>> digest_of(std::span<const std::byte> bytes, const EVP_MD* method)
{
    std::array<std::byte, Size> digest{};
    unsigned size = 0;
    auto* const out = reinterpret_cast<unsigned char*>(digest.data());
    if (EVP_Digest(bytes.data(), bytes.size(), out, &size, method, nullptr) != 1 || size != Size)
        return std::nullopt;
    return digest;
}

} // namespace

std::optional<std::array<std::byte, 20>> sha1(std::string_view text)
{
    return digest_of<20>(std::as_bytes(std::span(text.data(), text.size())), EVP_sha1());
}

std::optional<std::array<std::byte, 16>> md5(std::span<const std::byte> bytes)
{
    return digest_of<16>(bytes, EVP_md5());
}

std::string encode_base64(std::span<const std::byte> bytes)
{
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0'); // EVP_EncodeBlock ends with a NUL
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::optional<std::string> decode_base64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=')
        ++padding;
    const std::string_view digits = text.substr(0, text.size() - padding);
    // EVP_DecodeBlock skips surrounding blanks and takes `=` for a digit, so the alphabet is checked first.
    if (!std::all_of(digits.begin(), digits.end(), is_base64_digit))
        return std::nullopt;
    std::string bytes(text.size() / 4 * 3, '\0');
    const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (size < 0)
        return std::nullopt;
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

} // namespace jackfield
