#include "jackfield/filter.h"

#include <QTest>

#include <ctime>
#include <functional>
#include <map>
#include <string>
#include <vector>

using namespace jackfield;

namespace {

// A row made of what a test says.
class Row final : public FilterFields {
public:
    std::vector<std::string> texts;
    std::map<FilterKey, std::string> words;
    std::map<FilterKey, std::uint64_t> numbers;
    std::string payload;
    std::function<bool()> cancelled = [] { return false; };

    std::optional<std::string_view> searched(std::size_t index) const override
    {
        return index < texts.size() ? std::optional<std::string_view>(texts[index]) : std::nullopt;
    }
    std::string_view text(FilterKey key) const override
    {
        const auto found = words.find(key);
        return found == words.end() ? std::string_view() : found->second;
    }
    std::optional<std::uint64_t> number(FilterKey key) const override
    {
        const auto found = numbers.find(key);
        return found == numbers.end() ? std::nullopt : std::optional(found->second);
    }
    std::string_view json() const override { return payload; }
    bool is_cancelled() const override { return cancelled(); }
};

Row message(std::string payload)
{
    Row row;
    row.texts = {payload};
    row.numbers[FilterKey::size] = payload.size();
    row.numbers[FilterKey::conn] = 7;
    row.numbers[FilterKey::dir] = 0;
    row.words[FilterKey::op] = "text";
    row.words[FilterKey::by] = "peer";
    row.words[FilterKey::origin] = "http://localhost:5173";
    row.words[FilterKey::path] = "/Chat?room=1";
    row.payload = std::move(payload);
    return row;
}

bool accepts(const std::string& filter, const Row& row, FilterSubject subject = FilterSubject::messages)
{
    const auto parsed = parse_filter(filter, subject);
    if (!parsed)
        qFatal("%s: %s", filter.c_str(), parsed.error().detail.c_str());
    return parsed->matches(row);
}

} // namespace

class FilterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void finds_what_the_language_says_data();
    void finds_what_the_language_says();
    void says_where_a_bad_filter_is_wrong_data();
    void says_where_a_bad_filter_is_wrong();
    void an_empty_filter_matches_all();
    void looks_at_the_whole_payload_and_never_a_prefix();
    void finds_what_lies_across_two_pieces_data();
    void finds_what_lies_across_two_pieces();
    void stops_within_a_large_payload_data();
    void stops_within_a_large_payload();
    void says_what_a_byte_may_cost_data();
    void says_what_a_byte_may_cost();
    void finds_bytes_that_are_no_text();
    void a_quoted_text_finds_exactly_itself_data();
    void a_quoted_text_finds_exactly_itself();
    void stays_linear_on_hostile_text_data();
    void stays_linear_on_hostile_text();
    void refuses_what_is_too_long();
};

