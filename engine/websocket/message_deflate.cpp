#include "websocket/message_deflate.h"

#include <algorithm>

namespace jackfield::websocket {

MessageDeflate::MessageDeflate(DeflatePool& pool, Role role, const DeflateParameters& agreed,
    const Compression& settings, DeflatePool::Promise windows)
    : pool_(pool)
    , windows_(std::move(windows))
    , threshold_(settings.threshold)
    , level_(static_cast<int>(settings.level))
    , window_bits_(role == Role::server ? agreed.server_max_window_bits : agreed.client_max_window_bits)
    , keeps_received_window_(
          !(role == Role::server ? agreed.client_no_context_takeover : agreed.server_no_context_takeover))
{
    const bool keeps_sent_window
        = !(role == Role::server ? agreed.server_no_context_takeover : agreed.client_no_context_takeover);
    if (window_bits_ < smallest_deflate_window_bits)
        return;
    if (keeps_sent_window)
        kept_ = pool_.keep_deflater(level_, window_bits_);
    else if (role == Role::server)
        wire_format_ = pool_.wire_format(level_, window_bits_, threshold_);
}

MessageDeflate::~MessageDeflate()
{
    if (kept_)
        pool_.forget(*kept_);
    pool_.give_back(std::move(inflater_));
}

bool MessageDeflate::compress(std::span<const std::byte> payload, std::vector<std::byte>& out)
{
    // RFC 7692 section 6: each message may be sent as it is.
    if (payload.empty() || payload.size() < threshold_ || window_bits_ < smallest_deflate_window_bits)
        return false;
    if (!kept_)
        return pool_.shared_deflater(level_, window_bits_).deflate(payload, out);
    Deflater& deflater = pool_.use(*kept_);
    try {
        if (deflater.deflate(payload, out))
            return true;
    } catch (...) {
        deflater.reset();
        throw;
    }
    deflater.reset(); // the peer will not see what its window holds
    return false;
}

void MessageDeflate::feed(std::span<const std::byte> part)
{
    if (!inflater_)
        inflater_ = pool_.take_inflater();
    pool_.charge(part.size(), 0);
    inflater_->feed(part);
}

void MessageDeflate::feed_message_end()
{
    if (!inflater_)
        inflater_ = pool_.take_inflater();
    inflater_->feed_message_end();
}

MessageDeflate::Inflated MessageDeflate::inflate(std::uint64_t most)
{
    const auto room = pool_.step_buffer();
    const auto step = inflater_->inflate(room.first(
        static_cast<std::size_t>(std::min<std::uint64_t>(room.size(), std::max<std::uint64_t>(most, 1)))));
    pool_.charge(0, step.produced);
    return {room.first(step.produced), step.status};
}

bool MessageDeflate::finish_message()
{
    const bool is_whole = inflater_->is_at_block_end();
    if (!keeps_received_window_)
        pool_.give_back(std::move(inflater_));
    return is_whole;
}

void MessageDeflate::abandon_message() noexcept
{
    pool_.give_back(std::move(inflater_));
}

std::uint64_t MessageDeflate::lent_bytes() const
{
    return inflater_ && !keeps_received_window_ ? Inflater::memory : 0;
}

} // namespace jackfield::websocket
