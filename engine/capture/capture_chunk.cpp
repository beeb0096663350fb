#include "capture/capture_chunk.h"

#include "capture/capture_connections.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace jackfield {

/// Followed by the compressed size where there is one, the facts of the frames, and the payload or the
/// reference to it. All at multiples of eight.
struct CaptureChunk::Header {
    std::int64_t wall_ns;
    std::uint64_t size;
    std::uint64_t wire;
    std::uint32_t slot;
    std::uint32_t frames;
    std::uint32_t inline_size;
    TrafficType type;
    Maker maker;
    std::uint8_t facts;
    std::uint8_t flags;
};

namespace {

constexpr unsigned flag_to_browser = 1;
constexpr unsigned flag_divider = 2;
constexpr unsigned flag_kept = 4;
constexpr unsigned flag_by_reference = 8;
constexpr unsigned flag_compressed = 16;
constexpr unsigned flag_headers_only = 32;
constexpr std::size_t overhead = 64; // this object, its count of owners and the allocator's words

constexpr std::size_t padded(std::size_t size)
{
    return (size + 7U) & ~std::size_t{7};
}

template <class Value>
Value read_at(const std::byte* place)
{
    Value value;
    std::memcpy(&value, place, sizeof value);
    return value;
}

} // namespace

CaptureChunk::CaptureChunk(std::uint64_t first_sequence, std::size_t size)
    : bytes_(std::make_unique_for_overwrite<std::byte[]>(size - sizeof(CaptureChunk) - overhead))
    , capacity_(size - sizeof(CaptureChunk) - overhead)
    , memory_(size)
    , first_(first_sequence)
{
    static_assert(sizeof(Header) == 40 && std::is_trivially_copyable_v<Header>);
    static_assert(sizeof(CaptureChunk) % 8 == 0 && overhead % 8 == 0 && alignof(FrameFacts) <= 8);
}

CaptureChunk::~CaptureChunk()
{
    for (std::uint32_t i = 0; i < count_; ++i) {
        const std::byte* place = place_of(i);
        const auto header = read_at<Header>(place);
        if ((header.flags & flag_by_reference) != 0) {
            place += sizeof(Header) + ((header.flags & flag_compressed) != 0 ? 8 : 0)
                + header.facts * sizeof(FrameFacts);
            (void)SharedBytes::adopt(read_at<void*>(place));
        }
    }
}

const std::byte* CaptureChunk::place_of(std::uint32_t index) const
{
    return bytes_.get() + read_at<std::uint32_t>(bytes_.get() + capacity_ - 4 * (std::size_t{index} + 1));
}

std::size_t CaptureChunk::size_of(const Item& item)
{
    const TrafficRecord& passed = *item.passed;
    const std::size_t payload = !item.payload_kept ? 0
        : item.by_reference                        ? sizeof(void*)
                                                   : padded(passed.payload.size());
    return sizeof(Header) + (passed.compressed != 0 ? 8 : 0)
        + std::min(passed.frame_facts.size(), max_frame_facts) * sizeof(FrameFacts) + payload
        + sizeof(std::uint32_t);
}

