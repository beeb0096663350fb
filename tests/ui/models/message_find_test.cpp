#include "tests/ui/models/message_fixture.h"
#include "ui/models/message_find.h"

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
    MessageFind find{model};
    ConnectionId id = port.open(1);

    /// The sequences of all matches, by going from one to the next.
    std::vector<quint64> matches() const
    {
        std::vector<quint64> all;
        auto step = find.after(0);
        while (step && !step->wrapped) {
            all.push_back(step->sequence);
            step = find.after(step->sequence);
        }
        return all;
    }
};

using Sequences = std::vector<quint64>;

} // namespace

class MessageFindTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void finds_in_the_whole_payload_and_hides_nothing()
    {
        Fixture f;
        f.port.fromBrowser(f.id, "apple");
        f.port.toBrowser(f.id, std::string(300'000, 'x') + "APPLE");
        f.port.fromBrowser(f.id, "pear");
        f.find.lookFor("apple");
        QTRY_VERIFY(!f.find.isSearching());
        QCOMPARE(f.matches(), (Sequences{1, 2}));
        QCOMPARE(f.model.rowCount(), 3);
        QVERIFY(f.find.isMatch(2));
        QVERIFY(!f.find.isMatch(3));
        QCOMPARE(*f.find.placeOf(2), std::size_t{1});
        f.port.fromBrowser(f.id, "an apple that came later");
        QCOMPARE(f.matches(), (Sequences{1, 2, 4}));
        f.find.lookFor({});
        QCOMPARE(f.find.count(), std::size_t{0});
        QVERIFY(!f.find.isActive());
    }

    void steps_wrap_at_both_ends()
    {
        Fixture f;
        for (const char* text : {"a", "b", "a", "b"})
            f.port.fromBrowser(f.id, text);
        QVERIFY(!f.find.after(0));
        f.find.lookFor("b");
        QCOMPARE(f.find.after(0)->sequence, 2U);
        QCOMPARE(f.find.after(2)->sequence, 4U);
        QVERIFY(!f.find.after(2)->wrapped);
        QCOMPARE(f.find.after(4)->sequence, 2U);
        QVERIFY(f.find.after(4)->wrapped);
        QCOMPARE(f.find.before(3)->sequence, 2U);
        QCOMPARE(f.find.before(2)->sequence, 4U);
        QVERIFY(f.find.before(2)->wrapped);
        f.find.lookFor("c");
        QVERIFY(!f.find.after(0));
        QVERIFY(!f.find.before(9));
    }

    void text_is_literal_and_slashes_make_an_expression_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("found"); // of each message, 1 or 0
        QTest::newRow("two words in a row") << "to be"
                                            << "1000";
        QTest::newRow("a key of the filter language") << "dir:from"
                                                      << "0100";
        QTest::newRow("a quote") << "\"x\""
                                 << "0010";
        QTest::newRow("a backslash") << "\\d"
                                     << "0001";
        QTest::newRow("a bar") << "a|b"
                               << "0001";
        QTest::newRow("an expression") << "/t. b[aeiou]/"
                                       << "1000";
        QTest::newRow("one slash is a slash") << "/"
                                              << "0100";
    }
    void text_is_literal_and_slashes_make_an_expression()
    {
        QFETCH(QString, text);
        QFETCH(QString, found);
        Fixture f;
        for (const char* message : {"to be", "dir:from / be to", "{\"x\":1}", "a|b \\d+"})
            f.port.fromBrowser(f.id, message);
        f.find.lookFor(text);
        QVERIFY2(f.find.problem().isEmpty(), qPrintable(f.find.problem()));
        for (qsizetype i = 0; i < found.size(); ++i)
            QCOMPARE(f.find.isMatch(static_cast<quint64>(i + 1)), found[i] == u'1');
    }

    void a_bad_expression_says_so()
    {
        Fixture f;
        f.port.fromBrowser(f.id, "(");
        f.find.lookFor("/(/");
        QVERIFY(!f.find.problem().isEmpty());
        QVERIFY(!f.find.isActive());
        f.find.lookFor("(");
        QVERIFY(f.find.problem().isEmpty());
        QCOMPARE(f.find.count(), std::size_t{1});
    }

    void follows_what_the_table_shows()
    {
        Fixture f;
        const auto other = f.port.open(2);
        f.port.fromBrowser(f.id, "match");
        f.port.fromBrowser(other, "match");
        f.port.toBrowser(f.id, "match");
        f.store.addDivider(f.id, "match", f.port.wallNs);
        f.port.message(f.id, Direction::from_browser, TrafficType::ping, "match");
        f.find.lookFor("match");
        QCOMPARE(f.matches(), (Sequences{1, 2, 3}));
        f.model.setConnections(std::vector{f.id});
        QCOMPARE(f.matches(), (Sequences{1, 3}));
        f.model.setDirection(DirectionFilter::toBrowser);
        QCOMPARE(f.matches(), (Sequences{3}));
        f.model.setDirection(DirectionFilter::all);
        f.model.setShowControlFrames(true);
        QCOMPARE(f.matches(), (Sequences{1, 3, 5}));
        f.model.setPaused(true);
        f.port.fromBrowser(f.id, "match");
        QCOMPARE(f.matches(), (Sequences{1, 3, 5}));
        f.model.setPaused(false);
        QCOMPARE(f.matches(), (Sequences{1, 3, 5, 6}));
        f.model.clearUpToNow();
        QCOMPARE(f.matches(), Sequences{});
        const auto third = f.port.open(3);
        f.model.addConnection(third);
        f.port.fromBrowser(third, "match");
        QCOMPARE(f.matches(), (Sequences{7}));
    }

    void matches_go_with_what_gives_way()
    {
        Fixture f;
        f.store.setBudget(std::size_t{64} << 10U);
        f.find.lookFor("1");
        for (int i = 0; i < 5'000; ++i)
            f.port.fromBrowser(f.id, std::to_string(i));
        QTRY_VERIFY(!f.find.isSearching());
        Sequences wanted;
        for (std::uint64_t s = f.store.firstSequence(); s < f.store.endSequence(); ++s) {
            if (f.store.find(s)->payload.text().find('1') != std::string_view::npos)
                wanted.push_back(s);
        }
        QCOMPARE(f.matches(), wanted);
        f.store.clear();
        QCOMPARE(f.find.count(), std::size_t{0});
    }

    void another_search_takes_the_place_of_one_under_way()
    {
        Fixture f;
        std::vector<TrafficRecord> records(20'000);
        std::vector<std::string> texts;
        texts.reserve(records.size());
        for (TrafficRecord& record : records) {
            texts.push_back(std::to_string(texts.size()));
            record.connection = f.id;
            record.payload = as_bytes(texts.back());
            record.size = record.payload.size();
        }
        f.port.deliverTraffic(records);
        f.find.setSliceTime(std::chrono::milliseconds(0)); // hands over after 64 records
        f.find.lookFor("1");
        QVERIFY(f.find.isSearching());
        f.find.lookFor("777");
        f.port.fromBrowser(f.id, "777");
        QTRY_VERIFY(!f.find.isSearching());
        Sequences wanted;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (texts[i].find("777") != std::string::npos)
                wanted.push_back(i + 1);
        }
        wanted.push_back(texts.size() + 1);
        QCOMPARE(f.matches(), wanted);
        f.find.lookFor("9");
        f.find.lookFor({}); // ends it in the middle
        QVERIFY(!f.find.isSearching());
        QCoreApplication::processEvents();
        QCOMPARE(f.find.count(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(MessageFindTest)
#include "message_find_test.moc"
