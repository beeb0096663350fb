#include "app/shared/start_up.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

using namespace jackfield;
using app::CommandLine;
using app::EarlyEnd;
using app::Program;

namespace {

std::variant<CommandLine, EarlyEnd> read(const QStringList& arguments, Program program = Program::terminal)
{
    std::vector<std::string> list;
    for (const QString& argument : arguments)
        list.push_back(argument.toStdString());
    return app::read_command_line(program, list);
}

QString addresses(const std::vector<ListenSpec>& listeners)
{
    QStringList texts;
    for (const ListenSpec& spec : listeners)
        texts << QString::fromStdString(spec.address.text()) + (spec.same_port_as_previous ? " same" : "")
                + (spec.optional ? " optional" : "");
    return texts.join(", ");
}

app::Environment environment(std::map<std::string, std::string, std::less<>> values)
{
    return [values = std::move(values)](std::string_view name) -> std::optional<std::string> {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
}

void put(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot prepare %s", qPrintable(path));
}

} // namespace

class StartUpTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_where_to_listen_data();
    void reads_where_to_listen();
    void one_folder_and_one_file_have_one_name();
    void mistakes_are_explained_data();
    void mistakes_are_explained();
    void help_names_every_flag_data();
    void help_names_every_flag();
    void tells_its_version();
    void the_desktop_takes_no_flags_of_the_terminal();
    void finds_the_folder_for_settings();
    void the_command_line_goes_before_the_settings();
    void allowed_entries_are_temporary();
    void without_a_folder_the_defaults_are_in_memory();
    void falls_back_to_the_home_folder();
    void a_folder_that_was_named_must_be_usable();
    void a_project_takes_the_place_of_the_folder();
    void the_desktop_leaves_its_project_to_the_window();
    void a_project_that_cannot_be_used_is_an_error();
    void writes_address_lines();
    void a_line_says_what_its_address_speaks_data();
    void a_line_says_what_its_address_speaks();
    void what_the_command_line_wants_of_tls_data();
    void what_the_command_line_wants_of_tls();
    void a_certificate_that_was_asked_for_must_be_usable();
    void a_certificate_of_the_settings_only_gives_a_notice();
    void a_project_is_served_with_the_folders_certificate();
    void writes_the_ready_file();
};

void StartUpTest::reads_where_to_listen_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("listeners");
    QTest::newRow("nothing said") << QStringList() << "";
    QTest::newRow("--port") << QStringList{"--port", "8080"} << "127.0.0.1:8080, [::1]:8080 same optional";
    QTest::newRow("--port=0") << QStringList{"--port=0"} << "127.0.0.1:0, [::1]:0 same optional";
    QTest::newRow("--listen") << QStringList{"--listen", "192.168.1.20:80"} << "192.168.1.20:80";
    QTest::newRow("--listen without a port") << QStringList{"--listen", "*"} << "0.0.0.0:4567";
    QTest::newRow("twice") << QStringList{"--listen", "localhost:0", "--listen=[::1]:0"}
                           << "127.0.0.1:0, [::1]:0 same";
    QTest::newRow("different ports") << QStringList{"--listen", "localhost:1", "--listen=[::1]:2"}
                                     << "127.0.0.1:1, [::1]:2";
}

void StartUpTest::reads_where_to_listen()
{
    QFETCH(QStringList, arguments);
    const auto result = read(arguments);
    const auto* line = std::get_if<CommandLine>(&result);
    QVERIFY2(line, line ? "" : std::get<EarlyEnd>(result).problem.c_str());
    QTEST(addresses(line->listeners), "listeners");
}

