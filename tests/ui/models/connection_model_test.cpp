#include "tests/support/fake_engine_port.h"
#include "ui/models/connection_model.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

struct Fixture {
    Fixture()
    {
        QObject::connect(&port, &EnginePort::stateTaken, &store, &ConnectionStore::apply);
        model.setSortInterval(std::chrono::milliseconds(0));
    }
    FakeEnginePort port;
    ConnectionStore store;
    ConnectionModel model{store, [this] { return port.clockNow(); }};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    std::vector<std::uint64_t> numbers() const
    {
        std::vector<std::uint64_t> numbers;
        for (const ConnectionId id : model.ids())
            numbers.push_back(store.record(id)->info->number);
        return numbers;
    }
    QString text(std::uint64_t number, ConnectionColumn column) const
    {
        return model.indexOf(FakeEnginePort::idOf(number), column).data().toString();
    }
    void count(std::uint64_t number, std::uint64_t messagesIn)
    {
        StateBatch batch;
        ConnectionCounters counters;
        counters.id = FakeEnginePort::idOf(number);
        counters.messages_in = messagesIn;
        batch.changed.push_back(counters);
        port.deliverState(std::move(batch));
    }
};

Filter filterOf(const char* text)
{
    return parse_filter(text, FilterSubject::connections).value();
}

ClosedConnection closedConnection(std::shared_ptr<const ConnectionInfo> info)
{
    ClosedConnection closed;
    closed.counters.id = info->id;
    closed.info = std::move(info);
    return closed;
}

/// The same connection over TLS.
std::shared_ptr<const ConnectionInfo> encrypted(const std::shared_ptr<ConnectionInfo>& info, TlsFacts facts)
{
    info->transport = Transport::wss;
    info->tls = std::make_shared<const TlsFacts>(std::move(facts));
    return info;
}

using Numbers = std::vector<std::uint64_t>;

} // namespace

class ConnectionModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shows_what_the_sketch_shows();
    void what_tls_agreed_upon_has_its_columns();
    void filters_by_what_tls_agreed_upon_data();
    void filters_by_what_tls_agreed_upon();
    void newest_open_first_then_closed_newest_first();
    void closed_rows_tell_how_they_ended();
    void sorts_by_every_column_data();
    void sorts_by_every_column();
    void sorts_again_when_figures_move();
    void counters_of_any_size_sort_and_show(); // SK-04
    void a_change_off_the_sort_column_is_one_span();
    void nothing_moves_while_the_order_is_held();
    void persistent_indexes_follow_their_connection();
    void filters_and_counts_what_is_hidden();
    void a_filter_on_the_state_follows_it();
    void hides_and_clears_closed_ones();
    void closed_ones_that_come_back_stand_where_they_closed_data();
    void closed_ones_that_come_back_stand_where_they_closed();
    void a_closed_one_that_is_named_to_pass_the_filter_stands_where_it_closed();
    void one_that_passes_the_filter_once_closed_stands_where_it_closed_data();
    void one_that_passes_the_filter_once_closed_stands_where_it_closed();
    void a_view_may_rearrange_in_the_middle_of_a_removal();
    void badges_the_followed_page();
    void a_page_keeps_its_colour();
    void badges_what_a_person_did_and_what_a_page_lacks();
    void peer_text_is_neutral_in_every_cell();
    void random_operations_keep_rows_and_store_in_step_data();
    void random_operations_keep_rows_and_store_in_step();
};

