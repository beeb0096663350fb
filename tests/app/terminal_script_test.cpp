#include "app/terminal/json_command.h"
#include "app/terminal/script.h"

#include "jackfield/command_text.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::app;

namespace {

/// Takes any connection, as a script is read before there are any.
Result<void> takes(std::string_view line)
{
    ConnectionNames names;
    names.id_of = [](std::uint64_t) { return std::optional(ConnectionId::from_value(1)); };
    if (const auto command = parse_command(line, names); !command)
        return tl::unexpected<Error>(command.error());
    return {};
}

Script parse(std::string_view text)
{
    return parse_script(text, takes);
}

std::string std_of(const QByteArray& bytes)
{
    return bytes.toStdString();
}

} // namespace

class TerminalScriptTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_every_kind_of_step();
    void leaves_out_comments_and_empty_lines_and_counts_them();
    void reads_an_expectation_data();
    void reads_an_expectation();
    void names_what_is_wrong_data();
    void names_what_is_wrong();
    void tells_all_problems_with_their_lines();
    void stops_at_twenty_problems();
    void takes_what_editors_write_data();
    void takes_what_editors_write();
    void reads_times_data();
    void reads_times();
    void turns_json_into_the_command_language_data();
    void turns_json_into_the_command_language();
    void refuses_other_json_data();
    void refuses_other_json();
    void what_json_says_is_what_is_sent_data();
    void what_json_says_is_what_is_sent();
};

void TerminalScriptTest::reads_every_kind_of_step()
{
    const Script script
        = parse("send #1 hello\nwait 500ms\nexpect connection\n{\"run\":\"kick #1\",\"id\":7}");
    QVERIFY(script.problems.empty());
    QCOMPARE(script.steps.size(), std::size_t{4});
    QVERIFY(script.steps[0].is_command());
    QCOMPARE(std::get<ScriptCommand>(script.steps[0].what).line, std::string("send #1 hello"));
    QCOMPARE(std::get<ScriptWait>(script.steps[1].what).time.count(), 500);
    QCOMPARE(std::get<Expectation>(script.steps[2].what).within.count(), 5'000);
    QCOMPARE(std::get<ScriptCommand>(script.steps[3].what).line, std::string("kick #1"));
    QCOMPARE(script.steps[3].id, std::string("7"));
    QCOMPARE(script.steps[3].line, std::size_t{4});
}

void TerminalScriptTest::leaves_out_comments_and_empty_lines_and_counts_them()
{
    const Script script = parse("# what it is for\n\n   \t\n   # more\n  wait 1s  \n");
    QVERIFY(script.problems.empty());
    QCOMPARE(script.steps.size(), std::size_t{1});
    QCOMPARE(script.steps[0].line, std::size_t{5});
    QCOMPARE(script.steps[0].text, std::string("wait 1s"));
}

void TerminalScriptTest::reads_an_expectation_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("described");
    const auto row = [](const char* line, const char* described) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(described);
    };
    row("expect connection", "a connection within 5 s");
    row("EXPECT Connection WITHIN 2s", "a connection within 2 s");
    row("expect connection #2 within 1500ms", "connection #2 within 1500 ms");
    row("expect connection origin:localhost path:/chat",
        "a connection that passes the filter origin:localhost path:/chat within 5 s");
    row("expect message", "a message from a browser within 5 s");
    row("expect message hello", "a message from a browser that passes the filter hello within 5 s");
    row("expect message #3 /^a.b$/ within 2m",
        "a message from the browser of #3 that passes the filter /^a.b$/ within 120 s");
    row("expect message exactly \"within 5s\"",
        "a message from a browser that is exactly \"within 5s\" within 5 s");
    row("expect message \"within 5s\"",
        "a message from a browser that passes the filter \"within 5s\" within 5 s");
    row(R"(expect message exactly "a\"b\\\n\x01")",
        R"(a message from a browser that is exactly "a"b\\x0a\x01" within 5 s)");
    row("expect message #1 exactly \"x\" op:text within 1s",
        "a message from the browser of #1 that is exactly \"x\" and passes the filter op:text within 1 s");
    row("expect sent #1 exactly \"\"", "a message to the browser of #1 that is exactly \"\" within 5 s");
    row("expect close", "the close of a connection within 5 s");
    row("expect close 1001 within 0ms", "the close of a connection with 1001 within 0 ms");
    row("expect close #12 4001 is:closed",
        "the close of #12 with 4001 that passes the filter is:closed within 5 s");
    row("expect refused code:403 origin:evil",
        "a refused attempt that passes the filter code:403 origin:evil within 5 s");
    row("expect message $.type:subscribe",
        "a message from a browser that passes the filter $.type:subscribe within 5 s");
}

