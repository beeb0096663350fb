#include "server/command_runner.h"
#include "server/shard.h"

#include <new>
#include <utility>

namespace jackfield::server {

namespace {

// Of what one shard has broadcast and another has not sent on yet. A shard that is so far behind loses what comes.
constexpr std::uint64_t broadcasts_waiting = 64U << 20U;

} // namespace

bool Shard::hand_over(Socket& socket, Acceptance& acceptance)
{
    // What tells of a session's earlier tries is here; what was written here must leave from here.
    if (!commons_.has_several() || acceptance.sockjs || !socket.output.empty() || socket.stream->wants_write())
        return false;
    const std::uint8_t to = commons_.places.emptiest_shard();
    if (to == number_)
        return false;
    ConnectionPlaces::Place place = commons_.places.take(socket.peer, to);
    loop_->remove(socket.stream->descriptor());
    Arrival arrival{std::move(socket.stream), socket.tls, socket.peer, socket.local, std::move(socket.newcomer->opening),
        std::move(acceptance), socket.newcomer->accepted_at, std::move(place)};
    kill(socket);
    commons_.shards[to]->post(std::move(arrival));
    return true;
}

void Shard::receive(Arrival& arrival)
{
    Socket* const socket = add_socket(std::move(arrival.stream), arrival.peer, arrival.local, arrival.accepted_at);
    if (!socket)
        return;
    socket->tls = arrival.tls;
    Newcomer& newcomer = *socket->newcomer;
    newcomer.is_sniffed = true;
    newcomer.opening = std::move(arrival.opening);
    newcomer.place_taken = std::move(arrival.place);
    guard(*socket, [&] {
        Acceptance acceptance = std::move(arrival.acceptance);
        // Behaviours belong to the thread that calls them: this shard has its own.
        acceptance.endpoint = endpoints_.by_pattern(acceptance.endpoint->config().pattern);
        if (!acceptance.endpoint) {
            refuse(*socket, Refusal{RefusalReason::no_endpoint, 404, {}, {}, {}});
            return;
        }
        if (is_stopping_) {
            refuse(*socket, Refusal{RefusalReason::stopping, 503, {{"Retry-After", "5"}}, {}, {}});
            return;
        }
        begin_handshake(*socket, std::move(acceptance));
        if (socket->stage != Stage::dead)
            update_interest(*socket);
    });
}

void Shard::forward(Ticket ticket, const Command& command)
{
    WaitingCommand& waiting = waiting_commands_[ticket];
    waiting.waiting_for = 1; // this one
    const auto access = std::holds_alternative<command::ReapplyAccess>(command)
        ? std::make_shared<const AccessRules>(access_)
        : nullptr;
    for (Shard* const other : commons_.shards) {
        if (other == this)
            continue;
        other->post(Forwarded{ticket, command, access});
        ++waiting.waiting_for;
    }
}

void Shard::add_outcome(Outcome& outcome)
{
    const auto found = waiting_commands_.find(outcome.finished.ticket);
    if (found == waiting_commands_.end())
        return;
    event::CommandFinished& sum = found->second.outcome.finished;
    sum.count += outcome.finished.count;
    sum.gone += outcome.finished.gone;
    sum.skipped += outcome.finished.skipped;
    sum.incapable += outcome.finished.incapable;
    if (!sum.error)
        sum.error = std::move(outcome.finished.error);
    found->second.outcome.without_origin += outcome.without_origin;
    if (--found->second.waiting_for > 0)
        return;
    Outcome whole = std::move(found->second.outcome);
    waiting_commands_.erase(found);
    whole.finished.ticket = outcome.finished.ticket;
    finish_command(std::move(whole));
}

void Shard::finish_command(Outcome outcome)
{
    if (!is_first()) {
        commons_.shards.front()->post(std::move(outcome));
        return;
    }
    const std::size_t without_origin = outcome.without_origin;
    if (without_origin > 0)
        report(event::Notice{std::to_string(without_origin)
            + (without_origin == 1 ? " that was kicked has no origin and is not refused"
                                   : " that were kicked have no origin and are not refused")});
    report(std::move(outcome.finished));
}

void Shard::block_kicked(BlockKicked& letter)
{
    if (auto error = CommandRunner(*this).block(letter.block, *letter.info)) {
        const auto waiting = waiting_commands_.find(letter.ticket);
        if (waiting != waiting_commands_.end())
            waiting->second.outcome.finished.error = std::move(error);
    }
}

void Shard::broadcast_to_others(const std::string& pattern, MessageKind kind, const SharedBytes& payload, Maker maker)
{
    for (Shard* const other : commons_.shards) {
        if (other == this)
            continue;
        if (other->broadcast_bytes_.load(std::memory_order_relaxed) > broadcasts_waiting) {
            ++broadcasts_lost_;
            need_house_keeping();
            continue;
        }
        // Counted before it can be read: the reader takes it off again.
        const std::uint64_t size = payload.size();
        other->broadcast_bytes_.fetch_add(size, std::memory_order_relaxed);
        try {
            other->post(BroadcastLetter{pattern, kind, payload, maker});
        } catch (const std::bad_alloc&) {
            other->broadcast_bytes_.fetch_sub(size, std::memory_order_relaxed);
            throw;
        }
    }
}

void Shard::finish_stop() noexcept
{
    if (left_in_stop_ > 0 || is_stopping_)
        return;
    if (is_first()) {
        if (stops_ == 0 && stopped_.connections > 0)
            report(std::exchange(stopped_, {}));
        return;
    }
    try {
        commons_.shards.front()->post(ShardStopped{stopped_, stops_});
        stopped_ = {};
        stops_ = 0;
    } catch (const std::bad_alloc&) {
        events_.add_lost();
    }
}

void Shard::note_stop(const ShardStopped& stopped) noexcept
{
    stops_ -= stopped.commands;
    add_to_stop(stopped.counts);
    finish_stop();
}

void Shard::add_to_stop(const event::StopFinished& counts) noexcept
{
    stopped_.connections += counts.connections;
    stopped_.sent += counts.sent;
    stopped_.dropped += counts.dropped;
}

void Shard::note_end(const ShardEnded& ended)
{
    ++others_ended_;
    add_to_stop(ended.counts);
    closed_cleanly_ += ended.closed_cleanly;
    cut_ += ended.cut;
    if (has_ended_)
        finish_engine();
}

void Shard::finish_engine()
{
    if (!is_first()) {
        commons_.shards.front()->post(ShardEnded{closed_cleanly_, cut_, stopped_});
        return;
    }
    if (is_finished_ || others_ended_ + 1 < commons_.shards.size())
        return;
    is_finished_ = true;
    report(event::Finished{closed_cleanly_, cut_, stopped_.sent, stopped_.dropped});
}

} // namespace jackfield::server
