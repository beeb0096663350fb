#include "tests/support/fake_engine_port.h"
#include "ui/text/display_text.h"
#include "ui/views/access_menu.h"
#include "ui/views/allow_action.h"

#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>
#include <QWidget>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

struct Fixture {
    FakeEnginePort port;
    ServerStatus status;
    QWidget owner;
    QMenu menu;
    QStringList said;
    std::function<void()> undo;

    explicit Fixture(const std::string& origins = {})
    {
        std::vector<std::string> notices;
        if (!origins.empty())
            status.access.origins = AccessList::parse_file(ListKind::origins, origins, notices);
        port.deliverStatus(status);
    }
    void fill(const char* origin)
    {
        fillAccessMenu(menu, port, *FakeEnginePort::makeInfo(1, origin), &owner,
            [this](const QString& sentence, std::function<void()> back) {
                said += sentence;
                undo = std::move(back);
            });
    }
    [[nodiscard]] QAction* originAction() const
    {
        return menu.findChild<QAction*>(QStringLiteral("access_origin"));
    }
    [[nodiscard]] QMessageBox* question() const
    {
        return owner.findChild<QMessageBox*>(QStringLiteral("allow_question"));
    }
    void answer(const char* button) const
    {
        question()->findChild<QPushButton*>(QLatin1String(button))->click();
    }
    [[nodiscard]] QString lines() const { return QString::fromStdString(status.access.origins.file_text()); }
    /// Does the last command as the server would, and says so.
    void apply()
    {
        AccessList& list = status.access.origins;
        if (const auto* deny = port.last<command::Deny>())
            QVERIFY(list.remove(deny->list, deny->entry).has_value());
        else if (const auto* allow = port.last<command::Allow>())
            QVERIFY(list.add(allow->list, allow->entry, allow->temporary,
                            allow->lifetime.count() > 0 ? std::optional(TimePoint(allow->lifetime))
                                                        : std::nullopt)
                        .has_value());
        else if (const auto* replace = port.last<command::ReplaceList>())
            list = replace->content;
        const Ticket ticket = port.submitted.back().ticket;
        port.deliverStatus(status);
        port.finish(ticket);
    }
};

} // namespace

class AccessMenuTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_was_taken_off_comes_back_to_its_place_with_its_comment()
    {
        const std::string file = "3\nhttp://app.test:5173 # the shop\nlocalhost\nhttp://app.test:5173\n";
        Fixture f(file);
        AccessLine passing = parse_access_line(ListKind::origins, "http://app.test:5173");
        passing.temporary = true;
        f.status.access.origins.lines.push_back(passing);
        f.port.deliverStatus(f.status);
        const AccessList before = f.status.access.origins;
        f.fill("http://app.test:5173");
        f.originAction()->trigger();
        QCOMPARE(*f.port.last<command::Deny>(), (command::Deny{ListKind::origins, "http://app.test:5173"}));
        f.apply();
        QCOMPARE(f.lines(), QStringLiteral("1\nlocalhost\n"));
        QVERIFY(f.status.access.origins.add(ListKind::origins, "http://other.test").has_value()); // meanwhile
        f.port.deliverStatus(f.status);
        QVERIFY(f.undo);
        f.undo();
        QVERIFY(f.port.last<command::ReplaceList>() != nullptr);
        f.apply();
        QVERIFY(f.status.access.origins.remove(ListKind::origins, "http://other.test").has_value());
        QVERIFY(f.status.access.origins == before);
    }

    void a_page_of_this_machine_is_let_in_at_once()
    {
        Fixture f("1\nhttp://other.test\n");
        f.fill("http://localhost:5173");
        f.originAction()->trigger();
        QVERIFY(f.question() == nullptr);
        const auto* allow = f.port.last<command::Allow>();
        QVERIFY(allow != nullptr);
        QCOMPARE(*allow, (command::Allow{ListKind::origins, "http://localhost:5173", false, {}}));
        f.apply();
        QVERIFY(f.said.last().contains(QStringLiteral("is on the list of origins")));
        f.undo();
        QCOMPARE(*f.port.last<command::Deny>(), (command::Deny{ListKind::origins, "http://localhost:5173"}));
    }

    void a_page_of_another_machine_is_asked_about()
    {
        Fixture f;
        f.fill("http://evil.example:5173");
        f.originAction()->trigger();
        QVERIFY(f.port.submitted.empty());
        QVERIFY(f.question() != nullptr);
        QVERIFY(f.question()->text().contains(QStringLiteral("evil.example")));
        f.answer("allow_question_no");
        QVERIFY(f.port.submitted.empty());
        QVERIFY(f.said.isEmpty());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

        f.originAction()->trigger();
        f.answer("allow_question_yes");
        QCOMPARE(*f.port.last<command::Allow>(),
            (command::Allow{ListKind::origins, "http://evil.example:5173", false, {}}));
        f.apply();
        QCOMPARE(f.said.size(), qsizetype(1));
        QVERIFY(f.undo);
        f.undo();
        QCOMPARE(*f.port.last<command::Deny>(), (command::Deny{ListKind::origins, "http://evil.example:5173"}));
    }

    void pages_without_an_origin_come_in_for_15_minutes_with_the_warning()
    {
        Fixture f;
        f.fill("null");
        QCOMPARE(f.originAction()->text(), AllowAction::buttonText(AllowFor::FifteenMinutes));
        f.originAction()->trigger();
        QVERIFY(f.port.submitted.empty());
        QVERIFY(f.question() != nullptr);
        QCOMPARE(f.question()->informativeText(), AllowAction::nullOriginWarning());
        f.answer("allow_question_yes");
        QCOMPARE(*f.port.last<command::Allow>(),
            (command::Allow{ListKind::origins, "null", true, std::chrono::minutes(15)}));
        f.apply();
        QVERIFY(f.said.last().contains(QStringLiteral("15 minutes")));
        QVERIFY(!f.lines().contains(QStringLiteral("null")));
    }

    void what_the_server_did_not_do_is_said()
    {
        Fixture f("1\nhttp://other.test\n");
        f.fill("http://localhost:5173");
        f.originAction()->trigger();
        f.port.failCommand(f.port.submitted.back().ticket, Error{ErrorCode::malformed, 0, "no such entry"});
        QCOMPARE(f.said.size(), qsizetype(1));
        QVERIFY(f.said.last().contains(QStringLiteral("no such entry")));
        QVERIFY(!f.undo);
    }
};

QTEST_MAIN(AccessMenuTest)
#include "access_menu_test.moc"
