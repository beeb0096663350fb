#include "tests/support/fake_engine_port.h"
#include "ui/models/follow.h"
#include "ui/models/send_target.h"

#include <QSignalSpy>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

struct Fixture {
    Fixture() { QObject::connect(&port, &EnginePort::stateTaken, &store, &ConnectionStore::apply); }
    FakeEnginePort port;
    ConnectionStore store;
    Follow follow{store};
    SendTarget target{store, &follow};

    static ConnectionId id(std::uint64_t number) { return FakeEnginePort::idOf(number); }
};

} // namespace

class FollowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void moves_to_the_pages_newest_connection();
    void another_page_is_not_followed();
    void two_live_ones_move_nothing_and_ask();
    void a_second_tab_takes_over_once_the_first_is_gone();
    void following_a_closed_one_waits_for_the_page();
    void stopping_forgets();
    void survives_that_the_closed_row_is_cleared();
    void the_composer_follows_the_page();
};

void FollowTest::moves_to_the_pages_newest_connection()
{
    Fixture f;
    auto info = FakeEnginePort::makeInfo(10);
    f.port.open(info);
    QVERIFY(f.follow.follow(f.id(10)));
    QCOMPARE(f.follow.pageName(), QString::fromUtf8("Firefox · localhost:5173 → /chat"));
    QSignalSpy back(&f.follow, &Follow::cameBack);
    f.port.close(info); // at 1,700,000,100 s
    QCOMPARE(f.follow.current(), f.id(10)); // it waits
    QCOMPARE(back.count(), 0);
    auto again = FakeEnginePort::makeInfo(12);
    again->opened_at = WallTime{milliseconds{1'700'000'101'200}};
    f.port.open(again);
    QCOMPARE(f.follow.current(), f.id(12));
    QCOMPARE(back.count(), 1);
    QCOMPARE(back.front().at(2).toString(), QStringLiteral("came back as #12 after 1.2 s"));
    QCOMPARE(f.follow.connections(), (std::vector<ConnectionId>{f.id(10), f.id(12)}));
}

void FollowTest::another_page_is_not_followed()
{
    Fixture f;
    auto info = FakeEnginePort::makeInfo(1);
    f.port.open(info);
    f.follow.follow(f.id(1));
    f.port.close(info);
    f.port.open(FakeEnginePort::makeInfo(2, "http://localhost:5173", "/prices"));
    f.port.open(FakeEnginePort::makeInfo(3, "http://b.test", "/chat"));
    f.port.open(FakeEnginePort::makeInfo(4, "http://localhost:5173", "/chat", FakeEnginePort::chrome));
    QCOMPARE(f.follow.current(), f.id(1));
    f.port.open(FakeEnginePort::makeInfo(5, "http://localhost:5173", "/chat?token=other"));
    QCOMPARE(f.follow.current(), f.id(5)); // the query does not make it another page
}

void FollowTest::two_live_ones_move_nothing_and_ask()
{
    Fixture f;
    auto info = FakeEnginePort::makeInfo(1);
    f.port.open(info);
    f.follow.follow(f.id(1));
    f.port.open(2);
    f.port.open(3);
    QSignalSpy asks(&f.follow, &Follow::ambiguous);
    QSignalSpy back(&f.follow, &Follow::cameBack);
    f.port.close(info);
    QCOMPARE(asks.count(), 1);
    QCOMPARE(back.count(), 0);
    QCOMPARE(f.follow.current(), f.id(1));
    QCOMPARE(f.follow.candidates(), (std::vector<ConnectionId>{f.id(2), f.id(3)}));
    f.port.open(FakeEnginePort::makeInfo(9, "http://b.test"));
    QCOMPARE(asks.count(), 1); // it asks once
    QVERIFY(f.follow.follow(f.id(3))); // the answer
    QVERIFY(f.follow.candidates().empty());
    QCOMPARE(f.follow.connections(), (std::vector<ConnectionId>{f.id(1), f.id(3)}));
}

void FollowTest::a_second_tab_takes_over_once_the_first_is_gone()
{
    Fixture f;
    auto info = FakeEnginePort::makeInfo(1);
    f.port.open(info);
    f.follow.follow(f.id(1));
    f.port.open(2); // a reload whose old connection ends late
    QCOMPARE(f.follow.current(), f.id(1));
    f.port.close(info);
    QCOMPARE(f.follow.current(), f.id(2));
}

void FollowTest::following_a_closed_one_waits_for_the_page()
{
    Fixture f;
    auto info = FakeEnginePort::makeInfo(1);
    f.port.open(info);
    f.port.close(info);
    QVERIFY(f.follow.follow(f.id(1)));
    QVERIFY(!f.follow.follow(f.id(77)));
    QCOMPARE(f.follow.current(), f.id(1));
    f.port.open(2);
    QCOMPARE(f.follow.current(), f.id(2));
}

void FollowTest::stopping_forgets()
{
    Fixture f;
    auto info = FakeEnginePort::makeInfo(1);
    f.port.open(info);
    f.follow.follow(f.id(1));
    f.follow.stop();
    QVERIFY(!f.follow.isFollowing());
    f.port.close(info);
    f.port.open(2);
    QVERIFY(!f.follow.current());
}

void FollowTest::survives_that_the_closed_row_is_cleared()
{
    Fixture f;
    auto info = FakeEnginePort::makeInfo(1);
    f.port.open(info);
    f.follow.follow(f.id(1));
    f.port.close(info);
    f.store.clearClosed();
    f.port.open(2);
    QCOMPARE(f.follow.current(), f.id(2));
}

void FollowTest::the_composer_follows_the_page()
{
    Fixture f;
    auto info = FakeEnginePort::makeInfo(1);
    f.port.open(info);
    f.port.open(FakeEnginePort::makeInfo(8, "http://b.test"));
    f.target.setChoice(SendTarget::Choice::page);
    QVERIFY(!f.target.hasTarget());
    f.follow.follow(f.id(1));
    QCOMPARE(f.target.target(), Target::one(f.id(1)));
    f.port.close(info);
    QVERIFY(!f.target.hasTarget()); // not the other one
    f.port.open(2);
    QCOMPARE(f.target.target(), Target::one(f.id(2)));
}

QTEST_GUILESS_MAIN(FollowTest)
#include "follow_test.moc"
