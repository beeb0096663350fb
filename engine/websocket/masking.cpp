#include "websocket/masking.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>

namespace jackfield::websocket {

namespace {

/// Unmasked and checked in turn, a block of this size is still in the processor's first cache for the check.
constexpr std::size_t block_bytes = 4096;

class SystemMaskingKeys final : public MaskingKeySource {
public:
    MaskingKey next() override
    {
        thread_local std::random_device device;
        static_assert(sizeof(std::random_device::result_type) == sizeof(MaskingKey));
        const auto value = device();
        MaskingKey key{};
        std::memcpy(key.data(), &value, key.size());
        return key;
    }
};

} // namespace

void apply_mask(std::span<std::byte> data, MaskingKey& key)
{
    std::uint32_t half = 0;
    std::memcpy(&half, key.data(), sizeof half);
    if (half == 0)
        return;
    const std::uint64_t word_key = std::uint64_t{half} << 32U | half;
    std::byte* at = data.data();
    std::size_t left = data.size();
    for (; left >= sizeof word_key; left -= sizeof word_key, at += sizeof word_key) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        word ^= word_key;
        std::memcpy(at, &word, sizeof word);
    }
    for (std::size_t i = 0; i < left; ++i)
        at[i] ^= key[i % key.size()];
    std::rotate(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(left % key.size()), key.end());
}

bool unmask_text(std::span<std::byte> data, MaskingKey& key, Utf8Validator& validator)
{
    while (!data.empty()) {
        const auto block = data.first(std::min(data.size(), block_bytes));
        apply_mask(block, key);
        if (!validator.feed(block))
            return false;
        data = data.subspan(block.size());
    }
    return true;
}

MaskingKeySource& system_masking_keys()
{
    static SystemMaskingKeys keys;
    return keys;
}

} // namespace jackfield::websocket