void StartUpTest::one_folder_and_one_file_have_one_name()
{
    const QTemporaryDir outer;
    const QString real = QFileInfo(outer.path()).canonicalFilePath();
    QVERIFY(QDir(real).mkpath("deep/target"));
    QVERIFY(QDir(real).mkpath("config"));
    QVERIFY(QFile::link(real + "/deep/target", real + "/link"));
    const auto line_of = [](const QStringList& arguments) {
        const auto result = read(arguments);
        const auto* line = std::get_if<CommandLine>(&result);
        return line ? *line : CommandLine();
    };
    const std::string config = (real + "/config").toStdString();
    for (const char* written : {"/config", "/config/", "/config//", "/./config", "/deep/../config", "/config/."})
        QCOMPARE(*line_of({"--config-dir", real + written}).config_dir, config);
    QCOMPARE(line_of({real + "/link/../p.jackfield.json"}).project, (real + "/deep/p.jackfield.json").toStdString());
    QVERIFY(QFile::link("elsewhere.json", real + "/named.jackfield.json"));
    QCOMPARE(line_of({real + "/named.jackfield.json"}).project, (real + "/named.jackfield.json").toStdString());
}

void StartUpTest::mistakes_are_explained_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("problem");
    QTest::newRow("unknown flag") << QStringList{"--frobnicate"} << "--frobnicate";
    QTest::newRow("a port for a project") << QStringList{"4567"} << "use --port 4567";
    QTest::newRow("two projects") << QStringList{"a.jackfield.json", "b.jackfield.json"} << "b.jackfield.json";
    QTest::newRow("an empty project") << QStringList{""} << "PROJECT";
    QTest::newRow("trust in nothing") << QStringList{"--trust-project"} << "--trust-project needs";
    QTest::newRow("port too large") << QStringList{"--port", "70000"} << "--port needs a number from 0 to 65535, and \"70000\" is none";
    QTest::newRow("port negative") << QStringList{"--port", "-1"} << "--port";
    QTest::newRow("port of letters") << QStringList{"--port", "http"} << "--port needs a number from 0 to 65535, and \"http\" is none";
    QTest::newRow("port missing") << QStringList{"--port"} << "--port";
    QTest::newRow("name to listen on")
        << QStringList{"--listen", "example.test:80"} << "names are not looked up";
    QTest::newRow("both kinds") << QStringList{"--listen", "127.0.0.1", "--port", "1"} << "--port";
    QTest::newRow("TLS and none") << QStringList{"--tls", "--no-tls"} << "--no-tls";
    QTest::newRow("a certificate without a key") << QStringList{"--tls-certificate", "a.pem"} << "--tls-key";
    QTest::newRow("a key without a certificate") << QStringList{"--tls-key", "a.pem"} << "--tls-certificate";
    QTest::newRow("two certificates") << QStringList{"--tls", "--tls-certificate", "a", "--tls-key", "b"} << "--tls";
    QTest::newRow("no certificate") << QStringList{"--tls-certificate", "", "--tls-key", "b"} << "--tls-certificate";
    QTest::newRow("no thread at all") << QStringList{"--threads", "0"} << "--threads";
    QTest::newRow("too many threads") << QStringList{"--threads", "65"} << "--threads";
    QTest::newRow("no folder") << QStringList{"--config-dir", ""} << "--config-dir";
    QTest::newRow("bad origin") << QStringList{"--allow-origin", "ws://x"}
                                << "--allow-origin \"ws://x\": list the page's own";
    QTest::newRow("null origin") << QStringList{"--allow-origin", "null"} << "Serve the page over http";
    QTest::newRow("bad host") << QStringList{"--allow-host", "http://x"}
                              << "--allow-host \"http://x\": a host has no scheme";
}

void StartUpTest::mistakes_are_explained()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, problem);
    const auto result = read(arguments);
    const auto* end = std::get_if<EarlyEnd>(&result);
    QVERIFY(end);
    QCOMPARE(end->exit_status, 2);
    QVERIFY(end->output.empty());
    const QString text = QString::fromStdString(end->problem);
    QVERIFY2(text.endsWith("\nTry jackfield-terminal --help."), qPrintable(text));
    QVERIFY2(text.contains(problem), qPrintable(text));
}

void StartUpTest::help_names_every_flag_data()
{
    QTest::addColumn<bool>("terminal");
    QTest::newRow("desktop") << false;
    QTest::newRow("terminal") << true;
}

