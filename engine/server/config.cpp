#include "jackfield/config.h"

#include "jackfield/limit_fields.h"

#include <algorithm>
#include <array>
#include <limits>

namespace jackfield {
namespace {

template <auto Member>
using TypeOf = std::remove_cvref_t<decltype(std::declval<Limits>().*Member)>;

template <auto Member>
std::uint64_t get_member(const Limits& limits)
{
    if constexpr (std::is_same_v<TypeOf<Member>, milliseconds>)
        return static_cast<std::uint64_t>(std::max<std::int64_t>((limits.*Member).count(), 0));
    else
        return limits.*Member;
}

template <auto Member>
void set_member(Limits& limits, std::uint64_t value)
{
    using Type = TypeOf<Member>;
    if constexpr (std::is_same_v<Type, milliseconds>) {
        constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
        limits.*Member = milliseconds(static_cast<std::int64_t>(std::min(value, most)));
    } else {
        constexpr std::uint64_t most = std::numeric_limits<Type>::max();
        limits.*Member = static_cast<Type>(std::min(value, most));
    }
}

template <auto Member>
constexpr LimitField field(
    std::string_view name, std::uint64_t smallest, std::uint64_t largest, bool zero_allowed = false)
{
    return {name, smallest, largest, zero_allowed, &get_member<Member>, &set_member<Member>};
}

constexpr std::uint64_t kib = 1ULL << 10U;
constexpr std::uint64_t mib = 1ULL << 20U;
constexpr std::uint64_t gib = 1ULL << 30U;
constexpr std::uint64_t second = 1'000;
constexpr std::uint64_t minute = 60 * second;
constexpr std::uint64_t hour = 60 * minute;
constexpr std::uint64_t most_connections = (1ULL << 24U) - 1; // slots of a shard (ConnectionId)

constexpr std::array fields = {
    field<&Limits::max_message>("max_message", kib, gib),
    field<&Limits::max_fragments>("max_fragments", 16, 16'777'216),
    field<&Limits::max_partial_total>("max_partial_total", mib, 64 * gib),
    field<&Limits::max_queue>("max_queue", 64 * kib, gib),
    field<&Limits::max_connections>("max_connections", 1, most_connections, true),
    field<&Limits::reserve_for_other_addresses>("reserve_for_other_addresses", 0, most_connections / 2),
    field<&Limits::max_openings>("max_openings", 16, 65'536),
    field<&Limits::max_request_head>("max_request_head", kib, 64 * kib),
    field<&Limits::max_headers>("max_headers", 10, 1'000),
    field<&Limits::max_target>("max_target", 256, 64 * kib),
    field<&Limits::handshake_timeout>("handshake_timeout_ms", 100, 10 * minute),
    field<&Limits::closing_timeout>("closing_timeout_ms", 100, minute),
    field<&Limits::drain_timeout>("drain_timeout_ms", 100, minute),
    field<&Limits::slow_timeout>("slow_timeout_ms", second, hour),
    field<&Limits::ping_interval>("ping_interval_ms", second, hour, true),
    field<&Limits::pong_timeout>("pong_timeout_ms", second, hour),
    field<&Limits::max_pings_per_second>("max_pings_per_second", 10, 1'000'000),
    field<&Limits::max_inflate_per_second>("max_inflate_per_second", mib, 64 * gib),
};

} // namespace

std::vector<ListenSpec> default_listeners(std::uint16_t port)
{
    std::array<std::uint8_t, 16> loopback6{};
    loopback6.back() = 1;
    ListenSpec v4;
    v4.address = SocketAddress::v4({127, 0, 0, 1}, port);
    ListenSpec v6;
    v6.address = SocketAddress::v6(loopback6, port);
    v6.same_port_as_previous = true;
    v6.optional = true;
    return {v4, v6};
}

EndpointConfig default_endpoint()
{
    EndpointConfig endpoint;
    endpoint.subprotocols = {
        {"echo", "echo"}, {"chat", "chat"}, {"reverse", "reverse"}, {"dumb-increment-protocol", "reverse"}};
    return endpoint;
}

std::vector<EndpointConfig> default_endpoints()
{
    std::vector<EndpointConfig> endpoints = {default_endpoint()};
    for (const char* behaviour : {"echo", "chat", "reverse"}) {
        EndpointConfig endpoint = default_endpoint();
        endpoint.pattern = std::string("/") + behaviour;
        endpoint.behaviour = behaviour;
        endpoint.sockjs.emplace();
        endpoints.push_back(std::move(endpoint));
    }
    return endpoints;
}

std::span<const LimitField> limit_fields()
{
    return fields;
}

std::vector<std::string> clamp_limits(Limits& limits)
{
    std::vector<std::string> changes;
    for (const LimitField& field : fields) {
        const std::uint64_t value = field.get(limits);
        std::uint64_t largest = field.largest;
        if (field.name == "reserve_for_other_addresses" && limits.max_connections != 0)
            largest = limits.max_connections / 2;
        if ((field.zero_allowed && value == 0) || (value >= field.smallest && value <= largest))
            continue;
        const std::uint64_t clamped = std::clamp(value, field.smallest, largest);
        field.set(limits, clamped);
        // A default that follows a small max_connections is nobody's value: it is no news.
        if (value <= field.largest && value == field.get(Limits()))
            continue;
        changes.push_back(std::string(field.name) + " was " + std::to_string(value) + " and is taken as "
            + std::to_string(clamped) + " (" + (field.zero_allowed ? "0 or " : "")
            + std::to_string(field.smallest) + " to " + std::to_string(largest) + ")");
    }
    return changes;
}

std::vector<std::string> clamp_compression(Compression& compression)
{
    std::vector<std::string> changes;
    const auto clamp
        = [&changes](auto& value, std::uint64_t smallest, std::uint64_t largest, const char* name) {
              const auto clamped = std::clamp<std::uint64_t>(value, smallest, largest);
              if (clamped == value)
                  return;
              changes.push_back(std::string(name) + " was " + std::to_string(value) + " and is taken as "
                  + std::to_string(clamped) + " (" + std::to_string(smallest) + " to "
                  + std::to_string(largest) + ")");
              value = static_cast<std::remove_reference_t<decltype(value)>>(clamped);
          };
    clamp(compression.level, 1, 9, "the compression's level");
    clamp(compression.threshold, 0, gib, "the compression's threshold");
    clamp(compression.context_budget, 0, 64 * gib, "the compression's context_budget");
    return changes;
}

std::vector<std::string> clamp_sockjs(SockJs& sockjs)
{
    std::vector<std::string> changes;
    const auto clamp = [&changes](std::uint64_t value, std::uint64_t smallest, std::uint64_t largest, const char* name) {
        const auto clamped = std::clamp(value, smallest, largest);
        if (clamped != value)
            changes.push_back(std::string(name) + " was " + std::to_string(value) + " and is taken as "
                + std::to_string(clamped) + " (" + std::to_string(smallest) + " to " + std::to_string(largest)
                + ")");
        return clamped;
    };
    const auto clamp_time = [&clamp](milliseconds& time, std::uint64_t smallest, const char* name) {
        const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 0));
        time = milliseconds(static_cast<std::int64_t>(clamp(value, smallest, hour, name)));
    };
    clamp_time(sockjs.heartbeat, second, "the SockJS heartbeat_ms");
    clamp_time(sockjs.disconnect_delay, second / 10, "the SockJS disconnect_delay_ms");
    sockjs.response_limit = static_cast<std::uint32_t>(
        clamp(sockjs.response_limit, kib, 16 * mib, "the SockJS response_limit"));
    return changes;
}

} // namespace jackfield
