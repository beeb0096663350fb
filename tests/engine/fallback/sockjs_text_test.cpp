#include "fallback/message_records.h"
#include "fallback/sockjs_text.h"

#include "jackfield/shared_bytes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <string>
#include <utility>
#include <vector>

using namespace jackfield;
using namespace jackfield::fallback;
using namespace std::string_literals;

namespace {

/// What a body holds; the error's sentence in the place of messages where it is refused.
std::vector<std::string> messages_of(std::string_view body, BodyForm form = BodyForm::array)
{
    ByteBuffer records;
    append_record(records, "before");
    const ReadBody read = read_messages(body, records, form);
    auto view = std::as_const(records).view().subspan(record_head + 6);
    if (read.error)
        return {std::string(sentence_of(*read.error)) + (view.empty() ? "" : " and something was appended")};
    std::vector<std::string> messages;
    while (!view.empty()) {
        const std::uint32_t size = record_size(view);
        messages.emplace_back(as_text(view.subspan(record_head, size)));
        view = view.subspan(record_head + size);
    }
    if (messages.size() != read.messages)
        return {"counted wrongly"};
    return messages;
}

std::string text_of(const ByteBuffer& out)
{
    return std::string(as_text(out.view()));
}

std::string json_of(std::string_view text)
{
    ByteBuffer out;
    append_json_text(out, text);
    return text_of(out);
}

std::string script_of(std::string_view text)
{
    ByteBuffer out;
    append_script_text(out, text);
    return text_of(out);
}

const std::vector<std::string> empty_body{"Payload expected."};
const std::vector<std::string> broken{"Broken JSON encoding."};

} // namespace

class SockJsTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_messages();
    void refuses_bodies_data();
    void refuses_bodies();
    void a_lone_string_only_where_it_may_be();
    void megabytes();
    void escapes_every_character_as_the_protocol_says();
    void writes_close_frames();
    void no_script_ends_early();
    void callbacks();
    void form_fields();
};

void SockJsTextTest::reads_messages()
{
    using Messages = std::vector<std::string>;
    QCOMPARE(messages_of("[]"), Messages{});
    QCOMPARE(messages_of("[\"a\"]"), Messages{"a"});
    QCOMPARE(messages_of(" [ \"a\" ,\n\"b\" ] "), (Messages{"a", "b"}));
    QCOMPARE(messages_of("[\"\",\"\",\"\"]"), (Messages{"", "", ""}));
    QCOMPARE(messages_of("[\"\\u0000\\n\\\"\\\\\\/\\u00e4\"]"), (Messages{"\0\n\"\\/\xc3\xa4"s}));
    QCOMPARE(messages_of("[\"\\ud83d\\ude00\"]"), Messages{"\xf0\x9f\x98\x80"});
    QCOMPARE(messages_of("[\"\xef\xbf\xbf\"]"), Messages{"\xef\xbf\xbf"});
}

