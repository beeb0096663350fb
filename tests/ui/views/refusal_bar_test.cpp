#include "tests/support/fake_engine_port.h"
#include "ui/models/refused_model.h"
#include "ui/views/allow_action.h"
#include "ui/views/refusal_bar.h"

#include <QApplication>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

event::Refused refusal(const std::string& origin, const std::string& host = "localhost:4567")
{
    event::Refused refused;
    refused.reason = origin == "null" ? RefusalReason::origin_null : RefusalReason::origin_not_allowed;
    refused.peer = SocketAddress::v4({127, 0, 0, 1}, 50'000);
    refused.method = "GET";
    refused.target = "/chat";
    refused.host = host;
    refused.origin = origin;
    refused.has_origin = true;
    refused.was_upgrade = true;
    refused.status = 403;
    refused.access = decide(AccessRules{}, refused.host, refused.origin, TimePoint{});
    refused.remedy = RefusalRemedy::access;
    return refused;
}

} // namespace

class RefusalBarTest : public QObject {
    Q_OBJECT

    struct Fixture {
        FakeEnginePort port;
        RefusedModel model;
        QWidget window;
        AllowAction allow{port, &window};
        RefusalBar* bar = nullptr;

        Fixture()
        {
            QObject::connect(&port, &EnginePort::eventsTaken, &model, &RefusedModel::apply);
            QObject::connect(&port, &EnginePort::statusChanged, &model,
                [this](const ServerStatus& status) { model.reconsider(status, TimePoint{}); });
            bar = new RefusalBar(port, model, allow, &window);
            (new QVBoxLayout(&window))->addWidget(bar);
            window.show();
        }
        QPushButton* button(const char* name) { return bar->findChild<QPushButton*>(QLatin1String(name)); }
        void arm() { QTRY_VERIFY(bar->isArmed()); }
        void click(const char* name) { QTest::mouseClick(button(name), Qt::LeftButton); }
        /// Answers every command that waits.
        void finishAll()
        {
            for (; answered < port.submitted.size(); ++answered)
                port.finish(port.submitted[answered].ticket);
        }
        std::size_t answered = 0;
    };

private Q_SLOTS:
    void a_refusal_that_an_entry_would_mend_shows_the_bar()
    {
        Fixture f;
        QVERIFY(!f.bar->isVisible());
        f.port.deliverEvent(refusal("http://localhost.evil.example"));
        QVERIFY(f.bar->isVisible());
        QVERIFY(f.bar->text().contains(QStringLiteral("http://localhost.evil.example")));
        QVERIFY(!f.bar->isAncestorOf(QApplication::focusWidget()));
    }

    void a_refusal_that_no_entry_would_mend_does_not()
    {
        Fixture f;
        auto refused = refusal("http://a.example");
        refused.reason = RefusalReason::websocket_key;
        refused.access.reset();
        f.port.deliverEvent(refused);
        QVERIFY(!f.bar->isVisible());
    }

    void buttons_are_dead_until_they_are_armed()
    {
        Fixture f;
        f.bar->setArmingTime(std::chrono::hours(1));
        f.port.deliverEvent(refusal("http://a.example"));
        for (const char* name :
            {"refusal_allow", "refusal_allow_once", "refusal_details", "refusal_ignore"}) {
            QVERIFY(!f.button(name)->isEnabled());
            f.click(name);
        }
        QVERIFY(f.port.submitted.empty());
        QVERIFY(f.bar->isVisible());
    }

    void the_next_refusal_arms_anew()
    {
        Fixture f;
        f.bar->setArmingTime(std::chrono::milliseconds(0));
        f.port.deliverEvent(refusal("http://a.example"));
        f.port.deliverEvent(refusal("http://b.example"));
        f.arm();
        f.bar->setArmingTime(std::chrono::hours(1));
        f.click("refusal_ignore");
        QVERIFY(f.bar->isVisible());
        QVERIFY(f.bar->text().contains(QStringLiteral("b.example")));
        QVERIFY(!f.button("refusal_allow")->isEnabled());
    }

    void several_fold_into_a_count()
    {
        Fixture f;
        for (const char* origin :
            {"http://a.example", "http://b.example", "http://c.example", "http://a.example"})
            f.port.deliverEvent(refusal(origin));
        QVERIFY(f.bar->text().contains(QStringLiteral("a.example")));
        QVERIFY(f.button("refusal_more")->isVisible());
        QCOMPARE(f.button("refusal_more")->text(), QStringLiteral("and 2 more"));
    }

    void allowing_beyond_this_machine_asks_first()
    {
        Fixture f;
        f.bar->setArmingTime(std::chrono::milliseconds(0));
        f.port.deliverEvent(refusal("http://192.168.1.20:5173"));
        f.arm();
        f.click("refusal_allow");
        QVERIFY(f.port.submitted.empty());
        auto* question = f.window.findChild<QMessageBox*>(QStringLiteral("allow_question"));
        QVERIFY(question != nullptr);
        QCOMPARE(question->textFormat(), Qt::PlainText);
        QTest::mouseClick(
            question->findChild<QPushButton*>(QStringLiteral("allow_question_yes")), Qt::LeftButton);
        const auto* allow = f.port.last<command::Allow>();
        QVERIFY(allow != nullptr);
        QCOMPARE(allow->list, ListKind::origins);
        QCOMPARE(allow->entry, std::string("http://192.168.1.20:5173"));
        QVERIFY(!allow->temporary);
    }

