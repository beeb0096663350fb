#include "server/traffic_ring.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace jackfield {

namespace {

constexpr std::size_t by_reference_from = 16U << 10U;

// What stands in the ring before a record's inline payload, and before the facts of its frames where they do
// not fit in here.
struct RingHeader {
    std::uint64_t sequence;
    std::uint64_t connection;
    std::int64_t wall_ns;
    std::uint64_t size;
    std::uint64_t wire;
    void* shared; // in the ring: a reference owned by it; in a batch: 1 + index into the batch's references,
                  // or null
    std::uint32_t frames;
    std::uint16_t inline_size;
    std::uint8_t facts_behind; // how many frame facts follow this header; or `fact_within`
    std::uint8_t shape; // of the frame within: how its length is written, and bits
    TrafficType type;
    Direction direction;
    Maker maker;
    // The first byte and the masking key of the frame within; else the compressed size, little-endian, where
    // more than 1 TiB saturates.
    std::array<std::uint8_t, 5> rest;
};
static_assert(sizeof(RingHeader) == 64 && std::is_trivially_copyable_v<RingHeader>);
static_assert(sizeof(FrameFacts) <= sizeof(RingHeader) && sizeof(FrameFacts) % 8 == 0);
static_assert(by_reference_from <= 1U << 16U);

constexpr std::uint8_t fact_within = 0xff;
constexpr unsigned shape_form = 3; // mask of the length form
constexpr unsigned shape_masked = 4;
constexpr unsigned shape_compressed = 8;

std::size_t padded(std::size_t size)
{
    return (size + 7U) & ~std::size_t{7};
}

std::size_t facts_size(std::uint8_t facts_behind)
{
    return facts_behind == fact_within ? 0 : facts_behind * sizeof(FrameFacts);
}

std::size_t size_of(const RingHeader& header)
{
    return sizeof header + facts_size(header.facts_behind) + padded(header.inline_size);
}

/// A single frame fits the header where the length of its payload follows from what was on the wire.
std::uint8_t facts_behind(const websocket::WireFacts& facts)
{
    const auto frames = facts.frame_facts;
    if (frames.size() == 1 && frames[0].header_size() + frames[0].payload_length == facts.wire
        && (facts.compressed == 0 || facts.compressed == frames[0].payload_length))
        return fact_within;
    return static_cast<std::uint8_t>(std::min(frames.size(), max_frame_facts));
}

void put_rest(RingHeader& header, const websocket::WireFacts& facts)
{
    if (header.facts_behind == fact_within) {
        const FrameFacts& frame = facts.frame_facts[0];
        header.shape = static_cast<std::uint8_t>(static_cast<unsigned>(frame.length_form)
            | (frame.is_masked ? shape_masked : 0) | (facts.compressed != 0 ? shape_compressed : 0));
        header.rest[0] = frame.first_byte;
        std::memcpy(header.rest.data() + 1, frame.masking_key.data(), 4);
        return;
    }
    header.shape = 0;
    std::uint64_t size = std::min(facts.compressed, (std::uint64_t{1} << 40U) - 1);
    for (std::uint8_t& byte : header.rest) {
        byte = static_cast<std::uint8_t>(size);
        size >>= 8U;
    }
}

FrameFacts fact_in(const RingHeader& header)
{
    FrameFacts facts;
    facts.first_byte = header.rest[0];
    facts.length_form = static_cast<LengthForm>(header.shape & shape_form);
    facts.is_masked = (header.shape & shape_masked) != 0;
    std::memcpy(facts.masking_key.data(), header.rest.data() + 1, 4);
    facts.payload_length = header.wire - facts.header_size();
    return facts;
}

std::uint64_t compressed_of(const RingHeader& header)
{
    if (header.facts_behind == fact_within)
        return (header.shape & shape_compressed) != 0 ? fact_in(header).payload_length : 0;
    std::uint64_t size = 0;
    for (std::size_t i = header.rest.size(); i-- > 0;)
        size = size << 8U | header.rest[i];
    return size;
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

bool TrafficRing::write(
    ConnectionId connection, std::int64_t wall_ns, const session::Passage& passage, bool with_payload) noexcept
{
    ++sequence_;
    const websocket::WireFacts& facts = passage.facts;
    const std::size_t size = passage.payload.size();
    const bool by_reference = with_payload && size >= by_reference_from;
    const std::size_t inline_size = with_payload && !by_reference ? size : 0;
    const std::uint8_t behind = facts_behind(facts);
    const std::size_t behind_size = facts_size(behind);
    const std::size_t total = sizeof(RingHeader) + behind_size + padded(inline_size);
    const bool fits = bytes_ && waiting_.empty() && total <= room();
    void* reference = nullptr;
    try {
        if (!fits && !make_room_for(total)) {
            ++lost_;
            return false;
        }
        if (by_reference)
            reference = (passage.shared ? SharedBytes(*passage.shared) : SharedBytes(passage.payload)).release();
    } catch (const std::bad_alloc&) {
        ++lost_;
        return false;
    }
    const auto fill = [&](RingHeader& header) {
        header.sequence = sequence_;
        header.connection = connection.value();
        header.wall_ns = wall_ns;
        header.size = size;
        header.wire = facts.wire;
        header.shared = reference;
        header.frames = facts.frames;
        header.inline_size = static_cast<std::uint16_t>(inline_size);
        header.facts_behind = behind;
        header.type = passage.type;
        header.direction = passage.direction;
        header.maker = passage.maker;
        put_rest(header, facts);
    };
    const auto put_into = [&](std::byte* place) {
        fill(*new (place) RingHeader);
        if (behind_size > 0)
            std::memcpy(place + sizeof(RingHeader), facts.frame_facts.data(), behind_size);
        if (inline_size > 0)
            std::memcpy(place + sizeof(RingHeader) + behind_size, passage.payload.data(), inline_size);
    };
    if (!fits && (!waiting_.empty() || total > room())) {
        const std::size_t at = waiting_.size();
        waiting_.resize(at + total); // has been reserved: cannot throw
        put_into(waiting_.data() + at);
        return true;
    }
    const std::size_t start = head_ & (capacity_ - 1);
    if (total <= capacity_ - start) {
        put_into(bytes_.get() + start);
    } else {
        RingHeader header;
        fill(header);
        copy_in(head_, &header, sizeof header);
        if (behind_size > 0)
            copy_in(head_ + sizeof header, facts.frame_facts.data(), behind_size);
        if (inline_size > 0)
            copy_in(head_ + sizeof header + behind_size, passage.payload.data(), inline_size);
    }
    head_ += total;
    return true;
}

void TrafficRing::set_passed_over(std::uint64_t total)
{
    if (passed_over_.load(std::memory_order_relaxed) != total)
        passed_over_.store(total, std::memory_order_relaxed);
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
    const std::uint64_t passed_over = passed_over_.load(std::memory_order_relaxed);
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
    batch.passed_over_ = passed_over - passed_over_taken_;
    passed_over_taken_ = passed_over;
    if (start == end)
        return batch.lost_ > 0 || batch.passed_over_ > 0;
    for (std::size_t at = 0; at < batch.bytes_.size();) {
        RingHeader header{};
        std::memcpy(&header, batch.bytes_.data() + at, sizeof header);
        if (header.shared) {
            batch.shared_.push_back(SharedBytes::adopt(header.shared));
            header.shared = reinterpret_cast<void*>(static_cast<std::uintptr_t>(batch.shared_.size()));
            std::memcpy(batch.bytes_.data() + at, &header, sizeof header);
        }
        batch.last_sequence_ = header.sequence;
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
    if (!parts_.empty())
        return next_of_parts();
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
    // All at multiples of eight. A header that has been read makes room for the fact it held.
    std::byte* const place = bytes_.data() + position_;
    const std::size_t facts = facts_size(header.facts_behind);
    if (header.facts_behind == fact_within) {
        record.frame_facts = {new (place) FrameFacts(fact_in(header)), 1};
    } else if (facts > 0) {
        record.frame_facts
            = {reinterpret_cast<const FrameFacts*>(place + sizeof header), header.facts_behind};
    }
    if (header.shared) {
        record.shared = shared_[reinterpret_cast<std::uintptr_t>(header.shared) - 1];
        record.payload = record.shared.view();
    } else {
        record.payload = {place + sizeof header + facts, header.inline_size};
    }
    position_ += size_of(header);
    return record;
}

std::optional<TrafficRecord> TrafficBatch::next_of_parts()
{
    TrafficBatch* earliest = nullptr;
    std::uint64_t sequence = 0;
    for (TrafficBatch& part : parts_) {
        if (!part.ahead_)
            part.ahead_ = part.next();
        if (part.ahead_ && (!earliest || part.ahead_->wall_ns < earliest->ahead_->wall_ns))
            earliest = &part;
        sequence += part.sequence_;
    }
    if (!earliest)
        return std::nullopt;
    std::optional<TrafficRecord> record = std::exchange(earliest->ahead_, std::nullopt);
    sequence += record->sequence - earliest->sequence_;
    earliest->sequence_ = record->sequence;
    record->sequence = sequence;
    return record;
}

void TrafficBatch::clear()
{
    for (TrafficBatch& part : parts_)
        part.clear();
    ahead_.reset();
    sequence_ = last_sequence_ = 0;
    bytes_.clear();
    shared_.clear();
    position_ = 0;
    lost_ = 0;
    passed_over_ = 0;
}

} // namespace jackfield
