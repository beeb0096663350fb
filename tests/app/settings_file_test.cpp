#include "app/shared/settings_file.h"

#include "jackfield/limit_fields.h"

#include <QTest>

using namespace jackfield;
using app::format_settings;
using app::parse_settings;
using app::Settings;

namespace {

const std::vector<std::string> behaviours = {"echo", "reverse", "chat", "silent", "close"};

bool same_listeners(const std::vector<ListenSpec>& a, const std::vector<ListenSpec>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
        [](const ListenSpec& x, const ListenSpec& y) { return x.address == y.address; });
}

bool operator==(const Settings& a, const Settings& b)
{
    return same_listeners(a.listeners, b.listeners) && a.endpoints == b.endpoints
        && a.origin_required == b.origin_required
        && a.older_protocols == b.older_protocols && a.limits == b.limits && a.compression == b.compression;
}

constexpr const char* documented = "{\n"
                                   "  \"jackfield\": 1,\n"
                                   "  \"listeners\": [\n"
                                   "    \"127.0.0.1:4567\"\n"
                                   "  ],\n"
                                   "  \"endpoints\": [\n"
                                   "    {\n"
                                   "      \"path\": \"/*\",\n"
                                   "      \"behaviour\": \"echo\",\n"
                                   "      \"subprotocols\": {\n"
                                   "        \"echo\": \"echo\",\n"
                                   "        \"chat\": \"chat\",\n"
                                   "        \"reverse\": \"reverse\",\n"
                                   "        \"dumb-increment-protocol\": \"reverse\"\n"
                                   "      },\n"
                                   "      \"chat_includes_sender\": false\n"
                                   "    },\n"
                                   "    {\n"
                                   "      \"path\": \"/chat/*\",\n"
                                   "      \"behaviour\": \"chat\",\n"
                                   "      \"subprotocols\": {\n"
                                   "        \"x\": \"chat\"\n"
                                   "      },\n"
                                   "      \"chat_includes_sender\": true\n"
                                   "    },\n"
                                   "    {\n"
                                   "      \"path\": \"/echo\",\n"
                                   "      \"behaviour\": \"echo\",\n"
                                   "      \"subprotocols\": {},\n"
                                   "      \"chat_includes_sender\": false,\n"
                                   "      \"any_origin\": true,\n"
                                   "      \"sockjs\": {\n"
                                   "        \"transports\": [\n"
                                   "          \"xhr-streaming\",\n"
                                   "          \"xhr-polling\",\n"
                                   "          \"eventsource\",\n"
                                   "          \"jsonp\"\n"
                                   "        ],\n"
                                   "        \"heartbeat_ms\": 10000,\n"
                                   "        \"disconnect_delay_ms\": 2000,\n"
                                   "        \"response_limit\": 4096,\n"
                                   "        \"cookies\": true,\n"
                                   "        \"client_url\": \"/sockjs.js\"\n"
                                   "      }\n"
                                   "    }\n"
                                   "  ],\n"
                                   "  \"access\": {\n"
                                   "    \"origin_required\": true\n"
                                   "  },\n"
                                   "  \"older_protocols\": false,\n"
                                   "  \"limits\": {\n"
                                   "    \"max_message\": 1048576,\n"
                                   "    \"ping_interval_ms\": 0\n"
                                   "  },\n"
                                   "  \"compression\": {\n"
                                   "    \"enabled\": true,\n"
                                   "    \"server_context_takeover\": true,\n"
                                   "    \"level\": 9,\n"
                                   "    \"threshold\": 100\n"
                                   "  }\n"
                                   "}\n";

