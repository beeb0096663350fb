#include "ui/models/access_list_model.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;

namespace {

struct Fixture {
    explicit Fixture(ListKind kind = ListKind::origins)
        : model(kind)
    {
        model.setList(AccessList::built_in(kind));
    }
    AccessListModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QString state(int row) const { return model.index(row, 1).data().toString(); }
    QString entry(int row) const { return model.index(row, 0).data().toString(); }
    bool edit(int row, const QString& text) { return model.setData(model.index(row, 0), text); }
};

} // namespace

class AccessListModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void edits_a_line_in_place();
    void keeps_text_that_is_no_entry_and_flags_it();
    void adds_and_removes_entries();
    void an_entry_that_is_there_is_not_added_twice();
    void takes_what_the_server_has_with_as_little_stir_as_possible();
    void shows_how_long_a_temporary_line_has();
    void a_wide_open_line_waits_for_its_confirmation();
    void tells_what_needs_a_confirmation_data();
    void tells_what_needs_a_confirmation();
    void a_comment_behind_an_entry_stays_a_comment();
    void another_comment_puts_nothing_in_force();
    void null_is_no_lasting_entry();
    void try_it_names_the_line_that_decides_data();
    void try_it_names_the_line_that_decides();
    void marks_the_deciding_line();
    void hostile_lines_are_shown_neutrally();
};

void AccessListModelTest::edits_a_line_in_place()
{
    Fixture f;
    QSignalSpy edited(&f.model, &AccessListModel::edited);
    QVERIFY(f.edit(0, "  http://example.test:8080 "));
    QCOMPARE(edited.count(), 1);
    QCOMPARE(f.entry(0), QStringLiteral("http://example.test:8080"));
    QCOMPARE(f.model.lineAt(0)->state, AccessLine::State::active);
    QCOMPARE(f.model.lineAt(0)->pattern.name, std::string("example.test"));
    QVERIFY(!f.model.lineAt(0)->built_in);
    QVERIFY(f.edit(0, "http://example.test:8080"));
    QCOMPARE(edited.count(), 1); // nothing new
    QVERIFY(!f.model.setData(f.model.index(0, 1), "x"));
    QVERIFY(f.model.flags(f.model.index(0, 0)).testFlag(Qt::ItemIsEditable));
    QVERIFY(!f.model.flags(f.model.index(0, 1)).testFlag(Qt::ItemIsEditable));
    const auto decision = decide(AccessRules{AccessList::built_in(ListKind::hosts), f.model.list(), false, {}},
        "localhost", "http://example.test:8080", {});
    QVERIFY(decision.allowed());
}

void AccessListModelTest::keeps_text_that_is_no_entry_and_flags_it()
{
    Fixture f(ListKind::hosts);
    const int before = f.model.rowCount();
    QVERIFY(f.edit(0, "not a host!"));
    QCOMPARE(f.entry(0), QStringLiteral("not a host!"));
    QCOMPARE(f.model.lineAt(0)->state, AccessLine::State::invalid);
    QVERIFY(f.state(0).startsWith("not valid: "));
    QVERIFY(!f.model.index(0, 0).data(AccessListModel::ProblemRole).toString().isEmpty());
    QVERIFY(!f.model.problemOf("not a host!").isEmpty());
    QVERIFY(f.model.problemOf("localhost").isEmpty());
    QVERIFY(f.edit(0, "# a comment"));
    QCOMPARE(f.model.lineAt(0)->state, AccessLine::State::comment);
    QCOMPARE(f.model.rowCount(), before);
}

void AccessListModelTest::adds_and_removes_entries()
{
    Fixture f(ListKind::hosts);
    const int before = f.model.rowCount();
    QSignalSpy edited(&f.model, &AccessListModel::edited);
    const int first = f.model.addEntry("a.test");
    const int second = f.model.addEntry("b.test");
    QCOMPARE(first, before);
    QCOMPARE(second, before + 1);
    QCOMPARE(edited.count(), 2);
    f.model.removeEntries({second, first, first, 999, -1});
    QCOMPARE(f.model.rowCount(), before);
    QCOMPARE(edited.count(), 3); // one change, however many lines
    QVERIFY(f.model.removeRow(0));
    QCOMPARE(f.model.rowCount(), before - 1);
    QVERIFY(!f.model.removeRows(0, 99));
    f.model.removeEntries({});
    QCOMPARE(edited.count(), 4);
}

