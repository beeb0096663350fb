#include "jackfield/access_rules.h"

#include <QTest>

using namespace jackfield;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(jackfield::ListKind)

namespace {

using State = AccessLine::State;

AccessList parse(
    const std::string& content, std::vector<std::string>& notices, ListKind kind = ListKind::hosts)
{
    return AccessList::parse_file(kind, content, notices);
}

AccessList parse(const std::string& content)
{
    std::vector<std::string> notices;
    return parse(content, notices);
}

QString texts(const AccessList& list)
{
    QStringList result;
    for (const AccessLine& line : list.lines)
        result << QString::fromStdString(line.text);
    return result.join('|');
}

} // namespace

class AccessListTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_the_count_and_the_entries();
    void accepts_what_editors_do_data();
    void accepts_what_editors_do();
    void reports_a_wrong_count();
    void keeps_good_lines_beside_a_bad_one_data();
    void keeps_good_lines_beside_a_bad_one();
    void wide_lines_of_a_file_wait_for_a_confirmation();
    void adding_confirms_a_wide_line();
    void an_unusable_file_leaves_the_built_in_entries_data();
    void an_unusable_file_leaves_the_built_in_entries();
    void an_empty_list_with_its_count_stays_empty();
    void ten_thousand_lines_are_read();
    void writes_what_it_read();
    void never_writes_temporary_lines();
    void adds_and_removes();
    void an_equal_entry_is_not_added_twice();
    void null_needs_an_expiry();
    void the_longer_permission_wins();
    void no_file_lets_null_in();
    void a_lasting_edit_ends_the_fall_back();
};

void AccessListTest::reads_the_count_and_the_entries()
{
    std::vector<std::string> notices;
    const AccessList list
        = parse("3\nlocalhost\n# mine\n*.example.test:80  # and this\n\n192.168.1.20\n", notices);
    QCOMPARE(notices, std::vector<std::string>());
    QVERIFY(!list.fell_back);
    QCOMPARE(texts(list), QString("localhost|# mine|*.example.test:80  # and this||192.168.1.20"));
    QCOMPARE(list.lines[0].state, State::active);
    QCOMPARE(list.lines[1].state, State::comment);
    QCOMPARE(list.lines[2].state, State::active);
    QCOMPARE(list.lines[2].pattern.name, std::string("example.test"));
    QCOMPARE(list.lines[3].state, State::comment);
    QVERIFY(!list.lines[0].built_in && !list.lines[0].temporary);
}

void AccessListTest::accepts_what_editors_do_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no count") << QByteArray("a.test\nb.test\n");
    QTest::newRow("CRLF") << QByteArray("2\r\na.test\r\nb.test\r\n");
    QTest::newRow("CRLF made of CRLF") << QByteArray("2\r\r\na.test\r\r\nb.test\r\r\n");
    QTest::newRow("BOM") << QByteArray("\xef\xbb\xbf"
                                       "2\na.test\nb.test\n");
    QTest::newRow("no final newline") << QByteArray("2\na.test\nb.test");
    QTest::newRow("blanks around") << QByteArray(" 2 \na.test\nb.test\n");
}

void AccessListTest::accepts_what_editors_do()
{
    QFETCH(QByteArray, content);
    std::vector<std::string> notices;
    const AccessList list = parse(content.toStdString(), notices);
    QCOMPARE(texts(list), QString("a.test|b.test"));
    QCOMPARE(notices, std::vector<std::string>());
}

void AccessListTest::reports_a_wrong_count()
{
    for (const char* count : {"7", "0", "99999999999999999999999999"}) {
        std::vector<std::string> notices;
        const AccessList list = parse(std::string(count) + "\na.test\n", notices);
        QCOMPARE(texts(list), QString("a.test"));
        QCOMPARE(notices.size(), std::size_t{1});
        QVERIFY2(
            notices[0].find("it has 1, and all of them were read") != std::string::npos, notices[0].c_str());
    }
}

void AccessListTest::keeps_good_lines_beside_a_bad_one_data()
{
    QTest::addColumn<QByteArray>("bad");
    QTest::newRow("FF-08 http://") << QByteArray("http://");
    QTest::newRow("FF-08 a b") << QByteArray("a b");
    QTest::newRow("FF-08 *.*") << QByteArray("*.*");
    QTest::newRow("FF-08 1,000 chars") << QByteArray(1000, 'x');
    QTest::newRow("FF-08 NUL") << QByteArray("a\0b", 3);
    QTest::newRow("FF-08 homoglyph") << QByteArray("l\xd0\xbe"
                                                   "calhost");
    QTest::newRow("Latin-1") << QByteArray("k\xf6ln");
}

