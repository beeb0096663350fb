#include "tests/support/fake_engine_port.h"
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
    SendTarget target{store, nullptr};

    static ConnectionId id(std::uint64_t number) { return FakeEnginePort::idOf(number); }
};

const QString nobody = QStringLiteral("Choose a connection");

} // namespace

class SendTargetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nobody_is_chosen_at_first();
    void the_only_open_connection_is_the_target_by_itself();
    void never_falls_back_to_all();
    void the_selection_is_the_target();
    void closed_ones_of_the_selection_are_left_out();
    void a_pinned_target_stays();
    void all_has_to_be_chosen();
    void all_but_the_selection();
    void nobody_passes_the_empty_filter();
    void the_button_shows_ampersands_literally();
    void those_that_pass_a_filter_come_and_go();
    void those_on_an_endpoint();
    void an_audience_means_the_same_whatever_is_selected_later();
    void tells_what_a_command_did();
};

void SendTargetTest::nobody_is_chosen_at_first()
{
    Fixture f;
    QVERIFY(!f.target.hasTarget());
    QCOMPARE(f.target.buttonText(), nobody);
    QCOMPARE(f.target.target().kind, Target::Kind::none);
    f.target.setPinned(true);
    QVERIFY(!f.target.isPinned());
}

void SendTargetTest::the_only_open_connection_is_the_target_by_itself()
{
    Fixture f;
    f.port.open(7);
    QCOMPARE(f.target.target(), Target::one(f.id(7)));
    QCOMPARE(f.target.buttonText(), QString::fromUtf8("Send to #7 Firefox · localhost:5173 → /chat"));
    QVERIFY(!f.target.isBroad());
}

void SendTargetTest::never_falls_back_to_all()
{
    Fixture f;
    f.port.open(1);
    f.port.open(2);
    QVERIFY(!f.target.hasTarget());
    QCOMPARE(f.target.buttonText(), nobody);
}

void SendTargetTest::the_selection_is_the_target()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 4; ++n)
        f.port.open(n);
    QSignalSpy changed(&f.target, &SendTarget::changed);
    f.target.setSelection({f.id(2), f.id(3), f.id(4)});
    QCOMPARE(f.target.target(), Target::many({f.id(2), f.id(3), f.id(4)}));
    QCOMPARE(f.target.buttonText(), QStringLiteral("Send to 3"));
    QCOMPARE(changed.count(), 1);
    f.target.setSelection({f.id(2), f.id(3), f.id(4)});
    QCOMPARE(changed.count(), 1);
    f.target.setSelection({});
    QCOMPARE(f.target.buttonText(), nobody);
}

void SendTargetTest::closed_ones_of_the_selection_are_left_out()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 3; ++n)
        f.port.open(n);
    f.target.setSelection({f.id(1), f.id(2)});
    f.port.close(FakeEnginePort::makeInfo(1));
    QCOMPARE(f.target.target(), Target::one(f.id(2)));
    f.port.close(FakeEnginePort::makeInfo(2));
    QCOMPARE(f.target.target(), Target::one(f.id(3))); // the only one that is left, and the button names it
    f.port.open(4);
    QVERIFY(!f.target.hasTarget());
}

void SendTargetTest::a_pinned_target_stays()
{
    Fixture f;
    f.port.open(1);
    f.port.open(2);
    f.target.setSelection({f.id(1)});
    f.target.setPinned(true);
    f.target.setSelection({f.id(2)});
    QCOMPARE(f.target.target(), Target::one(f.id(1)));
    f.port.close(FakeEnginePort::makeInfo(1));
    QVERIFY(f.target.isPinned());
    QVERIFY(!f.target.hasTarget()); // pinned to one that is gone: nobody, not somebody else
    f.target.setPinned(false);
    QCOMPARE(f.target.target(), Target::one(f.id(2)));
}

void SendTargetTest::all_has_to_be_chosen()
{
    Fixture f;
    f.target.setChoice(SendTarget::Choice::all);
    QVERIFY(!f.target.hasTarget());
    for (std::uint64_t n = 1; n <= 214; ++n)
        f.port.open(n);
    QCOMPARE(f.target.target(), Target::all());
    QCOMPARE(f.target.buttonText(), QStringLiteral("Send to all 214"));
    QVERIFY(f.target.isBroad());
    f.target.setSelection({f.id(3)});
    QCOMPARE(f.target.target(), Target::all());
    f.target.setChoice(SendTarget::Choice::selection);
    QCOMPARE(f.target.target(), Target::one(f.id(3)));
}

void SendTargetTest::all_but_the_selection()
{
    Fixture f;
    for (std::uint64_t n = 1; n <= 5; ++n)
        f.port.open(n);
    f.target.setSelection({f.id(2)});
    f.target.setChoice(SendTarget::Choice::allButSelection);
    QCOMPARE(f.target.target(), Target::all_but({f.id(2)}));
    QCOMPARE(f.target.count(), std::size_t{4});
    QVERIFY(f.target.isBroad());
    // Whoever is to be spared stays so when a filter hides the row, and when another one is looked at.
    QVERIFY(f.target.isPinned());
    f.target.setSelection({});
    QCOMPARE(f.target.target(), Target::all_but({f.id(2)}));
    f.target.setSelection({f.id(4)});
    QCOMPARE(f.target.target(), Target::all_but({f.id(2)}));
    f.target.setPinned(false);
    QCOMPARE(f.target.target(), Target::all_but({f.id(4)}));
    f.target.setSelection({});
    QVERIFY2(!f.target.hasTarget(), "all but nobody would be all");
    QCOMPARE(f.target.target().kind, Target::Kind::none);
}

