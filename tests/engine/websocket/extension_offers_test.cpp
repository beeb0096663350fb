#include "websocket/extension_offers.h"

#include <QTest>

using namespace jackfield::websocket;

class ExtensionOffersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void joins_several_fields();
    void reads_any_cut_and_any_flipped_bit_without_harm();
};

namespace {

/// "name(parameter,parameter=[value]) name": brackets show where a value begins and ends.
std::string shown(const std::vector<ExtensionOffer>& offers)
{
    std::string text;
    for (const ExtensionOffer& offer : offers) {
        text += (text.empty() ? "" : " ") + offer.name + '(';
        for (const ExtensionParameter& parameter : offer.parameters) {
            text += (text.back() == '(' ? "" : ",") + parameter.name;
            if (parameter.value)
                text += "=[" + *parameter.value + ']';
        }
        text += ')';
    }
    return text;
}

std::optional<std::vector<ExtensionOffer>> parse(std::string_view value)
{
    return parse_extensions(std::vector<std::string_view>{value});
}

} // namespace

void ExtensionOffersTest::reads_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("offers");
    const auto row = [](const char* name, const char* value, const char* offers) {
        QTest::newRow(name) << QByteArray(value) << QByteArray(offers);
    };
    row("one", "permessage-deflate", "permessage-deflate()");
    row("nothing", "", "");
    row("empty elements", " , ,a,, b ,", "a() b()");
    row("Chromium's offer", "permessage-deflate; client_max_window_bits",
        "permessage-deflate(client_max_window_bits)");
    row("a value", "x;a=1;b=two", "x(a=[1],b=[two])");
    row("blanks everywhere", " x \t; a = 1 ;\tb\t,\ty ; c ", "x(a=[1],b) y(c)");
    row("a quoted value", "x; a=\"9\"; b", "x(a=[9],b)");
    row("an escape in quotes", "x; a=\"\\1\\5\"", "x(a=[15])");
    row("the examples of RFC 6455 section 9.1", "deflate-stream, mux; max-channels=4; flow-control",
        "deflate-stream() mux(max-channels=[4],flow-control)");
    row("duplicates stay", "x; a; a=1, x", "x(a,a=[1]) x()");
    row("case stays", "X; A=B", "X(A=[B])");
    row("DF-04 a missing value is left to the extension", "x; a=; b", "x(a=[],b)");
    row("DF-04 an empty quoted value too", "x; a=\"\"", "x(a=[])");
    row("HS-40 names of properties", "constructor; __proto__=1, toString",
        "constructor(__proto__=[1]) toString()");
}

void ExtensionOffersTest::reads()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, offers);
    const auto parsed = parse(value.toStdString());
    QVERIFY(parsed.has_value());
    QCOMPARE(shown(*parsed), offers.toStdString());
}

void ExtensionOffersTest::refuses_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char* value : {";", "=", "a;", "a;;b", "a; =1", "a b", "a=1", "a; b c", "a; b=1 2", "\"a\"",
             "a; \"b\"", "a; b=\"1", "a; b=\"1\\", "a; b=\"1 2\"", "a; b=\"1,2\"", "a; b=\"1\"2", "a; b==1",
             "a; b=\"\\\"\"", "a/b", "a; b=(1)", "a\x01", "\xc3\xa4", "=;;,\"", "a, ;b"})
        QTest::newRow(value) << QByteArray(value);
}

void ExtensionOffersTest::refuses()
{
    QFETCH(QByteArray, value);
    QVERIFY(!parse(value.toStdString()).has_value());
    QVERIFY(!parse("good, " + value.toStdString()).has_value());
}

void ExtensionOffersTest::joins_several_fields()
{
    const auto parsed = parse_extensions(std::vector<std::string_view>{"a, b; c=1", "", "d"});
    QVERIFY(parsed.has_value());
    QCOMPARE(shown(*parsed), std::string("a() b(c=[1]) d()"));
    // A field is no place to end a quoted string that another one began.
    QVERIFY(!parse_extensions(std::vector<std::string_view>{"a; b=\"1", "2\""}).has_value());
    QVERIFY(!parse_extensions(std::vector<std::string_view>{"a;", "b"}).has_value());
}

void ExtensionOffersTest::reads_any_cut_and_any_flipped_bit_without_harm()
{
    const std::string value = "x; a=\"1\\2\", permessage-deflate; client_max_window_bits; b=9";
    int refused = 0;
    for (std::size_t at = 0; at < value.size(); ++at) {
        refused += !parse(value.substr(0, at)).has_value();
        for (int bit = 0; bit < 8; ++bit) {
            std::string changed = value;
            changed[at] = static_cast<char>(changed[at] ^ 1 << bit);
            refused += !parse(changed).has_value();
        }
    }
    QVERIFY(refused > 50);
}

QTEST_GUILESS_MAIN(ExtensionOffersTest)
#include "extension_offers_test.moc"
