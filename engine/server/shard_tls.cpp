#include "server/shard.h"

#include "jackfield/tls_credentials.h"

#include <new>
#include <utility>
#include <vector>

namespace jackfield::server {

namespace {

constexpr std::byte handshake_record{0x16}; // RFC 8446 section 5.1
constexpr std::byte ssl_2_header{0x80}; // RFC 5246 appendix E.2; no request begins with such a byte
constexpr milliseconds alert_patience{1'000};

// Whoever speaks neither TLS nor HTTP is told so by TLS: of a hello of SSL 2 it knows what it is.
bool may_begin_a_request(std::byte first)
{
    const auto c = static_cast<char>(first);
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '\r' || c == '\n';
}

} // namespace

bool Shard::sniff(Socket& socket, std::span<const std::byte> bytes)
{
    Newcomer& newcomer = *socket.newcomer;
    if (std::exchange(newcomer.is_sniffed, true) || bytes.empty())
        return true;
    const bool is_tls = bytes.front() == handshake_record
        || (newcomer.listener == ListenerKind::both && tls_ && (bytes.front() & ssl_2_header) == ssl_2_header)
        || (newcomer.listener == ListenerKind::wss && !may_begin_a_request(bytes.front()));
    if (!is_tls) {
        newcomer.is_plain_on_tls = newcomer.listener == ListenerKind::wss;
        return true;
    }
    if (newcomer.listener != ListenerKind::ws && tls_) {
        begin_tls(socket, bytes);
        return false;
    }
    Refusal refusal{RefusalReason::tls_on_plain, 0, {}, {}, {}};
    if (newcomer.listener != ListenerKind::ws)
        refusal.why = "the client used wss:// (or https://), and there is no certificate to serve it with";
    report_refusal(socket, std::move(refusal), {});
    kill(socket);
    return false;
}

void Shard::begin_tls(Socket& socket, std::span<const std::byte> sniffed)
{
    try {
        auto stream = std::make_unique<net::TlsStream>(tls_->context(), std::move(socket.stream),
            std::vector<std::byte>(sniffed.begin(), sniffed.end()), clock_, socket.local.address_text());
        socket.tls = stream.get();
        socket.stream = std::move(stream);
    } catch (const std::bad_alloc&) {
        kill(socket); // its carrier is gone
        throw;
    }
}

bool Shard::on_tls_failure(Socket& socket)
{
    const net::TlsStream& stream = *socket.tls;
    const TlsFailureReport& report_of_it = stream.failure();
    const bool is_answered = socket.stage == Stage::flushing || socket.stage == Stage::draining;
    // Browsers end TLS without a close_notify: that is an end like any other.
    if (report_of_it.failure == TlsFailure::none || report_of_it.failure == TlsFailure::truncated
        || is_answered)
        return false;
    if (ChannelEntry* entry = channel_of(socket)) {
        const bool is_flood = report_of_it.failure == TlsFailure::flood;
        if (is_flood)
            on_flood(entry->channel, event::FloodKind::tls);
        entry->channel.on_carrier_lost(false, is_flood ? CloseCause::flood : CloseCause::tls_failure);
    } else if (socket.newcomer) {
        Refusal refusal{RefusalReason::tls_failed, 0, {}, {}, {}};
        refusal.why = std::string(explain(report_of_it.failure));
        if (!report_of_it.detail.empty())
            refusal.why += " (" + report_of_it.detail + ")";
        report_refusal(socket, std::move(refusal), {});
    }
    if (report_of_it.failure == TlsFailure::peer_left)
        kill(socket);
    else
        end_our_direction(
            socket, std::min(alert_patience, limits_.drain_timeout)); // an alert may be on its way
    return true;
}

void Shard::end_our_direction(Socket& socket, milliseconds patience)
{
    stop_waiting(socket);
    socket.output.clear();
    socket.stream->shut_down_writing();
    if (ChannelEntry* entry = channel_of(socket))
        close_channel(*entry);
    socket.stage = Stage::draining;
    socket.deadline = now_ + patience;
    update_interest(socket);
    schedule(socket);
}

} // namespace jackfield::server
