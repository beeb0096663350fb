#include "base/spare_blocks.h"

#include <array>
#include <cstdint>
#include <new>
#include <utility>

// AddressSanitizer sees who uses a block after its end only when that is freed.
#if defined(__SANITIZE_ADDRESS__)
#define JACKFIELD_KEEPS_BLOCKS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define JACKFIELD_KEEPS_BLOCKS 0
#endif
#endif
#ifndef JACKFIELD_KEEPS_BLOCKS
#define JACKFIELD_KEEPS_BLOCKS 1
#endif

namespace jackfield {

namespace {

constexpr std::size_t step = 64;
constexpr std::size_t kinds = JACKFIELD_KEEPS_BLOCKS * 1'024 / step; ///< of sizes; above them nothing is kept
constexpr std::uint8_t most = 32; ///< of a kind

constexpr std::size_t kind_of(std::size_t size)
{
    return (size - 1) / step;
}

struct Spare {
    Spare* next;
};

struct Stock {
    Spare* first = nullptr;
    std::uint8_t count = 0;
};

// Without a destructor, since blocks may come back while the thread ends, after `AtTheEnd`.
struct Stocks {
    std::array<Stock, 16> of_kind{};
    bool has_begun = false;
    bool has_ended = false;
};
constinit thread_local Stocks stocks;

struct AtTheEnd {
    bool is_there = true;
    ~AtTheEnd()
    {
        stocks.has_ended = true;
        for (Stock& stock : stocks.of_kind) {
            while (stock.first != nullptr)
                ::operator delete(std::exchange(stock.first, stock.first->next));
        }
    }
};

} // namespace

void* take_block(std::size_t size)
{
    const std::size_t kind = kind_of(size);
    if (kind >= kinds)
        return ::operator new(size);
    Stock& stock = stocks.of_kind[kind];
    if (stock.first == nullptr)
        return ::operator new((kind + 1) * step);
    --stock.count;
    return std::exchange(stock.first, stock.first->next);
}

void give_block_back(void* block, std::size_t size) noexcept
{
    const std::size_t kind = kind_of(size);
    if (kind < kinds && !stocks.has_ended && stocks.of_kind[kind].count < most) {
        if (!stocks.has_begun) {
            thread_local const AtTheEnd at_the_end;
            stocks.has_begun = at_the_end.is_there;
        }
        Stock& stock = stocks.of_kind[kind];
        stock.first = new (block) Spare{stock.first};
        ++stock.count;
        return;
    }
    ::operator delete(block);
}

} // namespace jackfield