void FilterTest::finds_what_the_language_says_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("payload");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char* filter, const char* payload, bool expected) {
        QTest::newRow(
            (std::string(filter) + (expected ? " in " : " not in ") + std::string(payload).substr(0, 40))
                .c_str())
            << QString::fromUtf8(filter) << QString::fromUtf8(payload) << expected;
    };
    row("ack", R"({"type":"ACK"})", true);
    row("nack", R"({"type":"ack"})", false);
    row("type ack", R"({"type":"ack"})", true);
    row("type nack", R"({"type":"ack"})", false);
    row("nack | ack", R"({"type":"ack"})", true);
    row("a b | c", "c", true);
    row("a b | c", "a", false);
    row("a|b", "b", true);
    row("-error", "fine", true);
    row("-error", "an ERROR", false);
    row("-\"an error\"", "no such error", true);
    row("-/^an/", "no such error", true);
    row("-/^an/", "an error", false);
    row("\"a b\"", "a b", true);
    row("\"a b\"", "a  b", false);
    row("\"say \\\"hi\\\"\"", "say \"hi\"", true);
    row(R"("type":"ack")", R"({"type":"ack","id":1})", true);
    row(R"("type":"ack")", R"({"type":"nack","id":1,"x":"ack"})", false);
    row("-", "a - b", true);
    row("a -", "ab", false);
    row("/chat", "GET /chat HTTP/1.1", true);
    row("/chat", "chat", false);
    row("/api/v1/stream", "x /api/v1/stream", true);
    row("/api/v1/stream", "api v1 stream", false);
    row("//", "see http://x", true);
    row("/^a.c$/", "ABC", true);
    row("/^a.c$/", "xabc", false);
    row("/a b/", "xa by", true);
    row("/a|b/", "b", true);
    row("/a/ b", "a b", true);
    row("/a/ b", "a", false);
    row("/a\\/b/", "a/b", true);
    row("localhost:5173", "ws://localhost:5173/", true);
    row("localhost:5173", "localhost 5173", false);
    row("foo:bar", "xfoo:bar", true);
    row("dir:from", "", true);
    row("dir:C2S", "", true);
    row("DIR:to", "", false);
    row("-dir:s2c", "", true);
    row("op:text", "", true);
    row("op:binary", "", false);
    row("op:raw", "", false);
    row("-op:raw", "", true);
    row("by:peer", "", true);
    row("by:hand", "", false);
    row("conn:7", "", true);
    row("conn:#7", "", true);
    row("conn:3", "", false);
    row("conn:3 | conn:7", "", true);
    row("conn>6", "", true);
    row("origin:LOCALHOST", "", true);
    row("origin:example", "", false);
    row("path:\"/chat?\"", "", true);
    row("size>3", "abcd", true);
    row("size>4", "abcd", false);
    row("size>=4", "abcd", true);
    row("size<5", "abcd", true);
    row("size<=3", "abcd", false);
    row("size=4", "abcd", true);
    row("size:4", "abcd", true);
    row("size<1k", "abcd", true);
    row("size>1KiB", "abcd", false);
    row("code:1000", "", false);
    row("$.type:subscribe", R"({"type":"Subscribe"})", true);
    row("$.type:subscribe", R"({"type":"unsubscribe"})", false);
    row("$.type:subscribe", R"({"x":{"type":"subscribe"}})", false);
    row("$.a.b:1", R"({"a":{"b":1}})", true);
    row("$.a.b:1", R"({"a":{"c":1},"b":1})", false);
    row("$.a.b:1.0", R"({"a":{"b":1}})", true);
    row("$.a.b:-1.5", R"({"a":{"b":-1.5e0}})", true);
    row("$.big:18446744073709551615", R"({"big":18446744073709551615})", true);
    row("$.a[1]:x", R"({"a":["y","x"]})", true);
    row("$.a[0]:x", R"({"a":["y","x"]})", false);
    row("$.a[*]:x", R"({"a":["y","x"]})", true);
    row("$.a[*].id:5", R"({"a":[{"id":4},{"id":5}]})", true);
    row("$[0].a:true", R"([{"a":true}])", true);
    row("$.a:null", R"({"a":null})", true);
    row("$.a:*", R"({"a":{"b":[]}})", true);
    row("$.a:*", R"({"b":1})", false);
    row("$[\"a b\"]:1", R"({"a b":1})", true);
    row("$.a:\"x y\"", R"({"a":"x y"})", true);
    row("-$.a:1", R"({"a":2})", true);
    row("$.typ\xc3\xa9:ok", "{\"typ\xc3\xa9\":\"ok\"}", true);
    row("$.a:1", R"({"\u0061":1})", true);
    row("$.a:1", R"({"a":1)", true);
    row("$.type:x", R"({"a":1e999,"type":"x"})", true);
    row("$.type:x", R"({"a":"\ud83d","type":"x"})", true);
    row("$.type:x", R"({"\udc00\ud83d":0,"type":"x"})", true);
    row("$.a:1e999", R"({"a":1e999})", true);
    row("$.a:1e999", R"({"a":1e998})", false);
    row("$.a:\xef\xbf\xbd", R"({"a":"\ud83d"})", true);
    row("$.a:1000", R"({"a":1E+3})", true);
    row("$.a:xy", R"({"a":"x"})", false);
    row("$.a:x", R"({"a":"xy"})", false);
    row("$.a:x", R"({"a":"\u0058"})", true);
    row("$.a:1", R"({"a":[1]})", false);
    row("$.a[*].b:1", R"({"a":[{"b":0},[],{"b":1}]})", true);
    row("$.a:x", R"({"a":{"a":"x"}})", false);
    row("$.a:1", "not json at all, a", false);
    row("$.a", "costs $.a lot", true);
    row("$5", "it is $5", true);
    row("\xc3\x84pfel", "\xc3\xa4PFEL", true);
    row("\xd0\x9f\xd1\x80\xd0\xb8", "\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82", true);
    row("stra\xc3\x9f"
        "e",
        "STRASSE", false);
}

