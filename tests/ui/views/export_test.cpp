#include "tests/support/made_capture.h"
#include "tests/ui/views/panel_fixture.h"
#include "ui/views/export_dialog.h"
#include "ui/views/export_strip.h"
#include "ui/views/inline_notice.h"
#include "ui/views/message_export.h"
#include "ui/views/messages_panel.h"
#include "ui/views/tail_table.h"

#include <QCheckBox>
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QRadioButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUrl>

#include <nlohmann/json.hpp>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;
using nlohmann::json;

namespace {

constexpr int patience = 30'000;

struct Fixture : test::PanelFixture {
    MessagesPanel panel{port, messageModel};
    MessageExport exporter{panel, messageModel, connections};
    ExportStrip* strip = exporter.strip();
    InlineNotice* notice = child<InlineNotice>(panel, "export_notice");
    QTemporaryDir folder;
    ConnectionId id;

    Fixture()
    {
        panel.resize(900, 300);
        panel.show();
        exporter.setFolder(folder.path());
        id = port.open(12);
        port.fromBrowser(id, "=one");
        port.toBrowser(id, "two", Maker::echo);
        port.fromBrowser(id, "three");
        port.message(id, Direction::from_browser, TrafficType::ping, "p");
        QApplication::processEvents();
    }
    [[nodiscard]] ExportDialog* dialog() const
    {
        child<QToolButton>(panel, "export_messages")->click();
        auto* found = panel.window()->findChild<ExportDialog*>();
        if (!found)
            qFatal("no dialog");
        return found;
    }
    [[nodiscard]] QString path(const char* name) const { return folder.filePath(QString::fromUtf8(name)); }
    /// Chooses `scope`, types `name` and waits for the outcome.
    void run(const char* scope, const QString& file) const
    {
        ExportDialog* asked = dialog();
        auto* button = child<QRadioButton>(*asked, scope);
        QVERIFY(button->isEnabled());
        button->click();
        child<QLineEdit>(*asked, "export_path")->setText(file);
        QSignalSpy finished(strip, &ExportStrip::finished);
        auto* start = child<QPushButton>(*asked, "export_start");
        QVERIFY(start->isEnabled());
        start->click();
        QVERIFY(finished.wait(patience));
    }
    static QByteArray content(const QString& file)
    {
        QFile opened(file);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray("(absent)");
    }
};

/// Takes the folder that is to be opened.
class FolderOpener : public QObject {
    Q_OBJECT
public:
    FolderOpener() { QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "open"); }
    ~FolderOpener() override { QDesktopServices::unsetUrlHandler(QStringLiteral("file")); }
    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl& url) { opened += url; }
};

} // namespace

class ExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exports_what_is_selected_shown_or_kept_data()
    {
        QTest::addColumn<QByteArray>("scope");
        QTest::addColumn<QByteArray>("types");
        QTest::newRow("selected") << QByteArray("export_selected") << QByteArray("text text ");
        QTest::newRow("shown") << QByteArray("export_shown") << QByteArray("text text text ");
        QTest::newRow("all") << QByteArray("export_all") << QByteArray("text text text ping ");
    }
    void exports_what_is_selected_shown_or_kept()
    {
        QFETCH(const QByteArray, scope);
        QFETCH(const QByteArray, types);
        Fixture f;
        for (const int row : {0, 2})
            f.panel.table()->selectionModel()->select(
                f.messageModel.index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        f.run(scope.constData(), f.path("out.jsonl"));
        QByteArray found;
        for (const QByteArray& line : Fixture::content(f.path("out.jsonl")).split('\n')) {
            if (line.contains("\"dir\""))
                found += QByteArray::fromStdString(json::parse(line.toStdString()).at("type")) + ' ';
        }
        QCOMPARE(found, types);
        QVERIFY(f.notice->text().startsWith(
            QStringLiteral("Exported %1 messages of 1 connections to out.jsonl").arg(types.count(' '))));
    }

    void exports_what_passes_the_filter()
    {
        Fixture f;
        f.messageModel.setFilter(*parse_filter("dir:from", FilterSubject::messages));
        f.run("export_shown", f.path("out.txt"));
        const QByteArray text = Fixture::content(f.path("out.txt"));
        QVERIFY(text.contains("from browser  text 5  three"));
        QVERIFY(!text.contains("to browser"));
    }

    void the_formats_and_the_name_of_the_file_go_together()
    {
        Fixture f;
        ExportDialog* dialog = f.dialog();
        auto* format = child<QComboBox>(*dialog, "export_format");
        auto* path = child<QLineEdit>(*dialog, "export_path");
        auto* neutralise = child<QCheckBox>(*dialog, "export_neutralise");
        QVERIFY(path->text().startsWith(f.folder.path()));
        QVERIFY(path->text().endsWith(QStringLiteral(".har")));
        QVERIFY(!neutralise->isVisible());
        path->setText(f.path("x.CSV"));
        QCOMPARE(dialog->order().format, RecordingFormat::csv);
        QVERIFY(neutralise->isVisible());
        QVERIFY(dialog->order().options.neutralise_formulas);
        neutralise->click();
        QVERIFY(!dialog->order().options.neutralise_formulas);
        format->setCurrentIndex(1);
        QCOMPARE(path->text(), f.path("x.jsonl"));
        path->setText(f.path("capture of today"));
        format->setCurrentIndex(3);
        QCOMPARE(path->text(), f.path("capture of today"));
        QCOMPARE(dialog->order().format, RecordingFormat::transcript);
        path->setText(QStringLiteral("relative.har"));
        QCOMPARE(dialog->order().path, f.path("relative.har"));
    }

    void a_folder_that_is_gone_gives_way_to_the_home_folder()
    {
        Fixture f;
        ExportDialog dialog({1, 1, 1}, f.path("gone"));
        auto* path = child<QLineEdit>(dialog, "export_path");
        const QString name = QFileInfo(path->text()).fileName();
        QTRY_COMPARE(path->text(), QDir::homePath() + u'/' + name);
        // What the person chose is never changed.
        path->selectAll();
        QTest::keyClicks(path, f.path("gone/mine.har"));
        QTRY_COMPARE(
            child<QLabel>(dialog, "export_path_hint")->text(), QStringLiteral("There is no such folder."));
        QCOMPARE(path->text(), f.path("gone/mine.har"));
    }

    void the_dialog_says_what_is_wrong_with_a_path_data() // FF-13
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("says");
        QTest::addColumn<bool>("possible");
        QTest::newRow("empty") << QString() << QStringLiteral("Choose a file.") << false;
        QTest::newRow("folder") << QStringLiteral("%1") << QStringLiteral("This is a folder.") << false;
        QTest::newRow("no folder") << QStringLiteral("%1/no/x.har")
                                   << QStringLiteral("There is no such folder.") << false;
        QTest::newRow("exists") << QStringLiteral("%1/there.har")
                                << QStringLiteral("This file exists and will be replaced.") << true;
        QTest::newRow("new") << QStringLiteral("%1/new.har") << QString() << true;
    }
    void the_dialog_says_what_is_wrong_with_a_path()
    {
        QFETCH(const QString, path);
        QFETCH(const QString, says);
        QFETCH(const bool, possible);
        Fixture f;
        QFile there(f.path("there.har"));
        QVERIFY(there.open(QIODevice::WriteOnly));
        ExportDialog* dialog = f.dialog();
        child<QLineEdit>(*dialog, "export_path")->setText(path.isEmpty() ? path : path.arg(f.folder.path()));
        QTRY_COMPARE(child<QLabel>(*dialog, "export_path_hint")->text(), says);
        QCOMPARE(child<QPushButton>(*dialog, "export_start")->isEnabled(), possible);
    }

    void a_file_that_cannot_be_written_is_told_with_the_reason_and_a_retry() // FF-13
    {
        Fixture f;
        f.run("export_all", QStringLiteral("/dev/full"));
        QCOMPARE(f.notice->kind(), InlineNotice::Kind::Danger);
        QCOMPARE(f.notice->text(),
            QStringLiteral("Not exported: cannot write to /dev/full: it is no regular file."));
        QSignalSpy finished(f.strip, &ExportStrip::finished);
        for (auto* button : f.notice->findChildren<QPushButton*>()) {
            if (button->accessibleName() == QStringLiteral("Retry export"))
                button->click();
        }
        QVERIFY(finished.wait(patience));
        QVERIFY(f.notice->text().startsWith(QStringLiteral("Not exported")));
    }

    void open_folder_opens_the_folder_of_the_export_and_nothing_else()
    {
        Fixture f;
        FolderOpener opener;
        f.run("export_all", f.path("file:evil%2f..har"));
        for (auto* button : f.notice->findChildren<QPushButton*>()) {
            if (button->accessibleName() == QStringLiteral("Open folder of export"))
                button->click();
        }
        QCOMPARE(opener.opened, QList<QUrl>{QUrl::fromLocalFile(f.folder.path())});
    }

    void cancel_leaves_nothing() // FF-14
    {
        Fixture f;
        auto made = std::make_unique<test::MadeCapture>();
        const ConnectionId id = made->open(1);
        for (int i = 0; i < 100; ++i)
            made->fromBrowser(id, "x");
        QSemaphore half;
        QSemaphore goOn;
        made->onRead = [&](std::uint64_t index) {
            if (index == 50) {
                half.release();
                goOn.acquire();
            }
        };
        QSignalSpy finished(f.strip, &ExportStrip::finished);
        f.strip->start(std::move(made), {f.path("out.har"), RecordingFormat::har, {}});
        half.acquire();
        auto* cancel = child<QPushButton>(f.panel, "export_stop");
        QVERIFY(cancel->isVisible());
        QVERIFY(f.strip->isRunning());
        cancel->click();
        QVERIFY(!cancel->isEnabled());
        goOn.release(2);
        QVERIFY(finished.wait(patience));
        QVERIFY(!f.strip->isRunning());
        QVERIFY(!cancel->isVisible());
        QCOMPARE(
            f.notice->text(), QStringLiteral("The export to out.har was cancelled; nothing was written."));
        QVERIFY(QDir(f.folder.path()).isEmpty());
    }

    void a_second_export_waits_for_nobody_and_starts_none()
    {
        Fixture f;
        auto made = std::make_unique<test::MadeCapture>();
        made->fromBrowser(made->open(1), "x");
        QSemaphore goOn;
        made->onRead = [&](std::uint64_t) { goOn.acquire(); };
        QSignalSpy finished(f.strip, &ExportStrip::finished);
        f.strip->start(std::move(made), {f.path("out.har"), RecordingFormat::har, {}});
        child<QToolButton>(f.panel, "export_messages")->click();
        QVERIFY(!f.panel.window()->findChild<ExportDialog*>());
        goOn.release(2);
        QVERIFY(finished.wait(patience));
        QVERIFY(f.notice->text().startsWith(QStringLiteral("Exported 1 messages")));
    }

    void hostile_names_of_files_are_shown_plain()
    {
        Fixture f;
        f.run("export_all", f.path("<b>x\xe2\x80\xae.har"));
        QVERIFY(!f.notice->text().contains(QChar(0x202e)));
        QVERIFY(f.notice->text().contains(QStringLiteral("<b>x")));
    }

    void every_control_has_a_name_and_a_way_by_keyboard()
    {
        Fixture f;
        ExportDialog* dialog = f.dialog();
        QCOMPARE(test::faultsOf(*dialog), QStringList());
        QCOMPARE(test::faultsOf(f.panel), QStringList());
    }
};

QTEST_MAIN(ExportTest)
#include "export_test.moc"
