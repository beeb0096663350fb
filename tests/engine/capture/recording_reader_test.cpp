// Recordings that are broken, lie or come from elsewhere (FF-11): read up to the last good record and marked,
// or refused with the place.
#include "capture/json_reader.h"
#include "tests/support/made_capture.h"
#include "tests/support/peak_memory.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace jackfield;
using namespace jackfield::test;
using nlohmann::json;

Q_DECLARE_METATYPE(jackfield::RecordingFormat)

namespace {

std::string small_recording(RecordingFormat format)
{
    MadeCapture capture;
    const ConnectionId id = capture.open(1);
    const ConnectionId other = capture.open(2);
    capture.fromBrowser(id, "one \xe2\x82\xac \"quoted\"");
    capture.add(other, Direction::to_browser, TrafficType::binary, std::string("\x00\x01", 2));
    capture.fromBrowser(id, "three");
    capture.close(id, 1001, "bye", MadeCapture::start + 1'000'000);
    return written(capture, format);
}

std::string har_of(const std::string& messages, const std::string& more = "")
{
    return R"({"log":{"version":"1.2","entries":[{"startedDateTime":"2024-05-01T20:12:47.003+02:00",)"
           R"("request":{"url":"wss://example.org/socket?x=1","headers":[{"name":"origin","value":"http://a"}]},)"
           R"("_resourceType":"websocket","_webSocketMessages":[)"
        + messages + "]" + more + "}]}}";
}

/// Tells what the reader tells as text, to compare it with another reader.
class Told : public JsonReader::Receiver {
public:
    void begins(bool is_array) override { text += is_array ? '[' : '{'; }
    void ends(bool is_array) override { text += is_array ? ']' : '}'; }
    void key(std::string_view name) override { text += "key " + std::string(name) + '\n'; }
    void string_begins() override { text += "text "; }
    void string_piece(std::string_view utf8) override { text += utf8; }
    void string_ends() override { text += '\n'; }
    void number(std::string_view number) override { text += "number " + std::string(number) + '\n'; }
    void word(JsonReader::Word word) override
    {
        text += "word " + std::to_string(static_cast<int>(word)) + '\n';
    }
    std::string text;
};

} // namespace

class RecordingReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_recording_cut_anywhere_keeps_what_was_whole_data() // FF-11
    {
        QTest::addColumn<RecordingFormat>("format");
        QTest::newRow("FF-11 HAR") << RecordingFormat::har;
        QTest::newRow("FF-11 JSON Lines") << RecordingFormat::json_lines;
    }
    void a_recording_cut_anywhere_keeps_what_was_whole()
    {
        QFETCH(const RecordingFormat, format);
        const std::string whole = small_recording(format);
        std::size_t most = 0;
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            KeptRecording kept;
            const auto report = readBack(std::string_view(whole).substr(0, size), kept);
            QVERIFY(kept.messages.size() >= most); // what was read is never lost again
            most = kept.messages.size();
            if (!report) {
                QCOMPARE(report.error().code, ErrorCode::malformed);
                QVERIFY(report.error().detail.find("byte " + std::to_string(size)) != std::string::npos);
                QCOMPARE(kept.messages.size(), 0U);
                continue;
            }
            QCOMPARE(report->messages, kept.messages.size());
            for (std::size_t i = 0; i < kept.messages.size(); ++i)
                QVERIFY(kept.connections.count(kept.messages[i].message.connection) == 1);
            const bool between_lines = format == RecordingFormat::json_lines
                && (size == whole.size() || whole[size] == '\n' || whole[size - 1] == '\n');
            const bool after_all = format == RecordingFormat::har && size + 1 >= whole.size();
            if (between_lines || after_all) {
                QVERIFY(!report->trouble);
            } else {
                QVERIFY(report->trouble.has_value());
                QCOMPARE(report->trouble->offset, size);
                QVERIFY(!report->trouble->what.empty());
            }
        }
        QCOMPARE(most, 3U);
    }

    void any_flipped_byte_is_read_or_refused() // FF-11
    {
        for (const RecordingFormat format : {RecordingFormat::har, RecordingFormat::json_lines}) {
            const std::string whole = small_recording(format);
            for (std::size_t i = 0; i < whole.size(); ++i) {
                for (const unsigned flip : {0x01U, 0x20U, 0x80U, 0xffU}) {
                    std::string bent = whole;
                    bent[i] = static_cast<char>(static_cast<unsigned>(bent[i]) ^ flip);
                    KeptRecording kept;
                    const auto report = readBack(bent, kept);
                    QVERIFY(kept.messages.size() <= 3);
                    if (report && report->trouble)
                        QVERIFY(report->trouble->offset <= whole.size());
                }
            }
        }
    }

    void what_is_no_recording_is_refused_data() // FF-11
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* tag, const QByteArray& text, const char* says) {
            QTest::newRow(tag) << text << QByteArray(says);
        };
        row("FF-11 empty", "", "it is empty (byte 0)");
        row("FF-11 blanks", " \n\n ", "it ends before it says what it is (byte 4)");
        row("FF-11 wrong magic", "%PDF-1.7", "it does not begin with a brace (byte 0)");
        row("FF-11 NULs", QByteArray(100, '\0'), "it does not begin with a brace (byte 0)");
        row("FF-11 gzip", "\x1f\x8b\x08", "it is compressed with gzip; unpack it first (byte 0)");
        row("FF-11 UTF-16", QByteArray("\xff\xfe{\0", 4), "it is UTF-16; save it as UTF-8 first (byte 0)");
        row("an array", "[{}]", "it does not begin with a brace (byte 0)");
        row("an empty object", " {}", "its first object is empty (byte 2)");
        row("not JSON", "{log}", "its first object has no name (byte 1)");
        row("other JSON", "{\"name\":\"x\"}", "nothing in it is a record of one (byte 12)");
        row("other JSON of many lines", "{\n\"name\":\"x\"}",
            "it ends before all brackets are closed (byte 1)");
        row("a log of something else", "{\"log\":{\"version\":\"1.2\"}}",
            "nothing in it is a record of one (byte 25)");
        row("a log that is none", "{\"log\":5}", "nothing in it is a record of one (byte 9)");
        row("a name without an end", "{\"" + QByteArray(70'000, 'x'),
            "nothing in its first 64 KiB says what it is");
    }
    void what_is_no_recording_is_refused()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, says);
        for (const std::size_t piece : {SIZE_MAX, std::size_t{1}}) {
            KeptRecording kept;
            const auto report = readBack(text.toStdString(), kept, piece);
            QVERIFY(!report);
            QVERIFY2(report.error().detail.find(says.toStdString()) != std::string::npos,
                report.error().detail.c_str());
            QCOMPARE(kept.messages.size(), 0U);
        }
    }

    void a_har_message_with_a_field_missing_or_bad_is_skipped_data() // as browsers' importers do
    {
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("no type") << QByteArray(R"({"time":1,"opcode":1,"data":"x"})");
        QTest::newRow("no time") << QByteArray(R"({"type":"send","opcode":1,"data":"x"})");
        QTest::newRow("no opcode") << QByteArray(R"({"type":"send","time":1,"data":"x"})");
        QTest::newRow("no data") << QByteArray(R"({"type":"send","time":1,"opcode":1})");
        QTest::newRow("an error of the page")
            << QByteArray(R"({"type":"error","time":1,"opcode":-1,"data":"x"})");
        QTest::newRow("data is a number") << QByteArray(R"({"type":"send","time":1,"opcode":1,"data":5})");
        QTest::newRow("data is null") << QByteArray(R"({"type":"send","time":1,"opcode":1,"data":null})");
        QTest::newRow("data is an object")
            << QByteArray(R"({"type":"send","time":1,"opcode":1,"data":{"x":"y"}})");
        QTest::newRow("no base64") << QByteArray(R"({"type":"send","time":1,"opcode":2,"data":"!"})");
        QTest::newRow("FF-11 huge opcode")
            << QByteArray(R"({"type":"send","time":1,"opcode":4294967297,"data":"x"})");
        QTest::newRow("opcode 8") << QByteArray(R"({"type":"send","time":1,"opcode":8,"data":"x"})");
        QTest::newRow("FF-11 huge time")
            << QByteArray(R"({"type":"send","time":1e300,"opcode":1,"data":"x"})");
        QTest::newRow("FF-11 infinite time")
            << QByteArray(R"({"type":"send","time":1e999,"opcode":1,"data":"x"})");
        QTest::newRow("FF-11 time 2^63")
            << QByteArray(R"({"type":"send","time":9223372036854775808,"opcode":1,"data":"x"})");
        QTest::newRow("negative time") << QByteArray(R"({"type":"send","time":-1,"opcode":1,"data":"x"})");
        QTest::newRow("FF-11 size that lies")
            << QByteArray(R"({"type":"send","time":1,"opcode":1,"data":"x","_size":2147483648})");
        QTest::newRow("FF-11 size 2^64")
            << QByteArray(R"({"type":"send","time":1,"opcode":1,"data":"","_size":18446744073709551616})");
        QTest::newRow("no object") << QByteArray("5");
    }
    void a_har_message_with_a_field_missing_or_bad_is_skipped()
    {
        QFETCH(const QByteArray, message);
        const std::string good = R"({"type":"receive","time":1714587167.5,"opcode":1,"data":"good"})";
        KeptRecording kept;
        const auto report = readBack(har_of(good + "," + message.toStdString() + "," + good), kept);
        QVERIFY(report.has_value() && !report->trouble);
        QCOMPARE(kept.messages.size(), 2U);
        QCOMPARE(report->skipped, message == "5" ? 0U : 1U);
        QCOMPARE(kept.messages[1].payload, std::string("good"));
        QCOMPARE(kept.messages[1].message.wall_ns, 1'714'587'167'500'000'000);
        QCOMPARE(kept.messages[1].message.direction, Direction::to_browser);
        const ConnectionInfo& info = *kept.connections.begin()->second.info;
        QCOMPARE(*info.host, std::string("example.org"));
        QCOMPARE(*info.target, std::string("/socket?x=1"));
        QCOMPARE(*info.origin, std::string("http://a"));
        QCOMPARE(info.transport, Transport::wss);
        QCOMPARE(info.opened_at, WallTime(std::chrono::nanoseconds(1'714'587'167'003'000'000)));
    }

    void a_har_breaks_off_where_it_is_no_json_data()
    {
        QTest::addColumn<QByteArray>("rest");
        QTest::newRow("NaN") << QByteArray(R"({"type":"send","time":NaN,"opcode":1,"data":"x"})");
        QTest::newRow("nested too deep") << QByteArray(1'000, '[');
        QTest::newRow("a number of 100 digits") << QByteArray(100, '1');
        QTest::newRow("a control character") << QByteArray("\"\x01\"");
        QTest::newRow("no UTF-8") << QByteArray("\"\xff\"");
        QTest::newRow("unknown escape") << QByteArray("\"\\x41\"");
        QTest::newRow("01") << QByteArray("01");
        QTest::newRow("single quotes") << QByteArray("'x'");
    }
    void a_har_breaks_off_where_it_is_no_json()
    {
        QFETCH(const QByteArray, rest);
        const std::string good = R"({"type":"receive","time":1,"opcode":1,"data":"good"})";
        const std::string text = har_of(good + "," + rest.toStdString());
        KeptRecording kept;
        const auto report = readBack(text, kept);
        QVERIFY(report.has_value());
        QVERIFY(report->trouble.has_value());
        const std::size_t begin = text.find(good) + good.size() + 1;
        QVERIFY(report->trouble->offset >= begin);
        QVERIFY(report->trouble->offset <= begin + static_cast<std::size_t>(rest.size()));
        QCOMPARE(kept.messages.size(), 1U);
        QCOMPARE(kept.connections.size(), 1U);
        QCOMPARE(*kept.connections.begin()->second.info->host, std::string("example.org"));
    }

    // However the bytes come, what is read of a name that breaks off is the same: nothing.
    void of_a_text_that_breaks_off_nothing_is_taken()
    {
        for (const char* const rest : {"\"_jackfield\":{\"name\":\"Fire",
                 "\"_jackfield\":{\"name\":\"Fire\xff\"", "\"_jackfield\":{\"name\":\"Fire\x01\""}) {
            const std::string good = R"({"type":"receive","time":1,"opcode":1,"data":"good"})";
            std::string text = har_of(good, ",");
            text.resize(text.size() - std::string_view("}]}}").size());
            text += rest;
            for (const std::size_t piece : {SIZE_MAX, std::size_t{1}, std::size_t{7}}) {
                KeptRecording kept;
                const auto report = readBack(text, kept, piece);
                QVERIFY(report.has_value());
                QVERIFY(report->trouble.has_value());
                QCOMPARE(kept.messages.size(), 1U);
                QCOMPARE(kept.connections.size(), 1U);
                QCOMPARE(kept.connections.begin()->second.name, std::string());
            }
        }
    }

    void a_line_that_lies_ends_the_recording_data() // FF-11
    {
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char* tag, const char* line) { QTest::newRow(tag) << QByteArray(line); };
        row("FF-11 size 2^31",
            R"({"ts":1,"conn":1,"dir":"c2s","type":"text","data":"x","encoding":"utf8","size":2147483648})");
        row("FF-11 size 2^63",
            R"({"ts":1,"conn":1,"dir":"c2s","type":"text","data":"x","encoding":"utf8","size":9223372036854775808})");
        row("size 2^64", R"({"ts":1,"conn":1,"dir":"c2s","type":"text","size":18446744073709551616})");
        row("size -1", R"({"ts":1,"conn":1,"dir":"c2s","type":"text","size":-1})");
        row("no base64",
            R"({"ts":1,"conn":1,"dir":"c2s","type":"text","data":"!","encoding":"base64","size":1})");
        row("unknown encoding",
            R"({"ts":1,"conn":1,"dir":"c2s","type":"text","data":"x","encoding":"hex","size":1})");
        row("unknown direction", R"({"ts":1,"conn":1,"dir":"up","type":"text","size":1})");
        row("unknown type", R"({"ts":1,"conn":1,"dir":"c2s","type":"texts","size":1})");
        row("no connection", R"({"ts":1,"dir":"c2s","type":"text","size":1})");
        row("more frames than there are",
            R"({"ts":1,"conn":1,"dir":"c2s","type":"text","size":1,"frameCount":1,"frames":[[1,2,""],[1,2,""]]})");
        row("a frame of two elements",
            R"({"ts":1,"conn":1,"dir":"c2s","type":"text","size":1,"frames":[[1,2]]})");
        row("a frame's key",
            R"({"ts":1,"conn":1,"dir":"c2s","type":"text","size":1,"frames":[[1,2,"xyz"]]})");
        row("a close without a code", R"({"type":"close","ts":1,"conn":1})");
        row("not JSON", "oops");
        row("two on a line", R"({"type":"listen"}{"type":"listen"})");
    }
    void a_line_that_lies_ends_the_recording()
    {
        QFETCH(const QByteArray, line);
        const std::string good
            = R"({"seq":5,"ts":1.5,"conn":3,"dir":"s2c","type":"text","data":"good","encoding":"utf8","size":4})";
        const std::string text = good + "\r\n\n" + line.toStdString() + "\n" + good + "\n";
        for (const std::size_t piece : {SIZE_MAX, std::size_t{1}}) {
            KeptRecording kept;
            const auto report = readBack(text, kept, piece);
            QVERIFY(report.has_value());
            QVERIFY(report->trouble.has_value());
            QCOMPARE(report->trouble->line, 3U);
            QVERIFY(report->trouble->offset >= good.size() + 3);
            QVERIFY(report->trouble->offset <= good.size() + 3 + static_cast<std::size_t>(line.size()));
            QVERIFY(report->trouble->message().starts_with("line 3, byte "));
            QCOMPARE(kept.messages.size(), 1U);
            QCOMPARE(kept.messages[0].message.sequence, 5U);
            QVERIFY(kept.numbered(3) != nullptr); // the recording had not told of it
        }
    }

    void records_of_another_version_are_passed_over()
    {
        KeptRecording kept;
        const auto report
            = readBack("{\"type\":\"listen\",\"ts\":1}\n{\"type\":\"weather\",\"sky\":{\"is\":[1,2,{}]}}\n"
                       "{\"seq\":1,\"ts\":1,\"conn\":3,\"dir\":\"c2s\",\"type\":\"text\",\"data\":"
                       "\"\\ud83d\\ude00\\ud83d.\\ude00\","
                       "\"encoding\":\"utf8\",\"size\":11,\"mood\":null}\n[1]\n5",
                kept);
        QVERIFY2(report.has_value() && !report->trouble,
            report && report->trouble ? report->trouble->message().c_str() : "");
        QCOMPARE(kept.messages.size(), 1U);
        QCOMPARE(kept.messages[0].payload, std::string("\xf0\x9f\x98\x80\xef\xbf\xbd.\xef\xbf\xbd"));
    }

    void the_browsers_own_har_is_read()
    {
        QFile file(QStringLiteral(JACKFIELD_SOURCE_DIR "/tests/data/chromium.har"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        KeptRecording kept;
        const auto report = readBack(file.readAll().toStdString(), kept);
        QVERIFY(report.has_value());
        QVERIFY(!report->trouble);
        QCOMPARE(report->skipped, 0U);
        QVERIFY(report->other_entries >= 1); // the page itself
        QCOMPARE(kept.connections.size(), 1U);
        const ConnectionInfo& info = *kept.connections.begin()->second.info;
        QVERIFY(info.host->starts_with("127.0.0.1:"));
        QVERIFY(info.origin->starts_with("http://127.0.0.1:"));
        QCOMPARE(*info.target, std::string("/chat?room=1"));
        QCOMPARE(*info.subprotocol, std::string("echo"));
        QVERIFY(info.user_agent->find("Chrome/") != std::string::npos);
        QCOMPARE(info.transport, Transport::ws);
        QVERIFY(info.opened_at > WallTime(seconds(1'700'000'000)));
        const std::vector<std::string> payloads
            = {"hello", "{\"type\":\"subscribe\",\"text\":\"\xe2\x82\xac \\\"x\\\"\"}",
                std::string("a\0\xe2\x80\xa8"
                            "b\r",
                    7),
                std::string("\x00\x01\xfe\xff", 4), ""};
        std::vector<std::string> sent;
        std::vector<std::string> received;
        for (const auto& one : kept.messages) {
            (one.message.direction == Direction::from_browser ? sent : received).push_back(one.payload);
            QVERIFY(one.message.wall_ns > 1'700'000'000'000'000'000);
            QCOMPARE(one.message.type,
                one.payload.starts_with(std::string("\0\1", 2)) ? TrafficType::binary : TrafficType::text);
        }
        QCOMPARE(sent, payloads);
        QCOMPARE(received, payloads);
    }

    void a_payload_over_the_limit_is_told_without_it()
    {
        MadeCapture capture;
        const ConnectionId id = capture.open(1);
        capture.fromBrowser(id, std::string(1'000, 'x'));
        capture.fromBrowser(id, std::string(1'001, 'x'));
        capture.add(id, Direction::to_browser, TrafficType::binary, std::string(1'001, 'x'));
        capture.fromBrowser(id, std::string(100'000, 'x'));
        RecordingLimits limits;
        limits.payload = 1'000;
        for (const RecordingFormat format : {RecordingFormat::har, RecordingFormat::json_lines}) {
            KeptRecording kept;
            const auto report = readBack(written(capture, format), kept, SIZE_MAX, limits);
            QVERIFY(report.has_value() && !report->trouble);
            QCOMPARE(report->without_payload, format == RecordingFormat::har ? 2U : 3U);
            QCOMPARE(kept.messages.size(), 4U);
            QVERIFY(kept.messages[0].message.payload_kept);
            QVERIFY(!kept.messages[1].message.payload_kept);
            QVERIFY(!kept.messages[2].message.payload_kept);
            QVERIFY(!kept.messages[3].message.payload_kept);
        }
    }

    void a_receiver_that_has_enough_is_asked_no_more()
    {
        for (const RecordingFormat format : {RecordingFormat::har, RecordingFormat::json_lines}) {
            KeptRecording kept;
            kept.enough = 2;
            const auto report = readBack(small_recording(format), kept, 1);
            QVERIFY(report.has_value());
            QVERIFY(report->stopped && !report->trouble);
            QCOMPARE(kept.messages.size(), 2U);
            QVERIFY(kept.connections.count(kept.messages[0].message.connection) == 1);
        }
    }

    void hostile_recordings_cost_little_memory_data() // FF-11
    {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<QByteArray>("again"); // until 72 MiB have passed; % is the number of the round
        const auto row = [](const char* tag, QByteArray start, QByteArray again) {
            QTest::newRow(tag) << start.replace('\'', '"') << again.replace('\'', '"');
        };
        const QByteArray plain(65'536, 'x');
        row("FF-11 a text without end", "{'log':{'entries':[{'_webSocketMessages':[{'data':'", plain);
        row("FF-11 a name without end", "{'log':{'entries':[{'", plain);
        row("FF-11 connections without end", "{'log':{'entries':[{}",
            QByteArray(",{'_webSocketMessages':[],'request':{'url':'ws://a/b'}}").repeated(1'000));
        const QByteArray longName(8'000, 'n');
        row("FF-11 names of connections", "{'type':'listen'}\n",
            "{'type':'open','ts':1,'conn':%,'name':'" + longName + "%','host':'%" + longName + "'}\n");
        row("FF-11 a line without end", "{'seq':1,'data':'", plain);
    }
    void hostile_recordings_cost_little_memory()
    {
        QFETCH(const QByteArray, start);
        QFETCH(const QByteArray, again);
        /// Keeps nothing but what it was told last.
        class Counting : public RecordingReceiver {
        public:
            void connection(const CapturedConnection& /*told*/) override { ++connections; }
            bool message(const CapturedMessage& /*told*/) override { return true; }
            std::size_t connections = 0;
        } counting;
        test::forget_peak_memory();
        const std::uint64_t before = test::peak_memory();
        RecordingReader reader(counting, {});
        bool more = reader.feed(start.toStdString());
        std::uint64_t passed = 0;
        for (int i = 0; more && passed < (std::uint64_t{72} << 20U); ++i) {
            const std::string piece = QByteArray(again).replace('%', QByteArray::number(i)).toStdString();
            more = reader.feed(piece);
            passed += piece.size();
        }
        (void)reader.finish();
        const std::uint64_t grown = test::peak_memory() - before;
        QVERIFY2(!test::is_freed_memory_given_back || grown < (std::uint64_t{64} << 20U),
            std::to_string(grown).c_str());
    }

    void files_that_are_no_recordings_are_refused_data() // FF-11
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("code");
        const auto row = [](const char* tag, const char* name, ErrorCode code) {
            QTest::newRow(tag) << QString::fromUtf8(name) << static_cast<int>(code);
        };
        row("FF-11 10 GB of nothing", "sparse", ErrorCode::malformed);
        row("FF-11 10 GB of blanks", "blanks", ErrorCode::malformed);
        row("a FIFO", "fifo", ErrorCode::invalid_argument);
        row("a folder", ".", ErrorCode::invalid_argument);
        row("not there", "none", ErrorCode::not_found);
    }
    void files_that_are_no_recordings_are_refused()
    {
        QFETCH(const QString, name);
        QFETCH(const int, code);
        QTemporaryDir folder;
        QVERIFY(mkfifo(folder.filePath(QStringLiteral("fifo")).toUtf8().constData(), 0600) == 0);
        for (const char* file : {"sparse", "blanks"}) {
            QFile big(folder.filePath(QString::fromUtf8(file)));
            QVERIFY(big.open(QIODevice::WriteOnly));
            if (qstrcmp(file, "blanks") == 0)
                QCOMPARE(big.write(QByteArray(100'000, ' ')), 100'000);
            QVERIFY(ftruncate(big.handle(), qint64{10} << 30U) == 0);
        }
        KeptRecording kept;
        RecordingProgress progress;
        const auto report = read_recording(folder.filePath(name).toStdString(), kept, {}, progress);
        QVERIFY(!report);
        QCOMPARE(static_cast<int>(report.error().code), code);
    }

    void a_file_over_the_limit_is_refused()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("large.jsonl"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"type\":\"listen\"}\n" + QByteArray(200'000, ' '));
        file.close();
        KeptRecording kept;
        RecordingProgress progress;
        RecordingLimits limits;
        limits.file = 100'000;
        const auto report = read_recording(path.toStdString(), kept, limits, progress);
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::too_large);
        limits.file = 1'000'000;
        QVERIFY(read_recording(path.toStdString(), kept, limits, progress).has_value());
        progress.cancelled = true;
        QVERIFY(read_recording(path.toStdString(), kept, limits, progress)->cancelled);
    }

    void reads_json_as_another_reader_does_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
            {"{}", "[]", "[1,-0,0.5e-3,1E+2]", "\"\\u00e4\\n\"", "{\"a\":[{\"b\":null},true,false]}",
                " [ 1 , 2 ] ", "5", "-", "01", "1.", ".5", "1e", "+1", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}",
                "{a:1}", "{\"a\":1,}", "[1 2]", "nul", "nulll", "truefalse", "[]]", "\"", "\"\\", "\"\\u12\"",
                "\"\\u12g4\"", "\"\t\"", "[\"a\",\"\\ud83d\\ude00\"]", "", " ", "[[[[1]]]]", "{\"\":\"\"}",
                "\"\xc3\xa4\"", "\"\xc3\"", "\"\xed\xa0\x80\"", "1 1", "{\"a\":1 \"b\":2}", "[1}", "{]",
                "\xef\xbb\xbf[]", "[tru]", "--1", "1e5.5"})
            QTest::newRow(text) << QByteArray(text);
    }
    void reads_json_as_another_reader_does()
    {
        QFETCH(const QByteArray, text);
        const std::string bytes = text.toStdString();
        // The mark in front of a file is taken away before.
        const bool good = !bytes.starts_with("\xef\xbb\xbf") && json::accept(bytes);
        std::string first;
        for (const std::size_t piece : {bytes.size() + 1, std::size_t{1}}) {
            Told told;
            JsonReader reader(told, 8);
            for (std::size_t at = 0; at < bytes.size(); at += piece)
                if (!reader.feed(std::string_view(bytes).substr(at, piece)))
                    break;
            QCOMPARE(reader.finish(), good);
            QCOMPARE(reader.problem().empty(), good);
            if (first.empty())
                first = told.text;
            if (good)
                QCOMPARE(QByteArray::fromStdString(told.text), QByteArray::fromStdString(first));
        }
    }
};

QTEST_GUILESS_MAIN(RecordingReaderTest)
#include "recording_reader_test.moc"
