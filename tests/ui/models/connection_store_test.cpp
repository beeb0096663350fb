#include "tests/support/fake_engine_port.h"
#include "ui/models/connection_store.h"

#include <QTest>

#include <algorithm>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

struct Fixture {
    Fixture() { QObject::connect(&port, &EnginePort::stateTaken, &store, &ConnectionStore::apply); }
    FakeEnginePort port;
    ConnectionStore store;
};

ClosedConnection closedOf(std::shared_ptr<const ConnectionInfo> info)
{
    ClosedConnection closed;
    closed.counters.id = info->id;
    closed.info = std::move(info);
    return closed;
}

} // namespace

class ConnectionStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void names_connections_as_developers_know_them_data();
    void names_connections_as_developers_know_them();
    void numbers_further_tabs_of_the_same_page();
    void a_page_that_returns_gets_its_name_back();
    void a_given_name_is_inherited_by_the_page();
    void what_was_given_is_remembered_and_taken_over();
    void the_oldest_names_give_way();
    void neutralises_names();
    void keeps_the_last_thousand_closed();
    void what_came_and_went_within_a_batch_is_only_closed();
    void more_closed_ones_than_it_keeps_in_one_batch();
    void a_snapshot_forgets_what_is_not_in_it();
    void what_a_snapshot_holds_again_stays_what_it_is();
    void clearing_forgets_closed_ones_only();
    void what_was_cleared_comes_back();
    void ignores_what_it_does_not_know();
    void no_slot_is_in_two_lists();
    void finds_the_live_connections_of_a_page();
};

void ConnectionStoreTest::names_connections_as_developers_know_them_data()
{
    QTest::addColumn<QString>("origin");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("agent");
    QTest::addColumn<QString>("name");
    const QString firefox = QString::fromUtf8(FakeEnginePort::firefox.data(), FakeEnginePort::firefox.size());
    QTest::newRow("all") << "http://localhost:5173"
                         << "/chat" << firefox << QString::fromUtf8("Firefox · localhost:5173 → /chat");
    QTest::newRow("query") << "http://localhost:5173"
                           << "/chat?t=1" << firefox << QString::fromUtf8("Firefox · localhost:5173 → /chat");
    QTest::newRow("custom scheme") << "tauri://localhost"
                                   << "/"
                                   << "" << QString::fromUtf8("tauri://localhost → /");
    QTest::newRow("program") << ""
                             << "/api"
                             << "curl/8.5" << QString::fromUtf8("curl → /api");
    QTest::newRow("neither") << ""
                             << "/chat"
                             << "" << QString::fromUtf8("127.0.0.1:40001 → /chat");
}

void ConnectionStoreTest::names_connections_as_developers_know_them()
{
    QFETCH(QString, origin);
    QFETCH(QString, target);
    QFETCH(QString, agent);
    QFETCH(QString, name);
    Fixture f;
    const auto id = f.port.open(
        FakeEnginePort::makeInfo(1, origin.toStdString(), target.toStdString(), agent.toStdString()));
    QCOMPARE(f.store.name(id), name);
    QCOMPARE(f.store.label(id), "#1 " + name);
}

void ConnectionStoreTest::numbers_further_tabs_of_the_same_page()
{
    Fixture f;
    const auto first = f.port.open(1);
    const auto second = f.port.open(2);
    const auto third = f.port.open(FakeEnginePort::makeInfo(3, "http://localhost:5173", "/prices"));
    QVERIFY(f.store.name(first).endsWith("/chat"));
    QVERIFY(f.store.name(second).endsWith("/chat (2)"));
    QVERIFY(f.store.name(third).endsWith("/prices"));
    f.port.open(FakeEnginePort::makeInfo(6, "http://localhost:5173", "/%2F%1x"));
    const auto percent = f.port.open(FakeEnginePort::makeInfo(7, "http://localhost:5173", "/%2F%1x"));
    QVERIFY2(f.store.name(percent).endsWith("/%2F%1x (2)"), qPrintable(f.store.name(percent)));
    f.port.close(FakeEnginePort::makeInfo(1));
    QVERIFY(f.store.name(second).endsWith("(2)")); // a name does not change while its tab lives
    const auto fourth = f.port.open(4);
    QVERIFY(f.store.name(fourth).endsWith("/chat"));
    const auto fifth = f.port.open(5);
    QVERIFY(f.store.name(fifth).endsWith("(3)"));
}

