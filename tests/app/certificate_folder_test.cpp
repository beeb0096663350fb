#include "app/shared/certificate_folder.h"
#include "app/shared/own_certificate.h"
#include "support/killed_writer.h"
#include "support/openssl_tool.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <unistd.h>

using namespace jackfield;
using namespace jackfield::app;
using namespace jackfield::test;
using namespace std::chrono_literals;

namespace {

WallTime now()
{
    return std::chrono::system_clock::now();
}

/// When what was just written counts as old.
WallTime later()
{
    return now() + 1h;
}

mode_t mode_of(const std::string& path)
{
    struct stat status { };
    if (::stat(path.c_str(), &status) != 0)
        qFatal("no %s", path.c_str());
    return status.st_mode & 07777U;
}

std::string config_in(const QTemporaryDir& folder)
{
    return folder.filePath("config").toStdString();
}

StoredDevelopmentCertificate create(
    const CertificateFolder& folder, const std::vector<std::string>& added = {})
{
    auto made = folder.create(added, now());
    if (!made)
        qFatal("%s", made.error().message().c_str());
    return std::move(*made);
}

/// A pair of files as a person has them.
class OwnPair {
public:
    OwnPair()
        : files{folder_.filePath("server.crt").toStdString(), folder_.filePath("server.key").toStdString()}
    { }
    DevelopmentCertificate make()
    {
        auto made = issue_development_certificate({}, now());
        if (!made)
            qFatal("%s", made.error().message().c_str());
        return std::move(*made);
    }
    void put_chain(const std::string& pem) { replace(files.chain_path, pem); }
    void put_key(const std::string& pem) { replace(files.key_path, pem); }
    TlsIdentity put(const DevelopmentCertificate& made)
    {
        put_chain(made.certificate_pem);
        put_key(made.key_pem);
        auto loaded = load_own_certificate(files, std::nullopt, now());
        if (!loaded)
            qFatal("%s", loaded.error().detail.c_str());
        return std::move(*loaded);
    }

private:
    // As a program does that renews certificates.
    void replace(const std::string& path, const std::string& content)
    {
        const QString fresh = QString::fromStdString(path) + ".new";
        put_file(fresh, content);
        ::chmod(fresh.toStdString().c_str(), 0600);
        if (::rename(fresh.toStdString().c_str(), path.c_str()) != 0)
            qFatal("cannot replace %s", path.c_str());
    }
    QTemporaryDir folder_;

public:
    const OwnCertificateFiles files;
};

} // namespace

class CertificateFolderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void TL_17_what_is_made_is_the_owners_alone()
    {
        const QTemporaryDir temporary;
        const CertificateFolder folder(config_in(temporary));
        QCOMPARE(folder.load(now()).error().code, ErrorCode::not_found);
        const auto made = create(folder, {"app.test"});
        QCOMPARE(mode_of(folder.folder()), mode_t{0700});
        QCOMPARE(mode_of(folder.development_path()), mode_t{0600});
        QVERIFY(made.authority.is_authority);
        QCOMPARE(made.added_names, std::vector<std::string>{"app.test"});
        QVERIFY(made.identity.warnings.empty());
        QCOMPARE(made.identity.chain.size(), std::size_t{1}); // the authority is not sent
        QCOMPARE(file_text(QString::fromStdString(folder.authority_path())), made.authority_pem);
        // One private key: the server's.
        const std::string all = file_text(QString::fromStdString(folder.development_path()));
        QCOMPARE(QString::fromStdString(all).count("PRIVATE KEY-----"), 2);
        QCOMPARE(
            QDir(QString::fromStdString(folder.folder())).entryList(QDir::Files | QDir::Hidden).size(), 2);
    }

    void it_comes_back_as_it_was()
    {
        const QTemporaryDir temporary;
        const auto made = create(CertificateFolder(config_in(temporary)), {"b.test", "10.0.0.1"});
        const auto loaded = CertificateFolder(config_in(temporary)).load(now());
        QVERIFY(loaded.has_value());
        QCOMPARE(loaded->identity.chain_pem, made.identity.chain_pem);
        QCOMPARE(loaded->identity.key_pem, made.identity.key_pem);
        QCOMPARE(loaded->authority.fingerprint, made.authority.fingerprint);
        QCOMPARE(loaded->added_names, (std::vector<std::string>{"b.test", "10.0.0.1"}));
    }

    void openssl_takes_the_files()
    {
        const QTemporaryDir temporary;
        const CertificateFolder folder(config_in(temporary));
        create(folder);
        QCOMPARE(openssl({"verify", "-x509_strict", "-purpose", "sslserver", "-verify_ip", "127.0.0.1",
                             "-CAfile", "jackfield-authority.crt", "development.pem"},
                     QString::fromStdString(folder.folder())),
            QString("development.pem: OK\n"));
    }

    void a_second_one_is_made_by_renewing()
    {
        const QTemporaryDir temporary;
        const CertificateFolder folder(config_in(temporary));
        const auto first = create(folder);
        const auto again = folder.create({}, now());
        QVERIFY(!again.has_value());
        QCOMPARE(again.error().code, ErrorCode::invalid_argument);
        const auto renewed = folder.renew({"new.test"}, now());
        QVERIFY(renewed.has_value());
        QVERIFY(renewed->replaced_authority.has_value());
        QCOMPARE(renewed->replaced_authority->fingerprint, first.authority.fingerprint);
        QVERIFY(renewed->certificate.authority.fingerprint != first.authority.fingerprint);
        QCOMPARE(renewed->certificate.added_names, std::vector<std::string>{"new.test"});
        QCOMPARE(
            file_text(QString::fromStdString(folder.authority_path())), renewed->certificate.authority_pem);
        // Nothing of the old key is left.
        QCOMPARE(
            QDir(QString::fromStdString(folder.folder())).entryList(QDir::Files | QDir::Hidden).size(), 2);
    }

    void a_bad_name_leaves_what_is_there()
    {
        const QTemporaryDir temporary;
        const CertificateFolder folder(config_in(temporary));
        QCOMPARE(folder.create({"a b"}, now()).error().code, ErrorCode::invalid_argument);
        QVERIFY(!QFile::exists(QString::fromStdString(folder.folder())));
        const auto made = create(folder);
        QVERIFY(!folder.renew({"http://x"}, now()).has_value());
        QCOMPARE(folder.load(now())->authority.fingerprint, made.authority.fingerprint);
    }

    void removing_tells_whom_nobody_has_to_trust_any_more()
    {
        const QTemporaryDir temporary;
        const CertificateFolder folder(config_in(temporary));
        QVERIFY(folder.remove().has_value());
        const auto made = create(folder);
        const auto removed = folder.remove();
        QVERIFY(removed.has_value() && removed->has_value());
        QCOMPARE((*removed)->fingerprint, made.authority.fingerprint);
        QVERIFY(!QFile::exists(QString::fromStdString(folder.folder())));
        create(folder);
        put_file(QString::fromStdString(folder.folder() + "/mine.pem"), "x");
        QVERIFY(folder.remove().has_value());
        QVERIFY(QFile::exists(QString::fromStdString(folder.folder() + "/mine.pem")));
    }

    void the_authority_is_exported()
    {
        const QTemporaryDir temporary;
        const CertificateFolder folder(config_in(temporary));
        const QString target = temporary.filePath("for the phone.crt");
        QCOMPARE(folder.export_authority(target.toStdString(), now()).error().code, ErrorCode::not_found);
        const auto made = create(folder);
        QVERIFY(folder.export_authority(target.toStdString(), now()).has_value());
        QCOMPARE(file_text(target), made.authority_pem);
    }

    void an_authoritys_file_that_says_something_else_is_mended()
    {
        const QTemporaryDir temporary;
        const CertificateFolder folder(config_in(temporary));
        const auto made = create(folder);
        const QString path = QString::fromStdString(folder.authority_path());
        for (const bool there : {true, false}) {
            if (there)
                put_file(path, "-----BEGIN CERTIFICATE-----\n");
            else
                QFile::remove(path);
            QVERIFY(folder.load(now()).has_value());
            QCOMPARE(file_text(path), made.authority_pem);
        }
    }

    void FF_04_a_damaged_file_is_told_of_and_renewed_data()
    {
        QTest::addColumn<QString>("what");
        for (const char* what : {"empty", "half", "no authority", "another key", "NULs", "large", "folder"})
            QTest::newRow(what) << what;
    }
    void FF_04_a_damaged_file_is_told_of_and_renewed()
    {
        QFETCH(QString, what);
        const QTemporaryDir temporary;
        const CertificateFolder folder(config_in(temporary));
        const auto made = create(folder);
        const QString path = QString::fromStdString(folder.development_path());
        std::string text = file_text(path);
        if (what == "empty")
            text.clear();
        else if (what == "half")
            text.resize(text.size() / 2);
        else if (what == "no authority")
            text = made.identity.key_pem + made.identity.chain_pem;
        else if (what == "another key")
            text = issue_development_certificate({}, now())->key_pem + made.identity.chain_pem
                + made.authority_pem;
        else if (what == "NULs")
            text.assign(text.size(), '\0');
        else if (what == "large")
            text.resize((1U << 20U) + 1, 'x');
        put_file(path, text);
        if (what == "folder") {
            QFile::remove(path);
            QVERIFY(QDir().mkdir(path));
        }
        const auto loaded = folder.load(now());
        QVERIFY(!loaded.has_value());
        QVERIFY2(loaded.error().message().find("development.pem") != std::string::npos,
            loaded.error().message().c_str());
        const auto renewed = folder.renew({}, now());
        if (what == "folder") {
            QVERIFY(!renewed.has_value());
            return;
        }
        QCOMPARE(loaded.error().code, ErrorCode::malformed);
        QVERIFY(renewed.has_value());
        QVERIFY(renewed->replaced_authority.has_value()); // from the copy for browsers
        QCOMPARE(renewed->replaced_authority->fingerprint, made.authority.fingerprint);
        QVERIFY(folder.load(now()).has_value());
    }

    void TL_14_a_key_that_others_may_read_is_not_used()
    {
        const QTemporaryDir temporary;
        const CertificateFolder folder(config_in(temporary));
        create(folder);
        ::chmod(folder.development_path().c_str(), 0644);
        const auto loaded = folder.load(now());
        QVERIFY(!loaded.has_value());
        QCOMPARE(loaded.error().code, ErrorCode::permission_denied);
        QVERIFY(loaded.error().message().find("chmod 600 '" + folder.development_path() + "'")
            != std::string::npos);
        ::chmod(folder.development_path().c_str(), 0600);
        ::chmod(folder.folder().c_str(), 0777);
        QCOMPARE(folder.load(now()).error().code, ErrorCode::permission_denied);
    }

    void a_full_disk_leaves_the_old_certificate()
    {
        const QTemporaryDir temporary;
        const CertificateFolder folder(config_in(temporary));
        const auto made = create(folder);
        const pid_t child = fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{512, 512};
            if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
                _exit(1);
            const auto renewed = folder.renew({}, now());
            _exit(!renewed && renewed.error().system_error == EFBIG ? 42 : 2);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 42);
        const auto loaded = folder.load(now());
        QVERIFY(loaded.has_value());
        QCOMPARE(loaded->authority.fingerprint, made.authority.fingerprint);
        QCOMPARE(
            QDir(QString::fromStdString(folder.folder())).entryList(QDir::Files | QDir::Hidden).size(), 2);
    }

    void FF_02_a_kill_while_renewing_leaves_a_whole_certificate()
    {
        const QTemporaryDir temporary;
        const CertificateFolder folder(config_in(temporary));
        create(folder);
        for (int round = 0; round < 10; ++round) {
            QVERIFY(kill_while_writing(round % 3, [&](int) { return folder.renew({}, now()).has_value(); }));
            const auto loaded = folder.load(now());
            QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message().c_str());
            QCOMPARE(file_text(QString::fromStdString(folder.authority_path())), loaded->authority_pem);
            QCOMPARE(
                QDir(QString::fromStdString(folder.folder())).entryList(QDir::Files | QDir::Hidden).size(),
                2);
        }
    }

    void age_is_told_in_days_data()
    {
        QTest::addColumn<int>("hours"); ///< after it was made
        QTest::addColumn<int>("days");
        QTest::addColumn<int>("state");
        using State = CertificateAge::State;
        const auto row = [](const char* title, int hours, int days, State state) {
            QTest::newRow(title) << hours << days << static_cast<int>(state);
        };
        row("new", 0, 395, State::good);
        row("before its time", -25, 397, State::not_begun);
        row("31 days left", (396 - 31) * 24 - 1, 31, State::good);
        row("30 days left", (396 - 30) * 24 - 1, 30, State::good);
        row("less than 30 days left", (396 - 30) * 24 + 1, 29, State::ends_soon);
        row("the last day", 395 * 24 + 1, 0, State::ends_soon);
        row("ended", 396 * 24 + 1, -1, State::ended);
    }
    void age_is_told_in_days()
    {
        QFETCH(int, hours);
        QFETCH(int, days);
        QFETCH(int, state);
        const WallTime start = now();
        const auto made = issue_development_certificate({}, start);
        const CertificateAge age = age_of(made->certificate, start + std::chrono::hours(hours));
        QCOMPARE(age.days_left, days);
        QCOMPARE(static_cast<int>(age.state), state);
    }

    void own_files_are_loaded_or_told_why_not()
    {
        OwnPair pair;
        const auto missing = load_own_certificate(pair.files, std::nullopt, now());
        QCOMPARE(missing.error().problem, IdentityProblem::unreadable_file);
        QVERIFY(missing.error().detail.find(pair.files.chain_path) != std::string::npos);
        const auto made = pair.make();
        QCOMPARE(pair.put(made).chain.size(), std::size_t{1});

        ::chmod(pair.files.key_path.c_str(), 0640);
        const auto shared = load_own_certificate(pair.files, std::nullopt, now());
        QCOMPARE(shared.error().problem, IdentityProblem::unreadable_file);
        QVERIFY(shared.error().detail.find("chmod 600") != std::string::npos);

        // What is told is that it is no key, not that others may read it.
        const auto swapped
            = load_own_certificate({pair.files.key_path, pair.files.chain_path}, std::nullopt, now());
        QCOMPARE(swapped.error().problem, IdentityProblem::key_instead_of_certificate);
        ::chmod(pair.files.chain_path.c_str(), 0644);
        const auto twice
            = load_own_certificate({pair.files.chain_path, pair.files.chain_path}, std::nullopt, now());
        QVERIFY(!twice.has_value());
        const std::string other = pair.files.chain_path + ".other";
        put_file(QString::fromStdString(other), made.authority_pem);
        ::chmod(other.c_str(), 0644);
        const auto no_key = load_own_certificate({pair.files.chain_path, other}, std::nullopt, now());
        QCOMPARE(no_key.error().problem, IdentityProblem::certificate_instead_of_key);
        QVERIFY(no_key.error().detail.find(other) != std::string::npos);
        // The file that is told of is the one that the problem is in.
        QVERIFY(swapped.error().detail.starts_with(pair.files.key_path + ": "));
        put_file(QString::fromStdString(other), "neither");
        const auto neither = load_own_certificate({other, other + ".too"}, std::nullopt, now());
        QCOMPARE(neither.error().problem, IdentityProblem::unreadable_file);
        put_file(QString::fromStdString(other + ".too"), "nor");
        const auto no_certificate = load_own_certificate({other, other + ".too"}, std::nullopt, now());
        QCOMPARE(no_certificate.error().problem, IdentityProblem::no_certificate);
        QVERIFY2(no_certificate.error().detail.starts_with(other + ": "), no_certificate.error().detail.c_str());

        put_file(QString::fromStdString(other), std::string((1U << 20U) + 1, 'x'));
        QCOMPARE(load_own_certificate({other, pair.files.key_path}, std::nullopt, now()).error().problem,
            IdentityProblem::too_large);
    }

    void TL_16_a_replaced_certificate_is_loaded()
    {
        OwnPair pair;
        CertificateWatch watch(pair.files, std::nullopt, pair.put(pair.make()));
        QVERIFY(!watch.poll(later()).has_value());
        QVERIFY(!watch.poll(later()).has_value());
        const auto second = pair.make();
        pair.put(second);
        const auto told = watch.poll(later());
        QVERIFY(told.has_value() && told->has_value());
        QCOMPARE((*told)->chain.front().fingerprint, second.certificate.fingerprint);
        QVERIFY(!watch.poll(later()).has_value());
    }

    void TL_16_a_broken_one_is_told_of_once_and_a_mended_one_is_loaded()
    {
        OwnPair pair;
        CertificateWatch watch(pair.files, std::nullopt, pair.put(pair.make()));
        QVERIFY(!watch.poll(later()).has_value());
        pair.put_chain("no certificate\n");
        QVERIFY(!watch.poll(later()).has_value()); // it may be in the middle of being replaced
        const auto told = watch.poll(later());
        QVERIFY(told.has_value() && !told->has_value());
        QCOMPARE(told->error().problem, IdentityProblem::no_certificate);
        QVERIFY(told->error().detail.find(pair.files.chain_path) != std::string::npos);
        QVERIFY(!watch.poll(later()).has_value());
        QVERIFY(!watch.poll(later()).has_value());
        const auto mended = pair.make();
        pair.put(mended);
        const auto loaded = watch.poll(later());
        QVERIFY(loaded.has_value() && loaded->has_value());
        QCOMPARE((*loaded)->chain.front().fingerprint, mended.certificate.fingerprint);
    }

    void TL_16_half_a_replacement_is_waited_for()
    {
        OwnPair pair;
        CertificateWatch watch(pair.files, std::nullopt, pair.put(pair.make()));
        QVERIFY(!watch.poll(later()).has_value());
        const auto second = pair.make();
        pair.put_chain(second.certificate_pem);
        QVERIFY(!watch.poll(later()).has_value());
        pair.put_key(second.key_pem);
        const auto told = watch.poll(later());
        QVERIFY(told.has_value() && told->has_value());
        QCOMPARE((*told)->key_pem, second.key_pem);
    }

    void TL_16_the_one_that_serves_coming_back_is_no_news()
    {
        OwnPair pair;
        const auto first = pair.make();
        CertificateWatch watch(pair.files, std::nullopt, pair.put(first));
        pair.put_chain("broken");
        QVERIFY(!watch.poll(later()).has_value());
        QVERIFY(watch.poll(later()).has_value());
        pair.put(first);
        QVERIFY(!watch.poll(later()).has_value());
        pair.put_chain("broken");
        QVERIFY(!watch.poll(later()).has_value());
        QVERIFY(watch.poll(later()).has_value());
    }

    void TL_16_one_whose_time_it_is_not_does_not_replace_a_valid_one_data()
    {
        QTest::addColumn<int>("made"); ///< days from now; it lasts for 397
        QTest::addColumn<QString>("words");
        QTest::newRow("expired") << -500 << "the certificate has expired: browsers will refuse it";
        QTest::newRow("not yet") << 20 << "the certificate is not valid yet: browsers will refuse it";
    }

    void TL_16_one_whose_time_it_is_not_does_not_replace_a_valid_one()
    {
        QFETCH(int, made);
        QFETCH(QString, words);
        const auto day = std::chrono::hours(24);
        OwnPair pair;
        CertificateWatch watch(pair.files, std::nullopt, pair.put(pair.make()));
        QVERIFY(!watch.poll(later()).has_value());
        const auto untimely = issue_development_certificate({}, now() + made * day);
        QVERIFY(untimely.has_value());
        pair.put(*untimely);
        QVERIFY(!watch.poll(later()).has_value()); // told when the next poll finds the same
        const auto told = watch.poll(later());
        QVERIFY(told.has_value() && !told->has_value());
        QCOMPARE(told->error().problem, IdentityProblem::not_valid_now);
        QCOMPARE(QString::fromStdString(told->error().detail),
            QString::fromStdString(pair.files.chain_path) + ": " + words);
        QVERIFY(watch.is_bad());
        QVERIFY(!watch.poll(later() + day).has_value()); // once
        // Its day, or the end of the one that serves.
        const WallTime then = now() + (made > 0 ? made * day : 398 * day);
        const auto taken = watch.poll(then);
        QVERIFY(taken.has_value() && taken->has_value());
        QCOMPARE((*taken)->chain.front().fingerprint, untimely->certificate.fingerprint);
        QVERIFY(!watch.is_bad());
        QVERIFY(!watch.poll(then).has_value());
    }

    void TL_16_an_expired_one_replaces_an_expired_one()
    {
        OwnPair pair;
        CertificateWatch watch(pair.files, std::nullopt, pair.put(pair.make()));
        const WallTime then = now() + std::chrono::hours(24 * 500);
        QVERIFY(!watch.poll(then).has_value());
        const auto second = pair.make();
        pair.put(second);
        const auto told = watch.poll(then);
        QVERIFY(told.has_value() && told->has_value());
        QCOMPARE((*told)->chain.front().fingerprint, second.certificate.fingerprint);
    }

    void TL_16_files_that_vanish_are_told_of()
    {
        OwnPair pair;
        CertificateWatch watch(pair.files, std::nullopt, pair.put(pair.make()));
        QVERIFY(!watch.poll(later()).has_value());
        QFile::remove(QString::fromStdString(pair.files.key_path));
        QVERIFY(!watch.poll(later()).has_value());
        const auto told = watch.poll(later());
        QVERIFY(told.has_value() && !told->has_value());
        QCOMPARE(told->error().problem, IdentityProblem::unreadable_file);
    }

    void TL_14_a_key_that_becomes_readable_for_others_is_told_of()
    {
        OwnPair pair;
        CertificateWatch watch(pair.files, std::nullopt, pair.put(pair.make()));
        QVERIFY(!watch.poll(later()).has_value());
        ::chmod(pair.files.key_path.c_str(), 0644);
        QVERIFY(!watch.poll(later()).has_value());
        const auto told = watch.poll(later());
        QVERIFY(told.has_value() && !told->has_value());
        QVERIFY(told->error().detail.find("chmod 600") != std::string::npos);
        // The mode alone mends it.
        ::chmod(pair.files.key_path.c_str(), 0600);
        QVERIFY(!watch.poll(later()).has_value());
        const auto next = pair.make();
        pair.put(next);
        QVERIFY(watch.poll(later()).has_value());
    }

    void a_replacement_within_one_tick_of_the_clock_is_seen()
    {
        OwnPair pair;
        const auto first = pair.make();
        const TlsIdentity serving = pair.put(first);
        const auto second = pair.make();
        pair.put(second); // before the watch looks for the first time
        CertificateWatch watch(pair.files, std::nullopt, serving);
        const auto told = watch.poll(now());
        QVERIFY(told.has_value() && told->has_value());
        QCOMPARE((*told)->chain.front().fingerprint, second.certificate.fingerprint);
    }

    void TL_16_what_was_broken_before_the_watch_began_is_told_of()
    {
        OwnPair pair;
        const TlsIdentity serving = pair.put(pair.make());
        pair.put_chain("broken");
        CertificateWatch watch(pair.files, std::nullopt, serving);
        QVERIFY(!watch.poll(later()).has_value());
        const auto told = watch.poll(later());
        QVERIFY(told.has_value() && !told->has_value());
        QVERIFY(!watch.poll(later()).has_value());
    }

    void TL_16_a_change_within_one_tick_of_the_clock_is_told_of()
    {
        OwnPair pair;
        CertificateWatch watch(pair.files, std::nullopt, pair.put(pair.make()));
        QVERIFY(!watch.poll(now()).has_value());
        // In place, the same size: with a coarse clock the status stays what it was, and here it may.
        QFile file(QString::fromStdString(pair.files.chain_path));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(100));
        QCOMPARE(file.write("!!!!"), 4);
        file.close();
        int told = 0;
        for (int i = 0; i < 5; ++i) {
            if (const auto news = watch.poll(now())) {
                QVERIFY(!news->has_value());
                ++told;
            }
        }
        QCOMPARE(told, 1);
    }

    void a_passphrase_opens_later_keys_too()
    {
        const QTemporaryDir temporary;
        OwnPair pair;
        const auto encrypted = [&](const DevelopmentCertificate& made, const QString& passphrase) {
            put_file(temporary.filePath("key"), made.key_pem);
            openssl({"pkcs8", "-topk8", "-in", "key", "-out", "out", "-v2", "aes256", "-passout",
                        "pass:" + passphrase},
                temporary.path());
            return file_text(temporary.filePath("out"));
        };
        const auto first = pair.make();
        pair.put_chain(first.certificate_pem);
        pair.put_key(encrypted(first, "open"));
        QCOMPARE(load_own_certificate(pair.files, std::nullopt, now()).error().problem,
            IdentityProblem::passphrase_needed);
        const auto loaded = load_own_certificate(pair.files, "open", now());
        QVERIFY(loaded.has_value());
        CertificateWatch watch(pair.files, "open", *loaded);
        const auto second = pair.make();
        pair.put_chain(second.certificate_pem);
        pair.put_key(encrypted(second, "open"));
        const auto told = watch.poll(later());
        QVERIFY(told.has_value() && told->has_value());
        const auto third = pair.make();
        pair.put_chain(third.certificate_pem);
        pair.put_key(encrypted(third, "another"));
        QVERIFY(!watch.poll(later()).has_value());
        const auto wrong = watch.poll(later());
        QVERIFY(wrong.has_value() && !wrong->has_value());
        QCOMPARE(wrong->error().problem, IdentityProblem::passphrase_wrong);
    }
};

QTEST_GUILESS_MAIN(CertificateFolderTest)
#include "certificate_folder_test.moc"
