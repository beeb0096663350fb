#include "fallback/session.h"

#include "base/byte_buffer.h"
#include "fallback/session_table.h"

#include "jackfield/shared_bytes.h"

#include <QtTest>

#include <string>
#include <vector>

using namespace jackfield;
using namespace std::chrono_literals;
using fallback::Session;
using fallback::SessionStream;
using fallback::SessionTable;
using Status = net::IoResult::Status;

namespace {

constexpr std::uint64_t carrier = 0x0000'0001'0000'0007;
constexpr std::string_view broken_off = R"(c[1002,"Connection interrupted"])";

struct Host final : fallback::SessionHost {
    TimePoint now{1h};
    net::TimerWheel wheel{now};
    int writable = 0, readable = 0;
    std::vector<Transport> transports;

    std::shared_ptr<const EndpointConfig> sockjs_at(std::string_view) const override { return nullptr; }
    std::optional<fallback::SessionRefusal> open_session(
        const std::shared_ptr<Session>&, const fallback::SessionRequest&) override
    {
        return std::nullopt;
    }
    void on_transport_refused(
        const fallback::SessionRequest&, std::string_view, SockJsTransport, std::string_view) override
    { }
    void on_session_writable(std::uint64_t which) noexcept override { writable += which == carrier ? 1 : 100; }
    void on_session_readable(std::uint64_t which) noexcept override { readable += which == carrier ? 1 : 100; }
    void on_session_transport(std::uint64_t, Transport transport) override { transports.push_back(transport); }
    bool open = true;
    bool is_session_open(std::uint64_t) override { return open; }
    std::string session_ancestors() const override { return "'self'"; }
    std::uint64_t max_session_body() const override { return 1U << 20U; }
    net::TimerWheel& session_wheel() override { return wheel; }
    TimePoint session_now() const override { return now; }
    WallTime session_wall_time() const override { return {}; }
};

// A request that takes `places` frames and notes them.
struct Request final : fallback::Receiver {
    explicit Request(int places_ = 1'000)
        : places(places_)
    { }
    int places;
    std::size_t gathered = 1'000'000;
    bool full = false;
    std::vector<std::string> frames;
    bool ended = false, reset = false;

    bool is_full() const override { return full; }
    std::size_t batch() const override { return gathered; }
    bool send(std::string_view frame) override
    {
        frames.emplace_back(frame);
        return --places > 0;
    }
    void end() override { ended = true; }
    void cut() override { reset = true; }
};

struct Body final : fallback::Sender {
    int taken = 0, refused = 0;
    void on_taken() override { ++taken; }
    void on_refused() override { ++refused; }
    void cut() override { }
};

struct Bench {
    Host host;
    SessionTable table{host};
    std::shared_ptr<Session> session = table.create("/echo/a", SockJs{}, std::nullopt);
    std::unique_ptr<SessionStream> stream = std::make_unique<SessionStream>(session);

    Bench() { session->carry(carrier); }
    ~Bench() { table.close(); } // requests are gone by now
    // Offers the parts and says how many bytes were taken; -1: it would block.
    long long write(const std::vector<std::string>& texts)
    {
        std::vector<iovec> parts;
        for (const std::string& text : texts)
            parts.push_back({const_cast<char*>(text.data()), text.size()});
        const net::IoResult result = stream->write(parts);
        return result.status == Status::done ? static_cast<long long>(result.bytes) : -1;
    }
    net::IoResult read(std::string& out, std::size_t size = 1'000)
    {
        std::vector<std::byte> buffer(size);
        const net::IoResult result = stream->read(buffer);
        out.assign(as_text(std::span(buffer).first(result.bytes)));
        return result;
    }
    void advance(milliseconds by)
    {
        host.now += by;
        while (net::Timer* timer = host.wheel.expire(host.now))
            table.on_timer(*timer);
    }
};

ByteBuffer bytes_of(std::string_view text)
{
    ByteBuffer buffer;
    buffer.append(text);
    return buffer;
}

} // namespace

class SessionTest : public QObject {
    Q_OBJECT
private slots:
    void without_a_request_the_stream_would_block()
    {
        Bench bench;
        QCOMPARE(bench.write({"o\n"}), -1);
        QVERIFY(!bench.stream->has_buffered_input());
        QCOMPARE(bench.stream->descriptor(), net::no_descriptor);
    }

