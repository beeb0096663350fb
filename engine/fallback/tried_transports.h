#pragma once

#include "jackfield/socket_address.h"
#include "jackfield/time.h"

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace jackfield::fallback {

/// Remembers for a while which transports failed, so that the row of the one that works can tell. A page tries one after the
/// other with the same number for the server and, below the same endpoint, from the same address. Bounded; one thread.
class TriedTransports {
public:
    static constexpr std::size_t capacity = 256;
    static constexpr milliseconds memory{30'000};

    void add(const SocketAddress& peer, std::string_view base, std::string_view server, std::string_view what, TimePoint now);
    /// "websocket: switched off here, xhr-streaming: ..." of this page, in order; empty for none. Forgets them.
    [[nodiscard]] std::string take(
        const SocketAddress& peer, std::string_view base, std::string_view server, TimePoint now);

private:
    struct Trial {
        std::string page; // address, endpoint and server number
        std::string what;
        TimePoint at;
    };
    void drop_old(TimePoint now);
    std::deque<Trial> trials_; // oldest first
};

} // namespace jackfield::fallback
