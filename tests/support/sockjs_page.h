#pragma once

#include "support/engine_fixture.h"

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>

namespace jackfield::test {

/// One answer, whole.
struct HttpAnswer {
    int status = 0;
    std::string head; ///< with its empty line
    std::string body;

    /// The value of a field; empty without.
    [[nodiscard]] std::string field(std::string_view name) const
    {
        const std::size_t at = head.find("\r\n" + std::string(name) + ": ");
        if (at == std::string::npos)
            return {};
        const std::size_t from = at + name.size() + 4;
        return head.substr(from, head.find("\r\n", from) - from);
    }
};

/// A request as the browser of a page sends it; `more` are header lines. A POST has a Content-Length.
inline std::string page_request(std::string_view method, std::string_view target, std::string_view body = {},
    std::string_view more = "Origin: http://localhost:3000\r\n")
{
    std::string request(method);
    request.append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n").append(more);
    if (method == "POST")
        request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    return request.append("\r\n").append(body);
}

inline HttpAnswer read_head(RawClient& client)
{
    HttpAnswer answer;
    answer.head = client.read_until("\r\n\r\n");
    answer.status = std::stoi(answer.head.substr(9, 3));
    return answer;
}

/// The data of the next chunk; empty for the last one.
inline std::string read_chunk(RawClient& client)
{
    std::string line = client.read_until("\r\n");
    std::string data = client.read_exactly(std::stoul(line, nullptr, 16) + 2);
    if (!data.ends_with("\r\n"))
        throw std::runtime_error("a chunk is longer than it says");
    return data.substr(0, data.size() - 2);
}

inline HttpAnswer read_answer(RawClient& client)
{
    HttpAnswer answer = read_head(client);
    if (const std::string length = answer.field("Content-Length"); !length.empty()) {
        answer.body = client.read_exactly(std::stoul(length));
    } else if (answer.field("Transfer-Encoding") == "chunked") {
        for (std::string data; !(data = read_chunk(client)).empty();)
            answer.body += data;
    } else if (answer.status != 204 && answer.status != 304) {
        answer.body = client.read_until_end();
    }
    return answer;
}

/// A session of SockJS over HTTP, with one connection on which it asks and one on which it sends, as a browser has them.
class SockJsPage {
public:
    SockJsPage(EngineFixture& fixture, std::string_view base, std::string_view session,
        std::string_view origin = "http://localhost:3000")
        : path(std::string(base).append("/000/").append(session))
        , fields_(origin.empty() ? std::string() : "Origin: " + std::string(origin) + "\r\n")
        , asking_(fixture.connect())
        , sending_(fixture.connect())
    { }

    [[nodiscard]] RawClient& asking() { return asking_; }
    [[nodiscard]] RawClient& sending() { return sending_; }

    /// Begins to ask; `how` is xhr, xhr_streaming, eventsource, htmlfile?c=x or jsonp?c=x.
    void ask(std::string_view how = "xhr")
    {
        asking_.send(page_request(how.starts_with("xhr") ? "POST" : "GET", path + "/" + std::string(how), {}, fields_));
    }
    /// The answer to a question that is one frame.
    std::string answer() { return read_answer(asking_).body; }
    std::string poll()
    {
        ask();
        return answer();
    }
    /// Begins a streamed answer; its head and what it starts with are read.
    void stream(std::string_view how = "xhr_streaming")
    {
        ask(how);
        const HttpAnswer head = read_head(asking_);
        if (head.status != 200)
            throw std::runtime_error("no stream: " + head.head);
        read_chunk(asking_);
    }
    /// The next frame of a streamed answer; empty at its end.
    std::string frame() { return read_chunk(asking_); }
    /// Sends a body without waiting for its answer.
    void post(std::string_view body) { sending_.send(page_request("POST", path + "/xhr_send", body, fields_)); }
    HttpAnswer send(std::string_view body)
    {
        post(body);
        return read_answer(sending_);
    }
    /// Throws unless it is open and echoes.
    void check_echo(std::string_view text = "alive")
    {
        const std::string array = "[\"" + std::string(text) + "\"]";
        if (const HttpAnswer sent = send(array); sent.status != 204)
            throw std::runtime_error("the session does not take a message: " + sent.head);
        if (const std::string back = poll(); back != "a" + array + "\n")
            throw std::runtime_error("the session answers " + back);
    }

