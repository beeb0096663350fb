#include "support/codec_harness.h"
#include "support/http_harness.h"
#include "websocket/deflate_negotiation.h"
#include "websocket/rfc6455_rule.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

constexpr std::string_view no_windows = "; server_no_context_takeover; client_no_context_takeover";

http::RequestHead head_with(const std::string& lines)
{
    return parsed_head(good_request({{"extensions", lines}}));
}

Compression all_takeover()
{
    Compression settings;
    settings.server_context_takeover = settings.client_context_takeover = true;
    return settings;
}

ExtensionOffer element(std::string_view text)
{
    return parse_extensions(std::vector<std::string_view>{text}).value().at(0);
}

} // namespace

class DeflateNegotiationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void refuses_a_malformed_field();
    void takes_the_settings_into_account_data();
    void takes_the_settings_into_account();
    void promises_windows_within_the_budget();
    void windows_go_back_with_the_connection();
    void an_answer_is_legal_for_its_offer_and_understood_by_a_client();
    void a_client_reads_answers_data();
    void a_client_reads_answers();
    void a_client_writes_its_offer();
};

void DeflateNegotiationTest::answers_data()
{
    QTest::addColumn<QByteArray>("offers");
    QTest::addColumn<QByteArray>("answer"); // what follows the name; "-" for an answer without the extension
    const auto row = [](const char* name, const QByteArray& offers, const QByteArray& answer = {}) {
        QTest::newRow(name) << offers << answer;
    };
    const QByteArray pmd = "permessage-deflate";
    row("DF-01 the bare offer", pmd);
    row("DF-01 Chromium's offer", pmd + "; client_max_window_bits");
    row("DF-01 Firefox's offer", pmd);
    row("all four",
        pmd
            + "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; "
              "client_max_window_bits=11",
        "; server_max_window_bits=10");
    for (const char* parameter : {"server_no_context_takeover", "client_no_context_takeover"}) {
        const QByteArray offer = pmd + "; " + parameter;
        row(parameter, offer);
        row((std::string(parameter) + " with a value").c_str(), offer + "=1", "-");
        row((std::string(parameter) + " with true").c_str(), offer + "=true", "-");
        row((std::string(parameter) + " with nothing behind =").c_str(), offer + "=", "-");
        row((std::string(parameter) + " twice").c_str(), offer + "; " + parameter, "-");
    }
    row("DF-02 server_max_window_bits=8", pmd + "; server_max_window_bits=8", "-");
    row("DF-02 the next offer is tried", pmd + "; server_max_window_bits=8, " + pmd);
    row("DF-02 and the one after it",
        pmd + "; server_max_window_bits=8, x, " + pmd + "; server_max_window_bits=12",
        "; server_max_window_bits=12");
    for (int bits = 9; bits <= 15; ++bits) {
        const QByteArray number = QByteArray::number(bits);
        row(("server_max_window_bits=" + number).constData(), pmd + "; server_max_window_bits=" + number,
            bits == 15 ? QByteArray() : "; server_max_window_bits=" + number);
    }
    for (int bits = 8; bits <= 15; ++bits) {
        const QByteArray number = QByteArray::number(bits);
        row(("DF-05 client_max_window_bits=" + number).constData(),
            pmd + "; client_max_window_bits=" + number);
    }
    for (const char* value : {"7", "16", "0", "015", "abc", "", "4294967296", "\"\"", "9a", "+9", "-9", "9.0",
             "0x9", "09", "\"16\"", "18446744073709551625"}) {
        row((std::string("DF-04 server_max_window_bits=") + value).c_str(),
            pmd + "; server_max_window_bits=" + value, "-");
        row((std::string("DF-04 client_max_window_bits=") + value).c_str(),
            pmd + "; client_max_window_bits=" + value, "-");
    }
    row("DF-04 quoted 9", pmd + "; server_max_window_bits=\"9\"", "; server_max_window_bits=9");
    row("DF-04 quoted 9 of the client", pmd + "; client_max_window_bits=\"9\"");
    row("DF-04 server_max_window_bits without a value", pmd + "; server_max_window_bits", "-");
    row("server_max_window_bits twice", pmd + "; server_max_window_bits=9; server_max_window_bits=9", "-");
    row("client_max_window_bits twice", pmd + "; client_max_window_bits; client_max_window_bits=9", "-");
    row("an unknown parameter", pmd + "; x", "-");
    row("an unknown parameter with a fallback", pmd + "; x=1, " + pmd + "; client_max_window_bits");
    row("a parameter in capitals", pmd + "; Server_No_Context_Takeover", "-");
    row("another extension", "permessage-bzip2", "-");
    row("the old names of Safari", "x-webkit-deflate-frame", "-");
    row("the name in capitals", "Permessage-Deflate", "-");
    row("another extension first", "x; y=1, " + pmd);
    row("the first one that can be", pmd + "; server_max_window_bits=9, " + pmd,
        "; server_max_window_bits=9");
    row("HS-40 a hundred offers", "x" + (", " + pmd + "; x").repeated(98) + ", " + pmd);
    row("nothing", "", "-");
}

