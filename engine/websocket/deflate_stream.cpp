#define ZLIB_CONST
#include "websocket/deflate_stream.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <new>

namespace jackfield::websocket {

namespace {

constexpr std::size_t output_step = 16U << 10U;
constexpr std::size_t input_step = 1U << 30U; // zlib counts in 32 bits
constexpr std::array<Bytef, 4> message_end{0x00, 0x00, 0xff, 0xff};

// zlib's memory comes from where all other memory comes from.
voidpf allocate(voidpf /*opaque*/, uInt items, uInt size)
{
    return ::operator new (std::size_t{items} * size, std::nothrow);
}

void release(voidpf /*opaque*/, voidpf address)
{
    ::operator delete(address);
}

std::unique_ptr<z_stream> make_stream()
{
    auto stream = std::make_unique<z_stream>();
    stream->zalloc = allocate;
    stream->zfree = release;
    return stream;
}

const Bytef* zlib_bytes(std::span<const std::byte> bytes)
{
    return reinterpret_cast<const Bytef*>(bytes.data());
}

} // namespace

Deflater::Deflater(int level, int window_bits, int memory_level)
    : stream_(make_stream())
{
    // A negative window size asks for a stream without zlib's own header and check sum.
    if (deflateInit2(stream_.get(), level, Z_DEFLATED, -window_bits, memory_level, Z_DEFAULT_STRATEGY)
        != Z_OK)
        throw std::bad_alloc();
}

Deflater::~Deflater()
{
    deflateEnd(stream_.get());
}

void Deflater::reset()
{
    deflateReset(stream_.get());
}

bool Deflater::deflate(std::span<const std::byte> message, std::vector<std::byte>& out)
{
    assert(!message.empty());
    const std::size_t start = out.size();
    const std::size_t limit = message.size() + message_end.size();
    do {
        const auto part = message.first(std::min(message.size(), input_step));
        message = message.subspan(part.size());
        stream_->next_in = zlib_bytes(part);
        stream_->avail_in = static_cast<uInt>(part.size());
        do {
            const std::size_t before = out.size();
            if (before - start >= limit)
                return false;
            out.resize(before + std::min(output_step, limit - (before - start)));
            stream_->next_out = reinterpret_cast<Bytef*>(out.data() + before);
            stream_->avail_out = static_cast<uInt>(out.size() - before);
            ::deflate(stream_.get(), message.empty() ? Z_SYNC_FLUSH : Z_NO_FLUSH);
            out.resize(out.size() - stream_->avail_out);
        } while (stream_->avail_out == 0);
    } while (!message.empty());
    if (out.size() - start >= limit)
        return false;
    assert(out.size() - start >= message_end.size());
    out.resize(out.size() - message_end.size());
    return true;
}

Inflater::Inflater()
    : stream_(make_stream())
{
    if (inflateInit2(stream_.get(), -largest_window_bits) != Z_OK)
        throw std::bad_alloc();
}

Inflater::~Inflater()
{
    inflateEnd(stream_.get());
}

void Inflater::reset()
{
    inflateReset(stream_.get());
    stream_->avail_in = 0;
    is_at_block_end_ = true;
}

void Inflater::feed(std::span<const std::byte> part)
{
    assert(stream_->avail_in == 0 && part.size() <= input_step);
    stream_->next_in = zlib_bytes(part);
    stream_->avail_in = static_cast<uInt>(part.size());
}

void Inflater::feed_message_end()
{
    assert(stream_->avail_in == 0);
    if (is_at_block_end_)
        return;
    stream_->next_in = message_end.data();
    stream_->avail_in = message_end.size();
}

Inflater::Step Inflater::inflate(std::span<std::byte> out)
{
    stream_->next_out = reinterpret_cast<Bytef*>(out.data());
    stream_->avail_out = static_cast<uInt>(out.size());
    const auto step = [&](Status status) { return Step{out.size() - stream_->avail_out, status}; };
    for (;;) {
        const uInt had = stream_->avail_in;
        const int result = ::inflate(stream_.get(), Z_SYNC_FLUSH);
        if (result == Z_MEM_ERROR)
            throw std::bad_alloc();
        if (result == Z_STREAM_END) {
            inflateReset(stream_.get());
            is_at_block_end_ = true;
            if (stream_->avail_in != 0 && stream_->avail_out != 0)
                continue;
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            return step(Status::invalid);
        } else if (stream_->avail_in != had || !is_at_block_end_) {
            // zlib.h, `data_type`: 128 right behind a block, 64 in the last one, and the number of bits left
            // of the last byte. It forgets the 128 when it is called without input.
            is_at_block_end_ = (stream_->data_type & 0xff) == 128;
        }
        return step(stream_->avail_in != 0 || stream_->avail_out == 0 ? Status::more : Status::hungry);
    }
}

} // namespace jackfield::websocket
