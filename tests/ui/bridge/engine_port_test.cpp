#include "tests/support/fake_engine_port.h"

#include <QTest>

#include <memory>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

class EnginePortTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void calls_back_with_the_outcome_once();
    void does_not_call_back_into_what_is_gone();
    void a_command_that_is_not_taken_ends_with_an_error();
    void keeps_status_and_totals();
    void publishes_the_lanes_in_order();
    void a_callback_may_submit_again();
};

void EnginePortTest::calls_back_with_the_outcome_once()
{
    FakeEnginePort port;
    int calls = 0;
    std::uint64_t count = 0;
    const Ticket ticket = port.submitWithReply(
        command::Ping{Target::all(), {}}, this, [&](const event::CommandFinished& outcome) {
            ++calls;
            count = outcome.count;
        });
    QVERIFY(port.last<command::Ping>() != nullptr);
    QVERIFY(port.last<command::Kick>() == nullptr);
    port.finish(ticket + 1);
    QCOMPARE(calls, 0);
    port.finish(ticket, 3);
    port.finish(ticket, 4);
    QCOMPARE(calls, 1);
    QCOMPARE(count, std::uint64_t{3});
}

void EnginePortTest::does_not_call_back_into_what_is_gone()
{
    FakeEnginePort port;
    int calls = 0;
    auto context = std::make_unique<QObject>();
    const Ticket ticket = port.submitWithReply(
        command::StopListening{}, context.get(), [&](const event::CommandFinished&) { ++calls; });
    context.reset();
    port.finish(ticket);
    QCOMPARE(calls, 0);
}

void EnginePortTest::a_command_that_is_not_taken_ends_with_an_error()
{
    FakeEnginePort port;
    port.isFull = true;
    QList<Ticket> told;
    QList<Ticket> ended;
    connect(&port, &EnginePort::commandSubmitted, this, [&](Ticket ticket) { told.append(ticket); });
    connect(&port, &EnginePort::commandFinished, this, [&](Ticket ticket) { ended.append(ticket); });
    std::string problem;
    const Ticket first = port.submitWithReply(command::StopListening{}, this,
        [&](const event::CommandFinished& outcome) { problem = outcome.error ? outcome.error->message() : "none"; });
    const Ticket second = port.submit(command::StopListening{});
    QVERIFY(first != 0 && second != 0 && first != second);
    QVERIFY(ended.isEmpty());
    QCoreApplication::sendPostedEvents();
    QVERIFY2(problem.find("too many commands") != std::string::npos, problem.c_str());
    QCOMPARE(told, (QList<Ticket>{first, second}));
    QCOMPARE(ended, told);
}

void EnginePortTest::keeps_status_and_totals()
{
    FakeEnginePort port;
    QVERIFY(port.status() != nullptr);
    QVERIFY(!port.status()->listening);
    int changes = 0;
    connect(&port, &EnginePort::statusChanged, this, [&](const ServerStatus& status) {
        ++changes;
        QCOMPARE(&status, port.status().get());
    });
    ServerStatus status;
    status.listening = true;
    port.deliverStatus(status);
    port.open(1);
    QCOMPARE(changes, 1);
    QVERIFY(port.status()->listening);
    QCOMPARE(port.totals().open, std::uint64_t{1});
}

void EnginePortTest::publishes_the_lanes_in_order()
{
    class Port : public FakeEnginePort {
    public:
        using FakeEnginePort::deliver;
    } port;
    QStringList order;
    connect(&port, &EnginePort::frameTaken, this, [&] { order.append("frame"); });
    connect(&port, &EnginePort::trafficTaken, this, [&] { order.append("traffic"); });
    connect(&port, &EnginePort::eventsTaken, this, [&] { order.append("events"); });
    connect(&port, &EnginePort::stateTaken, this, [&] { order.append("state"); });
    const StateBatch state;
    const EventBatch events;
    const TrafficTaken traffic;
    port.deliver(&state, &events, &traffic);
    QCOMPARE(order, (QStringList{"state", "events", "traffic", "frame"}));
    order.clear();
    port.deliver(nullptr, &events, nullptr);
    QCOMPARE(order, (QStringList{"events", "frame"}));
}

void EnginePortTest::a_callback_may_submit_again()
{
    FakeEnginePort port;
    bool second = false;
    Ticket next = 0;
    const Ticket first
        = port.submitWithReply(command::StopListening{}, this, [&](const event::CommandFinished&) {
              next = port.submitWithReply(
                  command::Listen{}, this, [&](const event::CommandFinished&) { second = true; });
          });
    port.finish(first);
    QVERIFY(!second);
    port.finish(next);
    QVERIFY(second);
}

QTEST_GUILESS_MAIN(EnginePortTest)
#include "engine_port_test.moc"
