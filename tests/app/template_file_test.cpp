#include "app/shared/config_store.h"
#include "app/shared/template_file.h"

#include "jackfield/atomic_file.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace jackfield;
using namespace jackfield::app;
using Kind = ComposedMessage::Kind;

namespace {

ComposedMessage with(Kind kind, std::string_view payload)
{
    ComposedMessage message;
    message.kind = kind;
    message.payload = SharedBytes(payload);
    return message;
}

TemplateNode node(const char* name, ComposedMessage message)
{
    TemplateNode made;
    made.name = name;
    made.message = std::move(message);
    return made;
}

std::vector<TemplateNode> many()
{
    using namespace std::string_view_literals;
    ComposedMessage close;
    close.kind = Kind::close;
    close.close = {4001, "bye"};
    ComposedMessage bare;
    bare.kind = Kind::close;
    bare.close = {};
    bare.close.code.reset();
    RawFrame frame;
    frame.fin = true;
    frame.rsv2 = true;
    frame.opcode = 11;
    frame.masking_key = {std::byte{1}, std::byte{2}, std::byte{3}, std::byte{0xFF}};
    frame.length_form = LengthForm::bits64;
    frame.declared_length = 99;
    frame.payload = SharedBytes("bad \xff"sv);
    ComposedMessage raw;
    raw.kind = Kind::raw;
    raw.pieces = {frame, SharedBytes("\x81\x05half"sv)};
    raw.cut = StreamCut::reset;
    ComposedMessage cut = with(Kind::text, "in frames");
    cut.fragments = Fragmentation(3);
    ComposedMessage sized = with(Kind::binary, "in frames");
    sized.fragments = Fragmentation::of_size(4);
    ComposedMessage sizes = with(Kind::text, "in frames");
    sizes.fragments = Fragmentation::of_sizes({1, 0, 2});
    TemplateNode key = node("with a key", with(Kind::text, "k"));
    key.hotkey = 9;
    key.send_at_once = true;
    TemplateNode folder;
    folder.is_folder = true;
    folder.name = "Ordner \xC3\xA4";
    folder.children = {node("close", close), node("bare", bare), node("raw", raw)};
    return {folder, key, node("cut", cut), node("sized", sized), node("sizes", sizes),
        node("ping", with(Kind::ping, "\xff\0"sv)), node("pong", with(Kind::pong, "p")),
        node("binary", with(Kind::binary, "abc"))};
}

} // namespace

class TemplateFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_kind_comes_back()
    {
        std::vector<std::string> notices;
        const auto back = parse_templates(format_templates(many(), {}), notices);
        QVERIFY(back.has_value());
        QVERIFY(notices.empty());
        QVERIFY(*back == many());
        QCOMPARE(format_templates(*back, {}), format_templates(many(), {}));
    }

    void text_comes_back_byte_for_byte_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("NBSP") << QByteArray("a\xC2\xA0z");
        QTest::newRow("CRLF and lone CR") << QByteArray("a\r\nb\rc");
        QTest::newRow("U+2028 U+2029 U+FDD0") << QByteArray("\xE2\x80\xA8\xE2\x80\xA9\xEF\xB7\x90");
        QTest::newRow("BOM and NUL") << QByteArray("\xEF\xBB\xBF a\0b", 7);
        QTest::newRow("no text in base64") << QByteArray("\xff\xfe\0\x01", 4);
    }
    void text_comes_back_byte_for_byte()
    {
        QFETCH(QByteArray, bytes);
        const std::string_view payload(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        for (const Kind kind : {Kind::text, Kind::binary, Kind::ping}) {
            if (kind == Kind::text && bytes.startsWith('\xff'))
                continue;
            const TemplateNode made = node("x", with(kind, payload));
            std::vector<std::string> notices;
            const auto back = parse_templates(format_templates({made}, {}), notices);
            QVERIFY(back.has_value() && back->size() == 1);
            QVERIFY(back->front().message.payload.text() == payload);
            const auto sent = parse_sent(format_sent({made.message}));
            QVERIFY(sent.has_value() && sent->size() == 1);
            QVERIFY(sent->front() == made.message);
        }
    }

    void unknown_members_survive()
    {
        const std::string text = R"({"jackfield":1,"later":{"a":[1]},"templates":[
            {"folder":"f","colour":"red","templates":[{"name":"n","kind":"text","text":"t","note":null}]}]})";
        std::vector<std::string> notices;
        auto nodes = parse_templates(text, notices);
        QVERIFY(nodes.has_value() && notices.empty());
        nodes->front().name = "renamed";
        const std::string written = format_templates(*nodes, text);
        for (const char* kept : {"\"later\"", "\"colour\": \"red\"", "\"note\": null", "\"renamed\""})
            QVERIFY2(written.find(kept) != std::string::npos, kept);
    }

    void what_cannot_be_used_is_left_out_and_said_data()
    {
        QTest::addColumn<QByteArray>("entry");
        const auto row
            = [](const char* name, const char* entry) { QTest::newRow(name) << QByteArray(entry); };
        row("no object", "[1]");
        row("no kind", R"({"name":"n","text":"t"})");
        row("unknown kind", R"({"name":"n","kind":"smoke"})");
        row("text of another type", R"({"name":"n","kind":"text","text":1})");
        row("bad base64", R"({"name":"n","kind":"binary","base64":"a==="})");
        row("base64 with a line end", R"({"name":"n","kind":"binary","base64":"YWE=\nYQ="})");
        row("base64 with blanks", R"({"name":"n","kind":"binary","base64":"  YQ"})");
        row("base64 padded within", R"({"name":"n","kind":"binary","base64":"YQ==YQ=="})");
        row("base64 cut", R"({"name":"n","kind":"binary","base64":"YWE"})");
        row("text that is none", R"({"name":"n","kind":"text","base64":"/w=="})");
        row("long ping",
            R"({"name":"n","kind":"ping","base64":"QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB"})");
        row("code that cannot be sent", R"({"name":"n","kind":"close","code":1006})");
        row("code of another type", R"({"name":"n","kind":"close","code":"1000"})");
        row("bad raw", R"({"name":"n","kind":"raw","raw":"frame op=99"})");
        row("empty raw", R"({"name":"n","kind":"raw","raw":""})");
        row("raw that is another command", R"({"name":"n","kind":"raw","raw":"\nquit"})");
        row("bad fragments", R"({"name":"n","kind":"text","text":"t","fragments":-1})");
        row("too many fragments", R"({"name":"n","kind":"text","text":"t","fragments":100000})");
    }
    void what_cannot_be_used_is_left_out_and_said()
    {
        QFETCH(QByteArray, entry);
        std::vector<std::string> notices;
        const auto nodes = parse_templates("{\"jackfield\":1,\"templates\":[" + entry.toStdString()
                + ",{\"name\":\"good\",\"kind\":\"text\",\"text\":\"t\"}]}",
            notices);
        QVERIFY(nodes.has_value());
        QCOMPARE(nodes->size(), std::size_t{1});
        QCOMPARE(nodes->front().name, std::string("good"));
        QCOMPARE(notices.size(), std::size_t{1});
    }

    void members_that_cannot_be_used_are_said_data()
    {
        QTest::addColumn<QByteArray>("members");
        const auto row = [](const char* name, const QByteArray& members) { QTest::newRow(name) << members; };
        row("key 12", R"("key":12)");
        row("key a text", R"("key":"1")");
        row("sent at once or so", R"("send_at_once":"yes")");
        row("a long name", "\"name\":\"" + QByteArray(201, 'n') + "\"");
    }
    void members_that_cannot_be_used_are_said()
    {
        QFETCH(QByteArray, members);
        std::vector<std::string> notices;
        const QByteArray name = members.startsWith("\"name\"") ? QByteArray() : QByteArray(R"("name":"n",)");
        const auto nodes = parse_templates("{\"jackfield\":1,\"templates\":[{" + name.toStdString()
                + members.toStdString() + ",\"kind\":\"text\",\"text\":\"t\"}]}",
            notices);
        QVERIFY(nodes.has_value());
        QCOMPARE(nodes->size(), std::size_t{1});
        QCOMPARE(notices.size(), std::size_t{1});
    }

    void a_text_that_is_no_json_object_is_an_error()
    {
        std::vector<std::string> notices;
        for (const std::string& bad : {std::string(), std::string("{"), std::string("[]"),
                 std::string("null"), std::string(100'000, '['),
                 R"({"templates":)" + std::string(70, '[') + std::string(70, ']') + "}"})
            QCOMPARE(parse_templates(bad, notices).error().code, ErrorCode::malformed);
        QVERIFY(parse_templates(R"({"templates":3})", notices).value().empty());
        QCOMPARE(notices.size(), std::size_t{1});
    }

    void what_was_sent_is_kept_within_bounds()
    {
        std::vector<ComposedMessage> sent;
        for (int i = 0; i < 150; ++i)
            sent.push_back(with(Kind::text, std::to_string(i)));
        sent.push_back(with(Kind::text, std::string(largest_remembered_message + 1, 'x')));
        const auto back = parse_sent(format_sent(sent));
        QVERIFY(back.has_value());
        QCOMPARE(back->size(), most_remembered_messages);
        QCOMPARE(std::string(back->front().payload.text()), std::string("50"));
        QCOMPARE(std::string(back->back().payload.text()), std::string("149"));
        const std::vector<ComposedMessage> large(
            100, with(Kind::binary, std::string(largest_remembered_message, 'x')));
        QCOMPARE(parse_sent(format_sent(large))->size(),
            std::size_t{most_remembered_bytes / largest_remembered_message});
    }

    void FF_the_store_keeps_templates_and_what_was_sent()
    {
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString();
        {
            auto store = ConfigStore::open(path).value();
            QVERIFY(store->loaded().templates.empty());
            store->start({});
            store->remember_templates(many());
            store->remember_sent({with(Kind::text, "hello")});
            store->close();
        }
        auto store = ConfigStore::open(path).value();
        QVERIFY(store->loaded().templates == many());
        QCOMPARE(store->loaded().sent.size(), std::size_t{1});
        QVERIFY(store->loaded().notices.empty());
    }

    void FF_a_broken_file_is_set_aside_and_the_backup_is_used()
    {
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString();
        const std::string file = path + "/templates.jackfield.json";
        QVERIFY(write_file_atomically(file + ".bak", format_templates(many(), {})).has_value());
        QVERIFY(write_file_atomically(file, "{ broken").has_value());
        QVERIFY(write_file_atomically(path + "/sent.jackfield.json", "{ broken").has_value());
        {
            auto store = ConfigStore::open(path).value();
            QVERIFY(store->loaded().templates == many());
            QVERIFY(store->loaded().sent.empty());
            QCOMPARE(store->loaded().notices.size(), std::size_t{1});
            QVERIFY(store->loaded().notices.front().find("templates.jackfield.json.corrupt-")
                != std::string::npos);
            store->start({});
            store->close();
        }
        QCOMPARE(QDir(folder.path()).entryList({QStringLiteral("*.corrupt-*")}).size(), 1);
        QVERIFY2(
            ConfigStore::open(path).value()->loaded().templates == many(), "the recovered ones are saved");
    }
};

QTEST_GUILESS_MAIN(TemplateFileTest)
#include "template_file_test.moc"
