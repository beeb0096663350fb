#include "jackfield/access_rules.h"

#include <QTest>

using namespace jackfield;

Q_DECLARE_METATYPE(jackfield::HostVerdict)
Q_DECLARE_METATYPE(jackfield::OriginVerdict)

namespace {

// Entries between blanks, all of them active as if a person had added them.
AccessList list_of(ListKind kind, const QString& entries)
{
    AccessList list;
    for (const QString& entry : entries.split(' ', Qt::SkipEmptyParts)) {
        const auto added = list.add(kind, entry.toStdString(), true,
            entry == "null" ? std::optional(TimePoint(std::chrono::hours(1))) : std::nullopt);
        if (!added)
            qFatal("%s", added.error().message().c_str());
    }
    return list;
}

} // namespace

class AccessRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decides_about_the_host_out_of_the_box_data();
    void decides_about_the_host_out_of_the_box();
    void decides_about_the_origin_out_of_the_box_data();
    void decides_about_the_origin_out_of_the_box();
    void matches_listed_hosts_data();
    void matches_listed_hosts();
    void matches_listed_origins_data();
    void matches_listed_origins();
    void what_it_offers_as_a_fix_lets_the_request_in_data();
    void what_it_offers_as_a_fix_lets_the_request_in();
    void an_origin_equal_to_the_host_is_no_permission();
    void both_verdicts_are_always_given();
    void a_missing_origin_is_refused_when_required();
    void names_the_line_that_decided();
    void only_active_lines_count();
    void lines_end_with_their_time();
};

void AccessRulesTest::decides_about_the_host_out_of_the_box_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<HostVerdict>("verdict");
    QTest::addColumn<QString>("fix");
    const auto allowed = HostVerdict::allowed;
    const auto not_listed = HostVerdict::not_listed;
    const auto malformed = HostVerdict::malformed;
    for (const char* host :
        {"127.0.0.1", "localhost", "localhost.", "[::1]", "[::ffff:7f00:1]", "foo.localhost"})
        QTest::addRow("OR-10 %s", host) << QByteArray(host) << allowed << "";
    for (const char* host : {"localhost:8080", "LOCALHOST:1", "127.0.0.1:65535", "127.3.4.5", "[::1]:80",
             "a.b.localhost:9", "[::FFFF:127.9.9.9]:9", "[0:0:0:0:0:0:0:1]", "localhost.:4567"})
        QTest::addRow("%s", host) << QByteArray(host) << allowed << "";
    QTest::newRow("OR-01 another name") << QByteArray("evil.test:8080") << not_listed << "evil.test";
    QTest::newRow("OR-11 0.0.0.0") << QByteArray("0.0.0.0:8080") << not_listed << "0.0.0.0";
    QTest::newRow("OR-11 [::]") << QByteArray("[::]:8080") << not_listed << "[::]";
    QTest::newRow("a name that ends so") << QByteArray("notlocalhost") << not_listed << "notlocalhost";
    QTest::newRow("a name that begins so")
        << QByteArray("localhost.evil.test") << not_listed << "localhost.evil.test";
    QTest::newRow("a name with an address inside")
        << QByteArray("127.0.0.1.evil.test") << not_listed << "127.0.0.1.evil.test";
    QTest::newRow("one number") << QByteArray("2130706433") << not_listed << "";
    QTest::newRow("hexadecimal") << QByteArray("0x7f.1:80") << not_listed << "";
    QTest::newRow("short form") << QByteArray("127.1") << not_listed << "";
    QTest::newRow("octal") << QByteArray("0177.0.0.1") << not_listed << "";
    QTest::newRow("OR-25 address of the network")
        << QByteArray("192.168.1.20:4567") << not_listed << "192.168.1.20";
    QTest::newRow("IPv4-compatible") << QByteArray("[::127.0.0.1]") << not_listed << "[::127.0.0.1]";
    for (const char* host : {"", ".", "..x", "a..b", "localhost:98777", "localhost:1.2", "localhost:80:80",
             "[::1", "[::1].", "x[::1]", "local host", "localhost/", "local\\host", "u@localhost",
             "%6cocalhost", "localhost\x02", ":80", "localhost:", "localhost:+80", "localhost..", "*",
             "*.localhost", "localhost,evil", "[fe80::1%25lo]"})
        QTest::addRow("HS-26 %s", host) << QByteArray(host) << malformed << "";
}