void DeflateNegotiationTest::answers()
{
    QFETCH(QByteArray, offers);
    QFETCH(QByteArray, answer);
    const std::string expected = answer == "-"
        ? std::string()
        : std::string(permessage_deflate) + std::string(no_windows) + answer.toStdString();
    DeflatePool pool;
    const Rfc6455Rule rule;
    // In one field, and with each offer in a field of its own.
    QByteArray apart = offers;
    if (offers.count(',') < 50) // a head has at most 100 fields
        apart.replace(", ", "\r\nSec-WebSocket-Extensions: ");
    for (const QByteArray& lines : {offers, apart}) {
        const auto head = head_with("Sec-WebSocket-Extensions: " + lines.toStdString() + "\r\n");
        QVERIFY(!rule.check(head).has_value());
        const HandshakeAnswer made = rule.answer(head, "", {{}, {}, &pool}, false);
        QCOMPARE(made.extensions, expected);
        QVERIFY(made.bytes.starts_with("HTTP/1.1 101 "));
        QVERIFY(made.bytes.ends_with("\r\n\r\n"));
        const std::size_t at = made.bytes.find("Sec-WebSocket-Extensions: ");
        if (expected.empty()) {
            QVERIFY(at == std::string::npos);
        } else {
            QVERIFY(
                made.bytes.find("\r\nSec-WebSocket-Extensions: " + expected + "\r\n") != std::string::npos);
            QCOMPARE(at, made.bytes.rfind("Sec-WebSocket-Extensions: "));
        }
        // What was not agreed on is a violation.
        RecordingSink sink;
        std::string input = client_frame(0xc1, from_hex("f248cdc9c90700"));
        made.codec->decode(std::as_writable_bytes(std::span(input)), sink);
        QCOMPARE(sink.transcript,
            expected.empty() ? RecordingSink::violation_line(1002)
                             : RecordingSink::message_line(MessageKind::text, "Hello", 13, 1));
    }
}

void DeflateNegotiationTest::refuses_a_malformed_field()
{
    // RFC 6455 section 9.1
    for (const char* value :
        {"permessage-deflate;", "permessage-deflate; server_max_window_bits=\"9", "=", "a b"}) {
        const auto refusal
            = Rfc6455Rule().check(head_with(std::string("Sec-WebSocket-Extensions: ") + value + "\r\n"));
        QVERIFY2(refusal.has_value(), value);
        QCOMPARE(refusal->status, std::uint16_t{400});
        QCOMPARE(refusal->reason, RefusalReason::extension_header);
        QVERIFY(!refusal->why.empty());
    }
}

