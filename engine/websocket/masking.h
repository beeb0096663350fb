#pragma once

#include "base/utf8.h"

#include <array>
#include <cstddef>
#include <span>

namespace jackfield::websocket {

/// The four bytes that a client's payload is combined with (RFC 6455 section 5.3).
using MaskingKey = std::array<std::byte, 4>;

/// Masks or unmasks `data` in place and turns `key`, so that it fits the bytes that follow.
void apply_mask(std::span<std::byte> data, MaskingKey& key);

/// Unmasks a part of a text message in place and checks it as it goes, in one pass over the memory. False at
/// the first byte that can belong to no valid text; what stands in `data` then is of no use.
[[nodiscard]] bool unmask_text(std::span<std::byte> data, MaskingKey& key, Utf8Validator& validator);

/// Where a client takes the key of each frame from. RFC 6455 section 5.3 demands a source that nobody can
/// predict.
class MaskingKeySource {
public:
    virtual ~MaskingKeySource() = default;
    virtual MaskingKey next() = 0;
};

/// Keys from the operating system's entropy. One instance serves all; any thread.
/// Throws what std::random_device throws when the system has no entropy to give.
[[nodiscard]] MaskingKeySource& system_masking_keys();

} // namespace jackfield::websocket