    void a_poll_gets_one_frame_and_leaves_the_rest()
    {
        Bench bench;
        Request poll(1);
        bench.session->attach(poll, Transport::xhr_polling);
        QCOMPARE(bench.host.writable, 1);
        QCOMPARE(bench.write({"o\n\"a\"\n\"b\"\n"}), 2);
        QCOMPARE(poll.frames, std::vector<std::string>{"o"});
        QVERIFY(!bench.session->has_receiver());
        QCOMPARE(bench.write({"\"a\"\n\"b\"\n"}), -1);
        Request next(1);
        bench.session->attach(next, Transport::xhr_polling);
        QCOMPARE(bench.write({"\"a\"\n\"b\"\n", "\"c\"\nh\n"}), 12);
        QCOMPARE(next.frames, std::vector<std::string>{R"(a["a","b","c"])"});
    }

    void a_streamed_answer_gets_all_there_is()
    {
        Bench bench;
        Request stream;
        bench.session->attach(stream, Transport::xhr_streaming);
        QCOMPARE(bench.write({"o\n\"a\"\nh\n\"b\"\n"}), 12);
        QCOMPARE(stream.frames, (std::vector<std::string>{"o", R"(a["a"])", "h", R"(a["b"])"}));
        QVERIFY(bench.session->has_receiver());
    }

    void a_frame_gathers_no_more_than_its_request_likes()
    {
        Bench bench;
        Request stream;
        stream.gathered = 10;
        bench.session->attach(stream, Transport::xhr_streaming);
        QCOMPARE(bench.write({"\"aaaa\"\n\"bbbb\"\n\"cc\"\n"}), 19);
        QCOMPARE(stream.frames, (std::vector<std::string>{R"(a["aaaa"])", R"(a["bbbb"])", R"(a["cc"])"}));
    }

    void a_line_may_stand_in_several_parts_and_waits_for_its_end()
    {
        Bench bench;
        Request stream;
        bench.session->attach(stream, Transport::xhr_streaming);
        QCOMPARE(bench.write({"\"a", "b", "c\"\n\"d"}), 6);
        QCOMPARE(stream.frames, std::vector<std::string>{R"(a["abc"])"});
        QCOMPARE(bench.write({"\"d"}), -1);
        QCOMPARE(bench.write({"\"d", "\"\n"}), 4);
        QCOMPARE(stream.frames.back(), std::string(R"(a["d"])"));
    }

    void a_full_request_takes_nothing_until_it_is_drained()
    {
        Bench bench;
        Request stream;
        stream.full = true;
        bench.session->attach(stream, Transport::xhr_streaming);
        QCOMPARE(bench.write({"\"a\"\n"}), -1);
        stream.full = false;
        bench.session->resume();
        QCOMPARE(bench.host.writable, 2);
        QCOMPARE(bench.write({"\"a\"\n"}), 4);
    }

