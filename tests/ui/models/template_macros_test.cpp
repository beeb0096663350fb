#include "ui/models/template_macros.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;

namespace {

TemplateMacros macros()
{
    return {[] { return WallTime(std::chrono::milliseconds(1'714'594'367'003)); },
        [seed = std::uint32_t{0}]() mutable { return seed += 0x01010101U; }};
}

} // namespace

class TemplateMacrosTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void expands_what_it_knows_and_nothing_else_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expanded");
        const auto row = [](const char* name, const QByteArray& text, const QByteArray& expanded) {
            QTest::newRow(name) << text << expanded;
        };
        row("none", "plain {} {{ }}", "plain {} {{ }}");
        row("counter", "{\"id\":{{counter}}}", "{\"id\":1}");
        row("counter twice", "{{counter}} {{counter}}", "1 1");
        row("now", "{{now}}", "2024-05-01T20:12:47.003Z");
        row("unixtime", "{{unixtime}}", "1714594367");
        row("random", "{{random}},{{random}}", "16843009,33686018");
        row("uuid", "{{uuid}}", "01010101-0202-4202-8303-030304040404");
        row("unknown", "{{name}} {{Counter}} {{ counter }}", "{{name}} {{Counter}} {{ counter }}");
        row("unknown before known", "{{{{counter}}}}", "{{1}}");
        row("more braces", "{{{counter}}}", "{1}");
        row("not looked at again", "{{{{unixtime}}counter}}", "{{1714594367counter}}");
        row("cut off", "{{counter}", "{{counter}");
        row("NUL, CR, BOM", QByteArray("\xEF\xBB\xBF\0\r{{counter}}\r\n", 18),
            QByteArray("\xEF\xBB\xBF\0\r"
                       "1\r\n",
                8));
    }
    void expands_what_it_knows_and_nothing_else()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expanded);
        TemplateMacros made = macros();
        const std::string_view given(text.constData(), static_cast<std::size_t>(text.size()));
        QCOMPARE(QByteArray::fromStdString(made.expand(given)), expanded);
        QCOMPARE(TemplateMacros::hasMacros(given), text != expanded);
    }

    void the_counter_counts_messages()
    {
        TemplateMacros made = macros();
        ComposedMessage message;
        message.payload = SharedBytes(std::string_view("n={{counter}}"));
        QCOMPARE(made.expand(message).payload.text(), std::string_view("n=1"));
        QCOMPARE(made.expand(message).payload.text(), std::string_view("n=2"));
        ComposedMessage plain;
        plain.payload = SharedBytes(std::string_view("plain"));
        QCOMPARE(made.expand(plain).payload.text(), std::string_view("plain"));
        QCOMPARE(made.expand(message).payload.text(), std::string_view("n=3"));
    }

    void only_text_pings_and_pongs_have_macros()
    {
        for (const auto& [kind, expected] : {std::pair(ComposedMessage::Kind::text, true),
                 std::pair(ComposedMessage::Kind::ping, true), std::pair(ComposedMessage::Kind::pong, true),
                 std::pair(ComposedMessage::Kind::binary, false)}) {
            ComposedMessage message;
            message.kind = kind;
            message.payload = SharedBytes(std::string_view("{{counter}}"));
            QCOMPARE(TemplateMacros::hasMacros(message), expected);
        }
    }

    void real_ones_differ()
    {
        TemplateMacros made;
        QSet<QByteArray> seen;
        static const QRegularExpression form(
            QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
        for (int i = 0; i < 100; ++i) {
            const QByteArray uuid = QByteArray::fromStdString(made.expand("{{uuid}}"));
            QVERIFY2(form.match(QString::fromLatin1(uuid)).hasMatch(), uuid.constData());
            seen.insert(uuid);
        }
        QCOMPARE(seen.size(), 100);
    }
};

QTEST_GUILESS_MAIN(TemplateMacrosTest)
#include "template_macros_test.moc"
