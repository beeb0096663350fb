#include "tests/bench/comparison/load_client.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace bench {
namespace {

SSL_CTX* tls_context()
{
    static SSL_CTX* const context = [] {
        SSL_CTX* made = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_min_proto_version(made, TLS1_3_VERSION);
        SSL_CTX_set_mode(made, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
        return made;
    }();
    return context;
}

} // namespace

std::string request_of(const Target& target)
{
    const std::string host = "localhost:" + std::to_string(target.port);
    std::string head = "GET " + target.path + " HTTP/1.1\r\nHost: " + host
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
          "Sec-WebSocket-Version: 13\r\nOrigin: http://localhost:3000\r\n"
          "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36\r\n";
    if (target.deflate == Deflate::on)
        head += "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    if (target.deflate == Deflate::no_takeover)
        head += "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; server_no_context_takeover\r\n";
    return head + "\r\n";
}

LoadClient::LoadClient(const Target& target, const Messages& messages, bool binary)
    : target_(target)
    , messages_(messages)
    , binary_(binary)
{ }

LoadClient::~LoadClient()
{
    SSL_free(ssl_);
    if (fd_ >= 0)
        ::close(fd_);
    if (deflating_)
        ::deflateEnd(deflating_.get());
    if (inflating_)
        ::inflateEnd(inflating_.get());
}

std::string LoadClient::open()
{
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(target_.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return "could not connect: " + std::string(std::strerror(errno));
    if (target_.tls) {
        ssl_ = SSL_new(tls_context());
        SSL_set_fd(ssl_, fd_);
        if (SSL_connect(ssl_) != 1)
            return "no TLS handshake";
    }
    const std::string request = request_of(target_);
    if (write(request.data(), request.size()) != static_cast<long>(request.size()))
        return "could not send the request";
    std::string head;
    char byte = 0;
    while (!head.ends_with("\r\n\r\n") && head.size() < 4'096 && read(&byte, 1) == 1)
        head += byte;
    if (!head.starts_with("HTTP/1.1 101 "))
        return "refused: " + head.substr(0, head.find('\r'));
    const bool compresses = head.find("permessage-deflate") != std::string::npos;
    if (compresses != (target_.deflate != Deflate::off))
        return "permessage-deflate was not agreed upon";
    if (target_.deflate == Deflate::on && head.find("no_context_takeover") != std::string::npos)
        return "context takeover was not agreed upon";
    if (compresses) {
        inflating_ = std::make_unique<z_stream>();
        ::inflateInit2(inflating_.get(), -15);
        inflated_.resize(messages_.payloads[0].size() + 64);
        if (target_.deflate == Deflate::on) {
            deflating_ = std::make_unique<z_stream>();
            ::deflateInit2(deflating_.get(), 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
        }
    }
    ::fcntl(fd_, F_SETFL, ::fcntl(fd_, F_GETFL) | O_NONBLOCK);
    return {};
}

void LoadClient::send(std::size_t count)
{
    for (; count > 0; --count) {
        if (deflating_) {
            own_ += masked_frame(binary_ ? 0xc2 : 0xc1, compress(deflating_.get(), messages_.payloads[next_]));
            next_ = (next_ + 1) % messages_.payloads.size();
        } else {
            rest_ += messages_.ends[next_] - (next_ == 0 ? 0 : messages_.ends[next_ - 1]);
            next_ = (next_ + 1) % messages_.ends.size();
        }
    }
    send_rest();
}

void LoadClient::send_rest()
{
    while (!own_.empty()) {
        const long done = write(own_.data(), own_.size());
        if (done <= 0)
            return;
        own_.erase(0, static_cast<std::size_t>(done));
    }
    while (rest_ > 0) {
        const long done = write(messages_.frames.data() + offset_, std::min(rest_, messages_.frames.size() - offset_));
        if (done <= 0)
            return;
        rest_ -= static_cast<std::size_t>(done);
        offset_ = (offset_ + static_cast<std::size_t>(done)) % messages_.frames.size();
    }
}

long LoadClient::write(const char* bytes, std::size_t size)
{
    if (!ssl_) {
        const ssize_t done = ::send(fd_, bytes, size, MSG_NOSIGNAL);
        if (done < 0 && errno != EAGAIN && errno != EINTR)
            fail("the connection broke");
        return done;
    }
    const int done = SSL_write(ssl_, bytes, static_cast<int>(size));
    if (done <= 0 && SSL_get_error(ssl_, done) != SSL_ERROR_WANT_WRITE)
        fail("the connection broke");
    return done;
}

long LoadClient::read(char* bytes, std::size_t size)
{
    if (!ssl_) {
        const ssize_t got = ::recv(fd_, bytes, size, 0);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
            fail("the server ended a connection");
        return got;
    }
    const int got = SSL_read(ssl_, bytes, static_cast<int>(size));
    if (got <= 0 && SSL_get_error(ssl_, got) != SSL_ERROR_WANT_READ)
        fail("the server ended a connection");
    return got;
}

bool LoadClient::has_input() const
{
    return ssl_ && SSL_pending(ssl_) > 0;
}

std::size_t LoadClient::receive(char* buffer, std::size_t size)
{
    const long got = read(buffer, size);
    if (got <= 0)
        return 0;
    bytes_received_ += static_cast<std::uint64_t>(got);
    return take(buffer, static_cast<std::size_t>(got));
}

std::size_t LoadClient::take(const char* bytes, std::size_t size)
{
    std::size_t messages = 0;
    while (size > 0 && failure_.empty()) {
        if (in_payload_) {
            const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(size, remaining_));
            if (!is_control_)
                take_payload(bytes, part);
            bytes += part;
            size -= part;
            remaining_ -= part;
        } else {
            header_[header_have_++] = static_cast<unsigned char>(*bytes++);
            --size;
            const unsigned length = header_[1] & 0x7fU;
            if (header_have_ < 2 || header_have_ < 2U + (length == 126 ? 2U : length == 127 ? 8U : 0U))
                continue;
            begin_frame();
        }
        if (in_payload_ && remaining_ == 0) {
            in_payload_ = false;
            if (!is_control_ && is_fin_)
                messages += end_message() ? 1 : 0;
        }
    }
    return messages;
}

void LoadClient::begin_frame()
{
    remaining_ = header_[1] & 0x7fU;
    const std::size_t digits = header_have_ - 2;
    if (digits > 0)
        remaining_ = 0;
    for (std::size_t i = 0; i < digits; ++i)
        remaining_ = remaining_ << 8U | header_[2 + i];
    header_have_ = 0;
    in_payload_ = true;
    is_fin_ = (header_[0] & 0x80U) != 0;
    is_control_ = (header_[0] & 8U) != 0;
    if ((header_[0] & 0x0fU) == 8)
        fail("the server sent a Close");
    if (!is_control_ && (header_[0] & 0x0fU) != 0)
        is_compressed_ = (header_[0] & 0x40U) != 0;
}

void LoadClient::take_payload(const char* bytes, std::size_t size)
{
    const std::string& payload = messages_.payloads[expected_];
    if (is_compressed_ && inflating_) {
        inflating_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes));
        inflating_->avail_in = static_cast<uInt>(size);
        inflating_->next_out = reinterpret_cast<Bytef*>(inflated_.data() + have_);
        inflating_->avail_out = static_cast<uInt>(inflated_.size() - have_);
        ::inflate(inflating_.get(), Z_SYNC_FLUSH);
        have_ = inflated_.size() - inflating_->avail_out;
        return;
    }
    if (have_ + size > payload.size()
        || (target_.verifies && std::memcmp(payload.data() + have_, bytes, size) != 0))
        fail("an answer was not what was sent");
    have_ += size;
}

bool LoadClient::end_message()
{
    const std::string& payload = messages_.payloads[expected_];
    if (is_compressed_ && inflating_) {
        static const char tail[] = {0, 0, '\xff', '\xff'};
        take_payload(tail, sizeof tail);
        if (inflated_.compare(0, have_, payload) != 0)
            fail("a compressed answer was not what was sent");
        if (target_.deflate == Deflate::no_takeover)
            ::inflateReset(inflating_.get());
    } else if (have_ != payload.size()) {
        fail("an answer was too short");
    } else if (inflating_) {
        fail("an answer was not compressed");
    }
    have_ = 0;
    expected_ = (expected_ + 1) % messages_.payloads.size();
    return failure_.empty();
}

void LoadClient::fail(const char* why)
{
    if (failure_.empty())
        failure_ = why;
}

} // namespace bench
