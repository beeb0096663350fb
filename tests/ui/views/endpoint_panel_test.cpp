#include "tests/support/listening_status.h"
#include "tests/ui/views/panel_fixture.h"
#include "ui/models/endpoint_model.h"
#include "ui/text/language.h"
#include "ui/views/behaviour_choice.h"
#include "ui/views/endpoint_panel.h"
#include "ui/views/sockjs_fields.h"

#include <QAction>
#include <QCheckBox>
#include <QHeaderView>
#include <QPushButton>
#include <QScopeGuard>
#include <QSpinBox>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::PanelFixture;

namespace {

EndpointConfig endpoint(
    std::string pattern, std::string behaviour = "echo", std::vector<SubprotocolRule> rules = {})
{
    return {std::move(pattern), std::move(rules), std::move(behaviour), false};
}

EndpointConfig withSockJs(std::string pattern)
{
    EndpointConfig made = endpoint(std::move(pattern));
    made.sockjs.emplace();
    return made;
}

struct Fixture : PanelFixture {
    EndpointPanel panel{port, connections};
    std::vector<EndpointConfig> endpoints;

    explicit Fixture(std::vector<EndpointConfig> first
        = {endpoint("/*", "echo", {{"chat", "chat"}}), endpoint("/api/*", "silent")})
    {
        panel.resize(360, 700);
        serve(std::move(first));
        panel.show();
    }
    void serve(std::vector<EndpointConfig> now)
    {
        endpoints = std::move(now);
        ServerStatus status;
        status.listening = true;
        status.endpoints = endpoints;
        port.deliverStatus(std::move(status));
    }
    /// What the engine would do with the last command, a SetEndpoint.
    void accept()
    {
        const Ticket ticket = port.submitted.back().ticket;
        if (const auto* set = port.last<command::SetEndpoint>()) {
            auto next = endpoints;
            const auto at = std::ranges::find_if(
                next, [&](const auto& each) { return each.pattern == set->endpoint.pattern; });
            if (at == next.end())
                next.push_back(set->endpoint);
            else
                *at = set->endpoint;
            serve(std::move(next));
        } else if (const auto* remove = port.last<command::RemoveEndpoint>()) {
            auto next = endpoints;
            std::erase_if(next, [&](const auto& each) { return each.pattern == remove->pattern; });
            serve(std::move(next));
        }
        port.finish(ticket);
    }
    template <class Widget>
    Widget* the(const char* name)
    {
        Widget* found = panel.findChild<Widget*>(QLatin1String(name));
        Q_ASSERT(found != nullptr);
        return found;
    }
    QTableView* table = the<QTableView>("endpoint_table");
    QTableWidget* subprotocols = the<QTableWidget>("endpoint_subprotocols");
    QString cell(int row, EndpointColumn column)
    {
        return table->model()->index(row, static_cast<int>(column)).data().toString();
    }
    QLineEdit* openName(int row)
    {
        subprotocols->setCurrentCell(row, 0);
        subprotocols->editItem(subprotocols->item(row, 0));
        return subprotocols->findChild<QLineEdit*>(QStringLiteral("subprotocol_name_editor"));
    }
    void typeName(int row, const QString& name)
    {
        QLineEdit* editor = openName(row);
        editor->setText(name);
        QTest::keyClick(editor, Qt::Key_Return);
        QCoreApplication::processEvents(); // an item view takes an edit over from its event loop
    }
    void chooseAnswer(int row, const std::string& behaviour)
    {
        subprotocols->setCurrentCell(row, 1);
        subprotocols->editItem(subprotocols->item(row, 1));
        auto* box = subprotocols->findChild<BehaviourChoice*>();
        box->setBehaviour(behaviour);
        Q_EMIT box->activated(box->currentIndex());
    }
    QString path() { return the<QLineEdit>("endpoint_path")->text(); }
    QString said()
    {
        for (QLabel* label : panel.findChildren<QLabel*>()) {
            if (label->isVisible() && label->objectName().startsWith(QStringLiteral("notice")))
                return label->text();
        }
        return {};
    }
    QPushButton* undo()
    {
        for (QPushButton* button : panel.findChildren<QPushButton*>()) {
            if (button->text() == QStringLiteral("Undo") && button->isVisible())
                return button;
        }
        return nullptr;
    }
};

} // namespace

class EndpointPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_narrow_table_shows_whole_titles()
    {
        speak(QStringLiteral("de")); // whose words are longer
        const auto back = qScopeGuard([] { speak(QStringLiteral("en")); });
        Fixture f;
        const QTableView* table = test::child<QTableView>(f.panel, "endpoint_table");
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        for (const char* pattern : {"/api/*", "/a/rather/long/path/for/a/panel/as/narrow/as/this"}) {
            f.serve({endpoint("/*", "echo", {{"chat", "chat"}, {"echo", "echo"}}), endpoint(pattern)});
            QApplication::processEvents();
            int all = 0;
            for (int column = 0; column < table->model()->columnCount(); ++column) {
                const QString title = table->model()->headerData(column, Qt::Horizontal).toString();
                const int text = table->horizontalHeader()->fontMetrics().horizontalAdvance(title);
                QVERIFY2(table->columnWidth(column) >= text + 16, qPrintable(title));
                all += table->columnWidth(column);
            }
            QCOMPARE(all, table->viewport()->width());
        }
    }

    void tells_what_every_path_is_answered_by_and_how_many_are_on_it()
    {
        Fixture f;
        auto info = jackfield::test::FakeEnginePort::makeInfo(1);
        f.port.open(info);
        f.port.open(2);
        QCOMPARE(f.table->model()->rowCount(), 2);
        QCOMPARE(f.cell(0, EndpointColumn::Path), QStringLiteral("/*"));
        QCOMPARE(f.cell(0, EndpointColumn::Answers), QStringLiteral("echo"));
        QCOMPARE(f.cell(0, EndpointColumn::Subprotocols), QStringLiteral("chat"));
        QCOMPARE(f.cell(0, EndpointColumn::Open), QStringLiteral("2"));
        QCOMPARE(f.cell(1, EndpointColumn::Open), QStringLiteral("0"));
        f.port.close(info);
        QCOMPARE(f.cell(0, EndpointColumn::Open), QStringLiteral("1"));
    }

    void more_that_close_at_once_than_are_kept_are_counted_too()
    {
        Fixture f;
        StateBatch closings;
        for (std::uint64_t number = 1; number <= 2 * ConnectionStore::maxClosed; ++number) {
            auto info = jackfield::test::FakeEnginePort::makeInfo(number);
            f.port.open(info);
            ClosedConnection closed;
            closed.info = std::move(info);
            closed.counters.id = closed.info->id;
            closed.counters.state = ConnectionState::closed;
            closings.closed.push_back(std::move(closed));
        }
        QCOMPARE(f.cell(0, EndpointColumn::Open), QStringLiteral("2,000"));
        f.port.deliverState(std::move(closings));
        QCOMPARE(f.cell(0, EndpointColumn::Open), QStringLiteral("0"));
    }

    void the_chosen_endpoint_is_in_the_editor()
    {
        Fixture f;
        QCOMPARE(f.path(), QStringLiteral("/*"));
        QCOMPARE(f.the<BehaviourChoice>("endpoint_answers")->behaviour(), std::string("echo"));
        QCOMPARE(f.subprotocols->rowCount(), 1);
        f.table->selectRow(1);
        QCOMPARE(f.path(), QStringLiteral("/api/*"));
        QCOMPARE(f.the<BehaviourChoice>("endpoint_answers")->behaviour(), std::string("silent"));
        QCOMPARE(f.subprotocols->rowCount(), 0);
    }

    void sockjs_is_offered_for_a_path_of_its_own()
    {
        Fixture f({endpoint("/*"), endpoint("/echo"), endpoint("/echo/")});
        auto* on = f.the<QCheckBox>("endpoint_sockjs");
        auto* whyNot = f.the<QLabel>("endpoint_sockjs_why_not");
        for (const int row : {0, 2}) {
            f.table->selectRow(row);
            QVERIFY(!on->isEnabled() && !on->isChecked());
            QVERIFY(whyNot->isVisible());
        }
        f.table->selectRow(1);
        QVERIFY(on->isEnabled() && !whyNot->isVisible());
        QVERIFY(!f.the<QCheckBox>("sockjs_websocket")->isVisible());
        on->click();
        QCOMPARE(f.port.last<command::SetEndpoint>()->endpoint, withSockJs("/echo"));
        f.accept();
        QVERIFY(on->isChecked());
        QVERIFY(f.the<QCheckBox>("sockjs_websocket")->isChecked());
        QVERIFY(!f.the<QCheckBox>("sockjs_jsonp")->isChecked());
        on->click();
        QCOMPARE(f.port.last<command::SetEndpoint>()->endpoint, endpoint("/echo"));
    }

    void transports_are_permitted_one_by_one()
    {
        Fixture f({withSockJs("/echo")});
        EndpointConfig expected = withSockJs("/echo");
        auto* note = f.the<QLabel>("sockjs_transport_note");
        QVERIFY2(note->text().contains(QStringLiteral("are off since they carry no Origin")), qPrintable(note->text()));
        f.the<QCheckBox>("sockjs_websocket")->click();
        expected.sockjs->transports.set(SockJsTransport::websocket, false);
        QCOMPARE(f.port.last<command::SetEndpoint>()->endpoint, expected);
        f.accept();
        f.the<QCheckBox>("sockjs_jsonp")->click();
        expected.sockjs->transports.set(SockJsTransport::jsonp, true);
        QCOMPARE(f.port.last<command::SetEndpoint>()->endpoint, expected);
        f.accept();
        QVERIFY2(note->text().contains(QStringLiteral("in your name")), qPrintable(note->text()));
        QVERIFY(note->property("danger").toBool());
        // What was chosen is there again when it was off in between.
        f.the<QCheckBox>("endpoint_sockjs")->click();
        f.accept();
        f.the<QCheckBox>("endpoint_sockjs")->click();
        QCOMPARE(f.port.last<command::SetEndpoint>()->endpoint, expected);
    }

    void the_rest_of_sockjs_stands_under_more()
    {
        Fixture f({withSockJs("/echo"), withSockJs("/other")});
        EndpointConfig expected = withSockJs("/echo");
        auto* heartbeat = f.the<QSpinBox>("sockjs_heartbeat");
        QVERIFY(!heartbeat->isVisible());
        auto* more = f.the<QToolButton>("sockjs_more");
        jackfield::test::showActive(f.panel, *more);
        QTest::keyClick(more, Qt::Key_Space);
        QVERIFY(heartbeat->isVisible());
        QCOMPARE(heartbeat->value(), 25'000);
        const auto said = [&] { return f.port.last<command::SetEndpoint>()->endpoint; };
        heartbeat->setValue(10'000);
        expected.sockjs->heartbeat = milliseconds(10'000);
        QCOMPARE(said(), expected);
        f.accept();
        f.the<QSpinBox>("sockjs_disconnect_delay")->setValue(2'000);
        expected.sockjs->disconnect_delay = milliseconds(2'000);
        QCOMPARE(said(), expected);
        f.accept();
        f.the<QSpinBox>("sockjs_response_limit")->setValue(4'096);
        expected.sockjs->response_limit = 4'096;
        QCOMPARE(said(), expected);
        f.accept();
        f.the<QCheckBox>("sockjs_cookies")->click();
        expected.sockjs->cookies = true;
        QCOMPARE(said(), expected);
        f.accept();
        auto* url = f.the<QLineEdit>("sockjs_client_url");
        url->setFocus();
        url->setText(QStringLiteral("/sockjs.js"));
        QTest::keyClick(url, Qt::Key_Return);
        expected.sockjs->client_url = "/sockjs.js";
        QCOMPARE(said(), expected);
        f.accept();
        f.table->selectRow(1);
        QCOMPARE(heartbeat->value(), 25'000);
        QCOMPARE(url->text().toStdString(), SockJs().client_url);
    }

    void what_a_page_opens_can_be_copied()
    {
        Fixture f({withSockJs("/echo")});
        ServerStatus status = jackfield::test::listeningStatus();
        status.endpoints = f.endpoints;
        f.port.deliverStatus(status);
        const QString snippet = QStringLiteral("new SockJS(\"http://localhost:4567/echo\")");
        QCOMPARE(f.the<QLabel>("sockjs_snippet")->text(), snippet);
        f.the<QPushButton>("sockjs_copy")->click();
        QCOMPARE(QApplication::clipboard()->text(), snippet);
    }

    void an_endpoint_for_any_page_warns()
    {
        Fixture f;
        auto* any = f.the<QCheckBox>("endpoint_any_origin");
        auto* warning = f.the<QLabel>("endpoint_any_origin_warning");
        QVERIFY(!any->isChecked() && !warning->isVisible());
        any->click();
        QVERIFY(f.port.last<command::SetEndpoint>()->endpoint.any_origin);
        f.accept();
        QVERIFY(any->isChecked() && warning->isVisible());
        const QStringList faults = jackfield::test::faultsOf(*f.panel.findChild<SockJsFields*>());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    void another_answer_is_in_force_at_once()
    {
        Fixture f;
        auto* answers = f.the<BehaviourChoice>("endpoint_answers");
        answers->setFocus();
        QTest::keyClick(answers, Qt::Key_Down);
        const auto* set = f.port.last<command::SetEndpoint>();
        QVERIFY(set != nullptr);
        QCOMPARE(set->endpoint, endpoint("/*", "reverse", {{"chat", "chat"}}));
        f.accept();
        f.the<QCheckBox>("endpoint_includes_sender")->click();
        QVERIFY(f.port.last<command::SetEndpoint>()->endpoint.chat_includes_sender);
    }

    void a_new_path_is_added_and_chosen_when_the_server_has_it()
    {
        Fixture f;
        auto* field = f.the<QLineEdit>("endpoint_new_path");
        QVERIFY(!f.the<QPushButton>("endpoint_add")->isEnabled());
        QTest::keyClicks(field, QStringLiteral(" /prices "));
        QTest::keyClick(field, Qt::Key_Return);
        const auto* set = f.port.last<command::SetEndpoint>();
        QVERIFY(set != nullptr);
        EndpointConfig expected = default_endpoint();
        expected.pattern = "/prices";
        QCOMPARE(set->endpoint, expected);
        // The answer may come before the server's status or behind it.
        f.port.finish(f.port.submitted.back().ticket);
        QCOMPARE(f.path(), QStringLiteral("/*"));
        f.serve({endpoint("/*"), endpoint("/api/*"), expected});
        QCOMPARE(f.path(), QStringLiteral("/prices"));
        QVERIFY(field->text().isEmpty());
    }

    void a_path_that_is_there_is_chosen_and_not_added()
    {
        Fixture f;
        const std::size_t before = f.port.submitted.size();
        auto* field = f.the<QLineEdit>("endpoint_new_path");
        QTest::keyClicks(field, QStringLiteral("/api/*"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(f.port.submitted.size(), before);
        QCOMPARE(f.path(), QStringLiteral("/api/*"));
        QCOMPARE(field->text(), QStringLiteral("/api/*")); // nothing that was typed is lost
    }

    void a_path_the_engine_refuses_says_why_and_keeps_what_was_typed()
    {
        Fixture f;
        auto* field = f.the<QLineEdit>("endpoint_new_path");
        QTest::keyClicks(field, QStringLiteral("prices"));
        QTest::keyClick(field, Qt::Key_Return);
        f.port.failCommand(f.port.submitted.back().ticket,
            {ErrorCode::invalid_argument, 0, "an endpoint's path begins with /"});
        QVERIFY2(f.said().contains(QStringLiteral("begins with /")), qPrintable(f.said()));
        QCOMPARE(field->text(), QStringLiteral("prices"));
        QCOMPARE(f.path(), QStringLiteral("/*"));
    }

    void another_path_takes_the_place_of_the_old_one()
    {
        Fixture f;
        auto* path = f.the<QLineEdit>("endpoint_path");
        jackfield::test::showActive(f.panel, *path);
        path->setText(QStringLiteral("/all/*"));
        QTest::keyClick(path, Qt::Key_Return);
        const auto* set = f.port.last<command::SetEndpoint>();
        QVERIFY(set != nullptr);
        QCOMPARE(set->endpoint, endpoint("/all/*", "echo", {{"chat", "chat"}}));
        f.accept();
        const auto* removed = f.port.last<command::RemoveEndpoint>();
        QVERIFY(removed != nullptr);
        QCOMPARE(removed->pattern, std::string("/*"));
        f.accept();
        QCOMPARE(f.path(), QStringLiteral("/all/*"));
    }

    void a_path_never_replaces_another_endpoint()
    {
        Fixture f;
        auto* path = f.the<QLineEdit>("endpoint_path");
        jackfield::test::showActive(f.panel, *path);
        const std::size_t before = f.port.submitted.size();
        path->setText(QStringLiteral("/api/*"));
        QTest::keyClick(path, Qt::Key_Return);
        QCOMPARE(f.port.submitted.size(), before);
        QCOMPARE(f.path(), QStringLiteral("/*"));
        QVERIFY2(f.said().contains(QStringLiteral("already")), qPrintable(f.said()));
    }

    void what_is_removed_can_be_had_back()
    {
        Fixture f;
        f.table->selectRow(0);
        f.the<QPushButton>("endpoint_remove")->click();
        const auto* removed = f.port.last<command::RemoveEndpoint>();
        QVERIFY(removed != nullptr);
        QCOMPARE(removed->pattern, std::string("/*"));
        f.accept();
        QCOMPARE(f.path(), QStringLiteral("/api/*"));
        QPushButton* undo = f.undo();
        QVERIFY(undo != nullptr);
        undo->click();
        const auto* set = f.port.last<command::SetEndpoint>();
        QVERIFY(set != nullptr);
        QCOMPARE(set->endpoint, endpoint("/*", "echo", {{"chat", "chat"}}));
        f.accept();
        QCOMPARE(f.path(), QStringLiteral("/*"));
    }

    void removing_the_last_one_says_what_it_means()
    {
        Fixture f({endpoint("/chat")});
        f.port.open(jackfield::test::FakeEnginePort::makeInfo(1));
        f.the<QPushButton>("endpoint_remove")->click();
        f.accept();
        QVERIFY2(f.said().contains(QStringLiteral("404")), qPrintable(f.said()));
        QVERIFY(!f.the<QLineEdit>("endpoint_path")->isVisible());
        QVERIFY(!f.the<QPushButton>("endpoint_remove")->isEnabled());
    }

    void subprotocols_are_added_changed_and_removed()
    {
        Fixture f;
        auto* field = f.the<QLineEdit>("subprotocol_new");
        f.the<BehaviourChoice>("subprotocol_new_answers")->setBehaviour("reverse");
        QTest::keyClicks(field, QStringLiteral("v1.prices"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(f.port.last<command::SetEndpoint>()->endpoint,
            endpoint("/*", "echo", {{"chat", "chat"}, {"v1.prices", "reverse"}}));
        f.accept();
        QCOMPARE(f.subprotocols->rowCount(), 2);
        QVERIFY(field->text().isEmpty());

        f.chooseAnswer(1, "silent");
        QCOMPARE(f.port.last<command::SetEndpoint>()->endpoint,
            endpoint("/*", "echo", {{"chat", "chat"}, {"v1.prices", "silent"}}));
        f.accept();

        f.subprotocols->setCurrentCell(0, 0);
        f.the<QPushButton>("subprotocol_remove")->click();
        QCOMPARE(
            f.port.last<command::SetEndpoint>()->endpoint, endpoint("/*", "echo", {{"v1.prices", "silent"}}));
        f.accept();
        QCOMPARE(f.subprotocols->rowCount(), 1);
        QPushButton* undo = f.undo();
        QVERIFY(undo != nullptr);
        undo->click();
        QCOMPARE(f.port.last<command::SetEndpoint>()->endpoint,
            endpoint("/*", "echo", {{"chat", "chat"}, {"v1.prices", "silent"}}));
    }

    void an_edit_is_of_the_subprotocol_it_was_begun_on()
    {
        Fixture f({endpoint("/*", "echo", {{"one", "echo"}, {"two", "chat"}})});
        QLineEdit* editor = f.openName(1);
        editor->setText(QStringLiteral("mine"));
        f.serve(
            {endpoint("/*", "echo", {{"two", "chat"}, {"three", "echo"}})}); // somebody else removed "one"
        // It is taken over then, or stays open until Enter: in no case is it another one's name.
        if (auto* open = f.subprotocols->findChild<QLineEdit*>(QStringLiteral("subprotocol_name_editor")))
            QTest::keyClick(open, Qt::Key_Return);
        QCoreApplication::processEvents();
        QVERIFY(f.port.last<command::SetEndpoint>() != nullptr);
        QCOMPARE(f.port.last<command::SetEndpoint>()->endpoint,
            endpoint("/*", "echo", {{"mine", "chat"}, {"three", "echo"}}));
        f.serve({endpoint("/*", "echo", {{"two", "chat"}, {"three", "echo"}})});
        f.subprotocols->setCurrentCell(1, 0);
        f.serve({endpoint("/*", "echo", {{"three", "echo"}})});
        f.the<QPushButton>("subprotocol_remove")->click();
        QCOMPARE(f.port.last<command::SetEndpoint>()->endpoint, endpoint("/*"));
    }

    void undo_of_a_subprotocol_keeps_what_was_changed_meanwhile()
    {
        Fixture f;
        f.subprotocols->setCurrentCell(0, 0);
        f.the<QPushButton>("subprotocol_remove")->click();
        f.accept();
        f.serve({endpoint("/*", "reverse", {{"new", "echo"}}), endpoint("/api/*", "silent")});
        QVERIFY(f.undo() != nullptr);
        f.undo()->click();
        QCOMPARE(f.port.last<command::SetEndpoint>()->endpoint,
            endpoint("/*", "reverse", {{"chat", "chat"}, {"new", "echo"}}));
    }

    void a_subprotocol_that_is_refused_is_shown_as_it_was()
    {
        Fixture f;
        f.typeName(0, QStringLiteral("a b"));
        f.port.failCommand(f.port.submitted.back().ticket,
            {ErrorCode::invalid_argument, 0, "\"a b\" cannot be a subprotocol's name"});
        QCOMPARE(f.subprotocols->item(0, 0)->text(), QStringLiteral("chat"));
        QVERIFY2(f.said().contains(QStringLiteral("cannot be")), qPrintable(f.said()));
    }

    void names_are_shown_neutralised() // GU-02, GU-04
    {
        Fixture f({endpoint("/\x1B[2J<b>&File", "echo", {{"\xE2\x80\xAEx", "chat"}})});
        QCOMPARE(f.cell(0, EndpointColumn::Path), QStringLiteral("/⟨ESC⟩[2J<b>&File"));
        QCOMPARE(f.subprotocols->item(0, 0)->text(), QStringLiteral("⟨U+202E⟩x"));
    }
};

QTEST_MAIN(EndpointPanelTest)
#include "endpoint_panel_test.moc"
