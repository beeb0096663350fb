#include "app/shared/certificate_folder.h"
#include "app/shared/program_run.h"
#include "app/shared/trust_places.h"
#include "app/shared/trust_store.h"
#include "support/openssl_tool.h"

#include <QDir>
#include <QProcess>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <unistd.h>

using namespace jackfield;
using namespace jackfield::app;
using namespace jackfield::test;
using namespace std::chrono_literals;

namespace {

constexpr milliseconds patience = 30s; // which no passing test reaches

WallTime now()
{
    return std::chrono::system_clock::now();
}

/// A home with nothing in it, a name that needs quoting, and the programs of this machine.
class Home {
public:
    Home()
    {
        if (!QDir().mkpath(path("")))
            qFatal("no home");
        around.home = path("").toStdString();
        around.system_root = (path("") + "/root").toStdString();
        around.program_folders = {"/usr/bin", "/bin"};
        around.patience = patience;
    }
    [[nodiscard]] QString path(const QString& below) const
    {
        return folder_.filePath("a person's home") + (below.isEmpty() ? "" : "/" + below);
    }
    void make_folder(const QString& below) const
    {
        if (!QDir().mkpath(path(below)))
            qFatal("cannot make %s", qPrintable(below));
    }
    void put(const QString& below, const std::string& content) const
    {
        make_folder(QFileInfo(below).path());
        put_file(path(below), content);
    }
    void put_program(const QString& below, const std::string& content) const
    {
        put(below, "#!/bin/sh\n" + content);
        ::chmod(path(below).toStdString().c_str(), 0755);
    }
    [[nodiscard]] TrustStore store() const { return TrustStore(around); }
    [[nodiscard]] AuthorityToTrust authority(const QString& name = "config") const
    {
        const CertificateFolder folder(path(name).toStdString());
        const auto made = folder.renew({}, now());
        if (!made)
            qFatal("%s", made.error().message().c_str());
        return {folder.authority_path(), made->certificate.authority_pem, made->certificate.authority};
    }
    [[nodiscard]] TrustPlace place(TrustTarget target) const
    {
        for (const TrustPlace& place : store().places()) {
            if (place.target == target)
                return place;
        }
        qFatal("no such place");
    }

