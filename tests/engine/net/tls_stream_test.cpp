#include "net/tls_stream.h"
#include "tests/support/tls_harness.h"

#include <QTest>

#include <cerrno>

using namespace jackfield;
using namespace jackfield::test;
using namespace std::chrono_literals;
using net::IoResult;
using net::TlsStream;

class TlsStreamTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // the conversation, however it is cut
    void carries_both_directions_data();
    void carries_both_directions();
    void sniffed_bytes_come_first();
    void a_call_that_would_block_changes_nothing_data();
    void a_call_that_would_block_changes_nothing();
    void a_call_that_fails_is_told_data();
    void a_call_that_fails_is_told();
    void a_lack_of_buffers_is_passed_on();
    // output
    void small_parts_leave_as_one_record();
    void large_writes_leave_as_few_calls();
    void what_is_not_taken_waits_inside();
    void a_lack_of_buffers_while_writing_is_passed_on();
    void a_write_during_the_handshake_waits_for_input();
    void a_flight_of_the_handshake_leaves_as_one_call();
    void an_answer_that_cannot_leave_is_told(); // behind the data
    void a_slow_peer_is_not_read_while_answers_wait();
    // input
    void pending_bytes_need_no_readable_socket(); // TL-11
    void a_partial_record_is_no_buffered_input();
    void a_call_reads_a_few_times_at_most();
    // the end
    void an_end_says_whether_it_is_whole_data(); // TL-10
    void an_end_says_whether_it_is_whole();
    void both_ends_say_farewell_data();
    void both_ends_say_farewell();
    void the_farewell_waits_for_what_was_written();
    void shut_down_within_the_handshake_ends_the_inner_stream();
    void forwards_to_the_inner_stream();
    void nothing_is_written_behind_the_farewell();
};

namespace {

std::string pattern(std::size_t size)
{
    std::string text(size, '\0');
    std::uint32_t state = 12345;
    for (char& c : text) {
        state = state * 1664525U + 1013904223U;
        c = static_cast<char>(state >> 24U);
    }
    return text;
}

std::vector<iovec> parts_of(const std::vector<std::string>& texts)
{
    std::vector<iovec> parts;
    for (const std::string& text : texts)
        parts.push_back({const_cast<char*>(text.data()), text.size()});
    return parts;
}

/// The content types and lengths of the records in `bytes`, which must be whole.
std::vector<std::pair<int, std::size_t>> records_in(std::string_view bytes)
{
    std::vector<std::pair<int, std::size_t>> records;
    while (bytes.size() >= 5) {
        const std::size_t size = static_cast<std::size_t>(static_cast<unsigned char>(bytes[3])) << 8U
            | static_cast<unsigned char>(bytes[4]);
        records.emplace_back(static_cast<unsigned char>(bytes[0]), size);
        bytes.remove_prefix(std::min(bytes.size(), size + 5));
    }
    return records;
}

void both_versions()
{
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
}

/// Handshake, a small message each way, larger ones, farewells. Calls of the inner stream that fail or block
/// are the caller's to arrange.
struct Conversation {
    explicit Conversation(int version)
        : client(only_version(version))
    { }