void AccessRulesTest::decides_about_the_host_out_of_the_box()
{
    QFETCH(QByteArray, host);
    const std::string value = host.toStdString();
    const auto decision = decide({}, value, "http://localhost", TimePoint());
    QTEST(decision.host, "verdict");
    QTEST(QString::fromStdString(decision.host_fix), "fix");
    QCOMPARE(decision.host_line.has_value(), decision.host == HostVerdict::allowed);
    QCOMPARE(decision.allowed(), decision.host == HostVerdict::allowed);
}

void AccessRulesTest::decides_about_the_origin_out_of_the_box_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<OriginVerdict>("verdict");
    QTest::addColumn<QString>("fix");
    const auto allowed = OriginVerdict::allowed;
    const auto not_listed = OriginVerdict::not_listed;
    const auto malformed = OriginVerdict::malformed;
    for (const char* origin : {"HTTP://LOCALHOST:3000", "http://localhost.:3000", "http://127.0.0.1",
             "http://[::1]:5173", "https://app.localhost"})
        QTest::addRow("OR-08 %s", origin) << QByteArray(origin) << allowed << "";
    QTest::newRow("127/8") << QByteArray("http://127.0.0.53:80") << allowed << "";
    QTest::newRow("OR-02 another page")
        << QByteArray("http://evil.test") << not_listed << "http://evil.test:80";
    QTest::newRow("OR-02 another page on https")
        << QByteArray("https://Evil.test") << not_listed << "https://evil.test:443";
    QTest::newRow("OR-07 address of the network")
        << QByteArray("http://192.168.1.5:5173") << not_listed << "http://192.168.1.5:5173";
    QTest::newRow("OR-07 one number") << QByteArray("http://2130706433") << not_listed << "";
    QTest::newRow("OR-07 hexadecimal") << QByteArray("http://0x7f.1") << not_listed << "";
    QTest::newRow("a name that begins so")
        << QByteArray("http://localhost.evil.test") << not_listed << "http://localhost.evil.test:80";
    QTest::newRow("a custom scheme at localhost")
        << QByteArray("tauri://localhost") << not_listed << "tauri://localhost";
    QTest::newRow("an extension") << QByteArray("chrome-extension://abc") << not_listed
                                  << "chrome-extension://abc";
    QTest::newRow("a file") << QByteArray("file://") << not_listed << "file://";
    QTest::newRow("a WebSocket scheme") << QByteArray("ws://localhost") << not_listed << "";
    QTest::newRow("null") << QByteArray("null") << OriginVerdict::null_refused << "null";
    QTest::newRow("OR-05 empty") << QByteArray("") << malformed << "";
    QTest::newRow("OR-05 a list") << QByteArray("http://localhost:3000, http://evil.test") << malformed << "";
    QTest::newRow("a list with blanks") << QByteArray("http://localhost http://localhost") << malformed << "";
    QTest::newRow("NULL") << QByteArray("NULL") << malformed << "";
    QTest::newRow("a bare name") << QByteArray("localhost") << malformed << "";
    QTest::newRow("no name") << QByteArray("http://") << malformed << "";
    QTest::newRow("user information") << QByteArray("http://localhost@evil.test") << malformed << "";
    QTest::newRow("user and password") << QByteArray("http://localhost:80@evil.test") << malformed << "";
    QTest::newRow("a path") << QByteArray("http://localhost/") << malformed << "";
    QTest::newRow("a query") << QByteArray("http://localhost?x") << malformed << "";
    QTest::newRow("a fragment") << QByteArray("http://localhost#x") << malformed << "";
    QTest::newRow("a backslash") << QByteArray("http://evil.test\\@localhost") << malformed << "";
    QTest::newRow("a blank in front") << QByteArray(" http://localhost") << malformed << "";
    QTest::newRow("a NUL") << QByteArray("http://localhost\0", 17) << malformed << "";
    QTest::newRow("a homoglyph") << QByteArray("http://l\xd0\xbe"
                                               "calhost")
                                 << malformed << "";
    QTest::newRow("a bad port") << QByteArray("http://localhost:65536") << malformed << "";
    QTest::newRow("a custom scheme with a path") << QByteArray("tauri://localhost/x") << malformed << "";
    QTest::newRow("no scheme") << QByteArray("://localhost") << malformed << "";
}