void AccessListTest::keeps_good_lines_beside_a_bad_one()
{
    QFETCH(QByteArray, bad);
    std::vector<std::string> notices;
    const AccessList list = parse("3\na.test\n" + bad.toStdString() + "\nb.test\n", notices);
    QVERIFY(!list.fell_back);
    QCOMPARE(list.lines.size(), std::size_t{3});
    QCOMPARE(list.lines[0].state, State::active);
    QCOMPARE(list.lines[1].state, State::invalid);
    QVERIFY(!list.lines[1].problem.empty());
    QCOMPARE(list.lines[1].text, bad.toStdString());
    QCOMPARE(list.lines[2].state, State::active);
    QCOMPARE(notices.size(), std::size_t{1});
    QVERIFY2(notices[0].starts_with("Hosts.dat line 3 "), notices[0].c_str());
}

void AccessListTest::wide_lines_of_a_file_wait_for_a_confirmation()
{
    for (const char* entry : {"*", "*.com"}) {
        std::vector<std::string> notices;
        const AccessList list = parse(std::string("2\nlocalhost\n") + entry + "\n", notices);
        QCOMPARE(list.lines[1].state, State::needs_confirmation);
        QVERIFY(!list.is_wide_open());
        QVERIFY(!list.fell_back);
        QCOMPARE(notices.size(), std::size_t{1});
        QVERIFY2(notices[0].find("line 3 ") != std::string::npos, notices[0].c_str());
        AccessRules rules;
        rules.hosts = list;
        QCOMPARE(decide(rules, "evil.com", {}, TimePoint()).host, HostVerdict::not_listed);
    }
}

void AccessListTest::adding_confirms_a_wide_line()
{
    AccessList list = parse("1\n*\n");
    QCOMPARE(list.lines[0].state, State::needs_confirmation);
    QVERIFY(list.add(ListKind::hosts, "*").has_value());
    QCOMPARE(list.lines.size(), std::size_t{1});
    QCOMPARE(list.lines[0].state, State::active);
    QVERIFY(list.is_wide_open());
}

