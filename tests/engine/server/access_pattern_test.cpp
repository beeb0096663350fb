#include "jackfield/access_rules.h"

#include <QTest>

using namespace jackfield;

Q_DECLARE_METATYPE(jackfield::ListKind)
Q_DECLARE_METATYPE(jackfield::AccessPattern::Form)

namespace {
constexpr ListKind hosts = ListKind::hosts;
constexpr ListKind origins = ListKind::origins;
using Form = AccessPattern::Form;
} // namespace

class AccessPatternTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_an_entry_data();
    void reads_an_entry();
    void says_what_is_wrong_data();
    void says_what_is_wrong();
    void knows_how_far_it_reaches_data();
    void knows_how_far_it_reaches();
};

void AccessPatternTest::reads_an_entry_data()
{
    QTest::addColumn<ListKind>("list");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Form>("form");
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("port"); // -1: any
    QTest::newRow("name") << hosts << "localhost" << Form::exact_name << ""
                          << "localhost" << -1;
    QTest::newRow("case, dot and blanks") << hosts << "\t LocalHost.:80 " << Form::exact_name << ""
                                          << "localhost" << 80;
    QTest::newRow("address") << hosts << "192.168.1.20:4567" << Form::exact_name << ""
                             << "192.168.1.20" << 4567;
    QTest::newRow("IPv6 canonical") << hosts << "[0:0:0::1]:1" << Form::exact_name << ""
                                    << "[::1]" << 1;
    QTest::newRow("IPv6 upper case") << hosts << "[FE80::A]" << Form::exact_name << ""
                                     << "[fe80::a]" << -1;
    QTest::newRow("mapped IPv4") << hosts << "[::ffff:7f00:1]" << Form::exact_name << ""
                                 << "[::ffff:127.0.0.1]" << -1;
    QTest::newRow("suffix") << hosts << "*.Example.test:8080" << Form::suffix << ""
                            << "example.test" << 8080;
    QTest::newRow("everything") << hosts << "*" << Form::everything << ""
                                << "" << -1;
    QTest::newRow("everything on a port") << hosts << "*:80" << Form::everything << ""
                                          << "" << 80;
    QTest::newRow("null is a host like any other") << hosts << "null" << Form::exact_name << ""
                                                   << "null" << -1;
    QTest::newRow("origin without a scheme") << origins << "localhost" << Form::exact_name << ""
                                             << "localhost" << -1;
    QTest::newRow("http origin") << origins << "HTTP://Localhost:5173" << Form::exact_name << "http"
                                 << "localhost" << 5173;
    QTest::newRow("https suffix") << origins << "https://*.example.test" << Form::suffix << "https"
                                  << "example.test" << -1;
    QTest::newRow("all of https") << origins << "https://*" << Form::everything << "https"
                                  << "" << -1;
    QTest::newRow("null") << origins << "null" << Form::null_origin << ""
                          << "null" << -1;
    QTest::newRow("tauri") << origins << "tauri://localhost" << Form::exact_whole << ""
                           << "tauri://localhost" << -1;
    QTest::newRow("scheme in lower case, the rest as it is")
        << origins << "Chrome-Extension://abcDEF" << Form::exact_whole << ""
        << "chrome-extension://abcDEF" << -1;
    QTest::newRow("app://.") << origins << "app://." << Form::exact_whole << ""
                             << "app://." << -1;
    QTest::newRow("custom scheme with a port")
        << origins << "tauri://localhost:1430" << Form::exact_whole << ""
        << "tauri://localhost:1430" << -1;
}

void AccessPatternTest::reads_an_entry()
{
    QFETCH(ListKind, list);
    QFETCH(QString, text);
    const auto pattern = parse_access_pattern(list, text.toStdString());
    QVERIFY2(pattern.has_value(), pattern ? "" : pattern.error().message().c_str());
    QTEST(pattern->form, "form");
    QTEST(QString::fromStdString(pattern->scheme), "scheme");
    QTEST(QString::fromStdString(pattern->name), "name");
    QTEST(pattern->port ? int{*pattern->port} : -1, "port");
}

