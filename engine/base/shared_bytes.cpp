#include "jackfield/shared_bytes.h"

#include "base/spare_blocks.h"

#include <atomic>
#include <cstring>
#include <new>
#include <utility>

namespace jackfield {

/// The count and the size, followed in the same allocation by the bytes.
struct SharedBytes::Block {
    std::atomic<std::size_t> references{1};
    std::size_t size = 0;

    explicit Block(std::size_t byte_count)
        : size(byte_count)
    { }
    std::byte* bytes() { return reinterpret_cast<std::byte*>(this + 1); }

    static Block* create(std::span<const std::byte> bytes)
    {
        if (bytes.empty())
            return nullptr;
        if (bytes.size() > std::size_t(-1) / 2)
            throw std::bad_alloc();
        auto* const block = new (take_block(sizeof(Block) + bytes.size())) Block(bytes.size());
        std::memcpy(block->bytes(), bytes.data(), bytes.size());
        return block;
    }
    static void drop(Block* block)
    {
        // The last one out must see everything that other threads did with the bytes.
        if (block != nullptr && block->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            const std::size_t size = sizeof(Block) + block->size;
            block->~Block();
            give_block_back(block, size);
        }
    }
};

SharedBytes::SharedBytes(std::span<const std::byte> bytes)
    : block_(Block::create(bytes))
{ }

SharedBytes::SharedBytes(std::string_view text)
    : SharedBytes(as_bytes(text))
{ }

SharedBytes::SharedBytes(const SharedBytes& other) noexcept
    : block_(other.block_)
{
    if (block_ != nullptr)
        block_->references.fetch_add(1, std::memory_order_relaxed);
}

SharedBytes::SharedBytes(SharedBytes&& other) noexcept
    : block_(std::exchange(other.block_, nullptr))
{ }

SharedBytes& SharedBytes::operator=(SharedBytes other) noexcept
{
    std::swap(block_, other.block_);
    return *this;
}

SharedBytes::~SharedBytes()
{
    Block::drop(block_);
}

const std::byte* SharedBytes::data() const noexcept
{
    return block_ == nullptr ? nullptr : block_->bytes();
}

std::size_t SharedBytes::size() const noexcept
{
    return block_ == nullptr ? 0 : block_->size;
}

std::string_view SharedBytes::text() const noexcept
{
    return as_text(view());
}

void* SharedBytes::release() noexcept
{
    return std::exchange(block_, nullptr);
}

SharedBytes SharedBytes::adopt(void* released) noexcept
{
    SharedBytes bytes;
    bytes.block_ = static_cast<Block*>(released);
    return bytes;
}

} // namespace jackfield
