#include "server/shard.h"

#include "fallback/session_codec.h"

#include <algorithm>
#include <utility>

namespace jackfield::server {

namespace {

constexpr milliseconds tries_within{10'000}; // a page that gets on goes on; one that does not tries the next transport

} // namespace

// Sessions without a WebSocket: to the rest of the shard each is a socket whose stream happens to have no descriptor.

void SocketExchangeHost::on_exchange_output() noexcept
{
    if (Socket* socket = shard_.find_socket(token_))
        shard_.flush_later(*socket);
}

void SocketExchangeHost::on_exchange_cut() noexcept
{
    if (Socket* socket = shard_.find_socket(token_)) {
        socket->reset_end = true;
        shard_.finish(*socket, false);
    }
}

std::shared_ptr<const EndpointConfig> Shard::sockjs_at(std::string_view path) const
{
    const std::shared_ptr<Endpoint> endpoint = endpoints_.find_sockjs(path);
    return endpoint ? std::shared_ptr<const EndpointConfig>(endpoint, &endpoint->config()) : nullptr;
}

std::optional<fallback::SessionRefusal> Shard::open_session(
    const std::shared_ptr<fallback::Session>& session, const fallback::SessionRequest& request)
{
    const auto refused = [](std::uint16_t status, RefusalReason reason, std::string why) {
        http::Complaint complaint;
        complaint.reason = reason;
        complaint.why = std::move(why);
        return fallback::SessionRefusal{status, std::move(complaint)};
    };
    const http::RequestHead& head = request.head;
    std::shared_ptr<Endpoint> endpoint = endpoints_.find_sockjs(head.path);
    if (!endpoint)
        return refused(404, RefusalReason::no_endpoint, std::string(explain(RefusalReason::no_endpoint)));
    if (is_stopping_)
        return refused(503, RefusalReason::stopping, std::string(explain(RefusalReason::stopping)));
    if (!has_room_for(request.peer)) {
        count_limit(event::LimitKind::connections);
        return refused(
            503, RefusalReason::too_many_connections, std::string(explain(RefusalReason::too_many_connections)));
    }
    RequestAnswer answer = ask_behaviour(*endpoint, head, "Origin", request.peer, {}, {});
    if (answer.refuse_with != 0)
        return refused(std::clamp<std::uint16_t>(answer.refuse_with, 400, 599), RefusalReason::refused_by_behaviour,
            answer.why.empty() ? std::string(explain(RefusalReason::refused_by_behaviour)) : std::move(answer.why));

    const auto handle = sockets_.next_handle();
    make_room_for_sockets();
    auto stream = std::make_unique<fallback::SessionStream>(session);
    fallback::SessionStream* const seen = stream.get();
    Socket& socket = sockets_.emplace(queue_pool_, std::move(stream), request.peer, request.local);
    socket.slot = handle.slot;
    socket.generation = handle.generation;
    socket.timer.owner = token_of(socket);
    socket.session = seen;
    socket.interest = net::interest_read;
    session->carry(token_of(socket));
    try {
        Agreement agreed{head, endpoint, head.value("Origin"), "SockJS 0.3.3", {}, {}, {}, request.transport, request.tls,
            std::string(request.server)};
        ChannelEntry& entry = make_channel(socket, agreed,
            fallback::make_session_codec(
                endpoint->config().sockjs->heartbeat, {limits_.max_message, limits_.max_fragments}),
            commons_.places.take(request.peer, number_));
        guard(socket, [&] { entry.channel.start(); });
    } catch (...) {
        kill(socket);
        throw;
    }
    return std::nullopt;
}

void Shard::on_transport_refused(const fallback::SessionRequest& request, std::string_view base,
    SockJsTransport transport, std::string_view why)
{
    tried_.add(request.peer, base, request.server, std::string(name_of(transport)).append(": ").append(why), now_);
}

/// Of a session that a page gave up soon: its next attempt tells of it.
void Shard::note_failed_transport(const ChannelEntry& entry) noexcept
{
    const session::Channel& channel = entry.channel;
    const auto lived = now_ - channel.info().opened_monotonic;
    if (!entry.sockjs_server || channel.close_info().clean || lived > tries_within)
        return;
    try {
        const Transport transport = channel.counters().transport;
        const auto lived_ms = std::chrono::duration_cast<milliseconds>(lived).count();
        tried_.add(channel.info().peer, entry.endpoint->config().pattern, *entry.sockjs_server,
            std::string(is_fallback(transport) ? name_of(transport) : "websocket") + ": ended after "
                + std::to_string(lived_ms) + " ms with " + std::to_string(channel.close_info().code),
            now_);
    } catch (const std::bad_alloc&) {
        return; // a row less to tell
    }
}

void Shard::on_session_writable(std::uint64_t carrier) noexcept
{
    if (Socket* socket = find_socket(carrier)) {
        socket->wants_write = false;
        flush_later(*socket);
    }
}

void Shard::on_session_readable(std::uint64_t carrier) noexcept
{
    Socket* const socket = find_socket(carrier);
    if (!socket)
        return;
    read_inside_later(*socket);
    if (ChannelEntry* entry = channel_of(*socket))
        count_partial(*entry);
}

bool Shard::is_session_open(std::uint64_t carrier)
{
    const Socket* const socket = find_socket(carrier);
    return socket && socket->stage == Stage::channel;
}

/// A body holds several messages, and escapes make six bytes of one. Each message is judged by itself.
std::uint64_t Shard::max_session_body() const
{
    return limits_.max_message * 6 + (64U << 10U);
}

std::string Shard::session_ancestors() const
{
    std::string sources = "'self'";
    for (const AccessLine& line : access_.origins.lines) {
        const AccessPattern& pattern = line.pattern;
        const bool is_address = pattern.name.find_first_of(":;, '\"") != std::string::npos;
        if (line.state != AccessLine::State::active || (line.expires && *line.expires <= now_))
            continue;
        switch (pattern.form) {
        case AccessPattern::Form::everything:
            return "*";
        case AccessPattern::Form::exact_name:
        case AccessPattern::Form::suffix:
            if (is_address) // of the sixth version: policies have no word for it
                break;
            for (const std::string_view scheme : {"http", "https"}) {
                if (pattern.scheme.empty() || pattern.scheme == scheme)
                    sources.append(" ").append(scheme).append("://").append(
                        pattern.form == AccessPattern::Form::suffix ? "*." : "").append(pattern.name).append(":").append(
                        pattern.port ? std::to_string(*pattern.port) : std::string("*"));
            }
            break;
        case AccessPattern::Form::exact_whole:
        case AccessPattern::Form::null_origin:
            break; // no page of the web
        }
    }
    return sources;
}

void Shard::on_session_transport(std::uint64_t carrier, Transport transport)
{
    Socket* socket = find_socket(carrier);
    if (ChannelEntry* entry = socket ? channel_of(*socket) : nullptr)
        entry->channel.set_transport(transport);
}

} // namespace jackfield::server