void AccessRulesTest::decides_about_the_origin_out_of_the_box()
{
    QFETCH(QByteArray, origin);
    const std::string value = origin.toStdString();
    const auto decision = decide({}, "localhost:4567", value, TimePoint());
    QTEST(decision.origin, "verdict");
    QTEST(QString::fromStdString(decision.origin_fix), "fix");
    QCOMPARE(decision.origin_line.has_value(), decision.origin == OriginVerdict::allowed);
    QCOMPARE(decision.allowed(), decision.origin == OriginVerdict::allowed);
}

void AccessRulesTest::matches_listed_hosts_data()
{
    QTest::addColumn<QString>("entries");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("match");
    QTest::newRow("any port") << "a.test" << QByteArray("A.test:81") << true;
    QTest::newRow("its port") << "a.test:81" << QByteArray("a.test:81") << true;
    QTest::newRow("another port") << "a.test:81" << QByteArray("a.test:82") << false;
    QTest::newRow("another port than the scheme's") << "a.test:81" << QByteArray("a.test") << false;
    QTest::newRow("default port of ws") << "a.test:80" << QByteArray("a.test") << true;
    QTest::newRow("default port of wss") << "a.test:443" << QByteArray("a.test") << true;
    QTest::newRow("default port written out") << "a.test:80" << QByteArray("a.test:80") << true;
    QTest::newRow("suffix") << "*.a.test" << QByteArray("x.a.test") << true;
    QTest::newRow("suffix with two labels in front") << "*.a.test" << QByteArray("x.y.a.test") << true;
    QTest::newRow("not the suffix itself") << "*.a.test" << QByteArray("a.test") << false;
    QTest::newRow("not inside a label") << "*.a.test" << QByteArray("xa.test") << false;
    QTest::newRow("everything") << "*" << QByteArray("0.0.0.0:9") << true;
    QTest::newRow("everything on a port") << "*:80" << QByteArray("b.test:81") << false;
    QTest::newRow("everything has to be a name") << "*" << QByteArray("a b") << false;
    QTest::newRow("127.0.0.1 stands for 127/8") << "127.0.0.1" << QByteArray("127.8.8.8") << true;
    QTest::newRow("127.0.0.1 stands for the mapped form")
        << "127.0.0.1" << QByteArray("[::ffff:127.0.0.1]") << true;
    QTest::newRow("127.0.0.1 is not ::1") << "127.0.0.1" << QByteArray("[::1]") << false;
    QTest::newRow("127.0.0.1 is not localhost") << "127.0.0.1" << QByteArray("localhost") << false;
    QTest::newRow("another loopback address stands for itself")
        << "127.0.0.2" << QByteArray("127.0.0.1") << false;
    QTest::newRow("::1 is not 127.0.0.1") << "[::1]" << QByteArray("127.0.0.1") << false;
    QTest::newRow("localhost is not 127.0.0.1") << "localhost" << QByteArray("127.0.0.1") << false;
    QTest::newRow("localhost is nothing below it") << "localhost" << QByteArray("a.localhost") << false;
    QTest::newRow("an address is its literal") << "10.0.0.1" << QByteArray("[::ffff:10.0.0.1]") << false;
    QTest::newRow("0.0.0.0 when listed") << "0.0.0.0" << QByteArray("0.0.0.0:8080") << true;
    QTest::newRow("nothing listed") << "" << QByteArray("localhost") << false;
}

