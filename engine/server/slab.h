#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

namespace jackfield::server {

/// Objects in numbered slots with stable addresses. A freed slot is used again under a new generation, so a
/// stale (slot, generation) pair finds nothing. At most 2^24 slots. One thread.
template <class T>
class Slab {
public:
    struct Handle {
        std::uint32_t slot = 0;
        std::uint32_t generation = 0; ///< from 1; 0 names nothing
    };

    /// The handle that the next `emplace` will give. Throws std::bad_alloc.
    [[nodiscard]] Handle next_handle()
    {
        if (free_.empty())
            grow();
        const std::uint32_t slot = free_.back();
        return {slot, entry(slot).generation + 1};
    }
    template <class... Arguments>
    T& emplace(Arguments&&... arguments)
    {
        const Handle handle = next_handle();
        Entry& place = entry(handle.slot);
        place.value.emplace(std::forward<Arguments>(arguments)...);
        place.generation = handle.generation;
        free_.pop_back();
        ++size_;
        return *place.value;
    }
    [[nodiscard]] T* find(std::uint32_t slot, std::uint32_t generation)
    {
        if (slot >= blocks_.size() * block_size)
            return nullptr;
        Entry& place = entry(slot);
        return place.generation == generation && place.value ? &*place.value : nullptr;
    }
    /// The object in a slot that is known to hold one.
    [[nodiscard]] T& find_any(std::uint32_t slot) { return *entry(slot).value; }
    void erase(std::uint32_t slot)
    {
        Entry& place = entry(slot);
        place.value.reset();
        free_.push_back(slot); // reserved by grow(): cannot throw
        --size_;
    }
    [[nodiscard]] std::size_t size() const { return size_; }
    /// How many slots there are; no slot number is as high.
    [[nodiscard]] std::size_t slot_count() const { return blocks_.size() * block_size; }
    /// Calls `visit(T&)` for every object; the visit may erase the one it was given.
    template <class Visit>
    void for_each(Visit&& visit)
    {
        for (auto& block : blocks_) {
            for (Entry& place : *block) {
                if (place.value)
                    visit(*place.value);
            }
        }
    }

private:
    static constexpr std::size_t block_size = 256;
    struct Entry {
        std::optional<T> value;
        std::uint32_t generation = 0;
    };
    using Block = std::array<Entry, block_size>;

    Entry& entry(std::uint32_t slot) { return (*blocks_[slot / block_size])[slot % block_size]; }
    void grow()
    {
        const std::size_t total = (blocks_.size() + 1) * block_size;
        if (total > (std::size_t{1} << 24U))
            throw std::bad_alloc();
        free_.reserve(total);
        blocks_.push_back(std::make_unique<Block>());
        for (std::size_t i = block_size; i-- > 0;)
            free_.push_back(static_cast<std::uint32_t>(total - block_size + i));
    }

    std::vector<std::unique_ptr<Block>> blocks_;
    std::vector<std::uint32_t> free_;
    std::size_t size_ = 0;
};

} // namespace jackfield::server
