#include "app/terminal/script_runner.h"

#include "app/terminal/console_language.h"

#include "jackfield/command_text.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::app;
using Outcome = StepResult::Outcome;
using Kind = ScriptRunner::Next::Kind;

namespace {

SharedText shared(std::string_view text)
{
    return std::make_shared<const std::string>(text);
}

std::shared_ptr<const ConnectionInfo> connection(
    std::uint64_t number, std::string_view origin = "http://localhost:5173")
{
    auto info = std::make_shared<ConnectionInfo>();
    info->number = number;
    info->has_origin = true;
    info->origin = shared(origin);
    info->target = shared("/chat");
    info->host = info->protocol_version = info->subprotocol = info->user_agent = info->endpoint = shared("");
    return info;
}

Happening opened(std::uint64_t number, std::string_view origin = "http://localhost:5173")
{
    Happening happening;
    happening.info = connection(number, origin);
    return happening;
}

Happening message(std::uint64_t number, std::string_view text, Direction direction = Direction::from_browser,
    TrafficType type = TrafficType::text)
{
    Happening happening;
    happening.kind = Happening::Kind::message;
    happening.info = connection(number);
    happening.type = type;
    happening.direction = direction;
    happening.payload = SharedBytes(text);
    return happening;
}

Happening closed(std::uint64_t number, std::uint16_t code, std::string reason = {})
{
    Happening happening;
    happening.kind = Happening::Kind::closed;
    happening.info = connection(number);
    happening.close.code = code;
    happening.close.reason = std::move(reason);
    return happening;
}

Happening refused(std::uint16_t status, std::string origin)
{
    auto what = std::make_shared<event::Refused>();
    what->status = status;
    what->origin = std::move(origin);
    what->has_origin = true;
    what->why = "its origin is not on the list";
    Happening happening;
    happening.kind = Happening::Kind::refused;
    happening.refused = std::move(what);
    return happening;
}

/// A script that runs on a clock set by hand.
class Run {
public:
    explicit Run(std::string_view text, ScriptRunner::Options options = {})
        : runner(options)
    {
        const Script script = parse_script(text, [](std::string_view) { return Result<void>(); });
        if (!script.problems.empty())
            qFatal("the script is wrong: %s", script.problems.front().what.c_str());
        for (const ScriptStep& step : script.steps)
            runner.add(step);
        runner.on_result = [this](const StepResult& result) { results.push_back(result); };
    }
    ScriptRunner::Next next() { return runner.next(now); }
    void pass(milliseconds time) { now += time; }

    ScriptRunner runner;
    TimePoint now{std::chrono::hours(1)};
    std::vector<StepResult> results;
};

} // namespace

class TerminalScriptRunnerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runs_the_steps_in_their_order();
    void a_wait_ends_at_its_time();
    void what_came_before_the_line_meets_it();
    void each_happening_meets_one_expectation();
    void a_message_of_before_the_last_command_is_out_of_sight();
    void a_message_between_two_commands_is_in_sight();
    void what_only_asks_takes_nothing_out_of_sight();
    void a_connection_of_before_the_last_command_is_not();
    void a_wait_takes_nothing_out_of_sight();
    void what_meets_an_expectation_data();
    void what_meets_an_expectation();
    void a_limit_that_passes_fails_and_says_what_came_instead();
    void what_came_at_the_last_moment_is_in_time();
    void a_failure_ends_the_script();
    void keeps_going_when_told_to();
    void a_command_that_fails_fails_the_script();
    void what_it_is_stopped_in_is_told();
    void what_is_broken_off_ends_nothing_else();
    void what_is_kept_is_bounded();
    void hostile_text_stays_printable_and_short();
};

void TerminalScriptRunnerTest::runs_the_steps_in_their_order()
{
    Run run("send #1 a\nexpect message b\nkick #1");
    auto next = run.next();
    QCOMPARE(next.kind, Kind::command);
    QCOMPARE(std::get<ScriptCommand>(next.step.what).line, std::string("send #1 a"));
    QCOMPARE(run.next().kind, Kind::wait); // until it has ended
    run.runner.command_ended({}, run.now);
    next = run.next();
    QCOMPARE(next.kind, Kind::wait);
    QCOMPARE(*next.until - run.now, std::chrono::nanoseconds(std::chrono::seconds(5)));
    run.pass(milliseconds(20));
    run.runner.log().add(message(1, "b"));
    next = run.next();
    QCOMPARE(next.kind, Kind::command);
    QCOMPARE(std::get<ScriptCommand>(next.step.what).line, std::string("kick #1"));
    run.runner.command_ended({}, run.now);
    QCOMPARE(run.next().kind, Kind::done);
    QVERIFY(run.runner.all_good());
    QVERIFY(!run.runner.is_busy());
    QCOMPARE(run.results.size(), std::size_t{3});
    QCOMPARE(run.results[1].time, std::chrono::nanoseconds(milliseconds(20)));
    QCOMPARE(run.results[1].what, std::string("#1 from browser, text \"b\""));
}