Settings changed_settings()
{
    Settings settings;
    settings.listeners.resize(1);
    settings.endpoints = {default_endpoint(), {"/chat/*", {{"x", "chat"}}, "chat", true}, {"/echo", {}}};
    settings.endpoints[2].any_origin = true;
    SockJs& sockjs = settings.endpoints[2].sockjs.emplace();
    sockjs.transports.set(SockJsTransport::websocket, false);
    sockjs.transports.set(SockJsTransport::jsonp, true);
    sockjs.heartbeat = milliseconds(10'000);
    sockjs.disconnect_delay = milliseconds(2'000);
    sockjs.response_limit = 4'096;
    sockjs.cookies = true;
    sockjs.client_url = "/sockjs.js";
    settings.origin_required = true;
    settings.older_protocols = false;
    settings.limits.max_message = 1U << 20U;
    settings.limits.ping_interval = milliseconds(0);
    settings.compression.server_context_takeover = true;
    settings.compression.level = 9;
    settings.compression.threshold = 100;
    return settings;
}

} // namespace

class SettingsFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writes_the_documented_form();
    void reads_what_it_wrote();
    void an_empty_object_is_all_defaults();
    void keeps_what_it_does_not_know();
    void its_order_does_not_depend_on_the_file();
    void odd_numbers_are_clamped_data();
    void odd_numbers_are_clamped();
    void wrong_types_cost_only_themselves_data();
    void wrong_types_cost_only_themselves();
    void a_member_that_is_there_twice_is_told();
    void an_interface_keeps_its_name();
    void odd_values_of_the_compression_are_clamped();
    void odd_values_of_sockjs_cost_only_themselves_data();
    void odd_values_of_sockjs_cost_only_themselves();
    void what_sockjs_may_be_told_later_is_kept();
    void an_older_file_keeps_its_own_endpoints();
    void what_is_no_settings_file_is_refused_data();
    void what_is_no_settings_file_is_refused();
    void a_newer_version_is_read_and_kept();
    void any_truncation_is_an_error_and_nothing_worse();
    void any_flipped_bit_gives_usable_settings();
};

void SettingsFileTest::writes_the_documented_form()
{
    QCOMPARE(QByteArray::fromStdString(format_settings(changed_settings(), "")), QByteArray(documented));
}

void SettingsFileTest::reads_what_it_wrote()
{
    for (const Settings& settings : {Settings(), changed_settings()}) {
        std::vector<std::string> notices;
        const auto read = parse_settings(format_settings(settings, ""), behaviours, notices);
        QVERIFY(read.has_value());
        QCOMPARE(notices, std::vector<std::string>());
        QVERIFY(*read == settings);
    }
    std::vector<std::string> notices;
    const auto defaults = parse_settings(format_settings(Settings(), ""), behaviours, notices);
    QVERIFY(defaults->listeners == default_listeners());
}

void SettingsFileTest::an_empty_object_is_all_defaults()
{
    std::vector<std::string> notices;
    const auto read = parse_settings("\xef\xbb\xbf{\"jackfield\": 1}\r\n", behaviours, notices);
    QVERIFY(read.has_value());
    QVERIFY(*read == Settings());
    QCOMPARE(notices, std::vector<std::string>());
}

void SettingsFileTest::keeps_what_it_does_not_know()
{
    Settings settings;
    settings.endpoints[0].pattern = "/a";
    const std::string previous
        = R"({"jackfield":1,"templates":[{"name":"hi","big":1e309}],"access":{"later":[1]},
        "limits":{"max_dreams":7,"max_message":2048},"endpoints":[{"path":"/a","note":"mine","behaviour":"chat"},{"path":"/gone","x":1}]})";
    const std::string text = format_settings(settings, previous);
    for (const char* kept :
        {"\"templates\"", "\"hi\"", "\"1e309\"", "\"later\"", "\"max_dreams\": 7", "\"note\": \"mine\""})
        QVERIFY2(text.find(kept) != std::string::npos, (std::string(kept) + " in " + text).c_str());
    QVERIFY2(
        text.find("max_message") == std::string::npos, "a limit that is back at its default is not written");
    QVERIFY2(text.find("gone") == std::string::npos, "a removed endpoint is removed");
    std::vector<std::string> notices;
    QVERIFY(*parse_settings(text, behaviours, notices) == settings);
    QCOMPARE(format_settings(settings, text), text);
}