    void declining_leaves_the_question_on_the_bar()
    {
        Fixture f;
        f.bar->setArmingTime(std::chrono::milliseconds(0));
        f.port.deliverEvent(refusal("http://192.168.1.20:5173"));
        f.arm();
        f.click("refusal_allow_once");
        auto* question = f.window.findChild<QMessageBox*>(QStringLiteral("allow_question"));
        QVERIFY(question != nullptr);
        QTest::mouseClick(
            question->findChild<QPushButton*>(QStringLiteral("allow_question_no")), Qt::LeftButton);
        QVERIFY(f.port.submitted.empty());
        QVERIFY(f.bar->isVisible());
        QVERIFY(f.button("refusal_allow")->isVisible());
    }

    void one_allow_adds_host_and_origin_then_follows_up_and_undoes()
    {
        Fixture f;
        f.bar->setArmingTime(std::chrono::milliseconds(0));
        f.port.deliverEvent(refusal("http://dev.example:5173", "dev.example:4567"));
        f.arm();
        f.click("refusal_allow_once");
        auto* question = f.window.findChild<QMessageBox*>(QStringLiteral("allow_question"));
        QVERIFY(question != nullptr);
        QTest::mouseClick(
            question->findChild<QPushButton*>(QStringLiteral("allow_question_yes")), Qt::LeftButton);
        QCOMPARE(f.port.submitted.size(), std::size_t(2));
        for (const auto& submitted : f.port.submitted)
            QVERIFY(std::get<command::Allow>(submitted.command).temporary);
        QCOMPARE(std::get<command::Allow>(f.port.submitted[0].command).list, ListKind::hosts);
        QCOMPARE(std::get<command::Allow>(f.port.submitted[1].command).list, ListKind::origins);
        f.finishAll();
        QVERIFY(f.bar->text().contains(QStringLiteral("Reload the page")));
        QVERIFY(f.button("refusal_undo")->isVisible());
        QVERIFY(!f.button("refusal_allow")->isVisible());

        auto info = FakeEnginePort::makeInfo(7, "http://dev.example:5173");
        info->host = std::make_shared<const std::string>("dev.example:4567");
        f.port.deliverEvent(event::Opened{info, {}, {}});
        QVERIFY(f.bar->text().contains(QStringLiteral("#7")));

        f.click("refusal_undo");
        QCOMPARE(f.port.submitted.size(), std::size_t(4));
        QVERIFY(std::holds_alternative<command::Deny>(f.port.submitted[2].command));
        QVERIFY(std::holds_alternative<command::Deny>(f.port.submitted[3].command));
        QVERIFY(!f.bar->isVisible());
    }

    void a_page_without_an_origin_gets_a_quarter_of_an_hour_and_a_warning()
    {
        Fixture f;
        f.bar->setArmingTime(std::chrono::milliseconds(0));
        f.port.deliverEvent(refusal("null"));
        f.arm();
        QVERIFY(f.bar->text().contains(QStringLiteral("pose as one")));
        QCOMPARE(f.button("refusal_allow")->text(),
            QStringLiteral("Allow pages without an origin for 15 minutes"));
        QVERIFY(!f.button("refusal_allow_once")->isVisible());
        f.click("refusal_allow");
        const auto* allow = f.port.last<command::Allow>();
        QVERIFY(allow != nullptr);
        QCOMPARE(allow->entry, std::string("null"));
        QVERIFY(allow->temporary);
        QCOMPARE(allow->lifetime, milliseconds(std::chrono::minutes(15)));
    }

    void an_entry_that_the_server_refuses_is_reported_and_the_other_taken_back()
    {
        Fixture f;
        f.bar->setArmingTime(std::chrono::milliseconds(0));
        f.port.deliverEvent(refusal("http://dev.example:5173", "dev.example:4567"));
        f.arm();
        f.click("refusal_allow");
        QTest::mouseClick(
            f.window.findChild<QPushButton*>(QStringLiteral("allow_question_yes")), Qt::LeftButton);
        QCOMPARE(f.port.submitted.size(), std::size_t(2));
        f.port.finish(f.port.submitted[0].ticket);
        f.port.failCommand(f.port.submitted[1].ticket, Error{ErrorCode::malformed, 0, "not an origin"});
        QVERIFY(f.bar->text().contains(QStringLiteral("not an origin")));
        QVERIFY(f.port.last<command::Deny>() != nullptr);
    }

    void ignoring_keeps_quiet_about_the_same_page()
    {
        Fixture f;
        f.bar->setArmingTime(std::chrono::milliseconds(0));
        f.port.deliverEvent(refusal("http://a.example"));
        f.arm();
        f.click("refusal_ignore");
        QVERIFY(!f.bar->isVisible());
        f.port.deliverEvent(refusal("http://a.example"));
        QVERIFY(!f.bar->isVisible());
        f.port.deliverEvent(refusal("http://b.example"));
        QVERIFY(f.bar->isVisible());
    }

    void a_list_that_lets_it_in_by_now_takes_the_bar_away()
    {
        Fixture f;
        f.port.deliverEvent(refusal("http://a.example"));
        QVERIFY(f.bar->isVisible());
        ServerStatus status;
        QVERIFY(status.access.origins.add(ListKind::origins, "http://a.example").has_value());
        f.port.deliverStatus(status);
        QVERIFY(!f.bar->isVisible());
    }

    void text_of_the_page_stays_plain()
    {
        // GU-01
        Fixture f;
        auto refused = refusal("http://a.example");
        refused.origin = "<img src=x>\x1b[2J";
        f.port.deliverEvent(refused);
        QVERIFY(!f.bar->text().contains(QChar(0x1b)));
        for (const QLabel* label : f.bar->findChildren<QLabel*>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }
};

QTEST_MAIN(RefusalBarTest)
#include "refusal_bar_test.moc"
