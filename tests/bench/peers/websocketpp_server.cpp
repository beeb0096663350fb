// websocketpp on Boost.Asio, without logs, locks and random numbers; a received message is sent as the object that it is.
#include "tests/bench/peers/peer_options.h"

#include <websocketpp/concurrency/none.hpp>
#include <websocketpp/config/asio.hpp>
#include <websocketpp/extensions/permessage_deflate/enabled.hpp>
#include <websocketpp/logger/stub.hpp>
#include <websocketpp/random/none.hpp>
#include <websocketpp/server.hpp>

#include <memory>
#include <set>

namespace {

/// What the library's own configuration is, in its fastest form.
template <class Base, class Socket, bool deflates>
struct Config : public Base {
    using type = Config;
    using base = Base;
    using concurrency_type = websocketpp::concurrency::none;
    using request_type = typename Base::request_type;
    using response_type = typename Base::response_type;
    using message_type = typename Base::message_type;
    using con_msg_manager_type = typename Base::con_msg_manager_type;
    using endpoint_msg_manager_type = typename Base::endpoint_msg_manager_type;
    using alog_type = websocketpp::log::stub;
    using elog_type = websocketpp::log::stub;
    using rng_type = websocketpp::random::none::int_generator<std::uint32_t>;
    struct transport_config : public Base::transport_config {
        using concurrency_type = Config::concurrency_type;
        using alog_type = Config::alog_type;
        using elog_type = Config::elog_type;
        using request_type = Config::request_type;
        using response_type = Config::response_type;
        using socket_type = Socket;
        static constexpr bool enable_multithreading = false;
    };
    using transport_type = websocketpp::transport::asio::endpoint<transport_config>;
    static constexpr bool enable_multithreading = false;
    static constexpr std::size_t max_message_size = peers::most_message;
    struct permessage_deflate_config { };
    using permessage_deflate_type = std::conditional_t<deflates,
        websocketpp::extensions::permessage_deflate::enabled<permessage_deflate_config>,
        websocketpp::extensions::permessage_deflate::disabled<permessage_deflate_config>>;
};
using Plain = websocketpp::transport::asio::basic_socket::endpoint;
using Tls = websocketpp::transport::asio::tls_socket::endpoint;
using Handle = websocketpp::connection_hdl;
namespace asio = boost::asio;

template <class Settings>
void serve(const peers::Options& options)
{
    using Server = websocketpp::server<Settings>;
    using Message = typename Server::message_ptr;
    Server server;
    std::set<Handle, std::owner_less<Handle>> clients;
    server.init_asio();
    server.set_listen_backlog(4096);
    server.set_tcp_post_init_handler([&](Handle handle) {
        auto connection = server.get_con_from_hdl(handle);
        connection->get_raw_socket().set_option(asio::ip::tcp::no_delay(true));
    });
    server.set_message_handler([&](Handle handle, Message message) {
        websocketpp::lib::error_code error;
        if (!options.to_all) {
            server.send(handle, message, error);
            return;
        }
        for (const Handle& client : clients) {
            if (client.owner_before(handle) || handle.owner_before(client))
                server.send(client, message, error);
        }
    });
    if (options.to_all) {
        server.set_open_handler([&](Handle handle) { clients.insert(handle); });
        server.set_close_handler([&](Handle handle) { clients.erase(handle); });
    }
    if constexpr (std::is_same_v<typename Settings::transport_config::socket_type, Tls>) {
        auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
        context->use_certificate_chain_file(options.certificate);
        context->use_private_key_file(options.key, asio::ssl::context::pem);
        server.set_tls_init_handler([context](Handle) { return context; });
    }
    server.listen(asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    server.start_accept();
    websocketpp::lib::asio::error_code error;
    peers::announce(server.get_local_endpoint(error).port());
    server.run();
}

} // namespace

int main(int argc, char** argv)
{
    const peers::Options options = peers::parse(argc, argv);
    if (options.is_tls())
        serve<Config<websocketpp::config::asio_tls, Tls, false>>(options);
    else if (options.compression != peers::Compression::off)
        serve<Config<websocketpp::config::asio, Plain, true>>(options);
    else
        serve<Config<websocketpp::config::asio, Plain, false>>(options);
}
