#include "tests/support/fake_engine_port.h"
#include "ui/models/connection_model.h"
#include "ui/models/connection_store.h"
#include "ui/models/follow.h"
#include "ui/models/message_model.h"
#include "ui/models/message_store.h"

#include <QSignalSpy>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

struct Fixture {
    FakeEnginePort port;
    ConnectionStore store;
    Follow follow{store};
    MessageStore messages{store};
    ConnectionModel table{store, [this] { return port.clock; }};
    MessageModel shown{messages};

    Fixture()
    {
        QObject::connect(&port, &EnginePort::stateTaken, &store, &ConnectionStore::apply);
        QObject::connect(&port, &EnginePort::trafficTaken, &messages, &MessageStore::apply);
        QObject::connect(&follow, &Follow::cameBack, &messages,
            [this](ConnectionId, ConnectionId now, const QString& text, qint64 wallNs) {
                messages.addDivider(now, text, wallNs);
            });
    }
    /// The page loads anew: its connection closes, another opens and says something.
    void reload(std::uint64_t number)
    {
        if (number > 1)
            port.close(FakeEnginePort::makeInfo(number - 1));
        port.open(number);
        port.fromBrowser(FakeEnginePort::idOf(number), "hello " + std::to_string(number));
    }
};

} // namespace

/// A page that hot-reloads once a second for an hour.
class ChurnTest : public QObject {
    Q_OBJECT

    static constexpr std::uint64_t reloads = 3'600;

private Q_SLOTS:
    void the_table_stays_readable()
    {
        Fixture f;
        f.port.open(
            FakeEnginePort::makeInfo(reloads + 1, "http://localhost:9999", "/other")); // a quiet neighbour
        for (std::uint64_t number = 1; number <= reloads; ++number)
            f.reload(number);
        QCOMPARE(f.store.openCount(), std::size_t{2});
        QCOMPARE(f.store.closedCount(), ConnectionStore::maxClosed);
        QCOMPARE(f.store.forgottenClosed(), reloads - 1 - ConnectionStore::maxClosed);
        // The open ones stand first, then the last that closed.
        const auto number
            = [&](int row) { return f.table.index(row, 0).data(ConnectionModel::NumberRole).toULongLong(); };
        QCOMPARE(f.table.rowCount(), static_cast<int>(2 + ConnectionStore::maxClosed));
        QVERIFY(f.table.index(0, 0).data(ConnectionModel::IsOpenRole).toBool());
        QVERIFY(f.table.index(1, 0).data(ConnectionModel::IsOpenRole).toBool());
        QCOMPARE(number(2), qulonglong(reloads - 1));
        // It is the same page each time, never a second tab.
        QVERIFY(!f.store.name(FakeEnginePort::idOf(reloads)).endsWith(u')'));
        f.table.setShowClosed(false);
        QCOMPARE(f.table.rowCount(), 2);
    }

    void one_that_follows_the_page_is_always_with_it()
    {
        Fixture f;
        f.reload(1);
        QVERIFY(f.follow.follow(FakeEnginePort::idOf(1)));
        QSignalSpy back(&f.follow, &Follow::cameBack);
        for (std::uint64_t number = 2; number <= reloads; ++number) {
            f.reload(number);
            QCOMPARE(f.follow.current(), FakeEnginePort::idOf(number));
        }
        QCOMPARE(back.count(), static_cast<int>(reloads - 1));
        QCOMPARE(f.follow.connections().size(), std::size_t{reloads});
        QVERIFY(f.follow.candidates().empty());
    }

    void no_history_is_lost()
    {
        Fixture f;
        f.reload(1);
        f.follow.follow(FakeEnginePort::idOf(1));
        for (std::uint64_t number = 2; number <= reloads; ++number)
            f.reload(number);
        QCOMPARE(f.messages.messageCount(), reloads); // also of connections whose rows are long gone
        QCOMPARE(f.messages.evictedCount(), std::uint64_t{0});
        f.shown.setConnections(f.follow.connections());
        QTRY_VERIFY(!f.shown.isFiltering());
        QCOMPARE(
            f.shown.rowCount(), static_cast<int>(2 * reloads - 1)); // a divider before each but the first
        QVERIFY(f.shown.index(0, static_cast<int>(MessageColumn::Data))
                    .data()
                    .toString()
                    .contains(QStringLiteral("hello 1")));
    }

    void a_given_name_and_colour_come_back_with_the_page()
    {
        Fixture f;
        f.reload(1);
        f.store.setCustomName(FakeEnginePort::idOf(1), QStringLiteral("my page"));
        f.store.setColour(FakeEnginePort::idOf(1), PageColour::purple);
        for (std::uint64_t number = 2; number <= 50; ++number)
            f.reload(number);
        QCOMPARE(f.store.name(FakeEnginePort::idOf(50)), QStringLiteral("my page"));
        QCOMPARE(f.store.colour(*f.store.find(FakeEnginePort::idOf(50))), PageColour::purple);
    }
};

QTEST_GUILESS_MAIN(ChurnTest)
#include "churn_test.moc"
