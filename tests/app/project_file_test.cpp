#include "app/shared/project_commands.h"
#include "app/shared/project_file.h"
#include "app/shared/project_trust.h"
#include "app/shared/token_check.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace jackfield;
using namespace jackfield::app;

namespace {

const std::vector<std::string> behaviours = {"echo", "reverse", "chat", "silent", "close"};

const char* const sample = "{\n"
                           "  \"jackfield\": 1,\n"
                           "  \"listeners\": [\n"
                           "    \"127.0.0.1:4600\",\n"
                           "    \"192.168.1.20:4600\"\n"
                           "  ],\n"
                           "  \"endpoints\": [\n"
                           "    {\n"
                           "      \"path\": \"/zebra\",\n"
                           "      \"behaviour\": \"chat\",\n"
                           "      \"subprotocols\": {\n"
                           "        \"v1.chat\": \"chat\"\n"
                           "      },\n"
                           "      \"chat_includes_sender\": true,\n"
                           "      \"owner\": \"the shop team\"\n"
                           "    },\n"
                           "    {\n"
                           "      \"path\": \"/*\",\n"
                           "      \"behaviour\": \"silent\",\n"
                           "      \"subprotocols\": {},\n"
                           "      \"chat_includes_sender\": false\n"
                           "    }\n"
                           "  ],\n"
                           "  \"access\": {\n"
                           "    \"hosts\": [\n"
                           "      \"# names\",\n"
                           "      \"localhost\"\n"
                           "    ],\n"
                           "    \"origins\": [\n"
                           "      \"localhost\",\n"
                           "      \"https://shop.example # the real one\"\n"
                           "    ],\n"
                           "    \"origin_required\": true,\n"
                           "    \"reviewed_by\": [\n"
                           "      \"ada\"\n"
                           "    ]\n"
                           "  },\n"
                           "  \"older_protocols\": false,\n"
                           "  \"limits\": {\n"
                           "    \"max_message\": 1048576,\n"
                           "    \"max_dreams\": 7\n"
                           "  },\n"
                           "  \"compression\": {\n"
                           "    \"enabled\": false,\n"
                           "    \"dictionary\": \"none\"\n"
                           "  },\n"
                           "  \"templates\": [\n"
                           "    {\n"
                           "      \"folder\": \"Prices\",\n"
                           "      \"templates\": [\n"
                           "        {\n"
                           "          \"name\": \"Subscribe\",\n"
                           "          \"kind\": \"text\",\n"
                           "          \"text\": \"{\\\"type\\\":\\\"subscribe\\\"}\",\n"
                           "          \"key\": 1,\n"
                           "          \"note\": \"by hand\"\n"
                           "        }\n"
                           "      ]\n"
                           "    }\n"
                           "  ],\n"
                           "  \"about\": {\n"
                           "    \"ticket\": 12\n"
                           "  }\n"
                           "}\n";

Project parsed(std::string_view text)
{
    auto project = parse_project(text, behaviours);
    if (!project)
        qFatal("%s", project.error().message().c_str());
    return std::move(project->project);
}

/// A project with these entries, a listener and the switch.
Project with(const std::vector<std::string>& hosts, const std::vector<std::string>& origins,
    const std::string& listener = "127.0.0.1:4567", bool required = false)
{
    Project project;
    project.hosts = project.origins = AccessList();
    for (const std::string& host : hosts)
        project.hosts.lines.push_back(parse_access_line(ListKind::hosts, host));
    for (const std::string& origin : origins)
        project.origins.lines.push_back(parse_access_line(ListKind::origins, origin));
    project.settings.listeners = {ListenSpec{*SocketAddress::parse(listener, 0), false, false}};
    project.settings.origin_required = required;
    return project;
}

ServerStatus status_of(const Project& project)
{
    ServerStatus status;
    status.listening = true;
    status.endpoints = project.settings.endpoints;
    status.access.hosts = project.hosts;
    status.access.origins = project.origins;
    status.access.origin_required = project.settings.origin_required;
    for (const ListenSpec& spec : project.settings.listeners)
        status.listeners.push_back({spec, spec.address, true, {}});
    return status;
}

} // namespace

class ProjectFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writes_what_it_has_read();
    void reads_every_part();
    void what_is_missing_is_the_default();
    void endpoints_keep_their_places();
    void temporary_entries_are_not_written();
    void what_cannot_be_read_is_an_error_data();
    void what_cannot_be_read_is_an_error();
    void a_byte_order_mark_and_crlf_are_taken_data();
    void a_byte_order_mark_and_crlf_are_taken();
    void a_truncated_file_is_never_a_project();
    void any_flipped_bit_is_an_error_or_a_whole_project();
    void a_newer_version_is_read_and_kept();
    void numbers_out_of_range_are_clamped_data();
    void numbers_out_of_range_are_clamped();
    void a_wide_entry_waits_for_a_confirmation();
    void lists_exactly_what_widens_data();
    void lists_exactly_what_widens();
    void an_entry_is_shown_to_its_end();
    void the_services_of_the_protocols_suite_are_one_project();
    void tells_what_saving_would_lose();
    void a_member_that_is_there_twice_is_an_error_data();
    void a_member_that_is_there_twice_is_an_error();
    void another_token_in_the_same_place_is_another_finding();
    void finds_what_looks_like_a_token_data();
    void finds_what_looks_like_a_token();
    void applies_only_what_differs_in_an_order_that_lets_nobody_slip_in();
    void a_listener_that_is_open_stays_open();
};

void ProjectFileTest::writes_what_it_has_read()
{
    const std::string written = format_project(parsed(sample), sample);
    QCOMPARE(QString::fromStdString(written), QString::fromLatin1(sample));
}

void ProjectFileTest::reads_every_part()
{
    const Project project = parsed(sample);
    QCOMPARE(project.settings.listeners.size(), std::size_t{2});
    QCOMPARE(project.settings.listeners[1].address.text(), std::string("192.168.1.20:4600"));
    QCOMPARE(project.settings.endpoints.size(), std::size_t{2});
    QVERIFY(project.settings.endpoints[0].chat_includes_sender);
    QVERIFY(project.settings.origin_required);
    QVERIFY(!project.settings.older_protocols);
    QVERIFY(!project.settings.compression.enabled);
    QCOMPARE(project.settings.limits.max_message, std::uint64_t{1048576});
    QCOMPARE(project.origins.lines.size(), std::size_t{2});
    QCOMPARE(project.origins.lines[1].state, AccessLine::State::active);
    QCOMPARE(project.templates.at(0).children.at(0).hotkey, std::uint8_t{1});
}

void ProjectFileTest::what_is_missing_is_the_default()
{
    const Project project = parsed("{\"jackfield\":1}");
    QCOMPARE(project.settings.listeners, default_listeners());
    QCOMPARE(project.hosts.file_text(), AccessList::built_in(ListKind::hosts).file_text());
    QCOMPARE(project.origins.file_text(), AccessList::built_in(ListKind::origins).file_text());
    QVERIFY(project.templates.empty());
    QVERIFY(same_content(project, Project()));
}

void ProjectFileTest::endpoints_keep_their_places()
{
    Project project = parsed(sample);
    std::reverse(project.settings.endpoints.begin(), project.settings.endpoints.end());
    QVERIFY(same_content(project, parsed(sample)));
    QCOMPARE(format_project(project, sample), std::string(sample));
    EndpointConfig added;
    added.pattern = "/added";
    project.settings.endpoints.insert(project.settings.endpoints.begin(), added);
    const std::string text = format_project(project, sample);
    QVERIFY2(
        text.find("/zebra") < text.find("\"/*\"") && text.find("\"/*\"") < text.find("/added"), text.c_str());
}

void ProjectFileTest::temporary_entries_are_not_written()
{
    Project project;
    QVERIFY(project.origins.add(ListKind::origins, "http://only.now", true).has_value());
    QVERIFY(format_project(project, {}).find("only.now") == std::string::npos);
    QVERIFY(same_content(project, Project()));
    QVERIFY(project.origins.add(ListKind::origins, "http://for.good").has_value());
    QVERIFY(format_project(project, {}).find("http://for.good") != std::string::npos);
    QVERIFY(!same_content(project, Project()));
}

