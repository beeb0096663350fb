// A whole engine on a kernel that exists in memory: clients come, send anything in any pieces, stop reading,
// vanish; calls fail; time passes; commands arrive. Whatever the input: no crash, every descriptor is given
// back, what was sent to a client of RFC 6455 is something that a strict client understands, and the engine
// ends when it is asked to.
//
// The input is a program; each step is a byte, its three high bits a client or a size.
#include "fuzz/played_kernel.h"
#include "server/stack_parts.h"
#include "support/codec_harness.h"
#include "websocket/message_deflate.h"
#include "websocket/rfc6455_codec.h"

#include "jackfield/engine.h"

#include <cstdlib>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace jackfield;
using fuzz::PlayedKernel;
using fuzz::Wire;

constexpr std::size_t most_clients = 4;
constexpr std::size_t most_steps = 2'000;

constexpr std::string_view handshake
    = "GET /chat HTTP/1.1\r\nHost: localhost:4567\r\nUpgrade: websocket\r\n"
      "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      "Sec-WebSocket-Version: 13\r\nOrigin: http://localhost:3000\r\n";

/// Reads an input from its front; an empty one gives zeros.
class Program {
public:
    Program(const std::uint8_t* data, std::size_t size)
        : rest_(reinterpret_cast<const char*>(data), size)
    { }
    [[nodiscard]] bool is_over() const { return rest_.empty(); }
    unsigned byte()
    {
        if (rest_.empty())
            return 0;
        const auto value = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }
    std::string_view bytes(std::size_t count)
    {
        const std::string_view part = rest_.substr(0, count);
        rest_.remove_prefix(part.size());
        return part;
    }

private:
    std::string_view rest_;
};

struct Client {
    std::shared_ptr<Wire> wire;
    bool is_plain_rfc6455 = false; ///< sent `handshake` and nothing before it
};

class Run {
public:
    Run(const std::uint8_t* data, std::size_t size)
        : program_(data, size)
        , kernel_(clock_)
    {
        auto parts = std::make_shared<StackParts>(Stack::standard().parts());
        parts->system_calls = &kernel_;
        parts->clock = &clock_;
        EngineConfig config;
        config.listeners = default_listeners(4567);
        config.listeners.pop_back();
        config.limits.max_message = 64U << 10U;
        config.limits.max_queue = 64U << 10U;
        config.limits.max_fragments = 64;
        const unsigned setup = program_.byte();
        const std::string_view behaviours[] = {"echo", "chat", "reverse", "silent"};
        config.endpoints.front().behaviour = behaviours[setup & 3U];
        config.older_protocols = (setup & 4U) == 0;
        config.compression.threshold = 8;
        auto engine = Engine::create(std::move(config), Stack(std::move(parts)));
        if (!engine)
            std::abort();
        engine_ = std::move(*engine);
        if ((setup & 8U) != 0)
            engine_->attach_state();
        if ((setup & 16U) != 0)
            engine_->set_traffic(
                TrafficLevel::full, (setup & 32U) != 0 ? TrafficPolicy::hold : TrafficPolicy::drop_and_count);
    }

