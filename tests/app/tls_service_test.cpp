#include "app/shared/certificate_folder.h"
#include "app/shared/tls_service.h"
#include "support/engine_fixture.h"
#include "support/openssl_tool.h"
#include "support/tls_dial.h"

#include "jackfield/secret_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>

using namespace jackfield;
using namespace jackfield::app;
using namespace jackfield::test;
using namespace std::chrono_literals;

namespace {

constexpr milliseconds patience = 30s; // which no passing test reaches

/// A configuration folder, a home with nothing in it, and the service as its owner sees it.
class Owner {
public:
    Owner()
    {
        options.configuration_folder = path("config").toStdString();
        options.surroundings = {};
        options.surroundings.home = path("home").toStdString();
        options.surroundings.system_root = path("root").toStdString();
        options.surroundings.program_folders = {path("bin").toStdString()};
        options.surroundings.patience = patience;
        options.poll_interval = 5ms;
        for (const char* folder : {"config", "home", "own", "bin"}) {
            if (!QDir().mkpath(path(folder)))
                qFatal("no folder");
        }
        if (!QFile::link("/usr/bin/certutil", path("bin/certutil")))
            qFatal("no certutil");
    }
    ~Owner() { service.reset(); } // before what its callbacks name

    [[nodiscard]] QString path(const QString& below) const { return folder_.filePath(below); }
    [[nodiscard]] CertificateFolder folder() const { return CertificateFolder(options.configuration_folder); }

    /// What is ready when it begins.
    TlsService::First begin(milliseconds patience_at_first = patience)
    {
        auto made = TlsService::create(options);
        if (!made)
            qFatal("%s", made.error().message().c_str());
        service = std::move(*made);
        auto first = service->wait_for_first(patience_at_first);
        for (const std::string& sentence : first.notices)
            notices.push_back(sentence);
        TlsService::Callbacks callbacks;
        callbacks.on_credentials = [this](std::shared_ptr<const TlsCredentials> credentials) {
            if (engine)
                engine->engine().submit(command::SetTls{credentials});
            keep(credentials_, std::move(credentials));
        };
        callbacks.on_status
            = [this](std::shared_ptr<const TlsStatus> status) { keep(status_, std::move(status)); };
        callbacks.on_notice = [this](const std::string& sentence) {
            const std::lock_guard lock(mutex_);
            notices.push_back(sentence);
            changed_.notify_all();
        };
        callbacks.on_settings
            = [this](const TlsSettings& settings) { keep(saved_, std::optional(settings)); };
        keep(credentials_, first.credentials);
        service->start(std::move(callbacks));
        return first;
    }
    /// With a server that serves what the service gives.
    void serve()
    {
        EngineSetup setup;
        setup.has_canary = false;
        engine = std::make_unique<EngineFixture>(setup);
        const auto first = begin();
        engine->run(command::SetTls{first.credentials});
    }
    /// A client's view of the server.
    [[nodiscard]] std::string shown(const std::string& authority_pem = {}) const
    {
        const TlsDial client(engine->port(), authority_pem);
        return client.fingerprint();
    }

    template <class Value, class Ask>
    Value ask(Ask function)
    {
        std::promise<Value> promise;
        auto future = promise.get_future();
        function([&promise](Value value) { promise.set_value(std::move(value)); });
        if (future.wait_for(patience) != std::future_status::ready)
            qFatal("no answer");
        return future.get();
    }
    bool wait_until(const std::function<bool(const TlsStatus&)>& holds)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [&] { return status_ && holds(*status_); });
    }
    bool wait_for_notice(const std::string& part)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [&] { return has_notice(part); });
    }
    [[nodiscard]] int count_notices(const std::string& part)
    {
        const std::lock_guard lock(mutex_);
        return static_cast<int>(std::count_if(notices.begin(), notices.end(),
            [&](const std::string& sentence) { return sentence.find(part) != std::string::npos; }));
    }
    std::optional<TlsSettings> saved()
    {
        const std::lock_guard lock(mutex_);
        return saved_;
    }
    std::shared_ptr<const TlsCredentials> credentials()
    {
        const std::lock_guard lock(mutex_);
        return credentials_;
    }

    // A person's own files, moved into place as deployment tools do.
    OwnCertificateFiles own_files()
    {
        return {path("own/chain.pem").toStdString(), path("own/key.pem").toStdString()};
    }
    void put(const std::string& to, const std::string& content, unsigned mode = 0600)
    {
        const QString next = QString::fromStdString(to + ".next");
        put_file(next, content);
        ::chmod(QFile::encodeName(next).constData(), mode);
        if (std::rename((to + ".next").c_str(), to.c_str()) != 0)
            qFatal("cannot move into place");
    }
    /// Locked with "open sesame" or left open.
    DevelopmentCertificate put_own(bool is_locked = false, const QString& passphrase = "open sesame")
    {
        auto made = issue_development_certificate({}, std::chrono::system_clock::now());
        std::string key = made->key_pem;
        if (is_locked) {
            put_file(path("plain"), key);
            openssl({"pkcs8", "-topk8", "-in", path("plain"), "-out", path("locked"), "-v2", "aes256", "-passout",
                "pass:" + passphrase});
            key = file_text(path("locked"));
        }
        put(own_files().key_path, key);
        put(own_files().chain_path, made->certificate_pem);
        return std::move(*made);
    }
    void put_settings(const TlsSettings& settings)
    {
        put(options.configuration_folder + "/settings.jackfield.json", with_tls_settings("", settings), 0644);
    }
    void put_program(const QString& below, const std::string& content)
    {
        const QString file = path(below);
        QFile::remove(file);
        QDir().mkpath(QFileInfo(file).path());
        put_file(file, "#!/bin/sh\n" + content);
        ::chmod(QFile::encodeName(file).constData(), 0755);
    }
    void make_chromium() { QDir().mkpath(path("home/.pki/nssdb")); }

    TlsService::Options options;
    std::unique_ptr<EngineFixture> engine;
    std::vector<std::string> notices; // guarded by mutex_ once it has begun
    std::unique_ptr<TlsService> service;

