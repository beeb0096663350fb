#include "app/bench/check/trial.h"

#include "app/bench/client_handshake.h"
#include "base/text.h"
#include "net/native_address.h"
#include "net/system_calls.h"
#include "net/tcp_stream.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <poll.h>

namespace jackfield::bench {
namespace {

using Steady = std::chrono::steady_clock;

std::string_view name_in(std::string_view line)
{
    return line.substr(0, std::min(line.find(':'), line.size()));
}

} // namespace

std::string bytes_of(const TrialFrame& frame)
{
    const std::uint64_t length = frame.length.value_or(frame.payload.size());
    const int form = frame.length_form != 0 ? frame.length_form : length < 126 ? 7 : length < 65'536 ? 16 : 64;
    std::string bytes;
    bytes += static_cast<char>((frame.fin ? 0x80U : 0U) | frame.rsv << 4U | frame.opcode);
    const unsigned mask = frame.masked ? 0x80U : 0U;
    bytes += static_cast<char>(mask | (form == 7 ? static_cast<unsigned>(length) : form == 16 ? 126U : 127U));
    for (int shift = form == 7 ? -8 : form - 8; shift >= 0; shift -= 8)
        bytes += static_cast<char>(length >> static_cast<unsigned>(shift) & 0xffU);
    if (!frame.masked)
        return bytes + frame.payload;
    bytes += frame.key;
    for (std::size_t i = 0; i < frame.payload.size(); ++i)
        bytes += static_cast<char>(frame.payload[i] ^ frame.key[i % 4]);
    return bytes;
}

std::string close_payload(unsigned code, std::string_view reason)
{
    std::string payload{static_cast<char>(code >> 8U & 0xffU), static_cast<char>(code & 0xffU)};
    return payload.append(reason);
}

std::optional<unsigned> CameFrame::close_code() const
{
    if (opcode != 8 || payload.size() < 2)
        return std::nullopt;
    return static_cast<unsigned>(static_cast<unsigned char>(payload[0])) << 8U | static_cast<unsigned char>(payload[1]);
}

Result<void> Trial::connect()
{
    const int fd = ::socket(target_.target.address.is_v6() ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fail(ErrorCode::system, "could not make a socket", errno);
    net::Descriptor socket(net::real_system_calls(), fd);
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_storage native{};
    const socklen_t size = net::to_native(target_.target.address, native);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&native), size) != 0 && errno != EINPROGRESS)
        return fail(ErrorCode::system, "could not connect to " + target_.target.address.text(), errno);
    pollfd entry{fd, POLLOUT, 0};
    int error = ETIMEDOUT;
    socklen_t length = sizeof error;
    if (::poll(&entry, 1, static_cast<int>(patience.count())) == 1)
        ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0)
        return fail(ErrorCode::system, "could not connect to " + target_.target.address.text(), error);
    if (target_.tls) {
        auto stream = std::make_unique<TlsClientStream>(*target_.tls, std::move(socket));
        tls_ = stream.get();
        stream_ = std::move(stream);
    } else {
        stream_ = std::make_unique<net::TcpStream>(net::real_system_calls(), std::move(socket));
    }
    key_ = ClientHandshake::make_key();
    return {};
}

std::string Trial::request(const std::vector<std::string>& change, std::string_view start) const
{
    std::vector<std::string> lines{"Host: " + target_.target.authority(), "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Key: " + key_, "Sec-WebSocket-Version: 13"};
    if (!target_.options.origin.empty())
        lines.push_back("Origin: " + target_.options.origin);
    std::string offered;
    for (const std::string& name : target_.options.subprotocols)
        offered += (offered.empty() ? "Sec-WebSocket-Protocol: " : ", ") + name;
    if (!offered.empty())
        lines.push_back(offered);
    lines.insert(lines.end(), target_.options.headers.begin(), target_.options.headers.end());
    for (const std::string& changed : change) {
        const auto same = std::find_if(lines.begin(), lines.end(),
            [&](const std::string& line) { return equal_ignoring_case(name_in(line), name_in(changed)); });
        const bool is_added = changed.starts_with('+');
        const bool is_left_out = changed.find(':') == std::string::npos;
        if (is_added || (same == lines.end() && !is_left_out))
            lines.push_back(is_added ? changed.substr(1) : changed);
        else if (same != lines.end() && is_left_out)
            lines.erase(same);
        else if (same != lines.end())
            *same = changed;
    }
    std::string text = start.empty() ? "GET " + target_.target.path + " HTTP/1.1" : std::string(start);
    for (const std::string& line : lines)
        text.append("\r\n").append(line);
    return text + "\r\n\r\n";
}

bool Trial::wait_for(short events, Steady::time_point until) const
{
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Steady::now()).count();
    pollfd entry{stream_->descriptor(), events, 0};
    return left > 0 && ::poll(&entry, 1, static_cast<int>(left)) == 1;
}

