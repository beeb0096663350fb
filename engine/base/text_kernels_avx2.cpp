#include "base/text_kernels_x86.h"

#ifdef JACKFIELD_X86_KERNELS

#include <cstring>
#include <immintrin.h>

// Every function here carries the processor that it needs, so that no other code is compiled for it.
#define JACKFIELD_TARGET __attribute__((target("avx2")))

namespace jackfield {

namespace {

using Vector = __m256i;
constexpr std::size_t vector_bytes = sizeof(Vector);
constexpr std::size_t vectors = TextKernels::block / vector_bytes;

JACKFIELD_TARGET inline Vector load(const std::byte* at)
{
    return _mm256_loadu_si256(reinterpret_cast<const Vector*>(at));
}

JACKFIELD_TARGET inline void store(std::byte* at, Vector value)
{
    _mm256_storeu_si256(reinterpret_cast<Vector*>(at), value);
}

JACKFIELD_TARGET inline Vector repeat(TextKernels::Key key)
{
    int value = 0;
    std::memcpy(&value, key.data(), sizeof value);
    return _mm256_set1_epi32(value);
}

JACKFIELD_TARGET inline Vector all(std::uint8_t value)
{
    return _mm256_set1_epi8(static_cast<char>(value));
}

JACKFIELD_TARGET inline Vector look_up(const utf8_pairs::Table& table, Vector nibbles)
{
    const __m128i half = _mm_load_si128(reinterpret_cast<const __m128i*>(table));
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(half), nibbles);
}

JACKFIELD_TARGET inline Vector upper_half(Vector bytes)
{
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), all(0x0f));
}

/// The bytes `count` places before those of `bytes`, the first of them from the end of `before`.
template <int count>
JACKFIELD_TARGET inline Vector shifted(Vector bytes, Vector before)
{
    return _mm256_alignr_epi8(bytes, _mm256_permute2x128_si256(before, bytes, 0x21), 16 - count);
}

/// Not all zero where a pair or a missing continuation is wrong.
JACKFIELD_TARGET inline Vector errors_in(Vector bytes, Vector before)
{
    const Vector one_before = shifted<1>(bytes, before);
    const Vector pairs = _mm256_and_si256(look_up(utf8_pairs::first_high, upper_half(one_before)),
        _mm256_and_si256(look_up(utf8_pairs::first_low, _mm256_and_si256(one_before, all(0x0f))),
            look_up(utf8_pairs::second_high, upper_half(bytes))));
    const Vector third = _mm256_subs_epu8(shifted<2>(bytes, before), all(0xe0 - 0x80));
    const Vector fourth = _mm256_subs_epu8(shifted<3>(bytes, before), all(0xf0 - 0x80));
    const Vector must_continue = _mm256_and_si256(_mm256_or_si256(third, fourth), all(0x80));
    return _mm256_xor_si256(must_continue, pairs);
}

/// Not all zero where a character goes on behind `bytes`.
JACKFIELD_TARGET inline Vector unfinished_at_end(Vector bytes)
{
    alignas(vector_bytes) std::uint8_t most[vector_bytes];
    std::memset(most, 0xff, sizeof most);
    std::memcpy(most + vector_bytes - 3, utf8_pairs::last_of_three, 3);
    return _mm256_subs_epu8(bytes, _mm256_load_si256(reinterpret_cast<const Vector*>(most)));
}

JACKFIELD_TARGET inline bool is_ascii(Vector bytes)
{
    return _mm256_movemask_epi8(bytes) == 0;
}

JACKFIELD_TARGET inline Vector either(Vector a, Vector b)
{
    return _mm256_or_si256(a, b);
}

JACKFIELD_TARGET inline bool is_zero(Vector value)
{
    return _mm256_testz_si256(value, value) != 0;
}

JACKFIELD_TARGET inline Vector combine(Vector bytes, Vector key)
{
    return _mm256_xor_si256(bytes, key);
}

JACKFIELD_TARGET inline Vector zero()
{
    return _mm256_setzero_si256();
}

#include "base/text_kernels_loops.h"

} // namespace

const TextKernels avx2_kernels{"avx2", unmask, check, unmask_and_check};

} // namespace jackfield

#endif