void ConnectionModelTest::what_tls_agreed_upon_has_its_columns()
{
    Fixture f;
    f.port.open(1);
    f.port.open(encrypted(FakeEnginePort::makeInfo(2),
        {"TLS 1.3", "TLS_AES_128_GCM_SHA256", "http/1.1", "localhost", true}));
    f.port.open(encrypted(FakeEnginePort::makeInfo(3), {"TLS 1.2", "TLS_RSA", "", "", false}));
    for (int column = static_cast<int>(ConnectionColumn::TlsVersion);
         column <= static_cast<int>(ConnectionColumn::Resumed); ++column) {
        QVERIFY(!isShownByDefault(static_cast<ConnectionColumn>(column)));
        QCOMPARE(f.text(1, static_cast<ConnectionColumn>(column)), QString());
    }
    QCOMPARE(f.text(1, ConnectionColumn::Transport), QStringLiteral("ws"));
    QCOMPARE(f.text(2, ConnectionColumn::Transport), QStringLiteral("wss"));
    auto session = FakeEnginePort::makeInfo(4);
    session->transport = Transport::xhr_streaming;
    session->tried = std::make_shared<const std::string>("websocket: switched off here");
    const ConnectionId id = f.port.open(session);
    QCOMPARE(f.text(4, ConnectionColumn::Transport), QStringLiteral("xhr-streaming"));
    StateBatch fellBack;
    ConnectionCounters counters;
    counters.id = id;
    counters.transport = Transport::xhr_polling;
    fellBack.changed.push_back(counters);
    f.port.deliverState(std::move(fellBack));
    QCOMPARE(f.text(4, ConnectionColumn::Transport), QStringLiteral("xhr-polling"));
    QCOMPARE(f.text(2, ConnectionColumn::TlsVersion), QStringLiteral("TLS 1.3"));
    QCOMPARE(f.text(2, ConnectionColumn::Cipher), QStringLiteral("TLS_AES_128_GCM_SHA256"));
    QCOMPARE(f.text(2, ConnectionColumn::Alpn), QStringLiteral("http/1.1"));
    QCOMPARE(f.text(2, ConnectionColumn::ServerName), QStringLiteral("localhost"));
    QCOMPARE(f.text(2, ConnectionColumn::Resumed), QStringLiteral("resumed"));
    QCOMPARE(f.text(3, ConnectionColumn::Resumed), QStringLiteral("new"));
    QCOMPARE(f.text(3, ConnectionColumn::Alpn), QString());
    const QString tip = f.model.indexOf(FakeEnginePort::idOf(2)).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(QStringLiteral("TLS 1.3, TLS_AES_128_GCM_SHA256")), qPrintable(tip));
    QVERIFY2(tip.contains(QStringLiteral("localhost")), qPrintable(tip));
}

void ConnectionModelTest::filters_by_what_tls_agreed_upon_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QVector<int>>("found");
    const auto row = [](const char* filter, QVector<int> found) {
        QTest::newRow(filter) << QString::fromLatin1(filter) << found;
    };
    row("transport:wss", {3, 2});
    row("transport:ws", {1});
    row("tls:1.3", {2});
    row("tls:resumed", {2});
    row("tls:tls -tls:resumed", {3});
    row("cipher:gcm", {2});
    row("alpn:http", {2});
    row("sni:dev.localhost", {2});
    row("dev.localhost", {2}); // plain words look there too
    row("-sni:localhost", {3, 1});
}

void ConnectionModelTest::filters_by_what_tls_agreed_upon()
{
    QFETCH(QString, filter);
    QFETCH(QVector<int>, found);
    Fixture f;
    f.port.open(1);
    f.port.open(encrypted(FakeEnginePort::makeInfo(2),
        {"TLS 1.3", "TLS_AES_128_GCM_SHA256", "http/1.1", "dev.localhost", true}));
    f.port.open(encrypted(FakeEnginePort::makeInfo(3), {"TLS 1.2", "TLS_RSA", "", "", false}));
    const auto parsed = parse_filter(filter.toStdString(), FilterSubject::connections);
    QVERIFY(parsed.has_value());
    f.model.setFilter(*parsed);
    QCOMPARE(f.numbers(), Numbers(found.begin(), found.end()));
}

void ConnectionModelTest::shows_what_the_sketch_shows()
{
    Fixture f;
    f.port.open(12);
    StateBatch batch;
    ConnectionCounters counters;
    counters.id = FakeEnginePort::idOf(12);
    counters.messages_in = 1'204;
    counters.messages_out = 48'112;
    counters.last_message_ns = 1'000'000'000;
    counters.travelled_in = 67;
    counters.travelled_out = 5;
    batch.changed.push_back(counters);
    f.port.deliverState(std::move(batch));
    f.port.clock = 1'200'000'000;
    QCOMPARE(f.text(12, ConnectionColumn::State), QStringLiteral("OPEN"));
    QCOMPARE(f.text(12, ConnectionColumn::Number), QStringLiteral("12"));
    QCOMPARE(f.text(12, ConnectionColumn::Name), QString::fromUtf8("Firefox · localhost:5173 → /chat"));
    QCOMPARE(f.text(12, ConnectionColumn::FromBrowser), QStringLiteral("1,204"));
    QCOMPARE(f.text(12, ConnectionColumn::ToBrowser), QStringLiteral("48,112"));
    QCOMPARE(f.text(12, ConnectionColumn::LastMessage), QStringLiteral("0.2 s"));
    QCOMPARE(f.text(12, ConnectionColumn::Peer), QStringLiteral("127.0.0.1:40012"));
    QCOMPARE(f.text(12, ConnectionColumn::Origin), QStringLiteral("http://localhost:5173"));
    QCOMPARE(f.text(12, ConnectionColumn::CompressionFrom), QStringLiteral("34 %")); // 33.5
    QCOMPARE(f.text(12, ConnectionColumn::CompressionTo), QStringLiteral("2.5 %"));
    const QModelIndex name = f.model.indexOf(FakeEnginePort::idOf(12));
    QCOMPARE(name.data(ConnectionModel::ConnectionIdRole).toULongLong(), FakeEnginePort::idOf(12).value());
    QCOMPARE(name.data(ConnectionModel::IsOpenRole).toBool(), true);
    for (int column = 0; column < connectionColumnCount; ++column) {
        QVERIFY(!f.model.headerData(column, Qt::Horizontal).toString().isEmpty());
        QVERIFY(!keyOf(static_cast<ConnectionColumn>(column)).isEmpty());
        QVERIFY(!f.model.index(0, column).data(Qt::AccessibleTextRole).toString().isEmpty());
        QVERIFY(!f.model.index(0, column).data(Qt::AccessibleDescriptionRole).toString().isEmpty());
    }
}

