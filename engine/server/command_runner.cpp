#include "server/command_runner.h"

#include "base/utf8.h"
#include "server/shard.h"

#include "jackfield/close_code.h"
#include "jackfield/escape.h"

#include <algorithm>
#include <mutex>
#include <type_traits>
#include <utility>
#include <variant>

namespace jackfield::server {

namespace {

AccessList& list_of(AccessRules& rules, ListKind kind)
{
    return kind == ListKind::hosts ? rules.hosts : rules.origins;
}

// The others are the first shard's alone: listeners, access and what decides about newcomers.
bool concerns_every_shard(const Command& command)
{
    using namespace command;
    return std::visit(
        [](const auto& each) {
            using C = std::decay_t<decltype(each)>;
            return std::is_same_v<C, Send> || std::is_same_v<C, SendRaw> || std::is_same_v<C, Ping> || std::is_same_v<C, Pong>
                || std::is_same_v<C, Kick> || std::is_same_v<C, Resume> || std::is_same_v<C, StopListening>
                || std::is_same_v<C, ReapplyAccess> || std::is_same_v<C, SetEndpoint> || std::is_same_v<C, RemoveEndpoint>
                || std::is_same_v<C, SetTransport> || std::is_same_v<C, SetLimits> || std::is_same_v<C, SetCompression>
                || std::is_same_v<C, Quit>;
        },
        command);
}

// Whoever made the list: what has an end does not last, and `null` comes in with an end or not at all.
void keep_passing_lines_passing(AccessLine& line)
{
    line.temporary |= line.expires.has_value();
    if (line.expires || line.pattern.form != AccessPattern::Form::null_origin)
        return;
    if (line.state != AccessLine::State::active && line.state != AccessLine::State::needs_confirmation)
        return;
    line.state = AccessLine::State::invalid;
    line.problem = parse_access_line(ListKind::origins, "null").problem;
}

} // namespace

void CommandRunner::run(Submitted& submitted)
{
    outcome_.ticket = submitted.ticket;
    access_ = &shard_.access_;
    const bool is_shared = shard_.commons_.has_several() && concerns_every_shard(submitted.command);
    if (is_shared) {
        try {
            shard_.forward(submitted.ticket, submitted.command);
        } catch (const std::bad_alloc&) {
            fail_with(ErrorCode::no_memory, "out of memory; some connections were left out");
        }
    }
    carry_out(submitted.command);
    Outcome outcome{std::move(outcome_), without_origin_};
    if (is_shared && shard_.waiting_commands_.contains(submitted.ticket))
        shard_.add_outcome(outcome);
    else
        shard_.finish_command(std::move(outcome));
}

void CommandRunner::run(Forwarded& forwarded)
{
    outcome_.ticket = forwarded.ticket;
    access_ = forwarded.access.get();
    carry_out(forwarded.command);
    shard_.finish_command({std::move(outcome_), without_origin_});
}

void CommandRunner::carry_out(Command& command)
{
    try {
        std::visit([this](auto& each) { (*this)(each); }, command);
    } catch (const std::bad_alloc&) {
        outcome_.error = Error{ErrorCode::no_memory, 0, "out of memory"};
    } catch (...) {
        outcome_.error = Error{
            ErrorCode::callback_failed, 0, "a behaviour threw an exception while the command was carried out"};
    }
}

void CommandRunner::fail_with(ErrorCode code, std::string detail)
{
    outcome_.error = Error{code, 0, std::move(detail)};
}

void CommandRunner::for_each(const Target& target, const std::function<void(ChannelEntry&)>& concern)
{
    const auto act
        = [&](ChannelEntry& entry) { shard_.guard(shard_.carrier_of(entry), [&] { concern(entry); }); };
    switch (target.kind) {
    case Target::Kind::none:
        fail_with(ErrorCode::invalid_argument, "no connection was named");
        return;
    case Target::Kind::ids:
        for (const ConnectionId id : target.ids) {
            if (ChannelEntry* entry = shard_.find_channel(id))
                act(*entry);
            else if (id.shard() == shard_.number_ || (shard_.is_first() && id.shard() >= shard_.commons_.shards.size()))
                ++outcome_.gone;
        }
        return;
    case Target::Kind::all:
    case Target::Kind::all_but:
    case Target::Kind::endpoint:
        shard_.channels_.for_each([&](ChannelEntry& entry) {
            if (entry.channel.state() != ConnectionState::open)
                return;
            if (target.kind == Target::Kind::all_but
                && std::ranges::find(target.ids, entry.channel.id()) != target.ids.end())
                return;
            if (target.kind == Target::Kind::endpoint && entry.endpoint->config().pattern != target.endpoint)
                return;
            act(entry);
        });
        return;
    }
}

void CommandRunner::count(SendOutcome sent)
{
    switch (sent) {
    case SendOutcome::queued:
        ++outcome_.count;
        break;
    case SendOutcome::queue_full:
        ++outcome_.skipped;
        break;
    case SendOutcome::invalid:
        ++outcome_.skipped;
        ++outcome_.incapable;
        break;
    case SendOutcome::gone:
        ++outcome_.gone;
        break;
    }
}

void CommandRunner::operator()(command::Listen& command)
{
    take(shard_.listen(command.listeners.empty() ? shard_.wanted_listeners_ : command.listeners));
}

void CommandRunner::operator()(command::AddListener& command)
{
    take(shard_.add_listener(command.listener));
}

void CommandRunner::operator()(command::RemoveListener& command)
{
    if (!shard_.remove_listener(command.address))
        fail_with(ErrorCode::not_found, "nothing listens on " + command.address.text());
}

void CommandRunner::operator()(command::StopListening& command)
{
    shard_.begin_stop(false, command.drop_queued);
}

void CommandRunner::operator()(command::Send& command)
{
    if (auto good = check(command); !good) {
        take(std::move(good));
        return;
    }
    session::SharedMessage message(command.kind, std::move(command.payload), std::move(command.fragments),
        std::move(command.between));
    for_each(command.target,
        [&](ChannelEntry& entry) { count(entry.channel.send_shared(message, Maker::hand)); });
}

void CommandRunner::operator()(command::SendRaw& command)
{
    if (auto good = check(command); !good) {
        take(std::move(good));
        return;
    }
    const session::RawMessage message(std::move(command.pieces), command.cut);
    for_each(
        command.target, [&](ChannelEntry& entry) { count(entry.channel.send_raw(message, Maker::hand)); });
}

void CommandRunner::operator()(command::Ping& command)
{
    if (command.payload.size() > 125) {
        fail_with(ErrorCode::invalid_argument, "a ping holds at most 125 bytes");
        return;
    }
    for_each(command.target, [&](ChannelEntry& entry) {
        count(entry.channel.send_ping(command.payload.view(), Maker::hand));
    });
}

void CommandRunner::operator()(command::Pong& command)
{
    if (command.payload.size() > 125) {
        fail_with(ErrorCode::invalid_argument, "a pong holds at most 125 bytes");
        return;
    }
    for_each(command.target, [&](ChannelEntry& entry) {
        count(entry.channel.send_pong(command.payload.view(), Maker::hand));
    });
}

bool CommandRunner::is_sendable(const CloseFrame& frame)
{
    if (frame.code && !may_be_sent(*frame.code)) {
        fail_with(ErrorCode::invalid_argument,
            "close code " + std::to_string(*frame.code)
                + " cannot be sent; use 1000-1003, 1007-1014 or 3000-4999, or none");
    } else if (!frame.code && !frame.reason.empty()) {
        fail_with(ErrorCode::invalid_argument, "a reason needs a close code");
    } else if (frame.reason.size() > max_close_reason) {
        fail_with(ErrorCode::invalid_argument,
            "a reason has at most 123 bytes, this one has " + std::to_string(frame.reason.size()));
    } else if (!is_valid_utf8(frame.reason)) {
        fail_with(ErrorCode::invalid_argument, "a reason must be valid UTF-8");
    } else {
        return true;
    }
    return false;
}

void CommandRunner::operator()(command::Kick& command)
{
    if (command.style == KickStyle::close_frame && !is_sendable(command.close))
        return;
    for_each(command.target, [&](ChannelEntry& entry) {
        const ConnectionInfo& info = entry.channel.info();
        const bool nothing_to_block
            = command.block && command.block->kind == BlockKind::origin && !info.has_origin;
        if (command.block && !nothing_to_block)
            block_who_was_kicked(*command.block, entry.channel.shared_info());
        const bool kicked = entry.channel.kick(command.style, command.close);
        ++(kicked ? outcome_.count : outcome_.gone);
        without_origin_ += kicked && nothing_to_block ? 1 : 0;
    });
}

void CommandRunner::operator()(command::Resume& command)
{
    for_each(command.target,
        [&](ChannelEntry& entry) { ++(entry.channel.answer_again() ? outcome_.count : outcome_.gone); });
}

void CommandRunner::block_who_was_kicked(const KickBlock& block, const std::shared_ptr<const ConnectionInfo>& info)
{
    if (!shard_.is_first())
        shard_.commons_.shards.front()->post(BlockKicked{outcome_.ticket, block, info});
    else if (auto error = this->block(block, *info))
        outcome_.error = std::move(error);
}

std::optional<Error> CommandRunner::block(const KickBlock& block, const ConnectionInfo& info)
{
    std::string text;
    switch (block.kind) {
    case BlockKind::address:
        text = info.peer.address_text();
        break;
    case BlockKind::origin:
        text = *info.origin;
        break;
    case BlockKind::host:
        text = *info.host;
        break;
    }
    if (auto parsed = parse_access_block(block.kind, text))
        add_block(std::move(*parsed), block.lifetime);
    else
        outcome_.error = std::move(parsed.error());
    return std::exchange(outcome_.error, std::nullopt);
}

void CommandRunner::add_block(AccessBlock block, milliseconds lifetime)
{
    if (lifetime.count() > 0)
        block.expires = shard_.now_ + lifetime;
    auto& blocks = shard_.access_.blocks;
    const auto same = std::ranges::find_if(
        blocks, [&](const AccessBlock& other) { return other.kind == block.kind && other.text == block.text; });
    if (same != blocks.end()) {
        *same = std::move(block);
    } else if (blocks.size() >= max_access_blocks) {
        fail_with(ErrorCode::invalid_argument,
            "there are " + std::to_string(max_access_blocks) + " blocks already; take some away first");
        return;
    } else {
        blocks.push_back(std::move(block));
    }
    ++shard_.access_revision_;
    shard_.touch_status();
    shard_.need_house_keeping();
}

void CommandRunner::operator()(command::Block& command)
{
    if (auto block = parse_access_block(command.kind, command.text))
        add_block(std::move(*block), command.lifetime);
    else
        outcome_.error = std::move(block.error());
}

void CommandRunner::operator()(command::Unblock& command)
{
    const auto wanted = parse_access_block(command.kind, command.text);
    if (!wanted) {
        outcome_.error = wanted.error();
        return;
    }
    const auto removed = std::erase_if(shard_.access_.blocks, [&](const AccessBlock& block) {
        return block.kind == wanted->kind && block.text == wanted->text;
    });
    if (removed == 0) {
        fail_with(ErrorCode::not_found,
            "nothing blocks the " + std::string(name_of(wanted->kind)) + " " + escape_for_terminal(wanted->text, 80));
        return;
    }
    ++shard_.access_revision_;
    shard_.touch_status();
}

void CommandRunner::on_access_changed(ListKind kind, bool from_file)
{
    ++shard_.access_revision_;
    shard_.touch_status();
    const AccessList& list = list_of(shard_.access_, kind);
    event::ListChanged changed{kind, 0, 0, from_file};
    bool expires = false;
    for (const AccessLine& line : list.lines) {
        changed.active += line.state == AccessLine::State::active ? 1 : 0;
        changed.invalid += line.state == AccessLine::State::invalid ? 1 : 0;
        expires |= line.expires.has_value();
    }
    shard_.report(changed);
    if (list.fell_back || changed.invalid > 0)
        shard_.report(event::ListProblem{kind,
            list.fell_back ? list.problem
                           : std::to_string(changed.invalid) + " line(s) cannot be read and do not count",
            list.fell_back});
    if (list.is_wide_open())
        shard_.report(event::WideOpen{kind});
    if (expires)
        shard_.need_house_keeping();
}

void CommandRunner::operator()(command::Allow& command)
{
    std::optional<TimePoint> expires;
    if (command.lifetime.count() > 0)
        expires = shard_.now_ + command.lifetime;
    auto added = list_of(shard_.access_, command.list)
                     .add(command.list, command.entry, command.temporary || expires.has_value(), expires);
    if (added)
        on_access_changed(command.list, false);
    take(std::move(added));
}

void CommandRunner::operator()(command::Deny& command)
{
    auto removed = list_of(shard_.access_, command.list).remove(command.list, command.entry);
    if (removed)
        on_access_changed(command.list, false);
    take(std::move(removed));
}

void CommandRunner::operator()(command::ReplaceList& command)
{
    AccessList& list = list_of(shard_.access_, command.list);
    std::ranges::for_each(command.content.lines, keep_passing_lines_passing);
    if (command.from_file) {
        // Another program's edit says nothing about what was allowed for the time being.
        for (AccessLine& line : list.lines) {
            if (line.temporary)
                command.content.lines.push_back(std::move(line));
        }
    }
    list = std::move(command.content);
    on_access_changed(command.list, command.from_file);
}

void CommandRunner::operator()(command::SetTls& command)
{
    shard_.tls_ = std::move(command.credentials);
    shard_.touch_status();
}

void CommandRunner::operator()(command::RequireOrigin& command)
{
    shard_.access_.origin_required = command.required;
    ++shard_.access_revision_;
    shard_.touch_status();
}

void CommandRunner::operator()(command::SetOlderProtocols& command)
{
    shard_.older_protocols_ = command.enabled;
    shard_.touch_status();
}

void CommandRunner::operator()(command::ReapplyAccess&)
{
    shard_.channels_.for_each([&](ChannelEntry& entry) {
        const ConnectionInfo& info = entry.channel.info();
        const std::optional<std::string_view> origin
            = info.has_origin ? std::optional<std::string_view>(*info.origin) : std::nullopt;
        if (lets_in(decide(*access_, *info.host, origin, shard_.now_, &info.peer), entry.endpoint->config()))
            return;
        if (entry.channel.begin_close(
                {close_policy_violation, "no longer on the allow-list"}, ClosedBy::person))
            ++outcome_.count;
    });
}

void CommandRunner::operator()(command::SetEndpoint& command)
{
    std::vector<std::string> problems;
    if (command.endpoint.sockjs)
        problems = clamp_sockjs(*command.endpoint.sockjs);
    const std::string pattern = command.endpoint.pattern;
    set_endpoint(std::move(command.endpoint));
    if (outcome_.error)
        return;
    for (const auto& problem : problems) {
        if (shard_.is_first())
            shard_.report(event::Notice{pattern + ": " + problem});
    }
}

void CommandRunner::operator()(command::SetTransport& command)
{
    const auto endpoint = shard_.endpoints_.by_pattern(command.pattern);
    if (!endpoint) {
        fail_with(ErrorCode::not_found, "there is no endpoint " + command.pattern);
        return;
    }
    EndpointConfig config = endpoint->config();
    if (!config.sockjs) {
        fail_with(ErrorCode::invalid_argument,
            command.pattern + " has no SockJS; switch it on first, as in endpoint /echo echo sockjs");
        return;
    }
    config.sockjs->transports.set(command.transport, command.permitted);
    set_endpoint(std::move(config));
}

void CommandRunner::set_endpoint(EndpointConfig config)
{
    auto endpoint = [&] {
        const std::lock_guard lock(shard_.commons_.factories);
        return Endpoint::create(std::move(config), shard_.parts_.behaviours);
    }();
    if (!endpoint) {
        take(std::move(endpoint));
        return;
    }
    shard_.endpoints_.set(*endpoint);
    shard_.touch_status();
    // By the pattern: who stayed on an endpoint that was removed is served by it again when it comes back.
    shard_.channels_.for_each([&](ChannelEntry& entry) {
        if (!entry.endpoint || entry.endpoint->config().pattern != (*endpoint)->config().pattern)
            return;
        entry.channel.set_behaviour((*endpoint)->behaviour_for(*entry.channel.info().subprotocol));
        entry.endpoint = *endpoint;
        ++outcome_.count;
    });
}

void CommandRunner::operator()(command::RemoveEndpoint& command)
{
    if (!shard_.endpoints_.remove(command.pattern))
        fail_with(ErrorCode::not_found, "there is no endpoint " + command.pattern);
    else
        shard_.touch_status();
}

void CommandRunner::operator()(command::SetLimits& command)
{
    shard_.limits_ = command.limits;
    for (const auto& problem : clamp_limits(shard_.limits_)) {
        if (shard_.is_first())
            shard_.report(event::Notice{problem});
    }
    shard_.channels_.for_each([&](ChannelEntry& entry) {
        entry.channel.set_limits({shard_.limits_.max_message, shard_.limits_.max_fragments});
        shard_.schedule(shard_.carrier_of(entry));
    });
    shard_.touch_status();
}

void CommandRunner::operator()(command::SetCompression& command)
{
    shard_.compression_ = command.compression;
    for (const auto& problem : clamp_compression(shard_.compression_)) {
        if (shard_.is_first())
            shard_.report(event::Notice{problem});
    }
    shard_.deflate_pool_.set_context_budget(shard_.commons_.part_of(shard_.compression_.context_budget));
    shard_.touch_status();
}

void CommandRunner::operator()(command::Quit& command)
{
    shard_.begin_stop(true, command.drop_queued);
}

} // namespace jackfield::server
