#include "server/traffic_ring.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <type_traits>

namespace jackfield {

namespace {

constexpr std::size_t by_reference_from = 16U << 10U;

// What stands in the ring before a record's inline payload.
struct RingHeader {
    std::uint64_t sequence;
    std::uint64_t connection;
    std::int64_t wall_ns;
    std::uint64_t size;
    std::uint64_t wire;
    void* shared; // in the ring: a reference owned by it; in a batch: 1 + index into the batch's references,
                  // or null
    std::uint32_t frames;
    std::uint32_t inline_size;
    TrafficType type;
    Direction direction;
    Maker maker;
    std::array<std::uint8_t, 5> compressed; // little-endian; more than 1 TiB saturates
    std::uint8_t facts_behind; // frame facts between this header and the payload
    bool has_facts; // of its only frame, here, whose payload's length follows from `wire`
    std::uint8_t first_byte;
    LengthForm length_form : 2;
    bool is_masked : 1;
    std::array<std::byte, 4> masking_key;
};
static_assert(sizeof(RingHeader) == 72 && std::is_trivially_copyable_v<RingHeader>);
static_assert(sizeof(FrameFacts) <= sizeof(RingHeader) && sizeof(FrameFacts) % 8 == 0);

void put_compressed(RingHeader& header, std::uint64_t size)
{
    size = std::min(size, (std::uint64_t{1} << 40U) - 1);
    for (std::uint8_t& byte : header.compressed) {
        byte = static_cast<std::uint8_t>(size);
        size >>= 8U;
    }
}

std::uint64_t compressed_of(const RingHeader& header)
{
    std::uint64_t size = 0;
    for (std::size_t i = header.compressed.size(); i-- > 0;)
        size = size << 8U | header.compressed[i];
    return size;
}

std::size_t padded(std::size_t size)
{
    return (size + 7U) & ~std::size_t{7};
}

std::size_t size_of(const RingHeader& header)
{
    return sizeof header + header.facts_behind * sizeof(FrameFacts) + padded(header.inline_size);
}

/// The facts of a single frame fit the header; those of several, or of one whose header lies, stand behind
/// it.
void put_facts(RingHeader& header, std::span<const FrameFacts> frames)
{
    if (frames.size() != 1 || frames[0].header_size() + frames[0].payload_length != header.wire) {
        header.facts_behind = static_cast<std::uint8_t>(std::min(frames.size(), max_frame_facts));
        return;
    }
    header.has_facts = true;
    header.first_byte = frames[0].first_byte;
    header.length_form = frames[0].length_form;
    header.is_masked = frames[0].is_masked;
    header.masking_key = frames[0].masking_key;
}

FrameFacts facts_of(const RingHeader& header)
{
    FrameFacts facts;
    facts.first_byte = header.first_byte;
    facts.length_form = header.length_form;
    facts.is_masked = header.is_masked;
    facts.masking_key = header.masking_key;
    facts.payload_length = header.wire - facts.header_size();
    return facts;
}

std::size_t count_references(const std::vector<std::byte>& records)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < records.size();) {
        RingHeader header{};
        std::memcpy(&header, records.data() + at, sizeof header);
        count += header.shared ? 1 : 0;
        at += size_of(header);
    }
    return count;
}

} // namespace

TrafficRing::TrafficRing(std::size_t capacity)
    : capacity_(capacity)
{ }

TrafficRing::~TrafficRing()
{
    release_unread();
}

void TrafficRing::release_unread()
{
    for (std::size_t at = waiting_from_; at < waiting_.size();) {
        RingHeader header{};
        std::memcpy(&header, waiting_.data() + at, sizeof header);
        (void)SharedBytes::adopt(header.shared);
        at += size_of(header);
    }
    if (!bytes_)
        return;
    for (std::uint64_t at = tail_.load(); at < head_;) {
        RingHeader header{};
        copy_out(at, &header, sizeof header);
        (void)SharedBytes::adopt(header.shared);
        at += size_of(header);
    }
}