void SendTargetTest::nobody_passes_the_empty_filter()
{
    Fixture f;
    f.port.open(1);
    f.port.open(2);
    f.target.setFilter(*parse_filter("origin:", FilterSubject::connections).or_else([](const Error&) {
        return Result<Filter>(Filter()); // a bad one counts as the empty one
    }));
    QVERIFY(!f.target.hasTarget());
    QCOMPARE(f.target.target().kind, Target::Kind::none);
    QCOMPARE(f.target.resolve(f.target.audience()).kind, Target::Kind::none);
    QCOMPARE(f.target.buttonText(), QStringLiteral("Write a filter of connections"));
}

void SendTargetTest::the_button_shows_ampersands_literally()
{
    Fixture f;
    f.port.open(FakeEnginePort::makeInfo(1, "http://a.test", "/a&b"));
    QVERIFY(f.target.buttonText().endsWith("/a&&b")); // GU-02
    QVERIFY(f.target.targetText().endsWith("/a&b"));
}

void SendTargetTest::those_that_pass_a_filter_come_and_go()
{
    Fixture f;
    QSignalSpy changed(&f.target, &SendTarget::changed);
    f.target.setFilter(*parse_filter("path:/a", FilterSubject::connections));
    QVERIFY(!changed.isEmpty());
    QVERIFY(!f.target.hasTarget());
    const auto first = FakeEnginePort::makeInfo(1, "http://a.test", "/a");
    f.port.open(first);
    f.port.open(FakeEnginePort::makeInfo(2, "http://a.test", "/b"));
    f.port.open(FakeEnginePort::makeInfo(3, "http://a.test", "/a"));
    QCOMPARE(f.target.count(), std::size_t{2});
    QCOMPARE(f.target.target(), Target::many({f.id(1), f.id(3)}));
    QVERIFY(!f.target.isBroad());
    StateBatch closing;
    ConnectionCounters counters;
    counters.id = f.id(3);
    counters.state = ConnectionState::closing;
    closing.changed.push_back(counters);
    f.port.deliverState(std::move(closing));
    QCOMPARE(f.target.target(), Target::one(f.id(1)));
    f.port.close(first);
    QVERIFY(!f.target.hasTarget());
    QCOMPARE(f.target.target().kind, Target::Kind::none);
    QCOMPARE(f.target.buttonText(), QStringLiteral("Nobody passes the filter"));
    // A snapshot begins anew.
    StateBatch snapshot;
    snapshot.snapshot = true;
    snapshot.opened = {FakeEnginePort::makeInfo(4, "http://a.test", "/a")};
    f.port.deliverState(std::move(snapshot));
    QCOMPARE(f.target.target(), Target::one(f.id(4)));
    f.target.setChoice(SendTarget::Choice::selection);
    QCOMPARE(f.target.target(), Target::one(f.id(4)));
}

void SendTargetTest::those_on_an_endpoint()
{
    Fixture f;
    auto chat = FakeEnginePort::makeInfo(1);
    chat->endpoint = std::make_shared<const std::string>("/chat");
    f.port.open(chat);
    f.port.open(2);
    f.target.setEndpoint("/chat");
    QCOMPARE(f.target.count(), std::size_t{1});
    QCOMPARE(f.target.target(), Target::on_endpoint("/chat"));
    QCOMPARE(f.target.buttonText(), QStringLiteral("Send to 1 on /chat"));
    f.port.close(chat);
    QVERIFY(!f.target.hasTarget());
}

void SendTargetTest::an_audience_means_the_same_whatever_is_selected_later()
{
    Fixture f;
    const auto first = FakeEnginePort::makeInfo(1);
    f.port.open(first);
    f.port.open(2);
    f.target.setSelection({f.id(1)});
    const Audience selected = f.target.audience();
    f.target.setChoice(SendTarget::Choice::allButSelection);
    const Audience others = f.target.audience();
    f.target.setSelection({f.id(2)});
    QCOMPARE(f.target.resolve(selected), Target::one(f.id(1)));
    QCOMPARE(f.target.resolve(others), Target::all_but({f.id(1)}));
    QVERIFY(!f.target.isGone(selected));
    f.port.close(first);
    QVERIFY(f.target.isGone(selected));
    QCOMPARE(f.target.resolve(selected).kind, Target::Kind::none);
    QVERIFY2(!f.target.isGone(others), "a rule may find somebody later");
}

void SendTargetTest::tells_what_a_command_did()
{
    event::CommandFinished outcome;
    outcome.count = 3;
    QCOMPARE(outcomeText(outcome, "sent"), QStringLiteral("3 sent"));
    outcome.gone = 1;
    QCOMPARE(outcomeText(outcome, "sent"), QStringLiteral("3 sent, 1 gone"));
    outcome.skipped = 2;
    QCOMPARE(outcomeText(outcome, "sent"), QStringLiteral("3 sent, 1 gone, 2 skipped (the queue is full)"));
    outcome.incapable = 1;
    QCOMPARE(outcomeText(outcome, "sent"),
        QStringLiteral(
            "3 sent, 1 gone, 1 skipped (the queue is full), 1 skipped (the protocol cannot carry it)"));
    outcome.incapable = 2;
    QCOMPARE(outcomeText(outcome, "sent"),
        QStringLiteral("3 sent, 1 gone, 2 skipped (the protocol cannot carry it)"));
    outcome.error = Error{ErrorCode::invalid_argument, 0, "text must be UTF-8"};
    QVERIFY(outcomeText(outcome, "sent").contains("text must be UTF-8"));
}

QTEST_GUILESS_MAIN(SendTargetTest)
#include "send_target_test.moc"
