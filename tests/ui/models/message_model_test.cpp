#include "tests/ui/models/message_fixture.h"
#include "ui/models/message_model.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <string>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

struct Fixture : jackfield::test::MessageFixture {
    MessageModel model{store};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    QString text(int row, MessageColumn column) const
    {
        return model.index(row, static_cast<int>(column)).data().toString();
    }
    QStringList data() const
    {
        QStringList data;
        for (int row = 0; row < model.rowCount(); ++row)
            data.append(model.recordAt(row)->isDivider() ? text(row, MessageColumn::Time)
                                                         : text(row, MessageColumn::Data));
        return data;
    }
};

Filter filterOf(const char* text)
{
    return parse_filter(text, FilterSubject::messages).value();
}

} // namespace

class MessageModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void shows_what_the_sketch_shows();
    void previews_every_type_data();
    void previews_every_type();
    void shows_the_chosen_connections();
    void a_followed_page_joins_without_starting_over();
    void hides_pings_unless_asked();
    void filters_by_direction_and_text();
    void clears_up_to_now_and_undoes_it();
    void clearing_twice_loses_nothing();
    void a_new_name_is_shown_without_starting_over();
    void a_large_payload_is_filtered_beside_the_window_data();
    void a_large_payload_is_filtered_beside_the_window();
    void what_costs_little_is_shown_at_once_data();
    void what_costs_little_is_shown_at_once();
    void a_paused_view_stands_still();
    void a_divider_is_no_message();
    void clearing_a_paused_view_hides_only_what_it_shows();
    void rows_go_with_what_gave_way();
    void filters_in_slices();
    void new_messages_wait_their_turn_while_filtering();
    void dividers_stand_between_messages();
    void peer_text_is_neutral_in_every_cell();
    void random_operations_agree_with_a_plain_scan_data();
    void random_operations_agree_with_a_plain_scan();
};

void MessageModelTest::shows_what_the_sketch_shows()
{
    Fixture f;
    const auto id = f.port.open(12);
    f.port.wallNs = 1'700'000'000'003'000'000;
    f.port.fromBrowser(id, R"({"type":"subscribe"})");
    f.port.wallNs += 1'000'000;
    f.port.toBrowser(id, R"({"type":"subscribe"})", Maker::echo);
    QCOMPARE(f.text(0, MessageColumn::Time), QStringLiteral("22:13:20.003"));
    QCOMPARE(f.text(0, MessageColumn::Direction), QString::fromUtf8("▲ from browser"));
    QCOMPARE(f.text(1, MessageColumn::Direction), QString::fromUtf8("▼ to browser"));
    QCOMPARE(f.text(0, MessageColumn::Type), QStringLiteral("Text Message"));
    QCOMPARE(f.text(0, MessageColumn::Length), QStringLiteral("20"));
    QCOMPARE(f.text(0, MessageColumn::Data), QStringLiteral(R"({"type":"subscribe"})"));
    QCOMPARE(f.text(0, MessageColumn::Delta), QStringLiteral("+0.000"));
    QCOMPARE(f.text(1, MessageColumn::Delta), QStringLiteral("+0.001"));
    QVERIFY(f.text(0, MessageColumn::Connection).startsWith("#12 Firefox"));
    const QModelIndex direction = f.model.index(1, static_cast<int>(MessageColumn::Direction));
    QCOMPARE(direction.data(MessageModel::MakerRole).toString(), QStringLiteral("echo"));
    QCOMPARE(direction.data(Qt::AccessibleTextRole).toString(), QStringLiteral("to browser, made by echo"));
    QCOMPARE(f.model.index(0, 1).data(MessageModel::MakerRole).toString(), QString());
    QCOMPARE(direction.data(MessageModel::SequenceRole).toULongLong(), 2ULL);
    QCOMPARE(f.model.rowOf(2), 1);
    QCOMPARE(f.model.rowOf(3), -1);
    for (int column = 0; column < messageColumnCount; ++column) {
        QVERIFY(!f.model.headerData(column, Qt::Horizontal).toString().isEmpty());
        QVERIFY(!keyOf(static_cast<MessageColumn>(column)).isEmpty());
    }
}