void TrafficRing::copy_in(std::uint64_t at, const void* from, std::size_t count)
{
    const std::size_t start = at & (capacity_ - 1);
    const std::size_t first = std::min(count, capacity_ - start);
    std::memcpy(bytes_.get() + start, from, first);
    if (first < count)
        std::memcpy(bytes_.get(), static_cast<const std::byte*>(from) + first, count - first);
}

void TrafficRing::copy_out(std::uint64_t at, void* to, std::size_t count) const
{
    const std::size_t start = at & (capacity_ - 1);
    const std::size_t first = std::min(count, capacity_ - start);
    std::memcpy(to, bytes_.get() + start, first);
    if (first < count)
        std::memcpy(static_cast<std::byte*>(to) + first, bytes_.get(), count - first);
}

std::size_t TrafficRing::room() const
{
    return capacity_ - static_cast<std::size_t>(head_ - tail_.load(std::memory_order_seq_cst));
}

void TrafficRing::move_waiting()
{
    while (waiting_from_ < waiting_.size()) {
        RingHeader header{};
        std::memcpy(&header, waiting_.data() + waiting_from_, sizeof header);
        const std::size_t total = size_of(header);
        if (total > room())
            return;
        copy_in(head_, waiting_.data() + waiting_from_, total);
        head_ += total;
        waiting_from_ += total;
    }
    std::vector<std::byte>().swap(waiting_);
    waiting_from_ = 0;
}

bool TrafficRing::make_room_for(std::size_t total)
{
    if (!bytes_)
        bytes_ = std::make_unique_for_overwrite<std::byte[]>(capacity_);
    if (waiting_.empty() && total <= room())
        return true;
    if (!is_lossless_)
        return false;
    if (waiting_.size() + total > waiting_.capacity())
        waiting_.reserve(std::max(waiting_.size() + total, waiting_.capacity() * 2));
    return true;
}

bool TrafficRing::write(const TrafficRecord& record, bool with_payload, const SharedBytes* shared) noexcept
{
    ++sequence_;
    const bool by_reference = with_payload && record.payload.size() >= by_reference_from;
    const std::size_t inline_size = with_payload && !by_reference ? record.payload.size() : 0;
    RingHeader header{};
    header.sequence = sequence_;
    header.connection = record.connection.value();
    header.wall_ns = record.wall_ns;
    header.size = record.size;
    header.wire = record.wire;
    header.frames = record.frames;
    header.inline_size = static_cast<std::uint32_t>(inline_size);
    header.type = record.type;
    header.direction = record.direction;
    header.maker = record.maker;
    put_compressed(header, record.compressed);
    put_facts(header, record.frame_facts);
    const std::size_t total = size_of(header);
    SharedBytes reference;
    try {
        if (!make_room_for(total)) {
            ++lost_;
            return false;
        }
        if (by_reference)
            reference = shared ? *shared : SharedBytes(record.payload);
    } catch (const std::bad_alloc&) {
        ++lost_;
        return false;
    }
    const bool must_wait = !waiting_.empty() || total > room();
    header.shared = reference.release();
    const std::size_t facts_size = header.facts_behind * sizeof(FrameFacts);
    if (must_wait) {
        const std::size_t at = waiting_.size();
        waiting_.resize(at + total); // has been reserved: cannot throw
        std::memcpy(waiting_.data() + at, &header, sizeof header);
        if (facts_size > 0)
            std::memcpy(waiting_.data() + at + sizeof header, record.frame_facts.data(), facts_size);
        if (inline_size > 0)
            std::memcpy(
                waiting_.data() + at + sizeof header + facts_size, record.payload.data(), inline_size);
        return true;
    }
    copy_in(head_, &header, sizeof header);
    if (facts_size > 0)
        copy_in(head_ + sizeof header, record.frame_facts.data(), facts_size);
    if (inline_size > 0)
        copy_in(head_ + sizeof header + facts_size, record.payload.data(), inline_size);
    head_ += total;
    return true;
}