void StartUpTest::help_names_every_flag()
{
    QFETCH(bool, terminal);
    const auto result = read({"--help"}, terminal ? Program::terminal : Program::desktop);
    const auto* end = std::get_if<EarlyEnd>(&result);
    QVERIFY(end);
    QCOMPARE(end->exit_status, 0);
    QVERIFY(end->problem.empty());
    for (const char* flag : {"--listen ADDRESS:PORT", "--port N", "--config-dir DIR", "--version", "--help",
             "--ready-file FILE", "--threads N", "PROJECT", "--tls ", "--no-tls", "--tls-certificate FILE", "--tls-key FILE", "--trust-project", "Hosts.dat", "Origins.dat", "settings.jackfield.json"})
        QVERIFY2(
            end->output.find(flag) != std::string::npos, (std::string(flag) + " in\n" + end->output).c_str());
    for (const char* flag : {"--allow-origin", "--allow-host", "jackfield-terminal certificate [on"})
        QCOMPARE(end->output.find(flag) != std::string::npos, terminal);
}

void StartUpTest::tells_its_version()
{
    const auto result = read({"--version"}, Program::desktop);
    const auto* end = std::get_if<EarlyEnd>(&result);
    QVERIFY(end);
    QCOMPARE(end->exit_status, 0);
    QVERIFY2(
        QString::fromStdString(end->output).contains(QRegularExpression("^jackfield \\d+\\.\\d+\\.\\d+\n$")),
        end->output.c_str());
}

void StartUpTest::the_desktop_takes_no_flags_of_the_terminal()
{
    const auto result = read({"--allow-host", "x"}, Program::desktop);
    QVERIFY(std::holds_alternative<EarlyEnd>(result));
}

void StartUpTest::finds_the_folder_for_settings()
{
    QCOMPARE(app::default_config_dir(environment({{"XDG_CONFIG_HOME", "/x"}, {"HOME", "/h"}})),
        std::optional<std::string>("/x/jackfield"));
    QCOMPARE(app::default_config_dir(environment({{"HOME", "/h"}})),
        std::optional<std::string>("/h/.config/jackfield"));
    QCOMPARE(app::default_config_dir(environment({{"XDG_CONFIG_HOME", "relative"}, {"HOME", "/h"}})),
        std::optional<std::string>("/h/.config/jackfield"));
    QCOMPARE(app::default_config_dir(environment({{"XDG_CONFIG_HOME", ""}})), std::optional<std::string>());
}

void StartUpTest::the_command_line_goes_before_the_settings()
{
    const QTemporaryDir folder;
    put(folder.filePath("settings.jackfield.json"),
        R"({"jackfield":1,"listeners":["127.0.0.1:9000"],"access":{"origin_required":true},"older_protocols":false,
            "limits":{"max_message":2048},
            "endpoints":[{"path":"/only","behaviour":"chat"}]})");
    put(folder.filePath("Hosts.dat"), "1\ndev.test\n");
    CommandLine line;
    line.config_dir = folder.path().toStdString();
    const auto from_settings = app::start_up(line, environment({}));
    QVERIFY(from_settings.has_value());
    QCOMPARE(addresses(from_settings->config.listeners), QString("127.0.0.1:9000"));
    QCOMPARE(from_settings->config.limits.max_message, std::uint64_t{2048});
    QVERIFY(from_settings->config.access.origin_required);
    QVERIFY(!from_settings->config.older_protocols);
    QCOMPARE(from_settings->config.endpoints.size(), std::size_t{1});
    QCOMPARE(from_settings->config.endpoints[0].pattern, std::string("/only"));
    QCOMPARE(from_settings->config.access.hosts.lines.size(), std::size_t{1});
    QCOMPARE(from_settings->notices, std::vector<std::string>());

    line.listeners = default_listeners(0);
    const auto from_line = app::start_up(line, environment({}));
    QCOMPARE(addresses(from_line->config.listeners), QString("127.0.0.1:0, [::1]:0 same optional"));
}