void SettingsFileTest::its_order_does_not_depend_on_the_file()
{
    const std::string text = format_settings(changed_settings(), "");
    const std::string shuffled = R"({"limits":{},"zzz":1,"endpoints":[],"jackfield":1,"access":{}})";
    const std::string after = format_settings(changed_settings(), shuffled);
    QCOMPARE(after, text.substr(0, text.size() - 3) + ",\n  \"zzz\": 1\n}\n");
    QCOMPARE(format_settings(changed_settings(), "no JSON"), text);
}

void SettingsFileTest::odd_numbers_are_clamped_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QByteArray>("value");
    const auto fields = limit_fields();
    const std::array<const char*, 11> values = {"-1", "0", "2147483648", "9223372036854775808",
        "18446744073709551616", "NaN", "-Infinity", "1e309", "-1e309", "\"abc\"", "1.5"};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        for (const char* value : values)
            QTest::addRow("FF-05 %s: %s", std::string(fields[i].name).c_str(), value)
                << static_cast<int>(i) << QByteArray(value);
    }
}

void SettingsFileTest::odd_numbers_are_clamped()
{
    QFETCH(int, field);
    QFETCH(QByteArray, value);
    const LimitField& limit = limit_fields()[static_cast<std::size_t>(field)];
    const std::string text = "{\"jackfield\":1,\"limits\":{\"" + std::string(limit.name)
        + "\":" + value.toStdString() + "},\"access\":{\"origin_required\":true}}";
    std::vector<std::string> notices;
    const auto read = parse_settings(text, behaviours, notices);
    QVERIFY2(read.has_value(), read ? "" : read.error().message().c_str());
    QVERIFY2(read->origin_required, "the rest of the file counts");
    const std::uint64_t taken = limit.get(read->limits);
    QVERIFY2(limit.accepts(taken), std::to_string(taken).c_str());
    bool plain = false;
    const quint64 number = value.toULongLong(&plain);
    if (plain && limit.accepts(number))
        QCOMPARE(taken, std::uint64_t{number});
    else
        QVERIFY2(!notices.empty() && notices[0].find(limit.name) != std::string::npos, "a notice names it");
    if (value == "-1")
        QCOMPARE(taken, limit.smallest);
}

void SettingsFileTest::wrong_types_cost_only_themselves_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QString>("notice");
    QTest::newRow("listeners a number") << QByteArray("\"listeners\":7") << "names no address";
    QTest::newRow("listeners empty") << QByteArray("\"listeners\":[]") << "names no address";
    QTest::newRow("listener no address")
        << QByteArray("\"listeners\":[\"example.test\"]") << "names are not looked up";
    QTest::newRow("listener an object") << QByteArray("\"listeners\":[{}]") << "is no address";
    QTest::newRow("endpoints a text") << QByteArray("\"endpoints\":\"x\"") << "no array";
    QTest::newRow("endpoint a number") << QByteArray("\"endpoints\":[1]") << "is no object";
    QTest::newRow("endpoint without a path") << QByteArray("\"endpoints\":[{}]") << "its path is missing";
    QTest::newRow("endpoint with a bad path")
        << QByteArray("\"endpoints\":[{\"path\":\"chat\"}]") << "begins with /";
    QTest::newRow("star inside of a path")
        << QByteArray("\"endpoints\":[{\"path\":\"/a*b\"}]") << "may end in *";
    QTest::newRow("FF-04 a path longer than the engine takes")
        << QByteArray("\"endpoints\":[{\"path\":\"/") + QByteArray(1'024, 'a') + "\"}]" << "1,024 characters";
    QTest::newRow("access a list") << QByteArray("\"access\":[]") << "no object";
    QTest::newRow("older_protocols a number")
        << QByteArray("\"older_protocols\":1") << "older_protocols is 1 and not true or false; true is used";
    QTest::newRow("origin_required a text")
        << QByteArray("\"access\":{\"origin_required\":\"yes\"}") << "not true or false";
    QTest::newRow("limits a list") << QByteArray("\"limits\":[]") << "no object";
    QTest::newRow("compression a word") << QByteArray("\"compression\":\"on\"") << "no object";
    QTest::newRow("compression on or so")
        << QByteArray("\"compression\":{\"enabled\":\"on\"}") << "true is used";
    QTest::newRow("compression level -1") << QByteArray("\"compression\":{\"level\":-1}") << "6 is used";
    QTest::newRow("compression from a text on")
        << QByteArray("\"compression\":{\"threshold\":\"1k\"}") << "1024 is used";
    QTest::newRow("version a text") << QByteArray("\"jackfield\":\"x\"") << "format's version";
}

