#include "server/shard.h"

#include "server/command_runner.h"

#include "jackfield/close_code.h"
#include "jackfield/event_text.h"
#include "jackfield/log.h"

#include <algorithm>
#include <new>

namespace jackfield::server {

namespace {

constexpr std::size_t read_buffer_size = 256U << 10U; // one system call for a message of 64 KiB, with its header
constexpr milliseconds stall_reported_from{1'000};
constexpr milliseconds clock_jump_reported_from{2'000};
constexpr milliseconds house_keeping_interval{250};
constexpr std::uint64_t inflate_a_turn = 1U << 20U;
constexpr milliseconds deflate_idle{60'000};
constexpr milliseconds buffers_idle{2'000};

} // namespace

Result<std::unique_ptr<Shard>> Shard::create(
    std::uint8_t number, const EngineConfig& config, const StackParts& parts, Commons& commons)
{
    auto loop = net::EventLoop::create(*parts.system_calls);
    if (!loop)
        return tl::unexpected(loop.error());
    std::unique_ptr<Shard> shard(new Shard(number, config, parts, commons, std::move(*loop)));
    for (EndpointConfig each : config.endpoints) {
        if (each.sockjs && shard->is_first()) {
            for (const auto& problem : clamp_sockjs(*each.sockjs))
                shard->report(event::Notice{each.pattern + ": " + problem});
        }
        auto endpoint = Endpoint::create(std::move(each), parts.behaviours);
        if (!endpoint)
            return tl::unexpected(endpoint.error());
        shard->endpoints_.set(std::move(*endpoint));
    }
    return shard;
}

Shard::Shard(std::uint8_t number, const EngineConfig& config, const StackParts& parts, Commons& commons,
    std::unique_ptr<net::EventLoop> loop)
    : number_(number)
    , commons_(commons)
    , parts_(parts)
    , calls_(*parts.system_calls)
    , clock_(*parts.clock)
    , loop_(std::move(loop))
    , logger_(config.logger)
    , access_(number == 0 ? config.access : AccessRules())
    , older_protocols_(config.older_protocols)
    , tls_(config.tls)
    , wanted_listeners_(config.listeners)
    , spare_(calls_, calls_.open_spare())
    , compression_(config.compression)
    , read_buffer_(read_buffer_size)
    , wheel_(parts.clock->now())
    , signal_(commons.signal)
    , events_(commons.events)
    , state_(signal_)
    , traffic_(config.traffic_ring_bytes)
    , publish_interval_(config.publish_interval)
    , closed_budget_(commons.part_of(config.closed_budget))
    , refusals_([this](event::Refused refused) { report(std::move(refused)); })
{
    limits_ = config.limits;
    mail_.reserve(Mailbox<Letter>::places_kept);
    const auto limit_problems = clamp_limits(limits_);
    const auto compression_problems = clamp_compression(compression_);
    deflate_pool_.set_context_budget(commons.part_of(compression_.context_budget));
    if (is_first()) {
        for (const auto& problem : limit_problems)
            report(event::Notice{problem});
        for (const auto& problem : compression_problems)
            report(event::Notice{problem});
        for (const auto& make : parts.http_endpoints)
            http_endpoints_.push_back(make());
        for (const auto& make : parts.session_endpoints)
            http_endpoints_.push_back(make(sessions_));
    }
    const std::uint64_t descriptors = calls_.raise_descriptor_limit();
    descriptor_limit_ = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(descriptors - std::min<std::uint64_t>(256, descriptors / 4), 1U << 24U));
    now_ = clock_.now();
    wall_now_ = clock_.wall();
    clock_offset_ = wall_now_.time_since_epoch() - now_.time_since_epoch();
}

Shard::~Shard()
{
    // Behaviours hear of every end, also of this one.
    channels_.for_each([](ChannelEntry& entry) {
        if (entry.channel.state() != ConnectionState::closed)
            entry.channel.settle();
    });
    sessions_.close();
}

int Shard::pollable_descriptor()
{
    if (!std::exchange(has_embedder_timer_, true))
        loop_->arm_timer(std::chrono::nanoseconds(1)); // the next poll arms it properly
    return loop_->descriptor();
}

void Shard::post(Letter letter)
{
    mailbox_.post(std::move(letter));
    loop_->wake();
}

bool Shard::submit(Submitted submitted)
{
    if (!events_.claim_place(std::holds_alternative<command::Quit>(submitted.command)))
        return false;
    try {
        post(std::move(submitted));
    } catch (const std::bad_alloc&) {
        events_.give_up_place();
        throw;
    }
    return true;
}

std::chrono::nanoseconds Shard::time_to_wait(std::chrono::nanoseconds timeout) const
{
    using std::chrono::nanoseconds;
    if ((!with_input_left_.empty() || !with_input_inside_.empty()) && !is_holding_.load(std::memory_order_relaxed))
        return nanoseconds::zero();
    std::optional<TimePoint> next = wheel_.next();
    const bool has_state = status_changed_ || totals_changed_ || !dirty_.empty() || !opened_.empty()
        || !closed_.empty() || is_snapshot_wanted_;
    if (is_state_attached_ && has_state && !is_publishing_late_.load(std::memory_order_relaxed))
        next = std::min(next.value_or(TimePoint::max()), next_publish_);
    if (!next)
        return timeout;
    const nanoseconds until = std::max<nanoseconds>(*next - clock_.now(), nanoseconds::zero());
    return timeout.count() < 0 ? until : std::min(timeout, until);
}

Result<PollReport> Shard::poll(std::chrono::nanoseconds timeout)
{
    if (is_finished_)
        return PollReport{0, true};
    if (turn_ended_ && sockets_.size() > 0) {
        const TimePoint now = clock_.now();
        // Whoever waits on the descriptor may stay away as long as nothing is due.
        const TimePoint due
            = has_embedder_timer_ ? std::max(*turn_ended_, wheel_.next().value_or(now)) : *turn_ended_;
        const auto away = std::chrono::duration_cast<milliseconds>(now - due);
        if (away >= stall_reported_from)
            report(event::EngineStalled{away});
    }
    std::span<const net::Ready> ready;
    const bool hold = traffic_policy_ == TrafficPolicy::hold && traffic_level_ >= TrafficLevel::headers;
    if (hold && traffic_.is_crowded()) {
        is_holding_.store(true, std::memory_order_seq_cst);
        if (traffic_.publish())
            signal_.raise();
        // Looked at again, since the reader may have caught up before it could see that it is waited for.
        if (traffic_.is_crowded())
            loop_->wait_for_wake(time_to_wait(timeout));
        is_holding_.store(false, std::memory_order_relaxed);
        if (traffic_.is_crowded()) {
            is_input_held_ = true;
            begin_turn();
            read_mail();
            run_timers();
            end_turn();
            is_input_held_ = false;
            return PollReport{0, is_finished_};
        }
        timeout = std::chrono::nanoseconds::zero();
    }
    auto waited = loop_->wait(time_to_wait(timeout));
    if (!waited)
        return tl::unexpected(waited.error());
    ready = *waited;
    begin_turn();
    read_mail();
    resume_inflating();
    serve_input_inside();
    for (const net::Ready& each : ready) {
        const auto kind = static_cast<std::uint8_t>(each.token >> 24U);
        if (kind == 1) {
            accept_from(static_cast<std::size_t>(each.token & 0xffffffU));
        } else if (Socket* socket = find_socket(each.token)) {
            guard(*socket, [&] { serve(*socket, each.events); });
        }
        if (hold && traffic_.is_crowded())
            break;
    }
    run_timers();
    end_turn();
    return PollReport{ready.size(), is_finished_};
}

void Shard::begin_turn()
{
    now_ = clock_.now();
    wall_now_ = clock_.wall();
    const std::chrono::nanoseconds offset = wall_now_.time_since_epoch() - now_.time_since_epoch();
    const auto jump = std::chrono::duration_cast<milliseconds>(offset - clock_offset_);
    if (jump > clock_jump_reported_from || jump < -clock_jump_reported_from)
        report(event::ClockJump{jump});
    clock_offset_ = offset;
    deflate_pool_.begin_turn(now_, inflate_a_turn);
}

void Shard::read_mail()
{
    mail_.clear();
    mailbox_.take(mail_);
    for (Letter& letter : mail_) {
        try {
            read(letter);
        } catch (const std::bad_alloc&) {
            report_fault(
                0, ErrorCode::no_memory, 0, "no memory for a message or a setting, which is dropped");
        }
    }
    mail_.clear();
}

void Shard::read(Letter& letter)
{
    if (auto* send = std::get_if<DirectSend>(&letter)) {
        if (ChannelEntry* entry = find_channel(send->id)) {
            session::SharedMessage message(send->kind, std::move(send->payload));
            guard(carrier_of(*entry), [&] { entry->channel.send_shared(message, Maker::behaviour); });
        }
    } else if (auto* submitted = std::get_if<Submitted>(&letter)) {
        CommandRunner(*this).run(*submitted);
    } else if (auto* arrival = std::get_if<Arrival>(&letter)) {
        receive(*arrival);
    } else if (auto* broadcast = std::get_if<BroadcastLetter>(&letter)) {
        broadcast_bytes_.fetch_sub(broadcast->payload.size(), std::memory_order_relaxed);
        session::SharedMessage message(broadcast->kind, std::move(broadcast->payload));
        broadcast_here(broadcast->pattern, message, nullptr, broadcast->maker);
    } else if (auto* forwarded = std::get_if<Forwarded>(&letter)) {
        CommandRunner(*this).run(*forwarded);
    } else if (auto* outcome = std::get_if<Outcome>(&letter)) {
        add_outcome(*outcome);
    } else if (auto* kicked = std::get_if<BlockKicked>(&letter)) {
        block_kicked(*kicked);
    } else if (auto* stopped = std::get_if<ShardStopped>(&letter)) {
        note_stop(*stopped);
    } else if (auto* ended = std::get_if<ShardEnded>(&letter)) {
        note_end(*ended);
    } else if (auto* attach = std::get_if<AttachState>(&letter)) {
        is_state_attached_ = attach->attached;
        is_snapshot_wanted_ = attach->attached;
        snapshot_round_ = attach->round;
        status_changed_ = true;
    } else if (auto* traffic = std::get_if<SetTraffic>(&letter)) {
        traffic_level_ = traffic->level;
        traffic_policy_ = traffic->policy;
        traffic_.set_lossless(traffic_policy_ == TrafficPolicy::hold);
    } else if (auto* logger = std::get_if<SetLogger>(&letter)) {
        logger_ = std::move(logger->logger);
    }
}

void Shard::run_timers()
{
    while (net::Timer* timer = wheel_.expire(now_)) {
        if (timer == &house_keeping_timer_)
            try_house_keeping();
        else if (timer == &accept_pause_)
            resume_accepting();
        else if (timer == &stop_timer_)
            cut_what_is_left();
        else if (timer == &deflate_timer_)
            deflate_pool_.release_idle(now_ - deflate_idle);
        else if (timer == &buffer_timer_)
            queue_pool_.large_buffers().release_unused();
        else if (timer->owner == fallback::session_timer_owner)
            sessions_.on_timer(*timer);
        else if (Socket* socket = find_socket(timer->owner))
            guard(*socket, [&] { on_timer(*socket); });
    }
}

void Shard::need_house_keeping()
{
    if (!house_keeping_timer_.is_scheduled())
        wheel_.schedule(house_keeping_timer_, now_ + house_keeping_interval);
}

void Shard::try_house_keeping() noexcept
{
    try {
        house_keeping();
    } catch (const std::bad_alloc&) {
        events_.add_lost();
        need_house_keeping();
    }
}

void Shard::house_keeping()
{
    refusals_.flush(now_);
    bool more = refusals_.is_holding();
    if (const auto lost = std::exchange(broadcasts_lost_, 0); lost > 0)
        report(event::Notice{std::to_string(lost) + " message(s) to everybody did not reach the connections of a thread that is behind"});
    for (auto& [kind, counted] : limit_counts_) {
        if (counted.count == 0)
            continue;
        if (now_ - counted.reported >= seconds(1)) {
            report(event::LimitReached{kind, counted.count, limit_of(kind)});
            counted = {0, now_};
        } else {
            more = true;
        }
    }
    for (const ConnectionId id : skipping_) {
        ChannelEntry* entry = find_channel(id);
        if (!entry)
            continue;
        entry->has_skipped = false;
        const std::uint64_t skipped = entry->channel.counters().skipped_out;
        report(event::MessagesSkipped{id, entry->channel.info().number, skipped - entry->skipped_reported});
        entry->skipped_reported = skipped;
    }
    skipping_.clear();
    // Lines whose time has run out leave the lists, so that everybody sees it.
    bool expired = false;
    for (AccessList* list : {&access_.hosts, &access_.origins}) {
        expired |= std::erase_if(list->lines, [&](const AccessLine& line) {
            return line.expires && *line.expires <= now_;
        }) > 0;
        more |= std::ranges::any_of(
            list->lines, [](const AccessLine& line) { return line.expires.has_value(); });
    }
    const auto unblocked = std::erase_if(access_.blocks,
        [this](const AccessBlock& block) { return block.expires && *block.expires <= now_; });
    more |= std::ranges::any_of(
        access_.blocks, [](const AccessBlock& block) { return block.expires.has_value(); });
    if (unblocked > 0) {
        ++access_revision_;
        touch_status();
        report(event::Notice{std::to_string(unblocked) + " block(s) have run out"});
    }
    if (expired) {
        ++access_revision_;
        touch_status();
        report(event::Notice{"a temporary entry of the allow-lists has run out"});
    }
    if (more)
        need_house_keeping();
}

void Shard::end_turn()
{
    if (partial_total_ > commons_.part_of(limits_.max_partial_total))
        relieve_memory();
    // A flush may end a channel, which may queue bytes elsewhere: until nothing is left.
    while (!flush_list_.empty()) {
        flushing_.swap(flush_list_);
        // By index: a request that follows an answer may open a session, and so make the list's memory larger.
        for (std::size_t i = 0; i < flushing_.size(); ++i) {
            Socket& socket = sockets_.find_any(flushing_[i]);
            socket.in_flush_list = false;
            if (socket.stage != Stage::dead)
                guard(socket, [&] { flush(socket); });
        }
        flushing_.clear();
    }
    traffic_.set_passed_over(passed_over_);
    if (traffic_level_ >= TrafficLevel::headers && traffic_.publish())
        signal_.raise();
    publish_state();
    for (const std::uint32_t slot : dead_channels_)
        channels_.erase(slot);
    dead_channels_.clear();
    if (!dead_sockets_.empty() && !with_input_inside_.empty())
        std::erase_if(with_input_inside_, [this](std::uint64_t token) { return !find_socket(token); });
    for (const std::uint32_t slot : dead_sockets_)
        sockets_.erase(slot);
    dead_sockets_.clear();
    if (is_stopping_ && sockets_.size() == 0 && !has_ended_) {
        has_ended_ = true;
        refusals_.flush(TimePoint::max());
        finish_engine();
    }
    if (commons_.has_several())
        commons_.set_totals(number_, totals_);
    if (!deflate_timer_.is_scheduled() && deflate_pool_.holds_any())
        wheel_.schedule(deflate_timer_, now_ + deflate_idle);
    if (!buffer_timer_.is_scheduled() && queue_pool_.large_buffers().holds_any())
        wheel_.schedule(buffer_timer_, now_ + buffers_idle);
    turn_ended_ = clock_.now();
    if (*turn_ended_ - now_ >= stall_reported_from)
        report(event::EngineStalled{std::chrono::duration_cast<milliseconds>(*turn_ended_ - now_)});
    if (has_embedder_timer_) {
        const auto wait = time_to_wait(std::chrono::nanoseconds(-1));
        loop_->arm_timer(wait.count() < 0 ? std::nullopt : std::optional(wait));
    }
}

void Shard::publish_state()
{
    if (!is_state_attached_) {
        opened_.clear();
        closed_.clear();
        closed_left_out_ = 0;
        return;
    }
    const bool has_any = status_changed_ || totals_changed_ || !dirty_.empty() || !opened_.empty()
        || !closed_.empty() || is_snapshot_wanted_;
    if (!has_any || now_ < next_publish_)
        return;
    if (!state_.is_free()) {
        is_publishing_late_.store(true, std::memory_order_seq_cst);
        if (!state_.is_free())
            return;
    }
    is_publishing_late_.store(false, std::memory_order_relaxed);
    next_publish_ = now_ + publish_interval_;
    try {
        make_batch();
    } catch (const std::bad_alloc&) {
        batch_.clear();
        want_snapshot();
        return;
    }
    is_snapshot_wanted_ = status_changed_ = totals_changed_ = false;
    dirty_.clear();
    opened_.clear();
    batch_.closed.swap(closed_);
    batch_.closed_left_out = std::exchange(closed_left_out_, 0);
    batch_.totals = totals_;
    batch_.monotonic_ns = now_.time_since_epoch().count();
    state_.put(batch_, snapshot_round_);
    closed_.clear();
}

void Shard::want_snapshot() noexcept
{
    is_snapshot_wanted_ = status_changed_ = true;
}

void Shard::make_batch()
{
    if (status_changed_ && is_first())
        batch_.status = make_status();
    if (is_snapshot_wanted_) {
        batch_.snapshot = true;
        channels_.for_each([&](ChannelEntry& entry) {
            if (entry.channel.state() == ConnectionState::closed)
                return;
            entry.is_announced = true;
            batch_.opened.push_back(entry.channel.shared_info());
            batch_.changed.push_back(entry.channel.counters());
        });
        for (const ConnectionId id : dirty_) {
            if (ChannelEntry* entry = find_channel(id))
                entry->is_dirty = false;
        }
    } else {
        for (const ConnectionId id : opened_) {
            ChannelEntry* entry = find_channel(id);
            if (!entry || entry->is_announced)
                continue;
            entry->is_announced = true;
            batch_.opened.push_back(entry->channel.shared_info());
        }
        for (const ConnectionId id : dirty_) {
            ChannelEntry* entry = find_channel(id);
            if (!entry)
                continue;
            entry->is_dirty = false;
            if (entry->channel.state() != ConnectionState::closed)
                batch_.changed.push_back(entry->channel.counters());
        }
    }
}

std::shared_ptr<const ServerStatus> Shard::make_status() const
{
    auto status = std::make_shared<ServerStatus>();
    for (const auto& listener : listeners_) {
        ListenerStatus each;
        each.spec = listener.spec;
        each.listening = listener.socket.has_value();
        each.speaks = spoken_by(listener.spec.kind, tls_ != nullptr);
        each.bound = each.listening ? listener.socket->address() : listener.spec.address;
        each.problem = listener.problem;
        status->listening |= each.listening;
        status->listeners.push_back(std::move(each));
    }
    status->endpoints = endpoints_.configs();
    status->access = access_;
    status->older_protocols = older_protocols_;
    status->tls = tls_;
    status->access_revision = access_revision_;
    status->limits = limits_;
    status->compression = compression_;
    status->connection_limit = connection_limit();
    return status;
}

void Shard::report_fault(std::uint64_t number, ErrorCode code, int error, const char* what) noexcept
{
    try {
        report(event::ConnectionFault{number, Error{code, error, what}});
    } catch (const std::bad_alloc&) {
        events_.add_lost();
    }
}

void Shard::end_after_fault(Socket& socket, const char* why) noexcept
{
    if (socket.stage == Stage::dead)
        return;
    ChannelEntry* const entry = channel_of(socket);
    report_fault(entry ? entry->channel.info().number : 0, ErrorCode::no_memory, 0, why);
    try {
        if (entry && !entry->channel.is_finished()) {
            entry->channel.fail(close_internal_error, {}, CloseCause::internal_error);
            return;
        }
        if (!entry && socket.stage == Stage::opening && socket.newcomer && socket.output.empty()) {
            refuse(socket, Refusal{RefusalReason::internal_error, 503, {{"Retry-After", "5"}}, {}, {}});
            return;
        }
    } catch (...) {
        // Then without a word.
    }
    kill(socket);
}

void Shard::report(Kind what) noexcept
{
    Event event;
    event.at = wall_now_ == WallTime{} ? clock_.wall() : wall_now_;
    event.what = std::move(what);
    if (logger_)
        log(event);
    events_.add(std::move(event));
}

void Shard::log(const Event& event) noexcept
{
    try {
        const std::string line = describe(event);
        std::unique_lock lock(commons_.logging, std::defer_lock);
        if (commons_.has_several())
            lock.lock();
        logger_(level_of(event), line);
    } catch (...) {
        // It must not throw; a line that is missing from a log costs no connection.
    }
}

bool Shard::take_state(StateBatch& batch, std::uint64_t& round)
{
    const bool any = state_.take(batch, round);
    if (is_publishing_late_.load(std::memory_order_seq_cst))
        loop_->wake();
    return any;
}

bool Shard::take_traffic(TrafficBatch& batch)
{
    const bool any = traffic_.take(batch);
    if (is_holding_.load(std::memory_order_seq_cst))
        loop_->wake();
    return any;
}

} // namespace jackfield::server
