// A project as a document of the window: opened, edited, saved, closed, and what is asked about in between.
#include "app/desktop/project_session.h"
#include "tests/support/fake_engine_port.h"
#include "tests/support/listening_status.h"
#include "ui/views/allow_list_editor.h"
#include "ui/views/endpoint_panel.h"
#include "ui/views/inline_notice.h"
#include "ui/views/main_window.h"
#include "ui/views/notice_bar.h"
#include "ui/views/project_actions.h"
#include "ui/views/project_questions.h"
#include "ui/views/recent_projects.h"
#include "ui/views/window_models.h"

#include "jackfield/atomic_file.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cerrno>
#include <climits>
#include <memory>
#include <mutex>

using namespace jackfield;
using namespace jackfield::app;
using test::FakeEnginePort;

namespace {

constexpr int patience = 20'000;

const QByteArray harmless
    = R"({"jackfield":1,"listeners":["127.0.0.1:4700"],"access":{"hosts":["localhost"],)"
      R"("origins":["http://localhost:5173"]},"templates":[{"name":"Hi","kind":"text","text":"hi"}],"mine":1})";
const QByteArray wide
    = R"({"jackfield":1,"listeners":["0.0.0.0:4700"],"access":{"hosts":["localhost","shop.test"],)"
      R"("origins":["localhost","*"]}})";

void put(const QString& path, const QByteArray& content)
{
    QFile file(path + ".new");
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot prepare %s", qPrintable(path));
    file.close();
    if (std::rename(QFile::encodeName(path + ".new").constData(), QFile::encodeName(path).constData()) != 0)
        qFatal("cannot rename %s", qPrintable(path));
}

QByteArray content_of(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

/// An engine that does at once what it is told, as far as projects go.
class ObedientPort : public FakeEnginePort {
public:
    ObedientPort() { now = test::listeningStatus(); }

    /// Does what was submitted and not done yet.
    void work()
    {
        while (done_ < submitted.size()) {
            const Submitted each = submitted[done_++];
            std::visit([this](const auto& command) { obey(command); }, each.command);
            deliverStatus(now);
            if (std::exchange(refuses_, false))
                failCommand(each.ticket, Error{ErrorCode::invalid_argument, 0, "/bad is not taken"});
            else
                finish(each.ticket);
        }
    }
    bool listened() const
    {
        return std::any_of(submitted.begin(), submitted.end(),
            [](const Submitted& each) { return std::holds_alternative<command::Listen>(each.command); });
    }

    ServerStatus now;
    std::string refused; ///< the endpoint that is not taken

private:
    template <class Command>
    void obey(const Command& /*command*/)
    { }
    void obey(const command::Listen& command)
    {
        now.listening = true;
        now.listeners.clear();
        for (const ListenSpec& spec : command.listeners)
            now.listeners.push_back({spec, spec.address, true, {}});
    }
    void obey(const command::AddListener& command)
    {
        now.listeners.push_back({command.listener, command.listener.address, true, {}});
    }
    void obey(const command::RemoveListener& command)
    {
        std::erase_if(now.listeners, [&](const ListenerStatus& each) { return each.bound == command.address; });
    }
    void obey(const command::ReplaceList& command)
    {
        (command.list == ListKind::hosts ? now.access.hosts : now.access.origins) = command.content;
        ++now.access_revision;
    }
    void obey(const command::RequireOrigin& command)
    {
        now.access.origin_required = command.required;
        ++now.access_revision;
    }
    void obey(const command::StopListening& /*command*/)
    {
        now.listening = false;
        now.listeners.clear();
    }
    void obey(const command::SetEndpoint& command)
    {
        if (!refused.empty() && command.endpoint.pattern == refused) {
            refuses_ = true;
            return;
        }
        std::erase_if(now.endpoints, [&](const EndpointConfig& each) { return each.pattern == command.endpoint.pattern; });
        now.endpoints.push_back(command.endpoint);
    }
    void obey(const command::SetLimits& command) { now.limits = command.limits; }
    void obey(const command::SetOlderProtocols& command) { now.older_protocols = command.enabled; }

    std::size_t done_ = 0;
    bool refuses_ = false;
};

struct Desk {
    QTemporaryDir folder;
    ObedientPort port;
    ui::MainWindow window{port};
    std::atomic<bool> broken{false}; // no file can be written
    std::atomic<int> writable{INT_MAX}; // how many files can be
    std::mutex gate; // nothing is written while it is locked
    std::mutex reading; // nothing is read while it is locked
    std::unique_ptr<ProjectSession> session;

    explicit Desk(bool is_start = false, bool origin_required = false)
    {
        ProjectSession::Options options;
        options.folder.settings.origin_required = origin_required;
        options.folder.settings.listeners = default_listeners();
        options.writer = [this](const std::string& path, std::string_view content) -> Result<void> {
            const std::lock_guard passing(gate);
            if (broken || --writable < 0)
                return fail(ErrorCode::system, "cannot write " + path, ENOSPC);
            return write_file_atomically(path, content);
        };
        options.reader = [this](const std::string& path, std::uint64_t most) {
            const std::lock_guard passing(reading);
            return read_whole_file(path, most);
        };
        options.patience = std::chrono::milliseconds(10);
        port.now.access.origin_required = origin_required;
        if (is_start) {
            port.now.listening = false;
            port.now.listeners.clear();
        }
        session = std::make_unique<ProjectSession>(port, window, std::move(options));
        window.show();
        port.deliverStatus(port.now);
    }

    QString path(const char* name = "shop.jackfield.json") const { return folder.filePath(name); }
    void open(const QString& file) { session->open(file.toStdString()); }
    /// Opens a project that nothing has to be asked about.
    bool opened(const QByteArray& content = harmless)
    {
        put(path(), content);
        open(path());
        return settles();
    }
    bool settles()
    {
        return QTest::qWaitFor(
            [this] {
                port.work();
                return session->path() == path().toStdString() && !is_applying();
            },
            patience);
    }
    bool is_applying() const { return session->has_state() && session->path().empty(); }
    void edit()
    {
        port.now.limits.max_message += 4096;
        port.deliverStatus(port.now);
    }
    QWidget* dialog(const char* name) const
    {
        const auto found = window.findChildren<QWidget*>(name);
        for (QWidget* each : found) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    bool asks(const char* name) const
    {
        return QTest::qWaitFor([&] { return dialog(name) != nullptr; }, patience);
    }
    void press(const char* name) const
    {
        auto* button = qobject_cast<QPushButton*>(dialog(name));
        if (button == nullptr)
            qFatal("there is no %s", name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    QString bar(const char* name) const
    {
        auto* found = qobject_cast<ui::NoticeBar*>(dialog(name));
        return found ? found->text() : QString();
    }
    void trigger(const char* name) const
    {
        auto* action = window.findChild<QAction*>(name);
        if (action == nullptr || !action->isEnabled())
            qFatal("%s cannot be chosen", name);
        action->trigger();
    }
    /// In the status line.
    void stop_listening(const char* address)
    {
        const auto actions = window.findChildren<QAction*>();
        for (QAction* action : actions) {
            if (action->text() == QStringLiteral("Stop listening on %1").arg(QLatin1String(address))) {
                action->trigger();
                port.work();
                return;
            }
        }
        qFatal("nothing listens on %s", address);
    }
    QStringList hosts() const
    {
        QStringList lines;
        for (const AccessLine& line : port.now.access.hosts.lines)
            lines << QString::fromStdString(line.text);
        return lines;
    }
};

} // namespace

class DesktopProjectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opening_applies_everything_and_says_so();
    void a_project_that_lets_in_more_is_asked_about_first();
    void cancel_is_the_default_answer();
    void a_bad_file_changes_nothing();
    void the_settings_come_back_when_it_is_closed();
    void an_edit_marks_the_title_and_saving_takes_the_mark_away();
    void an_edit_that_is_taken_back_is_none();
    void what_a_refused_attempt_has_the_listeners_speak_is_an_edit();
    void to_stop_listening_beyond_this_machine_is_an_edit();
    void a_listener_for_the_time_being_is_no_part_of_a_project();
    void a_failed_save_keeps_the_changes_and_is_tried_again();
    void a_save_during_a_save_is_one_more();
    void an_edit_while_a_file_is_read_is_asked_about();
    void a_file_that_is_read_waits_for_the_save();
    void a_save_as_holds_up_the_closing();
    void what_reading_left_out_is_asked_about_once();
    void trust_is_for_one_file_only();
    void at_the_start_a_missing_origin_is_a_question_where_it_was_refused();
    void unsaved_changes_are_asked_about_data();
    void unsaved_changes_are_asked_about();
    void quitting_asks_and_cancel_stays();
    void another_programs_change_is_taken_over();
    void another_programs_change_that_lets_in_more_is_asked_about();
    void another_programs_change_and_ours_are_a_question_data();
    void another_programs_change_and_ours_are_a_question();
    void a_removed_file_counts_as_unsaved();
    void tokens_are_asked_about_before_saving();
    void a_newer_file_is_not_written_over_unasked();
    void saving_without_a_project_makes_one();
    void at_the_start_nothing_listens_before_it_is_there();
    void at_the_start_a_refused_project_leaves_the_settings();
    void a_trusted_start_is_not_asked_about();
    void recent_projects_are_remembered_and_missing_ones_cannot_be_chosen();
    void the_title_shows_a_hostile_name_plainly();
    void what_the_server_refuses_is_a_loss_and_not_saved_unasked();
    void an_undo_of_the_lists_does_not_reach_another_document();
    void a_project_that_is_read_slowly_need_not_be_waited_for();
    void a_project_that_is_saved_slowly_need_not_be_waited_for();
    void a_project_that_another_start_names_is_opened_after_the_question();
    void a_stopped_server_stays_stopped_when_the_project_is_closed();
    void a_closed_project_leaves_no_questions_behind();
    void a_conflict_is_over_when_the_own_change_is_taken_back();
    void a_save_that_failed_can_be_given_up();
};

void DesktopProjectTest::opening_applies_everything_and_says_so()
{
    Desk desk;
    QVERIFY(desk.opened());
    QCOMPARE(desk.hosts(), QStringList{"localhost"});
    QCOMPARE(desk.port.now.listeners.at(0).spec.address.port(), std::uint16_t{4700});
    QCOMPARE(desk.window.models().templates.content().at(0).name, std::string("Hi"));
    QVERIFY(!desk.session->is_modified());
    QCOMPARE(desk.window.windowTitle(), QString("shop.jackfield.json[*] - Jackfield"));
    QVERIFY(!desk.window.isWindowModified());
    QVERIFY2(desk.bar("bar_project").contains("Hosts.dat"), qPrintable(desk.bar("bar_project")));
    auto* kept = desk.window.findChild<QLabel*>("access_kept_in");
    QVERIFY(kept->text().contains("shop.jackfield.json"));
    QCOMPARE(content_of(desk.path()), harmless);
}

void DesktopProjectTest::a_project_that_lets_in_more_is_asked_about_first()
{
    Desk desk;
    put(desk.path(), wide);
    desk.open(desk.path());
    QVERIFY(desk.asks("trust_question"));
    QVERIFY2(desk.port.submitted.empty(), "nothing of it is in force");
    auto* lines = desk.window.findChild<QListWidget*>("trust_question_lines");
    QStringList shown;
    for (int row = 0; row < lines->count(); ++row)
        shown << lines->item(row)->text();
    QCOMPARE(shown,
        (QStringList{"Listens on 0.0.0.0:4700, which other machines can reach", "Host shop.test",
            "Origin * (almost any web page)"}));
    desk.press("trust_question_yes");
    QVERIFY(desk.settles());
    QCOMPARE(desk.hosts(), (QStringList{"localhost", "shop.test"}));
    QCOMPARE(desk.port.now.access.origins.lines.at(1).state, AccessLine::State::active);
}

void DesktopProjectTest::cancel_is_the_default_answer()
{
    Desk desk;
    put(desk.path(), wide);
    desk.open(desk.path());
    QVERIFY(desk.asks("trust_question"));
    auto* no = qobject_cast<QPushButton*>(desk.dialog("trust_question_no"));
    QVERIFY(no->isDefault());
    QTest::keyClick(desk.dialog("trust_question"), Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] { return desk.dialog("trust_question") == nullptr; }, patience));
    QVERIFY(desk.port.submitted.empty());
    QVERIFY(desk.session->path().empty());
    QCOMPARE(desk.window.windowTitle(), QString("Jackfield"));
}

void DesktopProjectTest::a_bad_file_changes_nothing()
{
    Desk desk;
    put(desk.path(), "{\n  \"jackfield\": 1,\n  oops\n}");
    desk.open(desk.path());
    QVERIFY(desk.asks("bar_project_not_opened"));
    const QString why = desk.bar("bar_project_not_opened");
    QVERIFY2(why.contains("shop.jackfield.json") && why.contains("line 3"), qPrintable("FF-04 " + why));
    QVERIFY(desk.port.submitted.empty());
    QCOMPARE(content_of(desk.path()), QByteArray("{\n  \"jackfield\": 1,\n  oops\n}"));
}

void DesktopProjectTest::the_settings_come_back_when_it_is_closed()
{
    Desk desk;
    QVERIFY(desk.port.now.access.hosts.add(ListKind::hosts, "lan.test").has_value());
    desk.port.deliverStatus(desk.port.now);
    TemplateNode kept;
    kept.name = "Kept";
    desk.window.models().templates.setContent({kept});
    const QStringList before = desk.hosts();
    QVERIFY(desk.opened());
    QVERIFY(desk.session->has_state());
    QVERIFY(desk.hosts() != before);
    AccessList changed = AccessList::built_in(ListKind::origins);
    QVERIFY(changed.add(ListKind::origins, "http://new.test").has_value());
    desk.session->take_folder_list(ListKind::origins, changed);
    desk.trigger("file_close_project");
    QVERIFY(QTest::qWaitFor(
        [&] {
            desk.port.work();
            return !desk.session->has_state();
        },
        patience));
    QCOMPARE(desk.hosts(), before);
    QVERIFY(desk.port.now.access.origins.file_text() == changed.file_text());
    QCOMPARE(desk.port.now.listeners.at(0).spec.address.port(), std::uint16_t{4567});
    QCOMPARE(desk.window.models().templates.content().at(0).name, std::string("Kept"));
    QCOMPARE(desk.window.windowTitle(), QString("Jackfield"));
    QVERIFY(!desk.window.findChild<QAction*>("file_close_project")->isEnabled());
}

void DesktopProjectTest::an_edit_marks_the_title_and_saving_takes_the_mark_away()
{
    Desk desk;
    QVERIFY(desk.opened());
    desk.edit();
    QVERIFY(desk.window.isWindowModified());
    QCOMPARE(content_of(desk.path()), harmless);
    desk.trigger("file_save_project");
    QTRY_VERIFY_WITH_TIMEOUT(!desk.window.isWindowModified(), patience);
    const QByteArray saved = content_of(desk.path());
    QVERIFY(saved.contains("\"max_message\""));
    QVERIFY2(saved.contains("\"mine\": 1"), "what Jackfield does not know is kept");
    desk.window.models().templates.addFolder("New", {});
    QVERIFY(desk.window.isWindowModified());
}

void DesktopProjectTest::an_edit_that_is_taken_back_is_none()
{
    Desk desk;
    QVERIFY(desk.opened());
    const ServerStatus before = desk.port.now;
    desk.edit();
    QVERIFY(desk.session->is_modified());
    desk.port.now = before;
    desk.port.deliverStatus(before);
    QVERIFY(!desk.session->is_modified());
    QVERIFY(desk.port.now.access.hosts.add(ListKind::hosts, "only.now", true).has_value());
    desk.port.deliverStatus(desk.port.now);
    QVERIFY2(!desk.session->is_modified(), "a temporary entry is never saved");
}

void DesktopProjectTest::what_a_refused_attempt_has_the_listeners_speak_is_an_edit()
{
    Desk desk;
    QVERIFY(desk.opened());
    desk.port.now.listeners.front().speaks = ListenerKind::wss;
    desk.port.deliverStatus(desk.port.now);
    event::Refused plain;
    plain.reason = RefusalReason::plain_on_tls;
    plain.was_upgrade = true;
    plain.local = desk.port.now.listeners.front().bound;
    desk.port.deliverEvent(plain);
    desk.window.showRefused();
    QVERIFY(!desk.session->is_modified());
    desk.press("refused_speak_both");
    const auto* listen = desk.port.last<command::Listen>();
    QVERIFY(listen != nullptr);
    QCOMPARE(listen->listeners.front().kind, ListenerKind::both);
    desk.port.work();
    QVERIFY(desk.session->is_modified());
    desk.press("Undo speaking ws and wss");
    desk.port.work();
    QVERIFY(!desk.session->is_modified());
}

void DesktopProjectTest::to_stop_listening_beyond_this_machine_is_an_edit()
{
    Desk desk;
    put(desk.path(), R"({"jackfield":1,"listeners":["127.0.0.1:4700","192.0.2.1:4700","192.0.2.2:4700,same-port"]})");
    desk.open(desk.path());
    QVERIFY(desk.asks("trust_question"));
    desk.press("trust_question_yes");
    QVERIFY(desk.settles());
    QVERIFY(!desk.session->is_modified());
    desk.stop_listening("192.0.2.1:4700");
    QVERIFY(desk.session->is_modified());
    desk.trigger("file_save_project");
    QVERIFY(QTest::qWaitFor([&] { return !desk.session->is_modified(); }, patience));
    const QByteArray saved = content_of(desk.path());
    QVERIFY2(!saved.contains("192.0.2.1") && saved.contains("127.0.0.1:4700") && saved.contains("192.0.2.2:4700"),
        saved.constData());
}

void DesktopProjectTest::a_listener_for_the_time_being_is_no_part_of_a_project()
{
    Desk desk;
    QSignalSpy told(desk.session.get(), &ProjectSession::notices);
    const ListenSpec phone{*SocketAddress::parse("192.0.2.1:4567", 0), false, false};
    desk.port.submit(command::AddListener{phone});
    desk.port.work();
    QVERIFY(desk.opened());
    QCOMPARE(desk.port.now.listeners.size(), std::size_t{1});
    QCOMPARE(told.size(), 1);
    const auto notices = told.takeFirst().front().value<std::vector<std::string>>();
    QVERIFY2(notices.size() == 1 && notices.front().starts_with("192.0.2.1:4567 is not listened on any more"),
        notices.front().c_str());
    // And with a project open: to stop it is no edit, and closing the project tells of it.
    desk.port.submit(command::AddListener{phone});
    desk.port.work();
    QVERIFY(!desk.session->is_modified());
    desk.stop_listening("192.0.2.1:4567");
    QVERIFY(!desk.session->is_modified());
    desk.port.submit(command::AddListener{phone});
    desk.port.work();
    desk.trigger("file_close_project");
    QVERIFY(QTest::qWaitFor(
        [&] {
            desk.port.work();
            return !desk.session->has_state();
        },
        patience));
    QCOMPARE(told.size(), 1);
}

void DesktopProjectTest::a_failed_save_keeps_the_changes_and_is_tried_again()
{
    Desk desk;
    QVERIFY(desk.opened());
    desk.edit();
    desk.broken = true;
    desk.trigger("file_save_project");
    QVERIFY2(desk.asks("bar_project_not_saved"), "FF-01");
    QVERIFY(desk.bar("bar_project_not_saved").contains("No space left"));
    QVERIFY2(QApplication::activeModalWidget() == nullptr, "it asks nothing");
    QCOMPARE(content_of(desk.path()), harmless);
    QVERIFY(desk.session->is_modified());
    desk.broken = false;
    desk.press("project_retry");
    QTRY_VERIFY_WITH_TIMEOUT(!desk.session->is_modified(), patience);
    QVERIFY(desk.bar("bar_project_not_saved").isEmpty());
    QVERIFY(content_of(desk.path()) != harmless);
}

void DesktopProjectTest::a_save_during_a_save_is_one_more()
{
    Desk desk;
    QVERIFY(desk.opened());
    desk.edit();
    desk.writable = 1;
    {
        const std::lock_guard closed(desk.gate);
        desk.trigger("file_save_project");
        desk.edit();
        desk.trigger("file_save_project");
    }
    QVERIFY2(desk.asks("bar_project_not_saved"), "the second one has an outcome of its own");
    QVERIFY(desk.session->is_modified());
    desk.writable = INT_MAX;
    desk.press("project_retry");
    QTRY_VERIFY_WITH_TIMEOUT(!desk.session->is_modified(), patience);
    const auto newest = static_cast<qulonglong>(desk.port.now.limits.max_message);
    QVERIFY(content_of(desk.path()).contains(QByteArray::number(newest)));
}

void DesktopProjectTest::an_edit_while_a_file_is_read_is_asked_about()
{
    Desk desk;
    QVERIFY(desk.opened());
    const QString other = desk.path("other.jackfield.json");
    put(other, "{\"jackfield\":1,\"listeners\":[\"127.0.0.1:4700\"]}");
    desk.open(other);
    desk.edit();
    const std::uint64_t ours = desk.port.now.limits.max_message;
    QVERIFY(desk.asks("unsaved_question"));
    desk.press("unsaved_cancel");
    QVERIFY(QTest::qWaitFor([&] { return desk.dialog("unsaved_question") == nullptr; }, patience));
    desk.port.work();
    QCOMPARE(desk.session->path(), desk.path().toStdString());
    QVERIFY(desk.session->is_modified());
    QCOMPARE(desk.port.now.limits.max_message, ours);
}

void DesktopProjectTest::a_file_that_is_read_waits_for_the_save()
{
    Desk desk;
    QVERIFY(desk.opened());
    const QString other = desk.path("other.jackfield.json");
    put(other, "{\"jackfield\":1,\"listeners\":[\"127.0.0.1:4700\"]}");
    desk.open(other);
    desk.edit();
    const auto ours = static_cast<qulonglong>(desk.port.now.limits.max_message);
    desk.trigger("file_save_project");
    QVERIFY(QTest::qWaitFor(
        [&] {
            desk.port.work();
            return desk.session->path() == other.toStdString() && !desk.is_applying();
        },
        patience));
    QVERIFY(content_of(desk.path()).contains(QByteArray::number(ours)));
    QVERIFY(!desk.session->is_modified());
    desk.edit();
    desk.trigger("file_save_project");
    QTRY_VERIFY_WITH_TIMEOUT(!desk.session->is_modified(), patience);
    QVERIFY2(content_of(other).contains("\"max_message\""), "what is open is what is saved");
    QCOMPARE(desk.session->path(), other.toStdString());
}

void DesktopProjectTest::a_save_as_holds_up_the_closing()
{
    Desk desk;
    QSignalSpy closed(&desk.window, &ui::MainWindow::closed);
    {
        const std::lock_guard shut(desk.gate);
        Q_EMIT desk.window.projectActions().saveAsRequested(desk.path());
        desk.window.close();
        QCOMPARE(closed.size(), 0);
    }
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, patience);
    QVERIFY(content_of(desk.path()).contains("\"127.0.0.1:4567\""));
}

