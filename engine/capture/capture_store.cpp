#include "jackfield/capture_store.h"

#include "capture/capture_chunk.h"
#include "capture/capture_connections.h"

#include <algorithm>
#include <new>
#include <utility>

namespace jackfield {
namespace {

constexpr std::size_t min_budget = std::size_t{64} << 10U;
constexpr std::size_t smallest_chunk = std::size_t{2} << 10U; // holds the largest record without its payload
constexpr std::size_t largest_chunk = std::size_t{256} << 10U;
constexpr std::size_t chunks_a_budget = 128; // or more
constexpr std::size_t shares_a_budget = 16; // a chunk that refers to so much of it takes no more records
constexpr std::size_t by_reference_from = std::size_t{16} << 10U;
constexpr std::size_t reference_overhead
    = 112; // the block's head, the allocator's words, an entry of the map
constexpr std::size_t connection_cost = 512; // what is known of it, its name, its places in tables
constexpr std::size_t largest_divider = std::size_t{4} << 10U;

template <class Chunks>
auto chunk_with(const Chunks& chunks, std::uint64_t sequence)
{
    return std::prev(std::upper_bound(chunks.begin(), chunks.end(), sequence,
        [](std::uint64_t wanted, const auto& chunk) { return wanted < chunk->first_sequence(); }));
}

} // namespace

std::optional<CapturedRecord> CaptureSnapshot::find(std::uint64_t sequence) const
{
    if (sequence < first_ || sequence >= end_)
        return std::nullopt;
    const auto chunk = chunk_with(*chunks_, sequence);
    std::optional<CapturedRecord> record(std::in_place);
    (*chunk)->read(static_cast<std::uint32_t>(sequence - (*chunk)->first_sequence()), *connections_, *record);
    return record;
}

CaptureCursor::CaptureCursor(CaptureSnapshot snapshot, std::uint64_t sequence)
    : snapshot_(std::move(snapshot))
    , next_(std::max(sequence, snapshot_.first_))
{
    if (next_ < snapshot_.end_)
        chunk_ = static_cast<std::size_t>(chunk_with(*snapshot_.chunks_, next_) - snapshot_.chunks_->begin());
}

const CapturedRecord* CaptureCursor::next()
{
    if (next_ >= snapshot_.end_)
        return nullptr;
    const auto& chunks = *snapshot_.chunks_;
    // The count of a chunk is its owner's; where the next one begins is for all.
    if (chunk_ + 1 < chunks.size() && next_ >= chunks[chunk_ + 1]->first_sequence())
        ++chunk_;
    const CaptureChunk& chunk = *chunks[chunk_];
    chunk.read(static_cast<std::uint32_t>(next_ - chunk.first_sequence()), *snapshot_.connections_, record_);
    ++next_;
    return &record_;
}

CaptureStore::CaptureStore(CaptureLimits limits)
    : limits_(limits)
    , connections_(std::make_unique<CaptureConnections>())
{
    limits_.budget = std::max(limits_.budget, min_budget);
    slots_.emplace_back();
    connections_->set(0, {});
}

CaptureStore::~CaptureStore() = default;

std::size_t CaptureStore::chunk_size() const
{
    return std::clamp(limits_.budget / chunks_a_budget, smallest_chunk, largest_chunk) & ~std::size_t{7};
}

bool CaptureStore::append(const TrafficRecord& passed) noexcept
{
    try {
        push(passed, false);
        return true;
    } catch (const std::bad_alloc&) {
        forget_unused(passed.connection);
        ++unkept_;
        return false;
    }
}

bool CaptureStore::append_divider(
    ConnectionId connection, std::string_view text, std::int64_t wall_ns) noexcept
{
    TrafficRecord divider;
    divider.connection = connection;
    divider.wall_ns = wall_ns;
    divider.payload = as_bytes(text.substr(0, largest_divider));
    divider.size = divider.payload.size();
    try {
        push(divider, true);
        return true;
    } catch (const std::bad_alloc&) {
        forget_unused(connection);
        return false;
    }
}

void CaptureStore::push(const TrafficRecord& passed, bool is_divider)
{
    const std::size_t whole_chunk = chunk_size();
    const std::size_t size = passed.payload.size();
    CaptureChunk::Item item;
    item.passed = &passed;
    item.is_divider = is_divider;
    item.headers_only = size < passed.size;
    item.by_reference = size >= std::min(by_reference_from, whole_chunk / 4);
    const bool is_new_connection = passed.connection && !by_id_.contains(passed.connection);
    const std::size_t fixed = whole_chunk + (is_new_connection ? connection_cost : 0);
    const bool fits = size <= limits_.payload && size + reference_overhead + fixed <= limits_.budget;
    item.payload_kept = !item.headers_only && fits;
    item.by_reference = item.by_reference && item.payload_kept;
    if (item.by_reference)
        item.reference = passed.shared.size() == size ? passed.shared : SharedBytes(passed.payload);
    const SharedBytes reference = item.reference; // until the store holds it itself

    // What gives way may be what this record shares: each look starts anew.
    const std::size_t record_size = CaptureChunk::size_of(item);
    for (;;) {
        const bool is_held = item.by_reference && references_.contains(reference.data());
        const std::size_t referenced = item.by_reference && !is_held ? size + reference_overhead : 0;
        const bool needs_chunk = chunks_.empty() || !chunks_.back()->has_room_for(record_size)
            || chunks_.back()->referenced >= limits_.budget / shares_a_budget;
        const bool needs_slot = passed.connection && !by_id_.contains(passed.connection);
        const std::size_t needed
            = referenced + (needs_chunk ? whole_chunk : 0) + (needs_slot ? connection_cost : 0);
        if (used_ + needed > limits_.budget && !chunks_.empty()) {
            drop_oldest();
            continue;
        }
        item.slot = slot_of(passed.connection);
        if (needs_chunk) {
            chunks_.push_back(std::make_shared<CaptureChunk>(end_, whole_chunk));
            used_ += whole_chunk;
            listed_ = nullptr;
        }
        chunks_.back()->referenced += referenced;
        break;
    }
    if (item.by_reference)
        hold(reference);
    const bool lost_payload = !item.payload_kept && !item.headers_only;
    const bool headers = item.headers_only;
    if (item.slot != 0)
        ++slots_[item.slot].records;
    chunks_.back()->append(std::move(item));
    ++end_;
    if (!is_divider) {
        ++kept_;
        too_large_ += lost_payload ? 1 : 0;
        headers_only_ += headers ? 1 : 0;
    }
}

void CaptureStore::hold(const SharedBytes& payload)
{
    if (++references_[payload.data()] == 1)
        used_ += payload.size() + reference_overhead;
}

void CaptureStore::let_go(const std::byte* payload, std::size_t size)
{
    const auto held = references_.find(payload);
    if (--held->second > 0)
        return;
    references_.erase(held);
    used_ -= size + reference_overhead;
}

void CaptureStore::drop_oldest()
{
    const std::shared_ptr<CaptureChunk> chunk = std::move(chunks_.front());
    chunks_.pop_front();
    listed_ = nullptr;
    used_ -= chunk->memory();
    first_ += chunk->count();
    for (std::uint32_t i = 0; i < chunk->count(); ++i) {
        const CaptureChunk::Remains remains = chunk->remains(i);
        if (!remains.is_divider) {
            --kept_;
            ++gave_way_;
        }
        if (remains.reference != nullptr)
            let_go(remains.reference, remains.reference_size);
        if (remains.slot != 0 && --slots_[remains.slot].records == 0)
            forget(remains.slot);
    }
}

std::uint32_t CaptureStore::slot_of(ConnectionId id)
{
    if (!id)
        return 0;
    const auto [known, is_new] = by_id_.try_emplace(id, 0);
    if (!is_new)
        return known->second;
    try {
        if (free_slots_.empty()) {
            if (free_slots_.capacity() <= slots_.size()) // so that giving one back needs no memory
                free_slots_.reserve(2 * slots_.size() + 16);
            slots_.emplace_back();
            free_slots_.push_back(static_cast<std::uint32_t>(slots_.size() - 1));
        }
        const std::uint32_t slot = free_slots_.back();
        connections_->set(slot, {id, nullptr});
        free_slots_.pop_back();
        slots_[slot] = {id, 0};
        known->second = slot;
        used_ += connection_cost;
        return slot;
    } catch (...) {
        by_id_.erase(known);
        throw;
    }
}

void CaptureStore::forget(std::uint32_t slot)
{
    const ConnectionId id = slots_[slot].id;
    by_id_.erase(id);
    slots_[slot] = {};
    free_slots_.push_back(slot);
    used_ -= connection_cost;
    try {
        connections_->set(slot, {});
        forgotten_.push_back(id);
    } catch (const std::bad_alloc&) {
        // What was known of it lives until the slot is used again.
    }
}

void CaptureStore::forget_unused(ConnectionId id)
{
    const auto known = by_id_.find(id);
    if (known != by_id_.end() && slots_[known->second].records == 0)
        forget(known->second);
}

void CaptureStore::set_budget(std::size_t bytes)
{
    limits_.budget = std::max(bytes, min_budget);
    while (used_ > limits_.budget)
        drop_oldest();
}

void CaptureStore::clear()
{
    first_ = end_;
    chunks_.clear();
    listed_ = nullptr;
    references_.clear();
    for (const auto& [id, slot] : by_id_)
        forgotten_.push_back(id);
    by_id_.clear();
    slots_.assign(1, {});
    free_slots_.clear();
    connections_->clear();
    connections_->set(0, {});
    used_ = 0;
    kept_ = 0;
}

std::optional<CaptureStore::Found> CaptureStore::find(std::uint64_t sequence) const
{
    if (sequence < first_ || sequence >= end_)
        return std::nullopt;
    const auto chunk = chunk_with(chunks_, sequence);
    std::optional<Found> found(std::in_place);
    (*chunk)->read(
        static_cast<std::uint32_t>(sequence - (*chunk)->first_sequence()), *connections_, found->record);
    found->keeps = *chunk;
    return found;
}

CaptureSnapshot CaptureStore::snapshot()
{
    if (!listed_)
        listed_ = std::make_shared<const CaptureSnapshot::Chunks>(chunks_.begin(), chunks_.end());
    CaptureSnapshot snapshot;
    snapshot.chunks_ = listed_;
    snapshot.connections_ = connections_->share();
    snapshot.first_ = first_;
    snapshot.end_ = end_;
    return snapshot;
}

std::uint64_t CaptureStore::records_of(ConnectionId id) const
{
    const auto known = by_id_.find(id);
    return known == by_id_.end() ? 0 : slots_[known->second].records;
}

void CaptureStore::describe(ConnectionId id, CapturedConnection what)
{
    const auto known = by_id_.find(id);
    if (known != by_id_.end())
        connections_->set(known->second, {id, std::make_shared<const CapturedConnection>(std::move(what))});
}

std::vector<ConnectionId> CaptureStore::take_forgotten()
{
    return std::exchange(forgotten_, {});
}

} // namespace jackfield
