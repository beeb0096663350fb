// jackfield-screenshots [--port N] [--pace MS] [--language de] FOLDER: makes a picture of every view of the
// window, light and dark, as FOLDER/NAME-light.png and FOLDER/NAME-dark.png, and prints each NAME. The
// window, the engine and the sockets are real; only the display is not needed. Beside --pace, the time
// between two messages, nothing waits for time to pass, so that no picture shows half of something. With
// --language there is one picture, of the whole window in that language.
#include "picture.h"
#include "scene.h"
#include "ui/benchmark/benchmark_window.h"
#include "ui/benchmark/runs_panel.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/export_job.h"
#include "ui/models/tls_model.h"
#include "ui/text/language.h"
#include "ui/views/composer.h"
#include "ui/views/connection_view.h"
#include "ui/views/kick_popover.h"
#include "ui/views/main_window.h"
#include "ui/views/messages_panel.h"
#include "ui/views/recording_window.h"
#include "ui/views/side_panel.h"
#include "ui/views/tail_table.h"
#include "ui/views/theme.h"
#include "ui/views/window_models.h"

#include "jackfield/engine.h"
#include "jackfield/engine_thread.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCommandLineParser>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTableView>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <functional>
#include <stdexcept>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::Over;
using jackfield::test::Scene;