void DeflateNegotiationTest::takes_the_settings_into_account_data()
{
    QTest::addColumn<bool>("enabled");
    QTest::addColumn<bool>("server");
    QTest::addColumn<bool>("client");
    QTest::addColumn<QByteArray>("offer");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray pmd = "permessage-deflate";
    const QByteArray server = "; server_no_context_takeover";
    const QByteArray client = "; client_no_context_takeover";
    QTest::newRow("off") << false << true << true << pmd << QByteArray();
    QTest::newRow("no takeover") << true << false << false << pmd << pmd + server + client;
    QTest::newRow("the server's") << true << true << false << pmd << pmd + client;
    QTest::newRow("the client's") << true << false << true << pmd << pmd + server;
    QTest::newRow("both") << true << true << true << pmd << pmd;
    QTest::newRow("both, the client wants no window of ours")
        << true << true << true << pmd + server << pmd + server;
    QTest::newRow("both, the client keeps none") << true << true << true << pmd + client << pmd + client;
    QTest::newRow("both, and none is wanted")
        << true << true << true << pmd + client + server << pmd + server + client;
}

void DeflateNegotiationTest::takes_the_settings_into_account()
{
    QFETCH(bool, enabled);
    QFETCH(bool, server);
    QFETCH(bool, client);
    QFETCH(QByteArray, offer);
    QFETCH(QByteArray, answer);
    Compression settings;
    settings.enabled = enabled;
    settings.server_context_takeover = server;
    settings.client_context_takeover = client;
    DeflatePool pool(1U << 20U);
    const auto agreed = negotiate_deflate(std::vector{element(offer.toStdString())}, settings, pool);
    QCOMPARE(agreed ? response_text(agreed->parameters) : std::string(), answer.toStdString());
}

