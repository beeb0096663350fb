#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace jackfield {

/// The two loops that see every byte of every message, for one kind of processor: masking (RFC 6455 section
/// 5.3) and checking UTF-8 (RFC 3629). All kinds give the same results. Stateless; any thread.
struct TextKernels {
    using Key = std::array<std::byte, 4>;
    /// The sizes that `check` and `unmask_and_check` take are multiples of this many bytes.
    static constexpr std::size_t block = 64;

    std::string_view name; ///< "plain", "ssse3", "avx2", "avx512"
    /// Combines `data` with `key`, whose first byte belongs to the first byte of `data`. Any size.
    void (*unmask)(std::span<std::byte> data, Key key);
    /// Whether `text`, which begins with a character, is the beginning of valid UTF-8; it may end inside a
    /// character. A first byte of a character at its very end is not judged yet.
    bool (*check)(std::span<const std::byte> text);
    /// Both in one pass. After a false answer what stands in `data` is of no use.
    bool (*unmask_and_check)(std::span<std::byte> data, Key key);
};

/// The fastest ones that this processor can run; chosen once.
[[nodiscard]] const TextKernels& text_kernels();
/// All that this processor can run, the plain ones first.
[[nodiscard]] std::span<const TextKernels* const> all_text_kernels();

} // namespace jackfield
