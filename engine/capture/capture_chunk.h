#pragma once

#include "jackfield/capture_store.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace jackfield {

/// A block of packed records of consecutive sequences. Records grow from its beginning, their offsets (32
/// bits each) from its end, so that nothing ever moves: what has been appended is immutable, and other
/// threads may read it while the owner appends behind it, as long as they stay below a count that the owner
/// gave them.
class CaptureChunk {
public:
    /// A record as it is appended.
    struct Item {
        const TrafficRecord* passed = nullptr; ///< the payload only where `payload` says so
        std::uint32_t slot = 0; ///< of its connection
        bool is_divider = false;
        bool payload_kept = true;
        bool headers_only = false;
        bool by_reference = false;
        SharedBytes reference; ///< where by_reference
    };
    /// What the owner has to know of a record that goes.
    struct Remains {
        std::uint32_t slot = 0;
        bool is_divider = false;
        const std::byte* reference = nullptr; ///< null: the payload was in place
        std::size_t reference_size = 0;
    };

    /// Throws std::bad_alloc. `size`: bytes, a multiple of eight, the object's own included.
    CaptureChunk(std::uint64_t first_sequence, std::size_t size);
    ~CaptureChunk();
    CaptureChunk(const CaptureChunk&) = delete;
    CaptureChunk& operator=(const CaptureChunk&) = delete;

    /// Bytes that a record takes, its offset included.
    [[nodiscard]] static std::size_t size_of(const Item& item);
    [[nodiscard]] bool has_room_for(std::size_t bytes) const { return bytes <= capacity_ - used_; }
    /// Precondition: there is room. Takes the reference over.
    void append(Item&& item);

    [[nodiscard]] std::uint64_t first_sequence() const { return first_; }
    [[nodiscard]] std::uint32_t count() const { return count_; } ///< owner only
    [[nodiscard]] std::size_t memory() const { return memory_; } ///< without payloads by reference
    std::size_t referenced = 0; ///< owner only: bytes of payloads that came first with this chunk's records

    /// `index` below a count. The connection is what `connections` says.
    void read(std::uint32_t index, const CaptureConnections& connections, CapturedRecord& record) const;
    [[nodiscard]] Remains remains(std::uint32_t index) const;

private:
    struct Header;
    [[nodiscard]] const std::byte* place_of(std::uint32_t index) const;

    std::unique_ptr<std::byte[]> bytes_;
    std::size_t capacity_;
    std::size_t memory_;
    std::size_t filled_ = 0; // by records, from the beginning
    std::size_t used_ = 0; // by records and offsets
    std::uint64_t first_;
    std::uint32_t count_ = 0;
};

} // namespace jackfield