void StartUpTest::allowed_entries_are_temporary()
{
    const QTemporaryDir folder;
    const auto result = read({"--config-dir", folder.path(), "--allow-origin", "http://a.test",
        "--allow-origin", "*", "--allow-host=dev.test", "--ready-file", "ready", "--threads", "3"});
    const auto* line = std::get_if<CommandLine>(&result);
    QVERIFY(line);
    const auto start = app::start_up(*line, environment({}));
    QVERIFY(start.has_value());
    QCOMPARE(start->ready_file, std::string("ready"));
    QCOMPARE(start->config.threads, std::uint32_t{3});
    const auto decision = decide(start->config.access, "dev.test", "http://a.test", TimePoint());
    QVERIFY(decision.allowed());
    QVERIFY2(start->config.access.origins.is_wide_open(), "asked for by hand, so active at once");
    QCOMPARE(start->config.access.hosts.file_text(), AccessList::built_in(ListKind::hosts).file_text());
    QCOMPARE(start->config.access.origins.file_text(), AccessList::built_in(ListKind::origins).file_text());
}

void StartUpTest::without_a_folder_the_defaults_are_in_memory()
{
    for (const auto& env : {environment({}), environment({{"HOME", "/dev/null"}})}) {
        const auto start = app::start_up({}, env);
        QVERIFY(start.has_value());
        QVERIFY(!start->store);
        QCOMPARE(start->notices.size(), std::size_t{1});
        QVERIFY2(start->notices[0].find("in memory only") != std::string::npos, start->notices[0].c_str());
        QVERIFY(start->config.listeners == default_listeners());
        QVERIFY(decide(start->config.access, "localhost", "http://localhost", TimePoint()).allowed());
    }
}

// FF-16
void StartUpTest::falls_back_to_the_home_folder()
{
    const QTemporaryDir folder;
    const auto start = app::start_up(
        {}, environment({{"XDG_CONFIG_HOME", "/dev/null"}, {"HOME", folder.path().toStdString()}}));
    QVERIFY(start.has_value());
    QVERIFY(start->store);
    QCOMPARE(start->store->folder(), folder.filePath(".config/jackfield").toStdString());
    QVERIFY(QDir(folder.filePath(".config/jackfield")).exists());
    QCOMPARE(start->notices.size(), std::size_t{1});
    QVERIFY2(start->notices[0].find("Settings and lists are kept in " + start->store->folder()) == 0
            && start->notices[0].find("/dev/null/jackfield") != std::string::npos,
        start->notices[0].c_str());
}

void StartUpTest::a_folder_that_was_named_must_be_usable()
{
    const QTemporaryDir folder;
    put(folder.filePath("file"), "x");
    CommandLine line;
    line.config_dir = folder.filePath("file").toStdString();
    const auto start = app::start_up(line, environment({{"HOME", folder.path().toStdString()}}));
    QVERIFY(!start.has_value());
    QVERIFY2(
        start.error().message().find("is no folder") != std::string::npos, start.error().message().c_str());
    line.config_dir = folder.filePath("new/deep/folder").toStdString();
    QVERIFY(app::start_up(line, environment({})).has_value());
    QVERIFY(QDir(folder.filePath("new/deep/folder")).exists());
}

void StartUpTest::a_project_takes_the_place_of_the_folder()
{
    const QTemporaryDir folder;
    put(folder.filePath("Origins.dat"), "1\nhttp://of.the.folder\n");
    const QString path = folder.filePath("shop.jackfield.json");
    put(path,
        "{\"jackfield\":1,\"listeners\":[\"192.168.1.20:4600\"],\"access\":{\"origins\":[\"https://shop.example\"]},"
        "\"limits\":{\"max_message\":4096}}");
    CommandLine line;
    line.program = Program::terminal;
    line.config_dir = folder.path().toStdString();
    line.project = path.toStdString();
    line.allow_hosts = {"dev.test"};
    const auto result = start_up(line, environment({}));
    QVERIFY(result);
    QVERIFY2(!result->store, "the folder is neither read nor written");
    QCOMPARE(addresses(result->config.listeners), QString("192.168.1.20:4600"));
    QCOMPARE(result->config.access.origins.file_text(), std::string("1\nhttps://shop.example\n"));
    QCOMPARE(result->config.limits.max_message, std::uint64_t{4096});
    QVERIFY(result->config.access.hosts.lines.back().temporary);
    QCOMPARE(result->widenings.size(), std::size_t{2});
    line.listeners = default_listeners(0);
    const auto told_where = start_up(line, environment({}));
    QVERIFY(told_where);
    QCOMPARE(told_where->widenings.size(), std::size_t{1});
    QCOMPARE(told_where->widenings[0].what, app::Widening::What::origin);
}