bool TrafficRing::publish()
{
    if (!waiting_.empty())
        move_waiting();
    const bool lost_more = lost_published_.load(std::memory_order_relaxed) != lost_;
    if (published_.load(std::memory_order_relaxed) == head_ && !lost_more)
        return false;
    if (lost_more)
        lost_published_.store(lost_, std::memory_order_relaxed);
    // Sequentially consistent, here and at the tail: each side looks at the other's flag (the ready signal,
    // "the engine holds") after its own store, and one of the two must see the other.
    published_.store(head_, std::memory_order_seq_cst);
    return true;
}

bool TrafficRing::is_crowded() const
{
    const std::uint64_t waiting = waiting_.size() - waiting_from_;
    return head_ - tail_.load(std::memory_order_seq_cst) + waiting > capacity_ / 2;
}

bool TrafficRing::has_any() const
{
    return published_.load(std::memory_order_seq_cst) != tail_.load(std::memory_order_relaxed);
}

bool TrafficRing::take(TrafficBatch& batch) noexcept
{
    batch.clear();
    const std::uint64_t end = published_.load(std::memory_order_acquire);
    const std::uint64_t start = tail_.load(std::memory_order_relaxed);
    const std::uint64_t lost = lost_published_.load(std::memory_order_relaxed);
    try {
        batch.bytes_.resize(static_cast<std::size_t>(end - start));
        if (start != end)
            copy_out(start, batch.bytes_.data(), batch.bytes_.size());
        // Room for all of them first: a reference that has been adopted belongs to the batch.
        batch.shared_.reserve(count_references(batch.bytes_));
    } catch (const std::bad_alloc&) {
        batch.clear();
        return false;
    }
    batch.lost_ = lost - lost_taken_;
    lost_taken_ = lost;
    if (start == end)
        return batch.lost_ > 0;
    for (std::size_t at = 0; at < batch.bytes_.size();) {
        RingHeader header{};
        std::memcpy(&header, batch.bytes_.data() + at, sizeof header);
        if (header.shared) {
            batch.shared_.push_back(SharedBytes::adopt(header.shared));
            header.shared = reinterpret_cast<void*>(static_cast<std::uintptr_t>(batch.shared_.size()));
            std::memcpy(batch.bytes_.data() + at, &header, sizeof header);
        }
        at += size_of(header);
    }
    tail_.store(end, std::memory_order_seq_cst);
    return true;
}

TrafficBatch::~TrafficBatch() = default;
TrafficBatch::TrafficBatch(TrafficBatch&&) noexcept = default;
TrafficBatch& TrafficBatch::operator=(TrafficBatch&&) noexcept = default;

std::optional<TrafficRecord> TrafficBatch::next()
{
    if (position_ >= bytes_.size())
        return std::nullopt;
    RingHeader header{};
    std::memcpy(&header, bytes_.data() + position_, sizeof header);
    TrafficRecord record;
    record.sequence = header.sequence;
    record.connection = ConnectionId::from_value(header.connection);
    record.wall_ns = header.wall_ns;
    record.size = header.size;
    record.wire = header.wire;
    record.frames = header.frames;
    record.type = header.type;
    record.direction = header.direction;
    record.maker = header.maker;
    record.compressed = compressed_of(header);
    if (header.shared) {
        record.shared = shared_[reinterpret_cast<std::uintptr_t>(header.shared) - 1];
        record.payload = record.shared.view();
    } else {
        record.payload
            = {bytes_.data() + position_ + sizeof header + header.facts_behind * sizeof(FrameFacts),
                header.inline_size};
    }
    // Both stand at a multiple of eight. A header that has been read makes room for the facts it held.
    std::byte* const place = bytes_.data() + position_;
    if (header.facts_behind > 0) {
        record.frame_facts
            = {reinterpret_cast<const FrameFacts*>(place + sizeof header), header.facts_behind};
    } else if (header.has_facts) {
        const FrameFacts facts = facts_of(header);
        std::memcpy(place, &facts, sizeof facts);
        record.frame_facts = {reinterpret_cast<const FrameFacts*>(place), 1};
    }
    position_ += size_of(header);
    return record;
}

void TrafficBatch::clear()
{
    bytes_.clear();
    shared_.clear();
    position_ = 0;
    lost_ = 0;
}

} // namespace jackfield