void DesktopProjectTest::what_reading_left_out_is_asked_about_once()
{
    Desk desk;
    QByteArray lossy = harmless;
    lossy.replace("\"templates\":[", "\"templates\":[7,");
    QVERIFY(desk.opened(lossy));
    desk.edit();
    desk.trigger("file_save_project");
    QVERIFY(desk.asks("save_question"));
    auto* lines = desk.window.findChild<QListWidget*>("save_question_lines");
    QCOMPARE(lines->count(), 1);
    QVERIFY2(lines->item(0)->text().contains("left out"), qPrintable(lines->item(0)->text()));
    desk.press("save_question_no");
    QCOMPARE(content_of(desk.path()), lossy);
    desk.trigger("file_save_project");
    QVERIFY(desk.asks("save_question"));
    desk.press("save_question_yes");
    QTRY_VERIFY_WITH_TIMEOUT(!desk.session->is_modified(), patience);
    desk.edit();
    desk.trigger("file_save_project");
    QTRY_VERIFY_WITH_TIMEOUT(!desk.session->is_modified(), patience); // nothing is left to be lost
}

void DesktopProjectTest::trust_is_for_one_file_only()
{
    Desk desk(true);
    put(desk.path(), harmless);
    const QString other = desk.path("other.jackfield.json");
    put(other, wide);
    desk.session->open_at_start(desk.path().toStdString(), true);
    desk.open(other);
    QVERIFY(desk.asks("trust_question"));
    QVERIFY(desk.port.submitted.empty());
}

