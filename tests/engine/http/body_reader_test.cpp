#include "http/body_reader.h"
#include "support/http_harness.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::http;
using namespace jackfield::test;

namespace {

RequestHead post(const std::string& lines, std::string_view version = "1.1")
{
    return parsed_head("POST /x HTTP/" + std::string(version) + "\r\nHost: localhost\r\n" + lines + "\r\n");
}

struct Body {
    BodyReader::State state = BodyReader::State::need_more;
    std::string decoded;
    std::size_t consumed = 0;
    bool operator==(const Body&) const = default;
};

Body read(BodyReader reader, std::string_view bytes, std::size_t first_piece, std::size_t other_pieces)
{
    Body body;
    std::size_t piece = first_piece;
    for (std::size_t at = 0; at < bytes.size() && reader.state() == BodyReader::State::need_more;) {
        const std::string_view part = bytes.substr(at, piece);
        std::size_t consumed = 0;
        reader.feed(as_bytes(part), consumed, body.decoded);
        body.consumed += consumed;
        at += part.size();
        piece = other_pieces;
    }
    body.state = reader.state();
    return body;
}

} // namespace

class BodyReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refuses_ambiguous_framing_data();
    void refuses_ambiguous_framing();
    void knows_bodies_that_need_no_bytes_data();
    void knows_bodies_that_need_no_bytes();
    void reads_data();
    void reads();
    void refuses_malformed_chunks_data();
    void refuses_malformed_chunks();
    void stops_at_the_limit();
};

void BodyReaderTest::refuses_ambiguous_framing_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("version");
    for (const char* lines : {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
             "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
             "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
             "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
             "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: gzip, chunked\r\n",
             "Transfer-Encoding: chunked, chunked\r\n", "Transfer-Encoding: identity\r\n",
             "Transfer-Encoding:\r\n", "Transfer-Encoding: \"chunked\"\r\n",
             "Transfer-Encoding: chunked;q=1\r\n", "Content-Length: 5\r\nContent-Length: 6\r\n",
             "Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5, 5\r\n",
             "Content-Length: -1\r\n", "Content-Length: +5\r\n", "Content-Length: abc\r\n",
             "Content-Length:\r\n", "Content-Length: 0x5\r\n", "Content-Length: 5 5\r\n",
             "Content-Length: 18446744073709551616\r\n"})
        QTest::addRow("CO-17 %s", lines) << QByteArray(lines) << QByteArray("1.1");
    QTest::newRow("CO-17 chunked in HTTP/1.0")
        << QByteArray("Transfer-Encoding: chunked\r\n") << QByteArray("1.0");
}

void BodyReaderTest::refuses_ambiguous_framing()
{
    QFETCH(QByteArray, lines);
    QFETCH(QByteArray, version);
    const RequestHead head = post(lines.toStdString(), version.toStdString());
    QVERIFY(!head.method.empty());
    QVERIFY(!BodyReader::create(head, 1000).has_value());
}

void BodyReaderTest::knows_bodies_that_need_no_bytes_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("state");
    QTest::newRow("no body") << QByteArray() << int(BodyReader::State::complete);
    QTest::newRow("length 0") << QByteArray("Content-Length: 0\r\n") << int(BodyReader::State::complete);
    QTest::newRow("too long") << QByteArray("Content-Length: 1001\r\n") << int(BodyReader::State::too_large);
    QTest::newRow("CO-08 1 GB") << QByteArray("Content-Length: 1073741824\r\n")
                                << int(BodyReader::State::too_large);
    QTest::newRow("largest") << QByteArray("Content-Length: 18446744073709551615\r\n")
                             << int(BodyReader::State::too_large);
    QTest::newRow("as long as allowed")
        << QByteArray("Content-Length: 1000\r\n") << int(BodyReader::State::need_more);
    QTest::newRow("chunked") << QByteArray("Transfer-Encoding: Chunked\r\n")
                             << int(BodyReader::State::need_more);
}

void BodyReaderTest::knows_bodies_that_need_no_bytes()
{
    QFETCH(QByteArray, lines);
    QFETCH(int, state);
    auto reader = BodyReader::create(post(lines.toStdString()), 1000);
    QVERIFY(reader.has_value());
    QCOMPARE(int(reader->state()), state);
    if (reader->state() != BodyReader::State::need_more) {
        std::size_t consumed = 99;
        std::string out;
        reader->feed(as_bytes("next request"), consumed, out);
        QCOMPARE(consumed, std::size_t{0});
        QVERIFY(out.empty());
    }
}

