#include "app/terminal/junit_report.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace jackfield;
using namespace jackfield::app;
using Outcome = StepResult::Outcome;

namespace {

StepResult expectation(std::size_t line, std::string text, Outcome outcome, std::string what = {})
{
    return {{line, std::move(text), Expectation()}, outcome, std::move(what), milliseconds(1'250)};
}

StepResult ran(std::size_t line, std::string text, Outcome outcome, std::string what = {})
{
    return {{line, std::move(text), ScriptCommand()}, outcome, std::move(what), milliseconds(1)};
}

/// What Python's parser makes of a document: its elements with their attributes and texts; empty: it is not
/// well-formed.
QString parsed(const std::string& xml)
{
    QProcess python;
    python.start("/usr/bin/python3",
        {"-c",
            "import sys, xml.etree.ElementTree as E\n"
            "for e in E.fromstring(sys.stdin.buffer.read()).iter():\n"
            "    print(e.tag, sorted(e.attrib.items()), ascii((e.text or '').strip()))"});
    python.write(xml.data(), static_cast<qint64>(xml.size()));
    python.closeWriteChannel();
    if (!python.waitForFinished(60'000))
        qFatal("python3 does not run: %s", qPrintable(python.errorString()));
    if (python.exitCode() != 0)
        qWarning("%s", python.readAllStandardError().constData());
    return python.exitCode() == 0 ? QString::fromUtf8(python.readAllStandardOutput()) : QString();
}

} // namespace

class TerminalJunitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_test_case_for_each_expectation();
    void a_script_that_could_not_run_is_an_error();
    void whatever_the_texts_hold_it_is_well_formed();
    void writes_xml_text_data();
    void writes_xml_text();
    void the_file_is_whole_or_not_there();
};

void TerminalJunitTest::a_test_case_for_each_expectation()
{
    JunitReport report;
    report.script = "chat.jackfield-script";
    report.started = WallTime(std::chrono::seconds(1'700'000'000));
    report.results
        = {ran(1, "endpoint /chat chat", Outcome::good), expectation(2, "expect connection", Outcome::good),
            expectation(3, "expect message \"a\"", Outcome::failed, "expected <a> & got \"b\""),
            ran(4, "kick #9", Outcome::failed, "there is no connection #9"),
            expectation(5, "expect close", Outcome::stopped, "SIGTERM came"),
            expectation(6, "expect close", Outcome::not_run), ran(7, "quit", Outcome::not_run)};
    const QString read = parsed(junit_text(report));
    const QString figures
        = "('errors', '1'), ('failures', '2'), %1('skipped', '1'), ('tests', '5'), ('time', '5.003')";
    QVERIFY2(read.contains("testsuites [" + QString(figures).arg("") + "]"), qPrintable(read));
    QVERIFY2(read.contains("testsuite [" + QString(figures).arg("('name', 'chat.jackfield-script'), ")
                 + ", ('timestamp', '2023-11-14T22:13:20')]"),
        qPrintable(read));
    QCOMPARE(read.count("testcase ["), 5);
    QVERIFY2(read.contains(
                 "testcase [('classname', 'chat.jackfield-script'), ('name', 'line 2: expect connection'), "
                 "('time', '1.250')]"),
        qPrintable(read));
    QVERIFY2(read.contains("failure [('message', 'expected <a> & got \"b\"')] 'expected <a> & got \"b\"'"),
        qPrintable(read));
    QVERIFY2(read.contains("error [('message', 'SIGTERM came')]"), qPrintable(read));
    QCOMPARE(read.count("skipped ["), 1);
}

void TerminalJunitTest::a_script_that_could_not_run_is_an_error()
{
    JunitReport report;
    report.script = "x";
    report.problem = "port 4567 is taken";
    const QString read = parsed(junit_text(report));
    QVERIFY2(read.contains("('errors', '1'), ('failures', '0')"), qPrintable(read));
    QVERIFY2(read.contains("error [('message', 'port 4567 is taken')]"), qPrintable(read));
}

void TerminalJunitTest::whatever_the_texts_hold_it_is_well_formed()
{
    std::string every_byte;
    for (int i = 0; i < 256; ++i)
        every_byte += static_cast<char>(i);
    const std::vector<std::string> texts{every_byte, "]]><![CDATA[<x>", "\"><script>&x;&#0;",
        "\xef\xbf\xbe\xef\xbf\xbf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc3", "\xf0\x9f\x98",
        std::string(1U << 20U, '\x01')};
    for (const std::string& text : texts) {
        JunitReport report;
        report.script = text;
        report.problem = text;
        report.results = {expectation(1, text, Outcome::failed, text), expectation(2, text, Outcome::good)};
        QVERIFY2(parsed(junit_text(report)).contains("testcase ["), text.substr(0, 40).c_str());
    }
}

void TerminalJunitTest::writes_xml_text_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("xml");
    QTest::newRow("plain") << QByteArray("a'b") << QByteArray("a'b");
    QTest::newRow("markup") << QByteArray("<&>\"") << QByteArray("&lt;&amp;&gt;&quot;");
    QTest::newRow("white space") << QByteArray("\t\r\n") << QByteArray("&#9;&#13;&#10;");
    QTest::newRow("controls") << QByteArray("\x1b\0", 2) << QByteArray("\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("DEL and C1") << QByteArray("\x7f\xc2\x85") << QByteArray("\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("no characters") << QByteArray("\xef\xbf\xbf\xef\xb7\x90")
                                   << QByteArray("\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("beyond the BMP") << QByteArray("\xf0\x9f\x98\x80") << QByteArray("\xf0\x9f\x98\x80");
    QTest::newRow("overlong") << QByteArray("\xc0\xaf") << QByteArray("\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("cut") << QByteArray("a\xe2\x82") << QByteArray("a\xef\xbf\xbd\xef\xbf\xbd");
}

void TerminalJunitTest::writes_xml_text()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, xml);
    QCOMPARE(QByteArray::fromStdString(xml_text(text.toStdString())), xml);
}

void TerminalJunitTest::the_file_is_whole_or_not_there()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath("report.xml").toStdString();
    QVERIFY(write_junit(path, {}).has_value());
    QVERIFY(QFile::exists(folder.filePath("report.xml")));
    const auto nowhere = write_junit(folder.filePath("no/such/report.xml").toStdString(), {});
    QVERIFY(!nowhere.has_value());
    QVERIFY(!nowhere.error().message().empty());
}

QTEST_GUILESS_MAIN(TerminalJunitTest)
#include "terminal_junit_test.moc"