void DesktopProjectTest::at_the_start_a_missing_origin_is_a_question_where_it_was_refused()
{
    Desk desk(true, true);
    put(desk.path(), "{\"jackfield\":1,\"listeners\":[\"127.0.0.1:4700\"]}");
    desk.session->open_at_start(desk.path().toStdString(), false);
    QVERIFY(desk.asks("trust_question"));
    QVERIFY(desk.port.submitted.empty());
}

void DesktopProjectTest::unsaved_changes_are_asked_about_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("is_opened");
    QTest::addColumn<bool>("is_saved");
    QTest::newRow("save") << QByteArray("unsaved_save") << true << true;
    QTest::newRow("discard") << QByteArray("unsaved_discard") << true << false;
    QTest::newRow("cancel") << QByteArray("unsaved_cancel") << false << false;
}

void DesktopProjectTest::unsaved_changes_are_asked_about()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, is_opened);
    QFETCH(bool, is_saved);
    Desk desk;
    QVERIFY(desk.opened());
    desk.edit();
    const QString other = desk.path("other.jackfield.json");
    put(other, "{\"jackfield\":1,\"listeners\":[\"127.0.0.1:4700\"]}");
    desk.open(other);
    QVERIFY(desk.asks("unsaved_question"));
    desk.press(answer.constData());
    if (is_opened) {
        QVERIFY(QTest::qWaitFor(
            [&] {
                desk.port.work();
                return desk.session->path() == other.toStdString();
            },
            patience));
        QVERIFY(!desk.session->is_modified());
    } else {
        QVERIFY(QTest::qWaitFor([&] { return desk.dialog("unsaved_question") == nullptr; }, patience));
        QCOMPARE(desk.session->path(), desk.path().toStdString());
        QVERIFY(desk.session->is_modified());
    }
    QCOMPARE(content_of(desk.path()) != harmless, is_saved);
}

