#include "app/terminal/command_completion.h"
#include "app/terminal/line_history.h"
#include "app/terminal/line_reader.h"
#include "app/terminal/live_connections.h"
#include "app/terminal/text_table.h"
#include "app/terminal/users_table.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <clocale>

using namespace jackfield;
using namespace jackfield::app;

namespace {

SharedText shared(std::string text)
{
    return std::make_shared<const std::string>(std::move(text));
}

std::shared_ptr<ConnectionInfo> made(
    std::uint64_t number, const std::string& origin = "http://localhost:3000")
{
    auto info = std::make_shared<ConnectionInfo>();
    info->id = ConnectionId(0, static_cast<std::uint32_t>(number), 1);
    info->number = number;
    info->peer = SocketAddress::v4({127, 0, 0, 1}, static_cast<std::uint16_t>(50'000 + number));
    info->origin = shared(origin);
    info->has_origin = true;
    info->target = shared("/chat");
    info->host = shared("localhost");
    info->protocol_version = shared("RFC 6455");
    info->subprotocol = shared("");
    info->user_agent = shared("Firefox");
    info->endpoint = shared("/*");
    return info;
}

Event opened(const std::shared_ptr<const ConnectionInfo>& info)
{
    Event event;
    event.what = event::Opened{info, {}, {}};
    return event;
}

Event closed(const std::shared_ptr<const ConnectionInfo>& info)
{
    Event event;
    event.what = event::Closed{info, {}, {}};
    return event;
}

QStringList lines_of(const std::string& text)
{
    return QString::fromStdString(text).split('\n', Qt::SkipEmptyParts);
}

} // namespace

class ConsolePartsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::setlocale(LC_CTYPE, "C.UTF-8"); }
    void makes_lines_of_bytes_data();
    void makes_lines_of_bytes();
    void aligns_the_columns();
    void fits_into_a_narrow_terminal();
    void shows_hostile_text_in_printable_characters();
    void follows_who_comes_and_goes();
    void completes_data();
    void completes();
    void offers_nothing_that_would_need_an_escape();
    void keeps_the_history_for_its_owner_and_in_bounds();
    void leaves_out_of_a_history_what_no_console_wrote();
};

void ConsolePartsTest::makes_lines_of_bytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("two") << QByteArray("a\nb b\n") << QStringList{"1:a", "2:b b"};
    QTest::newRow("CR LF") << QByteArray("a\r\n\r\n") << QStringList{"1:a", "2:"};
    QTest::newRow("no end") << QByteArray("a\nb") << QStringList{"1:a", "2:b"};
    QTest::newRow("nothing") << QByteArray() << QStringList();
    QTest::newRow("empty lines") << QByteArray("\n\n") << QStringList{"1:", "2:"};
    QTest::newRow("NUL") << QByteArray("a\0b\nc\n", 6) << QStringList{"1!malformed", "2:c"};
    QTest::newRow("no UTF-8") << QByteArray("\xc3\x28\nc\n") << QStringList{"1!malformed", "2:c"};
    QTest::newRow("UTF-8") << QByteArray("\xe6\x9d\xb1\n")
                           << QStringList{QString::fromUtf8("1:\xe6\x9d\xb1")};
    QTest::newRow("too long") << QByteArray(LineReader::longest_line + 1, 'x') + "\nc"
                              << QStringList{"1!too_large", "2:c"};
}

void ConsolePartsTest::makes_lines_of_bytes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, lines);
    const std::string whole = bytes.toStdString();
    for (const std::size_t step : {whole.size() + 1, std::size_t{7'001},
             whole.size() > 1'000 ? std::size_t{999'999} : std::size_t{1}}) {
        QStringList got;
        LineReader reader([&got](std::uint64_t number, const Result<std::string>& line) {
            const std::string_view problem = line ? std::string_view() : name_of(line.error().code);
            got += QString::number(number)
                + (line ? ":" + QString::fromStdString(*line)
                        : "!" + QString::fromUtf8(problem.data(), static_cast<qsizetype>(problem.size())));
        });
        for (std::size_t at = 0; at < whole.size(); at += step)
            reader.feed(std::string_view(whole).substr(at, step));
        reader.end();
        QCOMPARE(got, lines);
    }
}

