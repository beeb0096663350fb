#pragma once

#include "base/utf8.h"
#include "support/engine_fixture.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Cases of conformance over a real socket, each with the strictest outcome: exactly these bytes come back,
/// then exactly this Close frame, then the server's FIN before ours and never a reset.
namespace jackfield::test {

/// Time stands still, so that a slow machine meets no deadline: no ping, and no end of the wait for the peer's FIN.
inline EngineSetup without_deadlines()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    return setup;
}

inline std::string repeated(std::string_view text, std::size_t times)
{
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        all.append(text);
    return all;
}

inline std::string close_payload(unsigned code, std::string_view reason = {})
{
    return std::string{static_cast<char>(code >> 8U), static_cast<char>(code & 0xffU)}.append(reason);
}

/// `payload` in frames of `size` bytes each, as a client sends them; the last may be shorter.
inline std::vector<std::string> fragments_of(unsigned opcode, std::string_view payload, std::size_t size)
{
    std::vector<std::string> frames;
    do {
        const std::string_view part = payload.substr(0, size);
        payload.remove_prefix(part.size());
        const unsigned first = (frames.empty() ? opcode : 0U) | (payload.empty() ? 0x80U : 0U);
        frames.push_back(client_frame(first, part, "\x9a\x05\xe7\x60"));
    } while (!payload.empty());
    return frames;
}

/// How the frames of a case are cut into writes.
enum class Writes { all_at_once, frame_by_frame, octets, pieces_of_997 };

inline const char* name_of(Writes writes)
{
    switch (writes) {
    case Writes::all_at_once:
        return "at once";
    case Writes::frame_by_frame:
        return "frame by frame";
    case Writes::octets:
        return "octet by octet";
    default:
        return "in 997s";
    }
}

/// How a case ends.
struct Ending {
    enum class Kind {
        open, ///< the connection is alive; we close it with 1000
        failed, ///< the server fails it with `code`
        closed ///< we have sent a Close: it comes back with `code`, empty without one
    };
    Kind kind = Kind::open;
    std::optional<std::uint16_t> code;

    static Ending open() { return {}; }
    static Ending failed(std::uint16_t code) { return {Kind::failed, code}; }
    static Ending closed(std::optional<std::uint16_t> code = std::nullopt) { return {Kind::closed, code}; }
};

struct ConformanceCase {
    std::vector<std::string> frames; ///< in order; a piece of a frame may stand as one
    std::string answers; ///< server frames before the Close
    Ending ending;
};

namespace conformance {

inline void require(bool holds, const std::string& what)
{
    if (!holds)
        throw std::runtime_error(what);
}

inline void send(RawClient& client, const std::vector<std::string>& frames, Writes writes)
{
    std::string all;
    for (const std::string& frame : frames) {
        if (writes == Writes::frame_by_frame) {
            if (!client.try_send(frame))
                return;
        } else {
            all += frame;
        }
    }
    const std::size_t piece = writes == Writes::octets ? 1
        : writes == Writes::pieces_of_997              ? 997
                                                       : std::max<std::size_t>(all.size(), 1);
    for (std::size_t at = 0; at < all.size(); at += piece) {
        if (!client.try_send(std::string_view(all).substr(at, piece)))
            return;
    }
}

/// The socket's pending error, 0 for none.
inline int error_of(const RawClient& client)
{
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(client.descriptor(), SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}
inline unsigned tcp_state_of(const RawClient& client)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    ::getsockopt(client.descriptor(), IPPROTO_TCP, TCP_INFO, &info, &size);
    return info.tcpi_state;
}

/// Reads the server's Close and its FIN, which must come without any doing of ours, then ends our side.
/// `answers_close`: the server began, so we owe it a Close, and it must still be listening for it.
inline void finish(RawClient& client, std::optional<std::uint16_t> code, bool answers_close)
{
    const ServerFrame last = client.read_frame();
    require(last.opcode == 0x8 && last.fin,
        "expected a Close, got opcode " + std::to_string(last.opcode) + " and " + to_hex(last.payload));
    if (code) {
        require(last.close_code() == *code,
            "expected Close " + std::to_string(*code) + ", got " + std::to_string(last.close_code()));
    } else {
        require(last.payload.empty(), "expected an empty Close, got " + to_hex(last.payload));
    }
    require(
        is_valid_utf8(std::string_view(last.payload).substr(std::min<std::size_t>(2, last.payload.size()))),
        "the reason is no text");
    const std::string rest = client.read_until_end();
    require(rest.empty(), "behind the Close came " + to_hex(rest.substr(0, 64)));
    require(!client.was_reset(), "the server reset the connection");
    // The server's FIN has come and ours has not gone.
    require(tcp_state_of(client) == TCP_CLOSE_WAIT, "the server did not end the connection first");
    if (answers_close) {
        require(client.try_send(client_frame(0x88, last.payload)), "the server is gone before our Close");
        require(error_of(client) == 0, "the server reset the connection over our Close");
    }
    client.half_close();
    require(!client.read_more() && !client.was_reset(), "the server reset the connection at our FIN");
    require(error_of(client) == 0, "the connection ended with an error");
}

} // namespace conformance

/// Runs one case on a connection of its own. A broken promise is a std::runtime_error.
inline void run_case(EngineFixture& fixture, const ConformanceCase& test, Writes writes)
{
    using conformance::require;
    RawClient client = fixture.open_client();
    const std::uint16_t port = client.local_port();
    conformance::send(client, test.frames, writes);
    const std::string answers = client.read_exactly(test.answers.size());
    if (answers != test.answers) // the whole of it may be megabytes
        throw std::runtime_error("came " + to_hex(answers.substr(0, 64)) + " instead of "
            + to_hex(std::string_view(test.answers).substr(0, 64)));
    switch (test.ending.kind) {
    case Ending::Kind::open: {
        client.send_frame(0x89, "alive?");
        const ServerFrame pong = client.read_frame();
        require(pong.opcode == 0xa && pong.payload == "alive?",
            "expected a pong, got opcode " + std::to_string(pong.opcode) + " and " + to_hex(pong.payload));
        client.send_close(close_normal);
        conformance::finish(client, close_normal, false);
        break;
    }
    case Ending::Kind::failed:
        conformance::finish(client, test.ending.code, true);
        break;
    case Ending::Kind::closed:
        conformance::finish(client, test.ending.code, false);
        break;
    }
    const CloseInfo told = fixture.close_of(port);
    const bool is_failed = test.ending.kind == Ending::Kind::failed;
    require(told.by == (is_failed ? ClosedBy::engine : ClosedBy::peer), "the end is told of the wrong side");
    require(told.clean == !is_failed, told.clean ? "told as clean" : "told as not clean");
    const std::uint16_t code = test.ending.kind == Ending::Kind::open
        ? std::uint16_t{close_normal}
        : test.ending.code.value_or(close_no_code);
    require(told.code == code, "told with code " + std::to_string(told.code));
    fixture.forget_events();
}

} // namespace jackfield::test