void DesktopProjectTest::quitting_asks_and_cancel_stays()
{
    Desk desk;
    QVERIFY(desk.opened());
    QSignalSpy closed(&desk.window, &ui::MainWindow::closed);
    desk.edit();
    desk.window.close();
    QVERIFY(desk.asks("unsaved_question"));
    QVERIFY(desk.window.isVisible());
    desk.press("unsaved_cancel");
    QCOMPARE(closed.size(), 0);
    desk.window.close();
    QVERIFY(desk.asks("unsaved_question"));
    desk.broken = true;
    desk.press("unsaved_save");
    QVERIFY2(desk.asks("bar_project_not_saved"), "a quit that cannot save stays");
    QCOMPARE(closed.size(), 0);
    desk.broken = false;
    desk.window.close();
    QVERIFY(desk.asks("unsaved_question"));
    desk.press("unsaved_save");
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, patience);
    QVERIFY(content_of(desk.path()) != harmless);
}

void DesktopProjectTest::another_programs_change_is_taken_over()
{
    Desk desk;
    QVERIFY(desk.opened());
    QByteArray changed = harmless;
    changed.replace("\"mine\":1", "\"limits\":{\"max_message\":2097152}");
    put(desk.path(), changed);
    QVERIFY(QTest::qWaitFor(
        [&] {
            desk.port.work();
            return desk.port.now.limits.max_message == 2097152;
        },
        patience));
    QVERIFY(desk.settles());
    QVERIFY(!desk.session->is_modified());
}

