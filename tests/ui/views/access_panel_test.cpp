#include "tests/ui/views/panel_fixture.h"
#include "ui/text/language.h"
#include "ui/views/access_panel.h"
#include "ui/views/allow_list_editor.h"
#include "ui/views/inline_notice.h"
#include "ui/views/try_it.h"

#include <QCheckBox>
#include <QPushButton>
#include <QScopeGuard>
#include <QScrollArea>
#include <QTableView>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;

namespace {

struct Fixture : test::PanelFixture {
    ServerStatus status;
    AccessPanel panel{port};
    QTableView* hosts = child<QTableView>(panel, "hosts_table");
    QTableView* origins = child<QTableView>(panel, "origins_table");
    InlineNotice* notice = child<InlineNotice>(panel, "origins_notice");
    QLineEdit* newOrigin = child<QLineEdit>(panel, "add_origin_text");
    QPushButton* addOrigin = child<QPushButton>(panel, "add_origin");

    Fixture()
    {
        panel.resize(400, 800);
        panel.show();
        QApplication::setActiveWindow(&panel);
        port.deliverStatus(status);
    }
    /// Answers the last command as the server would: the list becomes what was asked for.
    void apply()
    {
        const auto* command = port.last<command::ReplaceList>();
        if (!command)
            return;
        (command->list == ListKind::hosts ? status.access.hosts : status.access.origins) = command->content;
        const Ticket ticket = port.submitted.back().ticket;
        ++status.access_revision;
        port.deliverStatus(status);
        port.finish(ticket);
    }
    [[nodiscard]] QStringList lastLines() const
    {
        QStringList lines;
        if (const auto* command = port.last<command::ReplaceList>()) {
            for (const AccessLine& line : command->content.lines)
                lines += QString::fromStdString(line.text);
        }
        return lines;
    }
    static QStringList linesOf(const AccessList& list)
    {
        QStringList lines;
        for (const AccessLine& line : list.lines)
            lines += QString::fromStdString(line.text);
        return lines;
    }
    [[nodiscard]] static QStringList shown(const QTableView* table)
    {
        QStringList lines;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            lines += table->model()->index(row, 0).data(Qt::EditRole).toString();
        return lines;
    }
    void typeOrigin(const QString& text) const
    {
        newOrigin->setText(text);
        QTest::keyClick(newOrigin, Qt::Key_Return);
    }
    /// Ends an edit in place; the view commits it in one turn of the event loop, the editor takes it up in
    /// the next.
    static void commit(QLineEdit* editor)
    {
        QTest::keyClick(editor, Qt::Key_Return);
        QApplication::processEvents();
        QApplication::processEvents();
    }
    static void select(QTableView* table, int row)
    {
        table->setFocus();
        table->selectionModel()->setCurrentIndex(
            table->model()->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
};

} // namespace

class AccessPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_is_cut_in_the_narrowest_panel_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("German") << QStringLiteral("de");
    }

    void nothing_is_cut_in_the_narrowest_panel()
    {
        QFETCH(QString, language);
        speak(language);
        const auto back = qScopeGuard([] { speak(QStringLiteral("en")); });
        Fixture f;
        f.panel.resize(280, 400);
        QApplication::processEvents();
        const auto* scroll = f.panel.findChild<QScrollArea*>();
        QVERIFY(scroll);
        QStringList wide;
        for (const QWidget* each : scroll->widget()->findChildren<QWidget*>()) {
            if (each->isVisible() && each->minimumSizeHint().width() > scroll->viewport()->width())
                wide += QStringLiteral("%1 %2").arg(each->objectName()).arg(each->minimumSizeHint().width());
        }
        QVERIFY2(wide.isEmpty(), qPrintable(wide.join(QStringLiteral(", "))));
        QVERIFY(scroll->widget()->width() <= scroll->viewport()->width());
    }

    void shows_both_lists()
    {
        Fixture f;
        QCOMPARE(f.shown(f.hosts), f.linesOf(AccessList::built_in(ListKind::hosts)));
        QCOMPARE(f.shown(f.origins), f.linesOf(AccessList::built_in(ListKind::origins)));
    }

