#include "net/tcp_stream.h"

#include <cerrno>

namespace jackfield::net {

IoResult TcpStream::read(std::span<std::byte> buffer)
{
    const ssize_t count = calls_.receive(socket_.get(), buffer);
    if (count > 0)
        return {IoResult::Status::done, static_cast<std::size_t>(count), 0};
    if (count == 0)
        return {IoResult::Status::end, 0, 0};
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
        return {IoResult::Status::would_block, 0, 0};
    return {IoResult::Status::failed, 0, errno};
}

IoResult TcpStream::write(std::span<const iovec> parts)
{
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(parts.data());
    message.msg_iovlen = parts.size();
    const ssize_t count = calls_.send(socket_.get(), message);
    if (count >= 0)
        return {IoResult::Status::done, static_cast<std::size_t>(count), 0};
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
        return {IoResult::Status::would_block, 0, 0};
    if (errno == ENOBUFS || errno == ENOMEM)
        return {IoResult::Status::no_buffers, 0, errno};
    return {IoResult::Status::failed, 0, errno};
}

void TcpStream::shut_down_writing()
{
    calls_.shutdown(socket_.get(), SHUT_WR);
}

std::uint64_t TcpStream::unsent() const
{
    const int bytes = calls_.unsent(socket_.get());
    return bytes > 0 ? static_cast<std::uint64_t>(bytes) : 0;
}

void TcpStream::reset_on_close()
{
    calls_.set_linger(socket_.get(), true, 0);
}

} // namespace jackfield::net
