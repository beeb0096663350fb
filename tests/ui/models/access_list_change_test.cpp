#include "ui/models/access_list_change.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;

namespace {

AccessList listOf(const QString& lines)
{
    AccessList list;
    for (const QString& line : lines.split(u'|', Qt::SkipEmptyParts))
        list.lines.push_back(parse_access_line(ListKind::origins, line.toStdString()));
    return list;
}

QString textOf(const AccessList& list)
{
    QStringList lines;
    for (const AccessLine& line : list.lines)
        lines += QString::fromStdString(line.text);
    return lines.join(u'|');
}

} // namespace

class AccessListChangeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takes_one_edit_back_in_the_list_as_it_is_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QString>("back");
        const auto row = [](const char* name, const char* before, const char* after, const char* now,
                             const char* back) { QTest::newRow(name) << before << after << now << back; };
        row("added", "a|b", "a|b|c", "a|b|c", "a|b");
        row("added, and another came", "a|b", "a|b|c", "a|b|c|d", "a|b|d");
        row("added, and another went", "a|b", "a|b|c", "b|c", "b");
        row("added, and gone already", "a|b", "a|b|c", "a|b|d", "a|b|d");
        row("removed", "a|b|c", "a|c", "a|c", "a|b|c");
        row("removed at the head", "a|b|c", "b|c", "b|c", "a|b|c");
        row("removed at the end", "a|b|c", "a|b", "a|b", "a|b|c");
        row("removed at the end, and another came", "a|b|c", "a|b", "a|b|d", "a|b|c|d");
        row("removed, and its neighbour went", "a|b|c|d", "a|b|d", "a|d|e", "a|c|d|e");
        row("removed at the head, and another came before", "a|b", "b", "x|b", "x|a|b");
        row("removed, and all else went", "a|b", "a", "x|y", "x|b|y");
        row("removed, and come back", "a|b|c", "a|c", "a|c|b", "a|c|b");
        row("removed with its comment", "a|b # the shop|c", "a|c", "a|c", "a|b # the shop|c");
        row("many removed", "a|b|c|d|e", "b|d", "b|x|d", "a|b|c|x|d|e");
        row("one of two equal lines removed", "a|#|b|#|c", "a|#|b|c", "a|#|b|c", "a|#|b|#|c");
        row("all removed", "a|b|c", "", "", "a|b|c");
        row("all removed, and another came", "a|b|c", "", "x", "a|b|c|x");
        row("edited", "a|b|c", "a|x|c", "a|x|c", "a|b|c");
        row("edited, and others changed", "a|b|c", "a|x|c", "z|a|x|y", "z|a|b|y");
        row("edited, and edited again", "a|b|c", "a|x|c", "a|y|c", "a|b|y|c");
        row("edited, and the old line is back", "a|b|c", "a|x|c", "a|x|c|b", "a|c|b");
        row("nothing", "a|b", "a|b", "a|c", "a|c");
    }
    void takes_one_edit_back_in_the_list_as_it_is()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, now);
        QFETCH(QString, back);
        const AccessListChange change(listOf(before), listOf(after));
        QCOMPARE(textOf(change.takenBackFrom(listOf(now), {})), back);
    }

    void a_confirmed_line_waits_again()
    {
        AccessList before = listOf(QStringLiteral("a|*"));
        before.lines[1].state = AccessLine::State::needs_confirmation;
        const AccessList after = listOf(QStringLiteral("a|*"));
        AccessList now = after;
        now.lines.push_back(parse_access_line(ListKind::origins, "b"));
        const AccessList back = AccessListChange(before, after).takenBackFrom(now, {});
        QCOMPARE(textOf(back), QStringLiteral("a|*|b"));
        QCOMPARE(back.lines[1].state, AccessLine::State::needs_confirmation);
    }

    void a_lasting_and_a_passing_line_both_come_back()
    {
        AccessList before = listOf(QStringLiteral("a # ours|b"));
        AccessLine passing = parse_access_line(ListKind::origins, "a");
        passing.temporary = true;
        before.lines.push_back(passing);
        passing.text = "a # for a while";
        passing.expires = TimePoint(seconds(60));
        before.lines.push_back(passing);
        AccessList after = before;
        QVERIFY(after.remove(ListKind::origins, "a"));
        QCOMPARE(textOf(after), QStringLiteral("b"));
        const AccessListChange change(before, after);
        QVERIFY(change.takenBackFrom(after, TimePoint(seconds(59))) == before);
        QCOMPARE(textOf(change.takenBackFrom(after, TimePoint(seconds(60)))),
            QStringLiteral("a # ours|b|a")); // its time has run out
    }

    void a_list_that_fell_back_is_the_persons_own_once_something_comes_back()
    {
        const AccessListChange change(listOf(QStringLiteral("a|b")), listOf(QStringLiteral("a")));
        AccessList now = listOf(QStringLiteral("a"));
        now.fell_back = true;
        now.problem = "unreadable";
        const AccessList back = change.takenBackFrom(now, {});
        QVERIFY(!back.fell_back && back.problem.empty());
        const AccessList same = AccessListChange(listOf(QStringLiteral("a")), listOf(QStringLiteral("a")))
                                    .takenBackFrom(now, {});
        QVERIFY(same.fell_back && same.problem == now.problem);
    }
};

QTEST_APPLESS_MAIN(AccessListChangeTest)
#include "access_list_change_test.moc"