    const std::string path;

private:
    const std::string fields_;
    RawClient asking_, sending_;
};

/// An endpoint with a SockJS base.
inline EndpointConfig sockjs_endpoint(std::string_view path, std::string_view behaviour = "echo")
{
    EndpointConfig endpoint;
    endpoint.pattern = path;
    endpoint.behaviour = behaviour;
    endpoint.sockjs.emplace();
    return endpoint;
}

/// With the transports that carry no Origin.
inline EndpointConfig with_all_transports(EndpointConfig endpoint)
{
    endpoint.sockjs->transports.set(SockJsTransport::htmlfile, true);
    endpoint.sockjs->transports.set(SockJsTransport::jsonp, true);
    return endpoint;
}

/// Every request of SockJS: a method, a path below the base, a body.
struct SockJsRequest {
    const char* method;
    const char* path;
    const char* body = "";
};
inline constexpr SockJsRequest all_sockjs_requests[] = {{"GET", ""}, {"GET", "/"}, {"GET", "/info"}, {"OPTIONS", "/info"},
    {"GET", "/iframe.html"}, {"GET", "/iframe-1.6.1.html"}, {"GET", "/websocket"}, {"GET", "/0/new/websocket"},
    {"POST", "/0/new/xhr"}, {"OPTIONS", "/0/new/xhr"}, {"POST", "/0/new/xhr_streaming"},
    {"OPTIONS", "/0/new/xhr_streaming"}, {"POST", "/0/new/xhr_send", "[\"x\"]"}, {"OPTIONS", "/0/new/xhr_send"},
    {"GET", "/0/new/eventsource"}, {"GET", "/0/new/htmlfile?c=x"}, {"GET", "/0/new/jsonp?c=x"},
    {"POST", "/0/new/jsonp_send", "[\"x\"]"}};
inline constexpr std::string_view form_fields
    = "Origin: http://localhost:3000\r\nContent-Type: application/x-www-form-urlencoded\r\n";

/// An engine on the manual clock with the endpoints out of the box, `/all` with every transport, and `/cookies` that wants
/// cookies as well. A message may have 64 KiB.
inline EngineSetup sockjs_setup()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.config.endpoints = default_endpoints();
    EndpointConfig all = with_all_transports(sockjs_endpoint("/all"));
    all.sockjs->client_url = "/sockjs.js";
    EndpointConfig cookies = with_all_transports(sockjs_endpoint("/cookies"));
    cookies.sockjs->cookies = true;
    setup.config.endpoints.push_back(std::move(all));
    setup.config.endpoints.push_back(std::move(cookies));
    setup.config.limits.max_message = 64U << 10U;
    return setup;
}

/// The answer to one request on a connection of its own.
inline HttpAnswer ask(EngineFixture& fixture, std::string_view request)
{
    RawClient client = fixture.connect();
    client.send(request);
    return read_answer(client);
}

/// How many connections were opened, the canary's left out, whatever came of them.
inline std::size_t opened(EngineFixture& fixture)
{
    fixture.settle();
    return fixture.count_of<event::Opened>(
        [](const event::Opened& opened) { return *opened.info->target != "/canary"; });
}

/// Closes one connection with that code and reason.
inline command::Kick kick_with(ConnectionId id, std::uint16_t code, std::string_view reason)
{
    command::Kick kick;
    kick.target = Target::one(id);
    kick.close = {code, std::string(reason)};
    return kick;
}

/// Sends one connection a text.
inline command::Send text_to(ConnectionId id, std::string_view text)
{
    command::Send send;
    send.target = Target::one(id);
    send.payload = SharedBytes(text);
    return send;
}

/// Ends all sessions, so that the engine need not wait for pages that have gone: the manual clock stands still.
inline void end_sessions(EngineFixture& fixture, std::initializer_list<const char*> endpoints)
{
    for (const char* pattern : endpoints) {
        command::Kick kick;
        kick.target = Target::on_endpoint(pattern);
        kick.style = KickStyle::reset;
        fixture.run(kick);
    }
}

} // namespace jackfield::test