    TrustStore::Surroundings around;

private:
    QTemporaryDir folder_;
};

void certutil(const QStringList& arguments)
{
    QProcess process;
    process.start("certutil", arguments);
    if (!process.waitForFinished(30'000) || process.exitCode() != 0)
        qFatal(
            "certutil %s: %s", qPrintable(arguments.join(' ')), process.readAllStandardError().constData());
}

QString database(const TrustPlace& place)
{
    return "sql:" + QString::fromStdString(place.path);
}

QStringList titles(const std::vector<TrustPlace>& places)
{
    QStringList result;
    for (const TrustPlace& place : places)
        result.append(QString::fromStdString(place.title));
    return result;
}

} // namespace

class TrustStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_empty_home_has_nothing_to_trust_with()
    {
        Home home;
        home.around.program_folders = {};
        QVERIFY(home.store().places().empty());
        QVERIFY(!home.store().certutil().has_value());
    }

    void chromiums_database_is_where_chromium_looks_data()
    {
        QTest::addColumn<QStringList>("folders");
        QTest::addColumn<QString>("found");
        QTest::newRow("neither") << QStringList{".config/chromium"} << ".pki/nssdb";
        QTest::newRow("old") << QStringList{".pki/nssdb"} << ".pki/nssdb";
        QTest::newRow("modern") << QStringList{".local/share/pki/nssdb"} << ".local/share/pki/nssdb";
        QTest::newRow("both") << QStringList{".pki/nssdb", ".local/share/pki/nssdb"} << ".pki/nssdb";
        QTest::newRow("snap") << QStringList{"snap/chromium/current"} << "snap/chromium/current/.pki/nssdb";
        QTest::newRow("flatpak") << QStringList{".var/app/org.chromium.Chromium/data/pki/nssdb"}
                                 << ".var/app/org.chromium.Chromium/data/pki/nssdb";
    }
    void chromiums_database_is_where_chromium_looks()
    {
        QFETCH(QStringList, folders);
        QFETCH(QString, found);
        Home home;
        home.around.program_folders = {};
        for (const QString& folder : folders)
            home.make_folder(folder);
        const auto places = home.store().places();
        QCOMPARE(places.size(), std::size_t{1});
        QVERIFY(places.front().target == TrustTarget::chromium);
        QCOMPARE(QString::fromStdString(places.front().path), home.path(found));
        QVERIFY(!places.front().exists);
        home.put(found + "/cert9.db", "x");
        QVERIFY(home.store().places().front().exists);
    }

    void chromium_is_there_when_its_program_is()
    {
        Home home;
        home.around.program_folders = {home.path("bin").toStdString()};
        home.put_program("bin/google-chrome", "exit 0\n");
        QCOMPARE(titles(home.store().places()), QStringList{"Chromium and Chrome"});
        home.around.data_home = home.path("data").toStdString();
        home.make_folder("data/pki/nssdb");
        QCOMPARE(QString::fromStdString(home.store().places().front().path), home.path("data/pki/nssdb"));
    }

    void every_firefox_profile_is_found()
    {
        Home home;
        home.around.program_folders = {};
        const std::string ini
            = "[Install4F96D1932A9F858E]\r\nDefault=one\r\nLocked=1\r\n\r\n[Profile1]\r\n"
              "Name=first\r\nIsRelative=1\r\nPath=one\r\n\r\n[Profile0]\nName=far\nIsRelative=0\nPath="
            + home.path("far away").toStdString()
            + "\n\n[Profile2]\nName=gone\nIsRelative=1\nPath=gone\n\n[General]\nStartWithLastProfile=1\n";
        home.put(".mozilla/firefox/profiles.ini", ini);
        home.make_folder(".mozilla/firefox/one");
        home.make_folder("far away");
        home.put(".config/mozilla/firefox/profiles.ini", "[Profile0]\nName=new\nPath=n\n");
        home.make_folder(".config/mozilla/firefox/n");
        home.put("snap/firefox/common/.mozilla/firefox/profiles.ini", "[Profile0]\nName=s\nPath=s\n");
        home.put("snap/firefox/common/.mozilla/firefox/s/cert9.db", "x");
        home.put(".var/app/org.mozilla.firefox/.mozilla/firefox/profiles.ini", "[Profile0]\nPath=p\n");
        home.make_folder(".var/app/org.mozilla.firefox/.mozilla/firefox/p");
        const auto places = home.store().places();
        QCOMPARE(titles(places),
            (QStringList{"Firefox, profile first", "Firefox, profile far", "Firefox, profile new",
                "Firefox (snap), profile s", "Firefox (flatpak), profile p"}));
        QVERIFY(!places[0].exists);
        QVERIFY(places[3].exists);
    }

    void one_folder_by_two_names_is_one_place()
    {
        Home home;
        home.around.program_folders = {};
        home.make_folder(".mozilla/firefox/one");
        home.put(".mozilla/firefox/profiles.ini",
            "[Profile0]\nName=a\nPath=one\n[Profile1]\nName=b\nPath=../firefox/one\n");
        QCOMPARE(home.store().places().size(), std::size_t{1});
    }

    void profiles_that_make_no_sense_are_passed_over_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("profiles");
        QTest::newRow("empty") << QByteArray() << 0;
        QTest::newRow("no section") << QByteArray("Name=a\nPath=b\n") << 0;
        QTest::newRow("no path") << QByteArray("[Profile0]\nName=a\n") << 0;
        QTest::newRow("not absolute") << QByteArray("[Profile0]\nIsRelative=0\nPath=a\n") << 0;
        QTest::newRow("NUL") << QByteArray("[Profile0]\nPath=a\0b\n", 20) << 0;
        QTest::newRow("another section's") << QByteArray("[Profile0]\n[General]\nPath=a\n") << 0;
        QTest::newRow("no end of line") << QByteArray("[Profile0]\nPath=a") << 1;
        QTest::newRow("many") << QByteArray("[Profile0]\nPath=a\n").repeated(1000) << 100;
        QTest::newRow("binary") << QByteArray("\xff\xfe[\0P", 5).repeated(1000) << 0;
    }
    void profiles_that_make_no_sense_are_passed_over()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, profiles);
        QCOMPARE(static_cast<int>(parse_firefox_profiles(text.toStdString(), "/home").size()), profiles);
    }

    void trust_is_given_and_taken_back_data()
    {
        QTest::addColumn<bool>("firefox");
        QTest::addColumn<bool>("exists");
        QTest::newRow("Chromium with a database") << false << true;
        QTest::newRow("Chromium without one") << false << false;
        QTest::newRow("Firefox with a database") << true << true;
        QTest::newRow("a Firefox that never ran") << true << false;
    }
    void trust_is_given_and_taken_back()
    {
        QFETCH(bool, firefox);
        QFETCH(bool, exists);
        const Home home;
        home.put(".mozilla/firefox/profiles.ini", "[Profile0]\nName=default\nPath=one\n");
        home.make_folder(".mozilla/firefox/one");
        if (exists)
            home.make_folder(".pki/nssdb");
        else
            home.make_folder(".config/chromium");
        const TrustTarget target = firefox ? TrustTarget::firefox : TrustTarget::chromium;
        if (exists)
            certutil({"-N", "-d", database(home.place(target)), "--empty-password"});
        const TrustStore store = home.store();
        const TrustPlace before = home.place(target);
        QCOMPARE(before.exists, exists);
        const AuthorityToTrust authority = home.authority();
        QVERIFY(store.standing(before, authority).state == TrustState::not_trusted);
        QVERIFY(!store.standing(before, authority).why.empty());
        QVERIFY(store.untrust(before, authority.facts).has_value()); // nothing to do

        const auto trusted = store.trust(before, authority);
        QVERIFY2(trusted.has_value(), trusted ? "" : trusted.error().message().c_str());
        const TrustPlace place = home.place(target);
        QVERIFY(place.exists);
        const TrustStanding standing = store.standing(place, authority);
        QVERIFY2(standing.state == TrustState::trusted, standing.why.c_str());
        QVERIFY(standing.older.empty());
        QVERIFY(store.trust(place, authority).has_value()); // twice is once
        // NSS itself takes the server's certificate, for a server and for nothing else.
        const QString leaf = home.path("leaf.pem");
        put_file(leaf, CertificateFolder(home.path("config").toStdString()).load(now())->identity.chain_pem);
        certutil({"-A", "-d", database(place), "-n", "leaf", "-t", ",,", "-i", leaf});
        certutil({"-V", "-d", database(place), "-n", "leaf", "-u", "V"});
        QProcess as_signer;
        as_signer.start("certutil", {"-V", "-d", database(place), "-n", "leaf", "-u", "S"});
        QVERIFY(as_signer.waitForFinished(30'000));
        QVERIFY(as_signer.exitCode() != 0);

        QVERIFY(store.untrust(place, authority.facts).has_value());
        QVERIFY(store.standing(place, authority).state == TrustState::not_trusted);
        struct stat status { };
        QCOMPARE(::stat((place.path + "/key4.db").c_str(), &status), 0);
        QCOMPARE(status.st_mode & 077U, 0U);
        if (!firefox && !exists) {
            QCOMPARE(::stat(place.path.c_str(), &status), 0);
            QCOMPARE(status.st_mode & 07777U, 0700U);
        }
    }

    void an_older_authority_is_told_of_and_removed()
    {
        const Home home;
        home.make_folder(".pki/nssdb");
        const TrustStore store = home.store();
        const AuthorityToTrust first = home.authority("first");
        const AuthorityToTrust second = home.authority("second");
        QVERIFY(store.trust(home.place(TrustTarget::chromium), first).has_value());
        const TrustPlace place = home.place(TrustTarget::chromium);
        const TrustStanding before = store.standing(place, second);
        QVERIFY(before.state == TrustState::not_trusted);
        QCOMPARE(before.older, std::vector<std::string>{first.facts.common_name});
        QVERIFY(store.trust(place, second).has_value());
        // What is none of ours stays.
        openssl({"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k", "-out", "other.crt",
                    "-subj", "/CN=Somebody else's authority"},
            home.path(""));
        certutil({"-A", "-d", database(place), "-n", "other", "-t", "C,,", "-i", home.path("other.crt")});
        const auto removed = store.untrust_older(place, second.facts);
        QVERIFY(removed.has_value());
        QCOMPARE(*removed, 1);
        const TrustStanding after = store.standing(place, second);
        QVERIFY(after.state == TrustState::trusted);
        QVERIFY(after.older.empty());
        QCOMPARE(store.untrust_older(place, std::nullopt).value_or(-1), 1);
        QVERIFY(store.standing(place, second).state == TrustState::not_trusted);
        certutil({"-L", "-d", database(place), "-n", "other"});
    }

    void what_a_browser_imported_under_its_own_name_counts()
    {
        const Home home;
        home.make_folder(".pki/nssdb");
        const TrustStore store = home.store();
        const AuthorityToTrust authority = home.authority();
        TrustPlace place = home.place(TrustTarget::chromium);
        certutil({"-N", "-d", database(place), "--empty-password"});
        place.exists = true;
        const QString nickname = QString::fromStdString(authority.facts.common_name) + " - Jackfield";
        const QString file = QString::fromStdString(authority.path);
        certutil({"-A", "-d", database(place), "-n", nickname, "-t", "CT,c,", "-i", file});
        QVERIFY(store.standing(place, authority).state == TrustState::trusted);
        QVERIFY(store.untrust(place, authority.facts).has_value());
        QVERIFY(store.standing(place, authority).state == TrustState::not_trusted);
    }

    void an_authority_that_is_there_without_trust_is_not_trusted_data()
    {
        QTest::addColumn<QString>("flags");
        QTest::addColumn<QString>("why");
        QTest::newRow("no flags") << ",,"
                                  << "not as one that identifies servers";
        QTest::newRow("for mail") << ",C,"
                                  << "not as one that identifies servers";
        QTest::newRow("never") << "p,p,p"
                               << "never to be trusted";
    }
    void an_authority_that_is_there_without_trust_is_not_trusted()
    {
        QFETCH(QString, flags);
        QFETCH(QString, why);
        const Home home;
        home.make_folder(".pki/nssdb");
        const TrustStore store = home.store();
        const AuthorityToTrust authority = home.authority();
        TrustPlace place = home.place(TrustTarget::chromium);
        certutil({"-N", "-d", database(place), "--empty-password"});
        place.exists = true;
        certutil({"-A", "-d", database(place), "-n", QString::fromStdString(authority.facts.common_name),
            "-t", flags, "-i", QString::fromStdString(authority.path)});
        const TrustStanding standing = store.standing(place, authority);
        QVERIFY(standing.state == TrustState::not_trusted);
        QVERIFY2(QString::fromStdString(standing.why).contains(why), standing.why.c_str());
        QVERIFY(store.trust(place, authority).has_value());
    }

    void a_database_with_a_password_is_left_as_it_was()
    {
        const Home home;
        home.put(".mozilla/firefox/profiles.ini", "[Profile0]\nName=default\nPath=one\n");
        home.make_folder(".mozilla/firefox/one");
        home.put("password", "secret\n");
        const AuthorityToTrust authority = home.authority();
        TrustPlace place = home.place(TrustTarget::firefox);
        certutil({"-N", "-d", database(place), "-f", home.path("password")});
        place.exists = true;
        const TrustStore store = home.store();
        const auto trusted = store.trust(place, authority);
        QVERIFY(!trusted.has_value());
        QVERIFY2(trusted.error().code == ErrorCode::permission_denied, trusted.error().message().c_str());
        QCOMPARE(trusted.error().reason, TrustReason::password_guards);
        const TrustStanding standing = store.standing(place, authority);
        QVERIFY(standing.state == TrustState::not_trusted);
        QCOMPARE(standing.reason, TrustReason::not_in_database); // no half of an entry
        // What is said does it, given the password.
        const std::string command = trusted.error().command;
        QVERIFY2(trusted.error().message().find(command) != std::string::npos, trusted.error().message().c_str());
        QCOMPARE(QProcess::execute("/bin/sh",
                     {"-c", QString::fromStdString(command) + " -f \"$0\"", home.path("password")}),
            0);
        QVERIFY(store.standing(place, authority).state == TrustState::trusted);
    }

    void an_entry_that_was_there_stays_when_a_password_guards()
    {
        const Home home;
        home.put(".mozilla/firefox/profiles.ini", "[Profile0]\nName=default\nPath=one\n");
        home.make_folder(".mozilla/firefox/one");
        home.put("password", "secret\n");
        const AuthorityToTrust authority = home.authority();
        TrustPlace place = home.place(TrustTarget::firefox);
        certutil({"-N", "-d", database(place), "-f", home.path("password")});
        certutil({"-A", "-d", database(place), "-n", QString::fromStdString(authority.facts.common_name), "-t",
            "p,,", "-i", QString::fromStdString(authority.path), "-f", home.path("password")});
        place.exists = true;
        const TrustStore store = home.store();
        QVERIFY(!store.trust(place, authority).has_value());
        QCOMPARE(store.standing(place, authority).reason, TrustReason::never_trusted);
    }

    void a_damaged_database_is_unknown()
    {
        const Home home;
        home.put(".pki/nssdb/cert9.db", std::string(5000, 'x'));
        home.put(".pki/nssdb/key4.db", std::string(5000, 'x'));
        const TrustPlace place = home.place(TrustTarget::chromium);
        const AuthorityToTrust authority = home.authority();
        const TrustStanding standing = home.store().standing(place, authority);
        QVERIFY(standing.state == TrustState::unknown);
        QVERIFY(!standing.why.empty());
        QVERIFY(!home.store().trust(place, authority).has_value());
        QVERIFY(!home.store().untrust(place, authority.facts).has_value());
    }

    void without_certutil_it_says_how_to_get_it()
    {
        Home home;
        home.around.program_folders = {home.path("bin").toStdString()};
        home.put(".pki/nssdb/cert9.db", "");
        const AuthorityToTrust authority = home.authority();
        const TrustPlace place = home.place(TrustTarget::chromium);
        const TrustStanding standing = home.store().standing(place, authority);
        QVERIFY(standing.state == TrustState::unknown);
        QVERIFY(standing.why.find("libnss3-tools") != std::string::npos);
        QCOMPARE(home.store().trust(place, authority).error().reason, TrustReason::no_certutil);
    }

    void a_certutil_that_never_ends_is_ended()
    {
        Home home;
        home.around.program_folders = {home.path("bin").toStdString()};
        home.around.patience = 200ms;
        // It starts another program, which is to be gone too.
        home.put_program("bin/certutil", "tail -f /dev/null & echo $! >child\nwait\n");
        const QString here = QDir::currentPath();
        QVERIFY(QDir::setCurrent(home.path("")));
        const auto back = qScopeGuard([&] { QDir::setCurrent(here); });
        home.put(".pki/nssdb/cert9.db", "");
        const TrustStanding standing
            = home.store().standing(home.place(TrustTarget::chromium), home.authority());
        QVERIFY(standing.state == TrustState::unknown);
        QVERIFY2(standing.why.find("did not end within 200 ms") != std::string::npos, standing.why.c_str());
        const auto child = std::stoi(file_text(home.path("child")));
        QTRY_VERIFY_WITH_TIMEOUT(::kill(child, 0) != 0 || is_zombie(child), 20'000);
    }

    void what_a_program_says_is_bounded()
    {
        const auto run = run_program(
            "/bin/sh", {"-c", "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2; exit 7"}, patience);
        QVERIFY(run.has_value());
        QCOMPARE(run->exit_code, 7);
        QCOMPARE(run->output.size(), std::size_t{1U << 20U});
        QCOMPARE(run->problems.size(), std::size_t{1U << 20U});
    }

    void a_program_has_nothing_to_ask_at()
    {
        const auto run = run_program(
            "/bin/sh", {"-c", "cat; (: </dev/tty) 2>/dev/null || echo no terminal; echo $LC_ALL"}, patience);
        QVERIFY(run.has_value());
        QCOMPARE(QString::fromStdString(run->output), QString("no terminal\nC\n"));
        QCOMPARE(run_program("/no/such/program", {}, patience).error().code, ErrorCode::not_found);
        QCOMPARE(run_program("/etc/passwd", {}, patience).error().code, ErrorCode::permission_denied);
        QCOMPARE(run_program("/bin/sh", {"-c", "kill -9 $$"}, patience)->exit_code, -1);
    }

    void the_systems_store_is_only_looked_at()
    {
        const Home home;
        const AuthorityToTrust authority = home.authority();
        const AuthorityToTrust other = home.authority("other");
        home.put("root/etc/ssl/certs/ca-certificates.crt", other.pem);
        const TrustStore store = home.store();
        const TrustPlace place = home.place(TrustTarget::system);
        QVERIFY(store.standing(place, authority).state == TrustState::not_trusted);
        home.put("root/etc/ssl/certs/ca-certificates.crt", other.pem + authority.pem);
        QVERIFY(store.standing(place, authority).state == TrustState::trusted);
        QCOMPARE(store.trust(place, authority).error().reason, TrustReason::needs_root);
        QCOMPARE(store.untrust(place, authority.facts).error().code, ErrorCode::invalid_argument);
    }

    void what_the_system_has_of_older_ones_is_named()
    {
        const Home home;
        const AuthorityToTrust old = home.authority("old");
        const AuthorityToTrust authority = home.authority();
        home.put("root/etc/ssl/certs/ca-certificates.crt", old.pem);
        home.put("root/usr/local/share/ca-certificates/jackfield-old.crt", old.pem);
        home.put("root/usr/local/share/ca-certificates/jackfield-other.crt", "nothing of ours\n");
        home.put("root/usr/local/share/ca-certificates/company.crt", old.pem);
        const TrustStore store = home.store();
        const TrustPlace place = home.place(TrustTarget::system);
        const std::string file = "/usr/local/share/ca-certificates/jackfield-old.crt";
        const TrustStanding standing = store.standing(place, authority);
        QVERIFY(standing.state == TrustState::not_trusted);
        QCOMPARE(standing.older, std::vector<std::string>{file});
        QCOMPARE(store.standing(place, old).older, std::vector<std::string>{});
        const TrustSteps steps = store.steps(authority).back();
        const QString command = QString::fromStdString(steps.commands.front());
        QVERIFY2(command.startsWith("sudo install -m 644 ")
                && command.endsWith(
                    " && sudo rm '" + QString::fromStdString(file) + "' && sudo update-ca-certificates --fresh"),
            qPrintable(command));
        QCOMPARE(QString::fromStdString(steps.undo_commands.front()),
            "sudo rm '" + QString::fromStdString(file) + "' && sudo update-ca-certificates --fresh");
    }

    void the_commands_that_are_shown_do_it()
    {
        const Home home;
        home.make_folder(".config/chromium");
        home.put(".mozilla/firefox/profiles.ini", "[Profile0]\nName=default\nPath=one\n");
        home.make_folder(".mozilla/firefox/one");
        const AuthorityToTrust authority = home.authority();
        const TrustStore store = home.store();
        const auto steps = store.steps(authority);
        QCOMPARE(steps.size(), std::size_t{3});
        for (const TrustSteps& one : steps) {
            QVERIFY(!one.title.empty() && !one.steps.empty() && !one.undo_steps.empty());
            if (one.target == TrustTarget::system)
                continue;
            for (const std::string& command : one.commands)
                QCOMPARE(std::system(command.c_str()), 0); // NOLINT: what a person does
            QVERIFY(store.standing(home.place(one.target), authority).state == TrustState::trusted);
            for (const std::string& command : one.undo_commands)
                QCOMPARE(std::system(command.c_str()), 0); // NOLINT: the same
            QVERIFY(store.standing(home.place(one.target), authority).state == TrustState::not_trusted);
        }
    }

    void the_command_for_the_system_is_that_of_its_kind()
    {
        const Home home;
        const AuthorityToTrust authority = home.authority();
        const auto command
            = [&] { return QString::fromStdString(home.store().steps(authority).back().commands.front()); };
        const auto undo = [&] {
            return QString::fromStdString(home.store().steps(authority).back().undo_commands.front());
        };
        QVERIFY(command().startsWith("sudo install -m 644 '"));
        QVERIFY(command().contains("/usr/local/share/ca-certificates/jackfield-"));
        QVERIFY(command().endsWith(".crt && sudo update-ca-certificates"));
        QVERIFY(undo().endsWith("sudo update-ca-certificates --fresh"));
        home.make_folder("root/etc/pki/ca-trust/source/anchors");
        QVERIFY(command().contains("/etc/pki/ca-trust/source/anchors/jackfield-"));
        QVERIFY(command().endsWith("sudo update-ca-trust"));
    }

private:
    static bool is_zombie(int process)
    {
        QFile status(QString("/proc/%1/stat").arg(process));
        return !status.open(QIODevice::ReadOnly) || status.readAll().contains(") Z ");
    }
};

QTEST_GUILESS_MAIN(TrustStoreTest)
#include "trust_store_test.moc"
