#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace jackfield {

/// Keeps the memory of large messages for the next ones, since fresh memory costs more than what is done with it: the
/// kernel clears each page on its first touch. Bounded, and empty again soon after the last large message. One thread.
class BufferPool {
public:
    static constexpr std::size_t least = 32U << 10U; ///< bytes from which a buffer is worth keeping
    static constexpr std::size_t most_kept = 64U << 20U; ///< bytes of all that are kept

    /// An empty buffer with room for `size` bytes and at most four times as many; one without memory where there is none.
    [[nodiscard]] std::vector<std::byte> take(std::size_t size) noexcept;
    /// Keeps the memory of `buffer` or frees it.
    void give_back(std::vector<std::byte> buffer) noexcept;
    /// Frees what has not been given back since the last call.
    void release_unused() noexcept;
    [[nodiscard]] bool holds_any() const { return kept_ > 0; }
    [[nodiscard]] std::size_t kept_bytes() const { return kept_; }

private:
    struct Slot {
        std::vector<std::byte> buffer;
        bool is_fresh = false; // given back since the last `release_unused`
    };
    void free(Slot& slot) noexcept;
    std::array<Slot, 16> slots_;
    std::size_t kept_ = 0;
};

} // namespace jackfield