void ProjectFileTest::what_cannot_be_read_is_an_error_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const QByteArray& text, const char* reason) {
        QTest::newRow(name) << text << QString::fromLatin1(reason);
    };
    row("FF-04 empty", "", "it is empty");
    row("FF-04 blanks", " \r\n\t", "it is empty");
    row("FF-04 one byte", "{", "line 1, column 2");
    row("FF-04 NULs", QByteArray(100, '\0'), "line 1, column 1");
    row("FF-04 UTF-16 LE", QByteArray("\xff\xfe{\0}\0", 6), "UTF-16");
    row("FF-04 UTF-16 BE", QByteArray("\xfe\xff\0{\0}", 6), "UTF-16");
    row("FF-04 no object", "[1]", "no JSON object");
    row("FF-04 bad UTF-8", "{\"jackfield\":1,\"a\":\"\xff\"}", "no JSON");
    row("FF-04 a merge's leftovers", "{\n  \"jackfield\": 1,\n<<<<<<< HEAD\n}", "line 3, column 1");
    row("FF-04 a comma too many", "{\n  \"jackfield\": 1,\n}", "line 3, column 1");
    row("FF-04 too deep", "{\"jackfield\":1,\"x\":" + QByteArray(70, '[') + QByteArray(70, ']') + "}",
        "64 deep");
    row("another program's JSON", "{\"name\":\"shop\",\"version\":\"1.0.0\"}", "no Jackfield project");
    row("version 0", "{\"jackfield\":0}", "no version");
    row("a version in words", "{\"jackfield\":\"1\"}", "no version");
    row("a negative version", "{\"jackfield\":-1}", "no version");
    row("access is no object", "{\"jackfield\":1,\"access\":[]}", "access is [] and no object");
    row("hosts are no list", "{\"jackfield\":1,\"access\":{\"hosts\":\"localhost\"}}",
        "access.hosts is \"localhost\"");
    row("an entry is no text", "{\"jackfield\":1,\"access\":{\"origins\":[\"localhost\",5173]}}",
        "access.origins, entry 2 is 5173");
    row("an entry of two lines",
        "{\"jackfield\":1,\"access\":{\"origins\":[\"localhost\\nhttps://evil.example\"]}}",
        "access.origins, entry 1");
    row("an entry with a NUL", "{\"jackfield\":1,\"access\":{\"hosts\":[\"a\\u0000b\"]}}",
        "access.hosts, entry 1");
    row("no valid entry", "{\"jackfield\":1,\"access\":{\"hosts\":[\"a b\"]}}",
        "access.hosts has no valid entry");
    row("a switch that is none", "{\"jackfield\":1,\"access\":{\"origin_required\":\"yes\"}}",
        "access.origin_required");
}

void ProjectFileTest::what_cannot_be_read_is_an_error()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, reason);
    const auto read = parse_project(text.toStdString(), behaviours);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::malformed);
    QVERIFY2(QString::fromStdString(read.error().detail).contains(reason), read.error().detail.c_str());
}

void ProjectFileTest::a_byte_order_mark_and_crlf_are_taken_data()
{
    QTest::addColumn<QByteArray>("text");
    QByteArray crlf(sample);
    crlf.replace("\n", "\r\n");
    QTest::newRow("FF-04 BOM") << QByteArray("\xef\xbb\xbf").append(sample);
    QTest::newRow("FF-04 CRLF") << crlf;
    QTest::newRow("FF-04 both") << QByteArray("\xef\xbb\xbf").append(crlf);
}

void ProjectFileTest::a_byte_order_mark_and_crlf_are_taken()
{
    QFETCH(QByteArray, text);
    const Project project = parsed(text.toStdString());
    QVERIFY(same_content(project, parsed(sample)));
    QCOMPARE(format_project(project, text.toStdString()), std::string(sample));
}

void ProjectFileTest::a_truncated_file_is_never_a_project()
{
    const std::string_view whole(sample);
    for (std::size_t size = 0; size + 2 < whole.size(); ++size) {
        const auto read = parse_project(whole.substr(0, size), behaviours);
        QVERIFY2(!read, qPrintable(QString("FF-04 at byte %1").arg(size)));
    }
}

