#pragma once

#include "base/buffer_pool.h"
#include "base/byte_buffer.h"

#include "jackfield/shared_bytes.h"

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace jackfield::session {

class WriteQueuePool;

/// Bytes waiting to be written, in order: own bytes gathered in one buffer, and large shared ones by
/// reference. An empty queue owns nothing: its storage comes from a pool on the first byte and returns there
/// with the last. One thread; the pool must outlive it.
class WriteQueue {
public:
    explicit WriteQueue(WriteQueuePool& pool)
        : pool_(&pool)
    { }
    WriteQueue(const WriteQueue&) = delete;
    WriteQueue& operator=(const WriteQueue&) = delete;
    ~WriteQueue();

    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// Appends what `fill` writes into the buffer it is given: `fill(ByteBuffer&)`, about `expected` bytes. Throws
    /// std::bad_alloc, with the queue unchanged.
    template <class Fill>
    void append_with(Fill&& fill, std::size_t expected = 0)
    {
        Storage& storage = need_storage();
        const std::size_t before = storage.own.size();
        try {
            if (expected >= BufferPool::least)
                expect(expected);
            make_room_for_a_segment();
            fill(storage.own);
        } catch (...) {
            storage.own.truncate(before);
            if (size_ == 0)
                clear();
            throw;
        }
        note_own(storage.own.size() - before);
        if (size_ == 0)
            clear();
    }
    void append(std::span<const std::byte> bytes);
    /// By reference from 4 KiB on, by copy below.
    void append(SharedBytes bytes);

    /// What is appended from here to `end_message` is one message. Throws std::bad_alloc, with the queue unchanged.
    void begin_message();
    void end_message() noexcept;
    /// Appends one message, header and payload, of which the first `written` bytes, less than all, have been written already. The
    /// queue must be empty. Throws std::bad_alloc, with the queue unchanged.
    void append_begun(std::span<const std::byte> header, std::span<const std::byte> payload, std::uint64_t written);
    /// Messages of which something is still here.
    [[nodiscard]] std::uint64_t messages() const;
    /// Drops the messages of which nothing has been consumed, and nothing else; returns how many there were. Throws
    /// std::bad_alloc, with the queue unchanged.
    std::uint64_t drop_messages();

    /// Describes the front of the queue for one gathering write; returns how many of `parts` it filled.
    std::size_t gather(std::span<iovec> parts) const;
    /// Removes `count` bytes that have been written.
    void consume(std::uint64_t count);
    /// Drops everything.
    void clear();

private:
    friend class WriteQueuePool;
    struct Segment {
        SharedBytes shared; // empty: the next `length` bytes of `own`
        std::size_t offset = 0;
        std::size_t length = 0;
    };
    struct Message { // where it begins and ends, counted from the storage's first byte
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
    };
    struct Storage {
        ByteBuffer own;
        std::vector<Segment> segments;
        std::vector<Message> messages;
        std::size_t first = 0; // segments before it are written
        std::size_t first_message = 0; // and messages
        std::uint64_t written = 0;
        std::uint64_t message_begin = 0; // of the one that is being appended
    };
    Storage& need_storage();
    void make_room_for_a_segment();
    void expect(std::size_t bytes);
    void note_own(std::size_t count);

    WriteQueuePool* pool_;
    std::unique_ptr<Storage> storage_;
    std::uint64_t size_ = 0;
};

/// Keeps a bounded number of emptied storages for the next queue that needs one.
class WriteQueuePool {
public:
    /// Throws std::bad_alloc.
    std::unique_ptr<WriteQueue::Storage> take();
    void give_back(std::unique_ptr<WriteQueue::Storage> storage) noexcept;
    [[nodiscard]] std::size_t kept() const { return free_.size(); }
    /// The memory of large messages, for those that arrive as well.
    [[nodiscard]] BufferPool& large_buffers() { return large_; }

private:
    static constexpr std::size_t max_kept = 256;
    static constexpr std::size_t max_kept_bytes = 64U << 10U; // of one storage
    std::vector<std::unique_ptr<WriteQueue::Storage>> free_;
    BufferPool large_;
};

} // namespace jackfield::session