    /// False when the stream failed on the way.
    bool hold()
    {
        if (!settle())
            return false;
        client.write("hello");
        if (!settle())
            return false;
        const std::vector<std::string> answer{"one ", "", "two ", "three"};
        if (!send(answer))
            return false;
        client.write(long_text);
        if (!settle() || !send({long_text, "the end"}))
            return false;
        client.say_farewell();
        if (!settle())
            return false;
        server.stream.shut_down_writing();
        return settle() && server.last.status == IoStatus::end;
    }
    /// Carries bytes until nothing moves; an owner's part: writes while the stream wants it.
    bool settle()
    {
        for (int round = 0; round < 3; ++round) {
            server.exchange(client);
            if (server.last.status == IoStatus::failed)
                return false;
            if (server.stream.wants_write() && server.write_nothing().status == IoStatus::failed)
                return false;
        }
        return true;
    }
    bool send(std::vector<std::string> texts)
    {
        std::vector<iovec> parts = parts_of(texts);
        std::size_t left = 0;
        for (const iovec& part : parts)
            left += part.iov_len;
        for (int i = 0; left > 0 && i < 1000000; ++i) {
            const IoResult result = server.stream.write(parts);
            if (result.status == IoStatus::failed) {
                server.last = result;
                return false;
            }
            std::size_t taken = result.status == IoStatus::done ? result.bytes : 0;
            left -= taken;
            for (iovec& part : parts) {
                const std::size_t size = std::min(part.iov_len, taken);
                part.iov_base = static_cast<char*>(part.iov_base) + size;
                part.iov_len -= size;
                taken -= size;
            }
            if (!settle())
                return false;
        }
        return left == 0;
    }
    void check() const
    {
        QVERIFY(server.received == "hello" + long_text);
        QVERIFY(server.from_server == "one two three" + long_text + "the end");
        QVERIFY(client.got_farewell);
        QCOMPARE(client.error, 0);
        QCOMPARE(server.inner->shut_downs, 1);
        QVERIFY(server.stream.failure().failure == TlsFailure::none);
        QCOMPARE(server.stream.unsent(), std::uint64_t{0});
    }

    std::string long_text = pattern(18000); // two records
    TlsServer server;
    TlsClient client;
};

} // namespace

void TlsStreamTest::carries_both_directions_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<qulonglong>("most_read");
    QTest::addColumn<qulonglong>("most_write");
    QTest::addColumn<int>("size");
    constexpr qulonglong any = PlayedStream::any;
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const char* const name = version == TLS1_2_VERSION ? "1.2" : "1.3";
        QTest::addRow("%s whole", name) << version << any << any << 40000;
        QTest::addRow("%s one byte a read", name) << version << qulonglong{1} << any << 40000;
        QTest::addRow("%s one byte a write", name) << version << any << qulonglong{1} << 40000;
        QTest::addRow("%s one byte each", name) << version << qulonglong{1} << qulonglong{1} << 5000;
        QTest::addRow("%s a record and a bit", name)
            << version << qulonglong{16500} << qulonglong{16500} << 100000;
        QTest::addRow("%s large", name) << version << any << any << 5000000;
        QTest::addRow("%s large in pieces", name)
            << version << qulonglong{9999} << qulonglong{7777} << 1000000;
    }
}

void TlsStreamTest::carries_both_directions()
{
    QFETCH(int, version);
    QFETCH(qulonglong, most_read);
    QFETCH(qulonglong, most_write);
    QFETCH(int, size);
    Conversation talk(version);
    talk.long_text = pattern(static_cast<std::size_t>(size));
    talk.server.inner->most_read = most_read;
    talk.server.inner->most_write = most_write;
    QVERIFY2(talk.hold(), talk.server.stream.failure().detail.c_str());
    talk.check();
    QVERIFY(talk.server.stream.is_established());
    QCOMPARE(talk.server.stream.facts().version, version == TLS1_2_VERSION ? "TLS 1.2" : "TLS 1.3");
}

void TlsStreamTest::sniffed_bytes_come_first()
{
    std::string hello;
    {
        TlsClient client;
        client.shake_hands();
        hello = client.take();
    }
    QVERIFY(hello.size() > 100);
    for (std::size_t split = 0; split <= hello.size(); ++split) {
        TlsClient client;
        client.shake_hands();
        const std::string bytes = client.take();
        TlsServer server(std::string_view(bytes).substr(0, split));
        QCOMPARE(server.stream.has_buffered_input(), split > 0);
        std::array<std::byte, 100> buffer;
        if (split < bytes.size()) {
            QVERIFY(server.stream.read(buffer).status == IoStatus::would_block);
            QVERIFY(!server.stream.has_buffered_input());
            QVERIFY(server.inner->output.empty());
        }
        server.inner->input = bytes.substr(std::min(split, bytes.size()));
        QVERIFY2(server.connect(client), std::to_string(split).c_str());
        client.write("x");
        server.exchange(client);
        QCOMPARE(server.received, std::string("x"));
    }
}