void TerminalScriptTest::reads_an_expectation()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, described);
    const auto step = parse_script_line(std_of(line), takes);
    QVERIFY2(step.has_value(), step ? "" : step.error().message().c_str());
    QVERIFY(std::holds_alternative<Expectation>(step->what));
    QCOMPARE(QByteArray::fromStdString(describe(std::get<Expectation>(step->what))), described);
}

void TerminalScriptTest::names_what_is_wrong_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("problem"); // a part of it
    const auto row = [](const char* line, const char* problem) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(problem);
    };
    row("wait", "the time is missing; write wait 500ms");
    row("wait 5", "\"5\" is no time; write 500ms, 5s or 2m");
    row("wait soon", "\"soon\" is no time");
    row("wait -1s", "\"-1s\" is no time");
    row("wait 1.5s", "is no time");
    row("wait 5s more", "\"5s more\" is no time");
    row("wait 25h", "is too long; the most is 24h");
    row("wait 99999999999999999999s", "is no time");
    row("wait 9223372036854775807h", "is too long");
    row("expect", "what is expected is missing; write expect connection");
    row("expect miracle", "\"miracle\" cannot be expected; write expect connection");
    row("expect connection within", "behind within stands a time");
    row("expect connection within soon", "\"soon\" is no time");
    row("expect connection within 5", "\"5\" is no time");
    row("expect message #0", "\"#0\" is no connection; one is written as #7");
    row("expect message #x hello", "\"#x\" is no connection");
    row("expect message #18446744073709551616", "is no connection");
    row("expect message exactly", "behind exactly stands a text between quotes");
    row("expect message exactly hello", "behind exactly stands a text between quotes");
    row("expect message exactly \"hello", "the closing quote is missing");
    row("expect message exactly \"a\"b", "there is more behind the closing quote");
    row(R"(expect message exactly "\q")", "between quotes a backslash stands before");
    row(R"(expect message exactly "\x4")", "\\x stands before two hexadecimal digits");
    row(R"(expect message exactly "\xzz")", "\\x stands before two hexadecimal digits");
    row(R"(expect message exactly "\)", "between quotes a backslash stands before");
    row("expect message /(/", "the filter \"/(/\" cannot be read: ");
    row("expect message is:open", "cannot be read: ");
    row("expect connection size>3", "cannot be read: ");
    row("expect close 999", "999 is no close code; they go from 1000 to 4999");
    row("expect close 5000", "5000 is no close code");
    row("expect close 70000", "70000 is no close code");
    row("expect close #1 0", "0 is no close code");
    row("hello", "there is no command \"hello\"");
    row("send #1", "the message is missing");
    row("kick #1 1006", "1006");
    row("{", "it is no JSON");
    row("{}", "it is either \"run\" or \"command\"");
}

void TerminalScriptTest::names_what_is_wrong()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, problem);
    const auto step = parse_script_line(std_of(line), takes);
    QVERIFY(!step.has_value());
    const std::string said = step.error().message();
    QVERIFY2(said.find(std_of(problem)) != std::string::npos, said.c_str());
}

void TerminalScriptTest::tells_all_problems_with_their_lines()
{
    const Script script = parse("wait\nexpect connection\n\nnonsense\n\xff\xfe\nexpect close 1\n");
    QCOMPARE(script.problems.size(), std::size_t{4});
    QCOMPARE(script.problems[0].line, std::size_t{1});
    QCOMPARE(script.problems[1].line, std::size_t{4});
    QCOMPARE(script.problems[2].line, std::size_t{5});
    QCOMPARE(script.problems[2].what, std::string("the line is no UTF-8"));
    QCOMPARE(script.problems[3].line, std::size_t{6});
}

void TerminalScriptTest::stops_at_twenty_problems()
{
    std::string text;
    for (int i = 0; i < 1'000; ++i)
        text += "nonsense\n";
    QCOMPARE(parse(text).problems.size(), max_script_problems);
}

void TerminalScriptTest::takes_what_editors_write_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbfwait 1s");
    QTest::newRow("CRLF") << QByteArray("wait 1s\r\n");
    QTest::newRow("tabs") << QByteArray("\twait\t1s\t\n");
    QTest::newRow("no final line end") << QByteArray("\n\nwait 1s");
    QTest::newRow("other scripts") << QByteArray("# \xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xc2\x85\nwait 1s");
}

