#pragma once

#include "fallback/session_table.h"
#include "fallback/tried_transports.h"
#include "net/event_loop.h"
#include "net/listening_socket.h"
#include "net/timer_wheel.h"
#include "server/commons.h"
#include "server/endpoint_table.h"
#include "server/interner.h"
#include "server/lanes.h"
#include "server/letter.h"
#include "server/mailbox.h"
#include "server/refusal_fold.h"
#include "server/slab.h"
#include "server/socket.h"
#include "server/stack_parts.h"
#include "session/channel_host.h"
#include "websocket/deflate_pool.h"

#include "jackfield/config.h"
#include "jackfield/engine.h"
#include "jackfield/lanes.h"

#include <atomic>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace jackfield::server {

/// One loop with its sockets, channels, timers, mailbox and lanes. Everything but `post`, `wake` and the
/// lanes' readers belongs to the thread that drives `poll`. Other shards reach it only through its mailbox.
class Shard final : public session::ChannelHost, public fallback::SessionHost {
public:
    /// `number`: its place in `commons.shards`, which outlives it. Errors: invalid_argument (a bad endpoint), system (no epoll, eventfd
    /// or timerfd).
    static Result<std::unique_ptr<Shard>> create(
        std::uint8_t number, const EngineConfig& config, const StackParts& parts, Commons& commons);
    ~Shard() override;

    Result<PollReport> poll(std::chrono::nanoseconds timeout);
    [[nodiscard]] int pollable_descriptor();
    void post(Letter letter); ///< any thread; throws std::bad_alloc
    /// Any thread. False: there are `EngineConfig::command_capacity` whose outcomes nobody took. Throws std::bad_alloc.
    [[nodiscard]] bool submit(Submitted submitted);
    void wake() { loop_->wake(); } ///< any thread
    /// Opens the configured listeners; failures become events.
    void open_configured_listeners();

    // readers, any thread
    /// `round`: of the AttachState that it answers or follows.
    bool take_state(StateBatch& batch, std::uint64_t& round);
    bool take_traffic(TrafficBatch& batch);
    [[nodiscard]] bool has_for_readers() const { return state_.has_any() || traffic_.has_any(); }

    // ChannelHost
    void on_output(session::Channel& channel) override;
    std::uint64_t write_at_once(session::Channel& channel, std::span<const iovec> parts) override;
    void on_changed(session::Channel& channel) override;
    void on_passed(const session::Channel& channel, const session::Passage& passage) override;
    void on_input_wanted(session::Channel& channel, bool wanted) override;
    void on_input_left(session::Channel& channel) override;
    void on_deadline_changed(session::Channel& channel) override;
    void on_finished(session::Channel& channel, bool gently) override;
    void on_reset_wanted(session::Channel& channel) override;
    void on_cut(session::Channel& channel) override;
    void on_skipped(session::Channel& channel) override;
    void on_slow(session::Channel& channel) override;
    [[nodiscard]] std::uint64_t unsent_of(session::Channel& channel) override;
    void on_hand_ping_answered(session::Channel& channel, std::span<const std::byte> payload,
        microseconds round_trip) override;
    void on_flood(session::Channel& channel, event::FloodKind kind) override;
    [[nodiscard]] std::vector<std::byte> lend_buffer(std::size_t size) noexcept override
    {
        return queue_pool_.large_buffers().take(size);
    }
    void give_back_buffer(std::vector<std::byte> buffer) noexcept override
    {
        queue_pool_.large_buffers().give_back(std::move(buffer));
    }
    void broadcast(session::Channel& from, MessageKind kind, std::span<const std::byte> payload,
        bool include_self, Maker maker) override;

    // SessionHost
    [[nodiscard]] std::shared_ptr<const EndpointConfig> sockjs_at(std::string_view path) const override;
    [[nodiscard]] std::optional<fallback::SessionRefusal> open_session(
        const std::shared_ptr<fallback::Session>& session, const fallback::SessionRequest& request) override;
    void on_transport_refused(const fallback::SessionRequest& request, std::string_view base,
        SockJsTransport transport, std::string_view why) override;
    void on_session_writable(std::uint64_t carrier) noexcept override;
    void on_session_readable(std::uint64_t carrier) noexcept override;
    void on_session_transport(std::uint64_t carrier, Transport transport) override;
    [[nodiscard]] bool is_session_open(std::uint64_t carrier) override;
    [[nodiscard]] std::string session_ancestors() const override;
    [[nodiscard]] std::uint64_t max_session_body() const override;
    [[nodiscard]] net::TimerWheel& session_wheel() override { return wheel_; }
    [[nodiscard]] TimePoint session_now() const override { return now_; }
    [[nodiscard]] WallTime session_wall_time() const override { return wall_now_; }

private:
    friend class CommandRunner;
    friend class SocketExchangeHost;
    using Kind = decltype(Event::what);
    struct Listener {
        ListenSpec spec;
        std::optional<net::ListeningSocket> socket;
        std::string problem;
    };

