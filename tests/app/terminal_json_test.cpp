#include "app/terminal/event_json.h"
#include "app/terminal/json_printer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <array>

using namespace jackfield;
using namespace jackfield::app;

namespace {

constexpr WallTime some_time{std::chrono::nanoseconds(1'700'000'000'123'456'789)};

SharedText shared(std::string_view text)
{
    return std::make_shared<const std::string>(text);
}

/// Reads one line, which has to be one JSON object with a type and a time, and plain characters alone.
QJsonObject read(const std::string& line)
{
    if (line.empty() || line.back() != '\n' || line.find('\n') != line.size() - 1)
        qFatal("it is not one line: %s", line.c_str());
    for (const char c : line.substr(0, line.size() - 1)) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            qFatal("it holds a control character: %s", line.c_str());
    }
    QJsonParseError error{};
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(line), &error);
    if (!document.isObject())
        qFatal("it is no JSON object (%s): %s", qPrintable(error.errorString()), line.c_str());
    if (!document["type"].isString() || !document["ts"].isDouble())
        qFatal("it has no type or time: %s", line.c_str());
    return document.object();
}

std::shared_ptr<ConnectionInfo> connection(std::string_view text)
{
    auto info = std::make_shared<ConnectionInfo>();
    info->number = 7;
    info->peer = SocketAddress::v4({127, 0, 0, 1}, 51'234);
    info->local = SocketAddress::v4({127, 0, 0, 1}, 4'567);
    info->has_origin = true;
    info->host = info->origin = info->target = info->subprotocol = info->offered_subprotocols
        = info->extensions = info->user_agent = shared(text);
    info->protocol_version = shared("RFC 6455");
    info->endpoint = shared("/*");
    info->opened_at = some_time;
    return info;
}

const std::array<std::string, 7> hostile_texts{std::string(), std::string("plain"),
    std::string("\"},{\"type\":\"ready\"}\n{"), std::string("\0\x01\x1b[2J\x7f", 7),
    std::string("\xff\xfe\xc0\xaf"), std::string("\xe2\x80\xa8\xe2\x80\xa9\xc2\x85\xe2\x80\xae"),
    std::string("\xed\xa0\x80\\u0000")};

} // namespace

class TerminalJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_event_is_a_line_of_its_own();
    void the_ends_of_commands_are_told_by_their_results_alone();
    void an_address_is_what_new_websocket_takes();
    void a_listener_is_told_once_when_tls_comes_late();
    void hostile_text_breaks_no_line_data();
    void hostile_text_breaks_no_line();
    void a_refusal_names_its_remedy();
    void a_message_is_told_losslessly();
    void a_result_carries_its_id();
    void a_failed_command_says_why();
    void a_step_is_told();
    void the_time_is_exact();
};

