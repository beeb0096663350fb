#include "ui/models/allowed_entry.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;

namespace {

constexpr TimePoint start{std::chrono::minutes(100)};

AccessLine lineOf(const char* text, AccessLine::State state, bool temporary, int minutes)
{
    AccessLine line = parse_access_line(ListKind::origins, text);
    line.state = state;
    line.temporary = temporary;
    if (minutes > 0)
        line.expires = start + std::chrono::minutes(minutes);
    return line;
}

} // namespace

class AllowedEntryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_was_there_before_comes_back_as_it_was_data()
    {
        using State = AccessLine::State;
        QTest::addColumn<AccessLine>("was");
        QTest::addColumn<command::Allow>("allow");
        QTest::addColumn<bool>("isChange");
        const char* page = "http://app.test # ours";
        const std::string entry = "http://app.test";
        const auto row = [&](const char* name, const AccessLine& was, bool temporary, int minutes,
                             bool isChange) {
            QTest::newRow(name) << was
                                << command::Allow{ListKind::origins,
                                       was.pattern.form == AccessPattern::Form::everything ? "*" : entry,
                                       temporary, std::chrono::minutes(minutes)}
                                << isChange;
        };
        row("until it closes, then for good", lineOf(page, State::active, true, 0), false, 0, true);
        row("for a time, then for good", lineOf(page, State::active, true, 5), false, 0, true);
        row("for a time, then until it closes", lineOf(page, State::active, true, 5), true, 0, true);
        row("for a time, then for a longer one", lineOf(page, State::active, true, 5), true, 15, true);
        row("for a time, then for a shorter one", lineOf(page, State::active, true, 50), true, 15, false);
        row("for good, then for a time", lineOf(page, State::active, false, 0), true, 15, false);
        row("not in force, then for good", lineOf("*", State::needs_confirmation, false, 0), false, 0, true);
        row("not in force, then until it closes", lineOf("*", State::needs_confirmation, false, 0), true, 0,
            true);
    }
    void what_was_there_before_comes_back_as_it_was()
    {
        QFETCH(AccessLine, was);
        QFETCH(command::Allow, allow);
        QFETCH(bool, isChange);
        AccessList before = AccessList::built_in(ListKind::origins);
        before.lines.insert(before.lines.begin(), was);
        AllowedEntry entry(before, allow, start);
        QCOMPARE(entry.isChange(), isChange);
        AccessList now = before;
        const auto ends = allow.lifetime.count() > 0
            ? std::optional(start + std::chrono::milliseconds(30) + allow.lifetime)
            : std::nullopt;
        QVERIFY(now.add(allow.list, allow.entry, allow.temporary, ends)); // as the server does
        QVERIFY(!entry.takenBackFrom(now, start)); // it is not known to be done
        entry.setDone(start + std::chrono::milliseconds(60));
        QVERIFY(now.add(ListKind::origins, "http://other.test"));
        const auto back = entry.takenBackFrom(now, start + std::chrono::minutes(1));
        QCOMPARE(back.has_value(), isChange);
        if (!back)
            return;
        QVERIFY(before.add(ListKind::origins, "http://other.test"));
        const auto* replace = std::get_if<command::ReplaceList>(&*back);
        QVERIFY(replace != nullptr);
        QVERIFY(replace->content == before);
    }

    void a_new_entry_is_taken_off_unless_others_made_it_theirs()
    {
        const AccessList before = AccessList::built_in(ListKind::origins);
        AllowedEntry entry(before, {ListKind::origins, "http://app.test", true, {}}, start);
        entry.setDone(start);
        AccessList now = before;
        QVERIFY(now.add(ListKind::origins, "http://app.test", true));
        const auto back = entry.takenBackFrom(now, start);
        QVERIFY(back && std::holds_alternative<command::Deny>(*back));
        QVERIFY(entry.takenBackFrom(before, start)); // the list may lag behind the command
        QVERIFY(now.add(ListKind::origins, "http://app.test")); // for good, by the terminal
        QVERIFY(!entry.takenBackFrom(now, start));
    }
};

QTEST_APPLESS_MAIN(AllowedEntryTest)
#include "allowed_entry_test.moc"