void ConnectionModelTest::newest_open_first_then_closed_newest_first()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 5; ++n)
        f.port.open(n);
    QCOMPARE(f.numbers(), (Numbers{5, 4, 3, 2, 1}));
    f.port.close(FakeEnginePort::makeInfo(4));
    f.port.close(FakeEnginePort::makeInfo(2));
    f.port.open(6);
    QCOMPARE(f.numbers(), (Numbers{6, 5, 3, 1, 2, 4}));
    f.model.sort(static_cast<int>(ConnectionColumn::Number), Qt::AscendingOrder);
    QCOMPARE(f.numbers(), (Numbers{1, 3, 5, 6, 2, 4})); // closed ones stay newest first
}

void ConnectionModelTest::closed_rows_tell_how_they_ended()
{
    Fixture f;
    f.port.open(1);
    f.port.close(FakeEnginePort::makeInfo(1), 4001, "be gone\n");
    const QString name = f.text(1, ConnectionColumn::Name);
    QVERIFY2(name.contains("4001"), qPrintable(name));
    QVERIFY2(name.contains(QString::fromUtf8("“be gone⟨LF⟩”")), qPrintable(name));
    QVERIFY2(name.contains("the page"), qPrintable(name));
    QVERIFY2(name.contains("1 min 39 s"), qPrintable(name));
    QCOMPARE(f.text(1, ConnectionColumn::State), QStringLiteral("CLOSED"));
    QCOMPARE(f.text(1, ConnectionColumn::LastMessage), QString());
    QVERIFY(f.text(1, ConnectionColumn::CloseCode).startsWith("4001"));
    QCOMPARE(f.text(1, ConnectionColumn::WhoClosed), QStringLiteral("the page"));

    StateBatch silent;
    silent.closed.emplace_back();
    silent.closed[0].info = FakeEnginePort::makeInfo(2);
    silent.closed[0].counters.id = FakeEnginePort::idOf(2);
    silent.closed[0].close = {1006, {}, ClosedBy::engine, CloseCause::no_pong, false, WallTime{std::chrono::seconds{1'700'000'052}}};
    f.port.open(2);
    f.port.deliverState(std::move(silent));
    QVERIFY2(f.text(2, ConnectionColumn::Name).endsWith("closed by Jackfield after 50 s: it answered no ping"),
        qPrintable(f.text(2, ConnectionColumn::Name)));
}

void ConnectionModelTest::sorts_by_every_column_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QVector<int>>("ascending");
    const auto row = [](ConnectionColumn column, QVector<int> numbers) {
        QTest::newRow(keyOf(column).toUtf8().constData()) << static_cast<int>(column) << numbers;
    };
    row(ConnectionColumn::Number, {1, 2, 3});
    row(ConnectionColumn::Name, {2, 3, 1}); // Chrome, Firefox, by address
    row(ConnectionColumn::FromBrowser, {3, 1, 2});
    row(ConnectionColumn::ToBrowser, {2, 3, 1});
    row(ConnectionColumn::LastMessage, {3, 2, 1}); // the most recent first, none last
    row(ConnectionColumn::Since, {1, 2, 3});
    row(ConnectionColumn::Peer, {1, 2, 3});
    row(ConnectionColumn::Origin, {2, 3, 1});
    row(ConnectionColumn::Path, {3, 2, 1});
    row(ConnectionColumn::BytesFrom, {1, 2, 3});
    row(ConnectionColumn::SendQueue, {2, 1, 3});
    row(ConnectionColumn::TlsVersion, {3, 2, 1});
    row(ConnectionColumn::Cipher, {2, 3, 1});
    row(ConnectionColumn::ServerName, {3, 2, 1}); // who named none has an empty one
    row(ConnectionColumn::Resumed, {1, 3, 2});
}

void ConnectionModelTest::sorts_by_every_column()
{
    QFETCH(int, column);
    QFETCH(QVector<int>, ascending);
    Fixture f;
    f.port.open(FakeEnginePort::makeInfo(1, "", "/z", ""));
    f.port.open(encrypted(FakeEnginePort::makeInfo(2, "http://A.test", "/Y", FakeEnginePort::chrome),
        {"TLS 1.3", "TLS_AES_128_GCM_SHA256", "http/1.1", "b.test", true}));
    f.port.open(encrypted(FakeEnginePort::makeInfo(3, "http://b.test", "/x", FakeEnginePort::firefox),
        {"TLS 1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "", "a.test", false}));
    StateBatch batch;
    const std::uint64_t in[] = {20, 30, 10};
    const std::uint64_t out[] = {3, 1, 2};
    const std::int64_t last[] = {0, 5, 9};
    const std::uint32_t queued[] = {50, 40, 60};
    for (std::uint64_t n = 1; n <= 3; ++n) {
        ConnectionCounters counters;
        counters.id = FakeEnginePort::idOf(n);
        counters.messages_in = in[n - 1];
        counters.messages_out = out[n - 1];
        counters.last_message_ns = last[n - 1];
        counters.queued_bytes = queued[n - 1];
        counters.bytes_in = n;
        batch.changed.push_back(counters);
    }
    f.port.deliverState(std::move(batch));
    f.model.sort(column, Qt::AscendingOrder);
    Numbers wanted(ascending.begin(), ascending.end());
    QCOMPARE(f.numbers(), wanted);
    f.model.sort(column, Qt::DescendingOrder);
    std::reverse(wanted.begin(), wanted.end());
    QCOMPARE(f.numbers(), wanted);
}

void ConnectionModelTest::counters_of_any_size_sort_and_show()
{
    Fixture f;
    // Shuffled; number 1 is the fourth largest.
    const std::vector<std::pair<std::uint64_t, const char*>> seeded{{std::uint64_t{1} << 32U, "4,294,967,296"},
        {(std::uint64_t{1} << 31U) - 1, "2,147,483,647"}, {~std::uint64_t{0}, "18,446,744,073,709,551,615"},
        {std::uint64_t{1} << 31U, "2,147,483,648"}, {std::uint64_t{1} << 63U, "9,223,372,036,854,775,808"},
        {(std::uint64_t{1} << 63U) - 1, "9,223,372,036,854,775,807"}, {(std::uint64_t{1} << 32U) - 1, "4,294,967,295"}};
    std::uint64_t number = 0;
    for (const auto& each : seeded) {
        f.port.open(++number);
        f.count(number, each.first);
    }
    f.model.sort(static_cast<int>(ConnectionColumn::FromBrowser), Qt::DescendingOrder);
    QCOMPARE(f.numbers(), (std::vector<std::uint64_t>{3, 5, 6, 1, 7, 4, 2}));
    for (std::uint64_t i = 0; i < number; ++i)
        QCOMPARE(f.text(i + 1, ConnectionColumn::FromBrowser), QString::fromLatin1(seeded[i].second));
    // One more on either side of a border, and it is still in its place.
    f.count(2, seeded[3].first + 1);
    f.count(7, seeded[0].first + 1);
    f.model.sort(static_cast<int>(ConnectionColumn::FromBrowser), Qt::AscendingOrder);
    QCOMPARE(f.numbers(), (std::vector<std::uint64_t>{4, 2, 1, 7, 6, 5, 3}));
}

void ConnectionModelTest::sorts_again_when_figures_move()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 3; ++n)
        f.port.open(n);
    f.model.sort(static_cast<int>(ConnectionColumn::FromBrowser), Qt::DescendingOrder);
    QSignalSpy layout(&f.model, &QAbstractItemModel::layoutChanged);
    f.count(1, 10);
    QCOMPARE(f.numbers().front(), std::uint64_t{3}); // not in the same turn
    QVERIFY(layout.wait());
    QCOMPARE(f.numbers().front(), std::uint64_t{1});

    f.model.setSortInterval(std::chrono::hours(1));
    f.count(2, 20);
    f.count(3, 30);
    QCoreApplication::processEvents();
    QCOMPARE(layout.count(), 1); // at most once in the interval
}

void ConnectionModelTest::a_change_off_the_sort_column_is_one_span()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 100; ++n)
        f.port.open(n);
    QSignalSpy data(&f.model, &QAbstractItemModel::dataChanged);
    QSignalSpy layout(&f.model, &QAbstractItemModel::layoutChanged);
    StateBatch batch;
    for (std::uint64_t n = 10; n <= 90; n += 2) {
        ConnectionCounters counters;
        counters.id = FakeEnginePort::idOf(n);
        counters.messages_in = n;
        batch.changed.push_back(counters);
    }
    f.port.deliverState(std::move(batch));
    QCOMPARE(data.count(), 1);
    QCOMPARE(data.front().at(0).toModelIndex().row(), 10);
    QCOMPARE(data.front().at(1).toModelIndex().row(), 90);
    QCOMPARE(layout.count(), 0);
}

void ConnectionModelTest::nothing_moves_while_the_order_is_held()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 4; ++n)
        f.port.open(n);
    QSignalSpy paused(&f.model, &ConnectionModel::orderPausedChanged);
    f.model.holdOrder(true);
    QVERIFY(!f.model.isOrderPaused());
    f.port.open(5);
    f.port.close(FakeEnginePort::makeInfo(3));
    QCOMPARE(f.numbers(), (Numbers{4, 3, 2, 1, 5}));
    QCOMPARE(f.text(3, ConnectionColumn::State), QStringLiteral("CLOSED"));
    QVERIFY(f.model.isOrderPaused());
    QCOMPARE(paused.count(), 1);
    QCOMPARE(paused.front().front().toBool(), true);
    f.model.holdOrder(false);
    QCOMPARE(f.numbers(), (Numbers{5, 4, 2, 1, 3}));
    QVERIFY(!f.model.isOrderPaused());
    QCOMPARE(paused.count(), 2);

    f.model.setShowClosed(false);
    f.model.holdOrder(true);
    f.port.close(FakeEnginePort::makeInfo(4));
    QCOMPARE(f.numbers(), (Numbers{5, 4, 2, 1})); // it would be hidden, but rows below would move
    f.model.sort(static_cast<int>(ConnectionColumn::Number), Qt::AscendingOrder);
    QCOMPARE(f.numbers(), (Numbers{1, 2, 5})); // a click on the header is obeyed
    f.model.holdOrder(false);
    QCOMPARE(f.numbers(), (Numbers{1, 2, 5}));
}