    Shard(std::uint8_t number, const EngineConfig& config, const StackParts& parts, Commons& commons,
        std::unique_ptr<net::EventLoop> loop);

    // shard.cpp: the turn
    [[nodiscard]] std::chrono::nanoseconds time_to_wait(std::chrono::nanoseconds timeout) const;
    void begin_turn();
    void end_turn();
    void read_mail();
    void read(Letter& letter);
    void resume_inflating();
    void run_timers();
    void house_keeping();
    void try_house_keeping() noexcept;
    void need_house_keeping();
    void publish_state();
    void report(Kind what) noexcept;
    void report_fault(std::uint64_t number, ErrorCode code, int error, const char* what) noexcept;
    /// Ends it with 1011 or 503 where that still works.
    void end_after_fault(Socket& socket, const char* why) noexcept;
    /// Runs `act`, which serves `socket`; when it throws, that socket ends and nothing else.
    template <class Act>
    void guard(Socket& socket, Act&& act) noexcept
    {
        try {
            act();
        } catch (const std::bad_alloc&) {
            end_after_fault(socket, "no memory left to serve a connection");
        } catch (...) {
            end_after_fault(socket, "a behaviour threw an exception while it served a connection");
        }
    }
    void make_batch();
    void want_snapshot() noexcept;
    void leave_out_a_close() noexcept;
    void log(const Event& event) noexcept; ///< there is a logger
    void touch_status()
    {
        status_changed_ = true;
        status_for_pages_.reset();
    }
    [[nodiscard]] std::shared_ptr<const ServerStatus> make_status() const;

    // shard_listeners.cpp
    Result<void> listen(const std::vector<ListenSpec>& specs);
    Result<void> add_listener(const ListenSpec& spec);
    bool remove_listener(const SocketAddress& address);
    void close_listeners();
    void accept_from(std::size_t listener);
    void shed_waiting(std::size_t listener);
    void make_room_for_sockets(); ///< after `next_handle`: the lists that name sockets cannot fail then
    void pause_accepting();
    void resume_accepting();
    void welcome(net::Descriptor accepted, const SocketAddress& peer, const Listener& listener);
    /// A socket that carries `stream`, with what only a newcomer has; it waits for its handshake. Null: it could not be watched.
    Socket* add_socket(std::unique_ptr<net::ByteStream> stream, const SocketAddress& peer, const SocketAddress& local, TimePoint accepted_at);

    // shard_sockets.cpp
    [[nodiscard]] Socket* find_socket(std::uint64_t token);
    [[nodiscard]] static std::uint64_t token_of(const Socket& socket);
    void serve(Socket& socket, std::uint32_t events);
    void serve_input_inside();
    void read_inside_later(Socket& socket);
    void read_from(Socket& socket, std::uint32_t events);
    void discard_input(Socket& socket);
    void on_stream_end(Socket& socket, int error);
    void flush(Socket& socket);
    void wait_for_buffers(Socket& socket, int error);
    void flush_later(Socket& socket);
    void after_flush(Socket& socket);
    void update_interest(Socket& socket);
    void finish(Socket& socket, bool gently); ///< writes what waits, then ends
    void kill(Socket& socket) noexcept;
    void schedule(Socket& socket);
    void on_timer(Socket& socket);
    [[nodiscard]] TimePoint deadline_of(Socket& socket);

    // shard_tls.cpp
    /// Looks at the first bytes of a client. False: they are not for `feed_newcomer`.
    bool sniff(Socket& socket, std::span<const std::byte> bytes);
    void begin_tls(Socket& socket, std::span<const std::byte> sniffed);
    /// Of a stream that failed; true when that is all there is to do.
    bool on_tls_failure(Socket& socket);
    void end_our_direction(Socket& socket, milliseconds patience); ///< then reads until the peer's end