void MessageModelTest::previews_every_type_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("preview");
    const auto row = [](const char* name, TrafficType type, QByteArray payload, const char* preview) {
        QTest::newRow(name) << static_cast<int>(type) << payload << QString::fromUtf8(preview);
    };
    row("text", TrafficType::text, "hi\nthere", "hi⟨LF⟩there");
    row("empty text", TrafficType::text, "", "");
    QByteArray tower("Z");
    for (int i = 0; i < 5'000; ++i)
        tower += "\xcc\x81";
    row("what is cut is cut between characters", TrafficType::text, tower, "Z\u0301\u0301\u0301\u0301⟨+1019⟩…");
    row("binary", TrafficType::binary, QByteArray("\x89PNG\r\n", 6), "89 50 4e 47 0d 0a");
    row("readable ping", TrafficType::ping, "alive", "alive");
    row("other ping", TrafficType::ping, QByteArray("\0\1", 2), "00 01");
    row("pong", TrafficType::pong, "", "");
    row("close", TrafficType::close, "\x03\xe9", "1001 going away");
    row("close with reason", TrafficType::close,
        "\x0f\xa1"
        "be gone",
        "4001 application “be gone”");
    row("GU-19 close reason", TrafficType::close,
        "\x0f\xa1"
        "Server stopped. Click OK",
        "4001 application “Server stopped. Click OK”");
    row("empty close", TrafficType::close, "", "without a code");
}

void MessageModelTest::previews_every_type()
{
    QFETCH(int, type);
    QFETCH(QByteArray, payload);
    QFETCH(QString, preview);
    Fixture f;
    f.model.setShowControlFrames(true);
    f.port.message(f.port.open(1), Direction::from_browser, static_cast<TrafficType>(type),
        {payload.constData(), static_cast<std::size_t>(payload.size())});
    QCOMPARE(f.text(0, MessageColumn::Data), preview);
}

void MessageModelTest::shows_the_chosen_connections()
{
    Fixture f;
    const auto first = f.port.open(1);
    const auto second = f.port.open(2);
    f.port.fromBrowser(first, "a");
    f.port.fromBrowser(second, "b");
    QCOMPARE(f.data(), (QStringList{"a", "b"}));
    f.model.setConnections(std::vector{second});
    QCOMPARE(f.data(), (QStringList{"b"}));
    f.port.fromBrowser(first, "c");
    f.port.fromBrowser(second, "d");
    QCOMPARE(f.data(), (QStringList{"b", "d"}));
    f.model.setConnections(std::vector<ConnectionId>{});
    QCOMPARE(f.data(), QStringList{});
    f.model.setConnections(std::nullopt);
    QCOMPARE(f.data(), (QStringList{"a", "b", "c", "d"}));
    QSignalSpy reset(&f.model, &QAbstractItemModel::modelReset);
    f.model.setConnections(std::nullopt);
    QCOMPARE(reset.count(), 0); // nothing changed, nothing is lost
}

void MessageModelTest::a_followed_page_joins_without_starting_over()
{
    Fixture f;
    const auto first = f.port.open(1);
    f.model.setConnections(std::vector{first});
    f.port.fromBrowser(first, "a");
    QSignalSpy reset(&f.model, &QAbstractItemModel::modelReset);
    const auto second = f.port.open(2);
    f.model.addConnection(second);
    f.port.fromBrowser(second, "b");
    QCOMPARE(reset.count(), 0);
    QCOMPARE(f.data(), (QStringList{"a", "b"}));
    const auto third = f.port.open(3);
    f.port.fromBrowser(third, "c");
    f.model.addConnection(third); // some of its messages have been passed over
    QCOMPARE(reset.count(), 1);
    QCOMPARE(f.data(), (QStringList{"a", "b", "c"}));
}