    void run()
    {
        for (std::size_t steps = 0; !program_.is_over() && steps < most_steps; ++steps)
            step(program_.byte());
        poll();
        engine_->submit(command::Quit{});
        // Everybody reads again, and the longest wait that a closing connection may take passes.
        for (Client& client : clients_)
            client.wire->room = std::numeric_limits<std::size_t>::max();
        kernel_.limit_calls(std::numeric_limits<std::size_t>::max());
        bool finished = false;
        for (int turn = 0; turn < 2'000 && !finished; ++turn) {
            finished = poll();
            drain_lanes();
            clock_.advance(milliseconds(50));
        }
        if (!finished)
            std::abort();
        engine_.reset();
        if (kernel_.held() != 0)
            std::abort();
        for (const Client& client : clients_)
            check(client);
    }

private:
    void step(unsigned code)
    {
        const unsigned argument = code >> 5U;
        switch (code & 31U) {
        case 0: // a client comes
            if (clients_.size() < most_clients)
                clients_.push_back({kernel_.connect()});
            break;
        case 1: // ... and opens a WebSocket
            if (clients_.size() < most_clients) {
                clients_.push_back({kernel_.connect(), true});
                send(clients_.back(), std::string(handshake) + "\r\n");
                poll();
            }
            break;
        case 17: // ... with permessage-deflate
            if (clients_.size() < most_clients) {
                clients_.push_back({kernel_.connect(), true});
                send(clients_.back(),
                    std::string(handshake) + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
                poll();
            }
            break;
        case 2: // raw bytes
            if (Client* client = pick(argument))
                send(*client, program_.bytes(program_.byte()));
            break;
        case 3: // many of the same byte
            if (Client* client = pick(argument)) {
                const unsigned size = program_.byte() * 64;
                send(*client, std::string(size, static_cast<char>(program_.byte())));
            }
            break;
        case 4: // a frame
        case 5: // ... and a turn
            if (Client* client = pick(argument)) {
                const unsigned first = program_.byte();
                const auto payload = program_.bytes(program_.byte());
                send(*client, test::client_frame(first, payload, "k\x00\xff\x81"));
            }
            if ((code & 1U) != 0)
                poll();
            break;
        case 6: // the same frame many times
            if (Client* client = pick(argument)) {
                const unsigned first = program_.byte();
                const unsigned times = program_.byte();
                const auto payload = program_.bytes(program_.byte());
                for (unsigned i = 0; i < times; ++i)
                    send(*client, test::client_frame(first, payload));
            }
            break;
        case 7:
            if (Client* client = pick(argument))
                client->wire->client_ended = true;
            break;
        case 8:
            if (Client* client = pick(argument))
                client->wire->client_reset = true;
            break;
        case 9: // it reads so much and then no more
            if (Client* client = pick(argument))
                client->wire->room = program_.byte() * 256;
            break;
        case 10:
            if (Client* client = pick(argument))
                client->wire->room = std::numeric_limits<std::size_t>::max();
            break;
        case 11:
            clock_.advance(milliseconds(1U << (argument * 2)));
            poll();
            break;
        case 12:
            clock_.advance(std::chrono::seconds(1U + argument * 7));
            poll();
            break;
        case 13:
            kernel_.limit_calls(
                argument == 7 ? std::numeric_limits<std::size_t>::max() : 1U << (argument * 2));
            break;
        case 14: {
            static constexpr int errors[]
                = {EAGAIN, EINTR, ECONNRESET, EPIPE, ENOBUFS, ENOMEM, EMFILE, EBADF};
            kernel_.fail_next(
                static_cast<PlayedKernel::Kind>(program_.byte() % PlayedKernel::kinds), errors[argument]);
            break;
        }
        case 15:
            command(argument);
            break;
        case 16:
            drain_lanes();
            break;
        default:
            poll();
        }
    }

    void command(unsigned which)
    {
        const Target everybody = Target::all();
        switch (which) {
        case 0:
            engine_->submit(
                command::Kick{everybody, {static_cast<std::uint16_t>(program_.byte() * 20), "out"}});
            break;
        case 1:
            engine_->submit(command::Ping{everybody, {}});
            break;
        case 2:
            engine_->submit(command::SetOlderProtocols{(program_.byte() & 1U) != 0});
            break;
        case 3:
            engine_->submit(command::RequireOrigin{(program_.byte() & 1U) != 0});
            break;
        case 4:
            engine_->submit(command::StopListening{});
            break;
        case 5: {
            Limits limits;
            limits.max_message = 1'024U + program_.byte() * 64;
            limits.max_fragments = 16U + program_.byte();
            engine_->submit(command::SetLimits{limits});
            break;
        }
        case 6:
            engine_->submit(command::ReapplyAccess{});
            break;
        default: {
            command::Send send;
            send.target = everybody;
            send.kind = (program_.byte() & 1U) != 0 ? MessageKind::binary : MessageKind::text;
            send.payload = SharedBytes(as_bytes(std::string_view("from the engine")));
            engine_->submit(send);
        }
        }
    }

    Client* pick(unsigned number) { return clients_.empty() ? nullptr : &clients_[number % clients_.size()]; }
    static void send(const Client& client, std::string_view bytes)
    {
        if (!client.wire->client_ended && !client.wire->client_reset)
            client.wire->to_server += bytes;
    }
    bool poll()
    {
        const auto report = engine_->poll(milliseconds(0));
        if (!report)
            std::abort();
        return report->finished;
    }
    void drain_lanes()
    {
        while (engine_->take_events(events_))
            events_.clear();
        engine_->take_state(state_);
        engine_->take_traffic(traffic_);
    }

    /// What came to a client that opened properly: an answer, then frames that a strict client takes.
    static void check(const Client& client)
    {
        if (!client.is_plain_rfc6455)
            return;
        const std::string& all = client.wire->from_server;
        const std::size_t end = all.find("\r\n\r\n");
        if (end == std::string::npos || !all.starts_with("HTTP/1.1 101 "))
            return;
        std::string frames = all.substr(end + 4);
        websocket::DeflatePool pool;
        std::unique_ptr<websocket::MessageDeflate> deflate;
        if (all.find("permessage-deflate") < end) // a client that keeps its window understands all
            deflate = std::make_unique<websocket::MessageDeflate>(
                pool, websocket::Role::client, websocket::DeflateParameters{}, Compression{});
        websocket::Rfc6455Codec codec({1U << 30U, std::numeric_limits<std::uint32_t>::max()},
            websocket::system_masking_keys(), std::move(deflate));
        test::RecordingSink sink;
        codec.decode(std::as_writable_bytes(std::span(frames)), sink);
        if (sink.is_broken || !sink.faults.empty())
            std::abort();
    }

    Program program_;
    test::ManualClock clock_;
    PlayedKernel kernel_;
    std::unique_ptr<Engine> engine_;
    std::vector<Client> clients_;
    EventBatch events_;
    StateBatch state_;
    TrafficBatch traffic_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Run(data, size).run();
    return 0;
}
