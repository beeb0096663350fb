#include "server/shard.h"

#include "fallback/framed_codec.h"

#include <algorithm>

namespace jackfield::server {

namespace {

constexpr std::uint64_t body_progress = 64U << 10U;

std::string joined(const std::vector<std::string_view>& names)
{
    std::string text;
    for (const auto& name : names)
        text.append(text.empty() ? "" : ", ").append(name);
    return text;
}

std::string head_of(std::string_view response)
{
    return std::string(response.substr(0, response.find("\r\n\r\n")));
}

} // namespace

void Shard::feed_newcomer(Socket& socket, std::span<const std::byte> bytes)
{
    Newcomer& newcomer = *socket.newcomer;
    if (socket.stage != Stage::opening) {
        newcomer.opening.rest().append(bytes);
        if (socket.stage == Stage::exchange)
            continue_exchange(socket);
        else if (newcomer.opening.rest().size() >= newcomer.acceptance.rule->bytes_after_head())
            open_channel(socket);
        return;
    }
    if (newcomer.served_before && !newcomer.opening.has_bytes())
        newcomer.accepted_at = now_; // the time between two requests is nobody's
    switch (newcomer.opening.feed(bytes)) {
    case session::Opening::Step::need_more:
        break;
    case session::Opening::Step::refused: {
        const auto& parser = newcomer.opening.parser();
        Refusal refusal{parser.reason(), parser.status(), {}, {}, {}};
        if (newcomer.is_plain_on_tls)
            refusal = {RefusalReason::plain_on_tls, 400, {}, {}, {}};
        newcomer.opening.keep_partial_head();
        refuse(socket, std::move(refusal));
        break;
    }
    case session::Opening::Step::complete:
        admit(socket);
        break;
    }
}

void Shard::admit(Socket& socket)
{
    Newcomer& newcomer = *socket.newcomer;
    if (newcomer.is_plain_on_tls) {
        refuse(socket, Refusal{RefusalReason::plain_on_tls, 400, {}, {}, {}});
        return;
    }
    const AdmissionContext context{access_, endpoints_, parts_.handshake_rules, http_endpoints_, socket.peer,
        now_, has_room_for(socket.peer), is_stopping_, older_protocols_};
    Admission admission = server::admit(newcomer.opening.head(), context);
    if (auto* refusal = std::get_if<Refusal>(&admission)) {
        if (refusal->tried_server)
            tried_.add(socket.peer, refusal->endpoint, *refusal->tried_server,
                "websocket: " + (refusal->reason == RefusalReason::transport_off ? std::string("switched off here") : refusal->why.empty() ? std::string(explain(refusal->reason)) : refusal->why), now_);
        if (refusal->reason == RefusalReason::too_many_connections)
            count_limit(event::LimitKind::connections);
        refuse(socket, std::move(*refusal));
    } else if (auto* acceptance = std::get_if<Acceptance>(&admission)) {
        if (hand_over(socket, *acceptance))
            return;
        newcomer.place_taken = commons_.places.take(socket.peer, number_);
        begin_handshake(socket, std::move(*acceptance));
    } else {
        begin_exchange(socket, std::get<PlainRequest>(admission));
    }
}

void Shard::refuse(Socket& socket, Refusal refusal)
{
    std::string response;
    if (refusal.status != 0) {
        const bool speaks_tls_alone = refusal.reason == RefusalReason::plain_on_tls;
        if (speaks_tls_alone && !tls_)
            refusal.why = std::string(explain(refusal.reason)) + ", and there is no certificate to serve it with";
        std::string_view words = refusal.words;
        if (speaks_tls_alone)
            words = tls_ ? "This port speaks TLS. Use wss:// or https:// instead of ws:// or http://."
                         : "This port speaks TLS alone and has no certificate yet: nothing can connect to it.";
        response = refusal.is_bare ? http::whole_response(refusal.status, refusal.headers, {}, {}, false)
                                   : http::refusal_response(refusal.status, refusal.headers, words);
        if (socket.newcomer->opening.head().method == "HEAD") // RFC 9110 section 9.3.2
            response.resize(response.find("\r\n\r\n") + 4);
        socket.output.append(as_bytes(response));
    }
    report_refusal(socket, std::move(refusal), head_of(response));
    finish(socket, false);
}

void Shard::report_refusal(Socket& socket, Refusal refusal, std::string answer)
{
    session::Opening& opening = socket.newcomer->opening;
    const http::RequestHead& head = opening.head();
    event::Refused event;
    event.reason = refusal.reason;
    event.peer = socket.peer;
    event.local = socket.local;
    event.request_head = opening.seen().substr(0, 16U << 10U);
    event.method = head.method;
    event.target = head.target;
    event.host = head.value("Host").value_or("");
    const auto origin = head.value(origin_field_of(head, parts_.handshake_rules));
    event.origin = origin.value_or("");
    event.has_origin = origin.has_value();
    event.user_agent = head.value("User-Agent").value_or("");
    event.was_upgrade = head.asks_for_websocket();
    event.access = std::move(refusal.access);
    event.remedy = refusal.remedy;
    event.endpoint = std::move(refusal.endpoint);
    event.wanted_transport = refusal.wanted_transport;
    if (socket.tls) {
        event.transport = Transport::wss;
        event.server_name = socket.tls->facts().server_name;
        if (refusal.reason == RefusalReason::tls_failed)
            event.tls = socket.tls->failure();
    }
    event.status = refusal.status;
    event.answer = std::move(answer);
    event.why = refusal.why.empty() ? std::string(explain(refusal.reason)) : std::move(refusal.why);
    event.browser_says = browser_message(event);
    if (refusal.reason != RefusalReason::plain_http)
        ++totals_.refused;
    totals_changed_ = true;
    refusals_.add(std::move(event), now_);
    if (refusals_.is_holding())
        need_house_keeping();
}

void Shard::report_complaint(Socket& socket, const http::Complaint& complaint)
{
    const session::HttpExchange& exchange = *socket.newcomer->exchange;
    Refusal refusal{complaint.reason, exchange.status(), {}, complaint.why, {}, complaint.remedy};
    refusal.endpoint = complaint.endpoint;
    refusal.wanted_transport = complaint.wanted_transport;
    report_refusal(socket, std::move(refusal), exchange.answer_head());
}

void Shard::begin_exchange(Socket& socket, const PlainRequest& request)
{
    Newcomer& newcomer = *socket.newcomer;
    socket.stage = Stage::exchange;
    stop_waiting(socket);
    newcomer.endpoint = request.endpoint;
    newcomer.exchange
        = std::make_unique<session::HttpExchange>(newcomer.opening.head(), socket.output, !is_stopping_, &newcomer.host);
    if (!status_for_pages_)
        status_for_pages_ = make_status();
    const auto status = status_for_pages_;
    EngineTotals totals = commons_.has_several() ? commons_.totals() : totals_;
    totals.open = commons_.has_several() ? totals.open : channels_.size();
    http::EndpointContext context{*status, totals, request.origin_allowed, socket.tls != nullptr, socket.peer, socket.local, {}};
    if (socket.tls)
        context.tls = std::make_shared<const TlsFacts>(socket.tls->facts());
    if (!newcomer.exchange->begin(*request.endpoint, context)) {
        report_refusal(socket,
            Refusal{RefusalReason::body_on_upgrade, 400, {}, "the body's length is ambiguous", {}},
            newcomer.exchange->answer_head());
        finish(socket, false);
        return;
    }
    continue_exchange(socket);
}

void Shard::continue_exchange(Socket& socket)
{
    Newcomer& newcomer = *socket.newcomer;
    session::HttpExchange& exchange = *newcomer.exchange;
    auto& rest = newcomer.opening.rest();
    if (!rest.empty() && !exchange.is_complete()) {
        std::size_t consumed = 0;
        exchange.feed(std::as_const(rest).view(), consumed);
        rest.consume(consumed);
        newcomer.body.set(exchange.body_bytes());
        if (exchange.body_received() >= newcomer.body_seen + body_progress) {
            newcomer.body_seen = exchange.body_received();
            newcomer.body_due = now_ + limits_.slow_timeout;
        }
    }
    if (!socket.output.empty())
        flush_later(socket);
    if (!exchange.is_complete()) {
        update_interest(socket);
        schedule(socket);
        if (socket.output.empty())
            exchange.on_drained();
        return;
    }
    if (exchange.complaint() && !std::exchange(newcomer.is_listed, true))
        report_complaint(socket, *exchange.complaint());
    if (newcomer.endpoint->is_listed() && !std::exchange(newcomer.is_listed, true))
        report_refusal(socket, Refusal{RefusalReason::plain_http, exchange.status(), {}, {}, {}},
            exchange.answer_head());
    if (!exchange.keeps_alive() || is_stopping_) {
        finish(socket, true);
        return;
    }
    // One answer at a time: a client that asks and never reads must not fill the memory.
    if (!socket.output.empty()) {
        update_interest(socket);
        return;
    }
    // The next request of a kept-alive connection, which may have come already.
    newcomer.exchange.reset();
    newcomer.endpoint = nullptr;
    newcomer.accepted_at = now_;
    newcomer.body_due = {};
    newcomer.body_seen = 0;
    newcomer.served_before = true;
    newcomer.is_listed = false;
    socket.stage = Stage::opening;
    start_waiting(socket);
    ByteBuffer next;
    std::swap(next, rest);
    newcomer.opening.restart();
    schedule(socket);
    if (!next.empty())
        feed_newcomer(socket, std::as_const(next).view());
}

void Shard::begin_handshake(Socket& socket, Acceptance acceptance)
{
    Newcomer& newcomer = *socket.newcomer;
    newcomer.acceptance = std::move(acceptance);
    const websocket::HandshakeRule& rule = *newcomer.acceptance.rule;
    newcomer.answer = rule.answer(newcomer.opening.head(), newcomer.acceptance.subprotocol,
        {{limits_.max_message, limits_.max_fragments}, compression_, &deflate_pool_}, socket.tls != nullptr);
    if (deflate_pool_.take_denials() > 0)
        count_limit(event::LimitKind::deflate_windows);
    if (!newcomer.answer.codec) {
        refuse(socket,
            Refusal{
                RefusalReason::internal_error, 500, {}, "the handshake's digest could not be computed", {}});
        return;
    }
    socket.output.append(as_bytes(newcomer.answer.bytes));
    flush_later(socket);
    if (newcomer.opening.rest().size() >= rule.bytes_after_head()) {
        open_channel(socket);
    } else {
        socket.stage = Stage::handshake_body;
    }
}

void Shard::open_channel(Socket& socket)
{
    stop_waiting(socket);
    if (const std::size_t extra = socket.newcomer->acceptance.rule->bytes_after_head()) {
        session::Opening& opening = socket.newcomer->opening;
        const std::string answer = socket.newcomer->acceptance.rule->answer_to_body(
            opening.head(), std::as_const(opening.rest()).view().first(extra));
        if (answer.empty()) {
            report_refusal(socket,
                Refusal{RefusalReason::internal_error, 0, {}, "the handshake's digest could not be computed", {}},
                head_of(socket.newcomer->answer.bytes));
            finish(socket, false);
            return;
        }
        socket.output.append(as_bytes(answer));
        flush_later(socket);
        opening.rest().consume(extra);
    }
    const std::unique_ptr<Newcomer> newcomer = std::move(socket.newcomer);
    const http::RequestHead& head = newcomer->opening.head();
    Acceptance& acceptance = newcomer->acceptance;
    auto& rest = newcomer->opening.rest();
    Agreement agreed{head, acceptance.endpoint, head.value(websocket::origin_field_of(*acceptance.rule, head)),
        std::string(acceptance.rule->protocol_version()), acceptance.subprotocol, joined(acceptance.offered),
        newcomer->answer.extensions, socket.tls ? Transport::wss : Transport::ws, {}, acceptance.sockjs};
    if (socket.tls)
        agreed.tls = std::make_shared<const TlsFacts>(socket.tls->facts());
    std::unique_ptr<websocket::MessageCodec> codec = std::move(newcomer->answer.codec);
    if (acceptance.sockjs) {
        agreed.protocol_version += ", SockJS";
        codec = fallback::make_framed_codec(
            std::move(codec), acceptance.endpoint->config().sockjs->heartbeat);
    }
    ChannelEntry& entry = make_channel(socket, agreed, std::move(codec), std::move(newcomer->place_taken));
    entry.channel.start();
    if (!rest.empty() && socket.stage != Stage::dead) {
        entry.channel.receive(rest.view());
        if (socket.stage != Stage::dead)
            count_partial(entry);
    }
}

ChannelEntry& Shard::make_channel(
    Socket& socket, const Agreement& agreed, std::unique_ptr<websocket::MessageCodec> codec, ConnectionPlaces::Place place)
{
    const http::RequestHead& head = agreed.head;
    const auto handle = channels_.next_handle();
    dead_channels_.reserve(channels_.slot_count());
    auto info = std::make_shared<ConnectionInfo>();
    info->id = ConnectionId(number_, handle.slot, handle.generation);
    info->number = commons_.next_number();
    info->peer = socket.peer;
    info->local = socket.local;
    info->host = interner_.intern(head.value("Host").value_or(""));
    info->origin = interner_.intern(agreed.origin.value_or(""));
    info->has_origin = agreed.origin.has_value();
    // A session is known by its endpoint: what else its path holds is for its own requests (and hidden from applications, SockJS 0.3.3).
    info->target = agreed.sockjs_server ? agreed.endpoint->pattern() : interner_.intern(head.target);
    info->protocol_version = interner_.intern(agreed.protocol_version);
    info->subprotocol = interner_.intern(agreed.subprotocol);
    info->offered_subprotocols = interner_.intern(agreed.offered);
    info->extensions = interner_.intern(agreed.extensions);
    info->user_agent = interner_.intern(head.value("User-Agent").value_or(""));
    info->endpoint = agreed.endpoint->pattern();
    info->transport = agreed.transport;
    info->tls = agreed.tls;
    info->tried = interner_.intern(agreed.sockjs_server
            ? tried_.take(socket.peer, agreed.endpoint->config().pattern, *agreed.sockjs_server, now_)
            : std::string());
    info->opened_at = wall_now_;
    info->opened_monotonic = now_;

    std::string note;
    if (!agreed.offered.empty() && agreed.subprotocol.empty())
        note = "the page offered the subprotocol " + agreed.offered
            + ", none of which this endpoint speaks; a browser fails such a connection";

    event::Opened opened{info, std::string(head.raw()), std::move(note)};
    Behaviour& behaviour = agreed.endpoint->behaviour_for(agreed.subprotocol);
    ChannelEntry& entry
        = channels_.emplace(socket.slot, agreed.endpoint, *this, queue_pool_, info, std::move(codec), behaviour);
    entry.place = std::move(place);
    entry.sockjs_server = agreed.sockjs_server;
    socket.channel_slot = handle.slot;
    socket.channel_generation = handle.generation;
    socket.stage = Stage::channel;
    ++totals_.opened;
    ++totals_.open;
    totals_changed_ = true;
    if (is_state_attached_)
        remember(opened_, info->id);
    report(std::move(opened));
    schedule(socket);
    on_changed(entry.channel);
    return entry;
}

void Shard::start_waiting(Socket& socket)
{
    while (waiting_.size() >= limits_.max_openings) {
        Socket& oldest = sockets_.find_any(waiting_.front());
        count_limit(event::LimitKind::openings);
        kill(oldest);
    }
    socket.newcomer->place = waiting_.insert(waiting_.end(), socket.slot);
    socket.newcomer->is_waiting = true;
}

void Shard::stop_waiting(Socket& socket)
{
    if (socket.newcomer && socket.newcomer->is_waiting) {
        waiting_.erase(socket.newcomer->place);
        socket.newcomer->is_waiting = false;
    }
}

std::uint32_t Shard::connection_limit() const
{
    return limits_.max_connections == 0 ? descriptor_limit_
                                        : std::min(limits_.max_connections, descriptor_limit_);
}

bool Shard::has_room_for(const SocketAddress& peer) const
{
    return commons_.places.has_room_for(peer, connection_limit(), limits_.reserve_for_other_addresses);
}

void Shard::count_limit(event::LimitKind kind)
{
    LimitCount& counted = limit_counts_[kind];
    ++counted.count;
    if (counted.reported == TimePoint{} || now_ - counted.reported >= seconds(1)) {
        report(event::LimitReached{kind, counted.count, limit_of(kind)});
        counted = {0, now_};
    } else {
        need_house_keeping();
    }
}

std::uint64_t Shard::limit_of(event::LimitKind kind) const
{
    switch (kind) {
    case event::LimitKind::connections:
        return connection_limit();
    case event::LimitKind::openings:
        return limits_.max_openings;
    case event::LimitKind::partial_messages:
        return limits_.max_partial_total;
    case event::LimitKind::deflate_windows:
        return compression_.context_budget;
    }
    return 0;
}

} // namespace jackfield::server
