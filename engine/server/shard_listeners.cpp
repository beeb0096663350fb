#include "net/native_address.h"
#include "net/port_owner.h"
#include "net/tcp_stream.h"
#include "server/shard.h"

#include <algorithm>
#include <cerrno>

namespace jackfield::server {

namespace {

constexpr int accepts_a_turn = 128;
constexpr int failures_in_a_row = 16;
constexpr int ports_tried = 16;
constexpr int sheds_a_pause = 4;
constexpr milliseconds accept_pause{500};
constexpr std::uint64_t listener_kind = std::uint64_t{1} << 24U;

// The next port that is free on all of the addresses right now, for offering; 0 when none of the following
// hundred is.
std::uint16_t next_free_port(
    net::SystemCalls& calls, const std::vector<ListenSpec>& specs, std::uint16_t taken)
{
    for (std::uint32_t port = taken + 1U; port <= std::min<std::uint32_t>(taken + 100U, 65'535); ++port) {
        const bool is_ours = std::ranges::any_of(
            specs, [&](const ListenSpec& spec) { return spec.address.port() == port; });
        const bool is_free = !is_ours && std::ranges::all_of(specs, [&](const ListenSpec& spec) {
            const auto trial
                = net::ListeningSocket::open(calls, spec.address.with_port(static_cast<std::uint16_t>(port)));
            return trial || (spec.optional && trial.error().code == ErrorCode::address_not_available);
        });
        if (is_free)
            return static_cast<std::uint16_t>(port);
    }
    return 0;
}

} // namespace

void Shard::open_configured_listeners()
{
    if (!wanted_listeners_.empty())
        (void)listen(wanted_listeners_); // a failure has become an event
}

Result<void> Shard::listen(const std::vector<ListenSpec>& specs)
{
    if (specs.empty())
        return fail(ErrorCode::invalid_argument, "no address to listen on was given");
    close_listeners();
    wanted_listeners_ = specs;
    const bool any_port = std::ranges::any_of(
        specs, [](const ListenSpec& spec) { return spec.same_port_as_previous && spec.address.port() == 0; });
    std::optional<Error> error;
    SocketAddress failed;
    std::vector<Listener> opened;
    // With a port of the kernel's choice, the one that it gave for the first address may be taken on the
    // second: another round.
    for (int round = 0; round < (any_port ? ports_tried : 1); ++round) {
        opened.clear();
        error.reset();
        std::uint16_t previous_port = 0;
        for (const ListenSpec& spec : specs) {
            SocketAddress address = spec.address;
            if (spec.same_port_as_previous && address.port() == 0)
                address = address.with_port(previous_port);
            auto socket = net::ListeningSocket::open(calls_, address);
            if (socket) {
                previous_port = socket->address().port();
                opened.push_back({spec, std::move(*socket), {}});
            } else if (spec.optional && socket.error().code == ErrorCode::address_not_available) {
                opened.push_back({spec, std::nullopt, socket.error().message()});
            } else {
                error = socket.error();
                failed = address;
                break;
            }
        }
        if (!error || error->code != ErrorCode::address_in_use)
            break;
    }
    if (!error) {
        for (std::size_t i = 0; i < opened.size() && !error; ++i) {
            if (!opened[i].socket)
                continue;
            if (const int failure
                = loop_->add(opened[i].socket->descriptor(), net::interest_read, listener_kind | i)) {
                error = Error{
                    ErrorCode::system, failure, "could not watch " + opened[i].socket->address().text()};
                failed = opened[i].socket->address();
            }
        }
    }
    touch_status();
    if (error) {
        opened.clear();
        event::ListenFailed event{failed, *error, false, 0, {}, 0};
        if (error->code == ErrorCode::address_in_use) {
            if (const auto owner = net::find_port_owner(failed)) {
                event.owner_pid = owner->pid;
                event.owner_name = owner->name;
            }
            event.next_free_port = next_free_port(calls_, specs, failed.port());
        }
        for (const ListenSpec& spec : specs)
            listeners_.push_back(
                {spec, std::nullopt, spec.address == failed ? error->message() : std::string{}});
        report(std::move(event));
        return tl::unexpected(*error);
    }
    listeners_ = std::move(opened);
    is_accepting_paused_ = false;
    for (const Listener& listener : listeners_) {
        if (listener.socket)
            report(event::Listening{
                listener.socket->address(), spoken_by(listener.spec.kind, tls_ != nullptr), tls_ != nullptr});
        else
            report(event::ListenFailed{listener.spec.address,
                Error{ErrorCode::address_not_available, 0, listener.problem}, true, 0, {}, 0});
    }
    return {};
}

Result<void> Shard::add_listener(const ListenSpec& spec)
{
    auto socket = net::ListeningSocket::open(calls_, spec.address);
    if (!socket)
        return tl::unexpected(socket.error());
    const std::size_t index = listeners_.size();
    const auto interest = is_accepting_paused_ ? net::interest_none : net::interest_read;
    if (const int failure = loop_->add(socket->descriptor(), interest, listener_kind | index))
        return fail(ErrorCode::system, "could not watch " + spec.address.text(), failure);
    report(event::Listening{socket->address(), spoken_by(spec.kind, tls_ != nullptr), tls_ != nullptr});
    listeners_.push_back({spec, std::move(*socket), {}});
    touch_status();
    return {};
}

bool Shard::remove_listener(const SocketAddress& address)
{
    for (Listener& listener : listeners_) {
        if (listener.socket && listener.socket->address() == address) {
            // Its place stays, so that the indices in the loop's tokens hold.
            listener.socket.reset();
            listener.problem = "closed";
            touch_status();
            return true;
        }
    }
    return false;
}

void Shard::close_listeners()
{
    wheel_.cancel(accept_pause_);
    is_accepting_paused_ = false;
    listeners_.clear();
    touch_status();
}

void Shard::accept_from(std::size_t index)
{
    if (index >= listeners_.size() || !listeners_[index].socket || is_accepting_paused_)
        return;
    const int listener = listeners_[index].socket->descriptor();
    int failures = 0;
    for (int i = 0; i < accepts_a_turn; ++i) {
        sockaddr_storage native{};
        socklen_t length = sizeof native;
        const int fd = calls_.accept(listener, reinterpret_cast<sockaddr*>(&native), &length);
        if (fd < 0) {
            switch (errno) {
            case EAGAIN:
                return;
            case EMFILE:
            case ENFILE:
            case ENOBUFS:
            case ENOMEM:
                shed_waiting(index);
                return;
            default:
                // The connection died in the queue (accept(2)): the next one. Unless it is the listener.
                if (++failures < failures_in_a_row)
                    continue;
                pause_accepting();
                return;
            }
        }
        failures = 0;
        net::Descriptor accepted(calls_, fd);
        if (are_descriptors_exhausted_) {
            are_descriptors_exhausted_ = false;
            report(event::DescriptorsRecovered{});
        }
        if (!spare_)
            spare_ = net::Descriptor(calls_, calls_.open_spare());
        try {
            const SocketAddress peer = length == 0 ? SocketAddress{} : net::from_native(native);
            welcome(std::move(accepted), peer, listeners_[index]);
        } catch (const std::bad_alloc&) {
            report_fault(0, ErrorCode::no_memory, 0, "no memory for a new connection");
        }
    }
}

void Shard::shed_waiting(std::size_t index)
{
    if (!are_descriptors_exhausted_) {
        are_descriptors_exhausted_ = true;
        report(event::DescriptorsExhausted{});
    }
    // Whoever waits in the kernel's queue learns at once that it is not served, instead of hanging there.
    const int listener = listeners_[index].socket->descriptor();
    for (int i = 0; i < sheds_a_pause && spare_; ++i) {
        spare_.reset();
        const int fd = calls_.accept(listener, nullptr, nullptr);
        if (fd >= 0)
            calls_.close(fd);
        spare_ = net::Descriptor(calls_, calls_.open_spare());
        if (fd < 0)
            break;
    }
    pause_accepting();
}

void Shard::pause_accepting()
{
    is_accepting_paused_ = true;
    for (std::size_t i = 0; i < listeners_.size(); ++i) {
        if (listeners_[i].socket)
            loop_->modify(listeners_[i].socket->descriptor(), net::interest_none, listener_kind | i);
    }
    wheel_.schedule(accept_pause_, now_ + accept_pause);
}

void Shard::resume_accepting()
{
    is_accepting_paused_ = false;
    for (std::size_t i = 0; i < listeners_.size(); ++i) {
        if (listeners_[i].socket)
            loop_->modify(listeners_[i].socket->descriptor(), net::interest_read, listener_kind | i);
    }
}

void Shard::make_room_for_sockets()
{
    for (auto* list : {&flush_list_, &flushing_, &dead_sockets_})
        list->reserve(sockets_.slot_count());
    with_input_inside_.reserve(sockets_.slot_count());
}

void Shard::welcome(net::Descriptor accepted, const SocketAddress& peer, const Listener& listener)
{
    auto stream = std::make_unique<net::TcpStream>(calls_, std::move(accepted));
    if (Socket* const socket = add_socket(std::move(stream), peer, listener.socket->address(), now_))
        socket->newcomer->listener = spoken_by(listener.spec.kind, tls_ != nullptr);
}

Socket* Shard::add_socket(
    std::unique_ptr<net::ByteStream> stream, const SocketAddress& peer, const SocketAddress& local, TimePoint accepted_at)
{
    const auto handle = sockets_.next_handle();
    make_room_for_sockets();
    auto newcomer = std::make_unique<Newcomer>(
        http::HeadLimits{limits_.max_request_head, limits_.max_headers, limits_.max_target}, accepted_at,
        SocketExchangeHost(*this, std::uint64_t{handle.generation} << 32U | handle.slot), partial_total_);
    Socket& socket = sockets_.emplace(queue_pool_, std::move(stream), peer, local);
    socket.slot = handle.slot;
    socket.generation = handle.generation;
    socket.timer.owner = token_of(socket);
    socket.newcomer = std::move(newcomer);
    try {
        start_waiting(socket);
    } catch (const std::bad_alloc&) {
        kill(socket);
        throw;
    }
    socket.interest = net::interest_read;
    if (const int failure = loop_->add(socket.stream->descriptor(), socket.interest, token_of(socket))) {
        report_fault(0, ErrorCode::system, failure, "could not watch a new connection");
        kill(socket);
        return nullptr;
    }
    schedule(socket);
    return &socket;
}

} // namespace jackfield::server