void ConnectionStoreTest::a_page_that_returns_gets_its_name_back()
{
    Fixture f;
    for (std::uint64_t n = 1; n < 50; ++n) {
        const auto id = f.port.open(n);
        QVERIFY(f.store.name(id).endsWith("/chat"));
        f.port.close(FakeEnginePort::makeInfo(n));
        QVERIFY(f.store.name(id).endsWith("/chat"));
    }
}

void ConnectionStoreTest::a_given_name_is_inherited_by_the_page()
{
    Fixture f;
    const auto first = f.port.open(1);
    int restated = 0;
    connect(&f.store, &ConnectionStore::changed, this,
        [&](const ConnectionChanges& changes) { restated += static_cast<int>(changes.restated.size()); });
    f.store.setCustomName(first, "my <b>tab</b>\n");
    QCOMPARE(restated, 1);
    QCOMPARE(f.store.name(first), QStringLiteral("my <b>tab</b>⟨LF⟩"));
    f.port.close(FakeEnginePort::makeInfo(1));
    f.store.clearClosed();
    const auto second = f.port.open(2);
    QCOMPARE(f.store.name(second), QStringLiteral("my <b>tab</b>⟨LF⟩"));
    f.store.setCustomName(second, {});
    QVERIFY(f.store.name(second).endsWith("/chat"));
}

