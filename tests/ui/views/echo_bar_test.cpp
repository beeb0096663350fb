#include "tests/support/fake_engine_port.h"
#include "ui/models/echo_watch.h"
#include "ui/views/echo_bar.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

struct Fixture {
    FakeEnginePort port;
    ConnectionStore connections;
    EchoWatch watch{connections};
    EchoBar bar{port, connections, watch};
    std::vector<ConnectionId> noticed;

    Fixture()
    {
        QObject::connect(&port, &EnginePort::stateTaken, &connections, &ConnectionStore::apply);
        QObject::connect(&port, &EnginePort::trafficTaken, &watch, &EchoWatch::apply);
        QObject::connect(
            &watch, &EchoWatch::noticed, &watch, [this](ConnectionId id) { noticed.push_back(id); });
        EndpointConfig endpoint = default_endpoint();
        ServerStatus status;
        status.listening = true;
        status.endpoints = {endpoint};
        port.deliverStatus(std::move(status));
    }
    /// The page's message, our echo of it, and so on.
    void exchange(ConnectionId id, std::uint32_t rounds,
        const std::function<std::string(std::uint32_t)>& text, std::int64_t pause = 1'000'000,
        Maker maker = Maker::echo)
    {
        for (std::uint32_t round = 0; round < rounds; ++round) {
            port.fromBrowser(id, text(round));
            port.toBrowser(id, text(round), maker);
            port.wallNs += pause;
        }
    }
    /// What the engine would do with the last command.
    void accept()
    {
        ServerStatus status = *port.status();
        status.endpoints = {port.last<command::SetEndpoint>()->endpoint};
        const Ticket ticket = port.submitted.back().ticket;
        port.deliverStatus(std::move(status));
        port.finish(ticket);
    }
    QPushButton* button(const char* name) { return bar.findChild<QPushButton*>(QLatin1String(name)); }
};

std::string same(std::uint32_t /*round*/)
{
    return "tick";
}

constexpr std::uint32_t enough = EchoWatch::roundsToNotice + 1; // the first message answers no echo

} // namespace

class EchoBarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void two_ends_that_echo_each_other_are_noticed_once()
    {
        Fixture f;
        const ConnectionId id = f.port.open(1);
        f.exchange(id, EchoWatch::roundsToNotice, same);
        QVERIFY(f.noticed.empty());
        QVERIFY(f.bar.isHidden());
        f.exchange(id, 1, same);
        QCOMPARE(f.noticed, std::vector<ConnectionId>{id});
        f.exchange(id, 1'000, same);
        QCOMPARE(f.noticed.size(), 1U);
        QVERIFY(!f.bar.isHidden());
        QVERIFY2(f.bar.text().startsWith(QStringLiteral("#1 Firefox")), qPrintable(f.bar.text()));
    }

    void ordinary_traffic_is_not_data()
    {
        QTest::addColumn<int>("pause"); // milliseconds between the page's messages
        QTest::addColumn<bool>("changes");
        QTest::addColumn<bool>("byHand");
        QTest::newRow("a heartbeat every second") << 1'000 << false << false;
        QTest::newRow("messages that differ") << 1 << true << false;
        QTest::newRow("what is sent by hand") << 1 << false << true;
    }
    void ordinary_traffic_is_not()
    {
        QFETCH(int, pause);
        QFETCH(bool, changes);
        QFETCH(bool, byHand);
        Fixture f;
        const ConnectionId id = f.port.open(1);
        f.exchange(
            id, 3 * enough,
            [&](std::uint32_t round) { return changes ? std::to_string(round) : std::string("tick"); },
            std::int64_t{pause} * 1'000'000, byHand ? Maker::hand : Maker::echo);
        QVERIFY(f.noticed.empty());
    }

    void a_difference_far_inside_of_a_long_message_counts_as_the_same_and_at_its_ends_not()
    {
        Fixture f;
        const ConnectionId id = f.port.open(1);
        f.exchange(id, 3 * enough,
            [](std::uint32_t round) { return std::string(1'000, 'x') + static_cast<char>('a' + round % 2); });
        QVERIFY(f.noticed.empty());
    }

    void make_silent_changes_what_the_connection_speaks_data()
    {
        QTest::addColumn<QString>("subprotocol");
        QTest::newRow("no subprotocol") << QString();
        QTest::newRow("echo") << QStringLiteral("echo");
    }
    void make_silent_changes_what_the_connection_speaks()
    {
        QFETCH(QString, subprotocol);
        Fixture f;
        auto info = FakeEnginePort::makeInfo(1);
        info->subprotocol = std::make_shared<const std::string>(subprotocol.toStdString());
        f.exchange(f.port.open(info), enough, same);
        f.button("echo_make_silent")->click();
        EndpointConfig expected = default_endpoint();
        if (subprotocol.isEmpty()) {
            expected.behaviour = "silent";
        } else {
            for (SubprotocolRule& rule : expected.subprotocols) {
                if (rule.name == "echo")
                    rule.behaviour = "silent";
            }
            QVERIFY(expected != default_endpoint());
        }
        const auto* set = f.port.last<command::SetEndpoint>();
        QVERIFY(set != nullptr);
        QCOMPARE(set->endpoint, expected);
        QVERIFY(f.bar.text().startsWith(QStringLiteral("#1 "))); // not done yet
        f.accept();
        QVERIFY2(f.bar.text().contains(QStringLiteral("nothing")), qPrintable(f.bar.text()));

        // Undo changes that one thing back, whatever else has changed meanwhile.
        ServerStatus status = *f.port.status();
        status.endpoints.front().chat_includes_sender = true;
        f.port.deliverStatus(status);
        f.button("echo_undo")->click();
        expected = default_endpoint();
        expected.chat_includes_sender = true;
        QCOMPARE(f.port.last<command::SetEndpoint>()->endpoint, expected);
        f.accept();
        QVERIFY(f.bar.isHidden());
    }

    void what_the_engine_refuses_leaves_the_question()
    {
        Fixture f;
        f.exchange(f.port.open(1), enough, same);
        f.button("echo_make_silent")->click();
        f.port.failCommand(f.port.submitted.back().ticket, {ErrorCode::invalid_argument, 0, "no"});
        QVERIFY(f.bar.text().startsWith(QStringLiteral("#1 ")));
        QVERIFY(f.button("echo_make_silent")->isVisibleTo(&f.bar));
    }

    void an_ignored_page_is_ignored_when_it_comes_back()
    {
        Fixture f;
        auto info = FakeEnginePort::makeInfo(1);
        f.exchange(f.port.open(info), enough, same);
        f.button("echo_ignore")->click();
        QVERIFY(f.bar.isHidden());
        f.port.close(info);
        f.exchange(f.port.open(2), enough, same);
        QCOMPARE(f.noticed.size(), 1U);
        QVERIFY(f.bar.isHidden());
    }

    void the_bar_goes_with_its_connection_and_the_next_one_takes_its_place()
    {
        Fixture f;
        auto first = FakeEnginePort::makeInfo(1);
        const auto second = FakeEnginePort::makeInfo(2, "http://localhost:8080", "/other");
        const ConnectionId id = f.port.open(first);
        const ConnectionId other = f.port.open(second);
        f.exchange(id, enough, same);
        f.exchange(other, enough, same);
        QVERIFY(f.bar.text().startsWith(QStringLiteral("#1 ")));
        f.port.close(first);
        QVERIFY2(f.bar.text().startsWith(QStringLiteral("#2 ")), qPrintable(f.bar.text()));
        f.port.close(second);
        QVERIFY(f.bar.isHidden());
    }
};

QTEST_MAIN(EchoBarTest)
#include "echo_bar_test.moc"
