// A TLS client's bytes before any key is agreed upon, in any chopping, with what their owner may do
// meanwhile: nothing but waiting, the end or one lasting failure comes of them, and the alert is a
// well-formed record.
#include "net/tls_stream.h"
#include "support/manual_clock.h"
#include "support/test_certificate.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

using namespace jackfield;
using Status = net::IoResult::Status;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// The client's bytes and the room it has, as the input says.
class Played final : public net::ByteStream {
public:
    net::IoResult read(std::span<std::byte> buffer) override
    {
        if (input.empty())
            return at_end ? net::IoResult{Status::end, 0, 0} : net::IoResult{Status::would_block, 0, 0};
        const std::size_t size = std::min({buffer.size(), input.size(), most});
        std::memcpy(buffer.data(), input.data(), size);
        input.remove_prefix(size);
        return {Status::done, size, 0};
    }
    net::IoResult write(std::span<const iovec> parts) override
    {
        std::size_t taken = 0;
        for (const iovec& part : parts) {
            const std::size_t size = std::min(part.iov_len, room - taken);
            output.append(static_cast<const char*>(part.iov_base), size);
            taken += size;
        }
        room -= taken;
        return taken > 0 ? net::IoResult{Status::done, taken, 0} : net::IoResult{Status::would_block, 0, 0};
    }
    void shut_down_writing() override { ++shut_downs; }
    void reset_on_close() override { }
    [[nodiscard]] int descriptor() const override { return -1; }

    std::string_view input;
    std::string output;
    std::size_t most = 1;
    std::size_t room = 0;
    bool at_end = false;
    int shut_downs = 0;
};

/// Only whole records, none larger than the standard has it. Their version is not looked at: an alert bears
/// the one that the client's hello has, whatever that is.
void check_records(std::string_view bytes)
{
    while (!bytes.empty()) {
        require(bytes.size() >= 5);
        const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
        const std::size_t size = static_cast<std::size_t>(at(3)) << 8U | at(4);
        require(at(0) >= 20 && at(0) <= 23 && size <= 16384 + 256);
        require(bytes.size() >= 5 + size);
        bytes.remove_prefix(5 + size);
    }
}

void check(const net::TlsStream& stream)
{
    require(!stream.is_established()); // a client that knows no key gets no further
    for (const char c : stream.facts().server_name)
        require(c > 0x20 && c < 0x7f);
    require(stream.facts().server_name.size() <= 255);
    require(stream.failure().detail.size() <= 200);
    for (const char c : stream.failure().detail)
        require(c >= 0x20 && c < 0x7f);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const test::TestCertificate server{{}};
    static const auto context
        = net::TlsContext::create({server.certificate_pem(), server.key_pem(), {}}).value();
    if (size < 4)
        return 0;
    const std::size_t sniffed = data[0];
    const std::size_t most = data[1] == 0 ? size : data[1];
    const std::size_t room = data[2];
    const unsigned deeds = data[3];
    std::string_view bytes(reinterpret_cast<const char*>(data) + 4, size - 4);

    test::ManualClock clock;
    auto owned = std::make_unique<Played>();
    Played& inner = *owned;
    inner.most = most;
    inner.room = room;
    const auto first = std::as_bytes(std::span(bytes.substr(0, sniffed)));
    inner.input = bytes.substr(first.size());
    net::TlsStream stream(context, std::move(owned), {first.begin(), first.end()}, clock);

    std::array<std::byte, 256> buffer;
    net::IoResult last;
    for (std::size_t turn = 0; turn < size + 2; ++turn) {
        const std::size_t left = inner.input.size();
        last = stream.read(buffer);
        require(last.status != Status::done && last.status != Status::no_buffers);
        require(!stream.has_buffered_input());
        check(stream);
        if (last.status != Status::would_block)
            break;
        require(inner.input.size() < left || left == 0 || stream.wants_write());
        if (deeds & 1U)
            require(stream.write({}).bytes == 0);
        if (deeds & 2U) {
            const iovec part{buffer.data(), buffer.size()};
            require(stream.write(std::span(&part, 1)).status != Status::done);
        }
        if ((deeds & 4U) && turn == deeds >> 4U)
            stream.shut_down_writing();
        inner.room += 100;
    }
    inner.room = 1U << 20U;
    stream.write({});
    require(!stream.wants_write());
    if (last.status != Status::failed) {
        inner.input = {};
        inner.at_end = true;
        last = stream.read(buffer);
    }
    require(last.status == Status::failed || last.status == Status::end);
    require(last.status == Status::end || stream.failure().failure != TlsFailure::none);
    stream.shut_down_writing();
    stream.write({});
    require(inner.shut_downs == 1);
    check_records(inner.output);
    check(stream);
    return 0;
}
