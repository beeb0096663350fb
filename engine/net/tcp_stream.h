#pragma once

#include "net/byte_stream.h"
#include "net/descriptor.h"

namespace jackfield::net {

/// A connected TCP socket.
class TcpStream final : public ByteStream {
public:
    TcpStream(SystemCalls& calls, Descriptor socket)
        : calls_(calls)
        , socket_(std::move(socket))
    { }
    IoResult read(std::span<std::byte> buffer) override;
    IoResult write(std::span<const iovec> parts) override;
    void shut_down_writing() override;
    void reset_on_close() override;
    [[nodiscard]] std::uint64_t unsent() const override;
    [[nodiscard]] int descriptor() const override { return socket_.get(); }

private:
    SystemCalls& calls_;
    Descriptor socket_;
};

} // namespace jackfield::net
