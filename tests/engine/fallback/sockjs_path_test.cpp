#include "fallback/sockjs_path.h"

#include <QTest>

#include <string>

using namespace jackfield::fallback;

class SockJsPathTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void tells_server_and_session();
    void refuses_what_is_no_identifier_data();
    void refuses_what_is_no_identifier();
    void knows_what_stands_below();
};

void SockJsPathTest::reads_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("action");
    const auto row = [](const char* path, SockJsAction action) {
        QTest::newRow(path) << QByteArray(path) << static_cast<int>(action);
    };
    row("/echo", SockJsAction::greeting);
    row("/echo/", SockJsAction::greeting);
    row("/echo/info", SockJsAction::info);
    row("/echo/websocket", SockJsAction::raw_websocket);
    for (const char* path : {"/echo/iframe.html", "/echo/iframe-a.html", "/echo/iframe-.html", "/echo/iframe-0.1.2.html",
             "/echo/iframe-0.1.2abc-dirty.2144.html"})
        row(path, SockJsAction::iframe);
    for (const char* path : {"/echo/iframe.htm", "/echo/iframe", "/echo/IFRAME.HTML", "/echo/IFRAME",
             "/echo/iframe.HTML", "/echo/iframe.xml", "/echo/iframe-/.html", "/echo/iframe%2e.html", "/echo/iframehtml"})
        row(path, SockJsAction::unknown);
    row("/echo/0/0/websocket", SockJsAction::websocket);
    row("/echo/000/abc/xhr", SockJsAction::xhr);
    row("/echo/000/abc/xhr_streaming", SockJsAction::xhr_streaming);
    row("/echo/000/abc/xhr_send", SockJsAction::xhr_send);
    row("/echo/000/abc/eventsource", SockJsAction::eventsource);
    row("/echo/000/abc/htmlfile", SockJsAction::htmlfile);
    row("/echo/000/abc/jsonp", SockJsAction::jsonp);
    row("/echo/000/abc/jsonp_send", SockJsAction::jsonp_send);
    row("/echo/_/_/xhr", SockJsAction::xhr);
    row("/echo/abcdefgh_i-j%20/abcdefg_i-j%20/xhr", SockJsAction::xhr);
    for (const char* path : {"", "/", "/other", "/echoes", "/echoes/info", "/ech", "/Echo/info", "/echo/a", "/echo/a.html",
             "/echo//", "/echo///", "/echo/a/a", "/echo/a/a/", "/echo/a/", "/echo///xhr", "/echo/xhr", "/echo////xhr",
             "/echo/a/xhr", "/echo/a/a/a/xhr", "/echo/a/a/xhr/", "/echo/a/a/XHR", "/echo/a/a/xhr2", "/echo/info/",
             "/echo/websocket/", "/echo/a/a/info", "/echo/a/a/xhr%5fsend"})
        row(path, SockJsAction::unknown);
}

void SockJsPathTest::reads()
{
    QFETCH(QByteArray, path);
    QFETCH(int, action);
    const SockJsPath read = parse_sockjs_path("/echo", path.toStdString());
    QCOMPARE(static_cast<int>(read.action), action);
    // The same below the root.
    if (path.startsWith("/echo/"))
        QCOMPARE(static_cast<int>(parse_sockjs_path("/", path.mid(5).toStdString()).action), action);
}

void SockJsPathTest::tells_server_and_session()
{
    const SockJsPath read = parse_sockjs_path("/a/b", "/a/b/000/x%20y/xhr_send");
    QVERIFY(read.action == SockJsAction::xhr_send);
    QVERIFY(read.server == "000");
    QVERIFY(read.session == "x%20y");
    QVERIFY(parse_sockjs_path("/a/b", "/a/b/info").session.empty());
    QVERIFY(parse_sockjs_path("/a/b", "/a/b/000/x/other").session.empty());
}

void SockJsPathTest::refuses_what_is_no_identifier_data()
{
    QTest::addColumn<QByteArray>("segment");
    QTest::addColumn<bool>("is_taken");
    const auto row = [](const char* name, const QByteArray& segment, bool is_taken) {
        QTest::newRow(name) << segment << is_taken;
    };
    row("empty", "", false);
    row("a dot", ".", false);
    row("two dots", "..", false);
    row("a dot at the end", "a.", false);
    row("an encoded slash", "a%2fb", false);
    row("an encoded slash in capitals", "a%2Fb", false);
    row("an encoded dot", "%2e%2e", false);
    row("an encoded dot in capitals", "%2E", false);
    row("an encoded dot behind another escape", "%20%2e", false);
    row("an encoded percent", "%252e", true);
    row("half an escape", "a%2", true);
    row("the longest", QByteArray(128, 'a'), true);
    row("one more", QByteArray(129, 'a'), false);
    row("a megabyte", QByteArray(1 << 20, 'a'), false);
    row("a megabyte of percents", QByteArray(1 << 20, '%'), false);
}

void SockJsPathTest::refuses_what_is_no_identifier()
{
    QFETCH(QByteArray, segment);
    QFETCH(bool, is_taken);
    const std::string text = segment.toStdString();
    const std::string as_session = "/echo/000/" + text + "/xhr";
    const std::string as_server = "/echo/" + text + "/abc/xhr";
    QCOMPARE(parse_sockjs_path("/echo", as_session).action == SockJsAction::xhr, is_taken);
    QCOMPARE(parse_sockjs_path("/echo", as_server).action == SockJsAction::xhr, is_taken);
}

void SockJsPathTest::knows_what_stands_below()
{
    QVERIFY(!is_below("/echo", "/echo"));
    QVERIFY(is_below("/echo", "/echo/"));
    QVERIFY(is_below("/echo", "/echo/info"));
    QVERIFY(!is_below("/echo", "/echoes"));
    QVERIFY(!is_below("/echo", "/ech/o"));
    QVERIFY(!is_below("/echo", ""));
    QVERIFY(is_below("/", "/info"));
    QVERIFY(!is_below("/", ""));
}

QTEST_APPLESS_MAIN(SockJsPathTest)
#include "sockjs_path_test.moc"
