#include "server/shard.h"

#include <algorithm>
#include <array>
#include <cerrno>

namespace jackfield::server {

namespace {

constexpr std::size_t parts_a_write = 32;
constexpr int writes_a_flush = 4;
constexpr int discards_a_turn = 8;
constexpr milliseconds gentle_drain{
    1'000}; // after a complete closing handshake the peer has nothing left to say
constexpr milliseconds buffers_retry{10};
constexpr milliseconds buffers_patience{1'000};

} // namespace

std::uint64_t Shard::token_of(const Socket& socket)
{
    return std::uint64_t{socket.generation} << 32U | socket.slot;
}

Socket* Shard::find_socket(std::uint64_t token)
{
    Socket* socket = sockets_.find(
        static_cast<std::uint32_t>(token & 0xffffffU), static_cast<std::uint32_t>(token >> 32U));
    return socket && socket->stage != Stage::dead ? socket : nullptr;
}

void Shard::serve(Socket& socket, std::uint32_t events)
{
    if (events & EPOLLOUT)
        flush(socket);
    if (socket.stage == Stage::dead)
        return;
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        if (socket.stage == Stage::flushing || socket.stage == Stage::draining)
            discard_input(socket);
        else
            read_from(socket, events);
    }
}

void Shard::read_inside_later(Socket& socket)
{
    if (socket.in_input_list)
        return;
    socket.in_input_list = true;
    with_input_inside_.push_back(token_of(socket));
}

void Shard::serve_input_inside()
{
    // Who still holds some afterwards comes to stand behind, for the next turn.
    const std::size_t count = with_input_inside_.size();
    for (std::size_t i = 0; i < count; ++i) {
        Socket* socket = find_socket(with_input_inside_[i]);
        if (!socket)
            continue;
        socket->in_input_list = false;
        guard(*socket, [&] {
            if (socket->session && socket->session->is_lost())
                on_stream_end(*socket, ECONNRESET); // whether it is read at present or not
            else
                serve(*socket, EPOLLIN);
        });
    }
    with_input_inside_.erase(
        with_input_inside_.begin(), with_input_inside_.begin() + static_cast<std::ptrdiff_t>(count));
}

void Shard::read_from(Socket& socket, std::uint32_t events)
{
    ChannelEntry* entry = channel_of(socket);
    if (entry && !entry->channel.wants_input()) {
        // Not reading on purpose. An error or a hang-up a write or a later read will meet too; until then
        // level-triggered epoll would report it for ever.
        update_interest(socket);
        if (socket.interest == 0 && (events & (EPOLLHUP | EPOLLERR)))
            on_stream_end(socket, ECONNRESET);
        return;
    }
    const net::IoResult result = socket.stream->read(read_buffer_);
    switch (result.status) {
    case net::IoResult::Status::done:
        break;
    case net::IoResult::Status::would_block:
        if (socket.stream->wants_write())
            update_interest(socket);
        return;
    case net::IoResult::Status::no_buffers:
        if (socket.stream->wants_write())
            wait_for_buffers(socket, result.error);
        return;
    case net::IoResult::Status::end:
        on_stream_end(socket, 0);
        return;
    case net::IoResult::Status::failed:
        on_stream_end(socket, result.error);
        return;
    }
    if (!socket.session) // whose bytes are counted where they came in
        totals_.wire_in += result.bytes;
    totals_changed_ = true;
    const std::span<std::byte> bytes(read_buffer_.data(), result.bytes);
    if (entry) {
        entry->channel.receive(bytes);
        if (socket.stage != Stage::dead)
            count_partial(*entry);
    } else if (sniff(socket, bytes)) {
        feed_newcomer(socket, bytes);
    }
    if (socket.stage != Stage::dead && (socket.stream->has_buffered_input() || socket.stream->wants_write()))
        update_interest(socket);
}

void Shard::discard_input(Socket& socket)
{
    for (int i = 0; i < discards_a_turn; ++i) {
        const net::IoResult result = socket.stream->read(read_buffer_);
        switch (result.status) {
        case net::IoResult::Status::done:
            if (!socket.session)
                totals_.wire_in += result.bytes;
            if (result.bytes < read_buffer_.size())
                return;
            continue;
        case net::IoResult::Status::would_block:
        case net::IoResult::Status::no_buffers:
            return;
        case net::IoResult::Status::end:
        case net::IoResult::Status::failed:
            kill(socket);
            return;
        }
    }
}

void Shard::on_stream_end(Socket& socket, int error)
{
    if (socket.tls && on_tls_failure(socket))
        return;
    if (ChannelEntry* entry = channel_of(socket)) {
        entry->channel.on_carrier_lost(error == 0);
        kill(socket);
        return;
    }
    // One that has been answered already has its row.
    if (socket.newcomer && socket.stage != Stage::flushing && socket.stage != Stage::draining) {
        Newcomer& newcomer = *socket.newcomer;
        // A half-closed client has asked all it wanted; one whose answer is on its way still gets it. A poll that waits is
        // given up: a browser that aborts a request sends the same FIN, and SockJS wants its session to end (1002), since
        // a message that is written to somebody who is gone would be lost.
        if (error == 0 && (socket.stage == Stage::exchange) && newcomer.exchange
            && newcomer.exchange->is_answered()) {
            finish(socket, true);
            return;
        }
        const bool carries_a_session = newcomer.endpoint && !newcomer.endpoint->is_listed();
        if (!carries_a_session && (!newcomer.served_before || newcomer.opening.has_bytes())) {
            Refusal refusal;
            refusal.reason
                = newcomer.opening.has_bytes() ? RefusalReason::aborted : RefusalReason::speculative;
            report_refusal(socket, std::move(refusal), {});
        }
    }
    kill(socket);
}

void Shard::flush_later(Socket& socket)
{
    if (socket.in_flush_list || socket.wants_write || socket.short_of_buffers || socket.stage == Stage::dead)
        return;
    socket.in_flush_list = true;
    flush_list_.push_back(socket.slot);
}

void Shard::flush(Socket& socket)
{
    ChannelEntry* entry = channel_of(socket);
    bool blocked = false;
    std::uint64_t written = 0;
    for (int i = 0; i < writes_a_flush && !blocked; ++i) {
        std::array<iovec, parts_a_write> parts;
        std::size_t count = socket.output.gather(parts);
        if (entry)
            count += entry->channel.output().gather(std::span(parts).subspan(count));
        if (count == 0 && !socket.stream->wants_write())
            break;
        std::uint64_t offered = 0;
        for (std::size_t part = 0; part < count; ++part)
            offered += parts[part].iov_len;
        const net::IoResult result = socket.stream->write(std::span(parts).first(count));
        switch (result.status) {
        case net::IoResult::Status::done: {
            socket.short_of_buffers = false;
            if (count == 0)
                break;
            written += result.bytes;
            if (!socket.session)
                totals_.wire_out += result.bytes;
            totals_changed_ = true;
            const auto own = std::min<std::uint64_t>(result.bytes, socket.output.size());
            if (own > 0)
                socket.output.consume(own);
            if (entry && result.bytes > own) {
                entry->channel.output().consume(result.bytes - own);
                entry->channel.on_written(result.bytes - own);
                count_partial(*entry);
                if (socket.stage == Stage::dead)
                    return;
            }
            blocked = result.bytes < offered;
            break;
        }
        case net::IoResult::Status::would_block:
            blocked = true;
            break;
        case net::IoResult::Status::no_buffers:
            wait_for_buffers(socket, result.error);
            if (entry && socket.stage != Stage::dead)
                entry->channel.on_written(0);
            return;
        case net::IoResult::Status::end:
        case net::IoResult::Status::failed:
            on_stream_end(socket, result.error);
            return;
        }
    }
    const bool has_more = !socket.output.empty() || (entry && !entry->channel.output().empty())
        || socket.stream->wants_write();
    if (entry && has_more)
        entry->channel.on_written(0); // the row shows what waits
    if (socket.stage == Stage::dead)
        return;
    if (has_more && socket.stage == Stage::exchange && (!socket.wants_write || written > 0))
        socket.deadline = now_ + limits_.slow_timeout;
    socket.wants_write = has_more;
    if (has_more && socket.stage == Stage::exchange)
        schedule(socket);
    update_interest(socket);
    if (!has_more)
        after_flush(socket);
}

void Shard::wait_for_buffers(Socket& socket, int error)
{
    if (!socket.short_of_buffers) {
        socket.short_of_buffers = true;
        socket.blocked_since = now_;
    } else if (now_ - socket.blocked_since >= buffers_patience) {
        on_stream_end(socket, error);
        return;
    }
    socket.wants_write = false;
    update_interest(socket);
    if (socket.stage != Stage::dead)
        wheel_.schedule(socket.timer, now_ + buffers_retry);
}

void Shard::after_flush(Socket& socket)
{
    if (socket.stage == Stage::exchange) {
        continue_exchange(socket);
        return;
    }
    if (socket.stage != Stage::flushing)
        return;
    if (socket.reset_end) {
        socket.stream->reset_on_close();
        kill(socket);
        return;
    }
    // RFC 6455 section 7.1.1: the server ends the TCP connection first. Closing with unread input would send
    // a reset, which can destroy the Close frame on its way: so end our direction, and read until the peer
    // has ended its own.
    end_our_direction(
        socket, socket.gentle_end ? std::min(gentle_drain, limits_.drain_timeout) : limits_.drain_timeout);
}

void Shard::finish(Socket& socket, bool gently)
{
    if (socket.stage == Stage::flushing || socket.stage == Stage::draining || socket.stage == Stage::dead)
        return;
    stop_waiting(socket);
    socket.stage = Stage::flushing;
    socket.gentle_end = gently;
    socket.deadline = now_ + limits_.closing_timeout;
    schedule(socket);
    update_interest(socket);
    if (!socket.wants_write && !socket.in_flush_list) {
        socket.in_flush_list = true;
        flush_list_.push_back(socket.slot);
    }
}

void Shard::update_interest(Socket& socket)
{
    ChannelEntry* entry = channel_of(socket);
    const bool is_reading = !(socket.stage == Stage::channel && entry && !entry->channel.wants_input())
        && !(socket.stage == Stage::exchange && socket.newcomer
            && socket.newcomer->opening.rest().size() > limits_.max_request_head);
    if (socket.stage == Stage::dead)
        return;
    if (is_reading && socket.stream->has_buffered_input())
        read_inside_later(socket);
    // What waits for input (a TLS handshake) is not watched for: the socket can be written to all the time.
    // Nor is what the kernel has no buffers for: it says that it can be written to, again and again.
    const bool is_writing = !socket.short_of_buffers
        && (socket.stream->wants_write() || (socket.wants_write && !socket.stream->write_waits_for_input()));
    const std::uint32_t wanted = (is_reading ? net::interest_read : net::interest_none)
        | (is_writing ? net::interest_write : net::interest_none);
    if (wanted == socket.interest)
        return;
    if (socket.session) { // says itself when it is ready
        socket.interest = wanted;
        return;
    }
    if (const int failure = loop_->modify(socket.stream->descriptor(), wanted, token_of(socket))) {
        report_fault(entry ? entry->channel.info().number : 0, ErrorCode::system, failure,
            "could not watch a connection");
        kill(socket);
        return;
    }
    socket.interest = wanted;
}

void Shard::kill(Socket& socket) noexcept
{
    if (socket.stage == Stage::dead)
        return;
    stop_waiting(socket);
    socket.stage = Stage::dead;
    if (ChannelEntry* entry = channel_of(socket)) {
        entry->channel.on_carrier_lost();
        close_channel(*entry);
    }
    wheel_.cancel(socket.timer);
    socket.newcomer.reset();
    socket.output.clear();
    socket.tls = nullptr;
    socket.session = nullptr;
    socket.stream.reset();
    dead_sockets_.push_back(socket.slot);
}

TimePoint Shard::deadline_of(Socket& socket)
{
    switch (socket.stage) {
    case Stage::opening:
    case Stage::handshake_body:
        return socket.newcomer->accepted_at + limits_.handshake_timeout;
    case Stage::exchange:
        // The request must arrive in time, a large body by and by; an answer may take as long as its endpoint
        // likes, but not as long as a client likes that does not read it.
        if (socket.newcomer->exchange && !socket.newcomer->exchange->is_body_read())
            return std::max(socket.newcomer->accepted_at + limits_.handshake_timeout, socket.newcomer->body_due);
        return socket.wants_write ? socket.deadline : TimePoint::max();
    case Stage::channel:
        if (ChannelEntry* entry = channel_of(socket))
            return entry->channel.next_deadline();
        return TimePoint::max();
    case Stage::flushing:
    case Stage::draining:
        return socket.deadline;
    case Stage::dead:
        break;
    }
    return TimePoint::max();
}

void Shard::schedule(Socket& socket)
{
    const TimePoint due = deadline_of(socket);
    if (due == TimePoint::max())
        return;
    // Lazily: a deadline that moved away is noticed when the old one runs out.
    if (!socket.timer.is_scheduled() || due < socket.timer.due)
        wheel_.schedule(socket.timer, due);
}

void Shard::on_timer(Socket& socket)
{
    if (socket.short_of_buffers) {
        flush(socket);
        if (socket.stage != Stage::dead && !socket.short_of_buffers)
            schedule(socket);
        return;
    }
    if (deadline_of(socket) > now_) {
        schedule(socket);
        return;
    }
    switch (socket.stage) {
    case Stage::opening:
        if (socket.newcomer->served_before && !socket.newcomer->opening.has_bytes()) {
            finish(socket, true); // an idle kept-alive connection
            break;
        }
        if (socket.tls && !socket.tls->is_established()) {
            report_refusal(socket,
                Refusal{RefusalReason::timeout, 0, {}, "the TLS handshake was not completed in time", {}},
                {});
            kill(socket);
            break;
        }
        refuse(socket, Refusal{RefusalReason::timeout, 408, {}, {}, {}});
        break;
    case Stage::exchange:
        if (socket.newcomer->exchange->status() == 0) {
            refuse(socket, Refusal{RefusalReason::timeout, 408, {}, {}, {}});
            break;
        }
        // An answer is on its way: a second one would be taken for its end.
        if (!socket.newcomer->is_listed)
            report_refusal(socket, Refusal{RefusalReason::timeout, 0, {}, {}, {}}, {});
        socket.stream->reset_on_close();
        kill(socket);
        break;
    case Stage::handshake_body:
        // The head of the answer has been sent: there is no status left to say.
        report_refusal(socket, Refusal{RefusalReason::timeout, 0, {}, {}, {}}, {});
        kill(socket);
        break;
    case Stage::channel:
        if (ChannelEntry* entry = channel_of(socket)) {
            entry->channel.on_deadline();
            if (socket.stage != Stage::dead)
                schedule(socket);
        }
        break;
    case Stage::flushing:
        if (ChannelEntry* entry = channel_of(socket))
            entry->channel.cut(ClosedBy::engine, CloseCause::closing_timeout);
        if (socket.stage != Stage::dead) {
            socket.stream->reset_on_close();
            kill(socket);
        }
        break;
    case Stage::draining:
        kill(socket);
        break;
    case Stage::dead:
        break;
    }
}

} // namespace jackfield::server
