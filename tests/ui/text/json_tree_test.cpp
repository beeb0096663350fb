#include "ui/text/json_tree.h"

#include "jackfield/filter.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using Kind = JsonTree::Kind;
using Verdict = JsonCheck::Verdict;

namespace {

JsonTree treeOf(std::string_view text)
{
    JsonCheck check;
    JsonTree tree = JsonTree::read(SharedBytes(text), check);
    if (check.verdict != Verdict::valid)
        qFatal("not valid");
    return tree;
}

QByteArray bytes(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

std::string_view viewOf(const QByteArray& text)
{
    return {text.constData(), static_cast<std::size_t>(text.size())};
}

/// A message of which only its JSON is looked at.
class Fields : public FilterFields {
public:
    explicit Fields(std::string_view json)
        : m_json(json)
    { }
    std::optional<std::string_view> searched(std::size_t) const override { return std::nullopt; }
    std::string_view text(FilterKey) const override { return {}; }
    std::optional<std::uint64_t> number(FilterKey) const override { return std::nullopt; }
    std::string_view json() const override { return m_json; }

private:
    std::string_view m_json;
};

} // namespace

class JsonTreeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void values_and_keys_are_as_they_are_spelt()
    {
        const JsonTree tree
            = treeOf(" {\"a\" : 1.50e+2 ,\"b\\u0041\":\"x\\ny\", \"c\":[true,null,\n-0],\"d\":{}}\n");
        const auto top = tree.children(0);
        QCOMPARE(top.size(), std::size_t{4});
        QCOMPARE(tree.kind(0), Kind::object);
        QCOMPARE(bytes(tree.value(top[0])), QByteArray("1.50e+2"));
        QCOMPARE(bytes(tree.key(top[1])), QByteArray("b\\u0041"));
        QCOMPARE(bytes(tree.value(top[1])), QByteArray("\"x\\ny\""));
        QCOMPARE(bytes(tree.value(top[2])), QByteArray("[true,null,\n-0]"));
        const auto elements = tree.children(top[2]);
        QCOMPARE(elements.size(), std::size_t{3});
        QCOMPARE(tree.kind(elements[0]), Kind::word);
        QCOMPARE(tree.kind(elements[2]), Kind::number);
        QCOMPARE(bytes(tree.value(elements[2])), QByteArray("-0"));
        QVERIFY(!tree.hasKey(elements[0]));
        QCOMPARE(tree.parent(elements[2]), top[2]);
        QCOMPARE(tree.members(top[3]), 0U);
        QCOMPARE(bytes(tree.value(top[3])), QByteArray("{}"));
    }

    void a_key_that_is_there_twice_is_shown_twice()
    {
        const JsonTree tree = treeOf(R"({"a":1,"a":2,"":3})");
        const auto top = tree.children(0);
        QCOMPARE(top.size(), std::size_t{3});
        QCOMPARE(bytes(tree.key(top[1])), QByteArray("a"));
        QCOMPARE(bytes(tree.value(top[1])), QByteArray("2"));
        QVERIFY(tree.hasKey(top[2]));
        QCOMPARE(bytes(tree.key(top[2])), QByteArray());
    }

    void numbers_that_no_double_holds_keep_their_digits_data()
    {
        QTest::addColumn<QByteArray>("number");
        QTest::newRow("beyond range") << QByteArray("1e400");
        QTest::newRow("20 digits") << QByteArray("12345678901234567890123");
        QTest::newRow("a long fraction") << QByteArray("0.10000000000000000000000000001");
    }
    void numbers_that_no_double_holds_keep_their_digits()
    {
        QFETCH(QByteArray, number);
        const JsonTree tree = treeOf(viewOf('[' + number + ']'));
        QCOMPARE(bytes(tree.value(tree.children(0)[0])), number);
    }