void FilterTest::finds_what_the_language_says()
{
    QFETCH(QString, filter);
    QFETCH(QString, payload);
    QFETCH(bool, expected);
    QCOMPARE(accepts(filter.toStdString(), message(payload.toStdString())), expected);
}

void FilterTest::says_where_a_bad_filter_is_wrong_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("subject");
    QTest::addColumn<QString>("position");
    QTest::addColumn<QString>("mentions");
    const auto row
        = [](const char* filter, FilterSubject subject, const char* position, const char* mentions) {
              QTest::newRow(filter) << QString::fromUtf8(filter) << static_cast<int>(subject)
                                    << QString::fromUtf8(position) << QString::fromUtf8(mentions);
          };
    using S = FilterSubject;
    row("ok \"open", S::messages, "At character 4:", "not closed");
    row("\xc3\xa4\xc3\xa4 \"open", S::messages, "At character 4:", "not closed");
    row("\"\"", S::messages, "At character 1:", "nothing between");
    row("a |", S::messages, "At character 3:", "nothing is behind");
    row("| a", S::messages, "At character 1:", "nothing is before");
    row("a || b", S::messages, "At character 4:", "nothing is before");
    row("a /(/", S::messages, "At character 3:", "expression is not valid");
    row("dir:sideways", S::messages, "At character 1:", "from");
    row("op:jpeg", S::messages, "At character 1:", "binary");
    row("x size>many", S::messages, "At character 3:", "number of bytes");
    row("size>99999999999999999999", S::messages, "At character 1:", "number");
    row("conn:abc", S::messages, "At character 1:", "number");
    row("origin:", S::messages, "At character 1:", "missing behind origin:");
    row("size>", S::messages, "At character 1:", "missing behind size>");
    row("size>10", S::connections, "At character 1:", "size: cannot apply to connections");
    row("cipher:gcm", S::refused, "At character 1:", "cannot apply to refused attempts");
    row("transport:tcp", S::connections, "At character 1:", "ws, wss, xhr-streaming");
    row("sni:", S::messages, "At character 1:", "missing behind sni:");
    row("x dir:from", S::connections, "At character 3:", "cannot apply to connections");
    row("$.a:1", S::connections, "At character 1:", "cannot apply to connections");
    row("is:open", S::messages, "At character 1:", "cannot apply to messages");
    row("is:ajar", S::connections, "At character 1:", "closed");
    row("conn:3", S::refused, "At character 1:", "cannot apply to refused attempts");
    row("by:hand", S::events, "At character 1:", "cannot apply to events");
    row("$..a:1", S::messages, "At character 1:", "behind the dot");
    row("$.a[x]:1", S::messages, "At character 1:", "bracket");
    row("$.a[0:1", S::messages, "At character 1:", "bracket");
    row("$.a:", S::messages, "At character 1:", "missing behind $.a:");
}

void FilterTest::says_where_a_bad_filter_is_wrong()
{
    QFETCH(QString, filter);
    QFETCH(int, subject);
    QFETCH(QString, position);
    QFETCH(QString, mentions);
    const auto parsed = parse_filter(filter.toStdString(), static_cast<FilterSubject>(subject));
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, ErrorCode::malformed);
    const QString detail = QString::fromStdString(parsed.error().detail);
    QVERIFY2(detail.startsWith(position), qPrintable(detail));
    QVERIFY2(detail.contains(mentions), qPrintable(detail));
}

