#include "server/commons.h"

#include <cerrno>
#include <utility>

namespace jackfield::server {

Result<std::unique_ptr<Commons>> Commons::create(net::SystemCalls& calls, const EngineConfig& config, std::uint32_t count)
{
    const int ready = calls.create_event();
    if (ready < 0)
        return fail(ErrorCode::system, "could not start: eventfd", errno);
    net::Descriptor descriptor(calls, ready); // before the memory, which may be missing
    return std::unique_ptr<Commons>(new Commons(calls, std::move(descriptor), config, count));
}

Commons::Commons(net::SystemCalls& calls, net::Descriptor ready, const EngineConfig& config, std::uint32_t count)
    : signal(calls, std::move(ready))
    , events(config.event_capacity, config.command_capacity, signal)
    , places(count)
    , shard_count_(count)
    , totals_(count)
{ }

void Commons::set_totals(std::uint8_t shard, const EngineTotals& totals)
{
    const std::lock_guard lock(mutex_);
    totals_[shard] = totals;
}

EngineTotals Commons::totals() const
{
    const std::lock_guard lock(mutex_);
    EngineTotals sum;
    for (const EngineTotals& each : totals_)
        add(sum, each);
    return sum;
}

void add(EngineTotals& sum, const EngineTotals& totals)
{
    sum.open += totals.open;
    sum.opened += totals.opened;
    sum.refused += totals.refused;
    sum.messages_in += totals.messages_in;
    sum.messages_out += totals.messages_out;
    sum.bytes_in += totals.bytes_in;
    sum.bytes_out += totals.bytes_out;
    sum.wire_in += totals.wire_in;
    sum.wire_out += totals.wire_out;
}

} // namespace jackfield::server