void TlsStreamTest::a_call_that_would_block_changes_nothing_data()
{
    both_versions();
}

void TlsStreamTest::a_call_that_would_block_changes_nothing()
{
    QFETCH(int, version);
    std::size_t calls = 1;
    for (std::size_t n = 0; n < calls; ++n) {
        Conversation talk(version);
        talk.server.inner->odd_call = n;
        talk.server.inner->odd_answer = IoResult{IoStatus::would_block, 0, 0};
        QVERIFY2(talk.hold(), std::to_string(n).c_str());
        talk.check();
        calls = talk.server.inner->calls;
    }
    QVERIFY(calls > 20);
}

void TlsStreamTest::a_call_that_fails_is_told_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("error");
    QTest::newRow("TLS 1.2, ECONNRESET") << TLS1_2_VERSION << ECONNRESET;
    QTest::newRow("TLS 1.3, EPIPE") << TLS1_3_VERSION << EPIPE;
    QTest::newRow("TLS 1.3, EIO") << TLS1_3_VERSION << EIO;
}

void TlsStreamTest::a_call_that_fails_is_told()
{
    QFETCH(int, version);
    QFETCH(int, error);
    std::size_t told = 0;
    std::size_t calls = 1;
    for (std::size_t n = 0; n < calls; ++n) {
        Conversation talk(version);
        talk.server.inner->odd_call = n;
        talk.server.inner->odd_answer = IoResult{IoStatus::failed, 0, error};
        const bool held = talk.hold();
        calls = talk.server.inner->calls;
        if (held) {
            QVERIFY(n + 8 > calls); // only at the end, behind the farewells, does it not matter any more
            continue;
        }
        ++told;
        QCOMPARE(talk.server.last.error, error);
        QVERIFY(talk.server.stream.failure().failure
            == (talk.server.stream.is_established() ? TlsFailure::none : TlsFailure::peer_left));
        QCOMPARE(talk.server.stream.failure().in_handshake, !talk.server.stream.is_established());
        // And again, without asking the inner stream for more.
        std::array<std::byte, 100> buffer;
        if (n % 2 == 0 && talk.server.stream.failure().failure == TlsFailure::peer_left) {
            QVERIFY(talk.server.stream.read(buffer).status == IoStatus::failed);
            QVERIFY(talk.server.write("x").status == IoStatus::failed);
        }
        calls = std::max(calls, n + 2);
    }
    QVERIFY(told > 10);
}

void TlsStreamTest::a_lack_of_buffers_is_passed_on()
{
    TlsServer server;
    TlsClient client;
    server.inner->odd_call = 0;
    server.inner->odd_answer = IoResult{IoStatus::no_buffers, 0, ENOBUFS};
    std::array<std::byte, 100> buffer;
    const IoResult result = server.stream.read(buffer);
    QVERIFY(result.status == IoStatus::no_buffers);
    QCOMPARE(result.error, ENOBUFS);
    QVERIFY(server.connect(client));

    server.inner->odd_call = server.inner->calls;
    server.inner->odd_answer = IoResult{IoStatus::no_buffers, 0, ENOMEM};
    QVERIFY(server.stream.read(buffer).status == IoStatus::no_buffers);
    client.write("later");
    server.exchange(client);
    QCOMPARE(server.received, std::string("later"));
}

