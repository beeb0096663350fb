#include "support/codec_harness.h"
#include "support/http_harness.h"
#include "websocket/hixie75_rule.h"
#include "websocket/hybi00_rule.h"
#include "websocket/hybi_draft_rule.h"
#include "websocket/rfc6455_rule.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

using Rules = std::vector<std::shared_ptr<const HandshakeRule>>;

const Rules& all_rules()
{
    static const Rules rules{std::make_shared<Rfc6455Rule>(),
        std::make_shared<HybiDraftRule>(Dialect::hybi10), std::make_shared<HybiDraftRule>(Dialect::hybi07),
        std::make_shared<Hybi00Rule>(), std::make_shared<Hixie75Rule>()};
    return rules;
}

const HandshakeRule* rule_for(const http::RequestHead& head)
{
    for (const auto& rule : all_rules()) {
        if (rule->claims(head))
            return rule.get();
    }
    return nullptr;
}

/// A request of lines that end in a line feed here, with the empty line behind them.
std::string request(std::string_view lines)
{
    std::string bytes;
    for (const char c : lines)
        bytes += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return bytes + "\r\n";
}

/// The example of hybi-00 section 1.2, with another line for a field: none removes it, several replace it.
std::string hybi00_request(std::string_view field = {}, std::string_view lines = {})
{
    std::string text = "GET /demo HTTP/1.1\n";
    for (const std::string_view line :
        {"Host: example.com\n", "Connection: Upgrade\n", "Sec-WebSocket-Key2: 12998 5 Y3 1  .P00\n",
            "Sec-WebSocket-Protocol: sample\n", "Upgrade: WebSocket\n",
            "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\n", "Origin: http://example.com\n"})
        text += !field.empty() && line.starts_with(std::string(field) + ":") ? std::string(lines)
                                                                             : std::string(line);
    return request(text);
}

/// The example of hixie-75 section 1.2.
std::string hixie75_request(std::string_view field = {}, std::string_view lines = {})
{
    std::string text = "GET /demo HTTP/1.1\n";
    for (const std::string_view line : {"Upgrade: WebSocket\n", "Connection: Upgrade\n",
             "Host: example.com\n", "Origin: http://example.com\n", "WebSocket-Protocol: sample\n"})
        text += !field.empty() && line.starts_with(std::string(field) + ":") ? std::string(lines)
                                                                             : std::string(line);
    return request(text);
}

std::string answer_of(const HandshakeRule& rule, const http::RequestHead& head, std::string_view subprotocol,
    std::string_view body = {}, bool secure = false)
{
    return rule.answer(head, subprotocol, CodecSettings{}, secure).bytes
        + (rule.bytes_after_head() > 0 ? rule.answer_to_body(head, as_bytes(body)) : std::string());
}

} // namespace

class OlderRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answers_what_browsers_sent_data();
    void answers_what_browsers_sent();
    void claims_data();
    void claims();
    void finds_the_number_in_a_key_data();
    void finds_the_number_in_a_key();
    void hybi_00_refuses_data();
    void hybi_00_refuses();
    void hixie_75_refuses_data();
    void hixie_75_refuses();
    void the_drafts_of_hybi_ask_what_rfc_6455_asks_data();
    void the_drafts_of_hybi_ask_what_rfc_6455_asks();
    void finds_the_origin_data();
    void finds_the_origin();
    void names_the_resource_data();
    void names_the_resource();
    void repeats_nothing_that_could_end_a_line();
    void tells_its_facts();
    void gives_a_codec_with_its_limits();
};