void MessageModelTest::hides_pings_unless_asked()
{
    Fixture f;
    const auto id = f.port.open(1);
    f.port.message(id, Direction::to_browser, TrafficType::ping, "p", Maker::engine);
    f.port.message(id, Direction::from_browser, TrafficType::pong, "p");
    f.port.fromBrowser(id, "text");
    f.port.message(id, Direction::from_browser, TrafficType::close, "\x03\xe8");
    QCOMPARE(f.model.rowCount(), 2);
    f.model.setShowControlFrames(true);
    QCOMPARE(f.model.rowCount(), 4);
}

void MessageModelTest::filters_by_direction_and_text()
{
    Fixture f;
    const auto id = f.port.open(1);
    f.port.fromBrowser(id, "apple");
    f.port.toBrowser(id, "Apple pie", Maker::hand);
    f.port.toBrowser(id, "pear", Maker::echo);
    f.model.setDirection(DirectionFilter::toBrowser);
    QCOMPARE(f.data(), (QStringList{"Apple pie", "pear"}));
    f.model.setFilter(filterOf("apple"));
    QCOMPARE(f.data(), (QStringList{"Apple pie"}));
    f.model.setDirection(DirectionFilter::all);
    QCOMPARE(f.data(), (QStringList{"apple", "Apple pie"}));
    f.model.setFilter(filterOf("by:echo | size<6 path:/chat"));
    QCOMPARE(f.data(), (QStringList{"apple", "pear"}));
    f.model.setFilter(filterOf("conn:2"));
    QCOMPARE(f.model.rowCount(), 0);
    f.model.setFilter({});
    QCOMPARE(f.model.rowCount(), 3);
}

void MessageModelTest::clears_up_to_now_and_undoes_it()
{
    Fixture f;
    const auto id = f.port.open(1);
    f.port.fromBrowser(id, "a");
    QVERIFY(!f.model.canUndoClear());
    f.model.clearUpToNow();
    QCOMPARE(f.model.rowCount(), 0);
    f.port.fromBrowser(id, "b");
    QCOMPARE(f.data(), (QStringList{"b"}));
    QVERIFY(f.model.canUndoClear());
    f.model.undoClear();
    QCOMPARE(f.data(), (QStringList{"a", "b"}));
    QVERIFY(!f.model.canUndoClear());
    QCOMPARE(f.store.messageCount(), std::uint64_t{2}); // hidden, not deleted
}

void MessageModelTest::clearing_twice_loses_nothing()
{
    Fixture f;
    f.model.clearUpToNow(); // of nothing
    QVERIFY(!f.model.canUndoClear());
    const auto id = f.port.open(1);
    f.port.fromBrowser(id, "a");
    f.model.clearUpToNow();
    QSignalSpy reset(&f.model, &QAbstractItemModel::modelReset);
    f.model.clearUpToNow(); // a second click
    QCOMPARE(reset.count(), 0);
    f.model.undoClear();
    QCOMPARE(f.data(), (QStringList{"a"}));
    f.model.clearUpToNow();
    f.port.fromBrowser(id, "b");
    f.model.clearUpToNow();
    f.port.fromBrowser(id, "c");
    f.model.undoClear();
    QCOMPARE(f.data(), (QStringList{"b", "c"}));
    QVERIFY(f.model.canUndoClear());
    f.model.undoClear();
    QCOMPARE(f.data(), (QStringList{"a", "b", "c"}));
    QVERIFY(!f.model.canUndoClear());
    f.model.clearUpToNow();
    f.store.clear();
    QVERIFY(!f.model.canUndoClear()); // none of it is kept
}

void MessageModelTest::a_new_name_is_shown_without_starting_over()
{
    Fixture f;
    const auto id = f.port.open(12);
    f.port.fromBrowser(id, "wanted");
    f.model.setFilter(filterOf("wanted"));
    QSignalSpy reset(&f.model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
    f.connections.setCustomName(id, QStringLiteral("Alice"));
    QCOMPARE(reset.count(), 0);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(f.text(0, MessageColumn::Connection), QStringLiteral("#12 Alice"));
}

void MessageModelTest::a_large_payload_is_filtered_beside_the_window_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("size");
    QTest::newRow("GU-10 words") << "needle" << (1 << 20);
    QTest::newRow("words of 65 KiB") << "needle" << (65 << 10);
    QTest::newRow("words beyond ASCII") << QString::fromUtf8("\xC3\xA9t\xC3\xA9") << (1 << 20);
    QTest::newRow("expression") << "/n.{3}le/" << (1 << 20);
    QTest::newRow("costly expression") << "/n.{100}le|needle/" << (8 << 10);
    QTest::newRow("JSON value") << "$.type:needle" << (1 << 20);
}

