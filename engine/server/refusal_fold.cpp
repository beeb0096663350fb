#include "server/refusal_fold.h"

#include <algorithm>
#include <utility>

namespace jackfield::server {

std::string RefusalFold::source_of(const event::Refused& refused)
{
    std::string source(1, static_cast<char>(refused.reason));
    source.append(refused.peer.address_text()).append(1, '\0').append(refused.local.text()).append(1, '\0');
    if (refused.tls) // there is neither a host nor an origin yet
        return source.append(1, static_cast<char>(refused.tls->failure)).append(refused.server_name);
    if (refused.wanted_transport)
        source.append(refused.endpoint).append(1, static_cast<char>(*refused.wanted_transport)).append(1, '\0');
    // A page can ask for as many names as it likes, but cannot choose its origin.
    return source.append(refused.has_origin ? refused.origin : refused.host);
}

void RefusalFold::refill(Bucket& bucket, TimePoint now)
{
    const auto elapsed = std::chrono::duration_cast<seconds>(now - bucket.refilled).count();
    if (elapsed <= 0)
        return;
    bucket.tokens = static_cast<std::uint32_t>(std::min<std::int64_t>(burst, bucket.tokens + elapsed));
    bucket.refilled = now;
}

bool RefusalFold::take_token(Bucket& bucket, TimePoint now)
{
    refill(bucket, now);
    if (bucket.held || bucket.tokens == 0)
        return false;
    --bucket.tokens;
    return true;
}

void RefusalFold::hold(Bucket& bucket, event::Refused refused, TimePoint now)
{
    if (!bucket.held) {
        ++holding_;
        bucket.held_since = now;
    } else if (!bucket.holds_unlike) {
        bucket.holds_unlike = source_of(*bucket.held) != source_of(refused);
    }
    bucket.held = std::move(refused);
    ++bucket.held_count;
    flush(bucket, now);
}

void RefusalFold::emit_held(Bucket& bucket, TimePoint now)
{
    event::Refused told = std::move(*bucket.held);
    if (bucket.holds_unlike) {
        // One of them would be taken for all.
        event::Refused many;
        many.reason = told.reason;
        many.status = told.status;
        many.of_many = true;
        many.why = "too many different ones at once to list each (" + told.why + ")";
        told = std::move(many);
    }
    told.folded = bucket.held_count - 1;
    bucket.held.reset();
    bucket.held_count = 0;
    bucket.holds_unlike = false;
    bucket.held_since = now;
    bucket.tokens = bucket.tokens > 0 ? bucket.tokens - 1 : 0;
    --holding_;
    emit_(std::move(told));
}

void RefusalFold::flush(Bucket& bucket, TimePoint now)
{
    if (!bucket.held || now - bucket.held_since < seconds(1))
        return;
    refill(bucket, now);
    emit_held(bucket, now);
}

void RefusalFold::remember(std::string source, TimePoint now)
{
    if (sources_.size() >= most_sources) {
        // The one that was listed longest ago gives way, unless it has something to tell.
        auto oldest = sources_.end();
        for (auto each = sources_.begin(); each != sources_.end(); ++each) {
            if (!each->second.held
                && (oldest == sources_.end() || each->second.refilled < oldest->second.refilled))
                oldest = each;
        }
        if (oldest == sources_.end())
            return;
        sources_.erase(oldest);
    }
    Bucket bucket;
    bucket.tokens = burst - 1;
    bucket.refilled = now;
    sources_.emplace(std::move(source), std::move(bucket));
}

void RefusalFold::add(event::Refused refused, TimePoint now)
{
    std::string source = source_of(refused);
    if (const auto known = sources_.find(source); known != sources_.end()) {
        if (take_token(known->second, now))
            emit_(std::move(refused));
        else
            hold(known->second, std::move(refused), now);
        return;
    }
    Bucket& others = others_[static_cast<std::size_t>(refused.reason)];
    if (!take_token(others, now)) {
        hold(others, std::move(refused), now);
        return;
    }
    remember(std::move(source), now);
    emit_(std::move(refused));
}

void RefusalFold::flush(TimePoint now)
{
    if (holding_ == 0)
        return;
    for (auto& [source, bucket] : sources_)
        flush(bucket, now);
    for (Bucket& bucket : others_)
        flush(bucket, now);
}

} // namespace jackfield::server
