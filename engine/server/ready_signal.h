#pragma once

#include "net/descriptor.h"
#include "net/system_calls.h"

#include <atomic>
#include <cstdint>

namespace jackfield::server {

/// The descriptor that tells a reader that some lane holds something. Raised by the engine's thread, lowered
/// by the reader's; written once per change from empty to not empty.
class ReadySignal {
public:
    ReadySignal(net::SystemCalls& calls, net::Descriptor event)
        : calls_(calls)
        , event_(std::move(event))
    { }
    [[nodiscard]] int descriptor() const { return event_.get(); }

    void raise()
    {
        if (!raised_.load(std::memory_order_seq_cst) && !raised_.exchange(true, std::memory_order_seq_cst))
            write();
    }
    /// After this the reader must look once more whether the lanes are empty, and raise again when they are
    /// not: a writer may have come between its look and the lowering.
    void lower()
    {
        // Also when it is not raised, but was written: a writer that was between its mark and its write when this was last
        // called has left the descriptor readable.
        const std::uint32_t writes = writes_.load(std::memory_order_seq_cst);
        if (!raised_.load(std::memory_order_seq_cst) && writes == lowered_.load(std::memory_order_relaxed))
            return;
        calls_.read_counter(event_.get());
        lowered_.store(writes, std::memory_order_relaxed);
        raised_.store(false, std::memory_order_seq_cst);
    }

private:
    void write()
    {
        for (int i = 0; i < 8; ++i) {
            if (calls_.write_counter(event_.get()) >= 0) {
                writes_.fetch_add(1, std::memory_order_seq_cst);
                return;
            }
        }
        raised_.store(false, std::memory_order_seq_cst); // the next one tries again
    }

    net::SystemCalls& calls_;
    net::Descriptor event_;
    std::atomic<bool> raised_{false};
    std::atomic<std::uint32_t> writes_{0}; // how often the descriptor has been made readable
    std::atomic<std::uint32_t> lowered_{0}; // of those, what stood when it was last read
};

} // namespace jackfield::server