void AccessRulesTest::matches_listed_hosts()
{
    QFETCH(QString, entries);
    QFETCH(QByteArray, host);
    QFETCH(bool, match);
    AccessRules rules;
    rules.hosts = list_of(ListKind::hosts, entries);
    const std::string value = host.toStdString();
    QCOMPARE(decide(rules, value, {}, TimePoint()).host == HostVerdict::allowed, match);
}

void AccessRulesTest::matches_listed_origins_data()
{
    QTest::addColumn<QString>("entries");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("match");
    QTest::newRow("no scheme: http") << "a.test" << QByteArray("http://a.test:3000") << true;
    QTest::newRow("no scheme: https") << "a.test" << QByteArray("https://a.test") << true;
    QTest::newRow("scheme") << "http://a.test" << QByteArray("http://a.test:1") << true;
    QTest::newRow("other scheme") << "http://a.test" << QByteArray("https://a.test") << false;
    QTest::newRow("default port in the entry") << "http://a.test:80" << QByteArray("http://a.test") << true;
    QTest::newRow("default port in the origin")
        << "http://a.test:80" << QByteArray("http://a.test:80") << true;
    QTest::newRow("http's port is not https's") << "a.test:80" << QByteArray("https://a.test") << false;
    QTest::newRow("https default port") << "https://a.test:443" << QByteArray("https://a.test") << true;
    QTest::newRow("https on port 80") << "a.test:80" << QByteArray("https://a.test:80") << true;
    QTest::newRow("suffix with scheme and port")
        << "https://*.a.test:8443" << QByteArray("https://b.a.test:8443") << true;
    QTest::newRow("suffix, not itself") << "https://*.a.test" << QByteArray("https://a.test") << false;
    QTest::newRow("everything") << "*" << QByteArray("https://evil.test") << true;
    QTest::newRow("everything holds custom schemes") << "*" << QByteArray("app://.") << true;
    QTest::newRow("everything does not hold null") << "*" << QByteArray("null") << false;
    QTest::newRow("everything of https") << "https://*" << QByteArray("http://evil.test") << false;
    QTest::newRow("custom scheme, whole") << "tauri://localhost" << QByteArray("TAURI://localhost") << true;
    QTest::newRow("custom scheme with a port")
        << "tauri://localhost" << QByteArray("tauri://localhost:1") << false;
    QTest::newRow("custom scheme and localhost")
        << "localhost *.localhost" << QByteArray("capacitor://localhost") << false;
    QTest::newRow("custom scheme is not http")
        << "tauri://localhost" << QByteArray("http://localhost") << false;
    QTest::newRow("null with a time") << "null" << QByteArray("null") << true;
}

void AccessRulesTest::matches_listed_origins()
{
    QFETCH(QString, entries);
    QFETCH(QByteArray, origin);
    QFETCH(bool, match);
    AccessRules rules;
    rules.origins = list_of(ListKind::origins, entries);
    const std::string value = origin.toStdString();
    QCOMPARE(decide(rules, "localhost", value, TimePoint()).origin == OriginVerdict::allowed, match);
}

void AccessRulesTest::what_it_offers_as_a_fix_lets_the_request_in_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("origin");
    QTest::newRow("phone") << QByteArray("192.168.1.20:4567") << QByteArray("http://192.168.1.20:5173");
    QTest::newRow("names") << QByteArray("dev.example.test") << QByteArray("https://dev.example.test");
    QTest::newRow("OR-11") << QByteArray("0.0.0.0:8080") << QByteArray("http://0.0.0.0:8080");
    QTest::newRow("IPv6") << QByteArray("[FE80::1]:8080") << QByteArray("http://[FE80::1]:8080");
    QTest::newRow("custom") << QByteArray("x_y.test") << QByteArray("chrome-extension://aBc");
    QTest::newRow("file") << QByteArray("x.test") << QByteArray("file://");
    QTest::newRow("null") << QByteArray("x.test") << QByteArray("null");
}