void DesktopProjectTest::another_programs_change_that_lets_in_more_is_asked_about()
{
    Desk desk;
    QVERIFY(desk.opened());
    QByteArray changed = harmless;
    changed.replace("\"hosts\":[\"localhost\"]", "\"hosts\":[\"localhost\",\"lan.test\"]");
    desk.port.work();
    const std::size_t before = desk.port.submitted.size();
    put(desk.path(), changed);
    QVERIFY(desk.asks("trust_question"));
    QCOMPARE(desk.port.submitted.size(), before);
    desk.press("trust_question_no");
    QTRY_VERIFY_WITH_TIMEOUT(desk.session->is_modified(), patience);
    QCOMPARE(desk.port.submitted.size(), before);
    QCOMPARE(content_of(desk.path()), changed);
}

void DesktopProjectTest::another_programs_change_and_ours_are_a_question_data()
{
    QTest::addColumn<bool>("take_theirs");
    QTest::newRow("keep mine") << false;
    QTest::newRow("take the file's") << true;
}

void DesktopProjectTest::another_programs_change_and_ours_are_a_question()
{
    QFETCH(bool, take_theirs);
    Desk desk;
    QVERIFY(desk.opened());
    desk.edit();
    const std::uint64_t ours = desk.port.now.limits.max_message;
    QByteArray changed = harmless;
    changed.replace("\"mine\":1", "\"limits\":{\"max_message\":2097152},\"theirs\":2");
    put(desk.path(), changed);
    QVERIFY(desk.asks("bar_project_conflict"));
    desk.trigger("file_save_project");
    QCOMPARE(content_of(desk.path()), changed);
    if (take_theirs) {
        desk.press("project_take_theirs");
        QVERIFY(QTest::qWaitFor(
            [&] {
                desk.port.work();
                return desk.port.now.limits.max_message == 2097152 && !desk.session->is_modified();
            },
            patience));
        return;
    }
    desk.press("project_keep_mine");
    QCOMPARE(desk.port.now.limits.max_message, ours);
    QVERIFY(desk.session->is_modified());
    desk.trigger("file_save_project");
    QTRY_VERIFY_WITH_TIMEOUT(!desk.session->is_modified(), patience);
    const QByteArray saved = content_of(desk.path());
    QVERIFY(saved.contains(QByteArray::number(static_cast<qulonglong>(ours))));
    QVERIFY2(saved.contains("\"theirs\": 2"), "what Jackfield does not know comes from the newest file");
}

