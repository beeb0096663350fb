#include "scene.h"

namespace jackfield::test {

namespace {

const std::string firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
const std::string chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                           "Chrome/126.0.0.0 Safari/537.36";
const std::string safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
                           "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
const std::string vite = "http://localhost:5173";

std::string agentLine(const std::string& agent)
{
    return agent.empty() ? std::string() : "User-Agent: " + agent + "\r\n";
}

/// The start of a PNG picture, as a page might send one.
std::string picture()
{
    std::string bytes("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0\x1F\xF3\xFF\x61", 33);
    for (int i = 0; i < 180; ++i)
        bytes.push_back(static_cast<char>(i * 37 + i / 7));
    return bytes;
}

TemplateNode textTemplate(const std::string& name, const std::string& text, std::uint8_t key = 0)
{
    TemplateNode node;
    node.name = name;
    node.message.payload = SharedBytes(text);
    node.hotkey = key;
    return node;
}

} // namespace

Scene::Scene(const SocketAddress& server, std::function<void()> breath)
    : m_server(server)
    , m_breath(std::move(breath))
{ }

RawClient Scene::open(
    const std::string& agent, const std::string& origin, const std::string& target, const std::string& more)
{
    RawClient client(m_server);
    client.upgrade(good_handshake(m_server.port(), agentLine(agent) + more, target, origin));
    return client;
}

void Scene::say(RawClient& client, const std::string& text)
{
    m_breath();
    client.send_text(text);
    client.read_message();
    m_frames += 2;
}

void Scene::connect()
{
    RawClient chat = open(firefox, vite, "/chat");
    say(chat, R"({"type":"hello","user":"ada","room":"lobby"})");
    say(chat, R"({"type":"subscribe","topics":["prices","news"]})");

    RawClient reloaded = open(chrome, vite, "/live/orders");
    say(reloaded, R"({"type":"subscribe","order":4711})");
    reloaded.send_close(1001, "page reloaded");
    reloaded.finish_close();
    m_frames += 2;

    RawClient orders = open(chrome, vite, "/live/orders");
    say(orders, R"({"type":"subscribe","order":4711})");
    orders.send_frame(0x82, picture());
    orders.read_message();
    m_frames += 2;

    RawClient phone = open(safari, "http://127.0.0.1:8080", "/mobile");
    say(phone, R"({"type":"location","lat":48.137,"lon":11.575,"accuracy":12})");

    RawClient gone = open(firefox, "http://localhost:3000", "/notifications");
    say(gone, "ping?");
    gone.send_close(1000, "done");
    gone.finish_close();
    m_frames += 2;

    RawClient metrics = open("node", "", "/metrics");
    for (int i = 1; i <= 6; ++i)
        say(metrics, "cpu " + std::to_string(17 + i * 7 % 13) + " heap " + std::to_string(120 + i * 3));

    RawClient second = open(firefox, vite, "/chat");
    say(second, R"({"type":"hello","user":"grace","room":"lobby"})");
    say(second, R"({"type":"message","text":"Grüße aus der Klinke ☎"})");

    say(chat,
        R"({"type":"message","id":"m-1042","text":"Does the reconnect work?","at":"2024-05-01T20:12:47Z","tags":["test","reconnect"],"seen":false})");
    chat.send_frame(0x89, "beat 1");
    if (chat.read_frame().opcode != 0xa)
        throw std::runtime_error("expected a pong");
    m_frames += 2;
    say(orders,
        R"({"type":"order","id":4711,"state":"packed","lines":[{"sku":"K-7","count":2},{"sku":"B-12","count":1}]})");
    say(chat, R"({"type":"typing","room":"lobby"})");

    for (RawClient* client : {&chat, &orders, &phone, &metrics, &second})
        m_clients.push_back(std::move(*client));
}

void Scene::beRefused()
{
    const auto ask = [this](const std::string& bytes) {
        RawClient client(m_server);
        client.send(bytes);
        client.read_until_end();
    };
    const std::string host = "Host: localhost:" + std::to_string(m_server.port()) + "\r\n";
    ask(good_handshake(m_server.port(), agentLine(firefox), "/chat", "http://192.168.1.20:5173"));
    ask(good_handshake(m_server.port(), agentLine(chrome), "/reverse", "null"));
    ask("GET /status HTTP/1.1\r\n" + host
        + "User-Agent: curl/8.5.0\r\nAccept: */*\r\nConnection: close\r\n\r\n");
    ask(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + std::string(520, 'x'));
}

std::vector<TemplateNode> Scene::templates()
{
    TemplateNode chat;
    chat.name = "Chat";
    chat.is_folder = true;
    chat.children = {textTemplate("Somebody joins", R"({"type":"joined","user":"ada","at":{{unixtime}}})", 1),
        textTemplate("A message", R"({"type":"message","id":"{{uuid}}","text":"Hello, page!"})", 2),
        textTemplate("The room closes", R"({"type":"closed","room":"lobby"})")};
    TemplateNode errors;
    errors.name = "Errors";
    errors.is_folder = true;
    errors.children = {textTemplate("No such order", R"({"type":"error","code":404})", 3),
        textTemplate("Half a JSON", R"({"type":"er)")};
    TemplateNode beat;
    beat.name = "Heartbeat";
    beat.message.kind = ComposedMessage::Kind::ping;
    beat.message.payload = SharedBytes(std::string_view("beat {{counter}}"));
    beat.hotkey = 9;
    beat.send_at_once = true;
    return {chat, errors, beat};
}

} // namespace jackfield::test