void OlderRulesTest::answers_what_browsers_sent_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("protocol");
    QTest::addColumn<QByteArray>("subprotocol");
    QTest::addColumn<QByteArray>("answer");
    const auto row
        = [](const char* name, const std::string& head, const QByteArray& body, const char* protocol,
              const char* subprotocol, const std::string& answer, const QByteArray& proof = {}) {
              QTest::newRow(name) << QByteArray::fromStdString(head) << body << QByteArray(protocol)
                                  << QByteArray(subprotocol) << QByteArray::fromStdString(answer) + proof;
          };
    const std::string hybi00_answer = "HTTP/1.1 101 WebSocket Protocol Handshake\nUpgrade: WebSocket\n"
                                      "Connection: Upgrade\n";
    const std::string hixie75_answer = "HTTP/1.1 101 Web Socket Protocol Handshake\nUpgrade: WebSocket\n"
                                       "Connection: Upgrade\n";
    const std::string rfc_answer = "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n"
                                   "Connection: Upgrade\n";

    row("hybi-00 section 1.2", hybi00_request(), "^n:ds[4U", "hybi-00", "sample",
        request(hybi00_answer
            + "Sec-WebSocket-Origin: http://example.com\nSec-WebSocket-Location: ws://example.com/demo\n"
              "Sec-WebSocket-Protocol: sample\n"),
        "8jKS'y:G*Co,Wxa-");
    row("hybi-00 section 1.3",
        request("GET /demo HTTP/1.1\nHost: example.com\nConnection: Upgrade\n"
                "Sec-WebSocket-Key2: 1_ tx7X d  <  nw  334J702) 7]o}` 0\nUpgrade: WebSocket\n"
                "Sec-WebSocket-Key1: 18x 6]8vM;54 *(5:  {   U1]8  z [  8\nOrigin: http://example.com\n"),
        "Tm[K T2u", "hybi-00", "",
        request(hybi00_answer
            + "Sec-WebSocket-Origin: http://example.com\nSec-WebSocket-Location: ws://example.com/demo\n"),
        "fQJ,fN/4F4!~K~MH");
    row("hixie-75 section 1.2", hixie75_request(), "", "hixie-75", "sample",
        request(hixie75_answer
            + "WebSocket-Origin: http://example.com\nWebSocket-Location: ws://example.com/demo\n"
              "WebSocket-Protocol: sample\n"));

    // https://github.com/TooTallNate/Java-WebSocket/issues/63
    row("Safari 5.1.2 on Mac OS X 10.7.2",
        request("GET / HTTP/1.1\nUpgrade: WebSocket\nConnection: Upgrade\nHost: localhost:843\n"
                "Origin: http://localhost:8888\nCookie: SQLiteManager_currentLangue=2\n"
                "Sec-WebSocket-Key1: 23 1 +V2 61z9 5 P[t B|34vE\n"
                "Sec-WebSocket-Key2: 2  33 0w{z 55679 0\n"),
        QByteArray::fromHex("8d07195bf934c649"), "hybi-00", "",
        request(hybi00_answer
            + "Sec-WebSocket-Origin: http://localhost:8888\nSec-WebSocket-Location: ws://localhost:843/\n"),
        QByteArray::fromHex("1feb892fcffe2ddae1e09e9f04c7003c"));
    // https://github.com/nori0428/mod_websocket/issues/2: the space that counts is the first of the value.
    row("Chrome 6.0.427.0 on Windows",
        request("GET /chat HTTP/1.1\nUpgrade: WebSocket\nConnection: Upgrade\nHost: 127.0.0.1\n"
                "Origin: http://127.0.0.1\nSec-WebSocket-Key1:  !0\nSec-WebSocket-Key2:  !0\n"),
        QByteArray(8, '\0'), "hybi-00", "",
        request(hybi00_answer
            + "Sec-WebSocket-Origin: http://127.0.0.1\nSec-WebSocket-Location: ws://127.0.0.1/chat\n"),
        QByteArray::fromHex("4ae71336e44bf9bf79d2752e234818a5"));
    // WebSocket2.pas of the Bauglir Internet Library ends with the next two. Firefox 6 called the
    // constructor MozWebSocket.
    row("Firefox 6.0 on Windows 7",
        request("GET / HTTP/1.1\nHost: 81.0.231.149:81\n"
                "User-Agent: Mozilla/5.0 (Windows NT 6.1; WOW64; rv:6.0) Gecko/20100101 Firefox/6.0\n"
                "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\n"
                "Accept-Language: sk,cs;q=0.8,en-us;q=0.5,en;q=0.3\nAccept-Encoding: gzip, deflate\n"
                "Accept-Charset: ISO-8859-2,utf-8;q=0.7,*;q=0.7\nConnection: keep-alive, Upgrade\n"
                "Sec-WebSocket-Version: 7\nSec-WebSocket-Origin: http://html5.bauglir.dev\n"
                "Sec-WebSocket-Key: HgBKcPfdBSzjCYxGnWCO3g==\nPragma: no-cache\nCache-Control: no-cache\n"
                "Upgrade: websocket\nCookie: __utmb=72544661.3.10.1313811966; __utmc=72544661\n"),
        "", "hybi-07", "", request(rfc_answer + "Sec-WebSocket-Accept: a0nyM64D16W27Chda1gmuNfpAqQ=\n"));
    row("Chrome 14, by its order of fields",
        request("GET / HTTP/1.1\nUpgrade: websocket\nConnection: Upgrade\nHost: 81.0.231.149:81\n"
                "Sec-WebSocket-Origin: http://html5.bauglir.dev\n"
                "Sec-WebSocket-Key: Q9ceXTuzjdF2o23CRYvnuA==\nSec-WebSocket-Version: 8\n"),
        "", "hybi-10", "", request(rfc_answer + "Sec-WebSocket-Accept: 3ee8Zo5szukQEYtPKOLyzzlDjHs=\n"));
    // The parser's timing program of zaphoyd/websocketpp.
    row("Firefox 10.0 (before its release) on Mac OS X 10.7",
        request("GET / HTTP/1.1\nHost: localhost:5000\n"
                "User-Agent: Mozilla/5.0 (Macintosh; Intel Mac OS X 10.7; rv:10.0) Gecko/20100101 "
                "Firefox/10.0\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\n"
                "Accept-Language: en-us,en;q=0.5\nAccept-Encoding: gzip, deflate\n"
                "Connection: keep-alive, Upgrade\nSec-WebSocket-Version: 8\n"
                "Sec-WebSocket-Origin: http://zaphoyd.com\nSec-WebSocket-Key: pFik//FxwFk0riN4ZiPFjQ==\n"
                "Pragma: no-cache\nCache-Control: no-cache\nUpgrade: websocket\n"),
        "", "hybi-10", "", request(rfc_answer + "Sec-WebSocket-Accept: oCPNMjdhvED8MxbvfN3kHe9jRfQ=\n"));
    // hybi-07 and hybi-10 section 1.2 differ in the version alone.
    for (const char* version : {"7", "8"}) {
        row((std::string("the example of version ") + version).c_str(),
            request("GET /chat HTTP/1.1\nHost: server.example.com\nUpgrade: websocket\nConnection: Upgrade\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n"
                    "Sec-WebSocket-Origin: http://example.com\nSec-WebSocket-Protocol: chat, superchat\n"
                    "Sec-WebSocket-Version: "
                + std::string(version) + "\n"),
            "", *version == '7' ? "hybi-07" : "hybi-10", "chat",
            request(rfc_answer
                + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\nSec-WebSocket-Protocol: chat\n"));
    }
}

void OlderRulesTest::answers_what_browsers_sent()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, protocol);
    QFETCH(QByteArray, subprotocol);
    QFETCH(QByteArray, answer);
    const auto head = parsed_head(request.toStdString());
    QVERIFY(!head.method.empty());
    const HandshakeRule* const rule = rule_for(head);
    QVERIFY(rule != nullptr);
    QCOMPARE(to_byte_array(rule->protocol_version()), protocol);
    const auto refusal = rule->check(head);
    QVERIFY2(!refusal, refusal ? refusal->why.c_str() : "");
    QCOMPARE(rule->bytes_after_head(), static_cast<std::size_t>(body.size()));
    QCOMPARE(rule->subprotocols(head).empty(), subprotocol.isEmpty());
    QCOMPARE(to_byte_array(answer_of(*rule, head, subprotocol.toStdString(), body.toStdString())), answer);
}

