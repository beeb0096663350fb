// libwebsockets: an answer is kept until the library says that the connection is writable, and written while its pipe
// is not choked, as its documentation wants it. Texts are checked (RFC 6455 section 8.1), which is off by default.
#include "tests/bench/peers/peer_options.h"

#include <libwebsockets.h>

#include <algorithm>
#include <csignal>
#include <deque>
#include <memory>
#include <vector>

namespace {

/// A message with the room before it that the library wants for the frame's header.
struct Message {
    std::vector<unsigned char> bytes = std::vector<unsigned char>(LWS_PRE);
    bool is_binary = false;
};
using Shared = std::shared_ptr<Message>;

struct Client {
    lws* wsi = nullptr;
    Shared partial;
    std::deque<Shared> queue;
};

struct Server {
    bool to_all = false;
    std::vector<Client*> clients;
};

struct Slot {
    Client* client;
};

void take(Server& server, Client& client, const void* bytes, std::size_t size)
{
    if (!client.partial) {
        client.partial = std::make_shared<Message>();
        client.partial->is_binary = lws_frame_is_binary(client.wsi) != 0;
        client.partial->bytes.reserve(LWS_PRE + size + lws_remaining_packet_payload(client.wsi));
    }
    const auto* const from = static_cast<const unsigned char*>(bytes);
    client.partial->bytes.insert(client.partial->bytes.end(), from, from + size);
    if (!lws_is_final_fragment(client.wsi) || lws_remaining_packet_payload(client.wsi) != 0)
        return;
    const Shared whole = std::move(client.partial);
    client.partial.reset();
    if (!server.to_all) {
        client.queue.push_back(whole);
        lws_callback_on_writable(client.wsi);
        return;
    }
    for (Client* other : server.clients) {
        if (other == &client)
            continue;
        other->queue.push_back(whole);
        lws_callback_on_writable(other->wsi);
    }
}

int write_queue(Client& client)
{
    while (!client.queue.empty()) {
        const Shared message = std::move(client.queue.front());
        client.queue.pop_front();
        const std::size_t size = message->bytes.size() - LWS_PRE;
        if (lws_write(client.wsi, message->bytes.data() + LWS_PRE, size,
                message->is_binary ? LWS_WRITE_BINARY : LWS_WRITE_TEXT)
            < static_cast<int>(size))
            return -1;
        if (!client.queue.empty() && lws_send_pipe_choked(client.wsi) != 0) {
            lws_callback_on_writable(client.wsi);
            break;
        }
    }
    return 0;
}

int on_event(lws* wsi, lws_callback_reasons reason, void* user, void* bytes, std::size_t size)
{
    auto* const slot = static_cast<Slot*>(user);
    const auto server = [&]() -> Server& { return *static_cast<Server*>(lws_context_user(lws_get_context(wsi))); };
    switch (reason) {
    case LWS_CALLBACK_ESTABLISHED:
        slot->client = new Client{wsi, {}, {}};
        if (server().to_all)
            server().clients.push_back(slot->client);
        return 0;
    case LWS_CALLBACK_CLOSED:
        std::erase(server().clients, slot->client);
        delete slot->client;
        return 0;
    case LWS_CALLBACK_RECEIVE:
        take(server(), *slot->client, bytes, size);
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return write_queue(*slot->client);
    default:
        return 0;
    }
}

} // namespace

int main(int argc, char** argv)
{
    const peers::Options options = peers::parse(argc, argv);
    lws_set_log_level(0, nullptr);
    Server server{options.to_all, {}};
    lws_protocols protocols[] = {{"echo", on_event, sizeof(Slot), 64U << 10U, 0, nullptr, 0}, {}};
    const lws_extension extensions[] = {
        {"permessage-deflate", lws_extension_callback_pm_deflate, "permessage-deflate"}, {}};
    lws_context_creation_info info{};
    info.iface = "127.0.0.1";
    info.port = 0;
    info.protocols = protocols;
    info.user = &server;
    info.gid = static_cast<gid_t>(-1);
    info.uid = static_cast<uid_t>(-1);
    info.pt_serv_buf_size = 64U << 10U;
    info.options = LWS_SERVER_OPTION_VALIDATE_UTF8 | LWS_SERVER_OPTION_LIBUV;
    if (options.compression != peers::Compression::off)
        info.extensions = extensions;
    if (options.is_tls()) {
        info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
        info.ssl_cert_filepath = options.certificate.c_str();
        info.ssl_private_key_filepath = options.key.c_str();
    }
    lws_context* const context = lws_create_context(&info);
    if (!context) {
        std::fprintf(stderr, "libwebsockets could not start\n");
        return 1;
    }
    peers::announce(static_cast<unsigned>(lws_get_vhost_listen_port(lws_get_vhost_by_name(context, "default"))));
    while (lws_service(context, 0) >= 0) { }
    lws_context_destroy(context);
}