void DesktopProjectTest::a_removed_file_counts_as_unsaved()
{
    Desk desk;
    QVERIFY(desk.opened());
    QVERIFY(QFile::remove(desk.path()));
    QVERIFY(desk.asks("bar_project_file"));
    QVERIFY(desk.session->is_modified());
    desk.press("project_save_again");
    QTRY_VERIFY_WITH_TIMEOUT(!desk.session->is_modified(), patience);
    QVERIFY(content_of(desk.path()).contains("\"mine\": 1"));
}

void DesktopProjectTest::tokens_are_asked_about_before_saving()
{
    Desk desk;
    QByteArray secret = harmless;
    secret.replace("\"text\":\"hi\"", "\"text\":\"{\\\"api_key\\\":\\\"abc123def456\\\"}\"");
    QVERIFY(desk.opened(secret));
    desk.edit();
    desk.trigger("file_save_project");
    QVERIFY(desk.asks("save_question"));
    auto* lines = desk.window.findChild<QListWidget*>("save_question_lines");
    QCOMPARE(lines->count(), 1);
    QVERIFY2(lines->item(0)->text().contains("Hi") && !lines->item(0)->text().contains("abc123def456"),
        qPrintable(lines->item(0)->text()));
    desk.press("save_question_no");
    QCOMPARE(content_of(desk.path()), secret);
    desk.trigger("file_save_project");
    QVERIFY(desk.asks("save_question"));
    desk.press("save_question_yes");
    QTRY_VERIFY_WITH_TIMEOUT(!desk.session->is_modified(), patience);
    desk.edit();
    desk.trigger("file_save_project");
    QTRY_VERIFY_WITH_TIMEOUT(!desk.session->is_modified(), patience); // the same again is not asked about
}

void DesktopProjectTest::a_newer_file_is_not_written_over_unasked()
{
    Desk desk;
    const QByteArray newer = R"({"jackfield":9,"listeners":["127.0.0.1:4700"]})";
    QVERIFY(desk.opened(newer));
    desk.edit();
    desk.trigger("file_save_project");
    QVERIFY(desk.asks("save_question"));
    desk.press("save_question_no");
    QCOMPARE(content_of(desk.path()), newer);
    desk.trigger("file_save_project");
    QVERIFY(desk.asks("save_question"));
    desk.press("save_question_yes");
    QTRY_VERIFY_WITH_TIMEOUT(!desk.session->is_modified(), patience);
    QVERIFY(content_of(desk.path()).contains("\"jackfield\": 9"));
}