    void an_added_entry_replaces_the_list_exactly()
    {
        Fixture f;
        const QStringList before = f.linesOf(f.status.access.origins);
        f.typeOrigin(QStringLiteral(" http://localhost:3000 "));
        QCOMPARE(f.port.submitted.size(), std::size_t{1});
        const auto* command = f.port.last<command::ReplaceList>();
        QVERIFY(command);
        QCOMPARE(command->list, ListKind::origins);
        QCOMPARE(command->from_file, false);
        QCOMPARE(f.lastLines(), before + QStringList{QStringLiteral("http://localhost:3000")});
        const AccessLine& added = command->content.lines.back();
        QCOMPARE(added.state, AccessLine::State::active);
        QCOMPARE(added.temporary, false);
        QVERIFY(added.pattern == *parse_access_pattern(ListKind::origins, "http://localhost:3000"));
        f.apply();
        QCOMPARE(f.newOrigin->text(), QString());
    }

    void the_last_change_can_be_undone()
    {
        Fixture f;
        const QStringList before = f.linesOf(f.status.access.origins);
        f.typeOrigin(QStringLiteral("http://localhost:3000"));
        f.apply();
        child<QPushButton>(*f.notice, "Undo change of origins")->click();
        QCOMPARE(f.lastLines(), before);
        f.apply();
        QCOMPARE(f.shown(f.origins), before);
    }

    void an_entry_is_edited_in_place_by_keyboard()
    {
        Fixture f;
        f.select(f.origins, 0);
        QTest::keyClick(f.origins, Qt::Key_F2);
        auto* editor = child<QLineEdit>(*f.origins, "access_entry_editor");
        QCOMPARE(editor->text(), f.shown(f.origins)[0]);
        editor->setText(QStringLiteral("http://localhost:9000"));
        f.commit(editor);
        QCOMPARE(f.port.submitted.size(), std::size_t{1});
        QCOMPARE(f.lastLines()[0], QStringLiteral("http://localhost:9000"));
        QCOMPARE(f.lastLines().size(), f.linesOf(f.status.access.origins).size());
    }

    void closing_the_window_while_editing_does_no_harm()
    {
        Fixture f;
        f.select(f.origins, 0);
        QTest::keyClick(f.origins, Qt::Key_F2);
        child<QLineEdit>(*f.origins, "access_entry_editor")->setText(QStringLiteral("http://evil.example"));
    }

    void delete_removes_and_insert_begins_an_entry()
    {
        Fixture f;
        const QStringList before = f.shown(f.hosts);
        f.select(f.hosts, 1);
        QTest::keyClick(f.hosts, Qt::Key_Delete);
        QStringList expected = before;
        expected.removeAt(1);
        QCOMPARE(f.lastLines(), expected);
        QCOMPARE(f.port.last<command::ReplaceList>()->list, ListKind::hosts);
        QTest::keyClick(f.hosts, Qt::Key_Insert);
        QCOMPARE(QApplication::focusWidget(), child<QLineEdit>(f.panel, "add_host_text"));
    }

