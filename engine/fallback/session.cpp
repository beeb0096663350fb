#include "fallback/session.h"

#include "fallback/session_table.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace jackfield::fallback {

namespace {

constexpr std::string_view interrupted = R"(c[1002,"Connection interrupted"])";
constexpr std::size_t max_inbound = 1U << 20U; // of records that nobody has read yet; a page waits for its answer
constexpr std::size_t max_remembered = 10'000; // sessions; with more of them ended ones are forgotten at once

/// Reads whole lines out of the parts of a write.
class Lines {
public:
    explicit Lines(std::span<const iovec> parts)
        : parts_(parts)
    { }
    /// The next line without its end; nullopt when there is no whole one. Lives until the next call.
    std::optional<std::string_view> peek()
    {
        joined_.clear();
        std::size_t part = part_;
        std::size_t offset = offset_;
        for (; part < parts_.size(); ++part, offset = 0) {
            const auto* data = static_cast<const char*>(parts_[part].iov_base) + offset;
            const std::size_t size = parts_[part].iov_len - offset;
            const auto* end = static_cast<const char*>(std::memchr(data, '\n', size));
            if (!end) {
                joined_.append(data, size);
                continue;
            }
            const auto length = static_cast<std::size_t>(end - data);
            next_part_ = part;
            next_offset_ = offset + length + 1;
            if (joined_.empty())
                return std::string_view(data, length);
            return joined_.append(data, length);
        }
        return std::nullopt;
    }
    /// Takes what `peek` gave, which was `length` bytes.
    void take(std::size_t length)
    {
        part_ = next_part_;
        offset_ = next_offset_;
        taken_ += length + 1;
    }
    [[nodiscard]] std::size_t taken() const { return taken_; }

private:
    std::span<const iovec> parts_;
    std::string joined_;
    std::size_t part_ = 0, offset_ = 0;
    std::size_t next_part_ = 0, next_offset_ = 0;
    std::size_t taken_ = 0;
};

} // namespace

Session::Session(SessionTable& table, std::string key, SockJs config, std::optional<std::string> origin)
    : table_(table)
    , key_(std::move(key))
    , config_(std::move(config))
    , origin_(std::move(origin))
{
    timer_.owner = session_timer_owner;
    timer_.session = this;
}

Session::~Session()
{
    if (timer_.is_scheduled())
        table_.host().session_wheel().cancel(timer_);
}

void Session::close() noexcept
{
    if (timer_.is_scheduled())
        table_.host().session_wheel().cancel(timer_);
    carrier_ = 0;
    receiver_ = draining_ = nullptr;
    senders_.clear();
}

bool Session::belongs_to(std::optional<std::string_view> origin) const
{
    return !origin || !origin_ || *origin == *origin_;
}

void Session::start_timer() noexcept
{
    SessionHost& host = table_.host();
    host.session_wheel().schedule(timer_, host.session_now() + config_.disconnect_delay);
}

void Session::carry(std::uint64_t carrier)
{
    carrier_ = carrier;
}

void Session::attach(Receiver& receiver, Transport transport)
{
    receiver_ = &receiver;
    SessionHost& host = table_.host();
    host.session_wheel().cancel(timer_);
    if (std::exchange(transport_, transport) != transport)
        host.on_session_transport(carrier_, transport);
    resume();
}

void Session::leave(Receiver& receiver, bool in_order) noexcept
{
    if (draining_ == &receiver) {
        draining_ = nullptr;
        if (carrier_ != 0 && !receiver_ && !is_lost_)
            start_timer();
        return;
    }
    if (receiver_ != &receiver)
        return;
    receiver_ = nullptr;
    if (carrier_ == 0)
        return;
    if (in_order) {
        draining_ = &receiver;
    } else {
        is_interrupted_ = true;
        lose();
    }
}

void Session::resume() noexcept
{
    if (carrier_ != 0)
        table_.host().on_session_writable(carrier_);
}

std::string_view Session::close_frame() const
{
    return close_frame_.empty() && is_interrupted_ ? interrupted : std::string_view(close_frame_);
}

void Session::lose() noexcept
{
    is_lost_ = true;
    refuse_senders();
    table_.host().on_session_readable(carrier_);
}

bool Session::is_open() const
{
    return carrier_ != 0 && !is_lost_ && close_frame().empty() && table_.host().is_session_open(carrier_);
}