void ConnectionModelTest::persistent_indexes_follow_their_connection()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 50; ++n)
        f.port.open(n);
    std::map<std::uint64_t, QPersistentModelIndex> kept;
    for (std::uint64_t n = 5; n <= 50; n += 5)
        kept.emplace(n, f.model.indexOf(FakeEnginePort::idOf(n), ConnectionColumn::Number));
    f.model.sort(static_cast<int>(ConnectionColumn::Number), Qt::AscendingOrder);
    for (std::uint64_t n = 1; n <= 9; ++n)
        f.port.close(FakeEnginePort::makeInfo(n));
    f.port.open(51);
    for (const auto& [number, index] : kept) {
        QVERIFY(index.isValid());
        QCOMPARE(index.data().toULongLong(), number);
    }
    f.model.clearClosed();
    QVERIFY(!kept.at(5).isValid());
    QVERIFY(kept.at(10).isValid());
}

void ConnectionModelTest::filters_and_counts_what_is_hidden()
{
    Fixture f;
    f.port.open(FakeEnginePort::makeInfo(1, "http://localhost:5173", "/chat"));
    f.port.open(FakeEnginePort::makeInfo(2, "http://localhost:5173", "/prices"));
    f.port.open(FakeEnginePort::makeInfo(3, "http://example.test", "/prices"));
    QSignalSpy counts(&f.model, &ConnectionModel::countsChanged);
    f.model.setFilter(filterOf("path:/prices"));
    QCOMPARE(f.numbers(), (Numbers{3, 2}));
    QCOMPARE(f.model.hiddenByFilter(), std::size_t{1});
    QVERIFY(counts.count() > 0);
    f.model.setFilter(filterOf("/prices -example"));
    QCOMPARE(f.numbers(), (Numbers{2}));
    QVERIFY(f.model.passesFilter(FakeEnginePort::idOf(2)));
    QVERIFY(!f.model.passesFilter(FakeEnginePort::idOf(1)));
    f.port.open(FakeEnginePort::makeInfo(4, "http://x.test", "/PRICES"));
    f.port.open(FakeEnginePort::makeInfo(5, "http://x.test", "/chat"));
    QCOMPARE(f.numbers(), (Numbers{4, 2}));
    f.model.setFilter({});
    QCOMPARE(f.numbers(), (Numbers{5, 4, 3, 2, 1}));
    QCOMPARE(f.model.hiddenByFilter(), std::size_t{0});
    f.model.setFilter(filterOf("localhost:5173 firefox"));
    QCOMPARE(f.numbers(), (Numbers{2, 1}));
    QCOMPARE(f.model.openIds().size(), std::size_t{2});
}

