#include "session/sent_pings.h"

#include "jackfield/shared_bytes.h"

#include <QTest>

#include <string>

using namespace jackfield;
using namespace std::chrono_literals;
using session::SentPings;

namespace {

TimePoint at(std::chrono::nanoseconds time)
{
    return TimePoint(time);
}

} // namespace

class SentPingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_pong_answers_the_ping_of_its_payload_and_all_before_it()
    {
        SentPings pings;
        pings.add(as_bytes("a"), 1, at(1s));
        pings.add(as_bytes("b"), 2, at(2s));
        pings.add(as_bytes("c"), 3, at(3s));
        QVERIFY(!pings.take(as_bytes("d")));
        QCOMPARE(pings.size(), std::size_t{3});
        const auto answered = pings.take(as_bytes("b"));
        QVERIFY(answered.has_value());
        QCOMPARE(answered->order, std::uint64_t{2});
        QVERIFY(answered->sent_at == at(2s));
        QVERIFY(!pings.take(as_bytes("a")));
        QVERIFY(!pings.take(as_bytes("b"))); // once
        QVERIFY(pings.take(as_bytes("c")));
        QVERIFY(pings.empty());
    }

    void equal_payloads_are_answered_in_their_order()
    {
        SentPings pings;
        for (std::uint64_t i = 1; i <= 3; ++i)
            pings.add({}, i, at(std::chrono::seconds(i)));
        for (std::uint64_t i = 1; i <= 3; ++i)
            QCOMPARE(pings.take({})->order, i);
        QVERIFY(!pings.take({}));
    }

    void a_payload_is_matched_whole()
    {
        SentPings pings;
        const std::string longest(125, 'p');
        pings.add(as_bytes(longest), 1, at(1s));
        pings.add(as_bytes("pp"), 2, at(1s));
        QVERIFY(!pings.take(as_bytes("p")));
        QVERIFY(!pings.take({}));
        QCOMPARE(pings.take(as_bytes(longest))->order, std::uint64_t{1});
        QCOMPARE(pings.take(as_bytes("pp"))->order, std::uint64_t{2});
    }

    void only_so_many_are_waited_for()
    {
        SentPings pings;
        for (std::uint64_t i = 0; i < 2 * SentPings::most; ++i)
            pings.add(as_bytes(std::to_string(i)), i, at(1s));
        QCOMPARE(pings.size(), SentPings::most);
        QVERIFY(!pings.take(as_bytes(std::to_string(SentPings::most - 1))));
        QVERIFY(pings.take(as_bytes(std::to_string(SentPings::most))));
    }

    void the_old_are_forgotten()
    {
        SentPings pings;
        for (std::uint64_t i = 1; i <= 4; ++i)
            pings.add({}, i, at(std::chrono::seconds(i)));
        pings.forget_before(2);
        QCOMPARE(pings.size(), std::size_t{3});
        pings.forget_sent_until(at(3s));
        QCOMPARE(pings.size(), std::size_t{1});
        QCOMPARE(pings.take({})->order, std::uint64_t{4});
    }
};

QTEST_GUILESS_MAIN(SentPingsTest)
#include "sent_pings_test.moc"
