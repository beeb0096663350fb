#include "websocket/masking.h"

#include "base/text_kernels.h"

#include <algorithm>
#include <cstring>
#include <random>

namespace jackfield::websocket {

namespace {

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

/// Makes it fit the byte `by` places later.
void turn(MaskingKey& key, std::size_t by)
{
    std::rotate(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(by % key.size()), key.end());
}

} // namespace

void apply_mask(std::span<std::byte> data, MaskingKey& key)
{
    if (key == MaskingKey{})
        return;
    text_kernels().unmask(data, key);
    turn(key, data.size());
}

bool unmask_text(std::span<std::byte> data, MaskingKey& key, Utf8Validator& validator)
{
    if (key == MaskingKey{})
        return validator.feed(data);
    if (!validator.unmask_and_feed(data, key))
        return false;
    turn(key, data.size());
    return true;
}

MaskingKeySource& system_masking_keys()
{
    static SystemMaskingKeys keys;
    return keys;
}

} // namespace jackfield::websocket