void ConnectionModelTest::a_filter_on_the_state_follows_it()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 3; ++n)
        f.port.open(n);
    f.model.setFilter(filterOf("is:open"));
    f.port.close(FakeEnginePort::makeInfo(2), 1006);
    QCOMPARE(f.numbers(), (Numbers{3, 1}));
    f.model.setFilter(filterOf("is:closed code:1006"));
    QCOMPARE(f.numbers(), (Numbers{2}));
    f.port.close(FakeEnginePort::makeInfo(3), 1006);
    QCOMPARE(f.numbers(), (Numbers{3, 2}));
    f.port.close(FakeEnginePort::makeInfo(1), 1000);
    QCOMPARE(f.numbers(), (Numbers{3, 2}));
    f.model.setFilter(filterOf("is:closing"));
    f.port.open(4);
    StateBatch batch;
    ConnectionCounters counters;
    counters.id = FakeEnginePort::idOf(4);
    counters.state = ConnectionState::closing;
    batch.changed.push_back(counters);
    f.port.deliverState(std::move(batch));
    QCOMPARE(f.numbers(), (Numbers{4}));
}

void ConnectionModelTest::hides_and_clears_closed_ones()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 4; ++n)
        f.port.open(n);
    f.port.close(FakeEnginePort::makeInfo(1));
    f.model.setShowClosed(false);
    QCOMPARE(f.numbers(), (Numbers{4, 3, 2}));
    f.port.close(FakeEnginePort::makeInfo(3));
    QCOMPARE(f.numbers(), (Numbers{4, 2}));
    f.model.setShowClosed(true);
    QCOMPARE(f.numbers(), (Numbers{4, 2, 3, 1}));
    f.model.clearClosed();
    QCOMPARE(f.numbers(), (Numbers{4, 2}));
}