void TlsStreamTest::small_parts_leave_as_one_record()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    const std::size_t writes = server.inner->writes;
    const std::vector<std::string> texts{"a", "", std::string(126, 'b'), "c", std::string(1000, 'd')};
    const std::vector<iovec> parts = parts_of(texts);
    const IoResult result = server.stream.write(parts);
    QVERIFY(result.status == IoStatus::done);
    QCOMPARE(result.bytes, std::size_t{1128});
    QCOMPARE(server.inner->writes, writes + 1);
    const auto records = records_in(server.inner->output);
    QCOMPARE(records.size(), std::size_t{1});
    QCOMPARE(records[0].first, 23);
    QCOMPARE(records[0].second, std::size_t{1128 + 1 + 16}); // TLS 1.3: its type, the cipher's tag
    client.feed(server.inner->output);
    QCOMPARE(client.read(), "a" + texts[2] + "c" + texts[4]);
}

void TlsStreamTest::large_writes_leave_as_few_calls()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    const std::size_t writes = server.inner->writes;
    const std::vector<std::string> texts{
        "head", pattern(100000), "middle", std::string(20000, 'x'), "tail", std::string(200, 'y')};
    std::string whole;
    for (const std::string& text : texts)
        whole += text;
    const std::vector<iovec> parts = parts_of(texts);
    const IoResult result = server.stream.write(parts);
    QVERIFY(result.status == IoStatus::done);
    QCOMPARE(result.bytes, whole.size());
    QCOMPARE(server.inner->writes, writes + 2); // 64 KiB, and the rest
    const auto records = records_in(server.inner->output);
    QCOMPARE(records.size(), (whole.size() + 16383) / 16384); // full ones, whatever the parts are
    client.feed(server.inner->output);
    QVERIFY(client.read() == whole);
}

void TlsStreamTest::what_is_not_taken_waits_inside()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    QVERIFY(!server.stream.wants_write());
    server.inner->unsent_bytes = 1000;
    server.inner->room = 5000;
    const std::string text = pattern(300000);
    const IoResult result = server.write(text);
    QVERIFY(result.status == IoStatus::done);
    QCOMPARE(result.bytes, std::size_t{65536});
    QVERIFY(server.stream.wants_write());
    const std::uint64_t overhead = 4 * (5 + 1 + 16);
    QCOMPARE(server.stream.unsent(), std::uint64_t{1000 + 65536 - 5000} + overhead);
    // Nothing more is taken meanwhile, and a record that was begun is not begun again.
    QVERIFY(server.write(text.substr(65536)).status == IoStatus::would_block);
    QVERIFY(server.write_nothing().status == IoStatus::would_block);
    server.inner->room = 70000 - 5000;
    QVERIFY(server.write_nothing().status == IoStatus::done);
    QVERIFY(!server.stream.wants_write());
    QCOMPARE(server.stream.unsent(), std::uint64_t{1000});
    QCOMPARE(server.write_nothing().bytes, std::size_t{0});

    server.inner->room = PlayedStream::any;
    QCOMPARE(server.write(text.substr(65536)).bytes, text.size() - 65536);
    client.feed(server.inner->output);
    QVERIFY(client.read() == text);
}

void TlsStreamTest::a_lack_of_buffers_while_writing_is_passed_on()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    const IoResult lack{IoStatus::no_buffers, 0, ENOBUFS};
    server.inner->room = 0;
    QVERIFY(server.write("taken").status == IoStatus::done);
    server.inner->odd_call = server.inner->calls;
    server.inner->odd_answer = lack;
    const IoResult result = server.write("more");
    QVERIFY(result.status == IoStatus::no_buffers);
    QCOMPARE(result.error, ENOBUFS);
    server.inner->room = PlayedStream::any;
    QVERIFY(server.write(" and more").status == IoStatus::done);
    client.feed(server.inner->output);
    QCOMPARE(client.read(), std::string("taken and more"));
}

