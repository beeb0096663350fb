#include "tests/support/fake_engine_port.h"
#include "ui/models/command_history.h"
#include "ui/models/connection_store.h"

#include "jackfield/command_text.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

struct Fixture {
    FakeEnginePort port;
    ConnectionStore store;
    CommandHistory history{port, store};
    Fixture() { QObject::connect(&port, &EnginePort::stateTaken, &store, &ConnectionStore::apply); }

    QString cell(int row, HistoryColumn column)
    {
        return history.index(row, static_cast<int>(column)).data().toString();
    }
    [[nodiscard]] command::Send send(ConnectionId id, std::string_view text) const
    {
        return {Target::one(id), MessageKind::text, SharedBytes(text), one_frame};
    }
};

} // namespace

class CommandHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_action_is_a_command()
    {
        Fixture f;
        const auto id = f.port.open(7);
        f.port.submit(f.send(id, "hello"));
        f.port.submitWithReply(command::Kick{Target::one(id), {4001, "be gone"}}, &f.port, {});
        QCOMPARE(f.history.rowCount(), 2);
        QCOMPARE(f.cell(0, HistoryColumn::Command), QStringLiteral("send #7 hello"));
        QCOMPARE(f.cell(1, HistoryColumn::Command), QStringLiteral("kick #7 4001 be gone"));
        QCOMPARE(f.history.commandAt(1), std::string("kick #7 4001 be gone"));
        QCOMPARE(f.history.commandAt(2), std::string());
    }

    void the_number_stays_when_the_connection_is_gone()
    {
        Fixture f;
        const auto id = f.port.open(7);
        f.port.submit(f.send(id, "hello"));
        f.port.close(FakeEnginePort::makeInfo(7));
        f.store.clearClosed();
        QCOMPARE(f.history.commandAt(0), std::string("send #7 hello"));
    }

    void the_outcome_stands_beside_it()
    {
        Fixture f;
        const auto id = f.port.open(7);
        const Ticket first = f.port.submit(f.send(id, "hello"));
        const Ticket second = f.port.submit(command::Deny{ListKind::hosts, "a.test"});
        QCOMPARE(f.cell(0, HistoryColumn::Outcome), QString());
        f.port.finish(first, 3, 1);
        event::CommandFinished failed;
        failed.ticket = second;
        failed.error = Error{ErrorCode::not_found, 0, "no such entry"};
        f.port.deliverEvent(failed);
        QCOMPARE(f.cell(0, HistoryColumn::Outcome), QStringLiteral("3 done, 1 gone"));
        QVERIFY(f.cell(1, HistoryColumn::Outcome).contains(QStringLiteral("no such entry")));
        QVERIFY(!f.history.index(0, 0).data(CommandHistory::FailedRole).toBool());
        QVERIFY(f.history.index(1, 0).data(CommandHistory::FailedRole).toBool());
    }

    void a_large_payload_is_written_out_only_when_it_is_asked_for()
    {
        Fixture f;
        const auto id = f.port.open(7);
        const std::string large(20'000'000, 'x');
        f.port.submit(f.send(id, large));
        QVERIFY(f.cell(0, HistoryColumn::Command).size() < 100);
        const std::string line = f.history.commandAt(0);
        ConnectionNames names;
        names.id_of = [id](std::uint64_t) { return id; };
        const auto read = parse_command(line, names);
        QVERIFY(read.has_value());
        QCOMPARE(std::get<command::Send>(*read).payload.text(), std::string_view(large));
    }

    void what_is_repeated_stays_one_row()
    {
        Fixture f;
        const auto id = f.port.open(7);
        f.port.submit(command::Ping{Target::one(id), {}});
        Ticket last = 0;
        for (int i = 0; i < 5'000; ++i)
            last = f.port.submit(f.send(id, "tick"));
        QCOMPARE(f.history.rowCount(), 2);
        QCOMPARE(f.cell(1, HistoryColumn::Command), QStringLiteral("send #7 tick  \u00D75,000"));
        QCOMPARE(f.history.commandAt(1), std::string("send #7 tick"));
        f.port.finish(last, 1);
        QCOMPARE(f.cell(1, HistoryColumn::Outcome), QStringLiteral("1 done"));
        f.port.submit(command::Ping{Target::one(id), {}});
        QCOMPARE(f.history.rowCount(), 3);
    }

    void the_oldest_give_way()
    {
        Fixture f;
        const auto id = f.port.open(7);
        for (std::size_t i = 0; i < CommandHistory::maxRows + 5; ++i)
            f.port.submit(f.send(id, std::to_string(i)));
        QCOMPARE(f.history.rowCount(), static_cast<int>(CommandHistory::maxRows));
        QCOMPARE(f.history.commandAt(0), std::string("send #7 5"));
        const std::string large(30U << 20U, 'x');
        for (int i = 0; i < 3; ++i)
            f.port.submit(f.send(id, large)); // 90 MiB
        QCOMPARE(f.history.rowCount(), 2);
    }

    void hostile_text_is_shown_plain() // GU-04
    {
        Fixture f;
        const auto id = f.port.open(7);
        f.port.submit(f.send(id, std::string_view("a\x1b[2J\n\0b\xe2\x80\xae", 11)));
        for (const QChar c : f.cell(0, HistoryColumn::Command))
            QVERIFY(c.isPrint());
        QVERIFY(f.history.commandAt(0).find('\n') == std::string::npos);
        QVERIFY(f.history.commandAt(0).find('\x1b') == std::string::npos);
    }

    void clearing_keeps_what_comes_later()
    {
        Fixture f;
        const auto id = f.port.open(7);
        const Ticket ticket = f.port.submit(f.send(id, "a"));
        f.history.clear();
        QCOMPARE(f.history.rowCount(), 0);
        f.port.finish(ticket);
        f.port.submit(f.send(id, "b"));
        QCOMPARE(f.history.commandAt(0), std::string("send #7 b"));
        f.history.undoClear();
        QCOMPARE(f.history.rowCount(), 2);
        QCOMPARE(f.history.commandAt(0), std::string("send #7 a"));
        QCOMPARE(f.history.commandAt(1), std::string("send #7 b"));
        f.history.undoClear();
        QCOMPARE(f.history.rowCount(), 2);
    }

    void taking_a_clearing_back_keeps_the_bound()
    {
        Fixture f;
        const auto id = f.port.open(7);
        for (std::size_t i = 0; i < CommandHistory::maxRows; ++i)
            f.port.submit(f.send(id, "old " + std::to_string(i)));
        f.history.clear();
        for (int i = 0; i < 10; ++i)
            f.port.submit(f.send(id, "new " + std::to_string(i)));
        f.history.undoClear();
        QCOMPARE(f.history.rowCount(), static_cast<int>(CommandHistory::maxRows));
        QCOMPARE(f.history.commandAt(0), std::string("send #7 old 10")); // quoted or not, it is the eleventh
        QCOMPARE(f.history.commandAt(f.history.rowCount() - 1), std::string("send #7 new 9"));
    }
};

QTEST_GUILESS_MAIN(CommandHistoryTest)
#include "command_history_test.moc"
