#include "tests/ui/models/message_fixture.h"

#include <QSignalSpy>
#include <QTest>

#include <string>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

using Fixture = jackfield::test::MessageFixture;

constexpr std::size_t small = std::size_t{64} << 10U;

} // namespace

class MessageStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keeps_what_passed_with_its_connection();
    void owns_its_payloads();
    void shares_large_payloads();
    void stays_in_its_budget_and_counts_exactly_what_gave_way();
    void sequences_stay_what_they_are();
    void a_message_larger_than_the_store_is_kept_without_payload();
    void counts_what_the_lane_lost_and_says_where();
    void outlives_the_connections_row();
    void names_connections_that_become_known_later();
    void a_renamed_connection_is_renamed_here_too();
    void forgets_connections_without_messages();
    void clearing_goes_on_with_the_sequence();
    void dividers_belong_to_a_connection();
};

void MessageStoreTest::keeps_what_passed_with_its_connection()
{
    Fixture f;
    const auto id = f.port.open(7);
    QSignalSpy changed(&f.store, &MessageStore::changed);
    f.port.fromBrowser(id, "hello");
    f.port.toBrowser(id, "world", Maker::echo);
    QCOMPARE(changed.count(), 2);
    QCOMPARE(f.store.messageCount(), std::uint64_t{2});
    const auto first = f.store.find(1);
    QVERIFY(first);
    QCOMPARE(first->payload.text(), std::string_view("hello"));
    QCOMPARE(first->size, std::uint64_t{5});
    QCOMPARE(first->wire, std::uint64_t{11});
    QCOMPARE(first->connection->number, std::uint64_t{7});
    QVERIFY(first->connection->name.startsWith("Firefox"));
    QCOMPARE(f.store.find(2)->maker, Maker::echo);
    QVERIFY(!f.store.find(3));
    QVERIFY(!f.store.find(0));
}

void MessageStoreTest::owns_its_payloads()
{
    Fixture f;
    const auto id = f.port.open(1);
    std::string text = "before";
    f.port.fromBrowser(id, text);
    text.assign("behind");
    QCOMPARE(f.store.find(1)->payload.text(), std::string_view("before"));
}

