#include "base/text_kernels.h"

#include "base/text_kernels_x86.h"
#include "base/utf8.h"

#include <cstdint>
#include <cstring>
#include <vector>

namespace jackfield {

namespace {

void unmask_plain(std::span<std::byte> data, TextKernels::Key key)
{
    std::uint32_t half = 0;
    std::memcpy(&half, key.data(), sizeof half);
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
}

bool check_plain(std::span<const std::byte> text)
{
    Utf8Validator validator;
    return validator.feed_plain(text);
}

bool unmask_and_check_plain(std::span<std::byte> data, TextKernels::Key key)
{
    // A piece of this size is still in the processor's first cache for the check.
    constexpr std::size_t piece = 4096;
    Utf8Validator validator;
    for (; !data.empty(); data = data.subspan(std::min(piece, data.size()))) {
        const auto part = data.first(std::min(piece, data.size()));
        unmask_plain(part, key);
        if (!validator.feed_plain(part))
            return false;
    }
    return true;
}

constexpr TextKernels plain{"plain", unmask_plain, check_plain, unmask_and_check_plain};

std::vector<const TextKernels*> find_kernels()
{
    std::vector<const TextKernels*> found{&plain};
#ifdef JACKFIELD_X86_KERNELS
    if (__builtin_cpu_supports("ssse3"))
        found.push_back(&ssse3_kernels);
    if (__builtin_cpu_supports("avx2"))
        found.push_back(&avx2_kernels);
    // Those that have VBMI as well do not slow down for vectors of this size.
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi"))
        found.push_back(&avx512_kernels);
#endif
    return found;
}

const std::vector<const TextKernels*>& kernels()
{
    static const std::vector<const TextKernels*> found = find_kernels();
    return found;
}

} // namespace

const TextKernels& text_kernels()
{
    static const TextKernels& best = *kernels().back();
    return best;
}

std::span<const TextKernels* const> all_text_kernels()
{
    return kernels();
}

} // namespace jackfield