    void the_close_frame_ends_the_request_and_is_kept()
    {
        Bench bench;
        Request stream;
        bench.session->attach(stream, Transport::xhr_streaming);
        QCOMPARE(bench.write({"\"a\"\nc[3000,\"Go away!\"]\n"}), 23);
        QVERIFY(stream.ended);
        QCOMPARE(stream.frames.back(), std::string(R"(c[3000,"Go away!"])"));
        QCOMPARE(bench.session->close_frame(), std::string_view(R"(c[3000,"Go away!"])"));
        bench.stream->shut_down_writing();
        std::string text;
        QCOMPARE(bench.read(text).status, Status::end);
        bench.stream.reset();
        QVERIFY(bench.table.find("/echo/a") != nullptr);
        bench.advance(4'900ms);
        QVERIFY(bench.table.find("/echo/a") != nullptr);
        bench.advance(200ms);
        QVERIFY(bench.table.find("/echo/a") == nullptr);
    }

    void an_end_without_a_close_frame_is_forgotten_at_once()
    {
        Bench bench;
        Request stream;
        bench.session->attach(stream, Transport::xhr_streaming);
        bench.stream->shut_down_writing();
        QVERIFY(stream.ended);
        QVERIFY(stream.frames.empty());
        QVERIFY(bench.table.find("/echo/a") == nullptr);
        QVERIFY(bench.stream->has_buffered_input()); // the end
    }

    void a_reset_resets_the_request()
    {
        Bench bench;
        Request stream;
        bench.session->attach(stream, Transport::xhr_streaming);
        bench.stream->reset_on_close();
        bench.stream.reset();
        QVERIFY(stream.reset);
        QVERIFY(!stream.ended);
        QVERIFY(bench.table.find("/echo/a") == nullptr);
    }

    void a_request_that_breaks_off_ends_the_session()
    {
        Bench bench;
        Request stream;
        bench.session->attach(stream, Transport::xhr_streaming);
        Body body;
        QVERIFY(bench.session->take(bytes_of("abc"), body));
        bench.session->leave(stream, false);
        QVERIFY(bench.stream->is_lost());
        QCOMPARE(body.refused, 1);
        std::string text;
        const net::IoResult result = bench.read(text);
        QCOMPARE(result.status, Status::failed);
        QCOMPARE(result.error, ECONNRESET);
        QCOMPARE(bench.session->close_frame(), broken_off);
        Body late;
        QVERIFY(!bench.session->take(bytes_of("abc"), late));
        bench.stream.reset();
        QCOMPARE(bench.table.find("/echo/a")->close_frame(), broken_off);
        bench.advance(5'100ms);
        QCOMPARE(bench.table.size(), std::size_t{0});
    }

    void a_session_that_nobody_asks_for_ends()
    {
        Bench bench;
        Request poll(1);
        bench.session->attach(poll, Transport::xhr_polling);
        bench.advance(60s);
        QVERIFY(!bench.stream->is_lost()); // somebody waits
        QCOMPARE(bench.write({"o\n"}), 2);
        bench.advance(60s);
        QVERIFY(!bench.stream->is_lost()); // the answer is still on its way
        bench.session->leave(poll, false);
        bench.advance(4'900ms);
        QVERIFY(!bench.stream->is_lost());
        bench.advance(200ms);
        QVERIFY(bench.stream->is_lost());
        QCOMPARE(bench.host.readable, 1);
        bench.stream.reset();
        QCOMPARE(bench.table.size(), std::size_t{0}); // whoever comes after all gets a new one
    }

    void a_body_is_answered_when_all_of_it_is_read()
    {
        Bench bench;
        Body first, second;
        QVERIFY(bench.session->take(bytes_of("abcd"), first));
        QVERIFY(bench.session->take(bytes_of("ef"), second));
        QCOMPARE(bench.host.readable, 2);
        std::string text;
        QCOMPARE(bench.read(text, 3).bytes, std::size_t{3});
        QCOMPARE(text, std::string("abc"));
        QCOMPARE(first.taken, 0);
        QCOMPARE(bench.read(text, 2).bytes, std::size_t{2});
        QCOMPARE(text, std::string("de"));
        QCOMPARE(first.taken, 1);
        QCOMPARE(second.taken, 0);
        QCOMPARE(bench.read(text).bytes, std::size_t{1});
        QCOMPARE(second.taken, 1);
        QCOMPARE(bench.read(text).status, Status::would_block);
    }

    void a_body_that_went_away_is_still_read_and_never_answered()
    {
        Bench bench;
        {
            Body body;
            QVERIFY(bench.session->take(bytes_of("abcd"), body));
            bench.session->forget(body);
        }
        std::string text;
        QCOMPARE(bench.read(text).bytes, std::size_t{4});
    }

    void the_transport_is_told_when_it_changes()
    {
        Bench bench;
        Request poll(1), stream;
        bench.session->attach(poll, Transport::xhr_polling);
        QVERIFY(bench.host.transports.empty());
        bench.session->leave(poll, true);
        bench.session->attach(stream, Transport::eventsource);
        QCOMPARE(bench.host.transports, std::vector<Transport>{Transport::eventsource});
    }

    void a_session_belongs_to_the_origin_that_opened_it()
    {
        Host host;
        SessionTable table{host};
        const auto nobodys = table.create("/echo/a", SockJs{}, std::nullopt);
        QVERIFY(nobodys->belongs_to(std::nullopt));
        QVERIFY(nobodys->belongs_to("http://a"));
        const auto ours = table.create("/echo/b", SockJs{}, "http://a");
        QVERIFY(ours->belongs_to("http://a"));
        QVERIFY(ours->belongs_to(std::nullopt));
        QVERIFY(!ours->belongs_to("http://b"));
    }

    void the_table_may_end_before_streams_and_requests()
    {
        Request stream;
        std::unique_ptr<SessionStream> left;
        Host host;
        SessionTable table{host};
        auto session = table.create("/echo/a", SockJs{}, std::nullopt);
        left = std::make_unique<SessionStream>(session);
        session->carry(carrier);
        session->attach(stream, Transport::xhr_streaming);
        table.close();
        session->leave(stream, false);
        left.reset();
        QVERIFY(!stream.ended);
        QCOMPARE(host.wheel.size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(SessionTest)
#include "session_test.moc"