void ProjectFileTest::any_flipped_bit_is_an_error_or_a_whole_project()
{
    std::string text(sample);
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const int bit : {static_cast<int>(i % 8), static_cast<int>((i + 5) % 8)}) {
            text[i] = static_cast<char>(text[i] ^ (1 << bit));
            if (const auto read = parse_project(text, behaviours)) {
                const std::string written = format_project(read->project, text);
                const auto again = parse_project(written, behaviours);
                QVERIFY2(again, qPrintable(QString("FF-04 byte %1 bit %2").arg(i).arg(bit)));
                QVERIFY(same_content(again->project, read->project));
            }
            text[i] = static_cast<char>(text[i] ^ (1 << bit));
        }
    }
}

void ProjectFileTest::a_newer_version_is_read_and_kept()
{
    const std::string text = R"({"jackfield":7,"wings":{"count":2}})";
    const auto read = parse_project(text, behaviours);
    QVERIFY(read);
    QCOMPARE(read->version, 7);
    QVERIFY(!read->notices.empty());
    const std::string written = format_project(read->project, text);
    QVERIFY2(written.starts_with("{\n  \"jackfield\": 7,"), written.c_str());
    QVERIFY(written.find("\"wings\"") != std::string::npos);
}

void ProjectFileTest::numbers_out_of_range_are_clamped_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char* value : {"-1", "0", "2147483648000", "9223372036854775808", "NaN", "1e309", "\"abc\""})
        QTest::newRow((QByteArray("FF-05 ") + value).constData()) << QByteArray(value);
}

void ProjectFileTest::numbers_out_of_range_are_clamped()
{
    QFETCH(QByteArray, value);
    const auto read = parse_project(
        "{\"jackfield\":1,\"limits\":{\"max_message\":" + value.toStdString() + "}}", behaviours);
    QVERIFY(read);
    QVERIFY(!read->notices.empty());
    QVERIFY2(read->notices[0].find("max_message") != std::string::npos, read->notices[0].c_str());
    Limits limits = read->project.settings.limits;
    QVERIFY(clamp_limits(limits).empty());
}

void ProjectFileTest::a_wide_entry_waits_for_a_confirmation()
{
    const Project project = parsed(R"({"jackfield":1,"access":{"origins":["localhost","*"]}})");
    QCOMPARE(project.origins.lines[1].state, AccessLine::State::needs_confirmation);
    QCOMPARE(trusted(project).origins.lines[1].state, AccessLine::State::active);
}

