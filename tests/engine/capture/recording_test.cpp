// What is written comes back the same: HAR and JSON Lines, and what the other formats look like.
#include "tests/support/made_capture.h"

#include "jackfield/json_lines.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace jackfield;
using namespace jackfield::test;
using nlohmann::json;

// json has no text form for QCOMPARE.
#define COMPARE_JSON(actual, expected) QVERIFY2((actual) == json(expected), (actual).dump().c_str())

namespace {

struct Text {
    const char* name;
    std::string bytes;
};

/// Texts that something between here and a file likes to change.
const std::vector<Text>& awkward_texts()
{
    using namespace std::string_literals;
    static const std::vector<Text> texts = {
        {"empty", ""},
        {"plain", "hello"},
        {"json", "{\"a\":\"b\\\"c\",\"d\":[1,2.50,true,null]}"},
        {"NUL", "a\0b\0"s},
        {"controls", "\x01\x02\x1b[31m\x7f"},
        {"invalid UTF-8", "a\xff\xfe\x80"},
        {"half a character", "\xe2\x82"},
        {"surrogate in UTF-8", "\xed\xa0\x80"},
        {"line and paragraph separator",
            "a\xe2\x80\xa8"
            "b\xe2\x80\xa9"
            "c"},
        {"next line",
            "a\xc2\x85"
            "b"},
        {"lone CR", "a\rb"},
        {"CRLF", "a\r\nb\r\n"},
        {"NBSP",
            "a\xc2\xa0"
            "b"},
        {"noncharacter", "\xef\xb7\x90\xef\xbf\xbf"},
        {"byte order mark", "\xef\xbb\xbf{}"},
        {"beyond the first plane", "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf"},
        {"backslashes", "\\\\\\u0041\\n"},
        {"trailing blanks", " a \t"},
        {"1 MiB", std::string(std::size_t{1} << 20U, 'x')},
        {"1 MiB of controls", std::string(std::size_t{1} << 20U, '\x01')},
    };
    return texts;
}

FrameFacts frame(std::uint8_t first, std::uint64_t length, bool masked, LengthForm form)
{
    FrameFacts facts;
    facts.first_byte = first;
    facts.payload_length = length;
    facts.is_masked = masked;
    if (masked)
        facts.masking_key = {std::byte{0x37}, std::byte{0xfa}, std::byte{0}, std::byte{0x3d}};
    facts.length_form = form;
    return facts;
}

std::vector<std::string_view> lines(std::string_view text)
{
    std::vector<std::string_view> all;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        all.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
}

void compare(const CapturedMessage& a, const CapturedMessage& b)
{
    QCOMPARE(a.wall_ns, b.wall_ns);
    QCOMPARE(a.size, b.size);
    QCOMPARE(a.type, b.type);
    QCOMPARE(a.direction, b.direction);
    QCOMPARE(a.maker, b.maker);
    QCOMPARE(a.payload_kept, b.payload_kept);
}

void formats()
{
    QTest::addColumn<RecordingFormat>("format");
    QTest::newRow("HAR") << RecordingFormat::har;
    QTest::newRow("JSON Lines") << RecordingFormat::json_lines;
}

} // namespace

Q_DECLARE_METATYPE(jackfield::RecordingFormat)

class RecordingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void text_and_binary_messages_come_back_byte_for_byte_data() { formats(); }
    void text_and_binary_messages_come_back_byte_for_byte()
    {
        QFETCH(const RecordingFormat, format);
        MadeCapture capture;
        const ConnectionId id = capture.open(7);
        for (const auto& [name, bytes] : awkward_texts()) {
            for (const auto type : {TrafficType::text, TrafficType::binary}) {
                capture.add(id, Direction::from_browser, type, bytes);
                capture.add(id, Direction::to_browser, type, bytes);
            }
        }
        const std::string text = written(capture, format);
        QVERIFY(!text.empty());
        QVERIFY(text.find("\xe2\x80\xa8") == std::string::npos); // some readers break lines there
        for (const std::size_t piece : {SIZE_MAX, std::size_t{4093}}) {
            KeptRecording kept;
            const auto report = readBack(text, kept, piece);
            QVERIFY2(report.has_value(), report ? "" : report.error().message().c_str());
            QVERIFY2(!report->trouble, report->trouble ? report->trouble->message().c_str() : "");
            QCOMPARE(report->format, format);
            QCOMPARE(report->skipped, 0U);
            QCOMPARE(kept.messages.size(), capture.kept.size());
            for (std::size_t i = 0; i < kept.messages.size(); ++i) {
                compare(kept.messages[i].message, capture.kept[i].message);
                QVERIFY2(kept.messages[i].payload == capture.kept[i].payload,
                    qPrintable(QStringLiteral("message %1").arg(i)));
            }
        }
    }

    void the_pieces_that_a_file_comes_in_make_no_difference_data() { formats(); }
    void the_pieces_that_a_file_comes_in_make_no_difference()
    {
        QFETCH(const RecordingFormat, format);
        MadeCapture capture;
        const ConnectionId id = capture.open(7);
        for (const auto& [name, bytes] : awkward_texts()) {
            if (bytes.size() < 1'000)
                capture.fromBrowser(id, bytes);
        }
        const std::string text = written(capture, format);
        for (std::size_t piece = 1; piece < 40; ++piece) {
            KeptRecording kept;
            const auto report = readBack(text, kept, piece);
            QVERIFY(report.has_value() && !report->trouble);
            QCOMPARE(kept.messages.size(), capture.kept.size());
            for (std::size_t i = 0; i < kept.messages.size(); ++i)
                QVERIFY(kept.messages[i].payload == capture.kept[i].payload);
        }
    }

    void a_connection_comes_back_with_all_that_is_known_of_it_data() { formats(); }
    void a_connection_comes_back_with_all_that_is_known_of_it()
    {
        QFETCH(const RecordingFormat, format);
        MadeCapture capture;
        const ConnectionId id = capture.open(MadeCapture::makeInfo(7), "Firefox \xc2\xb7 localhost:5173");
        capture.fromBrowser(id, "a");
        capture.close(id, 4001, "see \xe2\x98\xba", MadeCapture::start + 5'000'000'003);
        auto other = MadeCapture::makeInfo(9);
        other->has_origin = false;
        other->origin = MadeCapture::shared("");
        other->peer = SocketAddress::v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 555);
        other->local = SocketAddress::v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 4567);
        other->transport = Transport::wss;
        other->target = MadeCapture::shared("/\"<script>\xc3\xa4 %zz");
        capture.open(std::move(other), "");
        auto session = MadeCapture::makeInfo(11);
        session->transport = Transport::xhr_streaming;
        session->protocol_version = MadeCapture::shared("SockJS 0.3.3");
        session->tried = MadeCapture::shared("websocket: ended after 12 ms with 1006, xhr-streaming: \"no\"");
        capture.open(std::move(session), "");

        KeptRecording kept;
        const auto report = readBack(written(capture, format), kept);
        QVERIFY(report.has_value());
        QCOMPARE(report->connections, 3U);
        for (const auto& [was, made] : capture.known) {
            const CapturedConnection* told = kept.numbered(made.info->number);
            QVERIFY(told);
            const ConnectionInfo& a = *told->info;
            const ConnectionInfo& b = *made.info;
            QCOMPARE(told->name, made.name);
            QCOMPARE(a.peer.text(), b.peer.text());
            QCOMPARE(a.local.text(), b.local.text());
            QCOMPARE(*a.host, *b.host);
            QCOMPARE(*a.origin, *b.origin);
            QCOMPARE(a.has_origin, b.has_origin);
            QCOMPARE(*a.target, *b.target);
            QCOMPARE(*a.protocol_version, *b.protocol_version);
            QCOMPARE(a.transport, b.transport);
            QCOMPARE(*a.subprotocol, *b.subprotocol);
            QCOMPARE(*a.offered_subprotocols, *b.offered_subprotocols);
            QCOMPARE(*a.extensions, *b.extensions);
            QCOMPARE(*a.user_agent, *b.user_agent);
            QVERIFY(a.tried != nullptr);
            QCOMPARE(*a.tried, b.tried ? *b.tried : std::string());
            QCOMPARE(*a.endpoint, *b.endpoint);
            QCOMPARE(a.opened_at, b.opened_at);
            QCOMPARE(told->close.has_value(), made.close.has_value());
            if (made.close) {
                QCOMPARE(told->close->code, made.close->code);
                QCOMPARE(told->close->reason, made.close->reason);
                QCOMPARE(told->close->by, made.close->by);
                QCOMPARE(told->close->cause, made.close->cause);
                QCOMPARE(told->close->clean, made.close->clean);
                QCOMPARE(told->close->at, made.close->at);
            }
        }
    }

    void json_lines_lose_nothing_of_a_message()
    {
        MadeCapture capture;
        const ConnectionId id = capture.open(7);
        auto& compressed = capture.fromBrowser(id, "compressed in three frames");
        compressed.message.compressed = 20;
        compressed.message.frames = 3;
        compressed.facts = {frame(0x41, 5, true, LengthForm::bits7), frame(0, 10, true, LengthForm::bits64),
            frame(0x80, 200, true, LengthForm::bits16)};
        auto& many = capture.fromBrowser(id, "many frames");
        many.message.frames = 1000;
        many.facts.assign(max_frame_facts, frame(0, 1, false, LengthForm::bits7));
        capture.add(id, Direction::from_browser, TrafficType::ping, std::string("p\xff"));
        capture.add(id, Direction::to_browser, TrafficType::pong, "p");
        capture.add(id, Direction::to_browser, TrafficType::continuation, "part");
        capture.add(id, Direction::to_browser, TrafficType::raw, std::string("\x83\x00", 2));
        capture.add(id, Direction::from_browser, TrafficType::close,
            std::string("\x03\xe9"
                        "bye",
                5));
        capture.add(id, Direction::to_browser, TrafficType::close, "");
        capture.add(id, Direction::to_browser, TrafficType::close, "\x03");
        auto& large = capture.fromBrowser(id, "");
        large.message.size = std::uint64_t{1} << 40U;
        large.message.payload_kept = false;
        for (std::size_t i = 0; i < capture.kept.size(); ++i)
            capture.kept[i].message.sequence = 100 + 3 * i;

        ExportReport exported;
        const std::string text = written(capture, RecordingFormat::json_lines, {}, &exported);
        QCOMPARE(exported.messages, capture.kept.size());
        QCOMPARE(exported.without_payload, 1U);
        KeptRecording kept;
        const auto report = readBack(text, kept);
        QVERIFY(report.has_value() && !report->trouble);
        QCOMPARE(report->without_payload, 1U);
        QCOMPARE(kept.messages.size(), capture.kept.size());
        for (std::size_t i = 0; i < kept.messages.size(); ++i) {
            const CapturedMessage& a = kept.messages[i].message;
            const CapturedMessage& b = capture.kept[i].message;
            compare(a, b);
            QCOMPARE(a.sequence, b.sequence);
            QCOMPARE(a.wire, b.wire);
            QCOMPARE(a.compressed, b.compressed);
            QCOMPARE(a.frames, b.frames);
            QVERIFY(kept.messages[i].payload == capture.kept[i].payload);
            QVERIFY(kept.messages[i].facts == capture.kept[i].facts);
        }
    }

    void a_line_has_the_fields_that_are_promised()
    {
        MadeCapture capture;
        const ConnectionId id = capture.open(7);
        auto& sent = capture.add(id, Direction::to_browser, TrafficType::text, R"({"a":1})");
        sent.facts = {frame(0xc1, 7, false, LengthForm::bits7)};
        capture.add(id, Direction::from_browser, TrafficType::close,
            std::string("\x03\xe9"
                        "bye",
                5));
        capture.close(id, 1001, "bye", MadeCapture::start + 1'000'000'000);
        const std::string text = written(capture, RecordingFormat::json_lines);
        const auto all = lines(text);
        QCOMPARE(all.size(), 4U);
        COMPARE_JSON(json::parse(all[0]).at("type"), "open");
        COMPARE_JSON(json::parse(all[0]).at("conn"), 7);
        const json message = json::parse(all[1]);
        COMPARE_JSON(message.at("seq"), 1);
        COMPARE_JSON(message.at("conn"), 7);
        COMPARE_JSON(message.at("dir"), "s2c");
        COMPARE_JSON(message.at("type"), "text");
        COMPARE_JSON(message.at("data"), R"({"a":1})");
        COMPARE_JSON(message.at("encoding"), "utf8");
        COMPARE_JSON(message.at("size"), 7);
        COMPARE_JSON(message.at("wire"), 13);
        COMPARE_JSON(message.at("fin"), true);
        COMPARE_JSON(message.at("rsv"), 4);
        COMPARE_JSON(message.at("by"), "echo");
        QVERIFY(all[1].find("\"ts\":1700000000.000001001,") != std::string_view::npos);
        const json close = json::parse(all[2]);
        COMPARE_JSON(close.at("closeCode"), 1001);
        COMPARE_JSON(close.at("closeReason"), "bye");
        COMPARE_JSON(close.at("encoding"), "base64");
        const json ended = json::parse(all[3]);
        COMPARE_JSON(ended.at("type"), "close");
        QVERIFY(!ended.contains("dir"));
        COMPARE_JSON(ended.at("closeCode"), 1001);
        COMPARE_JSON(ended.at("clean"), true);
    }

    void listening_and_refusals_are_lines_of_the_same_stream()
    {
        std::string text;
        const WallTime at{std::chrono::nanoseconds(MadeCapture::start)};
        append_listen_line(text, SocketAddress::v4({127, 0, 0, 1}, 4567), at);
        append_listen_line(text, event::Listening{SocketAddress::v4({127, 0, 0, 1}, 4568), ListenerKind::both, true}, at);
        append_listen_line(text, event::Listening{SocketAddress::v4({127, 0, 0, 1}, 4569), ListenerKind::both, false}, at);
        append_listen_line(text, event::Listening{SocketAddress::v4({127, 0, 0, 1}, 4570), ListenerKind::wss, true}, at);
        event::Refused untrusted;
        untrusted.reason = RefusalReason::tls_failed;
        untrusted.server_name = "localhost";
        untrusted.tls = TlsFailureReport{TlsFailure::unknown_authority, true, 48, {}, {}, {}};
        append_refuse_line(text, untrusted, at);
        event::Refused refused;
        refused.reason = RefusalReason::origin_not_allowed;
        refused.peer = SocketAddress::v4({192, 168, 1, 20}, 1234);
        refused.origin = "http://evil.example\xff";
        refused.has_origin = true;
        refused.was_upgrade = true;
        refused.status = 403;
        refused.target = "/";
        append_refuse_line(text, refused, at);
        const auto all = lines(text);
        QCOMPARE(all.size(), 6U);
        const json listen = json::parse(all[0]);
        COMPARE_JSON(listen.at("type"), "listen");
        COMPARE_JSON(listen.at("address"), "127.0.0.1");
        COMPARE_JSON(listen.at("port"), 4567);
        QVERIFY(!listen.contains("speaks"));
        COMPARE_JSON(json::parse(all[1]).at("speaks"), "both");
        COMPARE_JSON(json::parse(all[2]).at("speaks"), "ws");
        COMPARE_JSON(json::parse(all[3]).at("speaks"), "wss");
        const json distrust = json::parse(all[4]);
        COMPARE_JSON(distrust.at("tlsFailure"), "unknown_authority");
        COMPARE_JSON(distrust.at("tlsAlert"), "unknown_ca");
        COMPARE_JSON(distrust.at("serverName"), "localhost");
        const json refusal = json::parse(all[5]);
        QVERIFY(!refusal.contains("tlsFailure"));
        COMPARE_JSON(refusal.at("type"), "refuse");
        COMPARE_JSON(refusal.at("status"), 403);
        COMPARE_JSON(refusal.at("originBase64"), "aHR0cDovL2V2aWwuZXhhbXBsZf8=");
        KeptRecording kept;
        const auto report = readBack(text, kept);
        QVERIFY(report.has_value() && !report->trouble);
        QCOMPARE(report->messages, 0U);
    }

    void lines_stand_in_the_order_of_time()
    {
        MadeCapture capture;
        const ConnectionId a = capture.open(1);
        const ConnectionId b = capture.open(2);
        auto late = MadeCapture::makeInfo(3);
        late->opened_at = WallTime(std::chrono::nanoseconds(MadeCapture::start + 2'500));
        capture.open(std::move(late));
        capture.fromBrowser(a, "one"); // at 1000
        capture.fromBrowser(b, "two"); // at 2000
        capture.close(a, 1001, "", MadeCapture::start + 2'200);
        capture.fromBrowser(b, "three"); // at 3000
        capture.close(b, 1001, "", MadeCapture::start + 100); // its clock was set back: after its messages
        std::string order;
        const std::string text = written(capture, RecordingFormat::json_lines);
        for (const std::string_view line : lines(text)) {
            const json record = json::parse(line);
            order += record.value("data",
                         record.at("type").get<std::string>() + std::to_string(record.at("conn").get<int>()))
                + " ";
        }
        QCOMPARE(order, std::string("open1 open2 one two close1 open3 three close2 "));
    }

    void a_har_says_what_browsers_look_for()
    {
        MadeCapture capture;
        const ConnectionId a = capture.open(1);
        const ConnectionId b = capture.open(2);
        capture.fromBrowser(a, "up");
        capture.add(b, Direction::to_browser, TrafficType::binary, std::string("\x00\xff", 2));
        capture.add(a, Direction::to_browser, TrafficType::text, "down");
        capture.add(a, Direction::to_browser, TrafficType::ping, "no message");
        capture.add(a, Direction::to_browser, TrafficType::raw, "no message");
        capture.close(a, 1001, "away", MadeCapture::start + 2'000'000'000);
        ExportReport exported;
        const json har = json::parse(written(capture, RecordingFormat::har, {}, &exported));
        QCOMPARE(exported.messages, 3U);
        QCOMPARE(exported.left_out, 2U);
        COMPARE_JSON(har.at("log").at("version"), "1.2");
        COMPARE_JSON(har.at("log").at("creator").at("name"), "Jackfield");
        const json& entries = har.at("log").at("entries");
        QCOMPARE(entries.size(), 2U);
        const json& entry = entries[0];
        COMPARE_JSON(entry.at("_resourceType"), "websocket");
        COMPARE_JSON(entry.at("startedDateTime"), "2023-11-14T22:13:20.000Z");
        COMPARE_JSON(entry.at("request").at("url"), "ws://localhost:4567/chat?room=a%20b&x");
        COMPARE_JSON(entry.at("request").at("queryString"),
            json::parse(R"([{"name":"room","value":"a b"},{"name":"x","value":""}])"));
        COMPARE_JSON(entry.at("response").at("status"), 101);
        COMPARE_JSON(entry.at("time"), 1999.999);
        const json& messages = entry.at("_webSocketMessages");
        QCOMPARE(messages.size(), 2U);
        COMPARE_JSON(messages[0].at("type"), "send"); // the page sent it
        COMPARE_JSON(messages[0].at("opcode"), 1);
        COMPARE_JSON(messages[0].at("data"), "up");
        QVERIFY(messages[0].at("time").is_number_float());
        COMPARE_JSON(messages[1].at("type"), "receive");
        COMPARE_JSON(messages[1].at("_by"), "echo");
        COMPARE_JSON(entry.at("_webSocketClose").at("code"), 1001);
        COMPARE_JSON(entry.at("_webSocketClose").at("reason"), "away");
        QVERIFY(
            std::abs(entry.at("_webSocketClose").at("timestamp").get<double>() - 1'700'000'002.0) < 0.001);
        COMPARE_JSON(entries[1].at("_webSocketMessages")[0].at("opcode"), 2);
        COMPARE_JSON(entries[1].at("_webSocketMessages")[0].at("data"), "AP8=");
    }

    void an_empty_capture_is_a_document_all_the_same_data() { formats(); }
    void an_empty_capture_is_a_document_all_the_same()
    {
        QFETCH(const RecordingFormat, format);
        MadeCapture capture;
        const std::string text = written(capture, format);
        if (format == RecordingFormat::har)
            QVERIFY(json::parse(text).at("log").at("entries").empty());
        else
            QVERIFY(text.empty());
    }

    void what_gave_way_meanwhile_is_counted()
    {
        for (const RecordingFormat format : all_recording_formats) {
            MadeCapture capture;
            const ConnectionId id = capture.open(1);
            for (int i = 0; i < 10; ++i)
                capture.fromBrowser(id, "x").gone = i < 3;
            ExportReport report;
            QVERIFY(!written(capture, format, {}, &report).empty());
            QCOMPARE(report.messages, 7U);
            QCOMPARE(report.gone, 3U);
        }
    }

    void a_cell_cannot_become_a_formula_data() // GU-14
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QByteArray>("cell");
        QTest::addColumn<QByteArray>("cellAsItIs");
        const auto row = [](const char* tag, const char* payload, const char* cell, const char* asItIs) {
            QTest::newRow(tag) << QByteArray(payload) << QByteArray(cell) << QByteArray(asItIs);
        };
        row("GU-14 equals", "=1+1", "\"'=1+1\"", "\"=1+1\"");
        row("GU-14 plus", "+1", "\"'+1\"", "\"+1\"");
        row("GU-14 minus", "-1", "\"'-1\"", "\"-1\"");
        row("GU-14 at", "@SUM(A1)", "\"'@SUM(A1)\"", "\"@SUM(A1)\"");
        row("GU-14 tab", "\t=1", "\"'\t=1\"", "\"\t=1\"");
        row("GU-14 carriage return", "\r=1", "\"'\r=1\"", "\"\r=1\"");
        row("GU-14 line feed", "\n=1", "\"'\n=1\"", "\"\n=1\"");
        row("GU-14 full-width",
            "\xef\xbc\x9d"
            "1",
            "\"'\xef\xbc\x9d"
            "1\"",
            "\"\xef\xbc\x9d"
            "1\"");
        row("GU-14 quotes", "say \"hi\"", "\"say \"\"hi\"\"\"", "\"say \"\"hi\"\"\"");
        row("GU-14 formula in quotes", "=\"a\"", "\"'=\"\"a\"\"\"", "\"=\"\"a\"\"\"");
        row("GU-14 newlines", "a\r\nb", "\"a\r\nb\"", "\"a\r\nb\"");
        row("GU-14 comma", "a,b", "\"a,b\"", "\"a,b\"");
        row("GU-14 semicolon", "a;=b", "\"a;=b\"", "\"a;=b\"");
        row("plain", "1=1", "1=1", "1=1");
        row("apostrophe", "'a", "'a", "'a");
        row("empty", "", "", "");
    }
    void a_cell_cannot_become_a_formula()
    {
        QFETCH(const QByteArray, payload);
        QFETCH(const QByteArray, cell);
        QFETCH(const QByteArray, cellAsItIs);
        MadeCapture capture;
        const ConnectionId id = capture.open(MadeCapture::makeInfo(1), payload.toStdString());
        capture.fromBrowser(id, payload.toStdString());
        for (const bool neutralise : {true, false}) {
            const std::string text = written(capture, RecordingFormat::csv, {neutralise});
            const std::string wanted = (neutralise ? cell : cellAsItIs).toStdString();
            const std::string row = text.substr(text.find("\r\n") + 2);
            QCOMPARE(QByteArray::fromStdString(row),
                QByteArray::fromStdString("1,2023-11-14T22:13:20.000001001Z,1," + wanted
                    + ",from browser,text," + std::to_string(payload.size()) + ","
                    + std::to_string(payload.size() + 6) + ",peer,,,utf8," + wanted + "\r\n"));
        }
    }

    void what_csv_cannot_hold_as_text_is_base64()
    {
        MadeCapture capture;
        const ConnectionId id = capture.open(1);
        capture.fromBrowser(id, std::string("a\0b", 3));
        capture.fromBrowser(id, "\xff");
        capture.add(id, Direction::to_browser, TrafficType::binary, "\xfb\xff"); // +/8= would be a formula
        auto& large = capture.fromBrowser(id, "");
        large.message.size = 99;
        large.message.payload_kept = false;
        const std::string text = written(capture, RecordingFormat::csv);
        const auto all = lines(text);
        QVERIFY(all[1].ends_with(",base64,YQBi\r"));
        QVERIFY(all[2].ends_with(",base64,/w==\r"));
        QVERIFY(all[3].ends_with(",base64,\"'+/8=\"\r"));
        QVERIFY(all[4].ends_with(",99,6,peer,,,,\r"));
    }

    void a_transcript_is_lines_that_cannot_be_forged()
    {
        qputenv("TZ", "UTC-2");
        tzset();
        MadeCapture capture;
        const ConnectionId id = capture.open(MadeCapture::makeInfo(7), "Firefox");
        capture.add(id, Direction::to_browser, TrafficType::text, R"({"a":1})");
        capture.fromBrowser(id, "a\n00:00:00.000  #1 to browser\x1b[2J\xe2\x80\xae");
        capture.add(id, Direction::from_browser, TrafficType::binary, std::string("\x00\xff", 2));
        capture.add(id, Direction::from_browser, TrafficType::close,
            std::string("\x03\xe9"
                        "bye",
                5));
        capture.close(id, 1001, "bye", MadeCapture::start + 86'400'000'000'000);
        const std::string text = written(capture, RecordingFormat::transcript);
        QCOMPARE(QByteArray::fromStdString(text),
            QByteArray("--- 2023-11-15 UTC+02:00 ---\n"
                       "00:13:20.000  #7 opened  Firefox  /chat?room=a%20b&x  from 127.0.0.1:50007  origin "
                       "http://localhost:5173\n"
                       "00:13:20.000  #7 to browser  text 7  {\"a\":1}\n"
                       "00:13:20.000  #7 from browser  text 36  a\\x0a00:00:00.000  #1 to "
                       "browser\\x1b[2J\\u{202e}\n"
                       "00:13:20.000  #7 from browser  binary 2  00 ff\n"
                       "00:13:20.000  #7 from browser  close 5  1001 bye\n"
                       "--- 2023-11-16 UTC+02:00 ---\n"
                       "00:13:20.000  #7 closed  1001 bye  by the page\n"));
    }

    void a_file_name_says_the_format_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("format"); // -1: none
        QTest::newRow("har") << QByteArray("/tmp/a.b/X.HAR") << static_cast<int>(RecordingFormat::har);
        QTest::newRow("jsonl") << QByteArray("a.jsonl") << static_cast<int>(RecordingFormat::json_lines);
        QTest::newRow("ndjson") << QByteArray("a.NDJSON") << static_cast<int>(RecordingFormat::json_lines);
        QTest::newRow("csv") << QByteArray("a.csv") << static_cast<int>(RecordingFormat::csv);
        QTest::newRow("txt") << QByteArray("a.txt") << static_cast<int>(RecordingFormat::transcript);
        QTest::newRow("none") << QByteArray("har") << -1;
        QTest::newRow("another") << QByteArray("a.har.gz") << -1;
    }
    void a_file_name_says_the_format()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const int, format);
        const auto found = format_of_file(name.toStdString());
        QCOMPARE(found ? static_cast<int>(*found) : -1, format);
    }
};

QTEST_GUILESS_MAIN(RecordingTest)
#include "recording_test.moc"