void BodyReaderTest::reads_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("body");
    const QByteArray chunked("Transfer-Encoding: chunked\r\n");
    QTest::newRow("length") << QByteArray("Content-Length: 5\r\n") << QByteArray("hello")
                            << QByteArray("hello");
    QTest::newRow("length with leading zeros")
        << QByteArray("Content-Length: 005\r\n") << QByteArray("hello") << QByteArray("hello");
    QTest::newRow("line ends in the body") << QByteArray("Content-Length: 6\r\n")
                                           << QByteArray("\r\n\r\n\0x", 6) << QByteArray("\r\n\r\n\0x", 6);
    QTest::newRow("length in HTTP/1.0")
        << QByteArray("Content-Length: 2\r\n") << QByteArray("ab") << QByteArray("ab");
    QTest::newRow("one chunk") << chunked << QByteArray("5\r\nhello\r\n0\r\n\r\n") << QByteArray("hello");
    QTest::newRow("no chunk") << chunked << QByteArray("0\r\n\r\n") << QByteArray();
    QTest::newRow("three chunks") << chunked << QByteArray("1\r\na\r\n2\r\nbc\r\n3\r\ndef\r\n0\r\n\r\n")
                                  << QByteArray("abcdef");
    QTest::newRow("hexadecimal sizes")
        << chunked << "a\r\n" + QByteArray(10, 'x') + "\r\nF\r\n" + QByteArray(15, 'y') + "\r\n000\r\n\r\n"
        << QByteArray(10, 'x') + QByteArray(15, 'y');
    QTest::newRow("16 digits") << chunked << QByteArray("0000000000000005\r\nhello\r\n0\r\n\r\n")
                               << QByteArray("hello");
    QTest::newRow("chunk of line ends")
        << chunked << QByteArray("4\r\n\r\n\r\n\r\n0\r\n\r\n") << QByteArray("\r\n\r\n");
    QTest::newRow("trailers are dropped")
        << chunked << QByteArray("1\r\na\r\n0\r\nX-Sum: 1\r\nY:\r\n\r\n") << QByteArray("a");
}

void BodyReaderTest::reads()
{
    QFETCH(QByteArray, lines);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, body);
    const RequestHead head = post(lines.toStdString());
    // CO-16: what follows belongs to the next request.
    const std::string input = bytes.toStdString() + "GET / HTTP/1.1\r\n";
    const auto size = static_cast<std::size_t>(bytes.size());
    const Body expected{BodyReader::State::complete, body.toStdString(), size};
    const auto reader = BodyReader::create(head, 1000);
    QVERIFY(reader.has_value());
    QVERIFY(read(*reader, input, input.size(), 1) == expected);
    QVERIFY(read(*reader, input, 1, 1) == expected);
    for (std::size_t cut = 1; cut < input.size(); ++cut)
        QVERIFY2(read(*reader, input, cut, input.size()) == expected, qPrintable(QString::number(cut)));
    for (std::size_t cut = 0; cut < size; ++cut)
        QCOMPARE(read(*reader, input.substr(0, cut), input.size(), 1).state, BodyReader::State::need_more);
}

void BodyReaderTest::refuses_malformed_chunks_data()
{
    QTest::addColumn<QByteArray>("start"); // the last byte is the wrong one
    for (const char* start : {"0x", "5;", " ", "5 ", "5\t", "+", "-", "\r", "\n", "g", "00000000000000005",
             "5\n", "5\r5", "5\r\nhellox", "5\r\nhello\n", "5\r\nhello\rx", "5\r\nhello\r\n\r", "0\r\n\n",
             "0\r\n ", "0\r\n:", "0\r\nX ", "0\r\nX\r", "0\r\nX: a\n", "0\r\nX: \x07", "0\r\nX: a\r\r",
             "0\r\n\rx", "0\r\nX: a\r\n "})
        QTest::addRow("CO-17 %s", start) << QByteArray(start);
    QTest::newRow("NUL in a size") << QByteArray("1\0", 2);
    QTest::newRow("endless trailers") << QByteArray("0\r\nX:" + QByteArray(8191, 'a'));
}

void BodyReaderTest::refuses_malformed_chunks()
{
    QFETCH(QByteArray, start);
    const auto reader = BodyReader::create(post("Transfer-Encoding: chunked\r\n"), 1U << 20U);
    const std::string bytes = start.toStdString();
    QCOMPARE(read(*reader, bytes.substr(0, bytes.size() - 1), bytes.size(), 1).state,
        BodyReader::State::need_more);
    const Body whole = read(*reader, bytes + "more", bytes.size() + 4, 1);
    QCOMPARE(whole.state, BodyReader::State::malformed);
    QCOMPARE(whole.consumed, bytes.size());
    QVERIFY(read(*reader, bytes + "more", 1, 1) == whole);
}

void BodyReaderTest::stops_at_the_limit()
{
    const RequestHead head = post("Transfer-Encoding: chunked\r\n");
    const auto reader = BodyReader::create(head, 10);
    const std::string ten = "5\r\nhello\r\n5\r\nworld\r\n";
    QCOMPARE(read(*reader, ten + "0\r\n\r\n", 100, 100).state, BodyReader::State::complete);
    // Told at the size, before a byte of it comes, and nothing is kept of it.
    for (const char* size : {"1", "6", "ffffffffffffffff", "fffffffffffffff6"}) {
        const Body body = read(*reader, ten + size + "\r\nx", 100, 100);
        QCOMPARE(body.state, BodyReader::State::too_large);
        QCOMPARE(body.decoded, std::string("helloworld"));
        QCOMPARE(body.consumed, ten.size() + std::string(size).size() + 2);
    }
    // CO-08: endless chunks of one byte.
    std::string endless;
    for (int i = 0; i < 1000; ++i)
        endless += "1\r\nx\r\n";
    QCOMPARE(read(*reader, endless, endless.size(), 1).decoded.size(), std::size_t{10});
}

QTEST_GUILESS_MAIN(BodyReaderTest)
#include "body_reader_test.moc"