void DeflateNegotiationTest::promises_windows_within_the_budget()
{
    // DF-17: ten thousand connections ask for windows.
    constexpr std::uint64_t budget = 256U << 20U;
    DeflatePool pool(budget);
    const std::vector offers{element("permessage-deflate; client_max_window_bits")};
    std::vector<DeflateAgreement> agreements;
    std::size_t with_windows = 0;
    for (int i = 0; i < 10'000; ++i) {
        agreements.push_back(negotiate_deflate(offers, all_takeover(), pool).value());
        const bool has_windows = !agreements.back().parameters.server_no_context_takeover;
        QCOMPARE(!agreements.back().parameters.client_no_context_takeover, has_windows);
        QVERIFY2(has_windows <= (with_windows == static_cast<std::size_t>(i)), "the later ones get none");
        with_windows += has_windows;
        QVERIFY(pool.promised_bytes() <= budget);
    }
    const std::uint64_t each = DeflatePool::kept_deflater_memory(15) + Inflater::memory;
    QCOMPARE(with_windows, static_cast<std::size_t>(budget / each));
    QCOMPARE(pool.take_denials(), std::uint64_t{10'000 - with_windows});
    QCOMPARE(pool.take_denials(), std::uint64_t{0});
    // A smaller window takes less of it.
    DeflatePool small(DeflatePool::kept_deflater_memory(9));
    const std::vector server_only{
        element("permessage-deflate; client_no_context_takeover; server_max_window_bits=9")};
    QCOMPARE(response_text(negotiate_deflate(server_only, all_takeover(), small).value().parameters),
        std::string("permessage-deflate; client_no_context_takeover; server_max_window_bits=9"));
}

void DeflateNegotiationTest::windows_go_back_with_the_connection()
{
    DeflatePool pool(1U << 20U);
    const auto head = head_with("Sec-WebSocket-Extensions: permessage-deflate\r\n");
    {
        const HandshakeAnswer first = Rfc6455Rule().answer(head, "", {{}, all_takeover(), &pool}, false);
        QCOMPARE(first.extensions, std::string(permessage_deflate));
        QVERIFY(pool.promised_bytes() > 0);
        pool.set_context_budget(0);
        const HandshakeAnswer second = Rfc6455Rule().answer(head, "", {{}, all_takeover(), &pool}, false);
        QCOMPARE(second.extensions, std::string(permessage_deflate) + std::string(no_windows));
    }
    QCOMPARE(pool.promised_bytes(), std::uint64_t{0});
}

void DeflateNegotiationTest::an_answer_is_legal_for_its_offer_and_understood_by_a_client()
{
    int agreed = 0;
    for (unsigned bits = 0; bits < 16; ++bits) {
        for (std::uint8_t server_window = 7; server_window <= 15; ++server_window) {
            DeflateOffer offer;
            offer.server_no_context_takeover = (bits & 1U) != 0;
            offer.client_no_context_takeover = (bits & 2U) != 0;
            offer.client_max_window_bits = (bits & 4U) != 0;
            offer.client_window_hint = (bits & 8U) != 0 ? 10 : 15;
            if (server_window >= 8)
                offer.server_max_window_bits = server_window;
            for (const bool takeover : {false, true}) {
                const auto told = accept_offer(element(offer_text(offer)), takeover, takeover);
                QCOMPARE(told.has_value(), server_window != 8);
                if (!told)
                    continue;
                const auto read = accept_response(element(response_text(*told)), offer);
                QVERIFY2(read.has_value(), response_text(*told).c_str());
                QVERIFY(*read == *told);
                ++agreed;
            }
        }
    }
    QCOMPARE(agreed, 16 * 8 * 2);
}

void DeflateNegotiationTest::a_client_reads_answers_data()
{
    QTest::addColumn<bool>("asks_for_reset");
    QTest::addColumn<int>("asks_for_window"); // 0: does not
    QTest::addColumn<bool>("knows_client_window");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("legal");
    const auto row
        = [](const char* name, bool reset, int window, bool knows, const char* parameters, bool legal) {
              QTest::newRow(name) << reset << window << knows << "permessage-deflate" + QByteArray(parameters)
                                  << legal;
          };
    row("bare", false, 0, true, "", true);
    row("what was not asked for", false, 0, true, "; server_no_context_takeover; server_max_window_bits=8",
        true);
    row("our window limited", false, 0, true, "; client_max_window_bits=8", true);
    row("our window limited without a value", false, 0, true, "; client_max_window_bits", false);
    row("our window limited and we did not say we can", false, 0, false, "; client_max_window_bits=10",
        false);
    row("no reset although we need it", true, 0, true, "", false);
    row("reset as we need it", true, 0, true, "; server_no_context_takeover", true);
    row("a window that is too large", false, 10, true, "; server_max_window_bits=11", false);
    row("a window that is not said", false, 10, true, "", false);
    row("a smaller window", false, 10, true, "; server_max_window_bits=9", true);
    row("twice", false, 0, true, "; client_no_context_takeover; client_no_context_takeover", false);
    row("unknown", false, 0, true, "; x", false);
}

void DeflateNegotiationTest::a_client_reads_answers()
{
    QFETCH(bool, asks_for_reset);
    QFETCH(int, asks_for_window);
    QFETCH(bool, knows_client_window);
    QFETCH(QByteArray, answer);
    QFETCH(bool, legal);
    DeflateOffer offer;
    offer.server_no_context_takeover = asks_for_reset;
    if (asks_for_window != 0)
        offer.server_max_window_bits = static_cast<std::uint8_t>(asks_for_window);
    offer.client_max_window_bits = knows_client_window;
    QCOMPARE(accept_response(element(answer.toStdString()), offer).has_value(), legal);
    QVERIFY(!accept_response(element("x-" + answer.toStdString()), offer).has_value());
}

void DeflateNegotiationTest::a_client_writes_its_offer()
{
    QCOMPARE(offer_text({}), std::string("permessage-deflate; client_max_window_bits"));
    QCOMPARE(offer_text({true, true, std::uint8_t{10}, true, 9}),
        std::string("permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                    "server_max_window_bits=10; client_max_window_bits=9"));
    QCOMPARE(offer_text({false, false, {}, false, 15}), std::string("permessage-deflate"));
}

QTEST_GUILESS_MAIN(DeflateNegotiationTest)
#include "deflate_negotiation_test.moc"