void CaptureChunk::append(Item&& item)
{
    const TrafficRecord& passed = *item.passed;
    const auto facts = passed.frame_facts.first(std::min(passed.frame_facts.size(), max_frame_facts));
    const bool in_place = item.payload_kept && !item.by_reference;
    Header header;
    header.wall_ns = passed.wall_ns;
    header.size = passed.size;
    header.wire = passed.wire;
    header.slot = item.slot;
    header.frames = passed.frames;
    header.inline_size = in_place ? static_cast<std::uint32_t>(passed.payload.size()) : 0;
    header.type = passed.type;
    header.maker = passed.maker;
    header.facts = static_cast<std::uint8_t>(facts.size());
    header.flags = static_cast<std::uint8_t>((passed.direction == Direction::to_browser ? flag_to_browser : 0)
        | (item.is_divider ? flag_divider : 0) | (item.payload_kept ? flag_kept : 0)
        | (item.by_reference ? flag_by_reference : 0) | (passed.compressed != 0 ? flag_compressed : 0)
        | (item.headers_only ? flag_headers_only : 0));
    const auto offset = static_cast<std::uint32_t>(filled_);
    std::byte* place = bytes_.get() + filled_;
    const auto put = [&place](const void* from, std::size_t size) {
        if (size > 0)
            std::memcpy(place, from, size);
        place += padded(size);
    };
    put(&header, sizeof header);
    if (passed.compressed != 0)
        put(&passed.compressed, sizeof passed.compressed);
    put(facts.data(), facts.size_bytes());
    if (in_place) {
        put(passed.payload.data(), passed.payload.size());
    } else if (item.by_reference) {
        void* const reference = item.reference.release();
        put(&reference, sizeof reference);
    }
    ++count_;
    filled_ = static_cast<std::size_t>(place - bytes_.get());
    std::memcpy(bytes_.get() + capacity_ - 4 * std::size_t{count_}, &offset, sizeof offset);
    used_ = filled_ + 4 * std::size_t{count_};
}

void CaptureChunk::read(
    std::uint32_t index, const CaptureConnections& connections, CapturedRecord& record) const
{
    const std::byte* place = place_of(index);
    const auto header = read_at<Header>(place);
    place += sizeof(Header);
    CapturedMessage& message = record.message;
    message.sequence = first_ + index;
    message.wall_ns = header.wall_ns;
    message.size = header.size;
    message.wire = header.wire;
    message.frames = header.frames;
    message.type = header.type;
    message.direction
        = (header.flags & flag_to_browser) != 0 ? Direction::to_browser : Direction::from_browser;
    message.maker = header.maker;
    message.payload_kept = (header.flags & flag_kept) != 0;
    message.compressed = 0;
    if ((header.flags & flag_compressed) != 0) {
        message.compressed = read_at<std::uint64_t>(place);
        place += 8;
    }
    message.frame_facts = {reinterpret_cast<const FrameFacts*>(place), header.facts};
    place += header.facts * sizeof(FrameFacts);
    record.reference_ = nullptr;
    if ((header.flags & flag_by_reference) != 0) {
        record.reference_ = read_at<void*>(place);
        // Borrowed: the count of its owners is touched by nobody.
        SharedBytes borrowed = SharedBytes::adopt(record.reference_);
        message.payload = borrowed.view();
        (void)borrowed.release();
    } else {
        message.payload = {place, header.inline_size};
    }
    record.is_divider = (header.flags & flag_divider) != 0;
    record.headers_only = (header.flags & flag_headers_only) != 0;
    const CaptureConnections::Entry& entry = connections.at(header.slot);
    message.connection = entry.id;
    record.connection = entry.facts.get();
}

CaptureChunk::Remains CaptureChunk::remains(std::uint32_t index) const
{
    const std::byte* place = place_of(index);
    const auto header = read_at<Header>(place);
    Remains remains{header.slot, (header.flags & flag_divider) != 0, nullptr, 0};
    if ((header.flags & flag_by_reference) != 0) {
        place += sizeof(Header) + ((header.flags & flag_compressed) != 0 ? 8 : 0)
            + header.facts * sizeof(FrameFacts);
        SharedBytes borrowed = SharedBytes::adopt(read_at<void*>(place));
        remains.reference = borrowed.data();
        remains.reference_size = borrowed.size();
        (void)borrowed.release();
    }
    return remains;
}

SharedBytes CapturedRecord::shared_payload() const
{
    if (reference_ == nullptr)
        return SharedBytes(message.payload);
    SharedBytes borrowed = SharedBytes::adopt(reference_);
    SharedBytes copy = borrowed;
    (void)borrowed.release();
    return copy;
}

} // namespace jackfield