void TerminalScriptTest::takes_what_editors_write()
{
    QFETCH(QByteArray, text);
    const Script script = parse(std_of(text));
    QVERIFY(script.problems.empty());
    QCOMPARE(script.steps.size(), std::size_t{1});
    QCOMPARE(std::get<ScriptWait>(script.steps[0].what).time.count(), 1'000);
}

void TerminalScriptTest::reads_times_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("0ms") << QByteArray("0ms") << qint64{0};
    QTest::newRow("500ms") << QByteArray("500ms") << qint64{500};
    QTest::newRow("5s") << QByteArray("5s") << qint64{5'000};
    QTest::newRow("2M") << QByteArray("2M") << qint64{120'000};
    QTest::newRow("24h") << QByteArray("24h") << qint64{86'400'000};
    QTest::newRow("86400000ms") << QByteArray("86400000ms") << qint64{86'400'000};
}

void TerminalScriptTest::reads_times()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, ms);
    const auto time = parse_script_time(std_of(text));
    QVERIFY(time.has_value());
    QCOMPARE(qint64{time->count()}, ms);
}

void TerminalScriptTest::turns_json_into_the_command_language_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("id");
    const auto row = [](const char* json, const char* line, const char* id = "") {
        QTest::newRow(json) << QByteArray(json) << QByteArray(line) << QByteArray(id);
    };
    row(R"({"run":"send #3 hello"})", "send #3 hello");
    row(R"({"run":"users","id":"a\"b"})", "users", R"("a\"b")");
    row(R"({"id":12,"run":"users"})", "users", "12");
    row(R"({"id":1.5,"run":"users"})", "users", "1.5");
    row(R"({"command":"users"})", "users");
    row(R"({"command":"send","to":3,"text":"hello"})", R"(send #3 "hello")");
    row(R"({"command":"send","to":"#3","text":"a \"b\" \\ c\nd"})", R"(send #3 "a \"b\" \\ c\x0ad")");
    row(R"({"command":"send","to":[3,5],"text":""})", R"(send #3,#5 "")");
    row(R"({"command":"send","to":"all","base64":"AP8="})", "send all hex:00ff");
    row(R"({"command":"send","to":"all","base64":""})", "send all hex:");
    row(R"({"command":"sendall","text":"\u00e4\u0000"})", "sendall \"\xc3\xa4\\x00\"");
    row(R"({"command":"kick","to":3,"code":4001,"reason":"be gone"})", R"(kick #3 4001 "be gone")");
    row(R"({"command":"kick","to":"all-but #3"})", "kick all-but #3");
    row(R"({"command":"kick","to":3,"args":["--style=rst"]})", "kick #3 --style=rst");
    row(R"({"command":"endpoint","args":["/my path","chat"]})", R"(endpoint "/my path" chat)");
    row(R"({"command":"listen","args":[4567]})", "listen 4567");
    row(R"({"command":"allow","args":["origin","http://localhost:5173"]})",
        "allow origin http://localhost:5173");
    row(R"({"run":"expect connection within 5s"})", "expect connection within 5s");
}

void TerminalScriptTest::turns_json_into_the_command_language()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, id);
    const JsonCommand command = read_json_command(std_of(json));
    QCOMPARE(QByteArray::fromStdString(command.problem), QByteArray());
    QCOMPARE(QByteArray::fromStdString(command.line), line);
    QCOMPARE(QByteArray::fromStdString(command.id), id);
}