bool Session::is_full() const
{
    return inbound_.size() > max_inbound;
}

bool Session::take(const ByteBuffer& records, Sender& sender)
{
    if (!is_open() || is_full())
        return false;
    inbound_.append(records.view());
    arrived_ += records.size();
    senders_.push_back({&sender, arrived_});
    table_.host().on_session_readable(carrier_);
    return true;
}

void Session::forget(Sender& sender) noexcept
{
    std::erase_if(senders_, [&](const Waiting& each) { return each.sender == &sender; });
}

void Session::refuse_senders() noexcept
{
    const std::vector<Waiting> waiting = std::exchange(senders_, {});
    for (const Waiting& each : waiting) {
        try {
            each.sender->on_refused();
        } catch (...) {
            each.sender->cut(); // there is no memory to say it with
        }
    }
}

net::IoResult Session::read(std::span<std::byte> buffer)
{
    using Status = net::IoResult::Status;
    if (is_lost_)
        return {Status::failed, 0, ECONNRESET};
    if (inbound_.empty())
        return {is_shut_down_ ? Status::end : Status::would_block, 0, 0};
    const std::size_t count = std::min(buffer.size(), inbound_.size());
    std::copy_n(std::as_const(inbound_).view().begin(), count, buffer.begin());
    inbound_.consume(count);
    if (inbound_.empty())
        inbound_.release();
    taken_ += count;
    while (!senders_.empty() && senders_.front().until <= taken_) {
        Sender& sender = *senders_.front().sender;
        senders_.erase(senders_.begin());
        try {
            sender.on_taken();
        } catch (...) {
            sender.cut(); // what it brought counts; it learns of nothing
        }
    }
    return {Status::done, count, 0};
}

net::IoResult Session::write(std::span<const iovec> parts)
{
    using Status = net::IoResult::Status;
    Lines lines(parts);
    std::string frame;
    while (receiver_ && !receiver_->is_full()) {
        auto line = lines.peek();
        if (!line)
            break;
        frame.clear();
        if (line->starts_with('"')) {
            // What waits goes in one frame, as much as the transport likes.
            const std::size_t batch = receiver_->batch();
            do {
                frame.append(frame.empty() ? "a[" : ",").append(*line);
                lines.take(line->size());
                line = lines.peek();
            } while (line && line->starts_with('"') && frame.size() + line->size() < batch);
            frame.push_back(']');
        } else {
            frame = *line;
            lines.take(line->size());
        }
        if (frame.starts_with('c')) {
            end(frame);
            break;
        }
        Receiver& receiver = *receiver_;
        if (!receiver.send(frame))
            leave(receiver, true);
    }
    if (lines.taken() == 0)
        return {Status::would_block, 0, 0};
    return {Status::done, lines.taken(), 0};
}

/// The close frame is what every request hears from now on.
void Session::end(std::string_view frame)
{
    close_frame_ = frame;
    refuse_senders();
    Receiver* const receiver = std::exchange(receiver_, nullptr);
    if (receiver && receiver->send(frame))
        receiver->end();
}

void Session::shut_down_writing()
{
    is_shut_down_ = true;
    if (close_frame().empty())
        table_.remove(*this); // ended without a word: who asks again opens a new one
    refuse_senders();
    if (Receiver* const receiver = std::exchange(receiver_, nullptr))
        receiver->end();
}

void Session::reset_on_close()
{
    if (close_frame().empty())
        table_.remove(*this);
    if (Receiver* const receiver = std::exchange(receiver_, nullptr))
        receiver->cut();
}

void Session::on_stream_gone() noexcept
{
    if (table_.is_closed())
        return;
    carrier_ = 0;
    inbound_.release();
    refuse_senders();
    if (Receiver* const receiver = std::exchange(receiver_, nullptr)) {
        try {
            receiver->end();
        } catch (...) {
            receiver->cut();
        }
    }
    if (close_frame().empty() || table_.size() > max_remembered)
        table_.remove(*this);
    else
        start_timer(); // for as long the page hears how it ended
}

void Session::on_timer()
{
    if (carrier_ != 0 && !receiver_ && !is_lost_) {
        lose(); // nobody has asked for so long that nobody will; who does after all gets a new session
    } else if (carrier_ == 0) {
        table_.remove(*this);
    }
}

} // namespace jackfield::fallback
