// A WebSocket server in a loop of one's own: no thread but this one.
//
// It listens on port 8056 of this machine (or on the port that is named; 0 lets the system choose), takes at
// most 20 connections, only on the path /ws and only with the subprotocol protocol1, prints what it gets and
// answers "Oh yeah! It works!". SIGTERM and Ctrl+C close every connection politely. From a page of this
// machine:
//
//     const socket = new WebSocket("ws://localhost:8056/ws", "protocol1");
//     socket.onmessage = (event) => console.log(event.data);
//     socket.onopen = () => socket.send("Does it work?");
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <jackfield/engine.h>
#include <jackfield/escape.h>
#include <jackfield/event_text.h>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace {

volatile std::sig_atomic_t wants_to_stop = 0;

/// What the endpoint /ws does. Everything here is called by `Engine::poll`, on the thread that called it.
class Answering : public jackfield::Behaviour {
public:
    // Another path never comes this far: the engine answers it with 404.
    jackfield::RequestAnswer on_request(const jackfield::RequestView& request) override
    {
        jackfield::RequestAnswer answer;
        if (request.offers("protocol1")) {
            answer.subprotocol = "protocol1";
        } else {
            answer.refuse_with = 400;
            answer.why = "it does not offer the subprotocol protocol1";
        }
        return answer;
    }

    void on_message(
        jackfield::Peer& peer, jackfield::MessageKind kind, std::span<const std::byte> payload) override
    {
        // What a peer sends may hold anything: a terminal gets it escaped.
        std::cout << "#" << peer.info().number << ": "
                  << (kind == jackfield::MessageKind::text
                             ? jackfield::escape_for_terminal(jackfield::as_text(payload))
                             : std::to_string(payload.size()) + " bytes")
                  << std::endl;
        peer.send(jackfield::MessageKind::text, jackfield::as_bytes("Oh yeah! It works!"));
    }
};

/// Prints what has happened. False when the server could not listen.
bool print_events(jackfield::Engine& engine, jackfield::EventBatch& batch)
{
    bool listens = true;
    while (engine.take_events(batch)) {
        for (const jackfield::Event& event : batch.events) {
            std::cout << jackfield::describe(event) << std::endl;
            if (const auto* failed = std::get_if<jackfield::event::ListenFailed>(&event.what))
                listens = listens && failed->optional;
        }
    }
    return listens;
}

std::optional<std::uint16_t> port_of(std::string_view text)
{
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(port) : std::nullopt;
}

} // namespace

int main(int argc, char** argv)
{
    const std::optional<std::uint16_t> port = argc > 1 ? port_of(argv[1]) : 8056;
    if (!port || argc > 2) {
        std::cerr << "usage: own_loop [PORT]\n";
        return EXIT_FAILURE;
    }

    jackfield::EngineConfig config;
    config.listeners = jackfield::default_listeners(*port); // 127.0.0.1 and [::1]
    config.limits.max_connections = 20; // the next one is answered with 503
    config.limits.reserve_for_other_addresses = 0; // all of them may come from one address
    jackfield::EndpointConfig endpoint;
    endpoint.pattern = "/ws";
    endpoint.behaviour = "answering";
    config.endpoints = {endpoint};

    auto stack = jackfield::Stack::standard()
                     .without_pages() // no test page: WebSockets alone
                     .with_behaviour("answering",
                         [](const jackfield::EndpointConfig&) { return std::make_unique<Answering>(); });
    auto created = jackfield::Engine::create(std::move(config), std::move(stack));
    if (!created) {
        std::cerr << created.error().message() << '\n';
        return EXIT_FAILURE;
    }
    jackfield::Engine& engine = **created;

    const auto stop = [](int) { wants_to_stop = 1; };
    std::signal(SIGINT, stop);
    std::signal(SIGTERM, stop);

    jackfield::EventBatch events;
    bool is_stopping = false;
    while (true) {
        // A time slice: it waits for 20 ms at most, and serves what has come by then.
        const auto report = engine.poll(std::chrono::milliseconds(20));
        if (!report) {
            std::cerr << report.error().message() << '\n';
            return EXIT_FAILURE;
        }
        if (!print_events(engine, events))
            return EXIT_FAILURE;
        if (report->finished)
            return EXIT_SUCCESS;
        if (wants_to_stop && !std::exchange(is_stopping, true))
            engine.submit(jackfield::command::Quit{}); // each client gets a Close with 1001

        // Whatever else the program does in its loop has its place here.
    }
}
