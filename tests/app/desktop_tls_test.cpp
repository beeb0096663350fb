// TLS of the desktop program: the window's requests reach a real service, and what it says comes back.
#include "app/desktop/tls_session.h"
#include "app/desktop/trust_text.h"
#include "tests/support/fake_engine_port.h"
#include "tests/support/listening_status.h"
#include "ui/models/tls_model.h"
#include "ui/text/language.h"
#include "ui/views/certificate_dialog.h"
#include "ui/views/main_window.h"
#include "ui/views/window_models.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace jackfield;
using namespace jackfield::app;

namespace {

constexpr int patience = 30'000; // which no passing test reaches

struct Fixture {
    QTemporaryDir folder;
    test::FakeEnginePort port;
    std::unique_ptr<ui::MainWindow> window;
    std::unique_ptr<TlsService> service;
    std::unique_ptr<TlsSession> session;
    std::vector<TlsSettings> saved; // read once the session is gone

    explicit Fixture(bool hasFolder = true)
    {
        TlsService::Options options;
        if (hasFolder)
            options.configuration_folder = path("config").toStdString();
        else
            options.no_folder_why = "settings are in memory only";
        options.surroundings = {};
        options.surroundings.home = path("home").toStdString();
        options.surroundings.system_root = path("root").toStdString();
        options.surroundings.program_folders = {path("bin").toStdString()};
        options.surroundings.patience = std::chrono::seconds(30);
        for (const char* each : {"config", "home", "home/.pki", "home/.pki/nssdb", "bin"}) {
            if (!QDir().mkpath(path(each)))
                qFatal("no folder");
        }
        if (!QFile::link(QStringLiteral("/usr/bin/certutil"), path("bin/certutil")))
            qFatal("no certutil");
        auto made = TlsService::create(options);
        if (!made)
            qFatal("%s", made.error().message().c_str());
        service = std::move(*made);
        static_cast<void>(service->wait_for_first(std::chrono::seconds(30)));
        port.deliverStatus(test::listeningStatus());
        window = std::make_unique<ui::MainWindow>(port);
        session = std::make_unique<TlsSession>(
            port, *window, *service, [this](const TlsSettings& settings) { saved.push_back(settings); });
    }
    [[nodiscard]] QString path(const char* below) const { return folder.filePath(QString::fromUtf8(below)); }
    [[nodiscard]] ui::TlsModel& model() const { return window->models().tls; }
    [[nodiscard]] const ui::TlsState& state() const { return model().state(); }
    /// Asks for something and waits for what became of it.
    template <class Ask>
    ui::TlsOutcome ask(Ask request)
    {
        QSignalSpy finished(&model(), &ui::TlsModel::finished);
        request();
        if (finished.isEmpty() && !finished.wait(patience))
            qFatal("nothing became of it");
        return finished.front().front().value<ui::TlsOutcome>();
    }
    [[nodiscard]] std::shared_ptr<const TlsCredentials> served() const
    {
        const auto* set = port.last<command::SetTls>();
        return set ? set->credentials : nullptr;
    }
};

} // namespace

class DesktopTlsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wss_goes_on_trusted_renewed_and_off()
    {
        Fixture f;
        QVERIFY(f.window->findChild<QAction*>(QStringLiteral("server_certificate"))->isVisible());
        QCOMPARE(f.state().serving, ui::TlsSource::off);

        ui::TlsOutcome outcome = f.ask([&] { f.model().enable({"shop.test"}); });
        QCOMPARE(outcome.error, std::string());
        QTRY_VERIFY_WITH_TIMEOUT(f.served() != nullptr, patience);
        QCOMPARE(f.state().serving, ui::TlsSource::development);
        QCOMPARE(f.state().chain.front().fingerprint, f.served()->chain().front().fingerprint);
        QCOMPARE(f.state().development->addedNames, std::vector<std::string>{"shop.test"});
        QVERIFY(f.state().hasCertutil);
        QTRY_VERIFY_WITH_TIMEOUT( // nobody has to ask
            !f.state().places.empty()
                && f.state().places.front().standing == ui::TlsPlace::Standing::notTrusted,
            patience);

        f.ask([&] { f.model().lookUp(); });
        QVERIFY(!f.state().places.empty());
        const ui::TlsPlace place = f.state().places.front();
        QCOMPARE(place.kind, ui::TlsPlace::Kind::chromium);
        QCOMPARE(place.standing, ui::TlsPlace::Standing::notTrusted);
        QCOMPARE(f.state().steps.size(), std::size_t(3));
        const auto command = [&] { return QString::fromStdString(f.state().steps.front().commands.front()); };
        QVERIFY2(command().startsWith(QStringLiteral("mkdir ")), qPrintable(command()));

        outcome = f.ask([&] { f.model().trust({place.path}); });
        QVERIFY2(outcome.error.empty(), outcome.error.c_str());
        QVERIFY(!outcome.hasTrouble);
        QCOMPARE(outcome.details, std::vector<std::string>{"Chromium and Chrome: trusts it"});
        QCOMPARE(f.state().places.front().standing, ui::TlsPlace::Standing::trusted);
        QVERIFY2(command().startsWith(QStringLiteral("certutil -A ")), qPrintable(command())); // there is one now

        const std::string before = f.state().chain.front().fingerprint;
        outcome = f.ask([&] { f.model().renew({}); });
        QCOMPARE(outcome.error, std::string());
        QVERIFY(f.state().chain.front().fingerprint != before);
        QTRY_COMPARE_WITH_TIMEOUT(
            f.served()->chain().front().fingerprint, f.state().chain.front().fingerprint, patience);
        QVERIFY(f.state().development->addedNames.empty());

        const std::string exported = f.path("authority.crt").toStdString();
        outcome = f.ask([&] { f.model().exportAuthority(exported); });
        QCOMPARE(outcome.error, std::string());
        QVERIFY(QFile::exists(f.path("authority.crt")));

        outcome = f.ask([&] { f.model().untrust({place.path}); });
        QCOMPARE(outcome.error, std::string());
        QCOMPARE(f.state().places.front().standing, ui::TlsPlace::Standing::notTrusted);

        outcome = f.ask([&] { f.model().disable(); });
        QCOMPARE(outcome.error, std::string());
        QCOMPARE(f.state().serving, ui::TlsSource::off);
        QTRY_VERIFY_WITH_TIMEOUT(f.served() == nullptr, patience);
        f.session.reset();
        QVERIFY(!f.saved.empty());
        QVERIFY(f.saved.front().enabled);
        QVERIFY(!f.saved.back().enabled);
    }

    /// Every code has words of the window's language, and in English those of the terminal.
    void trust_is_told_in_the_language_of_the_window()
    {
        QStringList faults;
        const auto compare = [&](const std::string& terminal, const auto& window) {
            ui::speak(QStringLiteral("en"));
            if (terminal.empty() || window() != terminal)
                faults << QStringLiteral("English: ") + QString::fromStdString(terminal);
            ui::speak(QStringLiteral("de"));
            if (window().empty() || window() == terminal)
                faults << QStringLiteral("German: ") + QString::fromStdString(terminal);
            ui::speak(QStringLiteral("en"));
        };
        for (int i = static_cast<int>(TrustReason::no_development_certificate);
             i <= static_cast<int>(TrustReason::needs_root); ++i) {
            TrustStanding standing;
            standing.reason = static_cast<TrustReason>(i);
            compare(sentence(standing.reason), [&] { return window_words(standing); });
        }
        for (int i = 0; i <= static_cast<int>(TrustStep::What::who_asks_the_system); ++i) {
            const TrustStep step{static_cast<TrustStep::What>(i), "/a file"};
            compare(sentence(step), [&] { return window_words(step); });
        }
        const auto place = [&](TrustPlace made) {
            compare(made.title, [made] { return window_title(made); });
        };
        place({TrustTarget::chromium, "Chromium and Chrome", "/a", true, "Chromium and Chrome", {}});
        place({TrustTarget::firefox, "Firefox (snap), profile x", "/a", true, "Firefox (snap)", "x"});
        place({TrustTarget::firefox, "The database in /a", "/a", true, {}, "/a"});
        place({TrustTarget::system, "This system", "/a", true, {}, {}});
        compare(TrustStore::no_certutil().message(), [] { return window_words(TrustStore::no_certutil()); });
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        QCOMPARE(window_words(Error{ErrorCode::system, 0, "certutil says this"}), std::string("certutil says this"));
    }

    void what_cannot_be_done_is_answered_data()
    {
        QTest::addColumn<int>("request");
        QTest::newRow("a file that is not there") << static_cast<int>(ui::TlsRequest::useOwn);
        QTest::newRow("an authority that is not there") << static_cast<int>(ui::TlsRequest::exportAuthority);
        QTest::newRow("trust in nothing") << static_cast<int>(ui::TlsRequest::trust);
        QTest::newRow("no folder") << static_cast<int>(ui::TlsRequest::enable);
    }

    void what_cannot_be_done_is_answered()
    {
        QFETCH(int, request);
        const auto wanted = static_cast<ui::TlsRequest>(request);
        Fixture f(wanted != ui::TlsRequest::enable);
        const ui::TlsOutcome outcome = f.ask([&] {
            if (wanted == ui::TlsRequest::useOwn)
                f.model().useOwn(f.path("none.pem").toStdString(), f.path("none.pem").toStdString(), {});
            else if (wanted == ui::TlsRequest::exportAuthority)
                f.model().exportAuthority(f.path("x.crt").toStdString());
            else if (wanted == ui::TlsRequest::trust)
                f.model().trust({});
            else
                f.model().enable({});
        });
        QCOMPARE(outcome.request, wanted);
        QVERIFY(!outcome.error.empty());
        QVERIFY(!f.model().isBusy());
        QVERIFY(f.port.last<command::SetTls>() == nullptr);
        QCOMPARE(f.state().serving, ui::TlsSource::off);
    }

    void the_dialog_is_there_and_ends_with_the_window()
    {
        Fixture f;
        f.window->show();
        f.window->findChild<QAction*>(QStringLiteral("server_certificate"))->trigger();
        auto* dialog = f.window->findChild<ui::CertificateDialog*>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        dialog->findChild<QPushButton*>(QStringLiteral("certificate_enable"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(f.served() != nullptr, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!f.model().isBusy(), patience);
        f.session.reset();
        f.window.reset();
    }
};

QTEST_MAIN(DesktopTlsTest)
#include "desktop_tls_test.moc"
