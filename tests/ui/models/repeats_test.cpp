#include "tests/support/fake_engine_port.h"
#include "ui/models/repeats.h"

#include <QSignalSpy>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using namespace std::chrono_literals;
using jackfield::test::FakeEnginePort;

namespace {

ComposedMessage text(std::string_view payload)
{
    ComposedMessage message;
    message.payload = SharedBytes(payload);
    return message;
}

struct Fixture {
    Fixture()
    {
        QObject::connect(&port, &EnginePort::stateTaken, &store, &ConnectionStore::apply);
        QObject::connect(
            &repeats, &Repeats::ended, &repeats, [this](const QString& sentence) { ended += sentence; });
    }
    std::optional<std::uint64_t> start(RepeatPlan plan)
    {
        return repeats.start([] { return text("tick"); }, QStringLiteral("text tick"), target.audience(),
            target.targetText(), plan);
    }
    /// Goes on in steps of a millisecond and answers each command at once.
    void run(std::chrono::milliseconds time)
    {
        for (; time.count() > 0; time -= 1ms)
            jump(1ms);
    }
    void jump(std::chrono::milliseconds time)
    {
        port.clock += std::chrono::nanoseconds(time).count();
        repeats.sendDue();
        for (; answered < port.submitted.size(); ++answered) {
            times.push_back((port.clock - began) / 1'000'000);
            if (answers)
                port.finish(port.submitted[answered].ticket);
        }
    }

    FakeEnginePort port;
    ConnectionStore store;
    SendTarget target{store, nullptr};
    double chance = 0.5;
    Repeats repeats{port, target, [this] { return chance; }};
    QStringList ended;
    std::size_t answered = 0;
    std::vector<std::int64_t> times; // in milliseconds since the start, of all but the first
    std::int64_t began = port.clock;
    bool answers = true;
};

} // namespace

class RepeatsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sends_at_once_and_then_every_interval()
    {
        Fixture f;
        const ConnectionId id = f.port.open(7);
        QVERIFY(f.start({100ms, 0ms, 5}));
        QCOMPARE(f.port.submitted.size(), std::size_t{1});
        QCOMPARE(f.port.last<command::Send>()->target, Target::one(id));
        QCOMPARE(f.port.last<command::Send>()->payload.text(), std::string_view("tick"));
        f.jump(0ms);
        f.times.clear();
        f.run(1'000ms);
        QCOMPARE(f.times, (std::vector<std::int64_t>{100, 200, 300, 400}));
        QVERIFY(!f.repeats.isRunning());
        QCOMPARE(f.ended.size(), 1);
        QVERIFY2(f.ended.front().contains(QStringLiteral("5 of 5")), qPrintable(f.ended.front()));
    }

    void does_not_drift_when_the_clock_is_late()
    {
        Fixture f;
        f.port.open(7);
        f.start({100ms, 0ms, std::nullopt});
        f.jump(0ms);
        f.times.clear();
        for (const auto late : {130ms, 90ms, 110ms, 70ms}) // at 130, 220, 330, 400
            f.jump(late);
        QCOMPARE(f.times, (std::vector<std::int64_t>{130, 220, 330, 400}));
        f.run(100ms);
        QCOMPARE(f.times.back(), std::int64_t{500});
    }

    void what_is_missed_is_left_out_and_counted()
    {
        Fixture f;
        f.port.open(7);
        f.start({100ms, 0ms, std::nullopt});
        const std::size_t before = f.port.submitted.size();
        f.jump(1'050ms); // ten were due
        QCOMPARE(f.port.submitted.size(), before + 1);
        QCOMPARE(f.repeats.status().front().missed, std::uint64_t{9});
        f.jump(50ms);
        QCOMPARE(f.port.submitted.size(), before + 2);
        f.repeats.sendDue();
        QCOMPARE(f.port.submitted.size(), before + 2);
    }

    void nothing_piles_up_while_the_engine_does_not_answer()
    {
        Fixture f;
        f.port.open(7);
        f.answers = false;
        f.start({1ms, 0ms, std::nullopt});
        f.run(1'000ms);
        QCOMPARE(f.port.submitted.size(), static_cast<std::size_t>(Repeats::mostUnanswered));
        QCOMPARE(f.repeats.status().front().missed, std::uint64_t{1'001 - Repeats::mostUnanswered});
        for (const auto& submitted : std::vector(f.port.submitted))
            f.port.finish(submitted.ticket);
        f.run(1ms);
        QCOMPARE(f.port.submitted.size(), static_cast<std::size_t>(Repeats::mostUnanswered) + 1);
    }

    void jitter_moves_each_sending_around_its_time()
    {
        Fixture f;
        f.port.open(7);
        f.chance = 0.0; // as early as may be
        f.start({100ms, 30ms, std::nullopt});
        f.jump(0ms);
        f.times.clear();
        f.run(70ms);
        f.chance = 1.0; // the one after: as late as may be
        f.run(10ms);
        QCOMPARE(f.times, (std::vector<std::int64_t>{70}));
        f.times.clear();
        f.run(400ms);
        // The one at 200 was drawn early still; from then on 30 ms late.
        QCOMPARE(f.times, (std::vector<std::int64_t>{170, 330, 430}));
    }

    void a_plan_out_of_range_is_brought_into_it()
    {
        Fixture f;
        f.port.open(7);
        f.start({0ms, 10'000ms, std::uint64_t{0}});
        QVERIFY2(!f.repeats.isRunning(), "0 times is once");
        f.start({-5ms, 10'000ms, std::nullopt});
        QCOMPARE(f.repeats.status().front().plan.interval, Repeats::shortestInterval);
        QCOMPARE(f.repeats.status().front().plan.jitter, Repeats::shortestInterval);
        f.start({std::chrono::hours(1'000), -1ms, std::nullopt});
        QCOMPARE(f.repeats.status().back().plan.interval, Repeats::longestInterval);
        QCOMPARE(f.repeats.status().back().plan.jitter, 0ms);
    }

    void ends_when_its_target_is_gone()
    {
        Fixture f;
        const auto info = FakeEnginePort::makeInfo(7);
        f.port.open(info);
        f.start({100ms, 0ms, std::nullopt});
        f.port.close(info);
        f.port.open(8); // the next page is not the one that was meant
        const std::size_t before = f.port.submitted.size();
        f.run(100ms);
        QCOMPARE(f.port.submitted.size(), before);
        QVERIFY(!f.repeats.isRunning());
        QVERIFY2(f.ended.value(0).contains(QStringLiteral("gone")), qPrintable(f.ended.value(0)));
    }

    void waits_while_nobody_is_there()
    {
        Fixture f;
        const auto info = FakeEnginePort::makeInfo(7);
        f.port.open(info);
        f.target.setChoice(SendTarget::Choice::all);
        f.start({100ms, 0ms, std::nullopt});
        f.port.close(info);
        f.run(300ms);
        QVERIFY2(f.repeats.isRunning(), qPrintable(f.ended.join(u' ')));
        QCOMPARE(f.repeats.status().front().sent, std::uint64_t{1});
        QCOMPARE(f.repeats.status().front().nobody, std::uint64_t{3});
        f.port.open(8);
        f.run(100ms);
        QCOMPARE(f.repeats.status().front().sent, std::uint64_t{2});
        QCOMPARE(f.repeats.status().front().nobody, std::uint64_t{3});
    }

    void a_later_selection_does_not_retarget_it()
    {
        Fixture f;
        const ConnectionId first = f.port.open(7);
        const ConnectionId second = f.port.open(8);
        f.target.setSelection({first});
        f.start({100ms, 0ms, std::nullopt});
        f.target.setSelection({second});
        f.run(100ms);
        QCOMPARE(f.port.last<command::Send>()->target, Target::one(first));
    }

    void a_refusal_ends_it()
    {
        Fixture f;
        f.port.open(7);
        f.start({100ms, 0ms, std::nullopt});
        f.port.failCommand(
            f.port.submitted.back().ticket, Error{ErrorCode::not_running, 0, "the engine has been stopped"});
        QVERIFY(!f.repeats.isRunning());
        QVERIFY(f.ended.value(0).contains(QStringLiteral("the engine has been stopped")));
    }

    void LC_11_stopping_sends_nothing_more()
    {
        Fixture f;
        f.port.open(7);
        const auto first = f.start({100ms, 0ms, std::nullopt});
        f.start({100ms, 0ms, std::nullopt});
        QSignalSpy changed(&f.repeats, &Repeats::changed);
        f.repeats.stop(*first);
        QCOMPARE(f.repeats.count(), std::size_t{1});
        f.repeats.stopAll();
        QCOMPARE(changed.size(), 2);
        QCOMPARE(f.repeats.nextDue(), std::nullopt);
        const std::size_t before = f.port.submitted.size();
        f.run(500ms);
        QCOMPARE(f.port.submitted.size(), before);
        QVERIFY(f.ended.isEmpty());
    }

    void there_are_at_most_twenty()
    {
        Fixture f;
        f.port.open(7);
        for (std::size_t i = 0; i < Repeats::most; ++i)
            QVERIFY(f.start({100ms, 0ms, std::nullopt}));
        QVERIFY(!f.start({100ms, 0ms, std::nullopt}));
    }
};

QTEST_GUILESS_MAIN(RepeatsTest)
#include "repeats_test.moc"