void MessageStoreTest::shares_large_payloads()
{
    Fixture f;
    TrafficRecord record;
    record.connection = f.port.open(1);
    record.shared = SharedBytes(std::string(100'000, 'x'));
    record.payload = record.shared.view();
    record.size = record.payload.size();
    f.port.deliverTraffic({&record, 1});
    QCOMPARE(f.store.find(1)->payload.data(), record.shared.data());
}

void MessageStoreTest::stays_in_its_budget_and_counts_exactly_what_gave_way()
{
    Fixture f;
    f.store.setBudget(small);
    const auto id = f.port.open(1);
    const std::string text(500, 'x');
    constexpr std::uint64_t total = 10'000;
    for (std::uint64_t i = 0; i < total; ++i) {
        f.port.fromBrowser(id, text);
        QVERIFY(f.store.usedBytes() <= small);
    }
    QCOMPARE(f.store.evictedCount() + f.store.messageCount(), total);
    QCOMPARE(f.store.endSequence(), total + 1);
    QCOMPARE(f.store.firstSequence(), f.store.evictedCount() + 1);
    QVERIFY(f.store.messageCount() > 60);
    QCOMPARE(f.store.messagesOf(id), f.store.messageCount());
    const std::uint64_t evicted = f.store.evictedCount();
    f.store.setBudget(MessageStore::defaultBudget);
    f.port.fromBrowser(id, text);
    QCOMPARE(f.store.evictedCount(), evicted);
}

void MessageStoreTest::sequences_stay_what_they_are()
{
    Fixture f;
    f.store.setBudget(small);
    const auto id = f.port.open(1);
    for (int i = 1; i <= 2'000; ++i)
        f.port.fromBrowser(id, std::to_string(i));
    for (std::uint64_t s = f.store.firstSequence(); s < f.store.endSequence(); ++s) {
        QCOMPARE(f.store.find(s)->payload.text(), std::string_view(std::to_string(s)));
        QCOMPARE(f.store.find(s)->sequence, s);
    }
    QVERIFY(!f.store.find(f.store.firstSequence() - 1));
}

void MessageStoreTest::a_message_larger_than_the_store_is_kept_without_payload()
{
    Fixture f;
    f.store.setBudget(small);
    const auto id = f.port.open(1);
    f.port.fromBrowser(id, "small");
    f.port.fromBrowser(id, std::string(small + 1, 'x'));
    QCOMPARE(f.store.messageCount(), std::uint64_t{2});
    QVERIFY(!f.store.find(2)->payloadKept);
    QCOMPARE(f.store.find(2)->size, std::uint64_t{small + 1});
    QVERIFY(f.store.find(2)->payload.empty());
    QVERIFY(f.store.usedBytes() <= small);
}

void MessageStoreTest::counts_what_the_lane_lost_and_says_where()
{
    Fixture f;
    const auto id = f.port.open(1);
    f.port.fromBrowser(id, "a");
    TrafficRecord record;
    record.connection = id;
    f.port.deliverTraffic({&record, 1}, 1'234);
    f.port.deliverTraffic({}, 6);
    QCOMPARE(f.store.lostCount(), std::uint64_t{1'240});
    QCOMPARE(f.store.messageCount(), std::uint64_t{2});
    QVERIFY(f.store.find(2)->isDivider());
    QVERIFY(f.store.find(2)->payload.text().find("1,234") != std::string_view::npos
        || f.store.find(2)->payload.text().find("1234") != std::string_view::npos);
    QVERIFY(f.store.find(4)->isDivider());
}

void MessageStoreTest::outlives_the_connections_row()
{
    Fixture f;
    const auto id = f.port.open(3);
    f.port.fromBrowser(id, "still here");
    f.port.close(FakeEnginePort::makeInfo(3));
    f.connections.clearClosed();
    QVERIFY(!f.connections.find(id));
    QCOMPARE(f.store.find(1)->connection->number, std::uint64_t{3});
    QCOMPARE(*f.store.find(1)->connection->info->target, std::string("/chat"));
}

void MessageStoreTest::names_connections_that_become_known_later()
{
    Fixture f;
    QSignalSpy named(&f.store, &MessageStore::connectionsNamed);
    const auto id = FakeEnginePort::idOf(5); // the traffic lane is ahead of the state lane
    f.port.fromBrowser(id, "early");
    QCOMPARE(f.store.find(1)->connection->number, std::uint64_t{0});
    f.port.open(4);
    QCOMPARE(named.count(), 0);
    f.port.open(5);
    QCOMPARE(named.count(), 1);
    QCOMPARE(f.store.find(1)->connection->number, std::uint64_t{5});
    f.port.open(6);
    QCOMPARE(named.count(), 1);
}

void MessageStoreTest::a_renamed_connection_is_renamed_here_too()
{
    Fixture f;
    const auto id = f.port.open(5);
    const auto other = f.port.open(FakeEnginePort::makeInfo(6, "http://b.test"));
    f.port.fromBrowser(id, "early");
    f.port.fromBrowser(other, "of another page");
    const QString before = f.store.find(2)->connection->name;
    QSignalSpy named(&f.store, &MessageStore::connectionsNamed);
    QSignalSpy renamed(&f.store, &MessageStore::connectionsRenamed);
    f.connections.setCustomName(id, QStringLiteral("Alice"));
    QCOMPARE(renamed.count(), 1);
    QCOMPARE(named.count(), 0); // nothing that a filter asks for
    QCOMPARE(f.store.find(1)->connection->name, QStringLiteral("Alice"));
    QCOMPARE(f.store.find(2)->connection->name, before);
    f.port.fromBrowser(id, "later");
    QCOMPARE(f.store.find(3)->connection->name, QStringLiteral("Alice"));
    QCOMPARE(f.store.snapshot().find(1)->connection->name, std::string("Alice")); // what is exported
    f.connections.setColour(id, PageColour::red);
    QCOMPARE(renamed.count(), 1);
    f.port.close(FakeEnginePort::makeInfo(5), 4001, "bye");
    f.connections.setCustomName(id, QString());
    QCOMPARE(renamed.count(), 2);
    QVERIFY(f.store.find(3)->connection->name.startsWith(QStringLiteral("Firefox")));
    const auto snapshot = f.store.snapshot();
    QCOMPARE(snapshot.find(1)->connection->close->code, std::uint16_t{4001});
}

void MessageStoreTest::forgets_connections_without_messages()
{
    Fixture f;
    f.store.setBudget(small);
    const auto first = f.port.open(1);
    const auto second = f.port.open(2);
    f.port.fromBrowser(first, "a");
    QCOMPARE(f.store.messagesOf(first), std::uint64_t{1});
    for (int i = 0; i < 2'000; ++i)
        f.port.fromBrowser(second, "b");
    QCOMPARE(f.store.messagesOf(first), std::uint64_t{0});
    f.port.fromBrowser(first, "again");
    QCOMPARE(f.store.find(f.store.endSequence() - 1)->connection->number, std::uint64_t{1});
}

void MessageStoreTest::clearing_goes_on_with_the_sequence()
{
    Fixture f;
    const auto id = f.port.open(1);
    f.port.fromBrowser(id, "a");
    f.store.clear();
    QVERIFY(f.store.isEmpty());
    QCOMPARE(f.store.usedBytes(), std::size_t{0});
    QCOMPARE(f.store.evictedCount(), std::uint64_t{0}); // it did not give way
    f.port.fromBrowser(id, "b");
    QCOMPARE(f.store.firstSequence(), std::uint64_t{2});
    QCOMPARE(f.store.find(2)->payload.text(), std::string_view("b"));
    QVERIFY(!f.store.find(1));
}

void MessageStoreTest::dividers_belong_to_a_connection()
{
    Fixture f;
    const auto id = f.port.open(12);
    f.store.addDivider(id, QStringLiteral("came back as #12 after 1.2 s"), f.port.wallNs);
    QVERIFY(f.store.find(1)->isDivider());
    QCOMPARE(f.store.find(1)->connection->id, id);
    QCOMPARE(f.store.messageCount(), std::uint64_t{0});
}

QTEST_GUILESS_MAIN(MessageStoreTest)
#include "message_store_test.moc"