void AccessListModelTest::an_entry_that_is_there_is_not_added_twice()
{
    Fixture f(ListKind::hosts);
    const int row = f.model.addEntry("Example.Test.");
    QSignalSpy edited(&f.model, &AccessListModel::edited);
    QCOMPARE(f.model.addEntry("example.test"), row);
    QCOMPARE(edited.count(), 0);
}

void AccessListModelTest::takes_what_the_server_has_with_as_little_stir_as_possible()
{
    Fixture f(ListKind::hosts);
    QSignalSpy edited(&f.model, &AccessListModel::edited);
    QSignalSpy reset(&f.model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&f.model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&f.model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy data(&f.model, &QAbstractItemModel::dataChanged);
    AccessList list = f.model.list();
    f.model.setList(list);
    QCOMPARE(inserted.count() + removed.count() + data.count(), 0);
    QPersistentModelIndex last(f.model.index(f.model.rowCount() - 1, 0));
    const QString lastText = last.data().toString();
    AccessLine line = list.lines.front();
    line.text = "new.test";
    list.lines.insert(list.lines.begin() + 1, line);
    f.model.setList(list);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(last.data().toString(), lastText);
    list.lines.erase(list.lines.begin());
    f.model.setList(list);
    QCOMPARE(removed.count(), 1);
    QCOMPARE(last.data().toString(), lastText);
    list.lines[0].text = "other.test";
    f.model.setList(list);
    QCOMPARE(data.count(), 1);
    f.model.setList(AccessList{});
    QCOMPARE(f.model.rowCount(), 0);
    f.model.setList(list);
    QVERIFY(f.model.list() == list);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(edited.count(), 0); // it is the server's, not ours to submit
}

void AccessListModelTest::shows_how_long_a_temporary_line_has()
{
    Fixture f;
    AccessList list = f.model.list();
    const TimePoint now{seconds{1'000}};
    QVERIFY(list.add(ListKind::origins, "null", true, now + seconds{900}));
    QVERIFY(list.add(ListKind::origins, "http://a.test", true));
    f.model.setList(list);
    f.model.setNow(now);
    const int row = f.model.rowCount() - 2;
    QCOMPARE(f.state(row), QStringLiteral("for 15 min 00 s more"));
    QCOMPARE(f.state(row + 1), QStringLiteral("until Jackfield closes"));
    QSignalSpy data(&f.model, &QAbstractItemModel::dataChanged);
    f.model.setNow(now + seconds{870});
    QCOMPARE(data.count(), 1);
    QCOMPARE(f.state(row), QStringLiteral("for 30 s more"));
    f.model.setNow(now + seconds{901});
    QCOMPARE(f.state(row), QStringLiteral("expired"));
}

void AccessListModelTest::a_wide_open_line_waits_for_its_confirmation()
{
    Fixture f(ListKind::hosts);
    std::vector<std::string> notices;
    f.model.setList(AccessList::parse_file(ListKind::hosts, "2\nlocalhost\n*\n", notices));
    QCOMPARE(f.model.lineAt(1)->state, AccessLine::State::needs_confirmation);
    QVERIFY(f.state(1).contains("confirmed"));
    QSignalSpy edited(&f.model, &AccessListModel::edited);
    f.model.confirm(0);
    QCOMPARE(edited.count(), 0);
    f.model.confirm(1);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(f.model.lineAt(1)->state, AccessLine::State::active);
    QVERIFY(f.model.list().is_wide_open());
    f.model.confirm(7);
}

void AccessListModelTest::tells_what_needs_a_confirmation_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("needed");
    QTest::newRow("localhost") << "localhost" << false;
    QTest::newRow("loopback address") << "127.0.0.1:80" << false;
    QTest::newRow("another name") << "example.test" << true;
    QTest::newRow("an address of the network") << "192.168.1.20" << true;
    QTest::newRow("everything") << "*" << true;
    QTest::newRow("no entry at all") << "!!" << false;
    QTest::newRow("OR-13 everything, with a comment") << "* # everybody" << true;
    QTest::newRow("another name, with a comment") << "example.test # ours" << true;
    QTest::newRow("localhost, with a comment") << "localhost # *" << false;
    QTest::newRow("a comment") << "# *" << false;
}

void AccessListModelTest::tells_what_needs_a_confirmation()
{
    QFETCH(QString, text);
    QFETCH(bool, needed);
    QCOMPARE(Fixture(ListKind::hosts).model.needsConfirmation(text), needed);
}

void AccessListModelTest::a_comment_behind_an_entry_stays_a_comment()
{
    Fixture f;
    std::vector<std::string> notices;
    f.model.setList(AccessList::parse_file(
        ListKind::origins, "2\nhttp://app.test:5173   # the shop\nlocalhost\n", notices));
    QVERIFY(f.edit(0, "http://app.test:5173   # the web shop"));
    QCOMPARE(f.model.lineAt(0)->text, std::string("http://app.test:5173   # the web shop"));
    QCOMPARE(f.model.lineAt(0)->state, AccessLine::State::active);
    QCOMPARE(f.model.lineAt(0)->pattern.name, std::string("app.test"));
    QVERIFY(f.model.hasEntryOf(0, "http://APP.test:5173 # mine"));
    QVERIFY(!f.model.hasEntryOf(0, "http://app.test:5174 # mine"));
    QVERIFY(!f.model.hasEntryOf(0, "# http://app.test:5173"));
    QCOMPARE(f.model.problemOf("http://x.test # y"), QString());
    QVERIFY(!f.model.problemOf("http://x.test y # z").isEmpty());
    const int row = f.model.addEntry("http://x.test # y");
    QCOMPARE(f.model.lineAt(row)->state, AccessLine::State::active);
    const AccessRules rules{AccessList::built_in(ListKind::hosts), f.model.list(), false, {}};
    QVERIFY(decide(rules, "localhost", "http://app.test:5173", {}).allowed());
    QVERIFY(decide(rules, "localhost", "http://x.test", {}).allowed());
    QCOMPARE(f.model.addEntry("http://x.test"), row); // it is there
}

void AccessListModelTest::another_comment_puts_nothing_in_force()
{
    Fixture f;
    std::vector<std::string> notices;
    f.model.setList(AccessList::parse_file(ListKind::origins, "2\nlocalhost\n* # everybody\n", notices));
    QCOMPARE(f.model.lineAt(1)->state, AccessLine::State::needs_confirmation);
    QVERIFY(f.edit(1, "* # everyone"));
    QCOMPARE(f.model.lineAt(1)->text, std::string("* # everyone"));
    QCOMPARE(f.model.lineAt(1)->state, AccessLine::State::needs_confirmation);
}

void AccessListModelTest::null_is_no_lasting_entry()
{
    Fixture f;
    QVERIFY(f.model.isForATimeOnly("null"));
    QVERIFY(f.model.isForATimeOnly(" null # a file"));
    QVERIFY(!f.model.isForATimeOnly("# null"));
    QVERIFY(!AccessListModel(ListKind::hosts).isForATimeOnly("null"));
    QVERIFY(!f.model.problemOf("null").isEmpty());
    const int row = f.model.addEntry("null");
    QCOMPARE(f.model.lineAt(row)->state, AccessLine::State::invalid);
    QVERIFY(f.edit(0, "null"));
    QCOMPARE(f.model.lineAt(0)->state, AccessLine::State::invalid);
    AccessRules rules{AccessList::built_in(ListKind::hosts), f.model.list(), false, {}};
    QVERIFY(!decide(rules, "localhost", "null", {}).allowed());

    // One that has an end keeps it, whatever its comment says.
    AccessList list = AccessList::built_in(ListKind::origins);
    QVERIFY(list.add(ListKind::origins, "null", true, TimePoint(seconds(900))));
    f.model.setList(list);
    const int last = f.model.rowCount() - 1;
    QVERIFY(f.edit(last, "null # the report"));
    QCOMPARE(f.model.lineAt(last)->state, AccessLine::State::active);
    QCOMPARE(f.model.lineAt(last)->expires, std::optional(TimePoint(seconds(900))));
    QVERIFY(f.model.lineAt(last)->temporary);
}

void AccessListModelTest::try_it_names_the_line_that_decides_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<bool>("allowed");
    QTest::addColumn<QString>("hostSays");
    QTest::addColumn<QString>("originSays");
    QTest::newRow("both listed") << "localhost:4567"
                                 << "http://localhost:5173" << true
                                 << "Host localhost:4567: allowed by line 1, localhost."
                                 << "Origin http://localhost:5173: allowed by line";
    QTest::newRow("origin not listed") << "localhost"
                                       << "http://evil.example" << false << "Host localhost: allowed"
                                       << "Origin http://evil.example: refused, it is not on the list.";
    QTest::newRow("host not listed") << "evil.example"
                                     << "" << false << "Host evil.example: refused, it is not on the list."
                                     << "No origin: allowed";
    QTest::newRow("no host") << " "
                             << "http://localhost" << false << "No host: refused"
                             << "Origin http://localhost: allowed";
    QTest::newRow("null") << "localhost"
                          << "null" << false << "Host localhost: allowed"
                          << "Origin null: refused";
    QTest::newRow("nonsense") << "local host"
                              << "localhost/path" << false << "this is no host name"
                              << "this is no origin";
}

void AccessListModelTest::try_it_names_the_line_that_decides()
{
    QFETCH(QString, host);
    QFETCH(QString, origin);
    QFETCH(bool, allowed);
    QFETCH(QString, hostSays);
    QFETCH(QString, originSays);
    const AccessTrial trial = tryAccess(AccessRules{}, host, origin, {});
    QCOMPARE(trial.decision.allowed(), allowed);
    QVERIFY2(trial.hostSentence.contains(hostSays), qPrintable(trial.hostSentence));
    QVERIFY2(trial.originSentence.contains(originSays), qPrintable(trial.originSentence));
}

void AccessListModelTest::marks_the_deciding_line()
{
    Fixture f;
    QSignalSpy data(&f.model, &QAbstractItemModel::dataChanged);
    f.model.setDecidingLine(1);
    QCOMPARE(data.count(), 1);
    QVERIFY(f.model.index(1, 0).data(AccessListModel::DecidesRole).toBool());
    f.model.setDecidingLine(0);
    QCOMPARE(data.count(), 3);
    QVERIFY(!f.model.index(1, 0).data(AccessListModel::DecidesRole).toBool());
    f.model.setDecidingLine(std::nullopt);
    QVERIFY(!f.model.index(0, 0).data(AccessListModel::DecidesRole).toBool());
    f.model.setDecidingLine(99);
}

void AccessListModelTest::hostile_lines_are_shown_neutrally()
{
    Fixture f;
    AccessList list;
    AccessLine line;
    line.text = "<b>\x1b[2J\xe2\x80\xae\xff";
    line.state = AccessLine::State::invalid;
    line.problem = "<i>no</i>";
    list.lines.push_back(line);
    f.model.setList(list);
    QCOMPARE(f.entry(0), QString::fromUtf8("<b>⟨ESC⟩[2J⟨U+202E⟩\xef\xbf\xbd"));
    QVERIFY(!f.model.index(0, 0).data(Qt::ToolTipRole).toString().contains("<i>"));
}

QTEST_GUILESS_MAIN(AccessListModelTest)
#include "access_list_model_test.moc"
