#include "ui/text/format.h"

#include <QTest>

#include <array>
#include <string>

using namespace jackfield;
using namespace jackfield::ui;

class FormatTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void counts_have_separators();
    void sizes_are_for_people();
    void ages_and_durations();
    void times_of_day();
    void deltas();
    void rates();
    void a_hex_dump_line_keeps_its_columns();
    void a_hex_preview_ends_in_an_ellipsis();
    void names_the_browser_data();
    void names_the_browser();
    void words_are_the_browsers();
    void shortens_origins();
};

void FormatTest::counts_have_separators()
{
    QCOMPARE(formatCount(0), QStringLiteral("0"));
    QCOMPARE(formatCount(999), QStringLiteral("999"));
    QCOMPARE(formatCount(48'112), QStringLiteral("48,112"));
    QCOMPARE(formatCount(1'234'567), QStringLiteral("1,234,567"));
    QCOMPARE(formatCount(18'446'744'073'709'551'615U), QStringLiteral("18,446,744,073,709,551,615"));
}

void FormatTest::sizes_are_for_people()
{
    QCOMPARE(formatBytes(0), QStringLiteral("0 bytes"));
    QCOMPARE(formatBytes(1), QStringLiteral("1 byte"));
    QCOMPARE(formatBytes(1'023), QStringLiteral("1023 bytes"));
    QCOMPARE(formatBytes(1'024), QStringLiteral("1 KiB"));
    QCOMPARE(formatBytes(12'698), QStringLiteral("12.4 KiB"));
    QCOMPARE(formatBytes((1U << 20U) - 1), QStringLiteral("1 MiB"));
    QCOMPARE(formatBytes(std::uint64_t{256} << 20U), QStringLiteral("256 MiB"));
    QCOMPARE(formatBytes(~std::uint64_t{0}), QStringLiteral("16 EiB"));
}

void FormatTest::ages_and_durations()
{
    constexpr std::int64_t ms = 1'000'000;
    QCOMPARE(formatAge(-5), QStringLiteral("now"));
    QCOMPARE(formatAge(99 * ms), QStringLiteral("now"));
    QCOMPARE(formatAge(200 * ms), QStringLiteral("0.2 s"));
    QCOMPARE(formatAge(1'199 * ms), QStringLiteral("1.1 s"));
    QCOMPARE(formatAge(42'900 * ms), QStringLiteral("42 s"));
    QCOMPARE(formatAge(185'000 * ms), QStringLiteral("3 min"));
    QCOMPARE(formatAge(7'500'000 * ms), QStringLiteral("2 h 05 min"));
    QCOMPARE(formatAge(400'000'000 * ms), QStringLiteral("4 d"));
    QCOMPARE(formatDuration(12 * ms), QStringLiteral("12 ms"));
    QCOMPARE(formatDuration(1'200 * ms), QStringLiteral("1.2 s"));
    QCOMPARE(formatDuration(187'000 * ms), QStringLiteral("3 min 07 s"));
    QCOMPARE(formatDuration(-1), QStringLiteral("0 ms"));
    QCOMPARE(formatPeriod(std::chrono::milliseconds(0)), QStringLiteral("0 ms"));
    QCOMPARE(formatPeriod(std::chrono::milliseconds(250)), QStringLiteral("250 ms"));
    QCOMPARE(formatPeriod(std::chrono::milliseconds(1'500)), QStringLiteral("1,500 ms"));
    QCOMPARE(formatPeriod(std::chrono::milliseconds(5'000)), QStringLiteral("5 s"));
    QCOMPARE(formatPeriod(std::chrono::milliseconds(90'000)), QStringLiteral("90 s"));
}

void FormatTest::times_of_day()
{
    constexpr std::int64_t t = 1'700'000'000'003'000'000; // 2023-11-14 22:13:20.003 UTC
    QCOMPARE(formatTimeOfDay(t), QStringLiteral("22:13:20.003"));
    QCOMPARE(formatClock(WallTime{std::chrono::nanoseconds{t}}), QStringLiteral("22:13:20"));
    QCOMPARE(formatDateTime(t), QStringLiteral("2023-11-14 22:13:20.003"));
    QCOMPARE(formatTimeOfDay(-1), QStringLiteral("23:59:59.999"));
}

void FormatTest::deltas()
{
    QCOMPARE(formatDelta(0), QStringLiteral("+0.000"));
    QCOMPARE(formatDelta(1'000'000), QStringLiteral("+0.001"));
    QCOMPARE(formatDelta(13'238'900'000), QStringLiteral("+13.238"));
    QCOMPARE(formatDelta(-1'500'000'000), QStringLiteral("-1.500"));
}

void FormatTest::rates()
{
    QCOMPARE(formatRate(0), QStringLiteral("0/s"));
    QCOMPARE(formatRate(0.4), QStringLiteral("0.4/s"));
    QCOMPARE(formatRate(127.6), QStringLiteral("128/s"));
    QCOMPARE(formatRate(12'400), QStringLiteral("12,400/s"));
    QCOMPARE(formatRate(std::numeric_limits<double>::quiet_NaN()), QStringLiteral("0/s"));
}

void FormatTest::a_hex_dump_line_keeps_its_columns()
{
    const std::string bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    QCOMPARE(hexDumpLine(16, as_bytes(bytes)),
        QStringLiteral("00000010  89 50 4e 47 0d 0a 1a 0a  00 00 00 0d 49 48 44 52  |.PNG........IHDR|"));
    const QString part = hexDumpLine(0, as_bytes("Az~\x7f"));
    QCOMPARE(part, QStringLiteral("00000000  41 7a 7e 7f                                       |Az~.|"));
    QCOMPARE(part.indexOf(u'|'), hexDumpLine(16, as_bytes(bytes)).indexOf(u'|'));
    QCOMPARE(hexDumpLine(0, {}).indexOf(u'|'), part.indexOf(u'|'));
    QVERIFY(hexDumpLine(std::uint64_t{1} << 33U, {}).startsWith("200000000  "));
}

void FormatTest::a_hex_preview_ends_in_an_ellipsis()
{
    QCOMPARE(hexPreview(as_bytes("\x89PN"), 3), QStringLiteral("89 50 4e"));
    QCOMPARE(hexPreview(as_bytes("\x89PNG"), 3), QStringLiteral("89 50 4e …"));
    QCOMPARE(hexPreview({}), QString());
}

void FormatTest::names_the_browser_data()
{
    QTest::addColumn<QString>("agent");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* name, const char* agent) {
        QTest::newRow(agent) << QString::fromUtf8(agent) << QString::fromUtf8(name);
    };
    row("Firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0");
    row("Chrome",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
        "Safari/537.36");
    row("Chrome",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0 "
        "Safari/537.36");
    row("Edge",
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 "
        "Edg/126.0");
    row("Opera",
        "Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 OPR/111.0");
    row("Electron", "Mozilla/5.0 AppleWebKit/537.36 app/1.0 Chrome/120.0 Electron/28.0 Safari/537.36");
    row("Safari",
        "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15");
    row("Node", "node");
    row("Python", "Python/3.11 websockets/12.0");
    row("curl", "curl/8.5.0");
    row("Go", "Go-http-client/1.1");
    row("MyTool", "MyTool/1.0 (beta)");
    row("<b>x<", "<b>x</b>");
    row("", "");
}

void FormatTest::names_the_browser()
{
    QFETCH(QString, agent);
    QFETCH(QString, name);
    QCOMPARE(browserName(agent.toStdString()), name);
}

void FormatTest::words_are_the_browsers()
{
    QCOMPARE(typeName(TrafficType::text), QStringLiteral("Text Message"));
    QCOMPARE(typeName(TrafficType::close), QStringLiteral("Connection Close"));
    QCOMPARE(directionName(Direction::from_browser), QStringLiteral("from browser"));
    QCOMPARE(directionName(Direction::to_browser), QStringLiteral("to browser"));
    QCOMPARE(makerName(Maker::hand), QStringLiteral("hand"));
    QCOMPARE(makerName(Maker::peer), QString());
    QCOMPARE(stateName(ConnectionState::open), QStringLiteral("OPEN"));
    QVERIFY(closeCodeName(1001).startsWith("1001 "));
}

void FormatTest::shortens_origins()
{
    QCOMPARE(shortOrigin("http://localhost:5173"), QStringLiteral("localhost:5173"));
    QCOMPARE(shortOrigin("HTTPS://example.test"), QStringLiteral("example.test"));
    QCOMPARE(shortOrigin("tauri://localhost"), QStringLiteral("tauri://localhost"));
    QCOMPARE(std::string(pathOf("/chat?x=1")), std::string("/chat"));
    QCOMPARE(std::string(pathOf("/chat")), std::string("/chat"));
}

QTEST_GUILESS_MAIN(FormatTest)
#include "format_test.moc"
