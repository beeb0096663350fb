#pragma once

#include "jackfield/api.h"
#include "jackfield/captured.h"
#include "jackfield/connection.h"
#include "jackfield/lanes.h"
#include "jackfield/shared_bytes.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jackfield {

class CaptureChunk;
class CaptureConnections;

/// One record of a capture, a message or a divider, as views into what keeps it.
struct CapturedRecord {
    /// Of a divider the payload is its text (UTF-8), and only sequence, connection and wall_ns mean something
    /// beside it; its connection is the null id where it concerns all.
    CapturedMessage message;
    bool is_divider = false;
    bool headers_only = false; ///< the payload is missing since the capture took headers alone
    const CapturedConnection* connection = nullptr; ///< what is known of it; null: nothing
    /// The payload with a life of its own: shared where it is kept by reference, else a copy. Throws
    /// std::bad_alloc.
    [[nodiscard]] JACKFIELD_API SharedBytes shared_payload() const;

private:
    friend class CaptureChunk;
    void* reference_ = nullptr; // the chunk's, never counted here
};

/// What a store held at one moment: immutable, and readable by any thread, while the store goes on. Chunks
/// that give way in the meantime live on for as long as a snapshot holds them, beyond the store's budget.
/// Copies are cheap and share everything.
class JACKFIELD_API CaptureSnapshot {
public:
    CaptureSnapshot() = default; ///< of nothing
    [[nodiscard]] std::uint64_t first_sequence() const { return first_; } ///< of the oldest record
    [[nodiscard]] std::uint64_t end_sequence() const { return end_; } ///< one past the newest
    [[nodiscard]] bool is_empty() const { return first_ == end_; } ///< it holds no record
    /// nullopt for one that is not in it. The views live as long as this snapshot, or a copy of it. O(log
    /// chunks).
    [[nodiscard]] std::optional<CapturedRecord> find(std::uint64_t sequence) const;

private:
    friend class CaptureStore;
    friend class CaptureCursor;
    using Chunks = std::vector<std::shared_ptr<const CaptureChunk>>;
    std::shared_ptr<const Chunks> chunks_; // null: none
    std::shared_ptr<const CaptureConnections> connections_;
    std::uint64_t first_ = 1;
    std::uint64_t end_ = 1;
};

/// Reads a snapshot in order. One thread.
class JACKFIELD_API CaptureCursor {
public:
    /// From `sequence` on, or from the first that is kept after it.
    CaptureCursor(CaptureSnapshot snapshot, std::uint64_t sequence);
    /// The next record, null behind the last. It lives until the next call, its views as long as the
    /// snapshot.
    [[nodiscard]] const CapturedRecord* next();
    [[nodiscard]] std::uint64_t position() const { return next_; } ///< the sequence that `next` gives

private:
    CaptureSnapshot snapshot_;
    CapturedRecord record_;
    std::size_t chunk_ = 0;
    std::uint64_t next_ = 1;
};

/// How much a capture keeps.
struct CaptureLimits {
    /// Bytes of memory for everything: payloads, records, what is known of connections. Smaller values forget
    /// sooner. Clamped to 64 KiB and more.
    std::size_t budget = std::size_t{256} << 20U;
    /// A larger payload is not kept, its record is.
    std::size_t payload = std::size_t{16} << 20U;
};

/// What passed, in full, in a budget of bytes: the oldest give way, a chunk (about 1/1000 of the default
/// budget) at a time, and are counted. Records are packed into chunks: a header of 40 bytes, the facts of the
/// frames, the payload in place; from 16 KiB on the payload is held by reference, and counted once however
/// many records share it. A record is addressed by its sequence, which counts up by one from 1 for each
/// record and stays what it is when older ones go.
///
/// Threads: one thread owns it and calls everything; snapshots are for all.
class JACKFIELD_API CaptureStore {
public:
    /// An empty one. Throws std::bad_alloc.
    explicit CaptureStore(CaptureLimits limits = {});
    ~CaptureStore();
    CaptureStore(const CaptureStore&) = delete;
    CaptureStore& operator=(const CaptureStore&) = delete;