void AccessPatternTest::says_what_is_wrong_data()
{
    QTest::addColumn<ListKind>("list");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("empty") << hosts << QByteArray() << "the entry is empty";
    QTest::newRow("blank") << origins << QByteArray("  ") << "the entry is empty";
    QTest::newRow("FF-08 http:// in the host list")
        << hosts << QByteArray("http://") << "a host has no scheme";
    QTest::newRow("FF-08 http://") << origins << QByteArray("http://") << "the name is missing";
    QTest::newRow("FF-08 a b") << hosts << QByteArray("a b") << "no blanks inside";
    QTest::newRow("FF-08 *.*") << hosts << QByteArray("*.*") << "a * stands alone or at the start";
    QTest::newRow("star in the middle")
        << hosts << QByteArray("a.*.com") << "a * stands alone or at the start";
    QTest::newRow("star glued to a name")
        << hosts << QByteArray("*evil.com") << "a * stands alone or at the start";
    QTest::newRow("FF-08 1,000 characters") << hosts << QByteArray(1000, 'a') << "longer than any name";
    QTest::newRow("FF-08 NUL") << hosts << QByteArray("local\0host", 10) << "control character";
    QTest::newRow("FF-08 homoglyph") << hosts
                                     << QByteArray("l\xd0\xbe"
                                                   "calhost")
                                     << "letters outside of ASCII";
    QTest::newRow("label of 64") << hosts << QByteArray(64, 'a') << "this is no name or address";
    QTest::newRow("empty label") << hosts << QByteArray("a..b") << "an empty part";
    QTest::newRow("leading dot") << hosts << QByteArray(".localhost") << "an empty part";
    QTest::newRow("two dots at the end") << hosts << QByteArray("localhost..") << "an empty part";
    QTest::newRow("port 0") << hosts << QByteArray("localhost:0") << "the port";
    QTest::newRow("port 65536") << hosts << QByteArray("localhost:65536") << "the port";
    QTest::newRow("port of letters") << hosts << QByteArray("localhost:http") << "the port";
    QTest::newRow("everything on no port") << hosts << QByteArray("*:") << "the port";
    QTest::newRow("IPv6 without brackets") << hosts << QByteArray("::1") << "in brackets";
    QTest::newRow("bad IPv6") << hosts << QByteArray("[::g]") << "no name or address";
    QTest::newRow("IPv6 zone") << hosts << QByteArray("[fe80::1%lo]") << "no name or address";
    QTest::newRow("OR-07 one number") << hosts << QByteArray("2130706433") << "four decimal numbers";
    QTest::newRow("OR-07 hexadecimal") << origins << QByteArray("http://0x7f.1") << "four decimal numbers";
    QTest::newRow("suffix of an address") << hosts << QByteArray("*.0.0.1") << "four decimal numbers";
    QTest::newRow("suffix of a whole address")
        << hosts << QByteArray("*.127.0.0.1") << "only names have a suffix";
    QTest::newRow("user") << origins << QByteArray("http://u@localhost") << "leave out the user name";
    QTest::newRow("path") << origins << QByteArray("http://localhost/") << "leave out the path";
    QTest::newRow("query") << origins << QByteArray("http://localhost?x") << "leave out the path";
    QTest::newRow("websocket scheme")
        << origins << QByteArray("ws://localhost:4567") << "begins with http://";
    QTest::newRow("custom scheme with a path")
        << origins << QByteArray("tauri://localhost/x") << "leave out the path";
    QTest::newRow("custom scheme with a star") << origins << QByteArray("tauri://*") << "a * stands alone";
    QTest::newRow("bad scheme") << origins << QByteArray("1x://localhost") << "no name or address";
}

void AccessPatternTest::says_what_is_wrong()
{
    QFETCH(ListKind, list);
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    const auto pattern = parse_access_pattern(list, text.toStdString());
    QVERIFY(!pattern.has_value());
    QCOMPARE(pattern.error().code, ErrorCode::malformed);
    const QString message = QString::fromStdString(pattern.error().message());
    QVERIFY2(message.contains(problem), qPrintable(message));
}

void AccessPatternTest::knows_how_far_it_reaches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("beyond");
    QTest::addColumn<bool>("wide");
    QTest::newRow("localhost") << "localhost" << false << false;
    QTest::newRow("below localhost") << "app.localhost" << false << false;
    QTest::newRow("*.localhost") << "*.localhost" << false << false;
    QTest::newRow("*.app.localhost") << "*.app.localhost" << false << false;
    QTest::newRow("127.0.0.1") << "127.0.0.1" << false << false;
    QTest::newRow("127.9.9.9") << "http://127.9.9.9:80" << false << false;
    QTest::newRow("::1") << "[::1]" << false << false;
    QTest::newRow("mapped loopback") << "[::ffff:127.0.0.1]" << false << false;
    QTest::newRow("mapped other") << "[::ffff:128.0.0.1]" << true << false;
    QTest::newRow("a name that begins like loopback") << "127.evil.test" << true << false;
    QTest::newRow("a name that ends like localhost") << "notlocalhost" << true << false;
    QTest::newRow("0.0.0.0") << "0.0.0.0" << true << false;
    QTest::newRow("address of the network") << "192.168.1.20" << true << false;
    QTest::newRow("suffix") << "*.example.com" << true << false;
    QTest::newRow("*.com") << "*.com" << true << true;
    QTest::newRow("https://*.com:443") << "https://*.com:443" << true << true;
    QTest::newRow("*") << "*" << true << true;
    QTest::newRow("*:80") << "*:80" << true << true;
    QTest::newRow("null") << "null" << true << false;
    QTest::newRow("custom scheme") << "tauri://localhost" << true << false;
}

void AccessPatternTest::knows_how_far_it_reaches()
{
    QFETCH(QString, text);
    const auto pattern = parse_access_pattern(origins, text.toStdString());
    QVERIFY(pattern.has_value());
    QTEST(pattern->reaches_beyond_loopback(), "beyond");
    QTEST(pattern->is_wide_open(), "wide");
}

QTEST_GUILESS_MAIN(AccessPatternTest)
#include "access_pattern_test.moc"
