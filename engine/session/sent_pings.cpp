#include "session/sent_pings.h"

#include <algorithm>

namespace jackfield::session {

void SentPings::add(std::span<const std::byte> payload, std::uint64_t order, TimePoint now)
{
    if (pings_.size() == most)
        pings_.erase(pings_.begin());
    Ping& ping = pings_.emplace_back();
    ping.order = order;
    ping.sent_at = now;
    ping.size = static_cast<std::uint8_t>(std::min(payload.size(), ping.payload.size()));
    std::copy_n(payload.begin(), ping.size, ping.payload.begin());
}

std::optional<SentPings::Ping> SentPings::take(std::span<const std::byte> payload)
{
    const auto answered = std::ranges::find_if(pings_, [&](const Ping& ping) {
        return std::ranges::equal(std::span(ping.payload).first(ping.size), payload);
    });
    if (answered == pings_.end())
        return std::nullopt;
    const Ping ping = *answered;
    pings_.erase(pings_.begin(), answered + 1);
    return ping;
}

void SentPings::forget_before(std::uint64_t order)
{
    std::erase_if(pings_, [order](const Ping& ping) { return ping.order < order; });
}

void SentPings::forget_sent_until(TimePoint time)
{
    std::erase_if(pings_, [time](const Ping& ping) { return ping.sent_at <= time; });
}

} // namespace jackfield::session