    /// Keeps what the traffic lane told. A payload that is shorter than its size says is one that the lane
    /// did not hand over (level headers). False when there was no memory for it: it is counted in `unkept`.
    bool append(const TrafficRecord& passed) noexcept;
    /// Puts our own words (UTF-8, cut at 4 KiB) between the messages of a connection; the null id: of all.
    bool append_divider(ConnectionId connection, std::string_view text, std::int64_t wall_ns) noexcept;
    /// Forgets all records; the sequence goes on, and nothing is counted as given way.
    void clear();

    [[nodiscard]] const CaptureLimits& limits() const { return limits_; } ///< as clamped
    /// Keeps so many bytes from now on; the oldest records give way at once when it is less.
    void set_budget(std::size_t bytes);
    [[nodiscard]] std::size_t used() const { return used_; } ///< bytes, never more than the budget

    [[nodiscard]] std::uint64_t first_sequence() const { return first_; } ///< of the oldest kept record
    [[nodiscard]] std::uint64_t end_sequence() const { return end_; } ///< one past the newest
    [[nodiscard]] bool is_empty() const { return first_ == end_; } ///< it holds no record

    // Exact counts of messages and control frames; dividers are never counted.
    [[nodiscard]] std::uint64_t kept() const { return kept_; } ///< held now
    [[nodiscard]] std::uint64_t gave_way() const { return gave_way_; } ///< to newer ones, since the beginning
    [[nodiscard]] std::uint64_t unkept() const { return unkept_; } ///< there was no memory for them
    /// Came with a payload that was too large to be kept, since the beginning.
    [[nodiscard]] std::uint64_t too_large() const { return too_large_; }
    /// Came without their payload, since the beginning.
    [[nodiscard]] std::uint64_t headers_only() const { return headers_only_; }

    /// A record and what keeps its views alive, also when it gives way.
    struct Found {
        CapturedRecord record;
        std::shared_ptr<const void> keeps;
    };
    /// nullopt for one that is gone or not there yet. O(log chunks). `record.connection` lives until the next
    /// change of the store, all else as long as `keeps`.
    [[nodiscard]] std::optional<Found> find(std::uint64_t sequence) const;
    /// O(1) but for what changed since the last one.
    [[nodiscard]] CaptureSnapshot snapshot();

    /// How many records of one connection are kept, dividers included.
    [[nodiscard]] std::uint64_t records_of(ConnectionId id) const;
    /// Says what is known of a connection, in place of what was said before. Nothing for one without records.
    void describe(ConnectionId id, CapturedConnection what);
    /// The connections whose last record went since the last call: what was said of them is forgotten.
    [[nodiscard]] std::vector<ConnectionId> take_forgotten();

private:
    struct Slot {
        ConnectionId id;
        std::uint64_t records = 0;
    };
    [[nodiscard]] std::size_t chunk_size() const;
    void push(const TrafficRecord& passed, bool is_divider);
    std::uint32_t slot_of(ConnectionId id);
    void forget(std::uint32_t slot);
    void forget_unused(ConnectionId id);
    void drop_oldest();
    void hold(const SharedBytes& payload);
    void let_go(const std::byte* payload, std::size_t size);

    CaptureLimits limits_;
    std::deque<std::shared_ptr<CaptureChunk>> chunks_;
    std::shared_ptr<const CaptureSnapshot::Chunks>
        listed_; // the chunks as snapshots have them; null: changed
    std::unordered_map<const std::byte*, std::uint64_t>
        references_; // payloads by reference: by how many records
    std::unordered_map<ConnectionId, std::uint32_t> by_id_;
    std::vector<Slot> slots_; // 0 is nobody's
    std::vector<std::uint32_t> free_slots_;
    std::vector<ConnectionId> forgotten_;
    std::unique_ptr<CaptureConnections> connections_;
    std::size_t used_ = 0;
    std::uint64_t first_ = 1;
    std::uint64_t end_ = 1;
    std::uint64_t kept_ = 0;
    std::uint64_t gave_way_ = 0;
    std::uint64_t unkept_ = 0;
    std::uint64_t too_large_ = 0;
    std::uint64_t headers_only_ = 0;
};

} // namespace jackfield