    void a_long_array_is_in_ranges()
    {
        QByteArray text("[0");
        for (int i = 1; i < 2'500; ++i)
            text += ',' + QByteArray::number(i);
        const JsonTree tree = treeOf(viewOf(text + ']'));
        const auto ranges = tree.children(0);
        QCOMPARE(ranges.size(), std::size_t{3});
        QCOMPARE(tree.members(0), 2'500U);
        QCOMPARE(tree.kind(ranges[2]), Kind::range);
        QCOMPARE(tree.index(ranges[2]), 2'000U);
        QCOMPARE(tree.children(ranges[2]).size(), std::size_t{500});
        const auto last = tree.children(ranges[2])[499];
        QCOMPARE(bytes(tree.value(last)), QByteArray("2499"));
        QCOMPARE(tree.parent(last), ranges[2]);
        QCOMPARE(tree.row(last), 499U);
        QCOMPARE(tree.path(last), std::string("$[2499]"));
        QCOMPARE(tree.row(ranges[1]), 1U);
        QCOMPARE(tree.parent(ranges[1]), JsonTree::Node{0});
    }

    void paths_and_filters_are_those_of_the_filter_language_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("filter");
        QTest::newRow("a word") << QByteArray(R"({"type":"subscribe"})") << QByteArray("$.type")
                                << QByteArray("$.type:subscribe");
        QTest::newRow("two words") << QByteArray(R"({"a":"b c"})") << QByteArray("$.a")
                                   << QByteArray("$.a:\"b c\"");
        QTest::newRow("a number") << QByteArray(R"({"a":101.25})") << QByteArray("$.a")
                                  << QByteArray("$.a:101.25");
        QTest::newRow("null") << QByteArray(R"({"a":null})") << QByteArray("$.a") << QByteArray("$.a:null");
        QTest::newRow("a container") << QByteArray(R"({"a":{}})") << QByteArray("$.a") << QByteArray("$.a:*");
        QTest::newRow("an element") << QByteArray("[7]") << QByteArray("$[0]") << QByteArray("$[0]:7");
        QTest::newRow("a key in quotes")
            << QByteArray(R"({"a b.c":1})") << QByteArray("$[\"a b.c\"]") << QByteArray("$[\"a b.c\"]:1");
        QTest::newRow("escapes") << QByteArray(R"({"\u0061":"\u0062"})") << QByteArray("$.a")
                                 << QByteArray("$.a:b");
        QTest::newRow("what no filter can say")
            << QByteArray("{\"a\\\"]\":1}") << QByteArray("$[\"a\"]\"]") << QByteArray();
        QTest::newRow("a cut emoji") << QByteArray(R"({"a":"x\ud83d"})") << QByteArray("$.a")
                                     << QByteArray("$.a:x\xEF\xBF\xBD");
        QTest::newRow("a cut emoji in a key") << QByteArray(R"({"\ud83d":1})") << QByteArray("$.\xEF\xBF\xBD")
                                              << QByteArray("$.\xEF\xBF\xBD:1");
        QTest::newRow("beyond range")
            << QByteArray(R"({"a":1e999})") << QByteArray("$.a") << QByteArray("$.a:1e999");
        QTest::newRow("a line end") << QByteArray(R"({"a":"b\n"})") << QByteArray("$.a") << QByteArray();
        QTest::newRow("a star") << QByteArray(R"({"a":"*"})") << QByteArray("$.a") << QByteArray();
    }
    void paths_and_filters_are_those_of_the_filter_language()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, filter);
        const JsonTree tree = treeOf(viewOf(text));
        const auto node = tree.children(0)[0];
        QCOMPARE(bytes(tree.path(node)), path);
        QCOMPARE(bytes(tree.filter(node)), filter);
        if (filter.isEmpty())
            return;
        const auto parsed = parse_filter(viewOf(filter), FilterSubject::messages);
        QVERIFY(parsed.has_value());
        QVERIFY2(parsed->matches(Fields(viewOf(text))), "a filter finds the message that it was made from");
    }

    void what_is_no_tree_says_why_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("verdict");
        const auto row = [](const char* name, const QByteArray& text, Verdict verdict) {
            QTest::newRow(name) << text << static_cast<int>(verdict);
        };
        row("plain text", "hello", Verdict::notJson);
        row("empty", "", Verdict::notJson);
        row("a BOM before it", "\xEF\xBB\xBF{}", Verdict::notJson);
        row("GU-16 invalid UTF-8", "{\"a\":\"\xff\"}", Verdict::mistake);
        row("a NUL inside", QByteArray("[1]\0 x", 6), Verdict::mistake);
        row("cut off", "{\"a\":", Verdict::mistake);
        row("two values", "{} {}", Verdict::mistake);
        row("256 deep", QByteArray(256, '[') + QByteArray(256, ']'), Verdict::valid);
        row("GU-07 257 deep", QByteArray(257, '[') + QByteArray(257, ']'), Verdict::tooDeep);
        row("GU-07 deep without an end", QByteArray(1'000'000, '['), Verdict::tooDeep);
        row("GU-07 over 1 MiB", "[\"" + QByteArray(1 << 20, 'x') + "\"]", Verdict::tooLarge);
    }
    void what_is_no_tree_says_why()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, verdict);
        JsonCheck check;
        const JsonTree tree = JsonTree::read(SharedBytes(viewOf(text)), check);
        QCOMPARE(static_cast<int>(check.verdict), verdict);
        QCOMPARE(tree.isEmpty(), check.verdict != Verdict::valid);
    }

    void reading_stops_when_it_is_told_to()
    {
        QByteArray text("[0");
        for (int i = 0; i < 100'000; ++i)
            text += ",1";
        text += ']';
        int asked = 0;
        JsonCheck check;
        const JsonTree tree
            = JsonTree::read(SharedBytes(viewOf(text)), check, [&asked] { return ++asked == 10; });
        QCOMPARE(asked, 10);
        QVERIFY(check.verdict == Verdict::tooSlow);
        QVERIFY(tree.isEmpty());
        // Late, when what is where is being found.
        asked = -90;
        static_cast<void>(
            JsonTree::read(SharedBytes(viewOf(text)), check, [&asked] { return ++asked == 10; }));
        QVERIFY(check.verdict == Verdict::tooSlow);
    }
};

QTEST_GUILESS_MAIN(JsonTreeTest)
#include "json_tree_test.moc"