void SettingsFileTest::wrong_types_cost_only_themselves()
{
    QFETCH(QByteArray, member);
    QFETCH(QString, notice);
    const bool version = member.startsWith("\"jackfield\"");
    const std::string text = (version ? "{" : "{\"jackfield\":1,") + member.toStdString() + "}";
    std::vector<std::string> notices;
    const auto read = parse_settings(text, behaviours, notices);
    QVERIFY(read.has_value());
    QVERIFY(*read == Settings());
    QVERIFY(!notices.empty());
    QVERIFY2(QString::fromStdString(notices[0]).contains(notice), notices[0].c_str());
}

void SettingsFileTest::a_member_that_is_there_twice_is_told()
{
    std::vector<std::string> notices;
    const auto read = parse_settings(
        R"({"jackfield":1,"access":{"origin_required":true},"access":{}})", behaviours, notices);
    QVERIFY(read.has_value());
    QCOMPARE(notices.size(), std::size_t{1});
    QVERIFY2(notices[0].find("\"access\" is there twice") != std::string::npos, notices[0].c_str());
}

void SettingsFileTest::an_interface_keeps_its_name()
{
    std::vector<std::string> notices;
    const auto read
        = parse_settings(R"({"jackfield":1,"listeners":["[fe80::1%lo]:4567"]})", behaviours, notices);
    QVERIFY(read.has_value());
    QCOMPARE(notices, std::vector<std::string>());
    const std::string text = format_settings(*read, "");
    QVERIFY2(text.find("\"[fe80::1%lo]:4567\"") != std::string::npos, text.c_str());
}

void SettingsFileTest::odd_values_of_the_compression_are_clamped()
{
    std::vector<std::string> notices;
    const auto read = parse_settings(
        R"({"jackfield":1,"compression":{"level":4294967297,"threshold":18446744073709551615,"enabled":false}})",
        behaviours, notices);
    QVERIFY(read.has_value());
    QVERIFY(!read->compression.enabled);
    QCOMPARE(read->compression.level, 9U);
    QCOMPARE(read->compression.threshold, std::uint64_t{1U << 30U});
    QCOMPARE(notices.size(), std::size_t{2});
    QVERIFY(notices[0].find("is taken as 9 (1 to 9)") != std::string::npos);
}