void Trial::send(std::string_view bytes)
{
    const auto until = Steady::now() + patience;
    while (!bytes.empty() && !ended_) {
        const iovec part{const_cast<char*>(bytes.data()), bytes.size()};
        const net::IoResult result = stream_->write({&part, 1});
        if (result.status == net::IoResult::Status::done) {
            bytes.remove_prefix(result.bytes);
        } else if (result.status == net::IoResult::Status::failed || result.status == net::IoResult::Status::end) {
            return; // what came before that is still to be read
        } else if (!wait_for(static_cast<short>(stream_->write_waits_for_input() ? POLLIN : POLLIN | POLLOUT), until)) {
            return;
        } else if (stream_->write_waits_for_input() || tls_) {
            (void)read_more(Steady::now());
        }
    }
}

bool Trial::read_more(Steady::time_point until)
{
    std::array<std::byte, 16'384> buffer{};
    while (!ended_) {
        const net::IoResult result = stream_->read(buffer);
        switch (result.status) {
        case net::IoResult::Status::done:
            input_.append(reinterpret_cast<const char*>(buffer.data()), result.bytes);
            return true;
        case net::IoResult::Status::end:
        case net::IoResult::Status::failed:
            ended_ = true;
            if (tls_ && !tls_->problem().empty())
                problem_ = tls_->problem();
            return false;
        case net::IoResult::Status::would_block:
        case net::IoResult::Status::no_buffers:
            if (!wait_for(static_cast<short>(stream_->wants_write() ? POLLIN | POLLOUT : POLLIN), until))
                return false;
            break;
        }
    }
    return false;
}

std::string Trial::read_head()
{
    const auto until = Steady::now() + patience;
    std::size_t end = std::string::npos;
    while ((end = input_.find("\r\n\r\n")) == std::string::npos) {
        if (input_.size() > longest_answer_head || !read_more(until))
            return {};
    }
    std::string head = input_.substr(0, end + 4);
    input_.erase(0, end + 4);
    return head;
}

int Trial::status_of(std::string_view head)
{
    if (!head.starts_with("HTTP/1.") || head.size() < 12)
        return 0;
    return static_cast<int>(parse_decimal<unsigned>(head.substr(9, 3)).value_or(0));
}

std::optional<std::string> Trial::field(std::string_view head, std::string_view name)
{
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos && at + 2 < head.size(); at = head.find("\r\n", at + 2)) {
        const std::string_view line = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
        if (line.find(':') != std::string_view::npos && equal_ignoring_case(name_in(line), name))
            return std::string(trim_blanks(line.substr(line.find(':') + 1)));
    }
    return std::nullopt;
}

bool Trial::open(const std::vector<std::string>& change)
{
    if (auto connected = connect(); !connected) {
        problem_ = connected.error().message();
        return false;
    }
    send(request(change));
    head_ = read_head();
    if (status_of(head_) == 101)
        return true;
    if (problem_.empty())
        problem_ = head_.empty() ? "no answer to the handshake" : "the handshake was answered with " + head_.substr(0, head_.find("\r\n"));
    return false;
}

std::optional<CameFrame> Trial::read_frame()
{
    const auto until = Steady::now() + patience;
    const auto byte = [this](std::size_t i) { return static_cast<unsigned char>(input_[i]); };
    while (true) {
        std::size_t header = 2;
        if (input_.size() >= 2)
            header += (byte(1) & 0x7fU) == 126 ? 2U : (byte(1) & 0x7fU) == 127 ? 8U : 0U;
        if (input_.size() >= header) {
            std::uint64_t length = byte(1) & 0x7fU;
            if (header > 2) {
                length = 0;
                for (std::size_t i = 2; i < header; ++i)
                    length = length << 8U | byte(i);
            }
            if (input_.size() - header >= length) {
                CameFrame frame{(byte(0) & 0x80U) != 0, byte(0) >> 4U & 7U, byte(0) & 15U,
                    input_.substr(header, static_cast<std::size_t>(length))};
                input_.erase(0, header + static_cast<std::size_t>(length));
                return frame;
            }
        }
        if (!read_more(until))
            return std::nullopt;
    }
}

std::optional<CameFrame> Trial::read_message()
{
    std::optional<CameFrame> message;
    while (auto frame = read_frame()) {
        if (frame->opcode == 8)
            return frame;
        if (frame->opcode >= 8)
            continue;
        if (!message)
            message = std::move(frame);
        else
            message->payload += frame->payload, message->fin = frame->fin;
        if (message->fin)
            return message;
    }
    return std::nullopt;
}

bool Trial::waits_for_end()
{
    const auto until = Steady::now() + patience;
    while (read_more(until))
        input_.clear();
    return ended_;
}

} // namespace jackfield::bench