void DesktopProjectTest::saving_without_a_project_makes_one()
{
    Desk desk;
    QVERIFY(!desk.session->has_state());
    Q_EMIT desk.window.projectActions().saveAsRequested(desk.path());
    QTRY_COMPARE_WITH_TIMEOUT(desk.session->path(), desk.path().toStdString(), patience);
    QVERIFY(content_of(desk.path()).contains("\"127.0.0.1:4567\""));
    QVERIFY(desk.session->has_state());
    const QString other = desk.path("other.jackfield.json");
    put(other, "precious");
    Q_EMIT desk.window.projectActions().saveAsRequested(other);
    QVERIFY(desk.asks("replace_question"));
    desk.press("replace_question_no");
    QCOMPARE(content_of(other), QByteArray("precious"));
    QCOMPARE(desk.session->path(), desk.path().toStdString());
}

void DesktopProjectTest::at_the_start_nothing_listens_before_it_is_there()
{
    Desk desk(true);
    put(desk.path(), wide);
    desk.session->open_at_start(desk.path().toStdString(), false);
    QVERIFY(desk.asks("trust_question"));
    QVERIFY(!desk.port.listened());
    desk.press("trust_question_yes");
    QVERIFY(desk.settles());
    QCOMPARE(desk.port.now.listeners.at(0).spec.address.text(), std::string("0.0.0.0:4700"));
}

void DesktopProjectTest::at_the_start_a_refused_project_leaves_the_settings()
{
    Desk desk(true);
    put(desk.path(), wide);
    desk.session->open_at_start(desk.path().toStdString(), false);
    QVERIFY(desk.asks("trust_question"));
    desk.press("trust_question_no");
    QVERIFY(QTest::qWaitFor([&] { return desk.port.listened(); }, patience));
    desk.port.work();
    QCOMPARE(desk.port.now.listeners.at(0).spec.address.text(), std::string("127.0.0.1:4567"));
    QCOMPARE(desk.hosts().first(), QString("localhost"));
    QVERIFY(!desk.session->has_state());
}

void DesktopProjectTest::a_trusted_start_is_not_asked_about()
{
    Desk desk(true);
    put(desk.path(), wide);
    desk.session->open_at_start(desk.path().toStdString(), true);
    QVERIFY(desk.settles());
    QVERIFY(desk.dialog("trust_question") == nullptr);
    QCOMPARE(desk.hosts(), (QStringList{"localhost", "shop.test"}));
}

void DesktopProjectTest::recent_projects_are_remembered_and_missing_ones_cannot_be_chosen()
{
    Desk desk;
    QVERIFY(desk.opened());
    ui::RecentProjects& recent = desk.window.projectActions().recent();
    QCOMPARE(recent.paths(), QStringList{desk.path()});
    recent.add("/nowhere/&gone.jackfield.json");
    for (int i = 0; i < 12; ++i)
        recent.add(QString("/nowhere/%1.jackfield.json").arg(i % 3));
    recent.add(desk.path());
    QCOMPARE(recent.paths().size(), 5);
    Q_EMIT recent.shown(recent.paths());
    QTRY_VERIFY_WITH_TIMEOUT(!recent.actions().at(1)->isEnabled(), patience);
    QVERIFY(recent.actions().at(0)->isEnabled());
    QVERIFY(recent.actions().at(1)->text().contains("not found"));
    QVERIFY(recent.actions().at(4)->text().contains("&&gone"));
    for (int i = 0; i < 20; ++i)
        recent.add(QString("/nowhere/more%1.jackfield.json").arg(i));
    QCOMPARE(recent.paths().size(), 10);
    desk.trigger("recent_projects_clear");
    QVERIFY(recent.paths().isEmpty());
}

void DesktopProjectTest::the_title_shows_a_hostile_name_plainly()
{
    Desk desk;
    desk.window.setProject(QStringLiteral("/tmp/a\u202E[*]\n<b>.jackfield.json"), true);
    const QString title = desk.window.windowTitle();
    QVERIFY2(!title.contains(QChar(0x202E)) && !title.contains('\n'), qPrintable(title));
    QVERIFY(title.contains("[*][*]"));
    desk.window.setProject({}, false);
}

void DesktopProjectTest::what_the_server_refuses_is_a_loss_and_not_saved_unasked()
{
    Desk desk;
    desk.port.refused = "/bad";
    QByteArray content = harmless;
    content.replace("\"mine\":1", R"("endpoints":[{"path":"/good"},{"path":"/bad"}])");
    QVERIFY(desk.opened(content));
    QVERIFY2(desk.session->is_modified(), "what is in force is not what the file says");
    desk.trigger("file_save_project");
    QVERIFY(desk.asks("save_question"));
    auto* lines = desk.window.findChild<QListWidget*>("save_question_lines");
    QVERIFY(lines->item(0)->text().contains("/bad is not taken"));
    desk.press("save_question_no");
    QCOMPARE(content_of(desk.path()), content);
}

void DesktopProjectTest::an_undo_of_the_lists_does_not_reach_another_document()
{
    Desk desk;
    QVERIFY(desk.opened());
    auto* editor = desk.window.findChild<ui::AllowListEditor*>("origins_editor");
    auto* notice = desk.window.findChild<ui::InlineNotice*>("origins_notice");
    editor->addEntry("http://localhost:9999");
    desk.port.work();
    QVERIFY2(notice->isVisibleTo(editor) && notice->findChild<QPushButton*>() != nullptr, "an undo is offered");
    desk.window.setProject(desk.path(), true);
    QVERIFY(notice->isVisibleTo(editor));
    desk.window.setProject({}, false);
    QVERIFY(!notice->isVisibleTo(editor));
    editor->addEntry("https://elsewhere.test");
    QVERIFY2(notice->isVisibleTo(editor), "it is asked about");
    desk.window.setProject(desk.path(), false);
    QVERIFY(!notice->isVisibleTo(editor));
}

