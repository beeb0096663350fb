#include "http/body_reader.h"
#include "http/request_parser.h"
#include "support/http_harness.h"

#include <QTest>

#include <random>

using namespace jackfield;
using namespace jackfield::http;
using namespace jackfield::test;

namespace {

/// What a parser says of bytes that come in pieces of these sizes, in words that can be compared.
QByteArray verdict(std::string_view bytes, const std::vector<std::size_t>& pieces)
{
    RequestParser parser{HeadLimits{}};
    std::size_t total = 0;
    for (std::size_t i = 0, at = 0; at < bytes.size(); ++i) {
        const std::string_view part = bytes.substr(at, pieces[i % pieces.size()]);
        std::size_t consumed = 0;
        parser.feed(as_bytes(part), consumed);
        at += part.size();
        total += consumed;
    }
    QByteArray text
        = QByteArray::number(int(parser.state())) + " after " + QByteArray::number(qsizetype(total));
    if (parser.state() == RequestParser::State::refused)
        text += " reason " + QByteArray::number(int(parser.reason())) + " status "
            + QByteArray::number(parser.status());
    const bool agrees = parser.seen() == bytes.substr(0, total);
    const RequestHead head = parser.take_partial();
    for (const HeaderField& field : head.headers)
        text += " | " + to_byte_array(field.name) + "=" + to_byte_array(field.value);
    return text + " " + to_byte_array(head.target) + (agrees ? "" : " and has not seen what it took");
}

} // namespace

class RequestMutationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void any_one_byte_changed_is_judged_the_same_in_every_chopping();
    void what_is_accepted_is_well_formed();
    void chunked_bodies_with_changed_bytes_agree_too();
};

void RequestMutationsTest::any_one_byte_changed_is_judged_the_same_in_every_chopping()
{
    std::mt19937 random(9112);
    const std::string good = good_request({}, "GET http://localhost:8080/chat?q HTTP/1.1");
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const int value : {0x00, 0x09, 0x0a, 0x0d, 0x20, 0x2c, 0x3a, 0x41, 0x7f, 0x80, 0xff}) {
            for (const bool inserts : {false, true}) {
                std::string changed = good;
                if (inserts)
                    changed.insert(at, 1, static_cast<char>(value));
                else
                    changed[at] = static_cast<char>(value);
                const QByteArray whole = verdict(changed, {changed.size()});
                QCOMPARE(verdict(changed, {1}), whole);
                QCOMPARE(verdict(changed, {1 + random() % 40, 1 + random() % 40, 1 + random() % 40}), whole);
            }
        }
    }
}

void RequestMutationsTest::what_is_accepted_is_well_formed()
{
    std::mt19937 random(7230);
    int accepted = 0;
    for (int turn = 0; turn < 5000; ++turn) {
        std::string changed = good_request({{"extra", "X-Extra: some text\r\n"}});
        for (unsigned i = 1 + random() % 2; i > 0; --i)
            changed[random() % changed.size()]
                = static_cast<char>(random() % 4 == 0 ? random() % 256 : 32 + random() % 95);
        RequestParser parser{HeadLimits{}};
        std::size_t consumed = 0;
        if (parser.feed(as_bytes(changed), consumed) != RequestParser::State::complete)
            continue;
        ++accepted;
        const RequestHead head = parser.take();
        // Written out again from its parts it is the same text but for the blanks around values.
        std::string again = std::string(head.method) + ' ' + std::string(head.target) + " HTTP/1."
            + std::to_string(head.minor_version) + "\r\n";
        std::size_t hosts = 0;
        for (const HeaderField& field : head.headers) {
            again += std::string(field.name) + ": " + std::string(field.value) + "\r\n";
            hosts += QByteArray(field.name.data(), qsizetype(field.name.size())).toLower() == "host";
            QVERIFY(field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
        }
        QCOMPARE(hosts, std::size_t{1});
        QCOMPARE(std::count(again.begin(), again.end(), '\n') + 1,
            std::count(changed.begin(), changed.end(), '\n'));
    }
    QVERIFY2(accepted > 500, qPrintable(QString::number(accepted)));
}

void RequestMutationsTest::chunked_bodies_with_changed_bytes_agree_too()
{
    const RequestHead head = parsed_head("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string good = "4\r\nabcd\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nX-Sum: 12\r\n\r\nnext";
    const auto read = [&](std::string_view bytes, std::size_t piece) {
        auto reader = *BodyReader::create(head, 64);
        std::string out;
        std::size_t total = 0;
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            std::size_t consumed = 0;
            reader.feed(as_bytes(bytes.substr(at, piece)), consumed, out);
            total += consumed;
        }
        return QByteArray::number(int(reader.state())) + " after " + QByteArray::number(qsizetype(total))
            + ": " + to_byte_array(out);
    };
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
            std::string changed = good;
            changed[at] = static_cast<char>(value);
            const QByteArray whole = read(changed, changed.size());
            QCOMPARE(read(changed, 1), whole);
            QCOMPARE(read(changed, 5), whole);
        }
    }
}

QTEST_GUILESS_MAIN(RequestMutationsTest)
#include "request_mutations_test.moc"