void OlderRulesTest::claims_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("protocol"); // empty: nobody's
    const auto row = [](const char* name, const std::string& bytes, const char* protocol) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(protocol);
    };
    const auto version = [](const std::string& lines) {
        return good_request({{"Sec-WebSocket-Version", lines}});
    };
    row("13", good_request(), "RFC 6455");
    row("8", version("Sec-WebSocket-Version: 8\r\n"), "hybi-10");
    row("7", version("Sec-WebSocket-Version: 7\r\n"), "hybi-07");
    for (const char* text : {"6", "4", "9", "12", "08", "7.0", "+8", "8, 7", "13, 8", ""})
        row((std::string("HS-34 version ") + text).c_str(),
            version("Sec-WebSocket-Version: " + std::string(text) + "\r\n"), "");
    row("HS-34 a key without a version", version(""), "");
    row("both keys", hybi00_request(), "hybi-00");
    row("Key1 alone", hybi00_request("Sec-WebSocket-Key2"), "hybi-00");
    row("Key2 alone", hybi00_request("Sec-WebSocket-Key1"), "hybi-00");
    row("keys with a version", hybi00_request("Origin", "Origin: a\nSec-WebSocket-Version: 5\n"), "");
    row("keys and version 13", hybi00_request("Origin", "Origin: a\nSec-WebSocket-Version: 13\n"),
        "RFC 6455");
    row("keys of a draft with other frames", hybi00_request("Origin", "Origin: a\nSec-WebSocket-Draft: 2\n"),
        "");
    row("neither", hixie75_request(), "hixie-75");
    row("without an Origin", hixie75_request("Origin"), "");
    row("with any Sec-WebSocket- field",
        hixie75_request("WebSocket-Protocol", "sec-websocket-Protocol: sample\n"), "");
    row("with an extension of a later version", hixie75_request("WebSocket-Protocol", "SEC-WEBSOCKET-X: 1\n"),
        "");
    row("Upgrade in lower case", hixie75_request("Upgrade", "Upgrade: websocket\n"), "");
    row("Upgrade with more", hixie75_request("Upgrade", "Upgrade: WebSocket, h2c\n"), "");
    row("Connection with more", hixie75_request("Connection", "Connection: keep-alive, Upgrade\n"), "");
    row("no Connection", hixie75_request("Connection"), "");
    row("RFC 6455 whose fields a proxy has removed",
        request("GET / HTTP/1.1\nHost: localhost\nUpgrade: websocket\nConnection: Upgrade\nOrigin: a\n"), "");
}

