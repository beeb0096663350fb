#include "app/shared/certificate_folder.h"
#include "app/shared/tls_settings.h"
#include "support/pty_program.h"
#include "support/openssl_tool.h"
#include "support/program.h"
#include "support/tls_dial.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <sys/wait.h>

#include <array>
#include <poll.h>
#include <pty.h>
#include <unistd.h>

using namespace jackfield;
using namespace jackfield::app;
using namespace jackfield::test;

namespace {

constexpr int patience = test::Program::patience;

/// A person's home, and the terminal program as they run it.
class Person {
public:
    Person()
    {
        for (const char* folder : {"home", "bin", "own", "config"}) {
            if (!QDir().mkpath(path(folder)))
                qFatal("no folder");
        }
        if (!QFile::link("/usr/bin/certutil", path("bin/certutil")))
            qFatal("no certutil");
        environment.insert("HOME", path("home"));
        environment.insert("PATH", path("bin"));
        environment.remove("XDG_CONFIG_HOME");
        environment.remove("XDG_DATA_HOME");
        environment.remove("SSLKEYLOGFILE");
    }
    [[nodiscard]] QString path(const QString& below) const { return folder_.filePath(below); }
    [[nodiscard]] QString config() const { return path("config"); }
    [[nodiscard]] CertificateFolder folder() const { return CertificateFolder(config().toStdString()); }
    [[nodiscard]] QString settings_path() const { return path("config/settings.jackfield.json"); }

    /// A command that ends; its exit status.
    int run(const QStringList& words)
    {
        Program program("jackfield-terminal", QStringList{"--config-dir", config()} + words, environment);
        if (!program.ends())
            qFatal("%s does not end", qPrintable(words.join(' ')));
        output = program.output;
        problems = program.problems;
        return program.process.exitStatus() == QProcess::NormalExit ? program.process.exitCode() : -1;
    }
    std::unique_ptr<Program> serve(const QStringList& options = {})
    {
        return std::make_unique<Program>("jackfield-terminal",
            QStringList{"--config-dir", config(), "--listen", "127.0.0.1:0"} + options, environment);
    }
    void put_own(bool is_encrypted = false)
    {
        const auto made = issue_development_certificate({}, std::chrono::system_clock::now());
        put_file(path("own/chain.pem"), made->certificate_pem);
        put_file(path("own/key.pem"), made->key_pem);
        if (is_encrypted)
            openssl({"pkcs8", "-topk8", "-in", path("own/key.pem"), "-out", path("own/locked.pem"), "-v2",
                "aes256", "-passout", "pass:open sesame"});
        for (const char* key : {"own/key.pem", "own/locked.pem"})
            ::chmod(QFile::encodeName(path(key)).constData(), 0600);
    }
    [[nodiscard]] TlsSettings settings() const
    {
        std::vector<std::string> notices;
        return parse_tls_settings(file_text(settings_path()), notices).value();
    }

    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    QString output;
    QString problems;

private:
    QTemporaryDir folder_;
};

std::uint16_t both_port(Program& program)
{
    const auto match
        = program.wait_for("^Listening on ws://127\\.0\\.0\\.1:(\\d+)/ and wss://127\\.0\\.0\\.1:\\1/$");
    return static_cast<std::uint16_t>(match.captured(1).toUInt());
}

/// Runs the program at a terminal of its own, types `answer` whenever `question` comes, ends it politely once
/// `last` is there, and gives what was shown.
std::string at_a_terminal(const std::vector<std::string>& arguments, const std::string& question,
    const std::string& answer, int& status, const std::string& last = "\n\n\n")
{
    int master = -1;
    const pid_t child = ::forkpty(&master, nullptr, nullptr, nullptr);
    if (child < 0)
        qFatal("no terminal");
    if (child == 0) {
        std::vector<char*> words;
        std::string program = JACKFIELD_BINARY_DIR "/bin/jackfield-terminal";
        words.push_back(program.data());
        std::vector<std::string> copies = arguments;
        for (std::string& word : copies)
            words.push_back(word.data());
        words.push_back(nullptr);
        ::execv(program.c_str(), words.data());
        ::_exit(127);
    }
    std::string shown;
    std::size_t asked_at = 0;
    bool is_over = false;
    while (true) {
        pollfd waiting{master, POLLIN, 0};
        if (::poll(&waiting, 1, patience) <= 0) {
            ::kill(child, SIGKILL);
            break;
        }
        std::array<char, 4096> buffer{};
        const ssize_t count = ::read(master, buffer.data(), buffer.size());
        if (count <= 0)
            break;
        shown.append(buffer.data(), static_cast<std::size_t>(count));
        if (const std::size_t at = shown.find(question, asked_at); at != std::string::npos) {
            asked_at = at + question.size();
            const std::string typed = answer + "\n";
            if (::write(master, typed.data(), typed.size()) != static_cast<ssize_t>(typed.size()))
                qFatal("cannot type");
        }
        if (!is_over && shown.find(last) != std::string::npos) {
            is_over = true;
            ::kill(child, SIGTERM);
        }
    }
    int ended = 0;
    ::waitpid(child, &ended, 0);
    ::close(master);
    status = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
    return shown;
}

} // namespace

class TerminalCertificateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tls_for_one_run_is_served_and_said()
    {
        Person person;
        auto server = person.serve({"--tls", "--ready-file", person.path("ready")});
        const std::uint16_t port = both_port(*server);
        QVERIFY2(port != 0, qPrintable(server->output + server->problems));
        const TlsDial client(port, file_text(QString::fromStdString(person.folder().authority_path())));
        QVERIFY(client.is_trusted());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(person.path("ready")), patience);
        QCOMPARE(QString::fromStdString(file_text(person.path("ready"))),
            QString("Listening on ws://127.0.0.1:%1/ and wss://127.0.0.1:%1/\n").arg(port));
        QVERIFY2(!QFile::exists(person.settings_path()), "only for this run");
    }

    void a_client_that_does_not_trust_it_is_told_of_with_the_command_that_helps()
    {
        Person person;
        auto server = person.serve({"--tls"});
        const std::uint16_t port = both_port(*server);
        int code = 0;
        openssl({"s_client", "-verify_return_error", "-connect", "127.0.0.1:" + QString::number(port)}, {},
            &code);
        QVERIFY(code != 0);
        QVERIFY2(
            server->wait_for("^ +jackfield-terminal trust --config-dir " + QRegularExpression::escape(person.config())
                + " has browsers trust its authority$")
                .hasMatch(),
            qPrintable(server->output));
    }

    void a_client_that_asks_for_another_name_is_told_of_with_the_command_that_adds_it()
    {
        Person person;
        QCOMPARE(person.run({"certificate", "on", "shop.test"}), 0);
        auto server = person.serve();
        const std::uint16_t port = both_port(*server);
        int code = 0;
        openssl({"s_client", "-verify_return_error", "-verify_hostname", "a.localhost", "-servername", "a.localhost",
                    "-CAfile", QString::fromStdString(person.folder().authority_path()), "-connect",
                    "127.0.0.1:" + QString::number(port)},
            {}, &code);
        QVERIFY(code != 0);
        QVERIFY2(server
                     ->wait_for("^.*Refused .*: the client refused this server's certificate, which is not for the "
                                "name or address that it asked for \\(it asked for a\\.localhost\\)$")
                     .hasMatch(),
            qPrintable(server->output));
        QVERIFY2(
            server->wait_for("^ +To have one that is: jackfield-terminal certificate --config-dir " + QRegularExpression::escape(person.config())
                + " renew shop\\.test a\\.localhost$")
                .hasMatch(),
            qPrintable(server->output));
        QCOMPARE(person.run({"certificate", "renew", "shop.test", "a.localhost"}), 0);
    }

    void a_port_of_tls_alone_without_a_certificate_is_told_of()
    {
        Person person;
        Program server(
            "jackfield-terminal", {"--config-dir", person.config(), "--listen", "127.0.0.1:0,wss"}, person.environment);
        QVERIFY2(server.wait_for("^Listening on 127\\.0\\.0\\.1:\\d+, which speaks TLS alone and has no certificate$")
                     .hasMatch(),
            qPrintable(server.output));
        QCOMPARE(person.run({"certificate", "on"}), 0);
        QVERIFY2(server.wait_for("^Listening on wss://127\\.0\\.0\\.1:\\d+/$").hasMatch(), qPrintable(server.output));
        server.signal(SIGTERM);
        QVERIFY(server.ends());
        QVERIFY2(server.problems.contains("Nothing can connect to 127.0.0.1:0, which speaks TLS alone"),
            qPrintable(server.problems));
    }

    void addresses_are_said_again_when_tls_comes()
    {
        Person person;
        auto server = person.serve({"--ready-file", person.path("ready")});
        const std::uint16_t port = server->port();
        QVERIFY(port != 0);
        QCOMPARE(person.run({"certificate", "on"}), 0);
        QCOMPARE(both_port(*server), port);
        const QString line = QString("Listening on ws://127.0.0.1:%1/ and wss://127.0.0.1:%1/\n").arg(port);
        QTRY_COMPARE_WITH_TIMEOUT(QString::fromStdString(file_text(person.path("ready"))), line, patience);
    }

    void a_port_of_tls_alone_says_so()
    {
        Person person;
        Program server("jackfield-terminal",
            {"--config-dir", person.config(), "--listen", "127.0.0.1:0,wss", "--tls"}, person.environment);
        QVERIFY2(server.wait_for("^Listening on wss://127\\.0\\.0\\.1:\\d+/$").hasMatch(),
            qPrintable(server.output));
    }

    void own_files_from_the_command_line_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<unsigned>("mode");
        QTest::addColumn<QString>("problem");
        const QStringList plain = {"own/chain.pem", "own/key.pem"};
        QTest::newRow("good") << plain << 0600U << "";
        QTest::newRow("TL-14 a key for everybody") << plain << 0644U << "chmod 600";
        QTest::newRow("exchanged") << QStringList{"own/key.pem", "own/chain.pem"} << 0600U
                                   << "wss:// cannot be served";
        QTest::newRow("missing") << QStringList{"own/none.pem", "own/key.pem"} << 0600U << "none.pem";
        QTest::newRow("a passphrase and nobody to ask")
            << QStringList{"own/chain.pem", "own/locked.pem"} << 0600U << "openssl pkey -in '";
    }
    void own_files_from_the_command_line()
    {
        QFETCH(QStringList, options);
        QFETCH(unsigned, mode);
        QFETCH(QString, problem);
        Person person;
        person.put_own(true);
        QCOMPARE(::chmod(QFile::encodeName(person.path("own/key.pem")).constData(), mode), 0);
        auto server = person.serve(
            {"--tls-certificate", person.path(options[0]), "--tls-key", person.path(options[1])});
        if (problem.isEmpty()) {
            QVERIFY(both_port(*server) != 0);
            return;
        }
        QVERIFY(server->ends());
        QCOMPARE(server->process.exitCode(), 1);
        QVERIFY2(server->problems.contains(problem), qPrintable(server->problems));
        QVERIFY(server->output.isEmpty());
    }

    void a_certificate_of_the_settings_that_cannot_be_used_is_told_and_ws_is_served()
    {
        Person person;
        put_file(person.settings_path(),
            with_tls_settings("", {true, {}, OwnCertificateFiles{"/none/chain", "/none/key"}}));
        auto server = person.serve();
        QVERIFY(server->port() != 0);
        server->signal(SIGTERM);
        QVERIFY(server->ends());
        QVERIFY2(server->problems.contains("wss:// is not served: the certificate cannot be read"),
            qPrintable(server->problems));
    }

    void a_running_server_takes_over_what_the_commands_do()
    {
        Person person;
        auto server = person.serve();
        const std::uint16_t port = server->port();
        QVERIFY(port != 0);
        QCOMPARE(person.run({"certificate", "on", "shop.test"}), 0);
        QVERIFY2(person.output.startsWith("wss:// is on, with a new development certificate\n")
                && person.output.contains("  for          localhost, 127.0.0.1, ::1, shop.test\n"),
            qPrintable(person.output));
        QVERIFY2(
            server
                ->wait_for(
                    "^.*The settings were changed: wss:// is served with the development certificate for "
                    "localhost, 127\\.0\\.0\\.1, ::1, shop\\.test\\. Its authority has to be trusted$")
                .hasMatch(),
            qPrintable(server->output));
        const std::string authority = file_text(QString::fromStdString(person.folder().authority_path()));
        QVERIFY(TlsDial(port, authority).is_trusted());
        QCOMPARE(person.run({"certificate", "renew"}), 0);
        QVERIFY(server->wait_for("^.*The development certificate was replaced: .*$").hasMatch());
        QVERIFY(!TlsDial(port, authority).is_trusted());
        QVERIFY(
            TlsDial(port, file_text(QString::fromStdString(person.folder().authority_path()))).is_trusted());
        person.put_own();
        QCOMPARE(
            person.run({"certificate", "use", person.path("own/chain.pem"), person.path("own/key.pem")}), 0);
        QVERIFY(
            server->wait_for("^.*The settings were changed: wss:// is served with your certificate for .*$")
                .hasMatch());
        QCOMPARE(person.run({"certificate", "off"}), 0);
        QVERIFY(server->wait_for("^.*wss:// is not served any more$").hasMatch());
        QVERIFY(!TlsDial(port, {}).is_open());
        QVERIFY(!person.settings().enabled);
    }

    void shows_what_there_is()
    {
        Person person;
        QCOMPARE(person.run({"certificate"}), 1);
        QCOMPARE(person.output,
            QString(
                "wss:// is off: \"certificate on\" turns it on\nThere is no development certificate yet\n"));
        QDir().mkpath(person.path("home/.pki/nssdb"));
        QCOMPARE(person.run({"certificate", "on"}), 0);
        QCOMPARE(person.run({"certificate"}), 0);
        const auto stored = person.folder().load(std::chrono::system_clock::now());
        for (const std::string& part :
            {stored->identity.chain.front().fingerprint, stored->authority.fingerprint,
                stored->authority.common_name, person.folder().authority_path(), std::string("days left"),
                std::string("  Chromium and Chrome (")})
            QVERIFY2(person.output.contains(QString::fromStdString(part)), qPrintable(person.output));
        QVERIFY2(person.output.contains(") does not trust it: "), qPrintable(person.output));
    }

    void a_name_that_takes_a_renewal_says_which()
    {
        Person person;
        QCOMPARE(person.run({"certificate", "on", "a.test"}), 0);
        QCOMPARE(person.run({"certificate", "on", "b.test"}), 1);
        QVERIFY2(
            person.problems.contains("Use: certificate renew a.test b.test"), qPrintable(person.problems));
        QCOMPARE(person.run({"certificate", "renew", "a.test", "b.test"}), 0);
        QVERIFY(person.output.contains("a.test, b.test"));
        QCOMPARE(person.settings().names, (std::vector<std::string>{"a.test", "b.test"}));
        QCOMPARE(person.run({"certificate", "on", "b.test"}), 0);
        QVERIFY(person.output.startsWith("wss:// is on, with the development certificate that there is\n"));
    }

    void trust_does_what_can_be_done_and_says_the_rest()
    {
        Person person;
        QCOMPARE(person.run({"trust"}), 1);
        QVERIFY2(person.problems.contains("no development certificate yet"), qPrintable(person.problems));
        QVERIFY2(person.problems.contains("Use: certificate on"), qPrintable(person.problems));
        QCOMPARE(person.run({"certificate", "on"}), 0);
        QCOMPARE(person.run({"trust", "firefox"}), 1);
        QVERIFY2(person.problems.contains("firefox was not found here"), qPrintable(person.problems));
        QDir().mkpath(person.path("home/.pki/nssdb"));
        QCOMPARE(person.run({"trust", "chromium"}), 0);
        QVERIFY2(person.output.startsWith(
                     "Chromium and Chrome (" + person.path("home/.pki/nssdb") + ") trusts it"),
            qPrintable(person.output));
        QVERIFY2(person.problems.contains("Adding the authority to Chromium and Chrome ..."),
            qPrintable(person.problems));
        QCOMPARE(person.run({"certificate"}), 0);
        QVERIFY(person.output.contains(") trusts it\n"));
        QDir().mkpath(person.path("a profile"));
        QCOMPARE(person.run({"trust", person.path("a profile")}), 0);
        QVERIFY(QFile::exists(person.path("a profile/cert9.db")));
        QCOMPARE(person.run({"untrust", person.path("a profile"), "chromium"}), 0);
        QCOMPARE(person.output.count("1 authority of Jackfield was taken out"), 2);
        QCOMPARE(person.run({"untrust"}), 0);
        QVERIFY(person.output.contains("there was none of Jackfield's authorities"));
    }

    void where_a_password_guards_the_command_is_said_and_no_steps()
    {
        Person person;
        QDir().mkpath(person.path("home/.pki/nssdb"));
        put_file(person.path("password"), "secret\n");
        QProcess certutil;
        certutil.start("certutil", {"-N", "-d", "sql:" + person.path("home/.pki/nssdb"), "-f", person.path("password")});
        QVERIFY(certutil.waitForFinished(patience));
        QCOMPARE(certutil.exitCode(), 0);
        QCOMPARE(person.run({"certificate", "on"}), 0);
        QCOMPARE(person.run({"trust", "chromium"}), 1);
        const QString told = person.problems + person.output;
        QVERIFY2(told.contains("asks for it in a terminal") && told.contains("certutil -A -d "), qPrintable(told));
        QVERIFY2(!told.contains("by hand"), qPrintable(told));
    }

    void without_certutil_the_steps_are_said()
    {
        Person person;
        QDir().mkpath(person.path("home/.pki/nssdb"));
        QFile::remove(person.path("bin/certutil"));
        QCOMPARE(person.run({"certificate", "on"}), 0);
        QCOMPARE(person.run({"trust"}), 1);
        QVERIFY2(person.problems.contains("sudo apt install libnss3-tools"), qPrintable(person.problems));
        QVERIFY2(
            person.output.contains("Chromium and Chrome, by hand:\n  1. Open chrome://certificate-manager")
                && person.output.contains("    certutil -A -d ")
                && person.output.contains("Firefox, by hand:"),
            qPrintable(person.output));
    }

    void a_passphrase_is_asked_for_and_not_shown()
    {
        Person person;
        person.put_own(true);
        int status = -1;
        const std::string key = person.path("own/locked.pem").toStdString();
        const std::vector<std::string> words = {"certificate", "--config-dir", person.config().toStdString(),
            "use", person.path("own/chain.pem").toStdString(), key};
        const std::string shown = at_a_terminal(words, "Passphrase of " + key + ": ", "open sesame", status);
        QVERIFY2(status == 0 && shown.find("wss:// is on, with your certificate") != std::string::npos,
            shown.c_str());
        QVERIFY2(shown.find("sesame") == std::string::npos, shown.c_str());
        QVERIFY(person.settings().own.has_value());
        QVERIFY(file_text(person.settings_path()).find("sesame") == std::string::npos);
        // Where nobody can be asked the server says what to do, and serves ws:// all the same.
        auto server = person.serve();
        QVERIFY(server->port() != 0);
        server->signal(SIGTERM);
        QVERIFY(server->ends());
        QVERIFY2(server->problems.contains("openssl pkey -in '"), qPrintable(server->problems));
    }

    void a_server_that_runs_says_what_to_do_about_a_passphrase()
    {
        Person person;
        person.put_own(true);
        auto server = person.serve();
        QVERIFY(server->port() != 0);
        int status = -1;
        const std::string key = person.path("own/locked.pem").toStdString();
        at_a_terminal({"certificate", "--config-dir", person.config().toStdString(), "use",
                          person.path("own/chain.pem").toStdString(), key},
            "Passphrase of " + key + ": ", "open sesame", status);
        QCOMPARE(status, 0);
        QVERIFY2(server->wait_for("start jackfield-terminal again at a terminal, or use a copy .*openssl pkey -in '.*locked.pem'")
                     .hasMatch(),
            qPrintable(server->output));
    }

    void a_server_asks_for_the_passphrase_when_it_starts_data()
    {
        QTest::addColumn<QString>("passphrase");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("asked");
        QTest::newRow("right") << "open sesame" << 0 << 1;
        QTest::newRow("wrong") << "guess" << 1 << 3;
    }
    void a_server_asks_for_the_passphrase_when_it_starts()
    {
        QFETCH(QString, passphrase);
        Person person;
        person.put_own(true);
        int status = -1;
        const std::string question = "Passphrase of " + person.path("own/locked.pem").toStdString() + ": ";
        const QString shown = QString::fromStdString(
            at_a_terminal({"--config-dir", person.config().toStdString(), "--listen", "127.0.0.1:0",
                              "--tls-certificate", person.path("own/chain.pem").toStdString(), "--tls-key",
                              person.path("own/locked.pem").toStdString()},
                question, passphrase.toStdString(), status, " and wss://127.0.0.1:"));
        QTEST(status, "status");
        QTEST(static_cast<int>(shown.count(QString::fromStdString(question))), "asked");
        QVERIFY2(!shown.contains(passphrase), qPrintable(shown));
        QCOMPARE(shown.contains(" and wss://127.0.0.1:"), status == 0);
    }

    void an_interrupt_at_the_passphrase_ends_it_data()
    {
        QTest::addColumn<bool>("told");
        QTest::newRow("from the command line") << true;
        QTest::newRow("from the settings") << false;
    }
    void an_interrupt_at_the_passphrase_ends_it()
    {
        QFETCH(bool, told);
        Person person;
        person.put_own(true);
        const std::string chain = person.path("own/chain.pem").toStdString();
        const std::string key = person.path("own/locked.pem").toStdString();
        const std::string question = "Passphrase of " + key + ": ";
        if (!told) {
            int status = -1;
            at_a_terminal({"certificate", "--config-dir", person.config().toStdString(), "use", chain, key}, question,
                "open sesame", status);
            QCOMPARE(status, 0);
        }
        std::vector<std::string> arguments{"--config-dir", person.config().toStdString(), "--listen", "127.0.0.1:0"};
        if (told)
            arguments.insert(arguments.end(), {"--tls-certificate", chain, "--tls-key", key});
        test::PtyProgram program(JACKFIELD_BINARY_DIR "/bin/jackfield-terminal", arguments, 1'000);
        QVERIFY(program.wait_for(question));
        program.type("\x03");
        const int status = program.wait_for_end();
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 128 + SIGINT);
        QVERIFY2(program.output.find("Listening") == std::string::npos
                && program.output.find("no terminal") == std::string::npos,
            program.output.c_str());
    }

    void mistakes_are_explained_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("problem");
        QTest::newRow("unknown") << QStringList{"certificate", "frobnicate"}
                                 << "\"certificate frobnicate\" is no command";
        QTest::newRow("use one file") << QStringList{"certificate", "use", "a"} << "needs two files";
        QTest::newRow("off what") << QStringList{"certificate", "off", "a"} << "no more words";
        QTest::newRow("export where") << QStringList{"certificate", "export"} << "needs the name of one file";
        QTest::newRow("an option") << QStringList{"trust", "--force"} << "--force is no option";
        QTest::newRow("an empty place") << QStringList{"trust", ""} << "no empty name";
    }
    void mistakes_are_explained()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, problem);
        Person person;
        QCOMPARE(person.run(words), 2);
        QVERIFY2(person.problems.contains(problem), qPrintable(person.problems));
        QVERIFY(person.output.isEmpty());
    }

    void exports_and_helps()
    {
        Person person;
        QCOMPARE(person.run({"certificate", "--help"}), 0);
        QVERIFY(person.output.contains("jackfield-terminal certificate use CHAIN KEY"));
        QCOMPARE(person.run({"certificate", "export", person.path("a.crt")}), 1);
        QCOMPARE(person.run({"certificate", "on"}), 0);
        QCOMPARE(person.run({"certificate", "export", person.path("a.crt")}), 0);
        QCOMPARE(file_text(person.path("a.crt")),
            file_text(QString::fromStdString(person.folder().authority_path())));
    }
};

QTEST_GUILESS_MAIN(TerminalCertificateTest)
#include "terminal_certificate_test.moc"
