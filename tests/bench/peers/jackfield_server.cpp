// Jackfield's engine with its settings out of the box, on the thread that main has.
#include "tests/bench/peers/peer_options.h"

#include "jackfield/certificate.h"
#include "jackfield/engine.h"
#include "jackfield/tls_credentials.h"

#include <chrono>
#include <fstream>
#include <iterator>
#include <utility>

namespace {

std::string text_of(const std::string& file)
{
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

[[noreturn]] void give_up(const std::string& why)
{
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(1);
}

} // namespace

int main(int argc, char** argv)
{
    const peers::Options options = peers::parse(argc, argv);
    jackfield::EngineConfig config;
    config.listeners = {{jackfield::SocketAddress::v4({127, 0, 0, 1}, 0)}};
    config.endpoints = {jackfield::default_endpoint()};
    config.endpoints[0].behaviour = options.to_all ? "chat" : "echo";
    const bool takeover = options.compression == peers::Compression::takeover;
    config.compression.server_context_takeover = takeover;
    config.compression.client_context_takeover = takeover;
    if (options.is_tls()) {
        auto identity = jackfield::check_identity(
            text_of(options.certificate), text_of(options.key), {}, std::chrono::system_clock::now());
        if (!identity)
            give_up(identity.error().detail);
        auto tls = jackfield::TlsCredentials::create(std::move(*identity));
        if (!tls)
            give_up(tls.error().message());
        config.tls = *tls;
    }
    auto engine = jackfield::Engine::create(std::move(config));
    if (!engine)
        give_up(engine.error().message());
    jackfield::EventBatch events;
    (*engine)->take_events(events);
    for (const auto& event : events.events) {
        if (const auto* listening = std::get_if<jackfield::event::Listening>(&event.what))
            peers::announce(listening->address.port());
    }
    // Events are taken and dropped, as one for each connection would wait for its reader else.
    while ((*engine)->poll(std::chrono::milliseconds(1'000)))
        (*engine)->take_events(events);
}