void ConnectionModelTest::closed_ones_that_come_back_stand_where_they_closed_data()
{
    QTest::addColumn<bool>("held");
    QTest::newRow("at once") << false;
    QTest::newRow("when the order is let go") << true;
}

void ConnectionModelTest::closed_ones_that_come_back_stand_where_they_closed()
{
    QFETCH(bool, held);
    Fixture f;
    f.port.open(9);
    const auto openAndClose = [&](std::uint64_t number) {
        f.port.open(number);
        f.port.close(FakeEnginePort::makeInfo(number));
    };
    for (std::uint64_t number = 1; number <= 4; ++number)
        openAndClose(number);
    f.store.clearClosed();
    openAndClose(5);
    openAndClose(6);
    f.model.holdOrder(held);
    f.store.undoClearClosed();
    f.model.holdOrder(false);
    QCOMPARE(f.numbers(), (Numbers{9, 6, 5, 4, 3, 2, 1}));
}

void ConnectionModelTest::a_closed_one_that_is_named_to_pass_the_filter_stands_where_it_closed()
{
    Fixture f;
    static constexpr const char* paths[] = {"/shop", "/other", "/shop", "/other", "/shop"};
    for (std::uint64_t number = 1; number <= 5; ++number) {
        const auto info = FakeEnginePort::makeInfo(number, "http://localhost:5173", paths[number - 1]);
        f.port.open(info);
        f.port.close(info);
    }
    f.port.open(FakeEnginePort::makeInfo(6, "http://localhost:5173", "/shop"));
    f.model.setFilter(filterOf("shop"));
    QCOMPARE(f.numbers(), (Numbers{6, 5, 3, 1}));
    f.store.setCustomName(FakeEnginePort::idOf(2), QStringLiteral("the other shop"));
    QCOMPARE(f.numbers(), (Numbers{6, 5, 4, 3, 2, 1}));
}

void ConnectionModelTest::one_that_passes_the_filter_once_closed_stands_where_it_closed_data()
{
    QTest::addColumn<std::uint64_t>("count");
    QTest::newRow("a few") << std::uint64_t{4};
    QTest::newRow("more than move one by one") << std::uint64_t{100};
}

void ConnectionModelTest::one_that_passes_the_filter_once_closed_stands_where_it_closed()
{
    QFETCH(std::uint64_t, count);
    Fixture f;
    f.model.setFilter(filterOf("is:closed | /shop"));
    StateBatch closing;
    Numbers expected;
    for (std::uint64_t number = 1; number <= count; ++number) {
        const auto info = FakeEnginePort::makeInfo(number, "http://localhost:5173",
            number % 2 == 0 ? "/other" : "/shop"); // the odd ones are rows already
        f.port.open(info);
        closing.closed.push_back(closedConnection(info));
        expected.insert(expected.begin(), number); // the last one first
    }
    f.port.deliverState(std::move(closing)); // in one frame
    QTRY_COMPARE(f.numbers(), expected); // many are sorted in the next turn
}

void ConnectionModelTest::a_view_may_rearrange_in_the_middle_of_a_removal()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 4; ++n)
        f.port.open(n);
    f.port.close(FakeEnginePort::makeInfo(1));
    f.port.close(FakeEnginePort::makeInfo(2));
    connect(&f.store, &ConnectionStore::changed, this, [&] { f.model.setFilter(filterOf("-never")); });
    f.model.clearClosed();
    f.port.open(5);
    f.port.open(6);
    QCOMPARE(f.numbers(), (Numbers{6, 5, 4, 3}));
}

