#pragma once

#include "jackfield/socket_address.h"

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

namespace jackfield::server {

/// Who is connected, counted over all shards of an engine: what the connection limit is judged by, and where the next one is to
/// go. Any thread.
class ConnectionPlaces {
public:
    explicit ConnectionPlaces(std::uint32_t shards)
        : by_shard_(shards)
    { }

    /// One connection's place, given back when this is destroyed. It may move to another thread.
    class Place {
    public:
        Place() = default;
        Place(Place&& other) noexcept
            : places_(std::exchange(other.places_, nullptr))
            , address_(other.address_)
            , shard_(other.shard_)
        { }
        Place& operator=(Place&& other) noexcept
        {
            std::swap(places_, other.places_);
            std::swap(address_, other.address_);
            std::swap(shard_, other.shard_);
            return *this;
        }
        ~Place() { give_back(); }
        void give_back() noexcept
        {
            if (auto* const places = std::exchange(places_, nullptr))
                places->give_back(address_, shard_);
        }

    private:
        friend class ConnectionPlaces;
        Place(ConnectionPlaces& places, const std::array<std::uint8_t, 16>& address, std::uint8_t shard)
            : places_(&places)
            , address_(address)
            , shard_(shard)
        { }
        ConnectionPlaces* places_ = nullptr;
        std::array<std::uint8_t, 16> address_{};
        std::uint8_t shard_ = 0;
    };

    /// Whether one more may come from there. Of a large limit `reserve` places stay free for other addresses.
    [[nodiscard]] bool has_room_for(const SocketAddress& peer, std::uint32_t limit, std::uint32_t reserve) const;
    /// Counts one more on `shard`. Throws std::bad_alloc.
    [[nodiscard]] Place take(const SocketAddress& peer, std::uint8_t shard);
    /// The shard that carries the fewest, the first of them.
    [[nodiscard]] std::uint8_t emptiest_shard() const;

private:
    void give_back(const std::array<std::uint8_t, 16>& address, std::uint8_t shard) noexcept;
    mutable std::mutex mutex_;
    std::map<std::array<std::uint8_t, 16>, std::uint32_t> by_address_;
    std::vector<std::uint32_t> by_shard_;
    std::uint64_t count_ = 0;
};

} // namespace jackfield::server