void StartUpTest::the_desktop_leaves_its_project_to_the_window()
{
    const QTemporaryDir folder;
    CommandLine line;
    line.config_dir = folder.path().toStdString();
    line.project = "/nowhere/shop.jackfield.json";
    const auto result = start_up(line, environment({}));
    QVERIFY(result);
    QVERIFY(result->store && !result->project);
    QCOMPARE(result->project_path, line.project);
}

void StartUpTest::a_project_that_cannot_be_used_is_an_error()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    put(path, "{\n  \"jackfield\": 1,\n}");
    CommandLine line;
    line.program = Program::terminal;
    line.project = path.toStdString();
    const auto result = start_up(line, environment({}));
    QVERIFY2(!result, "FF-04");
    const QString problem = QString::fromStdString(result.error().message());
    QVERIFY2(problem.contains(path) && problem.contains("line 3, column 1"), qPrintable(problem));
}

void StartUpTest::writes_address_lines()
{
    ServerStatus status;
    for (const auto& [address, listening] :
        {std::pair{"127.0.0.1:4567", true}, {"[::1]:4567", true}, {"10.0.0.1:4567", false}}) {
        ListenerStatus listener;
        listener.bound = *SocketAddress::parse(address, 0);
        listener.listening = listening;
        status.listeners.push_back(listener);
    }
    const std::vector<std::string> expected
        = {"Listening on ws://127.0.0.1:4567/", "Listening on ws://[::1]:4567/"};
    QCOMPARE(app::address_lines(status), expected);
}

void StartUpTest::a_line_says_what_its_address_speaks_data()
{
    QTest::addColumn<int>("speaks");
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("has_certificate");
    QTest::newRow("ws") << static_cast<int>(ListenerKind::ws) << "Listening on ws://[::1]:4567/" << true;
    QTest::newRow("wss") << static_cast<int>(ListenerKind::wss) << "Listening on wss://[::1]:4567/" << true;
    QTest::newRow("both") << static_cast<int>(ListenerKind::both)
                          << "Listening on ws://[::1]:4567/ and wss://[::1]:4567/" << true;
    QTest::newRow("ws, no certificate") << static_cast<int>(ListenerKind::ws) << "Listening on ws://[::1]:4567/"
                                        << false;
    QTest::newRow("wss, no certificate")
        << static_cast<int>(ListenerKind::wss)
        << "Listening on [::1]:4567, which speaks TLS alone and has no certificate" << false;
    QTest::newRow("both, no certificate")
        << static_cast<int>(ListenerKind::both) << "Listening on ws://[::1]:4567/" << false;
}

void StartUpTest::a_line_says_what_its_address_speaks()
{
    QFETCH(int, speaks);
    QFETCH(bool, has_certificate);
    QTEST(QString::fromStdString(app::address_line(
              *SocketAddress::parse("[::1]:4567", 0), static_cast<ListenerKind>(speaks), has_certificate)),
        "line");
}

namespace {

/// Whether there are credentials: from the start, or a little later where the machine is slow to make them.
bool is_served(app::StartUp& start)
{
    return start.config.tls != nullptr
        || (start.tls->wait_until_loaded() && start.tls->wait_for_first(milliseconds(0)).credentials != nullptr);
}

} // namespace

