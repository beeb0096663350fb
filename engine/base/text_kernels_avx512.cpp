#include "base/text_kernels_x86.h"

#ifdef JACKFIELD_X86_KERNELS

#include <cstring>
#include <immintrin.h>

#ifndef __clang__
// GCC's own header leaves the source of bytes that no mask keeps undefined on purpose, and GCC 12 warns of it.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

// Every function here carries the processor that it needs, so that no other code is compiled for it.
#define JACKFIELD_TARGET __attribute__((target("avx512f,avx512bw")))

namespace jackfield {

namespace {

using Vector = __m512i;
constexpr std::size_t vector_bytes = sizeof(Vector);
constexpr std::size_t vectors = TextKernels::block / vector_bytes;

JACKFIELD_TARGET inline Vector load(const std::byte* at)
{
    return _mm512_loadu_si512(at);
}

JACKFIELD_TARGET inline void store(std::byte* at, Vector value)
{
    _mm512_storeu_si512(at, value);
}

JACKFIELD_TARGET inline Vector repeat(TextKernels::Key key)
{
    int value = 0;
    std::memcpy(&value, key.data(), sizeof value);
    return _mm512_set1_epi32(value);
}

JACKFIELD_TARGET inline Vector all(std::uint8_t value)
{
    return _mm512_set1_epi8(static_cast<char>(value));
}

JACKFIELD_TARGET inline Vector look_up(const utf8_pairs::Table& table, Vector nibbles)
{
    const __m128i quarter = _mm_load_si128(reinterpret_cast<const __m128i*>(table));
    return _mm512_shuffle_epi8(_mm512_broadcast_i32x4(quarter), nibbles);
}

JACKFIELD_TARGET inline Vector upper_half(Vector bytes)
{
    return _mm512_and_si512(_mm512_srli_epi16(bytes, 4), all(0x0f));
}

/// Not all zero where a pair or a missing continuation is wrong.
JACKFIELD_TARGET inline Vector errors_in(Vector bytes, Vector before)
{
    constexpr int all_three = 0x80; // a & b & c
    constexpr int both_differ = 0x6a; // (a & b) ^ c
    const Vector quarters_before = _mm512_alignr_epi64(bytes, before, 6);
    const Vector one_before = _mm512_alignr_epi8(bytes, quarters_before, 15);
    const Vector pairs = _mm512_ternarylogic_epi64(look_up(utf8_pairs::first_high, upper_half(one_before)),
        look_up(utf8_pairs::first_low, _mm512_and_si512(one_before, all(0x0f))),
        look_up(utf8_pairs::second_high, upper_half(bytes)), all_three);
    const Vector third = _mm512_subs_epu8(_mm512_alignr_epi8(bytes, quarters_before, 14), all(0xe0 - 0x80));
    const Vector fourth = _mm512_subs_epu8(_mm512_alignr_epi8(bytes, quarters_before, 13), all(0xf0 - 0x80));
    return _mm512_ternarylogic_epi64(_mm512_or_si512(third, fourth), all(0x80), pairs, both_differ);
}

/// Not all zero where a character goes on behind `bytes`.
JACKFIELD_TARGET inline Vector unfinished_at_end(Vector bytes)
{
    alignas(vector_bytes) std::uint8_t most[vector_bytes];
    std::memset(most, 0xff, sizeof most);
    std::memcpy(most + vector_bytes - 3, utf8_pairs::last_of_three, 3);
    return _mm512_subs_epu8(bytes, _mm512_load_si512(most));
}

JACKFIELD_TARGET inline bool is_ascii(Vector bytes)
{
    return _mm512_movepi8_mask(bytes) == 0;
}

JACKFIELD_TARGET inline Vector either(Vector a, Vector b)
{
    return _mm512_or_si512(a, b);
}

JACKFIELD_TARGET inline bool is_zero(Vector value)
{
    return _mm512_test_epi64_mask(value, value) == 0;
}

JACKFIELD_TARGET inline Vector combine(Vector bytes, Vector key)
{
    return _mm512_xor_si512(bytes, key);
}

JACKFIELD_TARGET inline Vector zero()
{
    return _mm512_setzero_si512();
}

#include "base/text_kernels_loops.h"

} // namespace

const TextKernels avx512_kernels{"avx512", unmask, check, unmask_and_check};

} // namespace jackfield

#endif