void ConnectionModelTest::badges_the_followed_page()
{
    Fixture f;
    f.port.open(1);
    QSignalSpy data(&f.model, &QAbstractItemModel::dataChanged);
    f.model.setFollowed({FakeEnginePort::idOf(1)});
    QCOMPARE(data.count(), 1);
    QVERIFY(!f.model.indexOf(FakeEnginePort::idOf(1)).data(ConnectionModel::BadgeRole).toString().isEmpty());
    f.model.setFollowed({});
    QVERIFY(f.model.indexOf(FakeEnginePort::idOf(1)).data(ConnectionModel::BadgeRole).toString().isEmpty());
}

void ConnectionModelTest::a_page_keeps_its_colour()
{
    Fixture f;
    const auto colour = [&](std::uint64_t number) {
        const QModelIndex name = f.model.indexOf(FakeEnginePort::idOf(number));
        return static_cast<PageColour>(name.data(ConnectionModel::ColourRole).toInt());
    };
    f.port.open(1);
    f.port.open(FakeEnginePort::makeInfo(2, "http://localhost:9999"));
    QSignalSpy data(&f.model, &QAbstractItemModel::dataChanged);
    f.store.setColour(FakeEnginePort::idOf(1), PageColour::teal);
    QVERIFY(data.count() > 0);
    QCOMPARE(colour(1), PageColour::teal);
    QCOMPARE(colour(2), PageColour::none);
    f.port.close(FakeEnginePort::makeInfo(1));
    f.store.clearClosed();
    f.port.open(3); // the page is back
    QCOMPARE(colour(3), PageColour::teal);
    QVERIFY(f.model.indexOf(FakeEnginePort::idOf(3))
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("Colour: Teal"))); // never colour alone
    f.store.setColour(FakeEnginePort::idOf(3), PageColour::none);
    QCOMPARE(colour(3), PageColour::none);
}

void ConnectionModelTest::badges_what_a_person_did_and_what_a_page_lacks()
{
    Fixture f;
    auto info = FakeEnginePort::makeInfo(1);
    f.port.open(info);
    const auto badge = [&] {
        return f.model.indexOf(info->id).data(ConnectionModel::BadgeRole).toString();
    };
    ConnectionCounters counters;
    counters.id = info->id;
    const auto change = [&] {
        StateBatch batch;
        batch.changed.push_back(counters);
        f.port.deliverState(std::move(batch));
    };
    const std::vector<std::pair<std::uint8_t, QString>> flags{{flag_silent, "silent"},
        {flag_keeps_close, "close not answered"}, {flag_keeps_pong, "pings not answered"},
        {flag_hand_made_bytes, "raw bytes sent"}, {flag_slow, ""}};
    for (const auto& [flag, text] : flags) {
        counters.flags = flag;
        change();
        QCOMPARE(badge(), text);
    }
    counters.flags = flag_silent | flag_hand_made_bytes;
    change();
    QCOMPARE(badge(), QStringLiteral("silent \u00B7 raw bytes sent"));

    auto unmet = FakeEnginePort::makeInfo(2);
    unmet->offered_subprotocols = std::make_shared<const std::string>("chat2, <b>x</b>");
    f.port.open(unmet);
    const QModelIndex row = f.model.indexOf(unmet->id);
    QCOMPARE(row.data(ConnectionModel::BadgeRole).toString(), QStringLiteral("subprotocol not met"));
    const QString tip = row.data(Qt::ToolTipRole).toString();
    QVERIFY(tip.contains(QStringLiteral("chat2")));
    QVERIFY(!tip.contains(QStringLiteral("<b>"))); // GU-01
}

void ConnectionModelTest::peer_text_is_neutral_in_every_cell()
{
    Fixture f;
    const std::string evil = "<b>x</b>\x1b[2J\n\xe2\x80\xae\xff";
    auto info = FakeEnginePort::makeInfo(1, evil, "/" + evil, evil);
    info->host = info->subprotocol = info->origin;
    info->transport = Transport::wss;
    info->tls = std::make_shared<TlsFacts>(TlsFacts{"TLS 1.3", "TLS_AES_128_GCM_SHA256", evil, evil, false});
    f.port.open(info);
    for (int column = 0; column < connectionColumnCount; ++column) {
        for (const int role : {int(Qt::DisplayRole), int(Qt::AccessibleTextRole), int(Qt::ToolTipRole)}) {
            const QString text = f.model.index(0, column).data(role).toString();
            QVERIFY(!text.contains(u'\n'));
            QVERIFY(!text.contains(QChar(0x1b)));
            QVERIFY(!text.contains(QChar(0x202e)));
            if (role == Qt::ToolTipRole)
                QVERIFY(!text.contains("<b>"));
            else
                QVERIFY(text.size() <= 256);
        }
    }
    QVERIFY(f.text(1, ConnectionColumn::Host).startsWith(QString::fromUtf8("<b>x</b>⟨ESC⟩[2J⟨LF⟩")));
}