void StartUpTest::what_the_command_line_wants_of_tls_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("in_settings");
    QTest::addColumn<bool>("served");
    QTest::newRow("nothing, and off") << QStringList() << false << false;
    QTest::newRow("nothing, and on") << QStringList() << true << true;
    QTest::newRow("--tls") << QStringList{"--tls"} << false << true;
    QTest::newRow("--no-tls") << QStringList{"--no-tls"} << true << false;
}

void StartUpTest::what_the_command_line_wants_of_tls()
{
    QFETCH(QStringList, arguments);
    QFETCH(bool, in_settings);
    QFETCH(bool, served);
    const QTemporaryDir folder;
    const QString settings = folder.filePath("settings.jackfield.json");
    const QByteArray text = in_settings ? R"({"jackfield":1,"tls":{"enabled":true}})" : R"({"jackfield":1})";
    put(settings, text);
    for (const Program program : {Program::desktop, Program::terminal}) {
        const auto line = read(arguments + QStringList{"--config-dir", folder.path()}, program);
        auto start = start_up(std::get<CommandLine>(line), environment({}));
        QVERIFY(start.has_value() && start->tls);
        QCOMPARE(is_served(*start), served);
        QCOMPARE(start->tls->status()->is_for_this_run, !arguments.isEmpty());
        QCOMPARE(start->tls->status()->serving == app::TlsSource::development, served);
    }
    QFile file(settings);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), text);
}

void StartUpTest::a_certificate_that_was_asked_for_must_be_usable()
{
    const QTemporaryDir folder;
    CommandLine line;
    line.config_dir = folder.path().toStdString();
    line.tls = CommandLine::Tls::own;
    line.tls_files = {"/none/chain.pem", "/none/key.pem"};
    const auto own = start_up(line, environment({}));
    QVERIFY(!own);
    QVERIFY2(QString::fromStdString(own.error().message()).contains("/none/chain.pem"), own.error().message().c_str());
    line.tls = CommandLine::Tls::development;
    line.config_dir.reset();
    const auto nowhere = start_up(line, environment({}));
    QVERIFY(!nowhere);
    QVERIFY2(QString::fromStdString(nowhere.error().message()).contains("--config-dir"),
        nowhere.error().message().c_str());
}

void StartUpTest::a_certificate_of_the_settings_only_gives_a_notice()
{
    const QTemporaryDir folder;
    put(folder.filePath("settings.jackfield.json"),
        R"({"jackfield":1,"tls":{"enabled":true,"certificate":"/none/chain.pem","key":"/none/key.pem"}})");
    CommandLine line;
    line.config_dir = folder.path().toStdString();
    const auto start = start_up(line, environment({}));
    QVERIFY(start.has_value());
    QVERIFY(!start->config.tls);
    const bool is_told = std::any_of(start->notices.begin(), start->notices.end(), [](const std::string& notice) {
        return notice.starts_with("wss:// is not served: ") && notice.find("/none/chain.pem") != std::string::npos;
    });
    QVERIFY(is_told);
}

void StartUpTest::a_project_is_served_with_the_folders_certificate()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath("config"));
    const QString settings = folder.filePath("config/settings.jackfield.json");
    put(settings, R"({"jackfield":1,"tls":{"enabled":true}})");
    put(folder.filePath("shop.jackfield.json"), R"({"jackfield":1,"tls":{"enabled":false}})");
    CommandLine line;
    line.program = Program::terminal;
    line.config_dir = folder.filePath("config").toStdString();
    line.project = folder.filePath("shop.jackfield.json").toStdString();
    auto start = start_up(line, environment({}));
    QVERIFY2(start.has_value(), start ? "" : start.error().message().c_str());
    QVERIFY(is_served(*start));
    QVERIFY(!start->store);
}

void StartUpTest::writes_the_ready_file()
{
    const QTemporaryDir folder;
    QVERIFY(app::write_ready_file(folder.filePath("ready").toStdString(), {"a", "b"}).has_value());
    QFile file(folder.filePath("ready"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("a\nb\n"));
    QVERIFY(!app::write_ready_file(folder.filePath("no/folder").toStdString(), {"a"}).has_value());
}

QTEST_GUILESS_MAIN(StartUpTest)
#include "start_up_test.moc"
