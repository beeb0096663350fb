#include "base/text_kernels_x86.h"

#ifdef JACKFIELD_X86_KERNELS

#include <cstring>
#include <immintrin.h>

// Every function here carries the processor that it needs, so that no other code is compiled for it.
#define JACKFIELD_TARGET __attribute__((target("ssse3")))

namespace jackfield {

namespace {

using Vector = __m128i;
constexpr std::size_t vector_bytes = sizeof(Vector);
constexpr std::size_t vectors = TextKernels::block / vector_bytes;

JACKFIELD_TARGET inline Vector load(const std::byte* at)
{
    return _mm_loadu_si128(reinterpret_cast<const Vector*>(at));
}

JACKFIELD_TARGET inline void store(std::byte* at, Vector value)
{
    _mm_storeu_si128(reinterpret_cast<Vector*>(at), value);
}

JACKFIELD_TARGET inline Vector repeat(TextKernels::Key key)
{
    int value = 0;
    std::memcpy(&value, key.data(), sizeof value);
    return _mm_set1_epi32(value);
}

JACKFIELD_TARGET inline Vector all(std::uint8_t value)
{
    return _mm_set1_epi8(static_cast<char>(value));
}

JACKFIELD_TARGET inline Vector look_up(const utf8_pairs::Table& table, Vector nibbles)
{
    return _mm_shuffle_epi8(_mm_load_si128(reinterpret_cast<const Vector*>(table)), nibbles);
}

JACKFIELD_TARGET inline Vector upper_half(Vector bytes)
{
    return _mm_and_si128(_mm_srli_epi16(bytes, 4), all(0x0f));
}

/// The bytes `count` places before those of `bytes`, the first of them from the end of `before`.
template <int count>
JACKFIELD_TARGET inline Vector shifted(Vector bytes, Vector before)
{
    return _mm_alignr_epi8(bytes, before, 16 - count);
}

/// Not all zero where a pair or a missing continuation is wrong.
JACKFIELD_TARGET inline Vector errors_in(Vector bytes, Vector before)
{
    const Vector one_before = shifted<1>(bytes, before);
    const Vector pairs = _mm_and_si128(look_up(utf8_pairs::first_high, upper_half(one_before)),
        _mm_and_si128(look_up(utf8_pairs::first_low, _mm_and_si128(one_before, all(0x0f))),
            look_up(utf8_pairs::second_high, upper_half(bytes))));
    const Vector third = _mm_subs_epu8(shifted<2>(bytes, before), all(0xe0 - 0x80));
    const Vector fourth = _mm_subs_epu8(shifted<3>(bytes, before), all(0xf0 - 0x80));
    const Vector must_continue = _mm_and_si128(_mm_or_si128(third, fourth), all(0x80));
    return _mm_xor_si128(must_continue, pairs);
}

/// Not all zero where a character goes on behind `bytes`.
JACKFIELD_TARGET inline Vector unfinished_at_end(Vector bytes)
{
    alignas(vector_bytes) std::uint8_t most[vector_bytes];
    std::memset(most, 0xff, sizeof most);
    std::memcpy(most + vector_bytes - 3, utf8_pairs::last_of_three, 3);
    return _mm_subs_epu8(bytes, _mm_load_si128(reinterpret_cast<const Vector*>(most)));
}

JACKFIELD_TARGET inline bool is_ascii(Vector bytes)
{
    return _mm_movemask_epi8(bytes) == 0;
}

JACKFIELD_TARGET inline Vector either(Vector a, Vector b)
{
    return _mm_or_si128(a, b);
}

JACKFIELD_TARGET inline bool is_zero(Vector value)
{
    return _mm_movemask_epi8(_mm_cmpeq_epi8(value, _mm_setzero_si128())) == 0xffff;
}

JACKFIELD_TARGET inline Vector combine(Vector bytes, Vector key)
{
    return _mm_xor_si128(bytes, key);
}

JACKFIELD_TARGET inline Vector zero()
{
    return _mm_setzero_si128();
}

#include "base/text_kernels_loops.h"

} // namespace

const TextKernels ssse3_kernels{"ssse3", unmask, check, unmask_and_check};

} // namespace jackfield

#endif
