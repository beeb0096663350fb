#include "base/buffer_pool.h"

#include <algorithm>
#include <utility>

namespace jackfield {

std::vector<std::byte> BufferPool::take(std::size_t size) noexcept
{
    if (kept_ == 0 || size < least)
        return {};
    Slot* best = nullptr;
    for (Slot& slot : slots_) {
        const std::size_t capacity = slot.buffer.capacity();
        if (capacity >= size && capacity / 4 <= size && (!best || capacity < best->buffer.capacity()))
            best = &slot;
    }
    if (!best)
        return {};
    kept_ -= best->buffer.capacity();
    return std::exchange(best->buffer, {});
}

void BufferPool::give_back(std::vector<std::byte> buffer) noexcept
{
    const std::size_t capacity = buffer.capacity();
    if (capacity < least || capacity > most_kept)
        return;
    // An empty place or the smallest buffer gives way.
    Slot& slot = *std::ranges::min_element(slots_, {}, [](const Slot& one) { return one.buffer.capacity(); });
    if (slot.buffer.capacity() >= capacity || kept_ - slot.buffer.capacity() + capacity > most_kept)
        return;
    free(slot);
    buffer.clear();
    kept_ += capacity;
    slot = {std::move(buffer), true};
}

void BufferPool::release_unused() noexcept
{
    for (Slot& slot : slots_) {
        if (!std::exchange(slot.is_fresh, false))
            free(slot);
    }
}

void BufferPool::free(Slot& slot) noexcept
{
    kept_ -= slot.buffer.capacity();
    slot.buffer = std::vector<std::byte>();
}

} // namespace jackfield