void SettingsFileTest::odd_values_of_sockjs_cost_only_themselves_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QString>("notice");
    QTest::addColumn<bool>("on");
    const auto row = [](const char* member, const char* notice, bool on = true, const char* path = "/echo") {
        QTest::newRow((QByteArray(path) + ' ' + member).constData()) << QByteArray(path) << QByteArray(member) << QString(notice) << on;
    };
    row(R"("sockjs":true)", "sockjs of /echo is true and no object; SockJS stays off there", false);
    row(R"("sockjs":{})", "SockJS stays off: SockJS needs a path of its own, without a *: /*", false, "/*");
    row(R"("sockjs":{})", "no / at its end", false, "/echo/");
    row(R"("sockjs":{"transports":"all"})", "sockjs.transports of /echo is \"all\" and no list");
    row(R"("sockjs":{"transports":["websocket","xhr-streaming","xhr-polling","eventsource","ws",7]})",
        "a transport of /echo is left out: \"ws\" is none of websocket");
    row(R"("sockjs":{"heartbeat_ms":"25s"})", "sockjs.heartbeat_ms of /echo is \"25s\" and no whole number; 25000 is used");
    row(R"("sockjs":{"disconnect_delay_ms":-1})", "no whole number; 5000 is used");
    row(R"("sockjs":{"response_limit":1.5})", "no whole number; 131072 is used");
    row(R"("sockjs":{"cookies":1})", "sockjs.cookies of /echo is 1 and not true or false; false is used");
    row(R"x("sockjs":{"client_url":"javascript:alert(1)"})x", "no path and no http(s) address");
    row(R"("sockjs":{"client_url":7})", "no path and no http(s) address");
    row(R"("any_origin":"yes")", "any_origin of /echo is \"yes\" and not true or false; false is used", false);
}

