// Every public class says what it is: a `///` comment stands above its definition. Every public function is one of the shared
// library's: JACKFIELD_API stands before it.
#include "tests/architecture/source_tree.h"

#include <QRegularExpression>
#include <QTest>

namespace {

/// The classes and structs at namespace level of `text` without a comment above them, as "name (line n)".
QStringList undocumented(const QString& text)
{
    static const QRegularExpression definition(QStringLiteral(
        R"(^(?:class|struct)\s+(?:JACKFIELD_API\s+)?(?:alignas\([^)]*\)\s*)?([A-Za-z_]\w*)(?:\s+final)?\s*(?::(?!:)[^;{]*)?\{)"));
    static const QRegularExpression skipped(QStringLiteral(R"(^(?:template\b|\[\[|requires\b|\s))"));
    QStringList found;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const auto match = definition.match(lines[i]);
        if (!match.hasMatch())
            continue;
        qsizetype above = i - 1;
        while (above >= 0 && skipped.match(lines[above]).hasMatch())
            --above;
        if (above < 0 || !lines[above].startsWith(QLatin1String("///")))
            found.append(QStringLiteral("%1 (line %2)").arg(match.captured(1)).arg(i + 1));
    }
    return found;
}

/// The functions at namespace level of `text` that are declared and not marked for export.
QStringList unexported(const QString& text)
{
    static const QRegularExpression declaration(
        QStringLiteral(R"re(^(?:\[\[nodiscard\]\] )?(?!JACKFIELD_API|inline|constexpr|using|template|static_assert|return))re"
                       R"re([A-Za-z_][\w:<>,\*& ]*[ &\*]([a-z_]\w*)\([^{}]*?\)\s*(?:noexcept)?;)re"),
        QRegularExpression::MultilineOption);
    QStringList found;
    for (auto each = declaration.globalMatch(text); each.hasNext();)
        found.append(each.next().captured(1));
    return found;
}

} // namespace

class PublicHeadersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_public_class_has_a_comment()
    {
        const auto files = source_tree::sources({QStringLiteral("engine/include")});
        QVERIFY(files.size() > 10);
        QStringList found;
        for (const auto& file : files) {
            const QStringList here = undocumented(file.text);
            for (const QString& name : here)
                found.append(file.path + QLatin1String(": ") + name);
        }
        QVERIFY2(found.isEmpty(), qPrintable(QLatin1Char('\n') + found.join(QLatin1Char('\n'))));
    }

    void every_public_function_is_exported()
    {
        QStringList found;
        for (const auto& file : source_tree::sources({QStringLiteral("engine/include")})) {
            const QStringList here = unexported(file.text);
            for (const QString& name : here)
                found.append(file.path + QLatin1String(": ") + name);
        }
        QVERIFY2(found.isEmpty(), qPrintable(QLatin1Char('\n') + found.join(QLatin1Char('\n'))));
    }

    void the_check_finds_what_is_not_exported_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("marked") << QStringLiteral("[[nodiscard]] JACKFIELD_API int f(int a);\n") << QStringList();
        QTest::newRow("marked, no attribute") << QStringLiteral("JACKFIELD_API void f(\n    int a);\n") << QStringList();
        QTest::newRow("bare") << QStringLiteral("[[nodiscard]] std::string_view f(Kind kind);\n") << QStringList{"f"};
        QTest::newRow("bare over two lines") << QStringLiteral("void f(int a,\n    int b);\n") << QStringList{"f"};
        QTest::newRow("reference") << QStringLiteral("const std::string& f();\n") << QStringList{"f"};
        QTest::newRow("inline") << QStringLiteral("inline int f() { return g(1); }\n") << QStringList();
        QTest::newRow("member") << QStringLiteral("struct S {\n    int f();\n};\n") << QStringList();
    }

    void the_check_finds_what_is_not_exported()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, names);
        QCOMPARE(unexported(text), names);
    }

    void public_headers_include_only_public_headers()
    {
        static const QRegularExpression quoted(
            QStringLiteral("^#include \"(?!jackfield/)"), QRegularExpression::MultilineOption);
        for (const auto& file : source_tree::sources({QStringLiteral("engine/include")}))
            QVERIFY2(!quoted.match(file.text).hasMatch(), qPrintable(file.path));
    }

    void the_check_finds_what_has_none_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("fine");
        QTest::newRow("documented") << QStringLiteral("/// A thing.\nclass Thing {\n};\n") << true;
        QTest::newRow("documented template")
            << QStringLiteral("/// A thing.\ntemplate <class T>\nclass Thing {\n") << true;
        QTest::newRow("exported bare class") << QStringLiteral("\nclass JACKFIELD_API Thing {\n};\n") << false;
        QTest::newRow("bare class") << QStringLiteral("\nclass Thing {\n};\n") << false;
        QTest::newRow("bare derived struct") << QStringLiteral("\nstruct Thing final : Other {\n") << false;
        QTest::newRow("ordinary comment") << QStringLiteral("// A thing.\nstruct Thing {\n") << false;
        QTest::newRow("forward declaration") << QStringLiteral("\nclass Thing;\n") << true;
        QTest::newRow("member class")
            << QStringLiteral("/// A thing.\nclass Thing {\n    struct Part {\n") << true;
    }

    void the_check_finds_what_has_none()
    {
        QFETCH(QString, text);
        QFETCH(bool, fine);
        QCOMPARE(undocumented(text).isEmpty(), fine);
    }
};

QTEST_GUILESS_MAIN(PublicHeadersTest)
#include "public_headers_test.moc"