    void what_is_no_entry_says_why_and_is_not_added_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("blank inside") << QStringLiteral("http://a b");
        QTest::newRow("path") << QStringLiteral("http://localhost/path");
        QTest::newRow("port too large") << QStringLiteral("localhost:70000");
        QTest::newRow("two stars") << QStringLiteral("*.*.local");
        QTest::newRow("GU-01 markup") << QStringLiteral("<b>x</b>");
    }
    void what_is_no_entry_says_why_and_is_not_added()
    {
        QFETCH(QString, text);
        Fixture f;
        f.typeOrigin(text);
        QVERIFY(f.port.submitted.empty());
        QVERIFY(!f.addOrigin->isEnabled());
        auto* problem = child<QLabel>(f.panel, "origin_problem");
        QVERIFY(problem->isVisible());
        QVERIFY(problem->text().size() > 8);
        QCOMPARE(f.newOrigin->property("bad").toBool(), true);
    }

    void beyond_loopback_asks_first_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("strongly");
        QTest::newRow("an address") << QStringLiteral("http://192.168.1.20:5173") << false;
        QTest::newRow("a name") << QStringLiteral("https://dev.example") << false;
        QTest::newRow("a suffix") << QStringLiteral("*.dev.example") << false;
        QTest::newRow("everything") << QStringLiteral("*") << true;
        QTest::newRow("a top level") << QStringLiteral("*.com") << true;
        QTest::newRow("OR-13 everything, with a comment") << QStringLiteral("* # everybody") << true;
        QTest::newRow("an address, with a comment") << QStringLiteral("http://192.168.1.20 # mine") << false;
    }
    void beyond_loopback_asks_first()
    {
        QFETCH(QString, text);
        QFETCH(bool, strongly);
        Fixture f;
        f.typeOrigin(text);
        QVERIFY2(f.port.submitted.empty(), "it asks first");
        QVERIFY(f.notice->isVisible());
        QCOMPARE(f.notice->kind(), strongly ? InlineNotice::Kind::Danger : InlineNotice::Kind::Warning);
        f.notice->dismiss();
        QVERIFY(f.port.submitted.empty());
        f.typeOrigin(text);
        child<QPushButton>(*f.notice, "Confirm origin")->click();
        QCOMPARE(f.lastLines().last(), text);
        QCOMPARE(f.port.last<command::ReplaceList>()->content.lines.back().state, AccessLine::State::active);
    }

    void an_edit_beyond_loopback_asks_first_too()
    {
        Fixture f;
        f.select(f.origins, 0);
        child<QPushButton>(f.panel, "edit_origin")->click();
        auto* editor = child<QLineEdit>(*f.origins, "access_entry_editor");
        editor->setText(QStringLiteral("http://evil.example"));
        f.commit(editor);
        QVERIFY(f.port.submitted.empty());
        QVERIFY(f.notice->text().contains(QStringLiteral("evil.example")));
        child<QPushButton>(*f.notice, "Confirm origin")->click();
        QCOMPARE(f.lastLines()[0], QStringLiteral("http://evil.example"));
    }

    void another_comment_is_taken_without_a_question()
    {
        Fixture f;
        std::vector<std::string> notices;
        f.status.access.origins = AccessList::parse_file(
            ListKind::origins, "2\nhttp://app.test:5173 # the shop\n* # everybody\n", notices);
        f.port.deliverStatus(f.status);
        for (const int row : {0, 1}) {
            f.select(f.origins, row);
            child<QPushButton>(f.panel, "edit_origin")->click();
            auto* editor = child<QLineEdit>(*f.origins, "access_entry_editor");
            editor->setText(editor->text() + QStringLiteral(" again"));
            f.commit(editor);
            f.apply();
        }
        const auto* command = f.port.last<command::ReplaceList>();
        QVERIFY(command);
        QCOMPARE(f.lastLines(),
            (QStringList{QStringLiteral("http://app.test:5173 # the shop again"),
                QStringLiteral("* # everybody again")}));
        QCOMPARE(command->content.lines[0].state, AccessLine::State::active);
        QCOMPARE(command->content.lines[1].state, AccessLine::State::needs_confirmation);
    }

    void null_comes_in_for_15_minutes_only()
    {
        Fixture f;
        f.newOrigin->setText(QStringLiteral("null"));
        QVERIFY(f.addOrigin->isEnabled());
        QVERIFY(!child<QLabel>(f.panel, "origin_problem")->isVisible());
        f.addOrigin->click();
        QVERIFY(f.port.submitted.empty());
        QCOMPARE(f.notice->kind(), InlineNotice::Kind::Warning);
        QVERIFY(f.notice->text().contains(QStringLiteral("Any web site can pose as one")));
        auto* yes = child<QPushButton>(*f.notice, "Allow null for 15 minutes");
        QVERIFY(yes->text().contains(QStringLiteral("15 minutes")));
        yes->click();
        const auto* allow = f.port.last<command::Allow>();
        QVERIFY(allow);
        QCOMPARE(*allow, (command::Allow{ListKind::origins, "null", true, std::chrono::minutes(15)}));
        QCOMPARE(f.newOrigin->text(), QString());
        f.port.finish(f.port.submitted.back().ticket);
        child<QPushButton>(*f.notice, "Undo change of origins")->click();
        QCOMPARE(*f.port.last<command::Deny>(), (command::Deny{ListKind::origins, "null"}));
        QCOMPARE(f.port.submitted.size(), std::size_t{2}); // and no list ever held it
    }

    void undo_of_null_takes_back_its_own_change_only_data()
    {
        QTest::addColumn<int>("before"); // minutes that null had left; 0: it was not there
        QTest::addColumn<int>("after"); // as the server has it
        QTest::addColumn<int>("since"); // what others made of it; 0: took it off
        QTest::addColumn<bool>("isOffered");
        QTest::addColumn<int>("back"); // what Undo makes of it; 0: gone, -1: nothing is sent
        QTest::newRow("it was not there") << 0 << 15 << 15 << true << 0;
        QTest::newRow("it was there for shorter") << 5 << 15 << 15 << true << 5;
        QTest::newRow("it was there for longer") << 60 << 60 << 60 << false << -1;
        QTest::newRow("others allowed it for longer since") << 0 << 15 << 90 << true << -1;
        QTest::newRow("others made it shorter since") << 0 << 15 << 2 << true << -1;
        QTest::newRow("the terminal was faster") << 0 << 60 << 60 << true << -1;
        QTest::newRow("it was there, and others took it off") << 5 << 15 << 0 << true << -1;
    }
    void undo_of_null_takes_back_its_own_change_only()
    {
        QFETCH(int, before);
        QFETCH(int, after);
        QFETCH(int, since);
        QFETCH(bool, isOffered);
        QFETCH(int, back);
        Fixture f;
        const QStringList lasting = f.shown(f.origins);
        const TimePoint sent(std::chrono::nanoseconds(f.port.clock));
        const auto nullFor = [&](int minutes) {
            AccessList list = AccessList::built_in(ListKind::origins);
            if (minutes > 0)
                static_cast<void>(
                    list.add(ListKind::origins, "null", true, sent + std::chrono::minutes(minutes)));
            return list;
        };
        f.status.access.origins = nullFor(before);
        f.port.deliverStatus(f.status);
        f.typeOrigin(QStringLiteral("null"));
        child<QPushButton>(*f.notice, "Allow null for 15 minutes")->click();
        f.status.access.origins = nullFor(after);
        f.port.deliverStatus(f.status);
        f.port.clock += 50'000'000;
        f.port.finish(f.port.submitted.back().ticket);
        auto* undo = f.notice->findChild<QPushButton*>(QStringLiteral("Undo change of origins"));
        QCOMPARE(undo != nullptr, isOffered);
        if (!undo) {
            QVERIFY2(f.notice->text().contains(QStringLiteral("already")), qPrintable(f.notice->text()));
            return;
        }
        f.status.access.origins = nullFor(since);
        f.port.deliverStatus(f.status);
        undo->click();
        if (back < 0) {
            QVERIFY(f.port.last<command::Allow>()); // as before
        } else if (back == 0) {
            QCOMPARE(*f.port.last<command::Deny>(), (command::Deny{ListKind::origins, "null"}));
        } else {
            QCOMPARE(f.lastLines(), lasting + QStringList{QStringLiteral("null")});
            QVERIFY(f.port.last<command::ReplaceList>()->content == nullFor(back));
        }
    }

    void a_line_does_not_become_null()
    {
        Fixture f;
        const QStringList before = f.shown(f.origins);
        f.select(f.origins, 0);
        child<QPushButton>(f.panel, "edit_origin")->click();
        auto* editor = child<QLineEdit>(*f.origins, "access_entry_editor");
        editor->setText(QStringLiteral("null"));
        f.commit(editor);
        QVERIFY(f.port.submitted.empty());
        QCOMPARE(f.shown(f.origins), before);
        child<QPushButton>(*f.notice, "Allow null for 15 minutes")->click();
        QCOMPARE(f.port.last<command::Allow>()->lifetime, milliseconds(std::chrono::minutes(15)));
    }

    void undo_keeps_what_others_allowed_meanwhile()
    {
        Fixture f;
        const QStringList before = f.shown(f.origins);
        f.select(f.origins, 1);
        QTest::keyClick(f.origins, Qt::Key_Delete);
        f.apply();
        QVERIFY(f.status.access.origins.add(ListKind::origins, "http://192.168.1.20:5173")); // by the bar
        f.port.deliverStatus(f.status);
        child<QPushButton>(*f.notice, "Undo change of origins")->click();
        QCOMPARE(f.lastLines(), before + QStringList{QStringLiteral("http://192.168.1.20:5173")});
    }

    void undo_keeps_what_others_took_off_meanwhile()
    {
        Fixture f;
        QStringList expected = f.shown(f.origins);
        f.typeOrigin(QStringLiteral("http://localhost:3000"));
        f.apply();
        QVERIFY(f.status.access.origins.remove(ListKind::origins, "127.0.0.1"));
        f.port.deliverStatus(f.status);
        child<QPushButton>(*f.notice, "Undo change of origins")->click();
        expected.removeOne(QStringLiteral("127.0.0.1"));
        QCOMPARE(f.lastLines(), expected);
    }

    void a_long_list_is_removed_and_had_back_whole_data()
    {
        QTest::addColumn<int>("step"); // between the rows that are removed
        QTest::newRow("all") << 1;
        QTest::newRow("every second line") << 2;
    }
    void a_long_list_is_removed_and_had_back_whole()
    {
        QFETCH(int, step);
        Fixture f;
        for (int i = 0; i < 2'000; ++i)
            f.status.access.origins.lines.push_back(
                parse_access_line(ListKind::origins, "http://page" + std::to_string(i) + ".localhost:5173"));
        f.port.deliverStatus(f.status);
        const QStringList before = f.shown(f.origins);
        QItemSelection rows;
        QStringList left;
        for (int row = 0; row < before.size(); ++row) {
            if (row % step == 0)
                rows.select(f.origins->model()->index(row, 0), f.origins->model()->index(row, 1));
            else
                left += before[row];
        }
        f.origins->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
        f.origins->setFocus();
        QTest::keyClick(f.origins, Qt::Key_Delete);
        QCOMPARE(f.port.submitted.size(), std::size_t{1});
        QCOMPARE(f.lastLines(), left);
        QVERIFY(f.origins->selectionModel()->selectedRows().isEmpty());
        f.apply();
        QVERIFY(f.status.access.origins.add(ListKind::origins, "http://other.localhost")); // meanwhile
        f.port.deliverStatus(f.status);
        child<QPushButton>(*f.notice, "Undo change of origins")->click();
        QStringList expected = before;
        expected += QStringLiteral("http://other.localhost");
        QCOMPARE(f.lastLines(), expected);
        f.apply();
        QCOMPARE(f.shown(f.origins), expected);
    }

    void undo_of_what_others_took_back_does_nothing()
    {
        Fixture f;
        f.typeOrigin(QStringLiteral("http://localhost:3000"));
        f.apply();
        QVERIFY(f.status.access.origins.remove(ListKind::origins, "http://localhost:3000"));
        f.port.deliverStatus(f.status);
        const std::size_t before = f.port.submitted.size();
        child<QPushButton>(*f.notice, "Undo change of origins")->click();
        QCOMPARE(f.port.submitted.size(), before);
    }

    void a_refused_change_is_taken_back_and_said()
    {
        Fixture f;
        const QStringList before = f.shown(f.origins);
        f.typeOrigin(QStringLiteral("http://localhost:3000"));
        f.port.failCommand(f.port.submitted.back().ticket, Error{ErrorCode::malformed, 0, "no such entry"});
        QCOMPARE(f.shown(f.origins), before);
        QVERIFY(f.notice->text().contains(QStringLiteral("no such entry")));
    }

    void a_list_that_fell_back_says_so()
    {
        Fixture f;
        const auto banner = [&] { return child<InlineNotice>(f.panel, "hosts_banner")->text(); };
        std::vector<std::string> notices;
        f.status.access.hosts = AccessList::parse_file(ListKind::hosts, "!!", notices);
        f.port.deliverStatus(f.status);
        QCOMPARE(banner(),
            QStringLiteral("Hosts.dat cannot be used: it has no valid entry. Only this machine's own names are allowed until "
                           "it is repaired."));
        f.status.access.hosts.problem.clear();
        f.port.deliverStatus(f.status);
        QCOMPARE(banner(), QStringLiteral("The host list could not be read: only this machine's own names are allowed."));
        f.status.access.hosts = AccessList::built_in(ListKind::hosts);
        f.port.deliverStatus(f.status);
        QVERIFY(!child<InlineNotice>(f.panel, "hosts_banner")->isVisible());
    }

    void temporary_entries_show_the_time_left()
    {
        Fixture f;
        f.port.clock = 0;
        QVERIFY(f.status.access.origins.add(ListKind::origins, "null", true, TimePoint(seconds(900))));
        f.port.deliverStatus(f.status);
        const int last = f.origins->model()->rowCount() - 1;
        QVERIFY2(f.origins->model()->index(last, 1).data().toString().contains(QStringLiteral("15 min")),
            qPrintable(f.origins->model()->index(last, 1).data().toString()));
        f.port.clock = std::int64_t{300} * 1'000'000'000;
        f.port.deliverStatus(f.status);
        QVERIFY2(f.origins->model()->index(last, 1).data().toString().contains(QStringLiteral("10 min")),
            qPrintable(f.origins->model()->index(last, 1).data().toString()));
    }

    void a_wide_open_line_from_a_file_waits_to_be_confirmed()
    {
        Fixture f;
        AccessLine line;
        line.text = "*";
        line.state = AccessLine::State::needs_confirmation;
        line.pattern = *parse_access_pattern(ListKind::origins, "*");
        f.status.access.origins.lines.push_back(line);
        f.port.deliverStatus(f.status);
        auto* confirm = child<QPushButton>(f.panel, "confirm_origin");
        QVERIFY(confirm->isVisible());
        f.select(f.origins, f.origins->model()->rowCount() - 1);
        confirm->click();
        QVERIFY(f.port.submitted.empty());
        QCOMPARE(f.notice->kind(), InlineNotice::Kind::Danger);
        child<QPushButton>(*f.notice, "Confirm origin")->click();
        QCOMPARE(f.port.last<command::ReplaceList>()->content.lines.back().state, AccessLine::State::active);
    }

    void the_origin_switch_sends_its_command()
    {
        Fixture f;
        auto* box = child<QCheckBox>(f.panel, "origin_required");
        box->click();
        QCOMPARE(f.port.last<command::RequireOrigin>()->required, true);
        f.port.failCommand(f.port.submitted.back().ticket, Error{ErrorCode::not_running, 0, "stopped"});
        QCOMPARE(box->isChecked(), false);
        f.status.access.origin_required = true;
        f.port.deliverStatus(f.status);
        QCOMPARE(box->isChecked(), true);
    }

    void try_it_gives_the_verdict_as_it_is_typed_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("origin");
        QTest::addColumn<bool>("allowed");
        QTest::addColumn<bool>("hostDecides");
        QTest::addColumn<bool>("originDecides");
        QTest::newRow("localhost") << "localhost:4567"
                                   << "http://localhost:5173" << true << true << true;
        QTest::newRow("no origin") << "localhost:4567"
                                   << "" << true << true << false;
        QTest::newRow("OR another origin") << "localhost"
                                           << "http://evil.example" << false << true << false;
        QTest::newRow("OR another host") << "evil.example"
                                         << "http://localhost" << false << false << true;
        QTest::newRow("OR origin equals host") << "evil.example"
                                               << "http://evil.example" << false << false << false;
        QTest::newRow("OR prefix") << "localhost.evil.example"
                                   << "http://localhost.evil.example" << false << false << false;
        QTest::newRow("OR trailing dot and case") << "LOCALHOST.:80"
                                                  << "HTTP://LocalHost" << true << true << true;
        QTest::newRow("OR null") << "localhost"
                                 << "null" << false << true << false;
        QTest::newRow("subdomain") << "a.localhost"
                                   << "http://b.a.localhost:1" << true << true << true;
        QTest::newRow("not an origin") << "localhost"
                                       << "http://localhost/path" << false << true << false;
    }
    void try_it_gives_the_verdict_as_it_is_typed()
    {
        QFETCH(QString, host);
        QFETCH(QString, origin);
        QFETCH(bool, allowed);
        QFETCH(bool, hostDecides);
        QFETCH(bool, originDecides);
        Fixture f;
        auto* tryIt = child<TryIt>(f.panel, "try_it");
        std::optional<std::size_t> hostLine;
        std::optional<std::size_t> originLine;
        connect(tryIt, &TryIt::decidingLinesChanged, this, [&](auto hostIndex, auto originIndex) {
            hostLine = hostIndex;
            originLine = originIndex;
        });
        child<QLineEdit>(f.panel, "try_host")->setText(host);
        child<QLineEdit>(f.panel, "try_origin")->setText(origin);
        QCOMPARE(tryIt->allowed(), allowed);
        QCOMPARE(hostLine.has_value(), hostDecides);
        QCOMPARE(originLine.has_value(), originDecides);
        const AccessDecision decision = decide(f.status.access, host.toStdString(),
            origin.isEmpty() ? std::nullopt : std::optional<std::string>(origin.toStdString()), TimePoint{});
        QCOMPARE(tryIt->allowed(), decision.allowed());
        QCOMPARE(hostLine, decision.host_line);
        QCOMPARE(originLine, decision.origin_line);
    }

    void try_it_follows_the_lists()
    {
        Fixture f;
        f.panel.tryOut(QStringLiteral("localhost"), QStringLiteral("http://dev.example"));
        auto* tryIt = child<TryIt>(f.panel, "try_it");
        QVERIFY(!tryIt->allowed());
        QVERIFY(f.status.access.origins.add(ListKind::origins, "dev.example"));
        f.port.deliverStatus(f.status);
        QVERIFY(tryIt->allowed());
    }

    void every_control_has_a_name_and_a_keyboard_way()
    {
        Fixture f;
        QCOMPARE(test::faultsOf(f.panel).join(u'\n'), QString());
    }
};

QTEST_MAIN(AccessPanelTest)
#include "access_panel_test.moc"
