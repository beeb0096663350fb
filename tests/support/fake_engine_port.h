#pragma once

#include "ui/bridge/engine_port.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jackfield::test {

/// An engine port without an engine: keeps what was submitted and delivers what a test makes up.
class FakeEnginePort : public ui::EnginePort {
public:
    struct Submitted {
        Ticket ticket;
        Command command;
    };

    using EnginePort::EnginePort;

    [[nodiscard]] std::int64_t clockNow() const override { return clock; }

    /// The last submitted command when it is a C, else null.
    template <class C>
    [[nodiscard]] const C* last() const
    {
        return submitted.empty() ? nullptr : std::get_if<C>(&submitted.back().command);
    }

    /// Makes the info of a connection as the engine would: number n has slot n.
    static std::shared_ptr<ConnectionInfo> makeInfo(std::uint64_t number,
        std::string_view origin = "http://localhost:5173", std::string_view target = "/chat",
        std::string_view userAgent = firefox)
    {
        const auto shared = [](std::string_view text) { return std::make_shared<const std::string>(text); };
        auto info = std::make_shared<ConnectionInfo>();
        info->id = idOf(number);
        info->number = number;
        info->peer = SocketAddress::v4({127, 0, 0, 1}, static_cast<std::uint16_t>(40'000 + number % 20'000));
        info->local = SocketAddress::v4({127, 0, 0, 1}, 4567);
        info->host = shared("localhost:4567");
        info->origin = shared(origin);
        info->has_origin = !origin.empty();
        info->target = shared(target);
        info->protocol_version = shared("RFC 6455");
        info->subprotocol = shared("");
        info->offered_subprotocols = shared("");
        info->extensions = shared("");
        info->user_agent = shared(userAgent);
        info->endpoint = shared("/*");
        info->opened_at = WallTime{seconds{1'700'000'000} + seconds{number}};
        return info;
    }
    static ConnectionId idOf(std::uint64_t number)
    {
        return {0, static_cast<std::uint32_t>(number & 0xffffffU), 1};
    }

    /// Opens a connection and delivers that in a frame of its own.
    ConnectionId open(std::shared_ptr<const ConnectionInfo> info)
    {
        StateBatch batch;
        ++m_totals.open;
        ++m_totals.opened;
        const ConnectionId id = info->id;
        batch.opened.push_back(std::move(info));
        deliverState(std::move(batch));
        return id;
    }
    ConnectionId open(std::uint64_t number) { return open(makeInfo(number)); }
    /// Closes a connection; `info` as it was opened with.
    void close(
        const std::shared_ptr<const ConnectionInfo>& info, std::uint16_t code = 1001, std::string reason = {})
    {
        StateBatch batch;
        --m_totals.open;
        ClosedConnection closed;
        closed.info = info;
        closed.counters.id = info->id;
        closed.counters.state = ConnectionState::closed;
        closed.close = {code, std::move(reason), ClosedBy::peer, CloseCause::closing_handshake, true,
            WallTime{seconds{1'700'000'100}}};
        batch.closed.push_back(std::move(closed));
        deliverState(std::move(batch));
    }
    void deliverState(StateBatch batch)
    {
        batch.totals = m_totals;
        batch.monotonic_ns = clock;
        deliver(&batch, nullptr, nullptr);
    }
    void deliverStatus(ServerStatus status)
    {
        StateBatch batch;
        batch.status = std::make_shared<const ServerStatus>(std::move(status));
        deliverState(std::move(batch));
    }
    template <class What>
    void deliverEvent(What what, WallTime at = WallTime{seconds{1'700'000'050}})
    {
        EventBatch batch;
        batch.events.push_back(Event{++m_lastEvent, at, std::move(what)});
        deliver(nullptr, &batch, nullptr);
    }
    /// Finishes a submitted command.
    void finish(Ticket ticket, std::uint64_t count = 1, std::uint64_t gone = 0, std::uint64_t skipped = 0)
    {
        event::CommandFinished outcome;
        outcome.ticket = ticket;
        outcome.count = count;
        outcome.gone = gone;
        outcome.skipped = skipped;
        deliverEvent(std::move(outcome));
    }
    void failCommand(Ticket ticket, Error error)
    {
        event::CommandFinished outcome;
        outcome.ticket = ticket;
        outcome.error = std::move(error);
        deliverEvent(std::move(outcome));
    }
    /// Delivers one message in a frame of its own.
    void message(ConnectionId connection, Direction direction, TrafficType type, std::string_view payload,
        Maker maker = Maker::peer)
    {
        TrafficRecord record;
        record.sequence = ++m_lastTraffic;
        record.connection = connection;
        record.wall_ns = wallNs;
        record.size = payload.size();
        record.wire = payload.size() + 6;
        record.type = type;
        record.direction = direction;
        record.maker = maker;
        record.payload = as_bytes(payload);
        deliverTraffic({&record, 1});
    }
    void fromBrowser(ConnectionId connection, std::string_view text)
    {
        message(connection, Direction::from_browser, TrafficType::text, text);
    }
    void toBrowser(ConnectionId connection, std::string_view text, Maker maker = Maker::hand)
    {
        message(connection, Direction::to_browser, TrafficType::text, text, maker);
    }
    void deliverTraffic(
        std::span<const TrafficRecord> records, std::uint64_t lost = 0, std::uint64_t passedOver = 0)
    {
        const ui::TrafficTaken taken{records, lost, passedOver};
        deliver(nullptr, nullptr, &taken);
    }

    static constexpr std::string_view firefox
        = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    static constexpr std::string_view chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, "
                                               "like Gecko) Chrome/126.0.0.0 Safari/537.36";

    std::vector<Submitted> submitted; ///< in order
    bool isFull = false; ///< takes no more commands
    std::int64_t clock = 1'000'000'000; ///< what clockNow says
    std::int64_t wallNs = 1'700'000'000'000'000'000; ///< the time of messages
    TrafficLevel trafficLevel = TrafficLevel::full; ///< what the lane was last told to carry

protected:
    void takeTrafficAt(TrafficLevel level) override { trafficLevel = level; }

protected:
    Ticket enqueue(Command command) override
    {
        if (isFull)
            return 0;
        submitted.push_back({++m_lastTicket, std::move(command)});
        return m_lastTicket;
    }

private:
    EngineTotals m_totals;
    Ticket m_lastTicket = 0;
    std::uint64_t m_lastEvent = 0;
    std::uint64_t m_lastTraffic = 0;
};

} // namespace jackfield::test
