#include "session/write_queue.h"

#include <algorithm>
#include <utility>

namespace jackfield::session {

namespace {
constexpr std::size_t by_reference_from = 4096;
}

std::unique_ptr<WriteQueue::Storage> WriteQueuePool::take()
{
    if (free_.empty()) {
        free_.reserve(max_kept); // here, since giving back must not fail
        return std::make_unique<WriteQueue::Storage>();
    }
    auto storage = std::move(free_.back());
    free_.pop_back();
    return storage;
}

void WriteQueuePool::give_back(std::unique_ptr<WriteQueue::Storage> storage) noexcept
{
    storage->segments.clear();
    storage->first = 0;
    storage->own.clear();
    if (storage->own.capacity() > max_kept_bytes || free_.size() >= max_kept)
        return;
    free_.push_back(std::move(storage));
}

WriteQueue::~WriteQueue()
{
    clear();
}

WriteQueue::Storage& WriteQueue::need_storage()
{
    if (!storage_)
        storage_ = pool_->take();
    return *storage_;
}

void WriteQueue::make_room_for_a_segment()
{
    auto& segments = storage_->segments;
    if (segments.size() == segments.capacity())
        segments.reserve(std::max<std::size_t>(4, segments.size() * 2));
}

void WriteQueue::note_own(std::size_t count)
{
    if (count == 0)
        return;
    auto& segments = storage_->segments;
    if (segments.size() > storage_->first && segments.back().shared.empty())
        segments.back().length += count;
    else
        segments.push_back({{}, 0, count});
    size_ += count;
}

void WriteQueue::append(std::span<const std::byte> bytes)
{
    append_with([bytes](ByteBuffer& own) { own.append(bytes); });
}

void WriteQueue::append(SharedBytes bytes)
{
    if (bytes.size() < by_reference_from) {
        append(bytes.view());
        return;
    }
    const std::size_t length = bytes.size();
    need_storage();
    try {
        make_room_for_a_segment();
    } catch (...) {
        if (size_ == 0)
            clear();
        throw;
    }
    storage_->segments.push_back({std::move(bytes), 0, length});
    size_ += length;
}

std::size_t WriteQueue::gather(std::span<iovec> parts) const
{
    if (!storage_)
        return 0;
    std::size_t filled = 0;
    const auto own = std::as_const(storage_->own).view();
    std::size_t own_offset = 0;
    for (std::size_t i = storage_->first; i < storage_->segments.size() && filled < parts.size(); ++i) {
        const Segment& segment = storage_->segments[i];
        const std::byte* start = nullptr;
        if (segment.shared.empty()) {
            start = own.data() + own_offset;
            own_offset += segment.length;
        } else {
            start = segment.shared.data() + segment.offset;
        }
        parts[filled++] = {const_cast<std::byte*>(start), segment.length};
    }
    return filled;
}

void WriteQueue::consume(std::uint64_t count)
{
    size_ -= count;
    if (size_ == 0) {
        clear();
        return;
    }
    auto& storage = *storage_;
    while (count > 0) {
        Segment& segment = storage.segments[storage.first];
        const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(count, segment.length));
        if (segment.shared.empty())
            storage.own.consume(taken);
        segment.offset += taken;
        segment.length -= taken;
        count -= taken;
        if (segment.length == 0) {
            segment.shared = {};
            ++storage.first;
        }
    }
    if (storage.first > 64 && storage.first > storage.segments.size() / 2) {
        storage.segments.erase(
            storage.segments.begin(), storage.segments.begin() + static_cast<std::ptrdiff_t>(storage.first));
        storage.first = 0;
    }
}

void WriteQueue::clear()
{
    size_ = 0;
    if (storage_)
        pool_->give_back(std::move(storage_));
}

} // namespace jackfield::session
