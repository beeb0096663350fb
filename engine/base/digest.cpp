#include "base/digest.h"

#include <openssl/evp.h>

namespace jackfield {

namespace {

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

} // namespace jackfield