void AccessListTest::an_unusable_file_leaves_the_built_in_entries_data()
{
    QTest::addColumn<QByteArray>("content");
    QByteArray random;
    quint32 state = 12345;
    for (int i = 0; i < 4096; ++i) {
        state = state * 1664525U + 1013904223U;
        random.append(static_cast<char>(state >> 24U));
    }
    QTest::newRow("FF-07 nothing in it") << QByteArray();
    QTest::newRow("FF-07 binary") << random;
    QTest::newRow("FF-07 zeros") << QByteArray(4096, '\0');
    QTest::newRow("FF-07 UTF-16") << QByteArray("\xff\xfe"
                                                "l\0o\0c\0a\0l\0h\0o\0s\0t\0\n\0",
        22);
    QTest::newRow("FF-07 over 1 MiB") << QByteArray("localhost\n") + QByteArray(1 << 20, '#');
    QTest::newRow("FF-07 over 10,000 lines") << QByteArray("evil.test\n").repeated(10'001);
    QTest::newRow("FF-07 all lines invalid") << QByteArray("2\na b\nhttp://\n");
    QTest::newRow("only comments") << QByteArray("# evil.test\n");
    QTest::newRow("a count and nothing behind it") << QByteArray("3\n");
}

void AccessListTest::an_unusable_file_leaves_the_built_in_entries()
{
    QFETCH(QByteArray, content);
    std::vector<std::string> notices;
    const AccessList list = parse(content.toStdString(), notices);
    QVERIFY(list.fell_back);
    QVERIFY(!list.problem.empty());
    QVERIFY(list == AccessList::built_in(ListKind::hosts));
    QVERIFY(std::find(notices.begin(), notices.end(), list.problem) != notices.end());
}

void AccessListTest::an_empty_list_with_its_count_stays_empty()
{
    std::vector<std::string> notices;
    const AccessList list = parse("0\n# nobody\n", notices);
    QVERIFY(!list.fell_back);
    QCOMPARE(notices, std::vector<std::string>());
    AccessRules rules;
    rules.hosts = list;
    QCOMPARE(decide(rules, "localhost", {}, TimePoint()).host, HostVerdict::not_listed);
}

void AccessListTest::ten_thousand_lines_are_read()
{
    std::string content;
    for (int i = 0; i < 10'000; ++i)
        content += "h" + std::to_string(i) + ".test\n";
    const AccessList list = parse(content);
    QVERIFY(!list.fell_back);
    QCOMPARE(list.lines.size(), std::size_t{10'000});
}

void AccessListTest::writes_what_it_read()
{
    const std::string content = "4\n# head\nlocalhost\na b\n\n*\n[::1]:80 # six\n";
    const AccessList list = parse(content);
    QCOMPARE(QByteArray::fromStdString(list.file_text()), QByteArray::fromStdString(content));
    QVERIFY(parse(list.file_text()) == list);
    QCOMPARE(AccessList::built_in(ListKind::hosts).file_text(),
        std::string("4\nlocalhost\n*.localhost\n127.0.0.1\n[::1]\n"));
}

void AccessListTest::never_writes_temporary_lines()
{
    AccessList list = AccessList::built_in(ListKind::origins);
    QVERIFY(list.add(ListKind::origins, "http://a.test", true).has_value());
    QVERIFY(list.add(ListKind::origins, "null", true, TimePoint(15min)).has_value());
    QVERIFY(list.add(ListKind::origins, "http://b.test", false, TimePoint(15min)).has_value());
    QCOMPARE(list.lines.size(), std::size_t{7});
    QVERIFY(list.lines[6].temporary);
    QCOMPARE(list.file_text(), AccessList::built_in(ListKind::origins).file_text());
}

void AccessListTest::adds_and_removes()
{
    AccessList list = AccessList::built_in(ListKind::origins);
    QVERIFY(list.add(ListKind::origins, " http://Example.test:80 ").has_value());
    QCOMPARE(list.lines.back().text, std::string("http://Example.test:80"));
    const auto bad = list.add(ListKind::origins, "a b");
    QVERIFY(!bad.has_value() && bad.error().code == ErrorCode::malformed);
    QVERIFY(list.remove(ListKind::origins, "HTTP://example.test.:80").has_value());
    QVERIFY(list == AccessList::built_in(ListKind::origins));
    const auto missing = list.remove(ListKind::origins, "http://example.test:80");
    QVERIFY(!missing.has_value() && missing.error().code == ErrorCode::not_found);
    const auto malformed = list.remove(ListKind::origins, "");
    QVERIFY(!malformed.has_value() && malformed.error().code == ErrorCode::malformed);
}

void AccessListTest::an_equal_entry_is_not_added_twice()
{
    AccessList list = AccessList::built_in(ListKind::hosts);
    QVERIFY(list.add(ListKind::hosts, "LOCALHOST.").has_value());
    QVERIFY(list.add(ListKind::hosts, "localhost", true).has_value());
    QVERIFY(list == AccessList::built_in(ListKind::hosts));
    QVERIFY(list.add(ListKind::hosts, "localhost:80").has_value());
    QCOMPARE(list.lines.size(), std::size_t{5});
}

void AccessListTest::null_needs_an_expiry()
{
    AccessList list = AccessList::built_in(ListKind::origins);
    for (const bool temporary : {false, true}) {
        const auto added = list.add(ListKind::origins, "null", temporary);
        QVERIFY(!added.has_value());
        QCOMPARE(added.error().code, ErrorCode::malformed);
    }
    QVERIFY(list.add(ListKind::origins, "null", true, TimePoint(15min)).has_value());
    AccessRules rules;
    rules.origins = list;
    QCOMPARE(decide(rules, "localhost", "null", TimePoint(15min) - 1ns).origin, OriginVerdict::allowed);
    QCOMPARE(decide(rules, "localhost", "null", TimePoint(15min)).origin, OriginVerdict::null_refused);
}

void AccessListTest::the_longer_permission_wins()
{
    AccessList list;
    QVERIFY(list.add(ListKind::hosts, "a.test", true, TimePoint(10s)).has_value());
    QVERIFY(list.add(ListKind::hosts, "a.test", true, TimePoint(5s)).has_value());
    QVERIFY(list.lines[0].expires == TimePoint(10s));
    QVERIFY(list.add(ListKind::hosts, "a.test", true).has_value());
    QVERIFY(!list.lines[0].expires && list.lines[0].temporary);
    QVERIFY(list.add(ListKind::hosts, "a.test").has_value());
    QVERIFY(!list.lines[0].temporary);
    QCOMPARE(list.lines.size(), std::size_t{1});
}

void AccessListTest::no_file_lets_null_in()
{
    std::vector<std::string> notices;
    const AccessList list = parse("2\nlocalhost\nnull\n", notices, ListKind::origins);
    QCOMPARE(list.lines[1].state, State::invalid);
    QCOMPARE(notices.size(), std::size_t{1});
}

void AccessListTest::a_lasting_edit_ends_the_fall_back()
{
    AccessList list = parse("a b\n");
    QVERIFY(list.fell_back);
    QVERIFY(list.add(ListKind::hosts, "dev.test", true).has_value());
    QVERIFY2(list.fell_back, "a temporary line does not repair the file");
    QVERIFY(list.add(ListKind::hosts, "dev2.test").has_value());
    QVERIFY(!list.fell_back && list.problem.empty());
    list = parse("a b\n");
    QVERIFY(list.remove(ListKind::hosts, "*.localhost").has_value());
    QVERIFY(!list.fell_back && list.problem.empty());
}

QTEST_GUILESS_MAIN(AccessListTest)
#include "access_list_test.moc"
