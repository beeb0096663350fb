#include "session/write_queue.h"

#include <algorithm>
#include <cassert>
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
    storage->messages.clear();
    storage->first = storage->first_message = 0;
    storage->written = storage->message_begin = 0;
    storage->own.clear();
    if (storage->own.capacity() > max_kept_bytes)
        large_.give_back(storage->own.take_memory());
    if (free_.size() >= max_kept)
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

void WriteQueue::expect(std::size_t bytes)
{
    ByteBuffer& own = storage_->own;
    if (!own.empty() || own.capacity() >= bytes)
        return;
    if (auto memory = pool_->large_buffers().take(bytes); memory.capacity() > 0)
        own.set_memory(std::move(memory));
    else
        own.reserve(bytes);
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

void WriteQueue::begin_message()
{
    auto& messages = need_storage().messages;
    try {
        if (messages.size() == messages.capacity())
            messages.reserve(std::max<std::size_t>(16, messages.size() * 2));
    } catch (...) {
        if (size_ == 0)
            clear();
        throw;
    }
    storage_->message_begin = storage_->written + size_;
}

void WriteQueue::end_message() noexcept
{
    if (!storage_) // it is empty
        return;
    const std::uint64_t end = storage_->written + size_;
    if (end > storage_->message_begin)
        storage_->messages.push_back({storage_->message_begin, end}); // there is room
    if (size_ == 0)
        clear();
}

void WriteQueue::append_begun(
    std::span<const std::byte> header, std::span<const std::byte> payload, std::uint64_t written)
{
    assert(empty() && written < header.size() + payload.size());
    const auto of_header = static_cast<std::size_t>(std::min<std::uint64_t>(written, header.size()));
    header = header.subspan(of_header);
    payload = payload.subspan(static_cast<std::size_t>(written) - of_header);
    begin_message();
    append_with([&](ByteBuffer& own) {
        own.append(header);
        own.append(payload);
    }, header.size() + payload.size());
    storage_->written = written; // so that the message begins before it
    end_message();
}

std::uint64_t WriteQueue::messages() const
{
    return storage_ ? storage_->messages.size() - storage_->first_message : 0;
}

std::uint64_t WriteQueue::drop_messages()
{
    if (messages() == 0)
        return 0;
    const Storage& old = *storage_;
    auto left = pool_->take();
    std::uint64_t dropped = 0, kept = 0, own_offset = 0;
    std::uint64_t position = old.written; // of the byte that is looked at
    std::size_t message = old.first_message;
    const auto own = std::as_const(old.own).view();
    if (old.messages[message].begin < old.written)
        left->messages.push_back({0, old.messages[message++].end - old.written});
    for (std::size_t i = old.first; i < old.segments.size(); ++i) {
        const Segment& segment = old.segments[i];
        for (std::size_t offset = 0; offset < segment.length;) {
            while (message < old.messages.size() && old.messages[message].end <= position)
                ++message, ++dropped;
            const bool is_dropped = message < old.messages.size() && old.messages[message].begin <= position;
            const std::uint64_t until = message == old.messages.size() ? position + segment.length
                : is_dropped                                           ? old.messages[message].end
                                                                       : old.messages[message].begin;
            const auto part
                = static_cast<std::size_t>(std::min<std::uint64_t>(until - position, segment.length - offset));
            if (!is_dropped) {
                if (!segment.shared.empty()) {
                    left->segments.push_back({segment.shared, segment.offset + offset, part});
                } else {
                    left->own.append(own.subspan(static_cast<std::size_t>(own_offset) + offset, part));
                    if (!left->segments.empty() && left->segments.back().shared.empty())
                        left->segments.back().length += part;
                    else
                        left->segments.push_back({{}, 0, part});
                }
                kept += part;
            }
            position += part;
            offset += part;
        }
        own_offset += segment.shared.empty() ? segment.length : 0;
    }
    dropped += old.messages.size() - message;
    size_ = kept;
    pool_->give_back(std::exchange(storage_, std::move(left)));
    if (size_ == 0)
        clear();
    return dropped;
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
    storage.written += count;
    while (storage.first_message < storage.messages.size()
        && storage.messages[storage.first_message].end <= storage.written)
        ++storage.first_message;
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
    if (storage.first_message > 64 && storage.first_message > storage.messages.size() / 2) {
        storage.messages.erase(storage.messages.begin(),
            storage.messages.begin() + static_cast<std::ptrdiff_t>(storage.first_message));
        storage.first_message = 0;
    }
}

void WriteQueue::clear()
{
    size_ = 0;
    if (storage_)
        pool_->give_back(std::move(storage_));
}

} // namespace jackfield::session
