#include "server/shard.h"

#include "jackfield/close_code.h"

#include <algorithm>

namespace jackfield::server {

ChannelEntry* Shard::find_channel(ConnectionId id)
{
    if (id.shard() != number_)
        return nullptr;
    ChannelEntry* entry = channels_.find(id.slot(), id.generation());
    return entry && entry->channel.state() != ConnectionState::closed ? entry : nullptr;
}

ChannelEntry* Shard::channel_of(const Socket& socket)
{
    return socket.channel_generation == 0 ? nullptr
                                          : channels_.find(socket.channel_slot, socket.channel_generation);
}

ChannelEntry& Shard::entry_of(const session::Channel& channel)
{
    return channels_.find_any(channel.id().slot());
}

void Shard::on_output(session::Channel& channel)
{
    flush_later(carrier_of(entry_of(channel)));
}

std::uint64_t Shard::write_at_once(session::Channel& channel, std::span<const iovec> parts)
{
    Socket& socket = carrier_of(entry_of(channel));
    // A session counts its own bytes; TLS copies what it is given anyway.
    if (socket.stage != Stage::channel || socket.session || socket.tls || !socket.output.empty() || socket.wants_write
        || socket.short_of_buffers)
        return 0;
    const net::IoResult result = socket.stream->write(parts);
    if (result.status != net::IoResult::Status::done)
        return 0;
    totals_.wire_out += result.bytes;
    totals_changed_ = true;
    return result.bytes;
}

void Shard::on_changed(session::Channel& channel)
{
    totals_changed_ = true;
    if (!is_state_attached_)
        return;
    ChannelEntry& entry = entry_of(channel);
    if (!entry.is_dirty) {
        entry.is_dirty = true;
        remember(dirty_, channel.id());
    }
}

void Shard::remember(std::vector<ConnectionId>& ids, ConnectionId id) noexcept
{
    // While the reader of the state lane is away, connections come and go; the list holds those that are
    // there.
    if (ids.size() >= 1'024 && ids.size() >= 2 * channels_.size())
        std::erase_if(ids, [this](ConnectionId each) { return find_channel(each) == nullptr; });
    try {
        ids.push_back(id);
    } catch (const std::bad_alloc&) {
        want_snapshot(); // says it all, without a list
    }
}

void Shard::on_passed(const session::Channel& channel, const session::Passage& passage)
{
    traffic_.write(channel.id(), wall_now_.time_since_epoch().count(), passage, traffic_level_ == TrafficLevel::full);
}

void Shard::on_input_wanted(session::Channel& channel, bool)
{
    update_interest(carrier_of(entry_of(channel)));
}

void Shard::on_input_left(session::Channel& channel)
{
    ChannelEntry& entry = entry_of(channel);
    if (!entry.has_input_left) {
        with_input_left_.push_back(channel.id());
        entry.has_input_left = true;
    }
    update_interest(carrier_of(entry));
}

void Shard::resume_inflating()
{
    // In the order in which they came to wait. Who is still not through comes to stand behind those who have
    // not had their turn.
    const std::size_t waiting = with_input_left_.size();
    std::size_t served = 0;
    for (; served < waiting && deflate_pool_.may_inflate(); ++served) {
        ChannelEntry* entry = find_channel(with_input_left_[served]);
        if (!entry)
            continue;
        entry->has_input_left = false;
        Socket& socket = carrier_of(*entry);
        guard(socket, [&] {
            entry->channel.resume();
            if (socket.stage != Stage::dead)
                count_partial(*entry);
        });
    }
    with_input_left_.erase(
        with_input_left_.begin(), with_input_left_.begin() + static_cast<std::ptrdiff_t>(served));
}

void Shard::on_deadline_changed(session::Channel& channel)
{
    schedule(carrier_of(entry_of(channel)));
}

void Shard::on_finished(session::Channel& channel, bool gently)
{
    finish(carrier_of(entry_of(channel)), gently);
}

void Shard::on_reset_wanted(session::Channel& channel)
{
    carrier_of(entry_of(channel)).reset_end = true;
}

void Shard::on_cut(session::Channel& channel)
{
    Socket& socket = carrier_of(entry_of(channel));
    if (socket.stream)
        socket.stream->reset_on_close();
    kill(socket);
}

void Shard::on_skipped(session::Channel& channel)
{
    ChannelEntry& entry = entry_of(channel);
    if (entry.has_skipped)
        return;
    try {
        skipping_.push_back(channel.id());
    } catch (const std::bad_alloc&) {
        return; // the row has counted it
    }
    entry.has_skipped = true;
    need_house_keeping();
}

void Shard::on_slow(session::Channel& channel)
{
    report(event::SlowPeer{channel.id(), channel.info().number, channel.output().size()});
}

std::uint64_t Shard::unsent_of(session::Channel& channel)
{
    const Socket& socket = carrier_of(entry_of(channel));
    return socket.stream ? socket.stream->unsent() : 0;
}

void Shard::on_hand_ping_answered(
    session::Channel& channel, std::span<const std::byte> payload, microseconds round_trip)
{
    report(
        event::PongReceived{channel.id(), channel.info().number, std::string(as_text(payload)), round_trip});
}

void Shard::on_flood(session::Channel& channel, event::FloodKind kind)
{
    report(event::Flood{channel.id(), channel.info().number, kind});
}

void Shard::broadcast(session::Channel& from, MessageKind kind, std::span<const std::byte> payload,
    bool include_self, Maker maker)
{
    const std::string& group = entry_of(from).endpoint->config().pattern;
    const SharedBytes shared(payload);
    if (commons_.has_several())
        broadcast_to_others(group, kind, shared, maker);
    session::SharedMessage message(kind, shared);
    broadcast_here(group, message, include_self ? nullptr : &from, maker);
}

void Shard::broadcast_here(
    const std::string& pattern, session::SharedMessage& message, const session::Channel* but, Maker maker)
{
    channels_.for_each([&](ChannelEntry& entry) {
        if (entry.endpoint->config().pattern != pattern || &entry.channel == but)
            return;
        guard(carrier_of(entry), [&] { entry.channel.send_shared(message, maker); });
    });
}

void Shard::close_channel(ChannelEntry& entry) noexcept
{
    session::Channel& channel = entry.channel;
    if (channel.state() == ConnectionState::closed)
        return;
    const std::uint64_t number = channel.info().number;
    partial_total_ -= std::exchange(entry.partial_bytes, 0);
    if (entry.has_skipped) {
        report(event::MessagesSkipped{
            channel.id(), number, channel.counters().skipped_out - entry.skipped_reported});
        std::erase(skipping_, channel.id());
    }
    channel.settle();
    note_failed_transport(entry);
    Socket& socket = carrier_of(entry);
    socket.channel_generation = 0;
    entry.place.give_back();
    --totals_.open;
    totals_changed_ = true;
    leave_stop(entry);
    if (is_stopping_)
        ++(channel.close_info().clean ? closed_cleanly_ : cut_);
    report_close(entry);
    dead_channels_.push_back(channel.id().slot());
}

// The reader must not take for open what it never hears the end of: the next batch says anew what is.
void Shard::leave_out_a_close() noexcept
{
    ++closed_left_out_;
    want_snapshot();
}

void Shard::report_close(ChannelEntry& entry) noexcept
{
    const session::Channel& channel = entry.channel;
    const auto make_info = [&] {
        CloseInfo close = channel.close_info();
        close.at = wall_now_;
        return close;
    };
    if (is_state_attached_) {
        try {
            if (closed_.size() < closed_budget_)
                closed_.push_back({channel.shared_info(), channel.counters(), make_info()});
            else
                leave_out_a_close();
        } catch (const std::bad_alloc&) {
            leave_out_a_close();
        }
    }
    try {
        report(event::Closed{channel.shared_info(), channel.counters(), make_info()});
    } catch (const std::bad_alloc&) {
        events_.add_lost();
    }
}

void Shard::count_partial(ChannelEntry& entry)
{
    std::uint64_t held = 0;
    if (entry.channel.state() != ConnectionState::closed) {
        const Socket& carrier = carrier_of(entry);
        held = entry.channel.partial_bytes() + (carrier.session ? carrier.session->held() : 0);
    }
    partial_total_ += held - entry.partial_bytes;
    entry.partial_bytes = held;
}

/// The socket whose request has the largest unfinished body; null: there is none.
Socket* Shard::largest_body()
{
    Socket* largest = nullptr;
    sockets_.for_each([&](Socket& socket) {
        const std::uint64_t bytes = socket.newcomer && socket.newcomer->exchange ? socket.newcomer->body.bytes() : 0;
        if (bytes > 0 && (!largest || bytes > largest->newcomer->body.bytes()))
            largest = &socket;
    });
    return largest;
}

void Shard::relieve_memory()
{
    while (partial_total_ > commons_.part_of(limits_.max_partial_total)) {
        ChannelEntry* largest = nullptr;
        channels_.for_each([&](ChannelEntry& entry) {
            if (!entry.channel.is_finished() && (!largest || entry.partial_bytes > largest->partial_bytes))
                largest = &entry;
        });
        Socket* const body = largest_body();
        if (body && (!largest || body->newcomer->body.bytes() >= largest->partial_bytes)) {
            count_limit(event::LimitKind::partial_messages);
            body->newcomer->exchange->refuse(413);
            body->newcomer->body.set(0);
            guard(*body, [&] { continue_exchange(*body); });
            continue;
        }
        if (!largest || largest->partial_bytes == 0)
            return;
        count_limit(event::LimitKind::partial_messages);
        partial_total_ -= std::exchange(largest->partial_bytes, 0);
        guard(carrier_of(*largest), [&] {
            largest->channel.fail(close_message_too_big, "unfinished messages fill the server's memory",
                CloseCause::memory_pressure);
        });
        largest->channel.drop_partial();
    }
}

// What waits at this moment is what the stop has to answer for: nothing joins it, since the channel closes.
void Shard::take_into_stop(ChannelEntry& entry, bool drop_queued)
{
    if (!entry.is_in_stop) {
        entry.is_in_stop = true;
        entry.queued_at_stop = entry.channel.output().messages();
        ++stopped_.connections;
        ++left_in_stop_;
    }
    if (drop_queued) {
        const std::uint64_t dropped = entry.channel.drop_queued();
        entry.queued_at_stop -= dropped;
        stopped_.dropped += dropped;
    }
}

void Shard::leave_stop(ChannelEntry& entry) noexcept
{
    if (!std::exchange(entry.is_in_stop, false))
        return;
    const std::uint64_t left = entry.channel.output().messages();
    stopped_.sent += entry.queued_at_stop - left;
    stopped_.dropped += left;
    if (--left_in_stop_ == 0)
        finish_stop();
}

void Shard::begin_stop(bool finish_engine, bool drop_queued)
{
    if (is_first()) {
        close_listeners();
        report(event::Stopped{});
    }
    if (!finish_engine)
        stops_ += is_first() ? commons_.shards.size() - 1 : 1;
    if (finish_engine && !is_stopping_) {
        is_stopping_ = true;
        wheel_.schedule(stop_timer_, now_ + limits_.closing_timeout);
    }
    const CloseFrame goodbye{close_going_away, "the server is stopping"};
    ++left_in_stop_; // some may be gone before all have been told
    channels_.for_each([&](ChannelEntry& entry) {
        Socket& carrier = carrier_of(entry);
        guard(carrier, [&] {
            take_into_stop(entry, drop_queued);
            entry.channel.begin_close(goodbye, ClosedBy::shutdown);
        });
        // Nobody asks, and nobody will be answered any more.
        if (carrier.session && !carrier.session->has_receiver())
            kill(carrier);
    });
    sockets_.for_each([this](Socket& socket) {
        if (socket.newcomer && socket.stage != Stage::flushing && socket.stage != Stage::draining
            && socket.stage != Stage::dead && socket.stage != Stage::channel) {
            if (socket.stage == Stage::handshake_body) {
                // The head of the answer has been sent: there is no status left to say.
                report_refusal(socket, Refusal{RefusalReason::stopping, 0, {}, {}, {}}, {});
                kill(socket);
            } else if (socket.stage == Stage::exchange && !socket.newcomer->endpoint->is_listed()
                && socket.newcomer->exchange->is_body_read() && !socket.newcomer->exchange->is_complete()) {
                // It carries a session, which has its close frame to send; the stop's own deadline holds for it.
            } else if (socket.newcomer->opening.has_bytes() && !socket.newcomer->exchange) {
                guard(socket, [&] {
                    refuse(socket, Refusal{RefusalReason::stopping, 503, {{"Retry-After", "5"}}, {}, {}});
                });
            } else {
                kill(socket);
            }
        }
    });
    --left_in_stop_;
    finish_stop();
}

void Shard::cut_what_is_left()
{
    sockets_.for_each([this](Socket& socket) {
        if (socket.stage == Stage::dead)
            return;
        if (ChannelEntry* entry = channel_of(socket))
            entry->channel.cut(ClosedBy::shutdown, CloseCause::closing_timeout);
        if (socket.stage != Stage::dead)
            kill(socket);
    });
}

} // namespace jackfield::server