void TlsStreamTest::a_write_during_the_handshake_waits_for_input()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.stream.write_waits_for_input());
    QVERIFY(server.write("early").status == IoStatus::would_block);
    QVERIFY(!server.stream.wants_write()); // the owner must not wait for a writable socket: it is
    client.shake_hands();
    server.inner->input = client.take();
    QVERIFY(server.write("early").status == IoStatus::would_block); // it has read, and answered
    QVERIFY(!server.inner->output.empty());
    client.feed(std::exchange(server.inner->output, {}));
    QVERIFY(client.shake_hands());
    client.write("data behind it");
    server.inner->input = client.take();
    QVERIFY(server.write("early").status == IoStatus::done);
    QVERIFY(!server.stream.write_waits_for_input());
    QVERIFY(server.stream.has_buffered_input() || !server.inner->input.empty());
    server.read();
    QCOMPARE(server.received, std::string("data behind it"));
    client.feed(server.inner->output);
    QCOMPARE(client.read(), std::string("early"));
}

void TlsStreamTest::a_flight_of_the_handshake_leaves_as_one_call()
{
    net::TlsIdentity identity = server_identity();
    for (int i = 0; i < 15; ++i)
        identity.certificates += TestIdentity::shared().authority.certificate_pem();
    const auto context = net::TlsContext::create(identity).value();
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        TlsServer server({}, context);
        TlsClient client(only_version(version));
        client.shake_hands();
        server.inner->input = client.take();
        server.read();
        QVERIFY(server.inner->output.size() > 4096 + 1024); // more than a buffer of the library
        QVERIFY(records_in(server.inner->output).size() > 3);
        QCOMPARE(server.inner->writes, std::size_t{1});
    }
}

void TlsStreamTest::an_answer_that_cannot_leave_is_told()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    client.write("data");
    // The library answers a request for new keys with the next record that it sends, or before the next
    // request.
    for (int i = 0; i < 2; ++i) {
        SSL_key_update(client.ssl(), SSL_KEY_UPDATE_REQUESTED);
        client.shake_hands();
    }
    server.inner->input = client.take();
    server.inner->odd_call = server.inner->calls + 1; // behind the read: the write of our new key
    server.inner->odd_answer = IoResult{IoStatus::failed, 0, EPIPE};
    std::array<std::byte, 100> buffer;
    QCOMPARE(server.stream.read(buffer).bytes, std::size_t{4});
    QCOMPARE(server.inner->calls, server.inner->odd_call + 1);
    for (int i = 0; i < 2; ++i) {
        const IoResult result = server.stream.read(buffer);
        QVERIFY(result.status == IoStatus::failed);
        QCOMPARE(result.error, EPIPE);
    }
    QCOMPARE(server.write("x").error, EPIPE);
    QVERIFY(!server.stream.wants_write());
}

void TlsStreamTest::a_slow_peer_is_not_read_while_answers_wait()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    server.inner->room = 0;
    QVERIFY(server.write(pattern(65536)).status == IoStatus::done);
    const std::uint64_t before = server.stream.unsent();
    // Each of these asks for an answer, a new key of ours; the rate is kept.
    for (int i = 0; i < 20000; ++i) {
        SSL_key_update(client.ssl(), SSL_KEY_UPDATE_REQUESTED);
        client.shake_hands();
        server.inner->input += client.take();
        if (i % 10 == 0)
            server.clock.advance(1s);
        std::array<std::byte, 100> buffer;
        QVERIFY(server.stream.read(buffer).status == IoStatus::would_block);
        if (server.inner->input.size() > 4000)
            break; // it is not read any more
        QVERIFY2(i < 19999, "everything was read");
    }
    QVERIFY(server.stream.unsent() > before);
    QVERIFY(server.stream.unsent() < 140000);
    server.inner->room = PlayedStream::any;
    server.clock.advance(1s);
    std::array<std::byte, 100> buffer;
    QVERIFY(server.stream.read(buffer).status != IoStatus::end);
    QVERIFY(!server.stream.wants_write());
}