void TerminalScriptTest::refuses_other_json_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("problem");
    QTest::addColumn<QByteArray>("id");
    const auto row = [](const char* json, const char* problem, const char* id = "") {
        QTest::newRow(json) << QByteArray(json) << QByteArray(problem) << QByteArray(id);
    };
    row("{", "it is no JSON");
    row("{\"run\":", "it is no JSON");
    row("{\"run\":\"users\"} x", "it is no JSON");
    row("{\"run\":\"\xff\"}", "it is no JSON");
    row("{}", "it is either \"run\" or \"command\"");
    row(R"({"id":1})", "it is either \"run\" or \"command\"", "1");
    row(R"({"run":"users","command":"users"})", "it is either \"run\" or \"command\"");
    row(R"({"run":"users","text":"x"})", "beside \"run\" stands nothing but \"id\"");
    row(R"({"run":1})", "\"run\" is a text");
    row(R"({"run":""})", "one line that is not empty");
    row(R"({"run":"  "})", "one line that is not empty");
    row(R"({"run":"users\nquit"})", "one line that is not empty");
    row(R"({"run":"users\rquit"})", "one line that is not empty");
    row(R"({"run":"users\u0000"})", "one line that is not empty");
    row(R"({"run":"{\"run\":\"users\"}"})", "not JSON again");
    row(R"({"run":"users","run":"quit"})", "\"run\" stands there twice");
    row(R"({"run":"users","id":null})", "\"id\" is a text or a number");
    row(R"({"run":"users","id":{}})", "\"id\" is a text or a number");
    row(R"({"run":"users","when":"now","id":3})", "there is no field \"when\"", "3");
    row(R"({"command":"send all","text":"x"})", "\"command\" is a verb");
    row(R"({"command":"","text":"x"})", "\"command\" is a verb");
    row(R"({"command":7})", "\"command\" is a verb");
    row(R"({"command":"send","to":-1,"text":"x"})", "\"to\" is a number");
    row(R"({"command":"send","to":1.5,"text":"x"})", "\"to\" is a number");
    row(R"({"command":"send","to":[],"text":"x"})", "\"to\" is a number");
    row(R"({"command":"send","to":["#1"],"text":"x"})", "\"to\" is a number");
    row(R"({"command":"send","to":"","text":"x"})", "\"to\" is a number");
    row(R"({"command":"send","to":"all\nquit","text":"x"})", "one line");
    row(R"({"command":"send","to":1,"text":7})", "\"text\" is a text");
    row(R"({"command":"send","to":1,"text":"a","base64":""})", "is enough");
    row(R"({"command":"send","to":1,"base64":"AP8"})", "\"base64\" is a text in base64");
    row(R"({"command":"send","to":1,"base64":"A==="})", "\"base64\" is a text in base64");
    row(R"({"command":"send","to":1,"base64":"AB=="})", "\"base64\" is a text in base64");
    row(R"({"command":"send","to":1,"base64":"AP8\n"})", "\"base64\" is a text in base64");
    row(R"({"command":"kick","to":1,"code":"4001"})", "\"code\" is a number");
    row(R"({"command":"kick","args":"x"})", "\"args\" is an array");
    row(R"({"command":"kick","args":[[1]]})", "\"args\" is an array");
    QTest::newRow("nested 100k") << QByteArray("{\"run\":") + QByteArray(100'000, '[') << QByteArray("nested")
                                 << QByteArray();
}

void TerminalScriptTest::refuses_other_json()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, problem);
    QFETCH(QByteArray, id);
    const JsonCommand command = read_json_command(std_of(json));
    QVERIFY2(command.problem.find(std_of(problem)) != std::string::npos, command.problem.c_str());
    QVERIFY(command.line.empty());
    QCOMPARE(QByteArray::fromStdString(command.id), id);
}

void TerminalScriptTest::what_json_says_is_what_is_sent_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("is_text");
    QTest::newRow("plain") << QByteArray("hello") << QByteArray("hello") << true;
    QTest::newRow("hex: is a text") << QByteArray("hex:00") << QByteArray("hex:00") << true;
    QTest::newRow("an option is a text")
        << QByteArray("--fragments=3") << QByteArray("--fragments=3") << true;
    QTest::newRow("blanks") << QByteArray("  a  ") << QByteArray("  a  ") << true;
    QTest::newRow("line ends and NUL") << QByteArray("a\\r\\n\\u0000b") << QByteArray("a\r\n\0b", 5) << true;
    QTest::newRow("quotes") << QByteArray("\\\"\\\\x\\u{1}") << QByteArray() << true; // no JSON: refused
    QTest::newRow("backslashes") << QByteArray("\\\"\\\\x41") << QByteArray("\"\\x41") << true;
    QTest::newRow("U+2028") << QByteArray("\\u2028") << QByteArray("\xe2\x80\xa8") << true;
    QTest::newRow("an emoji") << QByteArray("\\ud83d\\ude00") << QByteArray("\xf0\x9f\x98\x80") << true;
}

void TerminalScriptTest::what_json_says_is_what_is_sent()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, payload);
    QFETCH(bool, is_text);
    const JsonCommand read = read_json_command("{\"command\":\"sendall\",\"text\":\"" + std_of(json) + "\"}");
    if (payload.isEmpty()) {
        QVERIFY(!read.problem.empty());
        return;
    }
    QCOMPARE(read.problem, std::string());
    const auto command = parse_command(read.line, {});
    QVERIFY2(command.has_value(), command ? "" : command.error().message().c_str());
    const auto& send = std::get<command::Send>(*command);
    QCOMPARE(send.kind == MessageKind::text, is_text);
    QCOMPARE(QByteArray::fromStdString(std::string(send.payload.text())), payload);
}

QTEST_GUILESS_MAIN(TerminalScriptTest)
#include "terminal_script_test.moc"