void SettingsFileTest::odd_values_of_sockjs_cost_only_themselves()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, member);
    QFETCH(QString, notice);
    QFETCH(bool, on);
    const std::string text = R"({"jackfield":1,"endpoints":[{"path":")" + path.toStdString() + R"(","behaviour":"chat",)"
        + member.toStdString() + "}]}";
    std::vector<std::string> notices;
    const auto read = parse_settings(text, behaviours, notices);
    QVERIFY(read.has_value());
    QCOMPARE(read->endpoints.size(), std::size_t{1});
    EndpointConfig expected{path.toStdString(), {}, "chat"};
    if (on)
        expected.sockjs.emplace();
    QVERIFY(read->endpoints[0] == expected);
    QVERIFY(!notices.empty());
    QVERIFY2(QString::fromStdString(notices[0]).contains(notice), notices[0].c_str());

    notices.clear();
    const auto far = parse_settings(
        R"({"jackfield":1,"endpoints":[{"path":"/echo","sockjs":{"heartbeat_ms":1,"disconnect_delay_ms":18446744073709551615,"response_limit":1}}]})",
        behaviours, notices);
    QCOMPARE(notices.size(), std::size_t{3});
    QCOMPARE(far->endpoints[0].sockjs->heartbeat.count(), 1'000);
    QCOMPARE(far->endpoints[0].sockjs->disconnect_delay.count(), 3'600'000);
    QCOMPARE(far->endpoints[0].sockjs->response_limit, 1'024U);
}

void SettingsFileTest::what_sockjs_may_be_told_later_is_kept()
{
    const std::string previous
        = R"({"jackfield":1,"endpoints":[{"path":"/echo","any_origin":true,"sockjs":{"cookies":true,"later":[1]}}]})";
    std::vector<std::string> notices;
    Settings settings = *parse_settings(previous, behaviours, notices);
    QVERIFY(notices.empty());
    QVERIFY(settings.endpoints[0].any_origin && settings.endpoints[0].sockjs->cookies);
    settings.endpoints[0].any_origin = false;
    settings.endpoints[0].sockjs->cookies = false;
    std::string text = format_settings(settings, previous);
    QVERIFY(text.find("\"later\"") != std::string::npos);
    QVERIFY(text.find("cookies") == std::string::npos && text.find("any_origin") == std::string::npos);
    QCOMPARE(format_settings(settings, text), text);
    settings.endpoints[0].sockjs.reset();
    text = format_settings(settings, previous);
    QVERIFY2(text.find("sockjs") == std::string::npos, "what is switched off is not written");
}

void SettingsFileTest::an_older_file_keeps_its_own_endpoints()
{
    const std::string older = R"({"jackfield":1,"endpoints":[{"path":"/*","behaviour":"echo"}]})";
    std::vector<std::string> notices;
    const auto read = parse_settings(older, behaviours, notices);
    QCOMPARE(read->endpoints.size(), std::size_t{1});
    QVERIFY(!read->endpoints[0].sockjs && !read->endpoints[0].any_origin);
    QVERIFY(notices.empty());
    QVERIFY(format_settings(*read, older).find("sockjs") == std::string::npos);
}

void SettingsFileTest::what_is_no_settings_file_is_refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("FF-04 empty") << QByteArray() << "it is empty";
    QTest::newRow("FF-04 one byte") << QByteArray("x") << "line 1, column 1";
    QTest::newRow("FF-04 NULs") << QByteArray(100, '\0') << "line 1, column 1";
    QTest::newRow("FF-04 UTF-16") << QByteArray("\xff\xfe{\0}\0", 6) << "UTF-16";
    QTest::newRow("an array") << QByteArray("[]") << "no JSON object";
    QTest::newRow("a comma too many") << QByteArray("{\"jackfield\": 1,\n}") << "line 2, column 1";
    QTest::newRow("text behind it") << QByteArray("{} {}") << "line 1, column 4";
    QTest::newRow("bad UTF-8 in a text") << QByteArray("{\"a\":\"\xff\"}") << "line 1";
    QTest::newRow("65 deep") << QByteArray("{\"a\":") + QByteArray(64, '[') + QByteArray(64, ']') + "}"
                             << "64 deep";
    QTest::newRow("a million deep") << QByteArray(1'000'000, '[') << "64 deep";
}

void SettingsFileTest::what_is_no_settings_file_is_refused()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    std::vector<std::string> notices;
    const auto read = parse_settings(text.toStdString(), behaviours, notices);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().code, ErrorCode::malformed);
    QVERIFY2(
        QString::fromStdString(read.error().message()).contains(problem), read.error().message().c_str());
}

void SettingsFileTest::a_newer_version_is_read_and_kept()
{
    std::vector<std::string> notices;
    const std::string text = R"({"jackfield":2,"access":{"origin_required":true}})";
    const auto read = parse_settings(text, behaviours, notices);
    QVERIFY(read.has_value() && read->origin_required);
    QCOMPARE(notices.size(), std::size_t{1});
    QVERIFY(notices[0].find("newer Jackfield") != std::string::npos);
    QVERIFY(format_settings(*read, text).starts_with("{\n  \"jackfield\": 2,"));
}

void SettingsFileTest::any_truncation_is_an_error_and_nothing_worse()
{
    const std::string whole = format_settings(changed_settings(), "");
    for (std::size_t size = 0; size + 2 < whole.size(); ++size) {
        std::vector<std::string> notices;
        const auto read = parse_settings(whole.substr(0, size), behaviours, notices);
        QVERIFY2(!read.has_value(), qPrintable(QString("FF-04 truncated at %1").arg(size)));
    }
}

void SettingsFileTest::any_flipped_bit_gives_usable_settings()
{
    const std::string whole = format_settings(changed_settings(), "");
    for (std::size_t i = 0; i < whole.size() * 8; ++i) {
        std::string flipped = whole;
        flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << i % 8));
        std::vector<std::string> notices;
        const auto read = parse_settings(flipped, behaviours, notices);
        if (!read)
            continue;
        Limits limits = read->limits;
        QVERIFY(clamp_limits(limits).empty());
        QVERIFY(!read->listeners.empty());
        for (const EndpointConfig& endpoint : read->endpoints) {
            QVERIFY(endpoint.pattern.starts_with('/'));
            QVERIFY(std::find(behaviours.begin(), behaviours.end(), endpoint.behaviour) != behaviours.end());
        }
        QVERIFY(!format_settings(*read, flipped).empty());
    }
}

QTEST_GUILESS_MAIN(SettingsFileTest)
#include "settings_file_test.moc"