void TerminalJsonTest::every_event_is_a_line_of_its_own()
{
    const Error error{ErrorCode::system, EIO, "it broke"};
    event::ListenFailed failed;
    failed.error = error;
    failed.owner_pid = 812;
    failed.owner_name = "node\n\xff";
    event::ListenFailed used = failed;
    used.error.code = ErrorCode::address_in_use;
    event::PongReceived pong;
    pong.payload = "\xff";
    const std::vector<std::pair<QString, decltype(Event::what)>> events{{"stopped", event::Stopped()},
        {"listen_failed", failed}, {"port_in_use", used},
        {"list_changed", event::ListChanged{ListKind::hosts, 3, 1, true}},
        {"list_error", event::ListProblem{ListKind::origins, "bad\n\xff", true}},
        {"list_wide_open", event::WideOpen{ListKind::origins}}, {"slow_peer", event::SlowPeer{{}, 7, 1'000}},
        {"messages_skipped", event::MessagesSkipped{{}, 7, 3}}, {"pong", pong},
        {"flood", event::Flood{{}, 7, event::FloodKind::tls}},
        {"limit", event::LimitReached{event::LimitKind::openings, 2, 1'024}},
        {"mem_pressure", event::LimitReached{event::LimitKind::partial_messages, 2, 1'024}},
        {"fd_exhausted", event::DescriptorsExhausted()}, {"fd_recovered", event::DescriptorsRecovered()},
        {"clock_jump", event::ClockJump{milliseconds(-3)}},
        {"engine_stall", event::EngineStalled{milliseconds(3)}},
        {"conn_fault", event::ConnectionFault{7, error}}, {"notice", event::Notice{"hello"}},
        {"finished", event::Finished{3, 1}}};
    for (const auto& [name, what] : events) {
        const QJsonObject line = read(json_lines({1, some_time, what}));
        QCOMPARE(line["type"].toString(), QString("event"));
        QCOMPARE(line["event"].toString(), name);
        QVERIFY2(!line["text"].toString().isEmpty(), qPrintable(name));
    }
    QCOMPARE(read(json_lines({1, some_time, used}))["ownerNameBase64"].toString(), QString("bm9kZQr/"));
    QCOMPARE(read(json_lines({1, some_time, pong}))["payloadBase64"].toString(), QString("/w=="));
    const QJsonObject flood = read(json_lines({1, some_time, event::Flood{{}, 7, event::FloodKind::ping}}));
    QCOMPARE(flood["conn"].toInt(), 7);
    QCOMPARE(flood["kind"].toString(), QString("ping"));
}

void TerminalJsonTest::the_ends_of_commands_are_told_by_their_results_alone()
{
    QVERIFY(json_lines({1, some_time, event::CommandFinished()}).empty());
}

void TerminalJsonTest::an_address_is_what_new_websocket_takes()
{
    ServerStatus status;
    const auto listener = [&status](const SocketAddress& bound, ListenerKind speaks, bool listening) {
        ListenerStatus each;
        each.bound = bound;
        each.listening = listening;
        each.speaks = speaks;
        status.listeners.push_back(each);
    };
    listener(SocketAddress::v4({127, 0, 0, 1}, 4567), ListenerKind::ws, true);
    listener(SocketAddress::v4({127, 0, 0, 2}, 4567), ListenerKind::ws, false);
    listener(*SocketAddress::parse("[::1]", 4567), ListenerKind::both, true);
    const QJsonObject line = read(json_ready_line(status, some_time));
    QCOMPARE(line["type"].toString(), QString("ready"));
    QCOMPARE(line["urls"].toArray(),
        (QJsonArray{"ws://127.0.0.1:4567/", "ws://[::1]:4567/", "wss://[::1]:4567/"}));
    const QJsonObject listen
        = read(json_lines({1, some_time, event::Listening{SocketAddress::v4({127, 0, 0, 1}, 4567)}}));
    QCOMPARE(listen["type"].toString(), QString("listen"));
    QCOMPARE(listen["port"].toInt(), 4567);
}

void TerminalJsonTest::a_listener_is_told_once_when_tls_comes_late()
{
    ServerStatus status;
    ListenerStatus listener;
    listener.bound = SocketAddress::v4({127, 0, 0, 1}, 4567);
    listener.listening = true;
    listener.speaks = ListenerKind::ws;
    status.listeners.push_back(listener);
    std::string told;
    Screen screen([&told](std::string_view lines) { told += lines; });
    JsonPrinter printer(screen);
    printer.listening(status);
    status.listeners.front().speaks = ListenerKind::both;
    printer.listening(status);
    screen.flush();
    QStringList types;
    for (const QString& line : QString::fromStdString(told).split('\n', Qt::SkipEmptyParts))
        types += read(line.toStdString() + "\n")["type"].toString();
    QCOMPARE(types, (QStringList{"listen", "ready", "ready"}));
    QVERIFY(told.ends_with("[\"ws://127.0.0.1:4567/\",\"wss://127.0.0.1:4567/\"]}\n"));
}

void TerminalJsonTest::hostile_text_breaks_no_line_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(hostile_texts.size()); ++i)
        QTest::addRow("text %d", i) << i;
}

void TerminalJsonTest::hostile_text_breaks_no_line()
{
    QFETCH(int, index);
    const std::string& text = hostile_texts[static_cast<std::size_t>(index)];
    const auto info = connection(text);
    const std::vector<std::string> lines{json_lines({1, some_time, event::Opened{info, text, {}}}),
        json_lines(
            {1, some_time, event::Closed{info, ConnectionCounters(), {1000, text, ClosedBy::peer, {}, true, some_time}}}),
        json_connection_line(*info, ConnectionCounters(), some_time), json_notice_line(text, some_time),
        json_result_line({{}, text, nullptr, nullptr, {text}}, some_time),
        json_step_line({{3, text, ScriptWait{}}, StepResult::Outcome::good, text, {}}, some_time)};
    for (const std::string& line : lines)
        (void)read(line);
    event::Refused refused;
    refused.request_head = refused.method = refused.target = refused.host = refused.origin
        = refused.user_agent = text;
    refused.has_origin = true;
    (void)read(json_lines({1, some_time, refused}));
    const QJsonObject row = read(lines[2]);
    const QByteArray back = row.contains("originBase64")
        ? QByteArray::fromBase64(row["originBase64"].toString().toLatin1())
        : row["origin"].toString().toUtf8();
    QCOMPARE(back, QByteArray::fromStdString(text));
}

void TerminalJsonTest::a_refusal_names_its_remedy()
{
    event::Refused refused;
    refused.reason = RefusalReason::origin_not_allowed;
    refused.status = 403;
    refused.origin = "http://dev.test";
    refused.has_origin = true;
    refused.access.emplace();
    refused.access->origin_fix = "http://dev.test:80";
    refused.access->host_fix = "dev.test";
    if (refused.access->allowed())
        QVERIFY(!read(json_lines({1, some_time, refused})).contains("remedy"));
    else
        QCOMPARE(read(json_lines({1, some_time, refused}))["remedy"].toArray(),
            (QJsonArray{"allow host dev.test", "allow origin http://dev.test:80"}));
    refused.access.reset();
    QVERIFY(!read(json_lines({1, some_time, refused})).contains("remedy"));
}

void TerminalJsonTest::a_message_is_told_losslessly()
{
    TrafficRecord record;
    record.sequence = 12;
    record.wall_ns = some_time.time_since_epoch().count();
    record.type = TrafficType::binary;
    const std::string bytes("\xff\0\n", 3);
    record.payload = as_bytes(bytes);
    record.size = 3;
    QJsonObject line = read(json_line(record, 7, true));
    QCOMPARE(line["conn"].toInt(), 7);
    QCOMPARE(line["dir"].toString(), QString("c2s"));
    QCOMPARE(line["data"].toString(), QString("/wAK"));
    QCOMPARE(line["encoding"].toString(), QString("base64"));
    line = read(json_line(record, 7, false));
    QVERIFY(!line.contains("data"));
    QCOMPARE(line["size"].toInt(), 3);
}

void TerminalJsonTest::a_result_carries_its_id()
{
    event::CommandFinished finished;
    finished.count = 3;
    finished.gone = 1;
    const QJsonObject line
        = read(json_result_line({"\"a\\\"b\"", "sendall x", &finished, nullptr, {"sent"}}, some_time));
    QCOMPARE(line["id"].toString(), QString("a\"b"));
    QCOMPARE(line["ok"].toBool(), true);
    QCOMPARE(line["count"].toInt(), 3);
    QCOMPARE(line["gone"].toInt(), 1);
    QCOMPARE(line["lines"].toArray(), (QJsonArray{"sent"}));
    QCOMPARE(read(json_result_line({"12", "x", nullptr, nullptr, {}}, some_time))["id"].toInt(), 12);
    QVERIFY(!read(json_result_line({{}, "x", nullptr, nullptr, {}}, some_time)).contains("id"));
}

void TerminalJsonTest::a_failed_command_says_why()
{
    const Error error{ErrorCode::not_found, 0, "there is no connection #9"};
    const QJsonObject line = read(json_result_line({{}, "kick #9", nullptr, &error, {}}, some_time));
    QCOMPARE(line["ok"].toBool(), false);
    QVERIFY(line.contains("ok"));
    QCOMPARE(line["error"].toObject()["code"].toString(), QString("not_found"));
    QCOMPARE(line["error"].toObject()["text"].toString(), QString("there is no connection #9"));
}

void TerminalJsonTest::a_step_is_told()
{
    const QJsonObject line
        = read(json_step_line({{3, "expect connection", Expectation()}, StepResult::Outcome::failed,
                                  "nothing came", milliseconds(1'500)},
            some_time));
    QCOMPARE(line["type"].toString(), QString("step"));
    QCOMPARE(line["line"].toInt(), 3);
    QCOMPARE(line["outcome"].toString(), QString("failed"));
    QCOMPARE(line["seconds"].toDouble(), 1.5);
}

void TerminalJsonTest::the_time_is_exact()
{
    QVERIFY(json_notice_line("x", some_time).find("\"ts\":1700000000.123456789,") != std::string::npos);
    QVERIFY(
        json_notice_line("x", WallTime(std::chrono::nanoseconds(1'000'000'001))).find("\"ts\":1.000000001,")
        != std::string::npos);
}

QTEST_GUILESS_MAIN(TerminalJsonTest)
#include "terminal_json_test.moc"
