// Boost.Beast: one io_context without locks, a read and a write at a time, a buffer a connection; executors without
// type erasure, and messages in one frame.
#define BOOST_ASIO_DISABLE_THREADS // this program has one thread
#include "tests/bench/peers/peer_options.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using SslStream = asio::ssl::stream<Socket>;

template <class Stream>
class Session;

template <class Stream>
struct Server {
    const peers::Options& options;
    asio::ssl::context* tls;
    std::vector<Session<Stream>*> sessions;
};

template <class Stream>
class Session : public std::enable_shared_from_this<Session<Stream>> {
public:
    static constexpr bool is_tls = std::is_same_v<typename Stream::next_layer_type, SslStream>;

    template <class... Arguments>
    explicit Session(Server<Stream>& server, Arguments&&... arguments)
        : server_(server)
        , stream_(std::forward<Arguments>(arguments)...)
    {
        if (server_.options.to_all)
            server_.sessions.push_back(this);
    }
    ~Session() { std::erase(server_.sessions, this); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void start()
    {
        stream_.auto_fragment(false);
        stream_.read_message_max(peers::most_message);
        if (server_.options.compression != peers::Compression::off) {
            websocket::permessage_deflate deflate;
            deflate.server_enable = true;
            const bool keeps = server_.options.compression == peers::Compression::takeover;
            deflate.server_no_context_takeover = !keeps;
            deflate.client_no_context_takeover = !keeps;
            deflate.compLevel = 6;
            stream_.set_option(deflate);
        }
        auto self = this->shared_from_this();
        if constexpr (is_tls) {
            stream_.next_layer().async_handshake(asio::ssl::stream_base::server, [self](error_code error) {
                if (!error)
                    self->accept();
            });
        } else {
            accept();
        }
    }

private:
    void accept()
    {
        stream_.async_accept([self = this->shared_from_this()](error_code error) {
            if (!error)
                self->read();
        });
    }
    void read()
    {
        stream_.async_read(buffer_, [self = this->shared_from_this()](error_code error, std::size_t) {
            if (!error)
                self->on_message();
        });
    }
    void on_message()
    {
        if (!server_.options.to_all) {
            stream_.text(stream_.got_text());
            stream_.async_write(
                buffer_.data(), [self = this->shared_from_this()](error_code error, std::size_t) {
                    if (error)
                        return;
                    self->buffer_.consume(self->buffer_.size());
                    self->read();
                });
            return;
        }
        const auto message = std::make_shared<const std::string>(beast::buffers_to_string(buffer_.data()));
        buffer_.consume(buffer_.size());
        for (Session* session : server_.sessions) {
            if (session != this)
                session->send(message);
        }
        read();
    }
    void send(std::shared_ptr<const std::string> message)
    {
        queue_.push_back(std::move(message));
        if (queue_.size() == 1)
            write_next();
    }
    void write_next()
    {
        stream_.text(true);
        stream_.async_write(asio::buffer(*queue_.front()),
            [self = this->shared_from_this()](error_code error, std::size_t) {
                if (error)
                    return;
                self->queue_.pop_front();
                if (!self->queue_.empty())
                    self->write_next();
            });
    }

    Server<Stream>& server_;
    Stream stream_;
    beast::flat_buffer buffer_;
    std::deque<std::shared_ptr<const std::string>> queue_;
};

template <class Stream>
void accept_next(Acceptor& acceptor, Server<Stream>& server)
{
    acceptor.async_accept([&](error_code error, Socket socket) {
        if (!error) {
            socket.set_option(tcp::no_delay(true), error);
            if constexpr (Session<Stream>::is_tls)
                std::make_shared<Session<Stream>>(server, std::move(socket), *server.tls)->start();
            else
                std::make_shared<Session<Stream>>(server, std::move(socket))->start();
        }
        accept_next(acceptor, server);
    });
}

template <class Stream>
void serve(const peers::Options& options, asio::ssl::context* tls)
{
    Server<Stream> server{options, tls, {}};
    asio::io_context context(1);
    Acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
    accept_next(acceptor, server);
    peers::announce(acceptor.local_endpoint().port());
    context.run();
}

} // namespace

int main(int argc, char** argv)
{
    const peers::Options options = peers::parse(argc, argv);
    if (options.is_tls()) {
        asio::ssl::context tls(asio::ssl::context::tls_server);
        tls.use_certificate_chain_file(options.certificate);
        tls.use_private_key_file(options.key, asio::ssl::context::pem);
        serve<websocket::stream<SslStream, false>>(options, &tls);
    } else if (options.compression != peers::Compression::off) {
        serve<websocket::stream<Socket, true>>(options, nullptr);
    } else {
        serve<websocket::stream<Socket, false>>(options, nullptr);
    }
}