    // shard_openings.cpp
    void feed_newcomer(Socket& socket, std::span<const std::byte> bytes);
    void admit(Socket& socket);
    void refuse(Socket& socket, Refusal refusal);
    void report_refusal(Socket& socket, Refusal refusal, std::string answer);
    void report_complaint(Socket& socket, const http::Complaint& complaint);
    void begin_exchange(Socket& socket, const PlainRequest& request);
    void continue_exchange(Socket& socket);
    void begin_handshake(Socket& socket, Acceptance acceptance);
    void open_channel(Socket& socket);
    /// What was agreed upon for a channel.
    struct Agreement {
        const http::RequestHead& head;
        std::shared_ptr<Endpoint> endpoint;
        std::optional<std::string_view> origin;
        std::string protocol_version, subprotocol, offered, extensions;
        Transport transport = Transport::ws;
        std::shared_ptr<const TlsFacts> tls;
        std::optional<std::string> sockjs_server; ///< of a SockJS session: the page's number for the server
    };
    /// Makes `socket` carry a channel and tells of it; `Channel::start` is still to be called.
    ChannelEntry& make_channel(
        Socket& socket, const Agreement& agreed, std::unique_ptr<websocket::MessageCodec> codec, ConnectionPlaces::Place place);
    void start_waiting(Socket& socket); ///< drops the oldest that wait when there are too many
    void stop_waiting(Socket& socket);
    [[nodiscard]] bool has_room_for(const SocketAddress& peer) const;

    // shard_others.cpp: one of several
    [[nodiscard]] bool is_first() const { return number_ == 0; }
    /// To a shard that carries fewer; false: it stays here.
    bool hand_over(Socket& socket, Acceptance& acceptance);
    void receive(Arrival& arrival);
    /// Has the others do their part of a command; `finish_command` then waits for them.
    void forward(Ticket ticket, const Command& command);
    void finish_command(Outcome outcome);
    void add_outcome(Outcome& outcome);
    void block_kicked(BlockKicked& letter);
    void broadcast_to_others(const std::string& pattern, MessageKind kind, const SharedBytes& payload, Maker maker);
    void broadcast_here(const std::string& pattern, session::SharedMessage& message, const session::Channel* but, Maker maker);
    void finish_stop() noexcept;
    void add_to_stop(const event::StopFinished& counts) noexcept;
    void note_stop(const ShardStopped& stopped) noexcept;
    void note_end(const ShardEnded& ended);
    void finish_engine();

    // shard_channels.cpp
    [[nodiscard]] ChannelEntry* find_channel(ConnectionId id);
    [[nodiscard]] ChannelEntry* channel_of(const Socket& socket);
    [[nodiscard]] ChannelEntry& entry_of(const session::Channel& channel);
    [[nodiscard]] Socket& carrier_of(ChannelEntry& entry) { return sockets_.find_any(entry.socket_slot); }
    void close_channel(ChannelEntry& entry) noexcept;
    void report_close(ChannelEntry& entry) noexcept;
    void note_failed_transport(const ChannelEntry& entry) noexcept;
    void remember(std::vector<ConnectionId>& ids, ConnectionId id) noexcept;
    void count_partial(ChannelEntry& entry);
    void relieve_memory();
    [[nodiscard]] Socket* largest_body();
    void begin_stop(bool finish, bool drop_queued);
    void take_into_stop(ChannelEntry& entry, bool drop_queued);
    void leave_stop(ChannelEntry& entry) noexcept;
    void cut_what_is_left();

    const std::uint8_t number_;
    Commons& commons_;
    const StackParts& parts_;
    net::SystemCalls& calls_;
    const Clock& clock_;
    std::unique_ptr<net::EventLoop> loop_;
    Mailbox<Letter> mailbox_;
    std::vector<Letter> mail_;
    Logger logger_;

    // what it serves
    AccessRules access_;
    bool older_protocols_ = true;
    std::shared_ptr<const TlsCredentials> tls_;
    std::uint64_t access_revision_ = 0;
    EndpointTable endpoints_;
    std::vector<std::unique_ptr<http::HttpEndpoint>> http_endpoints_;
    mutable std::shared_ptr<const ServerStatus> status_for_pages_; ///< null: it has changed
    std::vector<ListenSpec> wanted_listeners_;
    std::vector<Listener> listeners_;
    net::Descriptor spare_; // its place takes one more connection when descriptors run out, to turn it away
    net::Timer accept_pause_;
    bool is_accepting_paused_ = false;
    bool are_descriptors_exhausted_ = false;
    std::uint32_t descriptor_limit_ = 0;