void MessageModelTest::a_large_payload_is_filtered_beside_the_window()
{
    QFETCH(QString, filter);
    QFETCH(int, size);
    Fixture f;
    f.model.setSliceTime(std::chrono::minutes(1)); // what is large waits all the same
    const auto id = f.port.open(1);
    const std::string tail = "\",\"e\":\"\xC3\xA9t\xC3\xA9\",\"type\":\"needle\"}";
    const std::string small = "{\"k\":\"" + tail;
    const std::string large = "{\"k\":\"" + std::string(static_cast<std::size_t>(size), 'x') + tail;
    const std::string other = "{\"k\":\"" + std::string(static_cast<std::size_t>(size), 'x') + "\"}";
    const auto sequences = [&] {
        std::vector<std::uint64_t> all;
        for (int row = 0; row < f.model.rowCount(); ++row)
            all.push_back(f.model.sequenceAt(row));
        return all;
    };
    using Sequences = std::vector<std::uint64_t>;
    f.port.fromBrowser(id, small);
    f.port.fromBrowser(id, large);
    f.port.fromBrowser(id, other);
    f.port.fromBrowser(id, small);
    QSignalSpy finished(&f.model, &MessageModel::filteringFinished);
    f.model.setFilter(parse_filter(filter.toStdString(), FilterSubject::messages).value());
    QVERIFY(f.model.isFiltering()); // the call has not looked at what is large
    QVERIFY(f.model.isStartingOver());
    QCOMPARE(sequences(), (Sequences{1}));
    f.port.fromBrowser(id, small); // it waits for its turn
    QCOMPARE(sequences(), (Sequences{1}));
    QTRY_VERIFY(!f.model.isFiltering());
    QCOMPARE(finished.count(), 1);
    QCOMPARE(sequences(), (Sequences{1, 2, 4, 5}));
    f.port.fromBrowser(id, large); // one that comes while the filter is on
    QVERIFY(f.model.isFiltering());
    QVERIFY(!f.model.isStartingOver());
    QCOMPARE(sequences(), (Sequences{1, 2, 4, 5}));
    f.port.fromBrowser(id, small);
    f.port.fromBrowser(id, other);
    QTRY_VERIFY(!f.model.isFiltering());
    QCOMPARE(sequences(), (Sequences{1, 2, 4, 5, 6, 7}));
    f.port.fromBrowser(id, other);
    f.model.setFilter({}); // takes the place of what is under way
    QVERIFY(!f.model.isFiltering());
    QCOMPARE(f.model.rowCount(), 9);
}

void MessageModelTest::what_costs_little_is_shown_at_once_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("size");
    QTest::newRow("no filter") << "" << (1 << 20);
    QTest::newRow("facts alone") << "size>10 dir:from" << (1 << 20);
    QTest::newRow("words in 60 KiB") << "xxx" << (60 << 10);
    QTest::newRow("expression in 60 KiB") << "/x+/" << (60 << 10);
}

void MessageModelTest::what_costs_little_is_shown_at_once()
{
    QFETCH(QString, filter);
    QFETCH(int, size);
    Fixture f;
    f.model.setSliceTime(std::chrono::minutes(1)); // whatever the machine does
    f.model.setFilter(parse_filter(filter.toStdString(), FilterSubject::messages).value());
    f.port.fromBrowser(f.port.open(1), std::string(static_cast<std::size_t>(size), 'x'));
    QVERIFY(!f.model.isFiltering());
    QCOMPARE(f.model.rowCount(), 1);
}

