#include "websocket/deflate_pool.h"

#include <algorithm>

namespace jackfield::websocket {

namespace {

constexpr std::size_t max_inflaters = 8;
constexpr std::size_t max_buffers = 4;
constexpr std::size_t max_buffer_bytes = 64U << 10U;
constexpr std::uint32_t first_format = 16;
// RFC 1951: two bits can stand for 258 bytes.
constexpr std::uint64_t most_growth = 1032;
constexpr std::size_t smallest_piece = 256;
constexpr std::size_t largest_piece = 16U << 10U;
// Reading a block's code tables takes about as long as writing a few times their size.
constexpr std::uint64_t cost_of_input = 4;

} // namespace

std::optional<DeflatePool::Promise> DeflatePool::promise(std::uint64_t bytes)
{
    if (promised_ > context_budget_ || bytes > context_budget_ - promised_) {
        ++denials_;
        return std::nullopt;
    }
    return Promise(*this, bytes);
}

Deflater& DeflatePool::shared_deflater(int level, int window_bits)
{
    auto found = std::ranges::find_if(shared_,
        [&](const SharedDeflater& each) { return each.level == level && each.window_bits == window_bits; });
    if (found == shared_.end()) {
        shared_.push_back({level, window_bits, std::make_unique<Deflater>(level, window_bits), {}});
        found = shared_.end() - 1;
    } else {
        found->deflater->reset();
    }
    found->used_at = now_;
    return *found->deflater;
}

DeflatePool::KeptDeflaters::iterator DeflatePool::keep_deflater(int level, int window_bits)
{
    return kept_.insert(kept_.end(), KeptDeflater{level, std::min(window_bits, kept_window_bits), nullptr, {}});
}

Deflater& DeflatePool::use(KeptDeflaters::iterator kept)
{
    if (!kept->deflater)
        kept->deflater = std::make_unique<Deflater>(kept->level, kept->window_bits, kept_memory_level);
    kept->used_at = now_;
    return *kept->deflater;
}

std::unique_ptr<Inflater> DeflatePool::take_inflater()
{
    inflated_at_ = now_;
    if (inflaters_.empty())
        return std::make_unique<Inflater>();
    auto inflater = std::move(inflaters_.back());
    inflaters_.pop_back();
    return inflater;
}

void DeflatePool::give_back(std::unique_ptr<Inflater> inflater) noexcept
{
    if (!inflater || inflaters_.size() >= max_inflaters)
        return;
    inflater->reset();
    try {
        inflaters_.push_back(std::move(inflater));
    } catch (const std::bad_alloc&) {
        // Then it is freed.
    }
}

std::vector<std::byte> DeflatePool::take_buffer() noexcept
{
    buffer_used_at_ = now_;
    if (buffers_.empty())
        return {};
    auto buffer = std::move(buffers_.back());
    buffers_.pop_back();
    return buffer;
}

void DeflatePool::give_back(std::vector<std::byte> buffer) noexcept
{
    if (buffer.capacity() == 0 || buffer.capacity() > max_buffer_bytes || buffers_.size() >= max_buffers)
        return;
    buffer.clear();
    try {
        buffers_.push_back(std::move(buffer));
    } catch (const std::bad_alloc&) {
        // Then it is freed.
    }
}

std::uint32_t DeflatePool::wire_format(int level, int window_bits, std::uint64_t threshold)
{
    const Format format{level, window_bits, threshold};
    const auto found = std::ranges::find(formats_, format);
    const auto index = static_cast<std::uint32_t>(found - formats_.begin());
    if (found == formats_.end())
        formats_.push_back(format);
    return first_format + index;
}

std::size_t DeflatePool::piece_size() const
{
    return static_cast<std::size_t>(
        std::clamp<std::uint64_t>(left_ / most_growth, smallest_piece, largest_piece));
}

void DeflatePool::charge(std::size_t compressed, std::size_t inflated)
{
    if (left_ == no_limit)
        return;
    left_ -= std::min<std::uint64_t>(left_, compressed * cost_of_input + inflated);
}

bool DeflatePool::holds_any() const
{
    return !shared_.empty() || !inflaters_.empty() || !buffers_.empty()
        || std::ranges::any_of(kept_, [](const KeptDeflater& kept) { return kept.deflater != nullptr; });
}

void DeflatePool::release_idle(TimePoint since) noexcept
{
    std::erase_if(shared_, [since](const SharedDeflater& each) { return each.used_at < since; });
    for (KeptDeflater& kept : kept_) {
        if (kept.used_at < since)
            kept.deflater.reset();
    }
    if (inflated_at_ < since)
        std::vector<std::unique_ptr<Inflater>>().swap(inflaters_);
    if (buffer_used_at_ < since)
        std::vector<std::vector<std::byte>>().swap(buffers_);
}

} // namespace jackfield::websocket
