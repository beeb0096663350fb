#include "server/connection_places.h"

#include <algorithm>

namespace jackfield::server {

bool ConnectionPlaces::has_room_for(const SocketAddress& peer, std::uint32_t limit, std::uint32_t reserve) const
{
    const std::lock_guard lock(mutex_);
    if (count_ >= limit)
        return false;
    // A small limit is somebody's exact wish; of a large one a few places stay free for other addresses.
    constexpr std::uint32_t reserve_from = 1'024;
    const auto from_there = by_address_.find(peer.bytes());
    if (limit < reserve_from || from_there == by_address_.end())
        return true;
    return from_there->second < limit - std::min(reserve, limit / 2);
}

ConnectionPlaces::Place ConnectionPlaces::take(const SocketAddress& peer, std::uint8_t shard)
{
    const std::lock_guard lock(mutex_);
    const auto address = peer.bytes();
    ++by_address_[address];
    ++by_shard_[shard];
    ++count_;
    return {*this, address, shard};
}

std::uint8_t ConnectionPlaces::emptiest_shard() const
{
    const std::lock_guard lock(mutex_);
    return static_cast<std::uint8_t>(std::ranges::min_element(by_shard_) - by_shard_.begin());
}

void ConnectionPlaces::give_back(const std::array<std::uint8_t, 16>& address, std::uint8_t shard) noexcept
{
    const std::lock_guard lock(mutex_);
    if (const auto counted = by_address_.find(address); counted != by_address_.end() && --counted->second == 0)
        by_address_.erase(counted);
    --by_shard_[shard];
    --count_;
}

} // namespace jackfield::server