void SockJsTextTest::refuses_bodies_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char* name, const QByteArray& body) { QTest::newRow(name) << body; };
    row("a blank", " ");
    row("no JSON", "hello");
    row("a string", "\"a\"");
    row("an object", "{\"a\":\"b\"}");
    row("an object inside", "[\"a\",{}]");
    row("an array inside", "[\"a\",[\"b\"]]");
    row("a number", "[\"a\",1]");
    row("null", "[null]");
    row("true", "[true]");
    row("no end", "[\"x\"");
    row("no end of a string", "[\"x");
    row("a comma too much", "[\"x\",]");
    row("something behind", "[\"x\"] \"y\"");
    row("another array", "[\"x\"][\"y\"]");
    row("a NUL and something behind", QByteArray("[\"x\"]\0y", 7));
    row("a NUL behind", QByteArray("[\"x\"]\0", 6));
    row("a control character", "[\"\n\"]");
    row("a comment", "[/**/\"x\"]");
    row("a bad escape", "[\"\\x41\"]");
    row("a high surrogate alone", "[\"\\ud800\"]");
    row("a low surrogate alone", "[\"\\udc00\"]");
    row("surrogates the wrong way round", "[\"\\udc00\\ud800\"]");
    row("a high surrogate and a letter", "[\"\\ud800a\"]");
    row("no UTF-8", "[\"\xff\"]");
    row("a surrogate in UTF-8", "[\"\xed\xa0\x80\"]");
    row("half a character", "[\"\xe2\x82\"]");
    row("100,000 brackets", QByteArray(100'000, '['));
    row("100,000 arrays", QByteArray(100'000, '[') + QByteArray(100'000, ']'));
    row("100,000 braces", QByteArray(100'000, '{'));
    row("a large number", "[" + QByteArray(1'000'000, '1') + "]");
    row("a large string without an end", "[\"" + QByteArray(1'000'000, 'x'));
}

void SockJsTextTest::refuses_bodies()
{
    QFETCH(QByteArray, body);
    QCOMPARE(messages_of(body.toStdString()), broken);
    QCOMPARE(messages_of(""), empty_body);
}

void SockJsTextTest::a_lone_string_only_where_it_may_be()
{
    const auto either = BodyForm::array_or_string;
    QCOMPARE(messages_of("\"a\"", either), std::vector<std::string>{"a"});
    QCOMPARE(messages_of("[\"a\",\"b\"]", either), (std::vector<std::string>{"a", "b"}));
    QCOMPARE(messages_of("\"a\" \"b\"", either), broken);
    QCOMPARE(messages_of("1", either), broken);
    QCOMPARE(messages_of("", either), empty_body);
}

void SockJsTextTest::megabytes()
{
    const std::string large(4'000'000, 'x');
    QCOMPARE(messages_of("[\"" + large + "\"]"), std::vector<std::string>{large});
    std::string many = "[\"\"";
    for (int i = 0; i < 300'000; ++i)
        many += ",\"\"";
    QCOMPARE(messages_of(many + "]").size(), std::size_t{300'001});
    QCOMPARE(messages_of(many), broken);
}

void SockJsTextTest::escapes_every_character_as_the_protocol_says()
{
    for (unsigned code = 0; code <= 0xffff; ++code) {
        if (code >= 0xd800 && code <= 0xdfff)
            continue;
        const char32_t point = code;
        const std::string text = QString::fromUcs4(&point, 1).toStdString();
        std::string expected = text;
        const bool is_in_range = code < 0x20 || (code >= 0x200c && code <= 0x200f) || (code >= 0x2028 && code <= 0x202f)
            || (code >= 0x2060 && code <= 0x206f) || (code >= 0xfff0 && code <= 0xffff);
        if (code == '"' || code == '\\')
            expected = "\\" + text;
        else if (const auto at = "\b\t\n\f\r"s.find(static_cast<char>(code)); code < 0x20 && at != std::string::npos)
            expected = "\\"s + "btnfr"[at];
        else if (is_in_range)
            expected = "\\u" + QString::number(code, 16).rightJustified(4, u'0').toStdString();
        const std::string written = json_of("a" + text + "b");
        if (written != "\"a" + expected + "b\"")
            QFAIL(("U+" + QString::number(code, 16).toStdString() + " gives " + written).c_str());
        if (code % 61 == 0 || is_in_range) { // and it is read as what it was
            QCOMPARE(messages_of("[" + written + "]"), std::vector<std::string>{"a" + text + "b"});
            QCOMPARE(messages_of("[" + script_of(text) + "]"), std::vector<std::string>{text});
        }
    }
    for (unsigned plane = 0x10000; plane <= 0x100000; plane += 0x10000) {
        std::u32string points;
        for (unsigned code = plane; code < plane + 0x10000; ++code)
            points += static_cast<char32_t>(code);
        const std::string text = QString::fromStdU32String(points).toStdString();
        QVERIFY(json_of(text) == "\"" + text + "\"");
    }
    QCOMPARE(json_of(""), "\"\""s);
    QCOMPARE(json_of("\n\n\xe2\x80\xa8\xe2\x80\xa8"), "\"\\n\\n\\u2028\\u2028\""s);
    // What cannot be valid text is not read beyond its end.
    QCOMPARE(json_of("\xe2"), "\"\xe2\""s);
    QCOMPARE(json_of("\xef\xbf"), "\"\xef\xbf\""s);
}

void SockJsTextTest::writes_close_frames()
{
    ByteBuffer out;
    append_close_frame(out, 3000, "Go away!");
    append_close_frame(out, 65535, "\"\n");
    QCOMPARE(text_of(out), "c[3000,\"Go away!\"]c[65535,\"\\\"\\n\"]"s);
}

void SockJsTextTest::no_script_ends_early()
{
    QCOMPARE(script_of("a[\"x\"]"), "\"a[\\\"x\\\"]\""s);
    QCOMPARE(script_of("</script><!--"), "\"\\u003c/script>\\u003c!--\""s);
    QCOMPARE(script_of("\\u2028"), "\"\\\\u2028\""s);
    QCOMPARE(script_of("\xe2\x80\xa9"), "\"\\u2029\""s);
}

void SockJsTextTest::callbacks()
{
    for (const std::string name : {"a", "_jp.a1B2", "callback", "...", "9"})
        QVERIFY(is_callback_name(name));
    QVERIFY(is_callback_name(std::string(128, 'x')));
    QVERIFY(!is_callback_name(std::string(129, 'x')));
    for (const std::string name : {"", "a b", "a(b", "alert(1)//", "a-b", "a;b", "a\n", "\xc3\xa4", "a%41", "a[0]", "a$"})
        QVERIFY(!is_callback_name(name));
    QVERIFY(!is_callback_name("a\0"s));
}

void SockJsTextTest::form_fields()
{
    QCOMPARE(form_field("c=%63allback", "c"), std::optional("callback"s));
    QCOMPARE(form_field("d=%5B%22x%22%5D", "d"), std::optional("[\"x\"]"s));
    QCOMPARE(form_field("a=1&c=2&c=3", "c"), std::optional("2"s));
    QCOMPARE(form_field("%63=2", "c"), std::optional("2"s));
    QCOMPARE(form_field("d=a+b%2Bc", "d"), std::optional("a b+c"s));
    QCOMPARE(form_field("d=a=b", "d"), std::optional("a=b"s));
    QCOMPARE(form_field("d=", "d"), std::optional(""s));
    QCOMPARE(form_field("d", "d"), std::optional(""s));
    QCOMPARE(form_field("&&d=1&", "d"), std::optional("1"s));
    QCOMPARE(form_field("d=%", "d"), std::optional("%"s));
    QCOMPARE(form_field("d=%4", "d"), std::optional("%4"s));
    QCOMPARE(form_field("d=%zz%4g%41", "d"), std::optional("%zz%4gA"s));
    QCOMPARE(form_field("d=%00%ff", "d"), std::optional("\0\xff"s));
    QCOMPARE(form_field("", "d"), std::nullopt);
    QCOMPARE(form_field("p=p", "d"), std::nullopt);
    QCOMPARE(form_field("dd=1", "d"), std::nullopt);
}

QTEST_APPLESS_MAIN(SockJsTextTest)
#include "sockjs_text_test.moc"
