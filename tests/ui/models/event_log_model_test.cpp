#include "tests/support/fake_engine_port.h"
#include "ui/models/event_log_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

struct Fixture {
    Fixture() { QObject::connect(&port, &EnginePort::eventsTaken, &model, &EventLogModel::apply); }
    FakeEnginePort port;
    EventLogModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QString text(int row, EventColumn column) const
    {
        return model.index(row, static_cast<int>(column)).data().toString();
    }
};

} // namespace

class EventLogModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tells_what_happened_in_sentences();
    void outcomes_appear_only_when_they_failed();
    void says_what_the_lane_lost();
    void is_bounded();
    void a_sentence_is_one_neutral_line();
};

void EventLogModelTest::tells_what_happened_in_sentences()
{
    Fixture f;
    f.port.deliverEvent(event::Listening{SocketAddress::v4({127, 0, 0, 1}, 4567)});
    event::Opened opened;
    opened.info = FakeEnginePort::makeInfo(7);
    f.port.deliverEvent(opened);
    QCOMPARE(f.model.rowCount(), 2);
    QVERIFY(f.text(0, EventColumn::Text).contains("127.0.0.1:4567"));
    QVERIFY(!f.text(0, EventColumn::Kind).isEmpty());
    QVERIFY(f.text(1, EventColumn::Text).contains("7"));
    QCOMPARE(f.model.index(1, 0).data(EventLogModel::ConnectionIdRole).toULongLong(),
        FakeEnginePort::idOf(7).value());
    QCOMPARE(f.model.index(0, 0).data(EventLogModel::ConnectionIdRole).toULongLong(), 0ULL);
    QCOMPARE(f.model.index(0, 0).data(EventLogModel::ProblemRole).toBool(), false);
    f.model.clear();
    QCOMPARE(f.model.rowCount(), 0);
    f.port.deliverEvent(event::Listening{SocketAddress::v4({127, 0, 0, 1}, 8080)});
    f.model.undoClear();
    QCOMPARE(f.model.rowCount(), 3);
    QVERIFY(f.text(0, EventColumn::Text).contains("127.0.0.1:4567"));
    QVERIFY(f.text(2, EventColumn::Text).contains("127.0.0.1:8080"));
}

void EventLogModelTest::outcomes_appear_only_when_they_failed()
{
    Fixture f;
    f.port.finish(1);
    QCOMPARE(f.model.rowCount(), 0);
    f.port.failCommand(2, Error{ErrorCode::invalid_argument, 0, "the reason is too long"});
    QCOMPARE(f.model.rowCount(), 1);
    QCOMPARE(f.model.index(0, 0).data(EventLogModel::ProblemRole).toBool(), true);
    QVERIFY(f.text(0, EventColumn::Text).contains("too long"));
}

void EventLogModelTest::says_what_the_lane_lost()
{
    Fixture f;
    EventBatch batch;
    batch.lost = 12;
    f.model.apply(batch);
    QCOMPARE(f.model.lostCount(), std::uint64_t{12});
    QCOMPARE(f.model.rowCount(), 1);
    QVERIFY(f.text(0, EventColumn::Text).startsWith("12 events"));
}

void EventLogModelTest::is_bounded()
{
    Fixture f;
    EventBatch batch;
    for (int i = 0; i < 7'000; ++i)
        batch.events.push_back(Event{static_cast<std::uint64_t>(i), {}, event::Notice{std::to_string(i)}});
    f.model.apply(batch);
    f.model.apply(batch);
    QCOMPARE(f.model.rowCount(), int(EventLogModel::maxRows));
    QCOMPARE(f.model.droppedCount(), std::uint64_t{4'000});
    QVERIFY(f.text(0, EventColumn::Text).contains("4000"));
    EventBatch huge;
    for (int i = 0; i < 25'000; ++i)
        huge.events.push_back(Event{static_cast<std::uint64_t>(i), {}, event::Notice{std::to_string(i)}});
    f.model.apply(huge);
    QCOMPARE(f.model.rowCount(), int(EventLogModel::maxRows));
    QVERIFY(f.text(0, EventColumn::Text).contains("15000"));
    QCOMPARE(f.model.droppedCount(), std::uint64_t{29'000});
}

void EventLogModelTest::a_sentence_is_one_neutral_line()
{
    Fixture f;
    event::Refused refused;
    refused.reason = RefusalReason::origin_not_allowed;
    refused.origin = "http://<b>\x1b[2J\n\xe2\x80\xae";
    refused.has_origin = refused.was_upgrade = true;
    refused.why = "its origin is not on the list";
    f.port.deliverEvent(refused);
    const QString text = f.text(0, EventColumn::Text);
    QVERIFY(!text.contains(u'\n') && !text.contains(QChar(0x1b)) && !text.contains(QChar(0x202e)));
    QVERIFY(!f.model.index(0, 2).data(Qt::ToolTipRole).toString().contains("<b>"));
}

QTEST_GUILESS_MAIN(EventLogModelTest)
#include "event_log_model_test.moc"