void FilterTest::an_empty_filter_matches_all()
{
    for (const char* text : {"", "   ", "\t\n"}) {
        const auto filter = parse_filter(text, FilterSubject::events);
        QVERIFY(filter.has_value());
        QVERIFY(filter->is_empty());
        QVERIFY(filter->matches(Row{}));
    }
    QVERIFY(Filter{}.matches(Row{}));
}

void FilterTest::looks_at_the_whole_payload_and_never_a_prefix()
{
    std::string payload(3'000'000, 'x');
    payload += "NEEDLE";
    QVERIFY(accepts("needle", message(payload)));
    QVERIFY(accepts("/needle$/", message(payload)));
    QVERIFY(!accepts("needles", message(payload)));
    QVERIFY(accepts("$.end:yes", message("{\"pad\":\"" + payload + "\",\"end\":\"yes\"}")));
}

void FilterTest::finds_what_lies_across_two_pieces_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QByteArray>("needle");
    QTest::newRow("word") << "needle" << QByteArray("NEEDLE");
    QTest::newRow("word beyond ASCII")
        << QString::fromUtf8("\xC3\xA9t\xC3\xA9") << QByteArray("\xC3\x89T\xC3\xA9");
    QTest::newRow("letter that is longer in another case")
        << QString::fromUtf8("kk\xC3\xA9") << QByteArray("\xE2\x84\xAAk\xC3\x89");
    QTest::newRow("expression of a bounded length") << "/n.{3}[lm]e(x|y)?/" << QByteArray("needle");
    QTest::newRow("expression of any length") << "/ne+dle/" << QByteArray("needle");
    QTest::newRow("JSON value") << "$[1]:needle" << QByteArray("\",\"needle");
    QTest::newRow("JSON escape") << "$[1]:\"a\\\"b\"" << QByteArray("\",\"a\\u0022b");
}

void FilterTest::finds_what_lies_across_two_pieces()
{
    QFETCH(QString, filter);
    QFETCH(QByteArray, needle);
    const bool isJson = filter.startsWith(u'$');
    const auto parsed = parse_filter(filter.toStdString(), FilterSubject::messages);
    QVERIFY(parsed.has_value());
    constexpr std::size_t piece = 64 << 10;
    for (std::size_t at = piece - 40; at < piece + 40; ++at) {
        const std::string before = isJson ? "[\"" : "";
        const std::string behind = isJson ? "\"]" : std::string(2 * piece, '-');
        const std::string payload
            = before + std::string(at - before.size(), '-') + needle.toStdString() + behind;
        QVERIFY2(parsed->matches(message(payload)), qPrintable(QString::number(at)));
    }
    QVERIFY(!parsed->matches(message(std::string(3 * piece, '-'))));
}

void FilterTest::stops_within_a_large_payload_data()
{
    QTest::addColumn<QString>("filter");
    QTest::newRow("word") << "needle";
    QTest::newRow("word beyond ASCII") << QString::fromUtf8("\xC3\xA9t\xC3\xA9");
    QTest::newRow("expression of a bounded length") << "/n.{20}z/";
    QTest::newRow("JSON value") << "$.end:yes";
    QTest::newRow("JSON value behind escapes") << "$.\xC3\xA9:yes";
}

void FilterTest::stops_within_a_large_payload()
{
    QFETCH(QString, filter);
    Row row = message("{\"k\":\"\\n" + std::string(4 << 20, 'n')
        + "\",\"end\":\"yes\",\"\xC3\xA9\":\"yes\",\"x\":\"needle \xC3\xA9t\xC3\xA9 "
          "nxxxxxxxxxxxxxxxxxxxxz\"}");
    int questions = 0;
    row.cancelled = [&] { return ++questions == 3; };
    QVERIFY(!accepts(filter.toStdString(), row)); // what it looks for is at the end
    QCOMPARE(questions, 3);
    row.cancelled = [&] { return false; };
    QVERIFY(accepts(filter.toStdString(), row));
}