void TlsStreamTest::pending_bytes_need_no_readable_socket()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    client.write("first record");
    client.write("second record");
    server.inner->input = client.take();
    std::array<std::byte, 5> buffer;
    std::string text;
    QVERIFY(!server.stream.has_buffered_input());
    const std::size_t reads = server.inner->reads;
    do {
        const IoResult result = server.stream.read(buffer);
        QVERIFY(result.status == IoStatus::done);
        text.append(reinterpret_cast<const char*>(buffer.data()), result.bytes);
    } while (server.stream.has_buffered_input());
    QCOMPARE(text, std::string("first recordsecond record"));
    QCOMPARE(server.inner->reads, reads + 1);
    QVERIFY(server.stream.read(buffer).status == IoStatus::would_block);

    // One large read takes all records that are there.
    client.write("third");
    client.write("fourth");
    server.inner->input = client.take();
    std::array<std::byte, 1000> large;
    QCOMPARE(server.stream.read(large).bytes, std::size_t{11});
    QVERIFY(!server.stream.has_buffered_input());
}

void TlsStreamTest::a_partial_record_is_no_buffered_input()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    client.write("first");
    client.write("second");
    const std::string bytes = client.take();
    std::array<std::byte, 1000> buffer;
    // The record of "second" is cut at every offset: its owner must wait for the socket, not turn in circles.
    const std::size_t start = bytes.size() / 2 - 1;
    server.inner->input = bytes.substr(0, start + 6);
    const std::size_t reads = server.inner->reads;
    QCOMPARE(server.stream.read(buffer).bytes, std::size_t{5});
    QCOMPARE(server.inner->reads, reads + 1); // with data in hand it does not look for the rest
    QVERIFY(!server.stream.has_buffered_input());
    for (std::size_t i = start + 6; i < bytes.size(); ++i) {
        QVERIFY(server.stream.read(buffer).status == IoStatus::would_block);
        QVERIFY(!server.stream.has_buffered_input());
        server.inner->input = bytes.substr(i, 1);
    }
    QCOMPARE(server.stream.read(buffer).bytes, std::size_t{6});
    QVERIFY(!server.stream.has_buffered_input());
}

void TlsStreamTest::a_call_reads_a_few_times_at_most()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    client.write(pattern(4000));
    server.inner->input = client.take();
    server.inner->most_read = 1;
    std::array<std::byte, 1000> buffer;
    const std::size_t reads = server.inner->reads;
    QVERIFY(server.stream.read(buffer).status == IoStatus::would_block);
    QVERIFY(server.inner->reads <= reads + 10);

    server.inner->most_read = PlayedStream::any;
    server.read();
    client.write("data");
    server.inner->input = client.take();
    const std::size_t before = server.inner->reads;
    QCOMPARE(server.stream.read(buffer).bytes, std::size_t{4});
    QCOMPARE(server.inner->reads, before + 1);
}

void TlsStreamTest::an_end_says_whether_it_is_whole_data()
{
    both_versions();
}

void TlsStreamTest::an_end_says_whether_it_is_whole()
{
    QFETCH(int, version);
    for (const bool is_whole : {true, false}) {
        TlsServer server;
        TlsClient client(only_version(version));
        QVERIFY(server.connect(client));
        client.write("the last words");
        if (is_whole)
            client.say_farewell();
        server.inner->input = client.take();
        server.inner->at_end = true;
        std::array<std::byte, 1000> buffer;
        QCOMPARE(server.stream.read(buffer).bytes, std::size_t{14}); // before the end is told
        if (is_whole) // the end is inside: the socket has nothing to say any more
            QVERIFY(server.stream.has_buffered_input());
        for (int i = 0; i < 2; ++i) {
            const IoResult result = server.stream.read(buffer);
            QVERIFY(result.status == (is_whole ? IoStatus::end : IoStatus::failed));
            QCOMPARE(result.error, is_whole ? 0 : ECONNRESET);
            QVERIFY(!server.stream.has_buffered_input());
        }
        QVERIFY(server.stream.failure().failure == (is_whole ? TlsFailure::none : TlsFailure::truncated));
        QVERIFY(!server.stream.failure().in_handshake);
        // No alert is sent to a peer that has left.
        QVERIFY(server.inner->output.empty());
        QVERIFY(!server.stream.failure().alert_sent);
    }
}