void MessageModelTest::a_paused_view_stands_still()
{
    Fixture f;
    const auto id = f.port.open(1);
    f.port.fromBrowser(id, "a");
    f.model.setPaused(true);
    f.port.fromBrowser(id, "b");
    f.port.fromBrowser(id, "c");
    QCOMPARE(f.data(), (QStringList{"a"}));
    QCOMPARE(f.model.waitingWhilePaused(), std::uint64_t{2});
    f.model.setFilter(filterOf("-x"));
    QCOMPARE(f.data(), (QStringList{"a"})); // a filter does not let the others in
    f.model.setPaused(false);
    QCOMPARE(f.data(), (QStringList{"a", "b", "c"}));
    QCOMPARE(f.model.waitingWhilePaused(), std::uint64_t{0});
}

void MessageModelTest::clearing_a_paused_view_hides_only_what_it_shows()
{
    Fixture f;
    const auto id = f.port.open(1);
    f.port.fromBrowser(id, "a");
    f.model.setPaused(true);
    f.port.fromBrowser(id, "b");
    f.model.clearUpToNow();
    QCOMPARE(f.data(), QStringList());
    QVERIFY(f.model.canUndoClear());
    QCOMPARE(f.model.waitingWhilePaused(), std::uint64_t{1});
    f.model.clearUpToNow(); // nothing more is shown
    f.model.setPaused(false);
    QCOMPARE(f.data(), (QStringList{"b"}));
    f.model.undoClear();
    QCOMPARE(f.data(), (QStringList{"a", "b"}));
}

void MessageModelTest::a_divider_is_no_message()
{
    Fixture f;
    const auto id = f.port.open(1);
    f.port.fromBrowser(id, "a");
    f.store.addDivider(id, QStringLiteral("came back"), 0);
    f.port.fromBrowser(id, "b");
    QCOMPARE(f.model.rowCount(), 3);
    QCOMPARE(f.model.messageCount(), std::uint64_t{2});
    f.model.setFilter(filterOf("a"));
    QCOMPARE(f.model.messageCount(), std::uint64_t{1});
    f.store.clear();
    QCOMPARE(f.model.messageCount(), std::uint64_t{0});
    QVERIFY(f.store.dividers().empty());
}