    // whom it serves
    session::WriteQueuePool queue_pool_;
    Compression compression_;
    websocket::DeflatePool deflate_pool_;
    std::vector<std::uint64_t> with_input_inside_; // tokens of sockets whose stream holds input; each at most once
    std::vector<ConnectionId> with_input_left_; // for a turn that may inflate; each at most once
    std::uint64_t partial_total_ = 0; ///< bytes of messages and bodies that are not whole, or not taken yet
    fallback::SessionTable sessions_{*this};
    fallback::TriedTransports tried_;
    Slab<Socket> sockets_;
    Slab<ChannelEntry> channels_;
    std::list<std::uint32_t> waiting_; // slots of sockets before their handshake, oldest first
    // Each names a slot at most once and has room for all slots, so that adding to it cannot fail.
    std::vector<std::uint32_t> flush_list_;
    std::vector<std::uint32_t> flushing_; // the flush list that is being worked through
    std::vector<std::uint32_t> dead_sockets_;
    std::vector<std::uint32_t> dead_channels_;
    Interner interner_;
    std::vector<std::byte> read_buffer_;

    // time
    net::TimerWheel wheel_;
    net::Timer house_keeping_timer_;
    net::Timer stop_timer_; // a Quit waits no longer
    net::Timer deflate_timer_; // unused compressors are freed
    net::Timer buffer_timer_; // unused memory of large messages is freed
    bool has_embedder_timer_ = false;
    std::optional<TimePoint> turn_ended_;
    std::chrono::nanoseconds clock_offset_{0}; // wall minus monotonic, as last seen
    WallTime wall_now_{};

    // what it tells
    ReadySignal& signal_;
    EventLane& events_;
    StateLane state_;
    TrafficRing traffic_;
    TrafficPolicy traffic_policy_ = TrafficPolicy::drop_and_count;
    std::atomic<bool> is_publishing_late_{false}; // a batch waits for the lane to become free
    std::atomic<bool> is_holding_{false};
    milliseconds publish_interval_;
    std::size_t closed_budget_;
    StateBatch batch_; // being made
    bool is_state_attached_ = false;
    bool is_snapshot_wanted_ = false;
    std::uint64_t snapshot_round_ = 0;
    bool status_changed_ = true;
    bool totals_changed_ = false;
    TimePoint next_publish_{};
    std::vector<ConnectionId> dirty_; // each at most once
    std::vector<ConnectionId> opened_;
    std::vector<ClosedConnection> closed_;
    std::uint64_t closed_left_out_ = 0;
    RefusalFold refusals_;
    struct LimitCount {
        std::uint64_t count = 0;
        TimePoint reported{};
    };
    std::map<event::LimitKind, LimitCount> limit_counts_;
    void count_limit(event::LimitKind kind);
    [[nodiscard]] std::uint64_t limit_of(event::LimitKind kind) const;
    [[nodiscard]] std::uint32_t connection_limit() const;
    std::vector<ConnectionId> skipping_;

    // between shards
    std::atomic<std::uint64_t> broadcast_bytes_{0}; ///< about; of what others have broadcast and this one has not sent on
    std::uint64_t broadcasts_lost_ = 0; ///< for shards that are behind, since this was last told of
    // of the first of several
    struct WaitingCommand {
        Outcome outcome;
        std::size_t waiting_for = 0; ///< shards that have not answered
    };
    std::map<Ticket, WaitingCommand> waiting_commands_;
    std::size_t others_ended_ = 0;

    bool is_stopping_ = false;
    bool is_finished_ = false;
    bool has_ended_ = false; ///< no connection is left after a Quit; the other shards may have some
    std::uint64_t closed_cleanly_ = 0, cut_ = 0; // since the stop began
    std::uint64_t left_in_stop_ = 0; // connections that are still open
    event::StopFinished stopped_; // so far
    std::size_t stops_ = 0; // StopListening commands: of the first, that others have not answered; of another, that it has not
};

} // namespace jackfield::server