void ProjectFileTest::lists_exactly_what_widens_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("required_now");
    QTest::addColumn<QStringList>("expected");
    const auto row
        = [](const char* name, const char* members, const QStringList& expected, bool required = false) {
              QTest::newRow(name) << std::string("{\"jackfield\":1,") + members + "}" << required << expected;
          };
    row("the defaults", "\"older_protocols\":true", {});
    row("this machine's names",
        R"("access":{"hosts":["localhost:4567","127.0.0.1"],"origins":["http://localhost:5173","[::1]"]})",
        {});
    row("an origin", R"("access":{"origins":["localhost","https://shop.example"]})",
        {"access.origins: https://shop.example"});
    row("a scheme of its own", R"("access":{"origins":["tauri://localhost"]})",
        {"access.origins: tauri://localhost"});
    row("everybody", R"("access":{"hosts":["*"],"origins":["*.com"]})",
        {"access.hosts: * (almost any name)", "access.origins: *.com (almost any web page)"});
    row("what is in force already", R"("access":{"hosts":["known.test"]})", {});
    row("a narrower port is another entry", R"("access":{"hosts":["known.test:80"]})",
        {"access.hosts: known.test:80"});
    row("an invalid entry lets nobody in", R"("access":{"hosts":["localhost","a b"]})", {});
    row("all addresses", R"("listeners":["*:4567"])",
        {"listeners: 0.0.0.0:4567 (other machines can reach it)"});
    row("loopback", R"("listeners":["127.0.0.5:1","[::1]:2"])", {});
    row("no origin is required any more", R"("older_protocols":true)",
        {"access.origin_required: false (clients without an Origin are refused until then)"}, true);
    row("it stays required", R"("access":{"origin_required":true})", {}, true);
    row("what stands around an entry does not hide it",
        R"("access":{"origins":["    \t   https://shop.example # localhost only \u202e"]})",
        {"access.origins: https://shop.example"});
    row("endpoints as they are out of the box",
        R"("endpoints":[{"path":"/*"},{"path":"/echo","sockjs":{}},{"path":"/new","sockjs":{"transports":["websocket","eventsource"]}}])", {});
    row("an endpoint for any page", R"("endpoints":[{"path":"/echo","any_origin":true},{"path":"/chat","any_origin":false}])",
        {"endpoints: /echo any_origin: true (any web page can connect)"});
    row("an endpoint that is open to any page already", R"("endpoints":[{"path":"/open","any_origin":true}])", {});
    row("transports without an Origin", R"("endpoints":[{"path":"/echo","sockjs":{"transports":["jsonp","websocket","htmlfile"]}}])",
        {"endpoints: /echo sockjs.transports: htmlfile (it carries no Origin, so any web page can use it in your name)",
            "endpoints: /echo sockjs.transports: jsonp (it carries no Origin, so any web page can use it in your name)"});
    row("a transport that is permitted already", R"("endpoints":[{"path":"/open","sockjs":{"transports":["jsonp"]}}])", {});
    row("what is in force for a time only", R"("access":{"hosts":["for.now"]})", {"access.hosts: for.now"});
}

void ProjectFileTest::lists_exactly_what_widens()
{
    QFETCH(std::string, text);
    QFETCH(bool, required_now);
    QFETCH(QStringList, expected);
    InForce now;
    QVERIFY(now.access.hosts.add(ListKind::hosts, "known.test").has_value());
    QVERIFY(now.access.hosts.add(ListKind::hosts, "for.now", true).has_value());
    now.access.origin_required = required_now;
    EndpointConfig open{"/open", {}};
    open.any_origin = true;
    open.sockjs.emplace().transports.set(SockJsTransport::jsonp, true);
    now.endpoints.push_back(open);
    QStringList lines;
    for (const Widening& each : widenings(parsed(text), now))
        lines << QString::fromStdString(describe(each));
    QCOMPARE(lines, expected);
}

void ProjectFileTest::an_entry_is_shown_to_its_end()
{
    Project project;
    const AccessLine line = parse_access_line(ListKind::origins, "app://" + std::string(400, 'b') + ".evil.test");
    QCOMPARE(line.state, AccessLine::State::active);
    project.origins.lines.push_back(line);
    const auto found = widenings(project, {});
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].text, line.text);
    QVERIFY(describe(found[0]).ends_with(".evil.test"));
}

void ProjectFileTest::the_services_of_the_protocols_suite_are_one_project()
{
    QFile file(QStringLiteral(JACKFIELD_SOURCE_DIR "/resources/examples/sockjs-protocol.jackfield.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string text = file.readAll().toStdString();
    const auto read = parse_project(text, {"echo", "reverse", "chat", "silent", "close"});
    QVERIFY2(read.has_value(), read ? "" : read.error().message().c_str());
    QCOMPARE(read->notices, std::vector<std::string>());
    const auto& endpoints = read->project.settings.endpoints;
    QCOMPARE(endpoints.size(), std::size_t{4});
    const std::vector<std::string> paths = {"/echo", "/disabled_websocket_echo", "/cookie_needed_echo", "/close"};
    for (std::size_t i = 0; i < paths.size(); ++i) {
        QCOMPARE(endpoints[i].pattern, paths[i]);
        QCOMPARE(endpoints[i].behaviour, std::string(i == 3 ? "close" : "echo"));
        QVERIFY(endpoints[i].any_origin && endpoints[i].sockjs);
        QCOMPARE(endpoints[i].sockjs->response_limit, 4'096U);
        QCOMPARE(endpoints[i].sockjs->cookies, i == 2);
        for (std::size_t t = 0; t < sockjs_transport_count; ++t)
            QCOMPARE(endpoints[i].sockjs->transports.has(static_cast<SockJsTransport>(t)), i != 1 || t != 0);
    }
    QCOMPARE(read->project.settings.listeners[0].address.text(), std::string("127.0.0.1:8081"));
    QCOMPARE(widenings(read->project, {}).size(), std::size_t{12}); // each is asked about
    QCOMPARE(format_project(read->project, text), text);
}

void ProjectFileTest::tells_what_saving_would_lose()
{
    const auto losses = [](const char* text) { return parse_project(text, behaviours)->losses; };
    QVERIFY(losses(R"({"jackfield":1,"access":{"hosts":["localhost","a b"]}})").empty());
    QVERIFY(losses(R"({"jackfield":9,"later":true})").empty());
    QCOMPARE(losses(R"({"jackfield":9,"listeners":["127.0.0.1:1","later:/x"]})").size(), std::size_t{1});
    QCOMPARE(losses(R"({"jackfield":1,"templates":[7]})").size(), std::size_t{1});
    QCOMPARE(losses(R"({"jackfield":1,"mine":1e999})").size(), std::size_t{1});
    QCOMPARE(losses(R"({"jackfield":1,"mine":[18446744073709551616,-9223372036854775809,NaN]})").size(), std::size_t{3});
    QVERIFY(losses(R"({"jackfield":1,"mine":[18446744073709551615,-9223372036854775808,0.5,"1e999"]})").empty());
    const std::string path(1'025, 'a');
    const std::string endpoints = "{\"jackfield\":1,\"endpoints\":[{\"path\":\"/a\"},{\"path\":\"/" + path + "\"}]}";
    QCOMPARE(losses(endpoints.c_str()).size(), std::size_t{1});
}

void ProjectFileTest::a_member_that_is_there_twice_is_an_error_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("name");
    QTest::newRow("access") << QByteArray(R"({"jackfield":1,"access":{"hosts":["localhost"]},"access":{"hosts":["*"]}})")
                            << "access";
    QTest::newRow("inside") << QByteArray(R"({"jackfield":1,"access":{"hosts":["localhost"],"hosts":["*"]}})") << "hosts";
    QTest::newRow("written differently")
        << QByteArray(R"({"jackfield":1,"access":{"hosts":["localhost"],"host\u0073":["*"]}})") << "hosts";
}

void ProjectFileTest::a_member_that_is_there_twice_is_an_error()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, name);
    const auto project = parse_project(text.toStdString(), behaviours);
    QVERIFY(!project.has_value());
    QCOMPARE(project.error().code, ErrorCode::malformed);
    QVERIFY2(project.error().message().find("\"" + name.toStdString() + "\" is there twice") != std::string::npos,
        project.error().message().c_str());
    // The same name in two objects is none.
    QVERIFY(parse_project(R"({"jackfield":1,"mine":{"a":1},"b":[{"a":1},{"a":2}]})", behaviours).has_value());
}

void ProjectFileTest::another_token_in_the_same_place_is_another_finding()
{
    const auto found = [](const char* payload) {
        Project project;
        TemplateNode node;
        node.name = "Login";
        node.message.payload = SharedBytes(std::string_view(payload));
        project.templates = {node};
        return token_like_values(project);
    };
    const auto one = found("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0xMjM0.c2lnbmF0dXJl");
    const auto other = found("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIyIn0xMjM0.b3RoZXJzaWdu");
    QCOMPARE(one.size(), std::size_t{1});
    QCOMPARE(other.size(), std::size_t{1});
    QCOMPARE(one[0].shown, other[0].shown);
    QVERIFY(!(one[0] == other[0]));
    QVERIFY(one == found("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0xMjM0.c2lnbmF0dXJl"));
}

void ProjectFileTest::finds_what_looks_like_a_token_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("kind");
    const auto row = [](const char* name, const QByteArray& payload, const char* kind) {
        QTest::newRow(name) << payload << QString::fromLatin1(kind);
    };
    row("bearer", "Authorization: Bearer abcdef0123456789", "Authorization header");
    row("a query's token", "ws://x/?token=s3cr3t-value&x=1", "\"token\"");
    row("JSON", R"({"type":"login","api_key":"abc123def"})", "\"api_key\"");
    row("JSON within JSON", R"({"body":"{\"access_token\":\"abc123def\"}"})", "\"access_token\"");
    row("a password", R"({"user":"ada","Password": "correct horse"})", "\"Password\"");
    row("JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0xMjM0.c2lnbmF0dXJl", "JSON Web Token");
    row("a forge's key", "ghp_abcdefghijklmnopqrstuvwxyz012345", "service's key");
    row("long and random", "id k9Xv2LmQ8rTzYwB4nH7cJfP1sD6gA3eU5iO0", "random");
    row("hex", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "random");
    row("an ordinary message", R"({"type":"subscribe","channel":"prices/eur","id":17})", "");
    row("the word alone", R"({"type":"token","text":"send me a token"})", "");
    row("a macro", R"({"token":"{{uuid}}"})", "");
    row("a UUID", R"({"id":"123e4567-e89b-12d3-a456-426614174000"})", "");
    row("a long path", "/usr/share/javascript/application/modules/index2.html", "");
    row("a long number", "1234567890123456789012345678901234567890", "");
    row("one character many times", QByteArray(200, 'a') + "1", "");
    row("any bytes", QByteArray("\x00\xff\xfe", 3) + R"({"secret": "swordfish9"})", "\"secret\"");
}

void ProjectFileTest::finds_what_looks_like_a_token()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, kind);
    Project project;
    TemplateNode folder;
    folder.is_folder = true;
    folder.name = "Logins";
    TemplateNode node;
    node.name = "Login";
    node.message.kind = ComposedMessage::Kind::binary;
    node.message.payload
        = SharedBytes(std::string_view(payload.constData(), static_cast<std::size_t>(payload.size())));
    folder.children = {node};
    project.templates = {folder};
    const auto found = token_like_values(project);
    if (kind.isEmpty()) {
        QVERIFY2(found.empty(), found.empty() ? "" : found[0].kind.c_str());
        return;
    }
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].place, std::string("template \"Login\""));
    QVERIFY2(QString::fromStdString(found[0].kind).contains(kind), found[0].kind.c_str());
    QVERIFY2(found[0].shown.size() < 12, found[0].shown.c_str());
}

void ProjectFileTest::applies_only_what_differs_in_an_order_that_lets_nobody_slip_in()
{
    const Project before = with({"localhost", "*"}, {"localhost"});
    const Project after
        = with({"localhost", "lan.test"}, {"localhost", "https://lan.test"}, "192.168.1.20:4567");
    const auto commands = commands_for(after, status_of(before), true);
    std::vector<std::string> hosts_when_listening;
    std::vector<std::string> hosts;
    bool listened = false;
    for (const Command& command : commands) {
        if (const auto* replace = std::get_if<command::ReplaceList>(&command);
            replace && replace->list == ListKind::hosts) {
            QVERIFY(replace->from_file);
            hosts.clear();
            for (const AccessLine& line : replace->content.lines)
                hosts.push_back(line.text);
        } else if (const auto* listen = std::get_if<command::Listen>(&command)) {
            QCOMPARE(listen->listeners, after.settings.listeners);
            hosts_when_listening = hosts;
            listened = true;
        }
    }
    QVERIFY(listened);
    QCOMPARE(hosts_when_listening, (std::vector<std::string>{"localhost"}));
    QCOMPARE(hosts, (std::vector<std::string>{"localhost", "lan.test"}));
    QVERIFY(std::holds_alternative<command::RequireOrigin>(commands.back()));
    QCOMPARE(access_changes_of(commands), std::uint64_t{5});
}

void ProjectFileTest::a_listener_that_is_open_stays_open()
{
    const Project project
        = parsed(R"({"jackfield":1,"listeners":["127.0.0.1:4567"],"endpoints":[{"path":"/new"}]})");
    Project before = project;
    before.settings.endpoints = {default_endpoint()};
    const auto commands = commands_for(project, status_of(before), true);
    bool removed = false;
    for (const Command& command : commands) {
        QVERIFY(!std::holds_alternative<command::Listen>(command));
        if (const auto* remove = std::get_if<command::RemoveEndpoint>(&command))
            removed = remove->pattern == "/*";
    }
    QVERIFY(removed);
    ServerStatus stopped = status_of(before);
    stopped.listening = false;
    const auto starting = commands_for(project, stopped, true);
    QVERIFY(std::any_of(starting.begin(), starting.end(),
        [](const Command& command) { return std::holds_alternative<command::Listen>(command); }));
}

QTEST_GUILESS_MAIN(ProjectFileTest)
#include "project_file_test.moc"