void ConsolePartsTest::aligns_the_columns()
{
    std::vector<LiveConnection> connections{
        {made(7), ConnectionCounters()}, {made(1'234, "http://dev.test"), ConnectionCounters()}};
    connections[1].counters.messages_in = 12'345;
    const auto text = users_table({&connections[0], &connections[1]}, 3, {}, 0);
    QCOMPARE(lines_of(text),
        (QStringList{"    #  IP         SOCKET  PROTOCOL  ENDPOINT  ORIGIN                 AGE     IN  OUT",
            "   #7  127.0.0.1   50007  RFC 6455  /*        http://localhost:3000   0s      0    0",
            "#1234  127.0.0.1   51234  RFC 6455  /*        http://dev.test         0s  12345    0",
            "2 of 3 connections"}));
    QCOMPARE(users_table({}, 0, {}, 0), std::string("Nobody is connected\n"));
    connections[1].counters.transport = Transport::xhr_polling;
    const QStringList carried = lines_of(users_table({&connections[0], &connections[1]}, 2, {}, 0));
    QVERIFY2(carried[0].contains("PROTOCOL  TRANSPORT    ENDPOINT"), qPrintable(carried[0]));
    QVERIFY2(carried[1].contains("RFC 6455  ws           /*"), qPrintable(carried[1]));
    QVERIFY2(carried[2].contains("RFC 6455  xhr-polling  /*"), qPrintable(carried[2]));
}

void ConsolePartsTest::fits_into_a_narrow_terminal()
{
    auto info = made(7, "https://a-rather-long-name.of-a-host.example:12345");
    info->subprotocol = shared("v12.stomp");
    const LiveConnection connection{info, {}};
    for (const std::size_t width : {std::size_t{100}, std::size_t{80}, std::size_t{60}}) {
        const QStringList lines = lines_of(users_table({&connection}, 1, {}, width));
        for (const QString& line : lines)
            QVERIFY2(static_cast<std::size_t>(line.size()) <= width, qPrintable(line));
        QVERIFY2(lines[1].contains("#7  127.0.0.1   50007") && lines[1].contains("https://"),
            qPrintable(lines[1]));
    }
    QCOMPARE(QString::fromStdString(cropped("\xe6\x9d\xb1\xe6\x9d\xb1\xe6\x9d\xb1\xe6\x9d\xb1", 7)),
        QString::fromUtf8("\xe6\x9d\xb1\xe6\x9d\xb1..."));
    QCOMPARE(wrapped("one two three\nfour", 8), std::string("one two\nthree\nfour"));
    QCOMPARE(wrapped("one two\n", 0), std::string("one two\n"));
    QCOMPARE(wrapped("a-word-that-is-too-long x", 4), std::string("a-word-that-is-too-long\nx"));
}

void ConsolePartsTest::shows_hostile_text_in_printable_characters()
{
    auto info = made(7, "\x1b]0;pwn\x07\n\xe2\x80\xae" + std::string(10'000, 'x'));
    info->subprotocol = shared("\x1b[2J\r\t");
    info->endpoint = shared(std::string("\0\x9b", 2));
    const LiveConnection connection{info, {}};
    const QString text = QString::fromStdString(users_table({&connection}, 1, {}, 0));
    QCOMPARE(text.count('\n'), 3); // GU-05
    for (const QChar c : text)
        QVERIFY2(c == '\n' || (c >= ' ' && c <= '~'), qPrintable(text));
    QVERIFY(text.contains("\\x1b]0;pwn\\x07\\x0a\\u{202e}xxx"));
    QVERIFY(text.size() < 600);
}

void ConsolePartsTest::follows_who_comes_and_goes()
{
    LiveConnections connections;
    const auto one = made(1);
    const auto two = made(2);
    connections.take(opened(one));
    connections.take(opened(two));
    QCOMPARE(connections.all().size(), std::size_t{2});
    StateBatch batch;
    batch.opened = {one, two};
    ConnectionCounters counters;
    counters.id = two->id;
    counters.messages_in = 5;
    batch.changed = {counters};
    QVERIFY(!connections.take(batch));
    QCOMPARE(connections.all().at(2).counters.messages_in, std::uint64_t{5});
    connections.take(closed(one));
    QCOMPARE(connections.all().size(), std::size_t{1});
    // Came and went between two batches: its events are behind the state that knows of its end.
    const auto three = made(3);
    batch.clear();
    batch.closed = {{three, ConnectionCounters(), {}}};
    QVERIFY(!connections.take(batch));
    connections.take(opened(three));
    QVERIFY(!connections.all().contains(3));
    // A snapshot has the last word, and one is wanted when ends were left out.
    batch.clear();
    batch.closed_left_out = 1;
    QVERIFY(connections.take(batch));
    batch.clear();
    batch.snapshot = true;
    batch.opened = {one};
    QVERIFY(!connections.take(batch));
    QVERIFY(connections.all().contains(1) && !connections.all().contains(2));
    QVERIFY(connections.names().ids_at(one->peer) == std::vector{one->id});
}

void ConsolePartsTest::completes_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char* typed, const QStringList& words) {
        QTest::newRow(typed) << QString(typed) << words;
    };
    row("se", {"send", "sendall"});
    row("SENDA", {"sendall"});
    row("  he", {"help"});
    row("help us", {"users"});
    row("send #", {"#2", "#10"});
    row("send al", {"all", "all-but", "alpn:"});
    row("send all-but #1", {"#10"});
    row("kick 127", {"127.0.0.1"});
    row("kick 127.0.0.1 ", {"50002", "50010"});
    row("send 127.0.0.1 50002 ", {});
    row("users ori", {"origin:", "origin:http://dev.test", "origin:http://localhost:3000"});
    row("users is:open pa", {"path:", "path:/chat"});
    row("allow o", {"origin"});
    row("deny host local", {"localhost"});
    row("origin_required o", {"off", "on"});
    row("endpoint /c", {"/chat"});
    row("endpoint remove ", {"/chat", "/echo"});
    row("endpoint /x re", {"reverse"});
    row("endpoint /x echo sock", {"sockjs", "sockjs="});
    row("transport ", {"/echo"});
    row("transport /echo xhr", {"xhr-polling", "xhr-streaming"});
    row("transport /echo websocket o", {"off", "on"});
    row("users transport:x", {"transport:xhr-polling", "transport:xhr-streaming"});
    row("limits defaults max_mess", {"max_message="});
    row("frobnicate x", {});
    row("zz", {});
    row("wai", {"wait"});
    row("wait 5", {"500ms", "5s"});
    row("wait 5s ", {});
    row("EXP", {"expect"});
    row("help ex", {"exit", "expect"});
    row("expect ", {"close", "connection", "message", "refused", "sent"});
    row("expect close #", {"#2", "#10"});
    row("expect message ex", {"exactly"});
    row("expect message exactly \"a\" wi", {"within"});
    row("expect connection origin:h", {"origin:http://dev.test", "origin:http://localhost:3000"});
    row("expect refused within 3", {"30s"});
}

void ConsolePartsTest::completes()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, words);
    LiveConnections connections;
    connections.take(opened(made(2)));
    connections.take(opened(made(10, "http://dev.test")));
    ServerStatus status;
    status.endpoints = {EndpointConfig{"/chat", {}, "chat", false}, EndpointConfig{"/echo", {}}};
    status.endpoints[1].sockjs.emplace();
    const Completion completion = complete_command(typed.toStdString(), connections, &status);
    QStringList got;
    for (const std::string& word : completion.words)
        got += QString::fromStdString(word);
    QCOMPARE(got, words);
    QCOMPARE(static_cast<qsizetype>(completion.start), typed.lastIndexOf(' ') + 1);
}

void ConsolePartsTest::offers_nothing_that_would_need_an_escape()
{
    LiveConnections connections;
    connections.take(opened(made(1, "http://\x1b[2J")));
    connections.take(opened(made(2, "http://a b")));
    connections.take(opened(made(3, "http://a\"b")));
    connections.take(opened(made(4, "http://\xe2\x80\xae")));
    const Completion completion = complete_command("users origin:", connections, nullptr);
    QCOMPARE(completion.words, std::vector<std::string>{"origin:"}); // GU-05
    QCOMPARE(in_columns({"a", "bb", "ccc"}, 2, 80), std::string("a   bb\nand 1 more\n"));
}

void ConsolePartsTest::keeps_the_history_for_its_owner_and_in_bounds()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath("console.history").toStdString();
    QVERIFY(read_history(path).empty());
    std::vector<std::string> many;
    for (std::size_t i = 0; i < longest_history + 5; ++i)
        many.push_back("send #" + std::to_string(i) + " x");
    QVERIFY(add_to_history(path, many).has_value());
    QVERIFY(add_to_history(path, {"users", "send #100 x"}).has_value());
    const auto kept = read_history(path);
    QCOMPARE(kept.size(), longest_history);
    QCOMPARE(kept.back(), std::string("send #100 x"));
    QCOMPARE(kept[kept.size() - 2], std::string("users"));
    QCOMPARE(std::ranges::count(kept, "send #100 x"), 1);
    QCOMPARE(QFile::permissions(QString::fromStdString(path)) & ~(QFile::ReadUser | QFile::WriteUser),
        QFile::ReadOwner | QFile::WriteOwner);
}

void ConsolePartsTest::leaves_out_of_a_history_what_no_console_wrote()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("console.history");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("users\n\x1b[2J\n\xff\n" + QByteArray(longest_history_line + 1, 'x') + "\nstats");
    file.close();
    QCOMPARE(read_history(path.toStdString()), (std::vector<std::string>{"users", "stats"}));
}

QTEST_GUILESS_MAIN(ConsolePartsTest)
#include "console_parts_test.moc"