namespace {

constexpr QSize windowSize(1100, 760);

void waitFor(const std::function<bool()>& condition, const char* what)
{
    if (!QTest::qWaitFor(condition, 60'000))
        throw std::runtime_error(std::string("this did not come: ") + what);
}

/// A development certificate that one of two browsers trusts.
TlsState developmentCertificate()
{
    CertificateFacts facts;
    facts.subject = "CN=localhost, O=Jackfield";
    facts.issuer = "CN=Jackfield development authority a3ffdaab, O=Jackfield";
    facts.fingerprint
        = "58:7C:BD:69:83:41:49:38:14:34:19:2E:7A:5E:88:D4:CF:90:FB:B7:7B:72:B6:19:1E:84:A8:D2:A7:13:B4:3A";
    facts.names = {"localhost", "127.0.0.1", "::1", "shop.test"};
    facts.not_after = WallTime(seconds(1'830'000'000));
    facts.key = "EC P-256";
    TlsState state;
    state.serving = state.wanted = TlsSource::development;
    state.chain = {facts};
    state.age = {TlsAge::State::good, 396};
    state.development = TlsDevelopment{facts, facts, {"shop.test"}, state.age};
    state.authorityPath = "/home/you/.config/jackfield/tls/jackfield-authority.crt";
    state.hasCertutil = true;
    state.places = {{TlsPlace::Kind::chromium, "Chromium and Chrome", "/home/you/.pki/nssdb", true,
                        TlsPlace::Standing::trusted, "", 0},
        {TlsPlace::Kind::firefox, "Firefox, profile default", "/home/you/.mozilla/firefox/a.default", true,
            TlsPlace::Standing::notTrusted, "its authority is not there", 0},
        {TlsPlace::Kind::system, "This system", "/etc/ssl/certs/ca-certificates.crt", true,
            TlsPlace::Standing::notTrusted, "the authority is not among the system's", 0}};
    state.steps = {{TlsPlace::Kind::firefox, "Firefox",
        {"Open about:preferences#privacy", "Choose \"View Certificates...\", then \"Authorities\"",
            "Choose \"Import...\" and the file " + state.authorityPath,
            "Tick \"Trust this CA to identify websites\""},
        {}, {"Choose it in the same list, then \"Delete or Distrust...\""}, {}, {}}};
    return state;
}

/// A run of ten seconds as jackfield-bench reports it; the figures follow from `number` alone.
QByteArray benchmarkReport(int number)
{
    const double level = number == 0 ? 1.0 : 1.22;
    QByteArray series;
    for (int at = 1; at <= 20; ++at) {
        const double swing = 1 + 0.04 * ((at * 7 + number * 3) % 5 - 2);
        const double tail = at % 6 == 3 ? 3.5 : 1 + 0.1 * (at % 4);
        series += QByteArray(at == 1 ? "" : ",") + "{\"at_seconds\":" + QByteArray::number(at * 0.5)
            + ",\"seconds\":0.5,\"messages\":" + QByteArray::number(static_cast<int>(92'000 * level * swing))
            + ",\"connections\":100,\"p50_us\":" + QByteArray::number(460 / level / swing)
            + ",\"p90_us\":" + QByteArray::number(780 / level / swing) + ",\"p99_us\":" + QByteArray::number(1'500 / level * tail)
            + ",\"p99_9_us\":" + QByteArray::number(5'200 / level * tail) + "}";
    }
    return "{\"program\":\"jackfield-bench\",\"format\":1,\"mode\":\"echo\",\"target\":\"ws://127.0.0.1:4567/echo\",\"started_at\":\""
        + QByteArray(number == 0 ? "2026-11-22T17:20:11Z" : "2026-11-23T09:41:52Z")
        + "\",\"parameters\":{\"connections\":\"100\"},\"seconds\":10,\"connections\":100,\"opening_seconds\":0.0252,\"messages\":"
        + QByteArray::number(static_cast<int>(1'840'000 * level)) + ",\"messages_a_second\":" + QByteArray::number(184'000 * level)
        + ",\"latency\":{\"p50_us\":" + QByteArray::number(461 / level) + ",\"p90_us\":" + QByteArray::number(786 / level)
        + ",\"p99_us\":" + QByteArray::number(2'310 / level) + ",\"p99_9_us\":" + QByteArray::number(9'480 / level)
        + ",\"max_us\":" + QByteArray::number(21'300 / level) + "},\"client_cpu\":{\"us_a_message\":" + QByteArray::number(4.9 / level)
        + "},\"server_cpu\":{\"us_a_message\":" + QByteArray::number(5.2 / level) + "},\"series\":[" + series + "]}";
}

class Photographer {
public:
    Photographer(EngineBridge& bridge, MainWindow& window, const QString& folder)
        : m_bridge(bridge)
        , m_window(window)
        , m_folder(folder)
    { }

    void waitForListening()
    {
        waitFor([this] { return m_bridge.status()->listening; }, "a listening server");
    }

    /// The window as it is, with the words of `name` for a file.
    void take(const QString& name) { takeOf(m_window, name, Over::nothing, nullptr); }

    void takeOf(QWidget& window, const QString& name, Over how, QWidget* over)
    {
        for (const bool dark : {false, true}) {
            Theme::instance().choose(dark ? ThemeChoice::Dark : ThemeChoice::Light);
            m_bridge.takeNow();
            QApplication::processEvents();
            const QImage picture = test::pictureOf(window, how, over);
            const QString file = m_folder + u'/' + name
                + (dark ? QStringLiteral("-dark.png") : QStringLiteral("-light.png"));
            if (!test::withPalette(picture).save(file, "PNG", 0))
                throw std::runtime_error("not written: " + file.toStdString());
        }
        std::printf("%s\n", qPrintable(name));
    }

    void trigger(const char* action)
    {
        auto* found = m_window.findChild<QAction*>(QLatin1String(action));
        if (found == nullptr)
            throw std::runtime_error(std::string("there is no action ") + action);
        found->trigger();
        QApplication::processEvents();
    }

    template <class Widget>
    Widget& find(const char* name)
    {
        auto* found = m_window.findChild<Widget*>(QLatin1String(name));
        if (found == nullptr)
            throw std::runtime_error(std::string("there is no widget ") + name);
        return *found;
    }

    /// The dialog that an action opens, over the window.
    void takeDialog(const QString& name, const char* action, const char* dialog)
    {
        trigger(action);
        auto& opened = find<QDialog>(dialog);
        waitFor([&] { return opened.isVisible(); }, dialog);
        takeOf(m_window, name, Over::dialog, &opened);
        opened.close();
        QApplication::processEvents();
    }

    void run(Scene& scene)
    {
        takeStart();
        fill(scene);
        takeTables();
        takeSidePages();
        takeComposer();
        takeKick();
        takeRecording();
        takeBenchmark();
        takeDialog(QStringLiteral("why-not"), "help_why", "why_not_dialog");
        takeDialog(QStringLiteral("phone"), "file_phone", "phone_dialog");
        takeDialog(QStringLiteral("listeners"), "server_listeners", "listeners_dialog");
        m_window.offerCertificate();
        TlsModel& tls = m_window.models().tls;
        tls.setState(developmentCertificate());
        QObject::connect( // what opens the dialog has been looked at already
            &tls, &TlsModel::lookUpRequested, &tls,
            [&tls] {
                tls.finish({TlsRequest::lookUp, {}, false, false, {}, false});
            },
            Qt::QueuedConnection);
        takeDialog(QStringLiteral("certificate"), "server_certificate", "certificate_dialog");
        takeDialog(QStringLiteral("shortcuts"), "help_shortcuts", "shortcut_dialog");
        takeDialog(QStringLiteral("about"), "help_about", "about_dialog");
        takeRefusals(scene);
    }

    void takeStart()
    {
        waitForListening();
        take(QStringLiteral("empty"));
    }

    /// Connections with messages, one of them selected.
    void fill(Scene& scene)
    {
        waitForListening();
        WindowModels& models = m_window.models();
        models.templates.setContent(Scene::templates());
        scene.connect();
        waitFor(
            [&] {
                return models.connections.openCount() == Scene::stillOpen
                    && models.messages.messageCount() >= scene.frames();
            },
            "the connections and their messages");
        sendByHand();
        selectMessage("m-1042");
    }

    /// Selects the first page's connection, sends it something from the composer, and pings it.
    void sendByHand()
    {
        WindowModels& models = m_window.models();
        m_window.findChild<ConnectionView*>()->select(models.connectionTable.ids().back());
        for (const ConnectionId id : models.connectionTable.ids()) {
            if (models.connections.record(id)->info->number == 1)
                m_window.findChild<ConnectionView*>()->select(id);
        }
        const std::uint64_t before = models.messages.messageCount();
        m_window.composer().loadPayload(
            TrafficType::text, SharedBytes(std::string_view(R"({"type":"toast","text":"Hello, page!"})")));
        m_window.composer().send();
        trigger("ping");
        waitFor([&] { return models.messages.messageCount() >= before + 2; }, "what was sent by hand");
    }

    /// Selects the newest message with this text in it; its detail is shown.
    void selectMessage(const char* text)
    {
        auto& table = find<TailTable>("message_table");
        QAbstractItemModel* model = table.model();
        for (int row = model->rowCount() - 1; row >= 0; --row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                if (!model->index(row, column).data().toString().contains(QLatin1String(text)))
                    continue;
                table.setCurrentIndex(model->index(row, column));
                table.selectRow(row);
                QApplication::processEvents();
                return;
            }
        }
        throw std::runtime_error(std::string("no message holds ") + text);
    }

    void takeTables()
    {
        auto& tabs = find<QTabWidget>("message_tabs");
        take(QStringLiteral("window"));
        for (int tab = 0; tab < tabs.count(); ++tab) {
            if (!tabs.isTabVisible(tab) || !tabs.isTabEnabled(tab))
                continue;
            tabs.setCurrentIndex(tab);
            QApplication::processEvents();
            take(slugOf(tabs.widget(tab)->objectName())); // "message-hex"
        }
        tabs.setCurrentIndex(0);
    }

    /// Every page of the side panel but the message's, whatever pages there are.
    void takeSidePages()
    {
        auto& side = *m_window.findChild<SidePanel*>();
        for (int page = 1; page < side.count(); ++page) {
            const QString name = side.tabBar()->accessibleTabName(page);
            if (name == QLatin1String("Refused"))
                continue; // with the refusals
            side.showPage(side.widget(page));
            QApplication::processEvents();
            take(slugOf(name));
        }
        side.showPage(side.widget(0));
    }

    void takeComposer()
    {
        trigger("kind_binary");
        m_window.composer().loadPayload(TrafficType::binary,
            SharedBytes(std::string_view("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10", 24)));
        take(QStringLiteral("composer-binary"));
        trigger("kind_raw");
        trigger("fragments with a ping between");
        trigger("composer_repeat");
        take(QStringLiteral("composer-raw"));
        m_window.composer().setRepeatVisible(false);
        trigger("kind_close");
        take(QStringLiteral("composer-close"));
        trigger("kind_text");
    }

    void takeKick()
    {
        auto& view = *m_window.findChild<ConnectionView*>();
        const auto ids = m_window.models().connectionTable.ids();
        view.select(ids.at(1));
        trigger("kick");
        waitFor([&] { return view.kickPopover()->isVisible(); }, "the kick pop-over");
        takeOf(m_window, QStringLiteral("kick"), Over::popover, view.kickPopover());
        view.kickPopover()->hide();
        find<QTableView>("connection_table").clearSelection();
        QApplication::processEvents();
    }

    void takeRecording()
    {
        const QString file = m_files.filePath(QStringLiteral("chat.har"));
        trigger("file_export");
        auto& dialog = find<QDialog>("export_dialog");
        dialog.findChild<QLineEdit*>(QStringLiteral("export_path"))->setText(QStringLiteral("/tmp/chat.har"));
        QApplication::processEvents();
        takeOf(m_window, QStringLiteral("export"), Over::dialog, &dialog);
        dialog.findChild<QLineEdit*>(QStringLiteral("export_path"))->setText(file);
        dialog.findChild<QAbstractButton*>(QStringLiteral("export_start"))->click();
        waitFor([&] { return QFileInfo(file).size() > 0; }, "the exported file");
        m_window.openRecording(file);
        auto& recording = *m_window.findChild<RecordingWindow*>();
        recording.resize(windowSize);
        waitFor([&] { return !recording.isLoading(); }, "the recording");
        auto* table = recording.findChild<TailTable*>();
        table->scrollToTop();
        table->selectRow(2);
        table->setCurrentIndex(table->model()->index(2, 0));
        QApplication::processEvents();
        table->scrollToTop();
        takeOf(recording, QStringLiteral("recording"), Over::nothing, nullptr);
        recording.close();
        for (auto* button : m_window.findChildren<QAbstractButton*>()) { // that it was exported
            if (button->isVisible() && button->accessibleName().startsWith(QLatin1String("Dismiss notice")))
                button->click();
        }
    }

    /// Two runs of the past, one compared with the other.
    void takeBenchmark()
    {
        QStringList ids;
        for (const int number : {0, 1}) {
            ids += QStringLiteral("run-2026112%1-000000-000").arg(2 + number);
            QFile file(m_files.filePath(ids.back() + QStringLiteral(".json")));
            if (!file.open(QIODevice::WriteOnly) || file.write(benchmarkReport(number)) < 0)
                throw std::runtime_error("not written: " + file.fileName().toStdString());
        }
        BenchmarkWindow benchmark(m_bridge, {{}, m_files.path(), [] { return QStringLiteral("jackfield-bench"); }});
        benchmark.setAttribute(Qt::WA_DeleteOnClose, false);
        benchmark.resize(windowSize);
        benchmark.show();
        benchmark.findChild<RunsPanel*>()->select(ids);
        QApplication::processEvents();
        takeOf(benchmark, QStringLiteral("benchmark"), Over::nothing, nullptr);
    }

    void takeRefusals(Scene& scene)
    {
        scene.beRefused();
        waitFor([this] { return m_window.models().refused.needsYouCount() >= 2; }, "the refused attempts");
        auto& bar = find<QWidget>("refusal_bar");
        waitFor([&] { return bar.isVisible(); }, "the bar of refusals");
        // Its buttons arm a moment after it came.
        waitFor([&] { return find<QAbstractButton>("refusal_allow").isEnabled(); }, "the armed button");
        take(QStringLiteral("refusal-bar"));
        find<QAbstractButton>("refusal_details").click();
        QApplication::processEvents();
        take(QStringLiteral("refused"));
    }

private:
    static QString slugOf(QString name) { return name.toLower().replace(u' ', u'-').replace(u'_', u'-'); }

    EngineBridge& m_bridge;
    MainWindow& m_window;
    QString m_folder;
    QTemporaryDir m_files;
};

int make(const QString& folder, std::uint16_t port, int pace, const QString& language)
{
    EngineConfig config;
    config.listeners = default_listeners(port);
    if (port == 0)
        config.listeners.pop_back(); // two ports would be two numbers
    // The page of the scene that talks to /chat wants its answers.
    std::erase_if(config.endpoints, [](const EndpointConfig& one) { return one.pattern == "/chat"; });
    config.limits.ping_interval = {}; // nobody in the scene answers
    auto engine = Engine::create(config);
    if (!engine)
        throw std::runtime_error(engine.error().message());
    auto thread = EngineThread::start(**engine);
    if (!thread)
        throw std::runtime_error(thread.error().message());
    {
        EngineBridge bridge(**engine);
        MainWindow window(bridge);
        window.resize(windowSize);
        window.show();
        Photographer photographer(bridge, window, folder);
        photographer.waitForListening();
        SocketAddress address;
        for (const auto& listener : bridge.status()->listeners) {
            if (!listener.bound.is_v6())
                address = listener.bound;
        }
        Scene scene(address, [pace] { QTest::qWait(pace); });
        if (language.isEmpty()) {
            photographer.run(scene);
        } else {
            photographer.fill(scene);
            photographer.take(QStringLiteral("window-") + language);
        }
    }
    (*thread)->abandon();
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setApplicationDisplayName(QStringLiteral("Jackfield"));
    QApplication::setApplicationVersion(QStringLiteral("0.1.0"));
    QApplication::setCursorFlashTime(0);
    QApplication::setEffectEnabled(Qt::UI_AnimateMenu, false);
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("port"), QStringLiteral("where the server listens (any)"),
        QStringLiteral("number"), QStringLiteral("0")});
    parser.addOption({QStringLiteral("pace"), QStringLiteral("time between two messages (0)"),
        QStringLiteral("milliseconds"), QStringLiteral("0")});
    parser.addOption({QStringLiteral("language"), QStringLiteral("what the window speaks (English)"),
        QStringLiteral("code"), QString()});
    parser.addPositionalArgument(QStringLiteral("folder"), QStringLiteral("where the pictures go"));
    parser.addHelpOption();
    parser.process(application);
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(2);
    const QString language = parser.value(QStringLiteral("language"));
    speak(language.isEmpty() ? QStringLiteral("en") : language);
    const QString folder = parser.positionalArguments().constFirst();
    try {
        if (!QDir().mkpath(folder))
            throw std::runtime_error("the folder cannot be made");
        return make(folder, parser.value(QStringLiteral("port")).toUShort(),
            parser.value(QStringLiteral("pace")).toInt(), language);
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "jackfield-screenshots: %s\n", problem.what());
        return 1;
    }
}