void TerminalScriptRunnerTest::a_wait_ends_at_its_time()
{
    Run run("wait 500ms");
    const auto next = run.next();
    QCOMPARE(*next.until - run.now, std::chrono::nanoseconds(milliseconds(500)));
    run.pass(milliseconds(499));
    QCOMPARE(run.next().kind, Kind::wait);
    run.pass(milliseconds(1));
    QCOMPARE(run.next().kind, Kind::done);
    QVERIFY(run.runner.all_good());
}

void TerminalScriptRunnerTest::what_came_before_the_line_meets_it()
{
    Run run("wait 1s\nexpect connection\nexpect message b\nexpect message a");
    (void)run.next();
    run.runner.log().add(opened(1));
    run.runner.log().add(message(1, "a"));
    run.runner.log().add(message(1, "b"));
    run.pass(milliseconds(1'000));
    QCOMPARE(run.next().kind, Kind::done);
    QVERIFY(run.runner.all_good());
}

void TerminalScriptRunnerTest::each_happening_meets_one_expectation()
{
    Run run("expect connection\nexpect connection");
    run.runner.log().add(opened(1));
    QCOMPARE(run.next().kind, Kind::wait);
    QCOMPARE(run.results.size(), std::size_t{1});
    run.runner.log().add(opened(2));
    QCOMPARE(run.next().kind, Kind::done);
    QVERIFY(run.runner.all_good());
}

void TerminalScriptRunnerTest::a_message_of_before_the_last_command_is_out_of_sight()
{
    Run run("sendall go\nexpect message ok\nsendall go\nexpect message ok");
    (void)run.next();
    run.runner.command_ended({}, run.now);
    run.runner.log().add(message(1, "ok"));
    run.runner.log().add(message(1, "ok")); // once too often
    run.runner.log().add(closed(1, 1000));
    QCOMPARE(run.next().kind, Kind::command);
    run.runner.command_ended({}, run.now);
    QCOMPARE(run.next().kind, Kind::wait);
    run.pass(milliseconds(5'000));
    QCOMPARE(run.next().kind, Kind::done);
    QVERIFY(!run.runner.all_good());
    QVERIFY2(
        run.results.back().what.ends_with("; what came instead: nothing"), run.results.back().what.c_str());
}

void TerminalScriptRunnerTest::a_message_between_two_commands_is_in_sight()
{
    Run run("sendall go\nping #1\nexpect message ok");
    (void)run.next();
    run.runner.command_ended({}, run.now);
    run.runner.log().add(message(1, "ok")); // sooner than the next line
    (void)run.next();
    run.runner.command_ended({}, run.now);
    QCOMPARE(run.next().kind, Kind::done);
    QVERIFY(run.runner.all_good());
}

void TerminalScriptRunnerTest::what_only_asks_takes_nothing_out_of_sight()
{
    ScriptRunner runner({});
    const auto parse = [](const char* line) {
        return *parse_script_line(line, [](std::string_view) { return Result<void>(); });
    };
    runner.add(parse("expect message one"));
    ScriptStep asks = parse("users");
    std::get<ScriptCommand>(asks.what).only_asks = only_asks("users");
    runner.add(asks);
    runner.add(parse("expect message two"));
    runner.log().add(message(1, "one"));
    runner.log().add(message(1, "two"));
    const TimePoint now{std::chrono::hours(1)};
    QCOMPARE(runner.next(now).kind, Kind::command);
    runner.command_ended({}, now);
    QCOMPARE(runner.next(now).kind, Kind::done);
    QVERIFY(runner.all_good());
    for (const char* line : {"stats", "help send", "hosts", "origins", "block", "endpoint", "listeners", "clients origin:x"})
        QVERIFY2(only_asks(line), line);
    for (const char* line : {"send #1 users", "allow origin http://a.test", "nonsense", "quit", "block 127.0.0.1 1s"})
        QVERIFY2(!only_asks(line), line);
}

void TerminalScriptRunnerTest::a_connection_of_before_the_last_command_is_not()
{
    Run run("endpoint /chat chat\nexpect connection");
    run.runner.log().add(opened(1));
    QCOMPARE(run.next().kind, Kind::command);
    run.runner.command_ended({}, run.now);
    QCOMPARE(run.next().kind, Kind::done);
    QVERIFY(run.runner.all_good());
}

void TerminalScriptRunnerTest::a_wait_takes_nothing_out_of_sight()
{
    Run run("sendall go\nwait 1s\nexpect message ok");
    (void)run.next();
    run.runner.log().add(message(1, "ok"));
    run.runner.command_ended({}, run.now);
    (void)run.next();
    run.pass(milliseconds(1'000));
    QCOMPARE(run.next().kind, Kind::done);
    QVERIFY(run.runner.all_good());
}

void TerminalScriptRunnerTest::what_meets_an_expectation_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("met_by"); // letters of the happenings below
    const auto row = [](const char* line, const char* met_by) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(met_by);
    };
    row("expect connection", "AB");
    row("expect connection #2", "B");
    row("expect connection origin:other", "B");
    row("expect connection chat", "AB");
    row("expect connection is:open", "AB");
    row("expect message", "CDF");
    row("expect message hello", "CD");
    row("expect message /^HELLO$/", "C");
    row("expect message /(?-i)^HELLO$/", "");
    row("expect message exactly \"hello\"", "C");
    row("expect message exactly \"Hello\"", "");
    row("expect message #2", "D");
    row("expect message $.type:sub", "F");
    row("expect message size>6", "DF");
    row("expect message op:binary", "");
    row("expect sent", "EG");
    row("expect sent op:binary", "G");
    row("expect sent hello -op:binary", "E");
    row("expect close", "HI");
    row("expect close 4001", "I");
    row("expect close #1", "H");
    row("expect close #1 4001", "");
    row("expect close code>=4000", "I");
    row("expect close \"be gone\"", "I");
    row("expect close is:closed path:/chat", "HI");
    row("expect refused", "J");
    row("expect refused code:403 origin:evil", "J");
    row("expect refused code:404", "");
}

void TerminalScriptRunnerTest::what_meets_an_expectation()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, met_by);
    const std::vector<Happening> happenings{opened(1), opened(2, "http://other.test"), message(1, "hello"),
        message(2, "hello you"), message(1, "hello", Direction::to_browser), message(1, R"({"type":"sub"})"),
        message(1, std::string("\xff\0", 2), Direction::to_browser, TrafficType::binary), closed(1, 1000),
        closed(2, 4001, "be gone"), refused(403, "http://evil.test")};
    const auto step = parse_script_line(line.toStdString(), [](std::string_view) { return Result<void>(); });
    QVERIFY(step.has_value());
    QByteArray met;
    for (std::size_t i = 0; i < happenings.size(); ++i) {
        if (meets(happenings[i], std::get<Expectation>(step->what)))
            met += static_cast<char>('A' + static_cast<int>(i));
    }
    QCOMPARE(met, met_by);
}

void TerminalScriptRunnerTest::a_limit_that_passes_fails_and_says_what_came_instead()
{
    Run run("expect close #1 4001 within 2s");
    run.runner.log().add(message(1, "bye"));
    run.runner.log().add(closed(1, 1000, "done"));
    (void)run.next();
    run.pass(milliseconds(1'999));
    QCOMPARE(run.next().kind, Kind::wait);
    run.pass(milliseconds(1));
    QCOMPARE(run.next().kind, Kind::done);
    QVERIFY(!run.runner.all_good());
    QCOMPARE(run.results.size(), std::size_t{1});
    QCOMPARE(run.results[0].outcome, Outcome::failed);
    QCOMPARE(run.results[0].what,
        std::string(
            "expected the close of #1 with 4001 within 2 s; what came instead: #1 closed with 1000, reason "
            "\"done\"; #1 from browser, text \"bye\""));
}

void TerminalScriptRunnerTest::what_came_at_the_last_moment_is_in_time()
{
    Run run("expect connection within 1s");
    (void)run.next();
    run.pass(std::chrono::seconds(3)); // nobody had asked in the meantime
    run.runner.log().add(opened(1));
    QCOMPARE(run.next().kind, Kind::done);
    QVERIFY(run.runner.all_good());
}

void TerminalScriptRunnerTest::a_failure_ends_the_script()
{
    Run run("expect connection within 0ms\nsend #1 a\nexpect message b");
    QCOMPARE(run.next().kind, Kind::done);
    QCOMPARE(run.results.size(), std::size_t{3});
    QCOMPARE(run.results[0].outcome, Outcome::failed);
    QCOMPARE(run.results[1].outcome, Outcome::not_run);
    QCOMPARE(run.results[2].outcome, Outcome::not_run);
    QVERIFY(!run.runner.is_busy());
}

void TerminalScriptRunnerTest::keeps_going_when_told_to()
{
    Run run("expect connection within 0ms\nsend #1 a\nexpect message b", {true});
    QCOMPARE(run.next().kind, Kind::command);
    run.runner.command_ended("there is no connection #1", run.now);
    run.runner.log().add(message(1, "b"));
    QCOMPARE(run.next().kind, Kind::done);
    QCOMPARE(run.results.size(), std::size_t{3});
    QCOMPARE(run.results[1].outcome, Outcome::failed);
    QCOMPARE(run.results[2].outcome, Outcome::good);
    QVERIFY2(!run.runner.all_good(), "what held afterwards makes it no better");
}

void TerminalScriptRunnerTest::a_command_that_fails_fails_the_script()
{
    Run run("send #9 a\nexpect message b");
    (void)run.next();
    run.runner.command_ended("there is no connection #9", run.now);
    QCOMPARE(run.next().kind, Kind::done);
    QVERIFY(!run.runner.all_good());
    QCOMPARE(run.results[0].what, std::string("there is no connection #9"));
    QCOMPARE(run.results[1].outcome, Outcome::not_run);
}

void TerminalScriptRunnerTest::what_it_is_stopped_in_is_told()
{
    Run run("expect connection\nexpect message b", {true});
    (void)run.next();
    run.pass(milliseconds(30));
    run.runner.stop("SIGTERM came", run.now);
    QCOMPARE(run.next().kind, Kind::done);
    QCOMPARE(run.results.size(), std::size_t{2});
    QCOMPARE(run.results[0].outcome, Outcome::stopped);
    QCOMPARE(run.results[0].what, std::string("SIGTERM came"));
    QCOMPARE(run.results[0].time, std::chrono::nanoseconds(milliseconds(30)));
    QCOMPARE(run.results[1].outcome, Outcome::not_run);
    QVERIFY(!run.runner.all_good());
    run.runner.stop("again", run.now);
    QCOMPARE(run.results.size(), std::size_t{2});
}

void TerminalScriptRunnerTest::what_is_broken_off_ends_nothing_else()
{
    Run run("wait 1h\nexpect connection within 1h\nsendall go", {true});
    QVERIFY(!run.runner.break_off(run.now));
    (void)run.next();
    QVERIFY(run.runner.break_off(run.now));
    (void)run.next();
    QVERIFY(run.runner.break_off(run.now));
    QCOMPARE(run.next().kind, Kind::command);
    QVERIFY2(!run.runner.break_off(run.now), "a command ends by itself");
    run.runner.command_ended({}, run.now);
    QCOMPARE(run.next().kind, Kind::done);
    QCOMPARE(run.results.size(), std::size_t{3});
    QCOMPARE(run.results[0].outcome, Outcome::stopped);
    QCOMPARE(run.results[1].what, std::string("Broken off: expect connection within 1h"));
    QVERIFY2(run.runner.all_expectations_met(), "it did not have its time");
}

void TerminalScriptRunnerTest::what_is_kept_is_bounded()
{
    Run run("expect message exactly \"0\" within 0ms");
    for (std::size_t i = 0; i < HappeningLog::most + 7; ++i)
        run.runner.log().add(message(1, std::to_string(i)));
    QCOMPARE(run.runner.log().lost(), std::uint64_t{7});
    QCOMPARE(run.next().kind, Kind::done);
    QVERIFY2(run.results[0].what.ends_with("; and 9995 more (7 earlier ones were too many to be kept)"),
        run.results[0].what.c_str());
    HappeningLog log;
    const std::string large(8U << 20U, 'x');
    for (int i = 0; i < 10; ++i)
        log.add(message(1, large));
    QCOMPARE(log.lost(), std::uint64_t{8});
}

void TerminalScriptRunnerTest::hostile_text_stays_printable_and_short()
{
    Run run("expect close within 0ms");
    for (int i = 0; i < 100; ++i)
        run.runner.log().add(message(1, "\x1b[31m\n\xff\u202e" + std::string(1U << 20U, 'x')));
    QCOMPARE(run.next().kind, Kind::done);
    const std::string& what = run.results[0].what;
    QVERIFY(what.size() < 4'100);
    for (const char c : what)
        QVERIFY(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
    QVERIFY2(what.find("\\x1b[31m\\x0a\\xff\\u{202e}xxx") != std::string::npos, what.c_str());
}

QTEST_GUILESS_MAIN(TerminalScriptRunnerTest)
#include "terminal_script_runner_test.moc"