void AccessRulesTest::what_it_offers_as_a_fix_lets_the_request_in()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, origin);
    const std::string host_value = host.toStdString();
    const std::string origin_value = origin.toStdString();
    AccessRules rules;
    const auto before = decide(rules, host_value, origin_value, TimePoint());
    QVERIFY(!before.allowed());
    QVERIFY(rules.hosts.add(ListKind::hosts, before.host_fix).has_value());
    QVERIFY(rules.origins.add(ListKind::origins, before.origin_fix, true, TimePoint(std::chrono::minutes(15)))
                .has_value());
    const auto after = decide(rules, host_value, origin_value, TimePoint());
    QVERIFY(after.allowed());
    QVERIFY(after.host_fix.empty() && after.origin_fix.empty());
}

void AccessRulesTest::an_origin_equal_to_the_host_is_no_permission()
{
    const auto decision = decide({}, "evil.test:8080", "http://evil.test:8080", TimePoint());
    QCOMPARE(decision.host, HostVerdict::not_listed);
    QCOMPARE(decision.origin, OriginVerdict::not_listed);
}

void AccessRulesTest::both_verdicts_are_always_given()
{
    const auto decision = decide({}, std::nullopt, "http://evil.test:81", TimePoint());
    QCOMPARE(decision.host, HostVerdict::missing);
    QCOMPARE(decision.origin, OriginVerdict::not_listed);
    QCOMPARE(decision.origin_fix, std::string("http://evil.test:81"));
    QVERIFY(!decision.allowed());
}

void AccessRulesTest::a_missing_origin_is_refused_when_required()
{
    AccessRules rules;
    QCOMPARE(decide(rules, "localhost", {}, TimePoint()).origin, OriginVerdict::missing_allowed);
    QVERIFY(decide(rules, "localhost", {}, TimePoint()).allowed());
    rules.origin_required = true;
    const auto decision = decide(rules, "localhost", {}, TimePoint());
    QCOMPARE(decision.origin, OriginVerdict::missing_refused);
    QVERIFY(!decision.allowed());
    QVERIFY(decision.origin_fix.empty());
}

void AccessRulesTest::names_the_line_that_decided()
{
    AccessRules rules;
    rules.hosts = list_of(ListKind::hosts, "a.test b.test *.test");
    rules.origins = list_of(ListKind::origins, "http://a.test https://a.test");
    const auto decision = decide(rules, "c.test", "https://a.test", TimePoint());
    QCOMPARE(decision.host_line, std::optional<std::size_t>(2));
    QCOMPARE(decision.origin_line, std::optional<std::size_t>(1));
}

void AccessRulesTest::only_active_lines_count()
{
    std::vector<std::string> notices;
    AccessRules rules;
    rules.hosts = AccessList::parse_file(ListKind::hosts, "# evil.test\na b\n*\nlocalhost\n", notices);
    QCOMPARE(decide(rules, "evil.test", {}, TimePoint()).host, HostVerdict::not_listed);
    QCOMPARE(decide(rules, "localhost", {}, TimePoint()).host_line, std::optional<std::size_t>(3));
}

void AccessRulesTest::lines_end_with_their_time()
{
    AccessRules rules;
    const TimePoint end(std::chrono::seconds(10));
    QVERIFY(rules.hosts.add(ListKind::hosts, "a.test", true, end).has_value());
    QCOMPARE(decide(rules, "a.test", {}, end - std::chrono::nanoseconds(1)).host, HostVerdict::allowed);
    QCOMPARE(decide(rules, "a.test", {}, end).host, HostVerdict::not_listed);
}

QTEST_GUILESS_MAIN(AccessRulesTest)
#include "access_rules_test.moc"