void FilterTest::says_what_a_byte_may_cost_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("least");
    QTest::addColumn<int>("most");
    QTest::newRow("nothing") << "" << 0 << 0;
    QTest::newRow("facts alone") << "dir:from size>10 -by:echo path:/chat" << 0 << 0;
    QTest::newRow("word") << "price" << 1 << 20;
    QTest::newRow("not a word") << "-price" << 1 << 20;
    QTest::newRow("word beyond ASCII") << QString::fromUtf8("\xC3\xA9t\xC3\xA9") << 10 << 500;
    QTest::newRow("JSON value") << "$.type:x" << 20 << 50;
    QTest::newRow("simple expression") << "/x\\d+y/" << 50 << 500;
    QTest::newRow("large expression") << "/a.{20}z/" << 2'500 << 10'000; // it takes 2,570
    QTest::newRow("several") << "price $.type:x | dir:from" << 21 << 70;
}

void FilterTest::says_what_a_byte_may_cost()
{
    QFETCH(QString, filter);
    QFETCH(int, least);
    QFETCH(int, most);
    const auto cost
        = static_cast<int>(parse_filter(filter.toStdString(), FilterSubject::messages).value().worst_cost());
    QVERIFY2(cost >= least && cost <= most, qPrintable(QString::number(cost)));
}

void FilterTest::finds_bytes_that_are_no_text()
{
    const std::string bytes("\xff\x00\xfeGIF89a\x80", 10);
    QVERIFY(accepts("gif", message(bytes)));
    QVERIFY(accepts("/GIF\\d+/", message(bytes)));
    QVERIFY(!accepts("png", message(bytes)));
    QVERIFY(!parse_filter("\xff", FilterSubject::messages));
}

void FilterTest::a_quoted_text_finds_exactly_itself_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"plain", "two words", "a|b", "-not", "say \"hi\"", "C:\\path\\", "\\\"",
             "dir:from", "size>1", "/chat/", "$.a:1", "ends in \\", "\"", "http://localhost:5173"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void FilterTest::a_quoted_text_finds_exactly_itself()
{
    QFETCH(QString, text);
    const std::string wanted = text.toStdString();
    const std::string filter = quote_for_filter(wanted);
    QVERIFY(accepts(filter, message("before " + wanted + " behind")));
    QVERIFY(!accepts(filter, message("something else")));
    QVERIFY(!accepts("-" + filter, message(wanted)));
}

void FilterTest::stays_linear_on_hostile_text_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QByteArray>("payload");
    constexpr int size = 512 << 10;
    QTest::newRow("nested repetition") << "/(a*)*b/" << QByteArray(size, 'a');
    QTest::newRow("first letter everywhere") << QString(2'000, u'a') + "b" << QByteArray(size, 'b');
    QTest::newRow("deep JSON arrays") << "$.a:1" << QByteArray(size, '[') + "a";
    QTest::newRow("deep JSON objects") << "$.a:1" << QByteArray(R"({"a":)").repeated(size / 5);
    QTest::newRow("many keys") << "$.a.b:1"
                               << "{" + QByteArray(R"("a":{"b":2},)").repeated(size / 12);
}

void FilterTest::stays_linear_on_hostile_text()
{
    QFETCH(QString, filter);
    QFETCH(QByteArray, payload);
    const Row row = message(payload.toStdString());
    const std::clock_t start = std::clock();
    QVERIFY(!accepts(filter.toStdString(), row));
    const auto taken = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC; // our own time only
    QVERIFY2(taken < 10, qPrintable(QString::number(taken))); // a quadratic one takes hours
}

void FilterTest::refuses_what_is_too_long()
{
    const auto longText = parse_filter(std::string(4'097, 'a'), FilterSubject::messages);
    QVERIFY(!longText);
    QCOMPARE(longText.error().code, ErrorCode::too_large);
    std::string many;
    for (int i = 0; i < 101; ++i)
        many += "a ";
    const auto manyTerms = parse_filter(many, FilterSubject::messages);
    QVERIFY(!manyTerms);
    QCOMPARE(manyTerms.error().code, ErrorCode::too_large);
    QVERIFY(parse_filter(std::string(4'096, 'a'), FilterSubject::messages));
}

QTEST_GUILESS_MAIN(FilterTest)
#include "filter_test.moc"