void OlderRulesTest::claims()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, protocol);
    const auto head = parsed_head(request.toStdString());
    QVERIFY(!head.method.empty());
    const HandshakeRule* const rule = rule_for(head);
    QCOMPARE(rule ? to_byte_array(rule->protocol_version()) : QByteArray(), protocol);
}

void OlderRulesTest::finds_the_number_in_a_key_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<qint64>("number"); // -1: none
    QTest::newRow("section 1.3, the first")
        << QByteArray("18x 6]8vM;54 *(5:  {   U1]8  z [  8") << qint64{155712099};
    QTest::newRow("section 1.3, the second")
        << QByteArray("1_ tx7X d  <  nw  334J702) 7]o}` 0") << qint64{173347027};
    // https://github.com/TooTallNate/Java-WebSocket/issues/87
    QTest::newRow("iPhone, the first") << QByteArray("1323@331  zS)V8L= 00") << qint64{441110600};
    QTest::newRow("iPhone, the second") << QByteArray("2L7v5j 9'  4 f< X7N22 46") << qint64{459912041};
    QTest::newRow("zero") << QByteArray(" 0") << qint64{0};
    QTest::newRow("zero and many spaces") << QByteArray("0   ") << qint64{0};
    QTest::newRow("the largest") << QByteArray("4294967295 x") << qint64{4294967295};
    QTest::newRow("leading zeros") << QByteArray("000000000000000000004 x") << qint64{4};
    QTest::newRow("one over") << QByteArray("4294967296 x") << qint64{-1};
    QTest::newRow("far over") << QByteArray("99999999999999999999999999999999999999999999 x") << qint64{-1};
    QTest::newRow("no spaces") << QByteArray("1234x") << qint64{-1};
    QTest::newRow("a tab is no space") << QByteArray("12\t34x") << qint64{-1};
    QTest::newRow("no digits") << QByteArray("ab cd") << qint64{-1};
    QTest::newRow("nothing") << QByteArray() << qint64{-1};
    QTest::newRow("not a multiple") << QByteArray("7 x y") << qint64{-1};
    QTest::newRow("a multiple") << QByteArray("8 x y") << qint64{4};
}

void OlderRulesTest::finds_the_number_in_a_key()
{
    QFETCH(QByteArray, key);
    QFETCH(qint64, number);
    const KeyPart part = part_of_key(key.toStdString());
    QCOMPARE(part.number ? qint64{*part.number} : qint64{-1}, number);
    QCOMPARE(part.problem.empty(), part.number.has_value());
}