void MessageModelTest::rows_go_with_what_gave_way()
{
    Fixture f;
    f.store.setBudget(std::size_t{64} << 10U);
    const auto id = f.port.open(1);
    f.model.setFilter(filterOf("keep"));
    const std::string padding(1'000, 'x');
    f.port.fromBrowser(id, "keep first");
    QPersistentModelIndex first(f.model.index(0, 0));
    for (int i = 0; i < 40; ++i)
        f.port.fromBrowser(id, (i % 2 == 0 ? "keep " : "drop ") + padding);
    QPersistentModelIndex later(f.model.index(f.model.rowCount() - 1, 0));
    const auto sequence = later.data(MessageModel::SequenceRole).toULongLong();
    for (int i = 0; i < 20; ++i)
        f.port.fromBrowser(id, "drop " + padding);
    QVERIFY(!first.isValid());
    QVERIFY(later.isValid());
    QCOMPARE(later.data(MessageModel::SequenceRole).toULongLong(), sequence);
    QCOMPARE(f.model.rowOf(sequence), later.row());
    QVERIFY(f.model.sequenceAt(0) >= f.store.firstSequence());
    f.model.setPaused(true);
    for (int i = 0; i < 200; ++i)
        f.port.fromBrowser(id, "drop " + padding);
    QCOMPARE(f.model.rowCount(), 0); // what gives way goes, paused or not
    f.store.clear();
    QCOMPARE(f.model.rowCount(), 0);
}

void MessageModelTest::filters_in_slices()
{
    Fixture f;
    const auto id = f.port.open(1);
    std::vector<TrafficRecord> records(5'000);
    const std::string yes = "wanted";
    const std::string no = "other";
    for (std::size_t i = 0; i < records.size(); ++i) {
        records[i].connection = id;
        records[i].payload = as_bytes(i % 100 == 0 ? yes : no);
        records[i].size = records[i].payload.size();
    }
    f.port.deliverTraffic(records);
    QTRY_VERIFY(!f.model.isFiltering());
    f.model.setSliceTime(std::chrono::milliseconds(0)); // a look at the clock after every 64 records
    QSignalSpy started(&f.model, &MessageModel::filteringStarted);
    QSignalSpy finished(&f.model, &MessageModel::filteringFinished);
    f.model.setFilter(filterOf("wanted"));
    QCOMPARE(started.count(), 1);
    QVERIFY(f.model.isFiltering());
    QVERIFY(f.model.rowCount() < 50);
    f.port.fromBrowser(id, "wanted too"); // arrives in the middle
    if (finished.isEmpty())
        QVERIFY(finished.wait());
    QCOMPARE(finished.count(), 1);
    QCOMPARE(f.model.rowCount(), 51);
    QCOMPARE(f.data().last(), QStringLiteral("wanted too"));
}

void MessageModelTest::new_messages_wait_their_turn_while_filtering()
{
    Fixture f;
    const auto id = f.port.open(1);
    std::vector<std::string> texts;
    std::vector<TrafficRecord> records(1'000);
    texts.reserve(records.size());
    for (TrafficRecord& record : records) {
        texts.push_back(std::to_string(texts.size()));
        record.connection = id;
        record.payload = as_bytes(texts.back());
        record.size = record.payload.size();
    }
    f.port.deliverTraffic(records);
    QTRY_VERIFY(!f.model.isFiltering());
    f.model.setSliceTime(std::chrono::milliseconds(0));
    f.model.setFilter(filterOf("9"));
    f.port.fromBrowser(id, "1009");
    f.model.setFilter(filterOf("99")); // another one before the first has finished
    QTRY_VERIFY(!f.model.isFiltering());
    QStringList wanted;
    for (int i = 0; i < 1'000; ++i) {
        if (QString::number(i).contains("99"))
            wanted.append(QString::number(i));
    }
    QCOMPARE(f.data(), wanted);
}

void MessageModelTest::dividers_stand_between_messages()
{
    Fixture f;
    const auto first = f.port.open(1);
    const auto second = f.port.open(2);
    const auto other = f.port.open(FakeEnginePort::makeInfo(3, "http://b.test"));
    f.port.fromBrowser(first, "a");
    f.store.addDivider(second, "came back as #2 after 1.2 s", f.port.wallNs);
    f.port.wallNs += 13'238'000'000;
    f.port.fromBrowser(second, "b");
    f.model.setConnections(std::vector{first, second});
    f.model.setFilter(filterOf("b"));
    QCOMPARE(f.data(), (QStringList{"came back as #2 after 1.2 s", "b"}));
    f.model.setFilter({});
    QCOMPARE(f.data(), (QStringList{"a", "came back as #2 after 1.2 s", "b"}));
    const QModelIndex divider = f.model.index(1, 0);
    QVERIFY(divider.data(MessageModel::IsDividerRole).toBool());
    QCOMPARE(divider.data(MessageModel::DividerTextRole).toString(),
        QStringLiteral("came back as #2 after 1.2 s"));
    QVERIFY(!f.model.flags(divider).testFlag(Qt::ItemIsSelectable));
    QCOMPARE(f.text(2, MessageColumn::Delta), QStringLiteral("+13.238")); // from message to message
    f.model.setConnections(std::vector{other});
    QCOMPARE(f.model.rowCount(), 0);
}

void MessageModelTest::peer_text_is_neutral_in_every_cell()
{
    Fixture f;
    const auto id = f.port.open(FakeEnginePort::makeInfo(1, "http://<b>", "/\n", "x"));
    f.model.setShowControlFrames(true);
    for (const TrafficType type :
        {TrafficType::text, TrafficType::binary, TrafficType::ping, TrafficType::close})
        f.port.message(id, Direction::from_browser, type,
            "xx<img src=/etc/passwd>\x1b[2J\n\xe2\x80\xae" + std::string(5'000, 'y'));
    for (int row = 0; row < f.model.rowCount(); ++row) {
        for (int column = 0; column < messageColumnCount; ++column) {
            for (const int role : {int(Qt::DisplayRole), int(Qt::AccessibleTextRole), int(Qt::ToolTipRole)}) {
                const QString text = f.model.index(row, column).data(role).toString();
                QVERIFY(!text.contains(u'\n'));
                QVERIFY(!text.contains(QChar(0x1b)));
                QVERIFY(!text.contains(QChar(0x202e)));
                QVERIFY(text.size() < 1'500);
                if (role == Qt::ToolTipRole)
                    QVERIFY(!text.contains("<img"));
            }
        }
    }
}

void MessageModelTest::random_operations_agree_with_a_plain_scan_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void MessageModelTest::random_operations_agree_with_a_plain_scan()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    Fixture f;
    f.store.setBudget(std::size_t{64} << 10U);
    f.model.setSliceTime(std::chrono::milliseconds(0));
    std::vector<ConnectionId> ids;
    for (std::uint64_t n = 1; n <= 4; ++n)
        ids.push_back(f.port.open(n));
    static constexpr const char* filters[] = {"", "1", "-2", "dir:from", "size>3 | 7", "conn:2"};
    std::optional<std::vector<ConnectionId>> chosen;
    bool control = false;
    auto direction = DirectionFilter::all;
    Filter filter;
    for (int step = 0; step < 150; ++step) {
        switch (random.bounded(10)) {
        case 0:
            filter = filterOf(filters[random.bounded(6)]);
            f.model.setFilter(filter);
            break;
        case 1:
            chosen = random.bounded(3) == 0
                ? std::nullopt
                : std::optional(std::vector{ids[static_cast<std::size_t>(random.bounded(4))]});
            f.model.setConnections(chosen);
            break;
        case 2:
            control = !control;
            f.model.setShowControlFrames(control);
            break;
        case 3:
            direction = static_cast<DirectionFilter>(random.bounded(3));
            f.model.setDirection(direction);
            break;
        case 4:
            f.model.setPaused(random.bounded(3) == 0);
            break;
        case 5:
            QCoreApplication::processEvents();
            break;
        default: {
            std::vector<TrafficRecord> records(static_cast<std::size_t>(random.bounded(60)));
            std::vector<std::string> payloads;
            payloads.reserve(records.size());
            for (TrafficRecord& record : records) {
                payloads.push_back(std::to_string(random.bounded(100'000)));
                record.connection = ids[static_cast<std::size_t>(random.bounded(4))];
                record.type = static_cast<TrafficType>(random.bounded(5));
                record.direction = static_cast<Direction>(random.bounded(2));
                record.payload = as_bytes(payloads.back());
                record.size = record.payload.size();
            }
            f.port.deliverTraffic(records, random.bounded(10) == 0 ? 3 : 0);
            break;
        }
        }
    }
    f.model.setPaused(false);
    QTRY_VERIFY(!f.model.isFiltering());
    int row = 0;
    for (std::uint64_t s = f.store.firstSequence(); s < f.store.endSequence(); ++s) {
        const MessageRecord record = *f.store.find(s);
        bool shown = true;
        if (!record.isDivider()) {
            shown = (!chosen || record.connection->id == chosen->front())
                && (control || (record.type != TrafficType::ping && record.type != TrafficType::pong))
                && (direction == DirectionFilter::all
                    || (direction == DirectionFilter::fromBrowser)
                        == (record.direction == Direction::from_browser));
            if (shown && filter.text() == "conn:2")
                shown = record.connection->number == 2;
            else if (shown && filter.text() == "dir:from")
                shown = record.direction == Direction::from_browser;
            else if (shown && filter.text() == "1")
                shown = record.payload.text().find('1') != std::string_view::npos;
            else if (shown && filter.text() == "-2")
                shown = record.payload.text().find('2') == std::string_view::npos;
            else if (shown && !filter.is_empty())
                shown = record.size > 3 || record.payload.text().find('7') != std::string_view::npos;
        }
        QCOMPARE(f.model.rowOf(s), shown ? row : -1);
        row += shown ? 1 : 0;
    }
    QCOMPARE(f.model.rowCount(), row);
}

QTEST_GUILESS_MAIN(MessageModelTest)
#include "message_model_test.moc"