void ConnectionStoreTest::what_was_given_is_remembered_and_taken_over()
{
    std::vector<RememberedPage> kept;
    {
        Fixture f;
        int told = 0;
        connect(&f.store, &ConnectionStore::rememberedPagesChanged, this, [&told] { ++told; });
        const auto named = f.port.open(FakeEnginePort::makeInfo(1, "http://a", "/x?t=1", "Firefox/1"));
        const auto coloured = f.port.open(FakeEnginePort::makeInfo(2, "http://b", "/", ""));
        f.store.setCustomName(named, QStringLiteral("Shop"));
        f.store.setColour(coloured, PageColour::teal);
        f.store.setColour(named, PageColour::red);
        QCOMPARE(told, 3);
        kept = f.store.rememberedPages();
        QCOMPARE(kept.size(), std::size_t{2});
        QCOMPARE(kept[0].page.path, std::string("/x"));
        QVERIFY(kept[0].colour == PageColour::red);
        QVERIFY(kept[1].name.isEmpty());
    }
    Fixture f;
    const auto before = f.port.open(FakeEnginePort::makeInfo(1, "http://a", "/x", "Firefox/1"));
    kept.push_back({{std::string("a\0b", 3), "/", ""}, QStringLiteral("no page"), PageColour::none});
    kept.push_back({{std::string(9'000, 'x'), "/", ""}, QStringLiteral("too long"), PageColour::none});
    kept.push_back({{"c", "/", ""}, {}, PageColour::none});
    f.store.setRememberedPages(kept);
    kept.resize(2);
    QVERIFY(f.store.rememberedPages() == kept);
    QCOMPARE(f.store.name(before), QStringLiteral("Shop"));
    const auto after = f.port.open(FakeEnginePort::makeInfo(2, "http://b", "/", ""));
    QVERIFY(f.store.colour(*f.store.find(after)) == PageColour::teal);
    QVERIFY(f.store.colour(*f.store.find(before)) == PageColour::red);
    f.store.forgetPages();
    QVERIFY(!f.store.hasRememberedPages());
    QVERIFY(f.store.name(before) != QStringLiteral("Shop"));
    QVERIFY(f.store.colour(*f.store.find(after)) == PageColour::none);
}

void ConnectionStoreTest::the_oldest_names_give_way()
{
    Fixture f;
    for (std::uint64_t i = 1; i <= 1'003; ++i) {
        const auto id = f.port.open(FakeEnginePort::makeInfo(i, "http://a", "/" + std::to_string(i), ""));
        f.store.setColour(id, PageColour::blue);
    }
    const auto kept = f.store.rememberedPages();
    QCOMPARE(kept.size(), ConnectionStore::maxRemembered);
    QCOMPARE(kept.front().page.path, std::string("/4"));
    QCOMPARE(kept.back().page.path, std::string("/1003"));
}

void ConnectionStoreTest::neutralises_names()
{
    Fixture f;
    const auto id = f.port.open(FakeEnginePort::makeInfo(
        1, "http://a\xe2\x80\xae", std::string("/\x1b\n") + std::string(9'999, 'x'), "E\x07il/1"));
    const QString name = f.store.name(id);
    QVERIFY(name.size() <= 256);
    QVERIFY(name.startsWith(QString::fromUtf8("E⟨BEL⟩il · a⟨U+202E⟩ → /⟨ESC⟩⟨LF⟩x")));
}

void ConnectionStoreTest::keeps_the_last_thousand_closed()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 1'500; ++n) {
        f.port.open(n);
        f.port.close(FakeEnginePort::makeInfo(n));
    }
    QCOMPARE(f.store.closedCount(), std::size_t{1'000});
    QCOMPARE(f.store.openCount(), std::size_t{0});
    QCOMPARE(f.store.forgottenClosed(), std::uint64_t{500});
    QVERIFY(!f.store.find(FakeEnginePort::idOf(500)));
    QVERIFY(f.store.find(FakeEnginePort::idOf(501)));
    QVERIFY(f.store.slotBound() < 1'010); // slots are used again
}

void ConnectionStoreTest::what_came_and_went_within_a_batch_is_only_closed()
{
    Fixture f;
    std::size_t opened = 0;
    std::size_t closed = 0;
    connect(&f.store, &ConnectionStore::changed, this, [&](const ConnectionChanges& changes) {
        opened += changes.opened.size();
        closed += changes.closed.size();
    });
    StateBatch batch;
    batch.closed.push_back(closedOf(FakeEnginePort::makeInfo(1)));
    batch.opened.push_back(FakeEnginePort::makeInfo(2));
    batch.closed.push_back(closedOf(FakeEnginePort::makeInfo(2)));
    f.port.deliverState(std::move(batch));
    QCOMPARE(opened, std::size_t{2});
    QCOMPARE(closed, std::size_t{0});
    QCOMPARE(f.store.closedCount(), std::size_t{2});
    QVERIFY(!f.store.record(FakeEnginePort::idOf(1))->isOpen());
}

void ConnectionStoreTest::more_closed_ones_than_it_keeps_in_one_batch()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 5; ++n)
        f.port.open(n);
    std::vector<ConnectionSlot> removed;
    std::size_t opened = 0;
    connect(&f.store, &ConnectionStore::changed, this, [&](const ConnectionChanges& changes) {
        removed = changes.removed;
        opened = changes.opened.size();
        for (const ConnectionSlot slot : changes.removed)
            QVERIFY(f.store.at(slot).info); // still readable
    });
    StateBatch batch;
    for (std::uint64_t n = 1; n <= 3'000; ++n)
        batch.closed.push_back(closedOf(FakeEnginePort::makeInfo(n)));
    batch.closed_left_out = 7;
    f.port.deliverState(std::move(batch));
    QCOMPARE(removed.size(), std::size_t{5}); // only those that somebody has seen
    QCOMPARE(opened, std::size_t{1'000});
    QCOMPARE(f.store.closedCount(), std::size_t{1'000});
    QCOMPARE(f.store.forgottenClosed(), std::uint64_t{2'007});
    QVERIFY(f.store.find(FakeEnginePort::idOf(2'001)));
    QVERIFY(!f.store.find(FakeEnginePort::idOf(2'000)));
}

void ConnectionStoreTest::a_snapshot_forgets_what_is_not_in_it()
{
    Fixture f;
    f.port.open(1);
    f.port.open(2);
    f.port.close(FakeEnginePort::makeInfo(1));
    bool reset = false;
    connect(&f.store, &ConnectionStore::changed, this, [&](const ConnectionChanges& changes) {
        reset = changes.reset;
        QCOMPARE(changes.opened.size(), std::size_t{1});
        QCOMPARE(changes.removed.size(), std::size_t{1});
        QCOMPARE(f.store.at(changes.removed.front()).info->number, std::uint64_t{2});
        QCOMPARE(f.store.openCount(), std::size_t{1}); // nobody takes the other one for open any more
        QVERIFY(!f.store.record(FakeEnginePort::idOf(2))->isOpen());
    });
    StateBatch batch;
    batch.snapshot = true;
    batch.opened.push_back(FakeEnginePort::makeInfo(3));
    f.port.deliverState(std::move(batch));
    QVERIFY(reset);
    QCOMPARE(f.store.openIds(), (std::vector<ConnectionId>{FakeEnginePort::idOf(3)}));
    QVERIFY(!f.store.find(FakeEnginePort::idOf(2)));
    QVERIFY(f.store.find(FakeEnginePort::idOf(1))); // closed ones stay
}

void ConnectionStoreTest::what_a_snapshot_holds_again_stays_what_it_is()
{
    Fixture f;
    f.port.open(1);
    const auto second = f.port.open(2);
    const auto slot = f.store.find(second);
    const QString name = f.store.name(second);
    QVERIFY2(name.endsWith("(2)"), qPrintable(name));
    std::vector<ConnectionSlot> touched;
    connect(&f.store, &ConnectionStore::changed, this, [&](const ConnectionChanges& changes) {
        for (const auto* list : {&changes.opened, &changes.closed, &changes.removed})
            touched.insert(touched.end(), list->begin(), list->end());
    });
    StateBatch batch;
    batch.snapshot = true;
    batch.opened = {FakeEnginePort::makeInfo(2), FakeEnginePort::makeInfo(1)};
    ConnectionCounters counters;
    counters.id = second;
    counters.messages_in = 7;
    batch.changed.push_back(counters);
    f.port.deliverState(std::move(batch));
    QVERIFY(touched.empty());
    QCOMPARE(f.store.find(second), slot);
    QCOMPARE(f.store.name(second), name);
    QCOMPARE(f.store.record(second)->counters.messages_in, std::uint64_t{7});
    QCOMPARE(f.store.openCount(), std::size_t{2});
}

void ConnectionStoreTest::clearing_forgets_closed_ones_only()
{
    Fixture f;
    f.port.open(1);
    f.port.open(2);
    f.port.close(FakeEnginePort::makeInfo(1));
    f.store.clearClosed();
    QCOMPARE(f.store.closedCount(), std::size_t{0});
    QCOMPARE(f.store.openCount(), std::size_t{1});
    QCOMPARE(f.store.label(FakeEnginePort::idOf(1)), QStringLiteral("a closed connection"));
    f.store.clearClosed();
}

void ConnectionStoreTest::what_was_cleared_comes_back()
{
    Fixture f;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        f.port.open(i);
        f.port.close(FakeEnginePort::makeInfo(i), static_cast<std::uint16_t>(4'000 + i));
    }
    const QString name = f.store.name(FakeEnginePort::idOf(2));
    f.store.clearClosed();
    f.port.open(4);
    f.port.close(FakeEnginePort::makeInfo(4));
    f.store.undoClearClosed();
    QCOMPARE(f.store.closedCount(), std::size_t{4});
    QCOMPARE(f.store.openCount(), std::size_t{0});
    QCOMPARE(f.store.forgottenClosed(), std::uint64_t{0});
    const ConnectionRecord* second = f.store.record(FakeEnginePort::idOf(2));
    QVERIFY(second != nullptr && !second->isOpen());
    QCOMPARE(second->close->code, std::uint16_t{4'002});
    QVERIFY(second->closeOrder < f.store.record(FakeEnginePort::idOf(3))->closeOrder);
    QCOMPARE(f.store.name(FakeEnginePort::idOf(2)), name);
    f.store.undoClearClosed(); // once
    QCOMPARE(f.store.closedCount(), std::size_t{4});
    // Those that came since go first to the room there is.
    f.store.clearClosed();
    for (std::uint64_t i = 10; i < 1'008; ++i) {
        f.port.open(i);
        f.port.close(FakeEnginePort::makeInfo(i));
    }
    f.store.undoClearClosed();
    QCOMPARE(f.store.closedCount(), ConnectionStore::maxClosed);
    QVERIFY(f.store.record(FakeEnginePort::idOf(4)) != nullptr);
    QVERIFY(f.store.record(FakeEnginePort::idOf(3)) != nullptr);
    QVERIFY(f.store.record(FakeEnginePort::idOf(2)) == nullptr);
}

void ConnectionStoreTest::ignores_what_it_does_not_know()
{
    Fixture f;
    f.port.open(1);
    StateBatch batch;
    ConnectionCounters counters;
    counters.id = FakeEnginePort::idOf(99);
    batch.changed.push_back(counters);
    batch.opened.push_back(FakeEnginePort::makeInfo(1)); // told twice
    batch.opened.push_back(nullptr);
    f.port.deliverState(std::move(batch));
    QCOMPARE(f.store.openCount(), std::size_t{1});
    f.port.close(FakeEnginePort::makeInfo(1));
    f.port.close(FakeEnginePort::makeInfo(1));
    QCOMPARE(f.store.closedCount(), std::size_t{1});
}

void ConnectionStoreTest::no_slot_is_in_two_lists()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 3; ++n)
        f.port.open(n);
    bool checked = false;
    connect(&f.store, &ConnectionStore::changed, this, [&](const ConnectionChanges& changes) {
        std::vector<ConnectionSlot> all;
        for (const auto* list : {&changes.opened, &changes.changed, &changes.closed, &changes.removed})
            all.insert(all.end(), list->begin(), list->end());
        std::sort(all.begin(), all.end());
        QVERIFY(std::adjacent_find(all.begin(), all.end()) == all.end());
        checked = all.size() == 4;
    });
    StateBatch batch;
    batch.opened.push_back(FakeEnginePort::makeInfo(4));
    for (std::uint64_t n = 1; n <= 4; ++n) {
        ConnectionCounters counters;
        counters.id = FakeEnginePort::idOf(n);
        counters.messages_in = 5;
        batch.changed.push_back(counters);
    }
    batch.closed.push_back(closedOf(FakeEnginePort::makeInfo(2)));
    f.port.deliverState(std::move(batch));
    QVERIFY(checked);
    QCOMPARE(f.store.record(FakeEnginePort::idOf(4))->counters.messages_in, std::uint64_t{5});
}

void ConnectionStoreTest::finds_the_live_connections_of_a_page()
{
    Fixture f;
    f.port.open(2);
    f.port.open(FakeEnginePort::makeInfo(3, "http://localhost:5173", "/chat?x=1"));
    f.port.open(FakeEnginePort::makeInfo(4, "http://localhost:5173", "/other"));
    f.port.open(FakeEnginePort::makeInfo(5, "http://localhost:5173", "/chat", FakeEnginePort::chrome));
    const auto page = PageIdentity::of(*FakeEnginePort::makeInfo(1));
    QCOMPARE(f.store.openOfPage(page),
        (std::vector<ConnectionId>{FakeEnginePort::idOf(2), FakeEnginePort::idOf(3)}));
    f.port.close(FakeEnginePort::makeInfo(2));
    QCOMPARE(f.store.openOfPage(page), (std::vector<ConnectionId>{FakeEnginePort::idOf(3)}));
    QCOMPARE(f.store.findNumber(4), std::optional(FakeEnginePort::idOf(4)));
    QCOMPARE(f.store.findNumber(44), std::nullopt);
}

QTEST_GUILESS_MAIN(ConnectionStoreTest)
#include "connection_store_test.moc"