void OlderRulesTest::hybi_00_refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("reason");
    QTest::addColumn<QByteArray>("why");
    using R = RefusalReason;
    const auto row = [](const char* name, const std::string& bytes, int status, R reason, const char* why) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << status << int(reason) << QByteArray(why);
    };
    const auto key = [&](const char* name, const char* value, const char* why) {
        for (const char* field : {"Sec-WebSocket-Key1", "Sec-WebSocket-Key2"})
            row((std::string(name) + " " + field).c_str(),
                hybi00_request(field, std::string(field) + ": " + value + "\n"), 400, R::websocket_key,
                (std::string(field) + " " + why).c_str());
    };
    for (const char* field : {"Sec-WebSocket-Key1", "Sec-WebSocket-Key2"}) {
        row((std::string("no ") + field).c_str(), hybi00_request(field), 400, R::websocket_key,
            (std::string(field) + " is missing").c_str());
        const std::string line = std::string(field) + ": 1 1\n";
        row((std::string("two ") + field).c_str(), hybi00_request(field, line + line), 400, R::websocket_key,
            (std::string(field) + " is there more than once").c_str());
    }
    key("spaces removed", "1234", "holds no spaces");
    key("letters", "a b", "holds no digits");
    key("empty", "", "holds no digits");
    key("not divided", "1 2 3", "holds a number that its spaces do not divide");
    key("too large", "99999 99999", "holds a number of more than 32 bits");
    row("HTTP/1.0",
        request("GET / HTTP/1.0\nHost: a\nUpgrade: WebSocket\nConnection: Upgrade\nOrigin: a\n"
                "Sec-WebSocket-Key1: 1 1\nSec-WebSocket-Key2: 1 1\n"),
        505, R::http_version, "HTTP/1.0");
    row("no Connection", hybi00_request("Connection"), 426, R::connection_header, "Connection");
    row("no Origin", hybi00_request("Origin"), 400, R::origin_header, "exactly one Origin");
    row("two Origins", hybi00_request("Origin", "Origin: a\nOrigin: a\n"), 400, R::origin_header,
        "exactly one Origin");
    const auto protocol = [&](const char* name, const char* lines) {
        row(name, hybi00_request("Sec-WebSocket-Protocol", lines), 400, R::subprotocol_header,
            "Sec-WebSocket-Protocol is not one name");
    };
    protocol("two subprotocols", "Sec-WebSocket-Protocol: a\nSec-WebSocket-Protocol: b\n");
    protocol("empty subprotocol", "Sec-WebSocket-Protocol:\n");
    protocol("subprotocol with a blank", "Sec-WebSocket-Protocol: a, b\n");
    protocol("subprotocol that is not ASCII", "Sec-WebSocket-Protocol: k\xc3\xb6ln\n");
}

void OlderRulesTest::hybi_00_refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(int, reason);
    QFETCH(QByteArray, why);
    const auto head = parsed_head(request.toStdString());
    QVERIFY(!head.method.empty());
    const auto refusal = Hybi00Rule().check(head);
    QVERIFY(refusal.has_value());
    QCOMPARE(int{refusal->status}, status);
    QCOMPARE(int(refusal->reason), reason);
    QVERIFY2(to_byte_array(refusal->why).contains(why), refusal->why.c_str());
}

void OlderRulesTest::hixie_75_refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("reason");
    using R = RefusalReason;
    const auto row = [](const char* name, const std::string& bytes, R reason) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << int(reason);
    };
    row("two Origins", hixie75_request("Origin", "Origin: a\nOrigin: b\n"), R::origin_header);
    row("two subprotocols",
        hixie75_request("WebSocket-Protocol", "WebSocket-Protocol: a\nWebSocket-Protocol: b\n"),
        R::subprotocol_header);
    row("a list of subprotocols", hixie75_request("WebSocket-Protocol", "WebSocket-Protocol: a, b\n"),
        R::subprotocol_header);
    row("HTTP/1.0", request("GET / HTTP/1.0\nHost: a\nUpgrade: WebSocket\nConnection: Upgrade\nOrigin: a\n"),
        R::http_version);
}

void OlderRulesTest::hixie_75_refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(int, reason);
    const auto head = parsed_head(request.toStdString());
    QVERIFY(Hixie75Rule().claims(head));
    const auto refusal = Hixie75Rule().check(head);
    QVERIFY(refusal.has_value() && !refusal->why.empty());
    QCOMPARE(int(refusal->reason), reason);
}

