#include "fallback/tried_transports.h"

namespace jackfield::fallback {

namespace {

std::string page_of(const SocketAddress& peer, std::string_view base, std::string_view server)
{
    return peer.address_text().append(" ").append(base).append(" ").append(server);
}

} // namespace

void TriedTransports::drop_old(TimePoint now)
{
    while (!trials_.empty() && now - trials_.front().at > memory)
        trials_.pop_front();
}

void TriedTransports::add(const SocketAddress& peer, std::string_view base, std::string_view server,
    std::string_view what, TimePoint now)
{
    drop_old(now);
    if (trials_.size() >= capacity)
        trials_.pop_front();
    trials_.push_back({page_of(peer, base, server), std::string(what), now});
}

std::string TriedTransports::take(
    const SocketAddress& peer, std::string_view base, std::string_view server, TimePoint now)
{
    drop_old(now);
    std::string text;
    const std::string page = page_of(peer, base, server);
    std::erase_if(trials_, [&](const Trial& trial) {
        if (trial.page != page)
            return false;
        text.append(text.empty() ? "" : ", ").append(trial.what);
        return true;
    });
    return text;
}

} // namespace jackfield::fallback
