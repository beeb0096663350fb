#pragma once

#include "base/text_kernels.h"

#include <cstdint>

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define JACKFIELD_X86_KERNELS

namespace jackfield {

extern const TextKernels ssse3_kernels;
extern const TextKernels avx2_kernels;
extern const TextKernels avx512_kernels;

/// How two neighbouring bytes can be wrong, as one bit each; what both halves of the first byte and the upper
/// half of the second one agree on is an error. The method is that of J. Keiser and D. Lemire, "Validating
/// UTF-8 In Less Than One Instruction Per Byte" (2021).
namespace utf8_pairs {

constexpr std::uint8_t too_short = 1U << 0U; ///< a first byte, and no continuation behind it
constexpr std::uint8_t too_long = 1U << 1U; ///< a continuation behind ASCII
constexpr std::uint8_t overlong_3 = 1U << 2U; ///< E0 80..9F
constexpr std::uint8_t too_large = 1U << 3U; ///< F4 90..BF, F5..FF 90..BF
constexpr std::uint8_t surrogate = 1U << 4U; ///< ED A0..BF
constexpr std::uint8_t overlong_2 = 1U << 5U; ///< C0, C1
constexpr std::uint8_t too_large_1000 = 1U << 6U; ///< F5..FF 80..8F
constexpr std::uint8_t overlong_4 = 1U << 6U; ///< F0 80..8F
constexpr std::uint8_t two_continuations = 1U << 7U; ///< wrong unless a byte two or three before asks for it
constexpr std::uint8_t any_low = too_short | too_long | two_continuations;

using Table = std::uint8_t[16];

alignas(16) constexpr Table first_high = {too_long, too_long, too_long, too_long, too_long, too_long,
    too_long, too_long, two_continuations, two_continuations, two_continuations, two_continuations,
    too_short | overlong_2, too_short, too_short | overlong_3 | surrogate,
    too_short | too_large | too_large_1000 | overlong_4};

alignas(16) constexpr Table first_low = {any_low | overlong_3 | overlong_2 | overlong_4, any_low | overlong_2,
    any_low, any_low, any_low | too_large, any_low | too_large | too_large_1000,
    any_low | too_large | too_large_1000, any_low | too_large | too_large_1000,
    any_low | too_large | too_large_1000, any_low | too_large | too_large_1000,
    any_low | too_large | too_large_1000, any_low | too_large | too_large_1000,
    any_low | too_large | too_large_1000, any_low | too_large | too_large_1000 | surrogate,
    any_low | too_large | too_large_1000, any_low | too_large | too_large_1000};

constexpr std::uint8_t continuation = too_long | overlong_2 | two_continuations;

alignas(16) constexpr Table second_high = {too_short, too_short, too_short, too_short, too_short, too_short,
    too_short, too_short, continuation | overlong_3 | too_large_1000 | overlong_4,
    continuation | overlong_3 | too_large, continuation | surrogate | too_large,
    continuation | surrogate | too_large, too_short, too_short, too_short, too_short};

/// Subtracted with saturation from the last bytes of a vector, leaves something where a character goes on
/// behind it.
constexpr std::uint8_t last_of_three[3] = {0xef, 0xdf, 0xbf};

} // namespace utf8_pairs

} // namespace jackfield

#endif