void OlderRulesTest::the_drafts_of_hybi_ask_what_rfc_6455_asks_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("lines");
    QTest::newRow("no key") << QByteArray("Sec-WebSocket-Key") << QByteArray();
    QTest::newRow("a short key") << QByteArray("Sec-WebSocket-Key")
                                 << QByteArray("Sec-WebSocket-Key: AAAA\r\n");
    QTest::newRow("no Connection") << QByteArray("Connection") << QByteArray();
    QTest::newRow("a broken list") << QByteArray("p") << QByteArray("Sec-WebSocket-Protocol: a,,b\r\n");
    QTest::newRow("an extension, which is ignored")
        << QByteArray("e") << QByteArray("Sec-WebSocket-Extensions: deflate-stream\r\n");
}

void OlderRulesTest::the_drafts_of_hybi_ask_what_rfc_6455_asks()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, lines);
    for (const auto& [dialect, version] :
        {std::pair(Dialect::hybi07, "7"), std::pair(Dialect::hybi10, "8")}) {
        const HybiDraftRule rule(dialect);
        const std::string line = std::string("Sec-WebSocket-Version: ") + version + "\r\n";
        const auto head = parsed_head(
            good_request({{"Sec-WebSocket-Version", line}, {field.toStdString(), lines.toStdString()}}));
        QVERIFY(rule.claims(head));
        const auto refusal = rule.check(head);
        const auto expected = Rfc6455Rule().check(head);
        QCOMPARE(refusal.has_value(), expected.has_value());
        if (refusal) {
            QCOMPARE(int(refusal->reason), int(expected->reason));
            continue;
        }
        const HandshakeAnswer answer = rule.answer(head, "", CodecSettings{}, false);
        QVERIFY(answer.extensions.empty());
        QVERIFY(answer.bytes.find("Extensions") == std::string::npos);
    }
}

void OlderRulesTest::finds_the_origin_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("origin"); // "-": none
    const auto drafts = [](const std::string& lines) {
        return QByteArray::fromStdString(
            good_request({{"Sec-WebSocket-Version", "Sec-WebSocket-Version: 8\r\n"}, {"Origin", lines}}));
    };
    QTest::newRow("Sec-WebSocket-Origin")
        << drafts("Sec-WebSocket-Origin: http://a\r\n") << QByteArray("http://a");
    QTest::newRow("both") << drafts("Origin: http://b\r\nSec-WebSocket-Origin: http://a\r\n")
                          << QByteArray("http://a");
    QTest::newRow("hybi-11, of the same version number")
        << drafts("Origin: http://b\r\n") << QByteArray("http://b");
    QTest::newRow("none") << drafts("") << QByteArray("-");
    QTest::newRow("RFC 6455 knows no other field") << QByteArray::fromStdString(
        good_request({{"Origin", "Sec-WebSocket-Origin: http://localhost\r\nOrigin: http://b\r\n"}}))
                                                   << QByteArray("http://b");
    QTest::newRow("hybi-00") << QByteArray::fromStdString(hybi00_request())
                             << QByteArray("http://example.com");
}

void OlderRulesTest::finds_the_origin()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, origin);
    const auto head = parsed_head(request.toStdString());
    const HandshakeRule* const rule = rule_for(head);
    QVERIFY(rule != nullptr);
    QCOMPARE(to_byte_array(head.value(origin_field_of(*rule, head)).value_or("-")), origin);
}

void OlderRulesTest::names_the_resource_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("secure");
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("a path") << QByteArray("/") << QByteArray("a") << false << QByteArray("ws://a/");
    QTest::newRow("with a query") << QByteArray("/x?y=/z?") << QByteArray("a:8080") << false
                                  << QByteArray("ws://a:8080/x?y=/z?");
    QTest::newRow("secure") << QByteArray("/x%20y") << QByteArray("a") << true << QByteArray("wss://a/x%20y");
    QTest::newRow("IPv6") << QByteArray("/") << QByteArray("[::1]:81") << false
                          << QByteArray("ws://[::1]:81/");
    QTest::newRow("absolute-form") << QByteArray("http://a:81/x?y") << QByteArray("a:81") << false
                                   << QByteArray("ws://a:81/x?y");
    QTest::newRow("absolute-form without a path")
        << QByteArray("http://a") << QByteArray("a") << false << QByteArray("ws://a/");
}

