#include "session/opening.h"
#include "tests/support/http_harness.h"

#include <QtTest>

#include <string>

using namespace jackfield;
using session::Opening;
using test::good_request;

namespace {

std::string rest_of(Opening& opening)
{
    return std::string(as_text(std::as_const(opening.rest()).view()));
}

} // namespace

class OpeningTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keeps_what_follows_the_head_in_whatever_chopping()
    {
        const std::string head = good_request(), bytes = head + "frames";
        for (std::size_t split = 0; split <= bytes.size(); ++split) {
            Opening opening{http::HeadLimits{}};
            opening.feed(as_bytes(std::string_view(bytes).substr(0, split)));
            QCOMPARE(opening.is_complete(), split >= head.size());
            opening.feed(as_bytes(std::string_view(bytes).substr(split)));
            QVERIFY(opening.is_complete());
            QCOMPARE(opening.head().raw(), std::string_view(head));
            QCOMPARE(opening.seen(), std::string_view(head));
            QCOMPARE(rest_of(opening), std::string("frames"));
        }
    }

    void says_whether_anything_came()
    {
        Opening opening{http::HeadLimits{}};
        QCOMPARE(opening.feed({}), Opening::Step::need_more);
        QVERIFY(!opening.has_bytes());
        opening.feed(as_bytes("G"));
        QVERIFY(opening.has_bytes());
        QCOMPARE(opening.seen(), std::string_view("G"));
    }

    void a_refused_head_is_kept_as_far_as_it_was_read()
    {
        Opening opening{http::HeadLimits{}};
        QCOMPARE(opening.feed(as_bytes("GET /x HTTP/1.1\r\nHost: localhost\r\nBad Name: x\r\n")),
            Opening::Step::refused);
        opening.keep_partial_head();
        QCOMPARE(opening.head().method, std::string_view("GET"));
        QCOMPARE(opening.head().value("Host").value_or(""), std::string_view("localhost"));
        QVERIFY(opening.seen().starts_with("GET /x HTTP/1.1\r\nHost: localhost\r\nBad")); // for showing
    }

    void serves_the_next_request_after_a_restart()
    {
        Opening opening{http::HeadLimits{}};
        const std::string get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        opening.feed(as_bytes(get + "GET /ne"));
        QCOMPARE(rest_of(opening), std::string("GET /ne"));
        ByteBuffer next;
        std::swap(next, opening.rest());
        opening.restart();
        QVERIFY(!opening.has_bytes());
        QCOMPARE(opening.feed(std::as_const(next).view()), Opening::Step::need_more);
        QCOMPARE(opening.feed(as_bytes("xt HTTP/1.1\r\nHost: localhost\r\n\r\n")), Opening::Step::complete);
        QCOMPARE(opening.head().path, std::string_view("/next"));
    }
};

QTEST_GUILESS_MAIN(OpeningTest)
#include "opening_test.moc"