void TlsStreamTest::both_ends_say_farewell_data()
{
    both_versions();
}

void TlsStreamTest::both_ends_say_farewell()
{
    QFETCH(int, version);
    TlsServer server;
    TlsClient client(only_version(version));
    QVERIFY(server.connect(client));
    QVERIFY(server.write("the last words").status == IoStatus::done);
    server.stream.shut_down_writing();
    server.stream.shut_down_writing(); // twice is once
    QCOMPARE(server.inner->shut_downs, 1);
    client.feed(std::exchange(server.inner->output, {}));
    QCOMPARE(client.read(), std::string("the last words"));
    QVERIFY(client.got_farewell);
    // The other direction still works.
    client.write("one more");
    client.say_farewell();
    server.inner->input = client.take();
    QVERIFY(server.read().status == IoStatus::end);
    QCOMPARE(server.received, std::string("one more"));
    QVERIFY(server.inner->output.empty());
}

void TlsStreamTest::the_farewell_waits_for_what_was_written()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    server.inner->room = 10;
    const std::string text = pattern(20000);
    QCOMPARE(server.write(text).bytes, text.size());
    server.stream.shut_down_writing();
    QCOMPARE(server.inner->shut_downs, 0);
    QVERIFY(server.stream.wants_write());
    server.inner->room = 15000;
    QVERIFY(server.write_nothing().status == IoStatus::would_block);
    QCOMPARE(server.inner->shut_downs, 0);
    server.inner->room = PlayedStream::any;
    // Reading lets it out as well: whoever drains need not watch for writing.
    std::array<std::byte, 100> buffer;
    QVERIFY(server.stream.read(buffer).status == IoStatus::would_block);
    QCOMPARE(server.inner->shut_downs, 1);
    QVERIFY(!server.stream.wants_write());
    client.feed(server.inner->output);
    QVERIFY(client.read() == text);
    QVERIFY(client.got_farewell);
}

void TlsStreamTest::shut_down_within_the_handshake_ends_the_inner_stream()
{
    TlsServer server;
    TlsClient client;
    client.shake_hands();
    server.inner->input = client.take();
    server.read();
    server.stream.shut_down_writing();
    QCOMPARE(server.inner->shut_downs, 1);
    QCOMPARE(ERR_peek_error(), 0UL);
    QVERIFY(server.write("x").status == IoStatus::failed);
    // What comes is dropped, not answered.
    client.feed(std::exchange(server.inner->output, {}));
    client.shake_hands();
    server.inner->input = client.take();
    QVERIFY(!server.inner->input.empty());
    server.inner->at_end = true;
    QVERIFY(server.read().status == IoStatus::end);
    QVERIFY(server.inner->input.empty());
    QVERIFY(server.inner->output.empty());
    QVERIFY(!server.stream.is_established());
}

void TlsStreamTest::forwards_to_the_inner_stream()
{
    TlsServer server;
    QCOMPARE(server.stream.descriptor(), 77);
    server.inner->unsent_bytes = 42;
    QCOMPARE(server.stream.unsent(), std::uint64_t{42});
    server.stream.reset_on_close();
    QVERIFY(server.inner->will_reset);
}

void TlsStreamTest::nothing_is_written_behind_the_farewell()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    server.stream.shut_down_writing();
    const std::size_t size = server.inner->output.size();
    const IoResult result = server.write("too late");
    QVERIFY(result.status == IoStatus::failed);
    QCOMPARE(result.error, EPIPE);
    QCOMPARE(server.inner->output.size(), size);
}

QTEST_GUILESS_MAIN(TlsStreamTest)
#include "tls_stream_test.moc"