void OlderRulesTest::names_the_resource()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, host);
    QFETCH(bool, secure);
    QFETCH(QByteArray, location);
    const std::string lines = "GET " + target.toStdString() + " HTTP/1.1\nHost: " + host.toStdString()
        + "\nUpgrade: WebSocket\nConnection: Upgrade\nOrigin: http://o\n";
    const auto old = parsed_head(request(lines));
    QCOMPARE(to_byte_array(answer_of(Hixie75Rule(), old, "", "", secure)),
        QByteArray("HTTP/1.1 101 Web Socket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: "
                   "Upgrade\r\nWebSocket-Origin: http://o\r\nWebSocket-Location: ")
            + location + "\r\n\r\n");
    const auto newer = parsed_head(request(lines + "Sec-WebSocket-Key1: 1 1\nSec-WebSocket-Key2: 1 1\n"));
    QVERIFY(to_byte_array(answer_of(Hybi00Rule(), newer, "", "12345678", secure))
                .contains("\r\nSec-WebSocket-Location: " + location + "\r\n\r\n"));
}

void OlderRulesTest::repeats_nothing_that_could_end_a_line()
{
    // Whatever byte stands in a value that is repeated: the request is refused, or the answer has as many
    // lines as ever.
    for (int byte = 0; byte < 256; ++byte) {
        const std::string odd(1, static_cast<char>(byte));
        const std::vector<std::string> requests = {
            hixie75_request("Origin", "Origin: http://a" + odd + "X-Injected: 1\n"),
            hixie75_request("WebSocket-Protocol", "WebSocket-Protocol: a" + odd + "X-Injected: 1\n"),
            hixie75_request("Host", "Host: a" + odd + "b\n"),
            request("GET /a" + odd
                + "b HTTP/1.1\nUpgrade: WebSocket\nConnection: Upgrade\nHost: a\nOrigin: http://a\n"),
        };
        for (const std::string& bytes : requests) {
            const auto head = parsed_head(bytes);
            if (head.method.empty() || !Hixie75Rule().claims(head) || Hixie75Rule().check(head))
                continue;
            const auto offered = Hixie75Rule().subprotocols(head);
            const std::string answer = answer_of(Hixie75Rule(), head, offered.empty() ? "" : offered[0]);
            QCOMPARE(to_byte_array(answer).count('\n'), qsizetype{offered.empty() ? 6 : 7});
            QCOMPARE(to_byte_array(answer).count('\r'), qsizetype{offered.empty() ? 6 : 7});
            QVERIFY(!to_byte_array(answer).contains("\nX-Injected"));
            QVERIFY(answer.find('\0') == std::string::npos);
        }
    }
}

void OlderRulesTest::tells_its_facts()
{
    const Rules& rules = all_rules();
    const std::vector<std::optional<int>> versions{13, 8, 7, std::nullopt, std::nullopt};
    for (std::size_t i = 0; i < rules.size(); ++i) {
        QCOMPARE(rules[i]->version_number(), versions[i]);
        QCOMPARE(rules[i]->is_legacy(), i != 0);
        QCOMPARE(rules[i]->bytes_after_head(), std::size_t{i == 3 ? 8U : 0U});
    }
}

void OlderRulesTest::gives_a_codec_with_its_limits()
{
    for (const bool is_newer : {false, true}) {
        const auto head = parsed_head(is_newer ? hybi00_request() : hixie75_request());
        const HandshakeRule* const rule = rule_for(head);
        QVERIFY(rule != nullptr);
        const HandshakeAnswer answer = rule->answer(head, "", CodecSettings{{5, 10}, {}, nullptr}, false);
        QCOMPARE(answer.codec->has_closing_handshake(), is_newer);
        RecordingSink sink;
        std::string input("\0"
                          "12345\xff\0"
                          "123456\xff",
            15);
        answer.codec->decode(std::as_writable_bytes(std::span(input)), sink);
        QCOMPARE(sink.transcript,
            RecordingSink::message_line(MessageKind::text, "12345", 7, 1)
                + RecordingSink::violation_line(1009));
    }
    const auto head = parsed_head(good_request({{"Sec-WebSocket-Version", "Sec-WebSocket-Version: 7\r\n"}}));
    const HandshakeAnswer answer
        = HybiDraftRule(Dialect::hybi07).answer(head, "", CodecSettings{{5, 10}, {}, nullptr}, false);
    QCOMPARE(answer.codec->close_code_on_wire(1009), std::optional<std::uint16_t>(1004));
}

QTEST_GUILESS_MAIN(OlderRulesTest)
#include "older_rules_test.moc"
