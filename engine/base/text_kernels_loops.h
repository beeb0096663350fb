// The loops over whole blocks, written once for every vector: each source that has defined its Vector and what
// it does with one includes this inside its own namespace.

JACKFIELD_TARGET void unmask(std::span<std::byte> data, TextKernels::Key key)
{
    const Vector keys = repeat(key);
    std::byte* at = data.data();
    std::size_t left = data.size();
    for (; left >= TextKernels::block; left -= TextKernels::block, at += TextKernels::block) {
        for (std::size_t i = 0; i < vectors; ++i)
            store(at + i * vector_bytes, combine(load(at + i * vector_bytes), keys));
    }
    for (; left >= vector_bytes; left -= vector_bytes, at += vector_bytes)
        store(at, combine(load(at), keys));
    std::uint64_t word_key = 0;
    std::memcpy(&word_key, key.data(), key.size());
    word_key |= word_key << 32U;
    for (; left >= sizeof word_key; left -= sizeof word_key, at += sizeof word_key) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        word ^= word_key;
        std::memcpy(at, &word, sizeof word);
    }
    for (std::size_t i = 0; i < left; ++i)
        at[i] ^= key[i % key.size()];
}

template <bool is_masked>
JACKFIELD_TARGET inline bool check_blocks(std::byte* at, std::size_t size, Vector keys)
{
    Vector before = zero();
    bool was_ascii = true;
    for (const std::byte* const end = at + size; at != end; at += TextKernels::block) {
        Vector bytes[vectors];
        Vector any = zero();
        for (std::size_t i = 0; i < vectors; ++i) {
            bytes[i] = load(at + i * vector_bytes);
            if constexpr (is_masked) {
                bytes[i] = combine(bytes[i], keys);
                store(at + i * vector_bytes, bytes[i]);
            }
            any = either(any, bytes[i]);
        }
        const bool now_ascii = is_ascii(any);
        if (now_ascii && was_ascii)
            continue;
        Vector errors = now_ascii ? unfinished_at_end(before) : zero();
        for (std::size_t i = 0; i < vectors && !now_ascii; ++i)
            errors = either(errors, errors_in(bytes[i], i == 0 ? before : bytes[i - 1]));
        if (!is_zero(errors))
            return false;
        before = now_ascii ? zero() : bytes[vectors - 1];
        was_ascii = now_ascii;
    }
    return true;
}

JACKFIELD_TARGET bool check(std::span<const std::byte> text)
{
    // Without masking nothing is written.
    return check_blocks<false>(const_cast<std::byte*>(text.data()), text.size(), zero());
}

JACKFIELD_TARGET bool unmask_and_check(std::span<std::byte> data, TextKernels::Key key)
{
    return check_blocks<true>(data.data(), data.size(), repeat(key));
}