void DesktopProjectTest::a_project_that_is_read_slowly_need_not_be_waited_for()
{
    Desk desk(true);
    put(desk.path(), harmless);
    {
        const std::lock_guard slow(desk.reading);
        desk.session->open_at_start(desk.path().toStdString(), false);
        QVERIFY2(desk.asks("bar_project_reading"), "FF-16");
        QVERIFY(desk.bar("bar_project_reading").contains("shop.jackfield.json"));
        QVERIFY(!desk.port.listened());
        desk.press("project_do_not_wait");
        QVERIFY(desk.port.listened());
        QVERIFY(desk.bar("bar_project_reading").isEmpty());
        QVERIFY(desk.bar("bar_project_not_opened").contains("was not waited for"));
    }
    desk.port.work();
    // What comes late is looked at no more: another file, read behind it, is.
    const QString other = desk.path("other.jackfield.json");
    put(other, "{ oops");
    desk.open(other);
    QVERIFY(QTest::qWaitFor([&] { return desk.bar("bar_project_not_opened").contains("other"); }, patience));
    QVERIFY(desk.session->path().empty());
}

void DesktopProjectTest::a_project_that_is_saved_slowly_need_not_be_waited_for()
{
    Desk desk;
    QVERIFY(desk.opened());
    desk.edit();
    QSignalSpy closed(&desk.window, &ui::MainWindow::closed);
    const std::lock_guard slow(desk.gate);
    desk.trigger("file_save_project");
    desk.window.close();
    QCOMPARE(closed.size(), 0);
    QVERIFY2(desk.asks("bar_project_saving"), "FF-16");
    desk.press("project_close_anyway");
    QCOMPARE(closed.size(), 1);
}

void DesktopProjectTest::a_project_that_another_start_names_is_opened_after_the_question()
{
    Desk desk;
    QVERIFY(desk.opened());
    desk.edit();
    const QString other = desk.path("other.jackfield.json");
    put(other, "{\"jackfield\":1,\"listeners\":[\"127.0.0.1:4700\"]}");
    desk.trigger("file_close_project");
    QVERIFY(desk.asks("unsaved_question"));
    desk.open(other);
    desk.press("unsaved_save");
    QVERIFY2(QTest::qWaitFor(
                 [&] {
                     desk.port.work();
                     return desk.session->path() == other.toStdString();
                 },
                 patience),
        "LC-05");
}

void DesktopProjectTest::a_stopped_server_stays_stopped_when_the_project_is_closed()
{
    Desk desk;
    QVERIFY(desk.opened());
    desk.port.now.listening = false;
    desk.port.now.listeners.clear();
    desk.port.deliverStatus(desk.port.now);
    desk.trigger("file_close_project");
    QVERIFY(QTest::qWaitFor(
        [&] {
            desk.port.work();
            return !desk.session->has_state();
        },
        patience));
    QVERIFY(!desk.port.now.listening);
    // Started again it listens where the settings say.
    const auto last = std::find_if(desk.port.submitted.rbegin(), desk.port.submitted.rend(),
        [](const auto& each) { return std::holds_alternative<command::Listen>(each.command); });
    QVERIFY(last != desk.port.submitted.rend());
    QCOMPARE(std::get<command::Listen>(last->command).listeners, default_listeners());
}

void DesktopProjectTest::a_closed_project_leaves_no_questions_behind()
{
    Desk desk;
    QVERIFY(desk.opened(R"({"jackfield":9,"listeners":["127.0.0.1:4700"]})"));
    desk.trigger("file_close_project");
    QVERIFY(QTest::qWaitFor(
        [&] {
            desk.port.work();
            return !desk.session->has_state();
        },
        patience));
    const QString other = desk.path("new.jackfield.json");
    Q_EMIT desk.window.projectActions().saveAsRequested(other);
    QTRY_COMPARE_WITH_TIMEOUT(desk.session->path(), other.toStdString(), patience);
    QVERIFY(desk.dialog("save_question") == nullptr);
}

void DesktopProjectTest::a_conflict_is_over_when_the_own_change_is_taken_back()
{
    Desk desk;
    QVERIFY(desk.opened());
    const ServerStatus before = desk.port.now;
    desk.edit();
    QByteArray changed = harmless;
    changed.replace("\"mine\":1", "\"limits\":{\"max_message\":2097152}");
    put(desk.path(), changed);
    QVERIFY(desk.asks("bar_project_conflict"));
    desk.port.now = before;
    desk.port.deliverStatus(before);
    QVERIFY(desk.bar("bar_project_conflict").isEmpty());
    QVERIFY(QTest::qWaitFor(
        [&] {
            desk.port.work();
            return desk.port.now.limits.max_message == 2097152;
        },
        patience));
}

void DesktopProjectTest::a_save_that_failed_can_be_given_up()
{
    Desk desk;
    QVERIFY(desk.opened());
    desk.broken = true;
    Q_EMIT desk.window.projectActions().saveAsRequested(desk.path("other.jackfield.json"));
    QVERIFY(desk.asks("bar_project_not_saved"));
    desk.press("project_not_saved_close");
    QVERIFY(desk.bar("bar_project_not_saved").isEmpty());
}

QTEST_MAIN(DesktopProjectTest)
#include "desktop_project_test.moc"