void ConnectionModelTest::random_operations_keep_rows_and_store_in_step_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void ConnectionModelTest::random_operations_keep_rows_and_store_in_step()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    Fixture f;
    std::uint64_t next = 1;
    std::set<std::uint64_t> open;
    std::map<std::uint64_t, std::shared_ptr<const ConnectionInfo>> infos;
    const auto pick = [&] {
        auto at = open.begin();
        std::advance(at, random.bounded(static_cast<int>(open.size())));
        return *at;
    };
    const auto fresh = [&] {
        const std::uint64_t number = next++;
        static constexpr const char* paths[] = {"/chat", "/prices", "/api"};
        infos[number] = FakeEnginePort::makeInfo(number,
            random.bounded(2) == 0 ? "http://localhost:5173" : "http://b.test", paths[random.bounded(3)],
            random.bounded(3) == 0 ? "" : FakeEnginePort::firefox);
        return number;
    };
    static constexpr const char* filters[] = {
        "", "/chat", "is:open", "-/api", "origin:b.test | /prices", "is:closed | /prices", "nothing like it"};

    for (int step = 0; step < 100; ++step) {
        switch (random.bounded(12)) {
        case 0:
            f.model.setFilter(filterOf(filters[random.bounded(7)]));
            break;
        case 1:
            f.model.sort(random.bounded(connectionColumnCount),
                random.bounded(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
            break;
        case 2:
            f.model.setShowClosed(random.bounded(3) != 0);
            break;
        case 3:
            f.model.holdOrder(random.bounded(2) == 0);
            break;
        case 4:
            if (random.bounded(10) == 0)
                f.model.clearClosed();
            break;
        case 5:
            QCoreApplication::processEvents();
            break;
        case 6:
            if (random.bounded(5) == 0) { // more has closed than the lane tells of
                StateBatch batch;
                batch.snapshot = true;
                for (auto at = open.begin(); at != open.end();) {
                    if (random.bounded(4) != 0) {
                        batch.opened.push_back(infos[*at++]);
                        continue;
                    }
                    if (random.bounded(2) == 0)
                        batch.closed.push_back(closedConnection(infos[*at]));
                    else
                        ++batch.closed_left_out;
                    at = open.erase(at);
                }
                f.port.deliverState(std::move(batch));
            }
            break;
        default: { // a batch of everything
            StateBatch batch;
            const int openings = random.bounded(10) == 0 ? random.bounded(200) : random.bounded(4);
            for (int i = 0; i < openings; ++i) {
                const std::uint64_t number = fresh();
                if (random.bounded(8) == 0) {
                    batch.closed.push_back(closedConnection(infos[number]));
                } else {
                    batch.opened.push_back(infos[number]);
                    open.insert(number);
                }
            }
            std::set<std::uint64_t> touched;
            for (int i = open.empty() ? 0 : random.bounded(10); i > 0; --i) {
                const std::uint64_t number = pick();
                if (!touched.insert(number).second)
                    continue;
                ConnectionCounters counters;
                counters.id = FakeEnginePort::idOf(number);
                counters.messages_in = random.bounded(100U);
                counters.last_message_ns = random.bounded(1'000);
                counters.state = random.bounded(6) == 0 ? ConnectionState::closing : ConnectionState::open;
                batch.changed.push_back(counters);
            }
            for (int i = open.empty()          ? 0
                     : random.bounded(20) == 0 ? 150
                                               : random.bounded(4);
                 i > 0 && !open.empty(); --i) {
                const std::uint64_t number = pick();
                open.erase(number);
                batch.closed.push_back(closedConnection(infos[number]));
            }
            f.port.deliverState(std::move(batch));
            break;
        }
        }
        // The table's numbering is right at every moment.
        for (int row = 0; row < f.model.rowCount(); ++row)
            QCOMPARE(f.model.rowOf(f.model.idAt(row)), row);
        QCOMPARE(f.store.openCount(), open.size());
    }
    f.model.holdOrder(false);
    f.model.sort(static_cast<int>(ConnectionColumn::Number), Qt::AscendingOrder);
    ConnectionOrder order(f.store);
    order.setSort(ConnectionColumn::Number, Qt::AscendingOrder);
    order.setFilter(f.model.filter());
    order.setShowClosed(f.model.showClosed());
    std::vector<ConnectionId> wanted;
    for (const ConnectionSlot slot : order.rows())
        wanted.push_back(f.store.at(slot).info->id);
    QCOMPARE(f.model.ids(), wanted);
}

QTEST_GUILESS_MAIN(ConnectionModelTest)
#include "connection_model_test.moc"
