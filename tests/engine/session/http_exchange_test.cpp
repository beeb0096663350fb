#include "session/http_exchange.h"
#include "tests/support/fake_channel_host.h"
#include "tests/support/http_harness.h"

#include <QtTest>

#include <functional>
#include <memory>
#include <string>

using namespace jackfield;
using session::HttpExchange;
using test::parsed_head;
using test::waiting_in;

namespace {

class ScriptedEndpoint final : public http::HttpEndpoint {
public:
    std::function<void(http::ResponseWriter&)> at_once;
    std::function<void(http::ResponseWriter&, std::string_view)> with_body;
    std::uint64_t most = 1'000;
    std::vector<std::string> bodies;
    int alive = 0;

    [[nodiscard]] bool serves(std::string_view) const override { return true; }
    [[nodiscard]] std::uint64_t max_body() const override { return most; }
    std::unique_ptr<http::Exchange> begin(
        const http::RequestHead&, const http::EndpointContext&, http::ResponseWriter& writer) override
    {
        if (at_once)
            at_once(writer);
        return std::make_unique<One>(*this, writer);
    }

private:
    struct One final : http::Exchange {
        One(ScriptedEndpoint& of, http::ResponseWriter& to)
            : endpoint(of)
            , writer(to)
        {
            ++endpoint.alive;
        }
        ~One() override { --endpoint.alive; }
        void on_body(std::string_view body) override
        {
            endpoint.bodies.emplace_back(body);
            if (endpoint.with_body)
                endpoint.with_body(writer, body);
        }
        ScriptedEndpoint& endpoint;
        http::ResponseWriter& writer;
    };
};

struct Bench {
    explicit Bench(std::string_view head_text, bool may_keep_alive = true)
        : head(parsed_head(head_text))
        , queue(pool)
        , exchange(head, queue, may_keep_alive)
    {
        endpoint.with_body = [](http::ResponseWriter& writer, std::string_view body) {
            writer.respond(200, {}, "text/plain", std::string("got ") + std::string(body));
        };
    }
    bool begin() { return exchange.begin(endpoint, {status, totals, false, false}); }
    std::size_t feed(std::string_view bytes, std::size_t step)
    {
        std::size_t all = 0;
        while (all < bytes.size()) {
            std::size_t consumed = 0;
            exchange.feed(as_bytes(bytes.substr(all, step)), consumed);
            all += consumed;
            if (consumed == 0 || exchange.is_body_read())
                break;
        }
        return all;
    }
    http::RequestHead head;
    session::WriteQueuePool pool;
    session::WriteQueue queue;
    ServerStatus status;
    EngineTotals totals;
    ScriptedEndpoint endpoint;
    HttpExchange exchange;
};

std::string post(const std::string& fields)
{
    return "POST / HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
}

} // namespace

class HttpExchangeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_a_body_by_length_or_chunks_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("length") << QByteArray("Content-Length: 11\r\n") << QByteArray("hello world");
        QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n")
                                 << QByteArray("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
    }
    void reads_a_body_by_length_or_chunks()
    {
        QFETCH(QByteArray, fields);
        QFETCH(QByteArray, bytes);
        for (std::size_t step = 1; step <= static_cast<std::size_t>(bytes.size()); ++step) {
            Bench bench(post(fields.toStdString()));
            QVERIFY(bench.begin());
            QVERIFY(!bench.exchange.is_body_read());
            QCOMPARE(bench.feed((bytes + "GET").toStdString(), step), static_cast<std::size_t>(bytes.size()));
            QVERIFY(bench.exchange.is_complete());
            QVERIFY(bench.exchange.keeps_alive());
            QCOMPARE(bench.endpoint.bodies, std::vector<std::string>{"hello world"});
            QVERIFY(waiting_in(bench.queue).ends_with("\r\n\r\ngot hello world"));
            QCOMPARE(int{bench.exchange.status()}, 200);
            QVERIFY(bench.exchange.answer_head().starts_with("HTTP/1.1 200 OK"));
        }
    }

    void a_request_without_a_body_is_answered_at_once()
    {
        Bench bench("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QVERIFY(bench.begin());
        QVERIFY(bench.exchange.is_complete());
        QCOMPARE(bench.endpoint.bodies, std::vector<std::string>{""});
        std::size_t consumed = 9;
        bench.exchange.feed(as_bytes("GET"), consumed);
        QCOMPARE(consumed, std::size_t{0});
    }

    void keep_alive_decisions_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<bool>("willing");
        QTest::addColumn<bool>("kept");
        QTest::newRow("1.1") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n") << true << true;
        QTest::newRow("1.1 close") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                                   << true << false;
        QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\nHost: a\r\n\r\n") << true << false;
        QTest::newRow("the server is not willing")
            << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n") << false << false;
    }
    void keep_alive_decisions()
    {
        QFETCH(QByteArray, request);
        QFETCH(bool, willing);
        QFETCH(bool, kept);
        Bench bench(request.toStdString(), willing);
        QVERIFY(bench.begin());
        QCOMPARE(bench.exchange.keeps_alive(), kept);
        QCOMPARE(waiting_in(bench.queue).find("Connection: close") == std::string::npos, kept);
    }

    void an_answer_before_the_body_ends_the_connection_data()
    {
        QTest::addColumn<bool>("streamed");
        QTest::newRow("whole") << false;
        QTest::newRow("streamed") << true;
    }
    void an_answer_before_the_body_ends_the_connection()
    {
        QFETCH(bool, streamed);
        Bench bench(post("Content-Length: 5\r\n"));
        bench.endpoint.with_body = nullptr;
        bench.endpoint.at_once = [streamed](http::ResponseWriter& writer) {
            if (!streamed) {
                writer.respond(403, {}, "text/plain", "no");
                return;
            }
            writer.begin(403, {}, "text/plain");
            writer.write("no");
            writer.end();
        };
        QVERIFY(bench.begin());
        QVERIFY(bench.exchange.is_answered());
        bench.feed("hello", 5);
        QVERIFY(bench.exchange.is_complete());
        QVERIFY(!bench.exchange.keeps_alive());
        QVERIFY(waiting_in(bench.queue).find("Connection: close") != std::string::npos);
    }

    void streams_an_answer()
    {
        Bench bench("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        bench.endpoint.with_body = [](http::ResponseWriter& writer, std::string_view) {
            writer.begin(200, {}, "text/event-stream");
            writer.write("one");
            writer.write("");
            writer.respond(500, {}, "text/plain", "too late"); // ignored: it has begun
            writer.write("three");
            writer.end();
            writer.write("after the end");
        };
        QVERIFY(bench.begin());
        QVERIFY(bench.exchange.keeps_alive());
        const std::string bytes = waiting_in(bench.queue);
        QVERIFY(bytes.find("Transfer-Encoding: chunked") != std::string::npos);
        QCOMPARE(
            bytes.substr(bytes.find("\r\n\r\n") + 4), std::string("3\r\none\r\n5\r\nthree\r\n0\r\n\r\n"));
    }

    void a_streamed_answer_to_1_0_lasts_until_the_end_of_the_connection()
    {
        Bench bench("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
        bench.endpoint.with_body = [](http::ResponseWriter& writer, std::string_view) {
            writer.begin(200, {}, "text/plain");
            writer.write("plain");
            writer.end();
        };
        QVERIFY(bench.begin());
        QVERIFY(!bench.exchange.keeps_alive());
        QVERIFY(waiting_in(bench.queue).ends_with("\r\n\r\nplain"));
    }

    void the_answer_to_head_has_no_body_data()
    {
        QTest::addColumn<bool>("streamed");
        QTest::newRow("whole") << false;
        QTest::newRow("streamed") << true;
    }
    void the_answer_to_head_has_no_body()
    {
        QFETCH(bool, streamed);
        Bench bench("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
        bench.endpoint.with_body = [streamed](http::ResponseWriter& writer, std::string_view) {
            if (!streamed) {
                writer.respond(200, {}, "text/plain", "body");
                return;
            }
            writer.begin(200, {}, "text/plain");
            writer.write("body");
            writer.end();
        };
        QVERIFY(bench.begin());
        QVERIFY(bench.exchange.is_complete());
        QVERIFY(waiting_in(bench.queue).ends_with("\r\n\r\n"));
        QVERIFY(waiting_in(bench.queue).find("body") == std::string::npos);
    }

    void bad_bodies_are_refused_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::newRow("two framings")
            << QByteArray("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") << QByteArray() << 400;
        QTest::newRow("bad chunk") << QByteArray("Transfer-Encoding: chunked\r\n") << QByteArray("x\r\n")
                                   << 400;
        QTest::newRow("too long by length") << QByteArray("Content-Length: 1001\r\n") << QByteArray() << 413;
        QTest::newRow("too long by chunks") << QByteArray("Transfer-Encoding: chunked\r\n")
                                            << QByteArray("3e9\r\n") + QByteArray(1'001, 'x') << 413;
    }
    void bad_bodies_are_refused()
    {
        QFETCH(QByteArray, fields);
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        Bench bench(post(fields.toStdString()));
        if (bench.begin())
            bench.feed(bytes.toStdString(), 100);
        QVERIFY(bench.exchange.is_complete());
        QVERIFY(!bench.exchange.keeps_alive());
        QCOMPARE(int{bench.exchange.status()}, status);
        QVERIFY(waiting_in(bench.queue).starts_with("HTTP/1.1 " + std::to_string(status)));
        QVERIFY(bench.endpoint.bodies.empty());
        QCOMPARE(bench.endpoint.alive, 0);
    }
};

QTEST_GUILESS_MAIN(HttpExchangeTest)
#include "http_exchange_test.moc"
