#pragma once

#include "websocket/deflate_stream.h"

#include "jackfield/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace jackfield::websocket {

/// The compressors and decompressors of one thread, and how much may be inflated in one turn of its loop.
///
/// Whoever keeps no window from message to message borrows: one compressor for each level and window serves
/// all, and a decompressor is lent until its message has ended. Windows that are kept between messages
/// (context takeover) are promised within a budget of bytes when a connection opens, and made on first need.
/// One thread; it must outlive everything that borrows from it.
class DeflatePool {
public:
    static constexpr std::uint64_t no_limit = ~std::uint64_t{0}; ///< for `begin_turn`

    explicit DeflatePool(std::uint64_t context_budget = 0)
        : context_budget_(context_budget)
    { }
    DeflatePool(const DeflatePool&) = delete;
    DeflatePool& operator=(const DeflatePool&) = delete;

    // ---- the budget of kept windows ----

    /// Bytes of the budget, held until it is destroyed.
    class Promise {
    public:
        Promise() = default;
        Promise(Promise&& other) noexcept
            : pool_(std::exchange(other.pool_, nullptr))
            , bytes_(other.bytes_)
        { }
        Promise& operator=(Promise&& other) noexcept
        {
            std::swap(pool_, other.pool_);
            std::swap(bytes_, other.bytes_);
            return *this;
        }
        ~Promise()
        {
            if (pool_)
                pool_->promised_ -= bytes_;
        }

    private:
        friend class DeflatePool;
        Promise(DeflatePool& pool, std::uint64_t bytes)
            : pool_(&pool)
            , bytes_(bytes)
        {
            pool.promised_ += bytes;
        }
        DeflatePool* pool_ = nullptr;
        std::uint64_t bytes_ = 0;
    };
    /// nullopt when the budget has no room for `bytes`, which is counted.
    [[nodiscard]] std::optional<Promise> promise(std::uint64_t bytes);
    /// A smaller budget takes nothing back; it holds for later promises.
    void set_context_budget(std::uint64_t bytes) { context_budget_ = bytes; }
    [[nodiscard]] std::uint64_t promised_bytes() const { return promised_; }
    /// How often there was no room since the last call.
    [[nodiscard]] std::uint64_t take_denials() { return std::exchange(denials_, 0); }

    // ---- lending ----

    /// The compressor of everybody without a window of their own, emptied. Throws std::bad_alloc.
    [[nodiscard]] Deflater& shared_deflater(int level, int window_bits);

    /// A compressor that is kept for one connection is smaller than the one that all share: of many, few are in the processor's
    /// cache when their turn comes, and that is most of what they cost. It finds again what was sent within the last 16 KiB.
    /// A sender may use less of its window than was agreed on.
    static constexpr int kept_window_bits = 14;
    static constexpr int kept_memory_level = 6;
    /// What `keep_deflater` needs, in bytes.
    [[nodiscard]] static constexpr std::uint64_t kept_deflater_memory(int window_bits)
    {
        return Deflater::memory(window_bits < kept_window_bits ? window_bits : kept_window_bits, kept_memory_level);
    }
    /// One connection's compressor with the window of its earlier messages.
    struct KeptDeflater {
        int level = 0;
        int window_bits = 0;
        std::unique_ptr<Deflater> deflater; ///< null before the first use and after a long time without one
        TimePoint used_at{};
    };
    using KeptDeflaters = std::list<KeptDeflater>;
    /// `window_bits`: what was agreed on. Throws std::bad_alloc. The place is the caller's until `forget`.
    [[nodiscard]] KeptDeflaters::iterator keep_deflater(int level, int window_bits);
    void forget(KeptDeflaters::iterator kept) noexcept { kept_.erase(kept); }
    /// The compressor in `kept`, made anew with an empty window where there is none. Throws std::bad_alloc.
    [[nodiscard]] Deflater& use(KeptDeflaters::iterator kept);

    /// With an empty window. Throws std::bad_alloc.
    [[nodiscard]] std::unique_ptr<Inflater> take_inflater();
    void give_back(std::unique_ptr<Inflater> inflater) noexcept;

    /// An empty buffer for one message.
    [[nodiscard]] std::vector<std::byte> take_buffer() noexcept;
    /// Keeps small ones for the next message, frees large ones.
    void give_back(std::vector<std::byte> buffer) noexcept;
    /// Room for one step of inflating, for use within one call.
    [[nodiscard]] std::span<std::byte> step_buffer() { return step_buffer_; }

    /// Codecs of equal settings get the same number, from 16 on (MessageCodec::wire_format).
    [[nodiscard]] std::uint32_t wire_format(int level, int window_bits, std::uint64_t threshold);

    // ---- turns ----

    /// A new turn: `budget` bytes may be inflated in it.
    void begin_turn(TimePoint now, std::uint64_t budget = no_limit)
    {
        now_ = now;
        left_ = budget;
    }
    [[nodiscard]] bool may_inflate() const { return left_ > 0; }
    /// How many compressed bytes to inflate in one go, so that a turn's budget is not passed by much.
    [[nodiscard]] std::size_t piece_size() const;
    /// Counts work against the turn's budget. Compressed bytes cost something even when nothing comes out.
    void charge(std::size_t compressed, std::size_t inflated);

    // ---- memory ----

    /// True while it holds a stream or a buffer that `release_idle` could free.
    [[nodiscard]] bool holds_any() const;
    /// Frees what was last used before `since`; windows that a peer may still refer to stay. A kept
    /// compressor is made anew when it is needed: a sender may forget its window at any time.
    void release_idle(TimePoint since) noexcept;

private:
    struct SharedDeflater {
        int level = 0;
        int window_bits = 0;
        std::unique_ptr<Deflater> deflater;
        TimePoint used_at{};
    };
    struct Format {
        int level = 0;
        int window_bits = 0;
        std::uint64_t threshold = 0;
        bool operator==(const Format&) const = default;
    };

    std::uint64_t context_budget_;
    std::uint64_t promised_ = 0;
    std::uint64_t denials_ = 0;
    std::vector<SharedDeflater> shared_;
    KeptDeflaters kept_;
    std::vector<std::unique_ptr<Inflater>> inflaters_;
    std::vector<std::vector<std::byte>> buffers_;
    TimePoint inflated_at_{};
    TimePoint buffer_used_at_{};
    std::vector<Format> formats_;
    std::array<std::byte, 16U << 10U> step_buffer_{};
    TimePoint now_{};
    std::uint64_t left_ = no_limit;
};

} // namespace jackfield::websocket
