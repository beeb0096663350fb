#include "server/refusal_fold.h"

#include <algorithm>

namespace jackfield::server {

void RefusalFold::refill(Bucket& bucket, TimePoint now)
{
    const auto elapsed = std::chrono::duration_cast<seconds>(now - bucket.refilled).count();
    if (elapsed <= 0)
        return;
    bucket.tokens = static_cast<std::uint32_t>(std::min<std::int64_t>(burst, bucket.tokens + elapsed));
    bucket.refilled = now;
}

void RefusalFold::emit_held(Bucket& bucket, TimePoint now)
{
    bucket.held->folded = bucket.held_count - 1;
    emit_(std::move(*bucket.held));
    bucket.held.reset();
    bucket.held_count = 0;
    bucket.held_since = now;
    bucket.tokens = bucket.tokens > 0 ? bucket.tokens - 1 : 0;
    --holding_;
}

void RefusalFold::add(event::Refused refused, TimePoint now)
{
    Bucket& bucket = buckets_[static_cast<std::size_t>(refused.reason)];
    refill(bucket, now);
    if (!bucket.held && bucket.tokens > 0) {
        --bucket.tokens;
        emit_(std::move(refused));
        return;
    }
    if (!bucket.held) {
        ++holding_;
        bucket.held_since = now;
    }
    bucket.held = std::move(refused);
    ++bucket.held_count;
    if (now - bucket.held_since >= seconds(1))
        emit_held(bucket, now);
}

void RefusalFold::flush(TimePoint now)
{
    if (holding_ == 0)
        return;
    for (Bucket& bucket : buckets_) {
        if (bucket.held && now - bucket.held_since >= seconds(1)) {
            refill(bucket, now);
            emit_held(bucket, now);
        }
    }
}

} // namespace jackfield::server