private:
    bool has_notice(const std::string& part) const
    {
        return std::any_of(notices.begin(), notices.end(),
            [&](const std::string& sentence) { return sentence.find(part) != std::string::npos; });
    }
    template <class Value>
    void keep(Value& where, Value value)
    {
        const std::lock_guard lock(mutex_);
        where = std::move(value);
        changed_.notify_all();
    }

    QTemporaryDir folder_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::shared_ptr<const TlsStatus> status_;
    std::shared_ptr<const TlsCredentials> credentials_;
    std::optional<TlsSettings> saved_;
};

const TlsSettings development{true, {}, {}};

/// Where the service's thread waits until it is opened: files that take long.
class Gate {
public:
    void pass()
    {
        std::unique_lock lock(mutex_);
        opened_.wait(lock, [this] { return is_open_; });
    }
    void open()
    {
        const std::lock_guard lock(mutex_);
        is_open_ = true;
        opened_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable opened_;
    bool is_open_ = false;
};

} // namespace

class TlsServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_is_made_while_it_is_off()
    {
        Owner owner;
        QVERIFY(!owner.begin().credentials);
        QVERIFY(owner.service->status()->serving == TlsSource::none);
        QVERIFY(!QFile::exists(owner.path("config/tls")));
    }

    void TL_17_the_development_certificate_is_made_where_it_is_wanted()
    {
        Owner owner;
        owner.options.settings = {true, {"shop.test"}, {}};
        QVERIFY(owner.begin().credentials);
        const auto status = owner.service->status();
        QVERIFY(status->serving == TlsSource::development && status->problem.empty());
        QVERIFY(status->development.has_value());
        QCOMPARE(status->development->added_names, std::vector<std::string>{"shop.test"});
        QCOMPARE(status->chain.size(), std::size_t{1});
        QVERIFY(!status->renewal_offered && status->missing_names.empty());
        QCOMPARE(status->steps.size(), std::size_t{3});
        struct stat file { };
        QCOMPARE(::stat(owner.folder().development_path().c_str(), &file), 0);
        QCOMPARE(file.st_mode & 0777U, 0600U);
        QCOMPARE(::stat(owner.folder().folder().c_str(), &file), 0);
        QCOMPARE(file.st_mode & 0777U, 0700U);
        QVERIFY2(!owner.saved(), "nobody has asked for other settings");
    }

    void a_client_that_trusts_the_authority_gets_through()
    {
        Owner owner;
        owner.options.settings = development;
        owner.serve();
        const std::string authority
            = file_text(QString::fromStdString(owner.service->status()->authority_path));
        TlsDial client(owner.engine->port(), authority);
        QVERIFY(client.is_trusted());
        QVERIFY(client.ask("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").starts_with("HTTP/1.1 200 "));
        const TlsDial stranger(owner.engine->port(), {});
        QVERIFY(!stranger.is_trusted());
    }

    void a_certificate_that_takes_long_can_be_waited_for()
    {
        Gate gate;
        Owner owner;
        owner.options.settings = development;
        owner.options.now = [&gate] {
            gate.pass();
            return WallTime(std::chrono::system_clock::now());
        };
        QVERIFY(!owner.begin(0ms).credentials);
        const int interrupting = eventfd(1, EFD_CLOEXEC);
        QVERIFY2(!owner.service->wait_until_loaded(interrupting), "a signal ends it");
        ::close(interrupting);
        gate.open();
        QVERIFY(owner.service->wait_until_loaded());
        QVERIFY(owner.service->wait_for_first(0ms).credentials);
    }

    void whoever_has_not_waited_for_a_key_is_told_that_it_is_locked_data()
    {
        QTest::addColumn<bool>("waits");
        QTest::newRow("waited and asks for the passphrase") << true;
        QTest::newRow("has not waited") << false;
    }
    void whoever_has_not_waited_for_a_key_is_told_that_it_is_locked()
    {
        QFETCH(bool, waits);
        Gate gate;
        Owner owner;
        owner.put_own(true);
        owner.options.settings = {true, {}, owner.own_files()};
        owner.options.now = [&gate] {
            gate.pass();
            return WallTime(std::chrono::system_clock::now());
        };
        if (waits)
            gate.open();
        owner.begin(waits ? patience : 0ms);
        gate.open();
        QVERIFY(owner.wait_until([](const TlsStatus& status) { return status.passphrase_needed; }));
        // What is asked for later is answered behind the notice.
        QVERIFY(!owner
                     .ask<OwnCertificateResult>(
                         [&](auto done) { owner.service->use_passphrase("guess", done); })
                     .has_value());
        QCOMPARE(owner.count_notices("wss:// is not served: "), waits ? 0 : 1);
    }

    void without_a_folder_it_says_why_there_can_be_none()
    {
        Owner owner;
        owner.options.configuration_folder.clear();
        owner.options.no_folder_why = "HOME names no folder";
        owner.options.settings = development;
        QVERIFY(!owner.begin().credentials);
        QCOMPARE(owner.service->status()->problem, std::string("HOME names no folder"));
        QCOMPARE(owner.count_notices("wss:// is not served: HOME names no folder"), 1);
        const auto answer = owner.ask<Result<DevelopmentStatus>>(
            [&](auto done) { owner.service->serve_development(std::nullopt, done); });
        QCOMPARE(answer.error().code, ErrorCode::not_found);
        // A person's own files need no folder of ours.
        const auto own = owner.put_own();
        const auto served = owner.ask<OwnCertificateResult>(
            [&](auto done) { owner.service->serve_own(owner.own_files(), std::nullopt, done); });
        QVERIFY(served.has_value());
        QCOMPARE(owner.service->status()->chain.front().fingerprint, own.certificate.fingerprint);
        QVERIFY(owner.service->status()->problem.empty());
    }

    void TL_16_own_files_replaced_while_serving()
    {
        Owner owner;
        const auto first = owner.put_own();
        owner.options.settings = {true, {}, owner.own_files()};
        owner.serve();
        QCOMPARE(owner.shown(), first.certificate.fingerprint);
        TlsDial old_client(owner.engine->port(), first.authority_pem);
        const auto second = owner.put_own();
        QVERIFY(owner.wait_for_notice("The certificate was replaced"));
        QCOMPARE(owner.shown(), second.certificate.fingerprint);
        QVERIFY2(
            old_client.ask("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").starts_with("HTTP/1.1 200 "),
            "what is open stays open");

        owner.put(owner.own_files().chain_path, "broken\n");
        QVERIFY(owner.wait_until([](const TlsStatus& status) { return !status.problem.empty(); }));
        QVERIFY(owner.wait_for_notice("(no BEGIN CERTIFICATE). What was served before goes on"));
        QCOMPARE(owner.shown(), second.certificate.fingerprint);
        QVERIFY(owner.service->status()->serving == TlsSource::own);

        owner.put(owner.own_files().chain_path, second.certificate_pem);
        QVERIFY(owner.wait_until([](const TlsStatus& status) { return status.problem.empty(); }));
        const auto third = owner.put_own();
        QVERIFY(owner.wait_until([&](const TlsStatus& status) {
            return status.chain.front().fingerprint == third.certificate.fingerprint;
        }));
        QCOMPARE(owner.shown(), third.certificate.fingerprint);
        // A key that waits a while for its certificate is another matter.
        QCOMPARE(owner.count_notices("no BEGIN CERTIFICATE"), 1);
    }

    void TL_16_a_development_certificate_renewed_by_another_program()
    {
        Owner owner;
        owner.options.settings = development;
        owner.serve();
        const std::string first = owner.shown();
        const auto renewed = owner.folder().renew({"shop.test"}, std::chrono::system_clock::now());
        QVERIFY(owner.wait_for_notice("The development certificate was replaced"));
        QCOMPARE(owner.shown(), renewed->certificate.identity.chain.front().fingerprint);
        QVERIFY(owner.shown() != first);
        // One that cannot be used changes nothing.
        const auto second = owner.shown();
        owner.put(owner.folder().development_path(), "nothing\n");
        QVERIFY(owner.wait_until([](const TlsStatus& status) {
            return !status.problem.empty() && !status.development_problem.empty();
        }));
        QCOMPARE(owner.shown(), second);
        QVERIFY(QFile::remove(QString::fromStdString(owner.folder().development_path())));
        QVERIFY(owner.wait_until(
            [](const TlsStatus& status) { return status.problem.find("is gone") != std::string::npos; }));
        QCOMPARE(owner.shown(), second);
    }

    void what_another_program_changes_in_the_settings_is_taken_over()
    {
        Owner owner;
        owner.serve();
        QVERIFY(!TlsDial(owner.engine->port(), {}).is_open());
        owner.put_settings({true, {"shop.test"}, {}});
        QVERIFY(owner.wait_for_notice(
            "The settings were changed: wss:// is served with the development certificate"));
        QVERIFY(TlsDial(owner.engine->port(), {}).is_open());
        const auto own = owner.put_own();
        owner.put_settings({true, {}, owner.own_files()});
        QVERIFY(owner.wait_until([](const TlsStatus& status) { return status.serving == TlsSource::own; }));
        QVERIFY(owner.wait_for_notice("with your certificate"));
        QCOMPARE(owner.shown(), own.certificate.fingerprint);
        // What cannot be used, and what cannot be read, changes nothing.
        owner.put_settings({true, {}, OwnCertificateFiles{"/missing/chain", "/missing/key"}});
        QVERIFY(owner.wait_until([](const TlsStatus& status) { return !status.problem.empty(); }));
        QCOMPARE(owner.shown(), own.certificate.fingerprint);
        owner.put(owner.options.configuration_folder + "/settings.jackfield.json", "no JSON", 0644);
        owner.put_settings({false, {}, {}});
        QVERIFY(owner.wait_for_notice("wss:// is not served any more"));
        QVERIFY(!TlsDial(owner.engine->port(), {}).is_open());
        QVERIFY2(!owner.saved(), "it was not ours to save");
    }

    void the_command_lines_settings_stay_in_force()
    {
        Owner owner;
        owner.options.settings = development;
        owner.options.is_for_this_run = true;
        owner.begin();
        owner.put_settings({false, {}, {}});
        // What is renewed goes on being taken over; that it is shows that the files are looked at.
        static_cast<void>(owner.folder().renew({}, std::chrono::system_clock::now()));
        QVERIFY(owner.wait_for_notice("The development certificate was replaced"));
        QVERIFY(owner.service->status()->serving == TlsSource::development);
        QVERIFY(owner.service->status()->is_for_this_run);
        // Until somebody asks for something else.
        QVERIFY(owner.ask<Result<void>>([&](auto done) { owner.service->turn_off(done); }).has_value());
        QVERIFY(owner.saved().has_value() && !owner.saved()->enabled);
        QVERIFY(!owner.service->status()->is_for_this_run);
        QVERIFY(!owner.credentials());
    }

    void what_was_asked_for_is_not_undone_by_the_file_of_before()
    {
        Owner owner;
        owner.put_settings({false, {"old.test"}, {}});
        owner.options.settings = {false, {"old.test"}, {}};
        owner.begin();
        QVERIFY(owner
                    .ask<Result<DevelopmentStatus>>(
                        [&](auto done) { owner.service->serve_development(std::nullopt, done); })
                    .has_value());
        // The file says it a little later than the service knows it.
        static_cast<void>(owner.folder().renew({}, std::chrono::system_clock::now()));
        QVERIFY(owner.wait_for_notice("The development certificate was replaced"));
        QVERIFY(owner.service->status()->settings.enabled);
        owner.put_settings(*owner.saved());
        owner.put_settings({false, {}, {}});
        QVERIFY(owner.wait_for_notice("wss:// is not served any more"));
    }

    void TL_14_keys_that_others_can_get_at_are_refused_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<unsigned>("mode");
        QTest::addColumn<QString>("advice");
        QTest::newRow("TL-14 a key that everybody reads") << "own/key.pem" << 0644U << "chmod 600";
        QTest::newRow("TL-14 a key that the group reads") << "own/key.pem" << 0640U << "chmod 600";
        QTest::newRow("TL-14 a folder that everybody changes") << "own" << 0777U << "chmod";
        QTest::newRow("TL-14 the development key") << "config/tls/development.pem" << 0644U << "chmod 600";
    }
    void TL_14_keys_that_others_can_get_at_are_refused()
    {
        QFETCH(QString, what);
        QFETCH(unsigned, mode);
        QFETCH(QString, advice);
        Owner owner;
        owner.put_own();
        static_cast<void>(owner.folder().create({}, std::chrono::system_clock::now()));
        const QByteArray path = QFile::encodeName(owner.path(what));
        struct stat before { };
        QCOMPARE(::stat(path.constData(), &before), 0);
        QCOMPARE(::chmod(path.constData(), mode), 0);
        owner.options.settings
            = what.startsWith("own") ? TlsSettings{true, {}, owner.own_files()} : development;
        QVERIFY(!owner.begin().credentials);
        const std::string problem = owner.service->status()->problem;
        QVERIFY2(problem.find(advice.toStdString()) != std::string::npos
                && problem.find(path.toStdString()) != std::string::npos,
            problem.c_str());
        // What mends it is enough.
        QCOMPARE(::chmod(path.constData(), before.st_mode & 0777U), 0);
        if (what == "own") // whose files have not changed
            owner.put_own();
        QVERIFY(owner.wait_until([](const TlsStatus& status) { return status.serving != TlsSource::none; }));
        QVERIFY(owner.service->status()->problem.empty());
    }

    void a_name_takes_a_renewal_that_was_asked_for()
    {
        Owner owner;
        owner.options.settings = development;
        owner.begin();
        const std::string before = owner.service->status()->chain.front().fingerprint;
        const auto refused = owner.ask<Result<DevelopmentStatus>>([&](auto done) {
            owner.service->serve_development(std::vector<std::string>{"shop.test"}, done);
        });
        QCOMPARE(refused.error().code, ErrorCode::invalid_argument);
        QVERIFY(refused.error().detail.find("shop.test") != std::string::npos);
        QCOMPARE(owner.service->status()->chain.front().fingerprint, before);
        const auto malformed = owner.ask<Result<RenewalReport>>(
            [&](auto done) { owner.service->renew_development(std::vector<std::string>{"a b"}, done); });
        QCOMPARE(malformed.error().code, ErrorCode::invalid_argument);
        const auto renewed = owner.ask<Result<RenewalReport>>([&](auto done) {
            owner.service->renew_development(std::vector<std::string>{"Shop.Test", "localhost"}, done);
        });
        QVERIFY(renewed.has_value());
        QCOMPARE(renewed->development.added_names, std::vector<std::string>{"shop.test"});
        QVERIFY(renewed->replaced_authority.has_value());
        QVERIFY(renewed->trust.empty());
        QCOMPARE(owner.saved()->names, std::vector<std::string>{"shop.test"});
        const auto status = owner.service->status();
        QVERIFY(status->chain.front().fingerprint != before);
        QCOMPARE(owner.credentials()->chain().front().fingerprint, status->chain.front().fingerprint);
        // Without a word the names stay.
        const auto again = owner.ask<Result<RenewalReport>>(
            [&](auto done) { owner.service->renew_development(std::nullopt, done); });
        QCOMPARE(again->development.added_names, std::vector<std::string>{"shop.test"});
    }

    void names_in_the_settings_renew_nothing_by_themselves()
    {
        Owner owner;
        static_cast<void>(owner.folder().create({}, std::chrono::system_clock::now()));
        owner.options.settings = {true, {"new.test"}, {}};
        const auto first = owner.begin();
        QVERIFY(first.credentials);
        const auto status = owner.service->status();
        QCOMPARE(status->missing_names, std::vector<std::string>{"new.test"});
        QVERIFY(status->renewal_offered);
        QCOMPARE(owner.count_notices("not for new.test"), 1);
        QVERIFY(owner
                    .ask<Result<RenewalReport>>(
                        [&](auto done) { owner.service->renew_development(std::nullopt, done); })
                    .has_value());
        QVERIFY(!owner.service->status()->renewal_offered);
        QCOMPARE(owner.service->status()->development->added_names, std::vector<std::string>{"new.test"});
    }

    void an_encrypted_key_waits_for_its_passphrase_which_is_nowhere_kept()
    {
        Owner owner;
        const auto made = owner.put_own();
        put_file(owner.path("plain"), made.key_pem);
        openssl({"pkcs8", "-topk8", "-in", owner.path("plain"), "-out", owner.path("locked"), "-v2", "aes256",
            "-passout", "pass:open sesame"});
        owner.put(owner.own_files().key_path, file_text(owner.path("locked")));
        owner.options.settings = {true, {}, owner.own_files()};
        QVERIFY(!owner.begin().credentials);
        QVERIFY(owner.service->status()->passphrase_needed);
        QVERIFY(!owner.service->status()->problem.empty());
        const auto wrong = owner.ask<OwnCertificateResult>(
            [&](auto done) { owner.service->use_passphrase("guess", done); });
        QCOMPARE(wrong.error().problem, IdentityProblem::passphrase_wrong);
        QVERIFY(owner.service->status()->passphrase_needed);
        const auto right = owner.ask<OwnCertificateResult>(
            [&](auto done) { owner.service->use_passphrase("open sesame", done); });
        QVERIFY(right.has_value());
        QVERIFY(!owner.service->status()->passphrase_needed && owner.service->status()->problem.empty());
        QVERIFY(owner.credentials());
        QVERIFY2(!owner.saved(), "there is nothing to save");
        // It opens the next one, too.
        const auto next = issue_development_certificate({}, std::chrono::system_clock::now());
        put_file(owner.path("plain"), next->key_pem);
        openssl({"pkcs8", "-topk8", "-in", owner.path("plain"), "-out", owner.path("locked"), "-v2", "aes256",
            "-passout", "pass:open sesame"});
        owner.put(owner.own_files().key_path, file_text(owner.path("locked")));
        owner.put(owner.own_files().chain_path, next->certificate_pem);
        QVERIFY(owner.wait_until([&](const TlsStatus& status) {
            return !status.chain.empty() && status.chain.front().fingerprint == next->certificate.fingerprint;
        }));
    }

    void a_passphrase_is_for_the_files_that_it_was_given_for()
    {
        Owner owner;
        const auto first = owner.put_own(true);
        const TlsSettings own{true, {}, owner.own_files()};
        owner.options.settings = own;
        owner.begin();
        const auto unlock = [&](const char* passphrase) {
            return owner
                .ask<OwnCertificateResult>([&](auto done) { owner.service->use_passphrase(passphrase, done); })
                .has_value();
        };
        QVERIFY(unlock("open sesame"));
        // Other files, locked otherwise: nobody has given a wrong passphrase for them.
        TlsSettings other{true, {}, OwnCertificateFiles{owner.own_files().chain_path, owner.own_files().key_path + "2"}};
        owner.put(other.own->key_path, file_text(QString::fromStdString(owner.own_files().key_path)));
        owner.put_settings(other);
        QVERIFY(owner.wait_until([&](const TlsStatus& status) { return status.settings == other && !status.problem.empty(); }));
        QVERIFY(owner.service->status()->passphrase_needed);
        QVERIFY2(owner.service->status()->problem.find("its passphrase is needed") != std::string::npos,
            owner.service->status()->problem.c_str());
        // And for as long as they are served.
        QVERIFY(unlock("open sesame"));
        QVERIFY(owner.ask<Result<void>>([&](auto done) { owner.service->turn_off(done); }).has_value());
        owner.put_settings(own);
        QVERIFY(owner.wait_until([&](const TlsStatus& status) { return status.settings == own && status.passphrase_needed; }));
    }

    void own_files_that_cannot_be_used_change_nothing_data()
    {
        QTest::addColumn<QString>("chain");
        QTest::addColumn<QString>("key");
        QTest::addColumn<int>("problem");
        const auto number = [](IdentityProblem problem) { return static_cast<int>(problem); };
        QTest::newRow("missing") << "own/none"
                                 << "own/key.pem" << number(IdentityProblem::unreadable_file);
        QTest::newRow("the key twice")
            << "own/key.pem"
            << "own/key.pem" << number(IdentityProblem::key_instead_of_certificate);
        QTest::newRow("the certificate twice")
            << "own/chain.pem"
            << "own/chain.pem" << number(IdentityProblem::certificate_instead_of_key);
        QTest::newRow("another's key") << "own/chain.pem"
                                       << "own/other.pem" << number(IdentityProblem::key_mismatch);
    }
    void own_files_that_cannot_be_used_change_nothing()
    {
        QFETCH(QString, chain);
        QFETCH(QString, key);
        QFETCH(int, problem);
        Owner owner;
        owner.put_own();
        const auto other = issue_development_certificate({}, std::chrono::system_clock::now());
        owner.put(owner.path("own/other.pem").toStdString(), other->key_pem);
        owner.options.settings = development;
        owner.begin();
        const auto before = owner.credentials();
        const OwnCertificateFiles files{owner.path(chain).toStdString(), owner.path(key).toStdString()};
        for (const bool is_check : {true, false}) {
            const auto answer = owner.ask<OwnCertificateResult>([&](auto done) {
                if (is_check)
                    owner.service->check_own(files, std::nullopt, done);
                else
                    owner.service->serve_own(files, std::nullopt, done);
            });
            QVERIFY(!answer.has_value());
            QCOMPARE(static_cast<int>(answer.error().problem), problem);
            QVERIFY(!answer.error().detail.empty());
        }
        QVERIFY(owner.credentials() == before);
        QVERIFY(!owner.saved());
        QVERIFY(owner.service->status()->settings == development);
    }

    void own_files_are_served_and_asked_for_again()
    {
        Owner owner;
        const auto own = owner.put_own();
        owner.begin();
        const auto checked = owner.ask<OwnCertificateResult>(
            [&](auto done) { owner.service->check_own(owner.own_files(), std::nullopt, done); });
        QCOMPARE(checked->chain.front().fingerprint, own.certificate.fingerprint);
        QVERIFY(!owner.credentials());
        QVERIFY(owner
                    .ask<OwnCertificateResult>(
                        [&](auto done) { owner.service->serve_own(owner.own_files(), std::nullopt, done); })
                    .has_value());
        QCOMPARE(owner.credentials()->chain().front().fingerprint, own.certificate.fingerprint);
        QVERIFY((owner.saved() == TlsSettings{true, {}, owner.own_files()}));
    }

    void own_files_are_remembered_while_the_development_certificate_serves()
    {
        Owner owner;
        owner.put_own();
        owner.begin();
        const auto serve_own = [&] {
            return owner.ask<OwnCertificateResult>(
                [&](auto done) { owner.service->serve_own(owner.own_files(), std::nullopt, done); });
        };
        QVERIFY(serve_own().has_value());
        QVERIFY(owner
                    .ask<Result<DevelopmentStatus>>(
                        [&](auto done) { owner.service->serve_development(std::nullopt, done); })
                    .has_value());
        QVERIFY((owner.saved() == TlsSettings{true, {}, {}, {}, owner.own_files()}));
        QVERIFY(serve_own().has_value());
        QVERIFY((owner.saved() == TlsSettings{true, {}, owner.own_files()}));
    }

    void TL_19_an_old_openssl_is_told_of_when_it_begins_to_serve()
    {
        Owner owner;
        owner.options.settings = development;
        const auto first = owner.begin();
        const auto warning = openssl_warning();
        QCOMPARE(std::count(first.notices.begin(), first.notices.end(), warning.value_or("none")),
            warning ? 1 : 0);
    }

    void the_key_log_is_told_of_and_written()
    {
        Owner owner;
        owner.options.settings = development;
        owner.options.key_log_path = owner.path("keys.log").toStdString();
        owner.serve();
        QCOMPARE(owner.count_notices("SSLKEYLOGFILE is set"), 1);
        QCOMPARE(owner.service->status()->key_log_path, owner.options.key_log_path);
        QVERIFY(TlsDial(owner.engine->port(), {}).is_open());
        owner.service->close(); // after which all that was handed over is written
        const std::string log = file_text(owner.path("keys.log"));
        QVERIFY2(log.find("SERVER_TRAFFIC_SECRET_0 ") != std::string::npos, log.c_str());
        QVERIFY(log.ends_with('\n'));
        struct stat file { };
        QCOMPARE(::stat(owner.options.key_log_path.c_str(), &file), 0);
        QCOMPARE(file.st_mode & 0777U, 0600U);
    }

    void an_end_that_comes_near_is_told_and_nothing_is_renewed()
    {
        std::atomic<int> days{0};
        Owner owner;
        owner.options.settings = development;
        owner.options.now = [&days] {
            return WallTime(std::chrono::system_clock::now() + std::chrono::hours(24 * days.load()));
        };
        owner.begin();
        const std::string print = owner.service->status()->chain.front().fingerprint;
        QVERIFY(!owner.service->status()->renewal_offered);
        days = 375;
        QVERIFY(owner.wait_for_notice("The certificate for wss:// ends on "));
        QVERIFY(owner.wait_until([](const TlsStatus& status) { return status.renewal_offered; }));
        days = 400;
        QVERIFY(owner.wait_for_notice("has ended on "));
        QVERIFY(owner.wait_until(
            [](const TlsStatus& status) { return status.age.state == CertificateAge::State::ended; }));
        QCOMPARE(owner.service->status()->chain.front().fingerprint, print);
        QCOMPARE(owner.count_notices("ends on "), 1);
    }

    void an_end_that_is_shown_is_not_told_as_well()
    {
        Owner owner;
        owner.options.settings = development;
        owner.options.shows_age = true;
        std::atomic<int> days{0};
        owner.options.now = [&days] {
            return WallTime(std::chrono::system_clock::now() + std::chrono::hours(24 * days.load()));
        };
        owner.begin();
        days = 375;
        QVERIFY(owner.wait_until(
            [](const TlsStatus& status) { return status.age.state == CertificateAge::State::ends_soon; }));
        days = 400;
        QVERIFY(owner.wait_until(
            [](const TlsStatus& status) { return status.age.state == CertificateAge::State::ended; }));
        QCOMPARE(owner.count_notices("ends on "), 0);
        QCOMPARE(owner.count_notices("has ended on "), 0);
    }

    void trust_is_looked_up_made_and_taken_back()
    {
        Owner owner;
        owner.make_chromium();
        owner.options.settings = development;
        owner.begin();
        QVERIFY(owner.ask<Result<void>>([&](auto done) { owner.service->look_up_trust(done); }).has_value());
        auto status = owner.service->status();
        QVERIFY(status->has_certutil);
        QCOMPARE(status->places.size(), std::size_t{1});
        QVERIFY(status->places.front().standing->state == TrustState::not_trusted);
        const auto trusted = owner.ask<TrustResult<std::vector<TrustOutcome>>>(
            [&](auto done) { owner.service->trust({}, done); });
        QCOMPARE(trusted->size(), std::size_t{1});
        QVERIFY2(
            !trusted->front().error, trusted->front().error ? trusted->front().error->message().c_str() : "");
        status = owner.service->status();
        QVERIFY(status->places.front().standing->state == TrustState::trusted);
        QVERIFY(status->activity == TlsActivity::nothing);

        // A renewal carries it over.
        const auto renewed = owner.ask<Result<RenewalReport>>(
            [&](auto done) { owner.service->renew_development(std::nullopt, done); });
        QCOMPARE(renewed->trust.size(), std::size_t{1});
        QVERIFY(!renewed->trust.front().error);
        QCOMPARE(renewed->trust.front().removed, 1);
        QVERIFY(renewed->trust.front().standing.state == TrustState::trusted);
        QVERIFY(renewed->trust.front().standing.older.empty());

        const auto gone = owner.ask<TrustResult<std::vector<TrustOutcome>>>(
            [&](auto done) { owner.service->untrust({}, done); });
        QCOMPARE(gone->front().removed, 1);
        QVERIFY(gone->front().standing.state == TrustState::not_trusted);
    }

    void a_folder_that_a_person_names_is_a_place()
    {
        Owner owner;
        owner.options.settings = development;
        owner.begin();
        QDir().mkpath(owner.path("profile"));
        const std::string path = owner.path("profile").toStdString();
        const auto trusted = owner.ask<TrustResult<std::vector<TrustOutcome>>>(
            [&](auto done) { owner.service->trust({path + "/"}, done); });
        QVERIFY(trusted.has_value() && !trusted->front().error);
        QCOMPARE(owner.service->status()->places.size(), std::size_t{1});
        QVERIFY(owner.service->status()->places.front().standing->state == TrustState::trusted);
        const auto missing = owner.ask<TrustResult<std::vector<TrustOutcome>>>(
            [&](auto done) { owner.service->trust({path + "/missing"}, done); });
        QCOMPARE(missing.error().code, ErrorCode::invalid_argument);
    }

    void a_folder_that_a_person_names_is_remembered()
    {
        Owner owner;
        owner.options.settings = development;
        owner.begin();
        QDir().mkpath(owner.path("profile"));
        const std::string path = QFileInfo(owner.path("profile")).canonicalFilePath().toStdString();
        QVERIFY(owner.ask<TrustResult<std::vector<TrustOutcome>>>([&](auto done) { owner.service->trust({path}, done); })
                    .has_value());
        QCOMPARE(owner.saved()->trusted_folders, std::vector<std::string>{path});
        // Another program, or the same one the next day.
        owner.service.reset();
        owner.options.settings = *owner.saved();
        owner.begin();
        const auto renewed = owner.ask<Result<RenewalReport>>(
            [&](auto done) { owner.service->renew_development(std::nullopt, done); });
        QCOMPARE(renewed->trust.size(), std::size_t{1});
        QCOMPARE(renewed->trust.front().place.path, path);
        QVERIFY(!renewed->trust.front().error);
        QCOMPARE(renewed->trust.front().removed, 1);
        QVERIFY(renewed->trust.front().standing.state == TrustState::trusted);
        QCOMPARE(owner.saved()->trusted_folders, std::vector<std::string>{path});
        const auto gone = owner.ask<TrustResult<std::vector<TrustOutcome>>>(
            [&](auto done) { owner.service->untrust({}, done); });
        QCOMPARE(gone->size(), std::size_t{1});
        QCOMPARE(gone->front().removed, 1);
        QVERIFY(owner.saved()->trusted_folders.empty());
    }

    void a_folder_is_remembered_without_the_command_lines_settings()
    {
        Owner owner;
        owner.put_settings({false, {"shop.test"}, {}});
        owner.options.settings = development;
        owner.options.is_for_this_run = true;
        owner.begin();
        QDir().mkpath(owner.path("profile"));
        const std::string path = QFileInfo(owner.path("profile")).canonicalFilePath().toStdString();
        QVERIFY(owner.ask<TrustResult<std::vector<TrustOutcome>>>([&](auto done) { owner.service->trust({path}, done); })
                    .has_value());
        QVERIFY((owner.saved() == TlsSettings{false, {"shop.test"}, {}, {path}}));
        QVERIFY(owner.service->status()->is_for_this_run);
    }

    void a_folder_that_another_program_has_named_is_no_news()
    {
        Owner owner;
        owner.put_settings(development);
        owner.options.settings = development;
        owner.begin();
        owner.put_settings({true, {}, {}, {"/some/profile"}});
        QVERIFY(owner.wait_until([](const TlsStatus& status) { return !status.settings.trusted_folders.empty(); }));
        owner.put_settings({false, {}, {}, {"/some/profile"}});
        QVERIFY(owner.wait_for_notice("wss:// is not served any more"));
        QCOMPARE(owner.count_notices("The settings were changed"), 1);
    }

    void what_a_request_has_read_is_served_all_the_same()
    {
        std::atomic<int> hours{0};
        Owner owner;
        owner.make_chromium();
        owner.options.settings = development;
        owner.options.now
            = [&hours] { return WallTime(std::chrono::system_clock::now() + std::chrono::hours(hours.load())); };
        owner.begin();
        QVERIFY(owner.ask<TrustResult<std::vector<TrustOutcome>>>([&](auto done) { owner.service->trust({}, done); })
                    .has_value());
        // A certutil that takes its time, until the FIFO is closed.
        const QByteArray fifo = QFile::encodeName(owner.path("fifo"));
        QCOMPARE(::mkfifo(fifo.constData(), 0600), 0);
        owner.put_program("bin/certutil",
            "[ -p '" + fifo.toStdString() + "' ] && /bin/cat '" + fifo.toStdString()
                + "' > /dev/null\nexec /usr/bin/certutil \"$@\"\n");
        std::promise<void> first;
        std::promise<void> second;
        owner.service->look_up_trust([&first](const Result<void>&) { first.set_value(); });
        const int running = ::open(fifo.constData(), O_WRONLY | O_CLOEXEC);
        QVERIFY(running >= 0);
        static_cast<void>(owner.folder().renew({}, std::chrono::system_clock::now()));
        hours = 1; // the file is no young one by the time that somebody looks
        owner.service->look_up_trust([&second](const Result<void>&) { second.set_value(); });
        QVERIFY(QFile::remove(owner.path("fifo")));
        ::close(running);
        first.get_future().get();
        second.get_future().get();
        QVERIFY(owner.wait_for_notice("The development certificate was replaced"));
        QVERIFY(owner.wait_until([](const TlsStatus& status) {
            return status.chain.front().fingerprint == status.development->certificate.fingerprint;
        }));
    }

    void what_cannot_be_trusted_is_an_error_data()
    {
        QTest::addColumn<bool>("has_certificate");
        QTest::addColumn<bool>("has_browser");
        QTest::addColumn<bool>("has_certutil");
        QTest::addColumn<QString>("words");
        QTest::newRow("no certificate") << false << true << true << "no development certificate yet";
        QTest::newRow("no browser") << true << false << true << "neither Chromium nor Firefox";
        QTest::newRow("no certutil") << true << true << false << "sudo apt install libnss3-tools";
    }
    void what_cannot_be_trusted_is_an_error()
    {
        QFETCH(bool, has_certificate);
        QFETCH(bool, has_browser);
        QFETCH(bool, has_certutil);
        QFETCH(QString, words);
        Owner owner;
        owner.options.settings.enabled = has_certificate;
        if (!has_certutil)
            QFile::remove(owner.path("bin/certutil"));
        if (has_browser)
            owner.make_chromium();
        owner.begin();
        QCOMPARE(owner.service->status()->has_certutil, has_certutil);
        const auto answer = owner.ask<TrustResult<std::vector<TrustOutcome>>>(
            [&](auto done) { owner.service->trust({}, done); });
        QCOMPARE(answer.error().code, ErrorCode::not_found);
        QVERIFY2(answer.error().detail.find(words.toStdString()) != std::string::npos,
            answer.error().detail.c_str());
    }

    // With a certutil that takes an hour this test ends in time or not at all.
    void its_end_waits_for_no_program()
    {
        Owner owner;
        owner.make_chromium();
        put_file(owner.path("home/.pki/nssdb/cert9.db"), "x");
        owner.put_program("bin/certutil", "exec /bin/sleep 3600\n");
        owner.options.surroundings.patience = std::chrono::hours(1);
        owner.options.settings = development;
        owner.begin();
        std::promise<Result<void>> first;
        std::promise<Result<void>> second;
        owner.service->look_up_trust([&first](const Result<void>& done) { first.set_value(done); });
        owner.service->turn_off([&second](const Result<void>& done) { second.set_value(done); });
        QVERIFY(owner.wait_until(
            [](const TlsStatus& status) { return status.activity == TlsActivity::looking_up_trust; }));
        owner.service->close();
        first.get_future().get();
        QCOMPARE(second.get_future().get().error().code, ErrorCode::not_running);
    }

    void a_command_that_ends_at_once_makes_nothing()
    {
        Owner owner;
        owner.options.settings = development;
        owner.options.serves = false;
        QVERIFY(!owner.begin().credentials);
        QVERIFY(!QFile::exists(owner.path("config/tls")));
        QVERIFY(owner
                    .ask<Result<DevelopmentStatus>>([&](auto done) {
                        owner.service->serve_development(std::vector<std::string>{"shop.test"}, done);
                    })
                    .has_value());
        QVERIFY((owner.saved() == TlsSettings{true, {"shop.test"}, {}}));
        const auto exported = owner.ask<Result<void>>([&](auto done) {
            owner.service->export_authority(owner.path("authority.crt").toStdString(), done);
        });
        QVERIFY(exported.has_value());
        QVERIFY(file_text(owner.path("authority.crt"))
            == file_text(QString::fromStdString(owner.folder().authority_path())));
    }

    void an_export_replaces_nothing_of_the_servers()
    {
        Owner owner;
        owner.options.settings = development;
        QVERIFY(owner.begin().credentials);
        const auto own = issue_development_certificate({}, std::chrono::system_clock::now());
        QVERIFY(own.has_value());
        const OwnCertificateFiles files{owner.path("own.crt").toStdString(), owner.path("own.key").toStdString()};
        QVERIFY(write_secret_file(files.chain_path, own->certificate_pem).has_value());
        QVERIFY(write_secret_file(files.key_path, own->key_pem).has_value());
        QVERIFY(owner
                    .ask<OwnCertificateResult>(
                        [&](auto done) { owner.service->serve_own(files, std::nullopt, done); })
                    .has_value());
        QVERIFY(QFile::link(owner.path("own.crt"), owner.path("link")));
        QVERIFY(QFile::copy(owner.path("own.key"), owner.path("a copy.key")));
        const QString development_file = QString::fromStdString(owner.folder().development_path());
        for (const QString& target : {owner.path("own.crt"), owner.path("own.key"), owner.path("link"),
                 owner.path("a copy.key"), development_file}) {
            const auto before = file_text(target);
            const auto exported = owner.ask<Result<void>>(
                [&](auto done) { owner.service->export_authority(target.toStdString(), done); });
            QVERIFY2(!exported.has_value(), qPrintable(target));
            QCOMPARE(exported.error().code, ErrorCode::invalid_argument);
            QVERIFY(file_text(target) == before);
        }
        // Another file of the kind is replaced, and no copy of it is left.
        const QString target = owner.path("for the phone.crt");
        QVERIFY(write_secret_file(target.toStdString(), "an older authority").has_value());
        const auto exported = owner.ask<Result<void>>(
            [&](auto done) { owner.service->export_authority(target.toStdString(), done); });
        QVERIFY(exported.has_value());
        QVERIFY(!QFile::exists(target + ".bak"));
    }
};

QTEST_GUILESS_MAIN(TlsServiceTest)
#include "tls_service_test.moc"
