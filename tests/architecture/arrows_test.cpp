// Holds the sources against the arrow table of ARCHITECTURE.md: which folder may include which, and which
// modules of Qt.
#include "tests/architecture/source_tree.h"

#include <QLibraryInfo>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using source_tree::SourceFile;

namespace {

struct Row {
    QStringList folders; ///< what files of this folder may include, beside their own
    QStringList qt; ///< the modules of Qt they may use ("Core")
    bool open = false; ///< may include anything of the project (tests)
};
using Table = QMap<QString, Row>;

QStringList words_in_backticks(const QString& cell)
{
    static const QRegularExpression word(QStringLiteral("`([^`]+)`"));
    QStringList words;
    for (auto matches = word.globalMatch(cell); matches.hasNext();)
        words.append(matches.next().captured(1));
    return words;
}

/// The table between `<!-- arrows -->` and the next empty line: folder | may include | modules of Qt.
Table parse_table(const QString& document)
{
    Table table;
    const qsizetype start = document.indexOf(QLatin1String("<!-- arrows -->"));
    if (start < 0)
        return table;
    const QStringList lines = document.mid(start).split(QLatin1Char('\n')).mid(1);
    for (const QString& line : lines) {
        if (!line.startsWith(QLatin1Char('|')))
            break;
        const QStringList cells = line.split(QLatin1Char('|'));
        const QStringList names = words_in_backticks(cells.value(1));
        for (const QString& name : names) {
            Row row;
            row.folders = words_in_backticks(cells.value(2));
            row.open = cells.value(2).contains(QLatin1String("everything"));
            row.qt = words_in_backticks(cells.value(3));
            table.insert(name, row);
        }
    }
    return table;
}

struct Include {
    QString target;
    bool quoted = false;
    int line = 0;
};

std::vector<Include> includes_of(const SourceFile& file)
{
    static const QRegularExpression directive(
        QStringLiteral(R"(^\s*#\s*include\s*(?:"([^"]+)\"|<([^>]+)>))"), QRegularExpression::MultilineOption);
    std::vector<Include> includes;
    const QString code = source_tree::without_comments(file.text);
    for (auto matches = directive.globalMatch(code); matches.hasNext();) {
        const auto match = matches.next();
        const bool quoted = !match.captured(1).isEmpty();
        includes.push_back({match.captured(quoted ? 1 : 2), quoted,
            source_tree::line_of(code, match.capturedStart(quoted ? 1 : 2))});
    }
    return includes;
}

/// The folder of the table that a quoted include belongs to; empty when it is beside its includer or
/// generated.
QString folder_of_include(const QString& target, const Table& table)
{
    const QString first = target.section(QLatin1Char('/'), 0, 0);
    if (!target.contains(QLatin1Char('/')))
        return {};
    if (first == QLatin1String("jackfield"))
        return QStringLiteral("engine/include");
    if (first == QLatin1String("tests") || first == QLatin1String("support"))
        return QStringLiteral("tests");
    if (table.contains(QLatin1String("engine/") + first))
        return QLatin1String("engine/") + first;
    return SourceFile{target, {}}.folder();
}

/// The module of Qt that `<target>` comes from, empty when it is none of Qt's.
QString qt_module_of(const QString& target)
{
    static const QString headers = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    if (target.startsWith(QLatin1String("Qt")) && target.contains(QLatin1Char('/')))
        return target.section(QLatin1Char('/'), 0, 0).mid(2);
    static const QRegularExpression looks_like_qt(QStringLiteral("^(Q[A-Za-z]+|q[a-z0-9_]+\\.h)$"));
    if (!looks_like_qt.match(target).hasMatch())
        return {};
    for (const char* module :
        {"Core", "Gui", "Widgets", "Network", "WebSockets", "DBus", "Test", "Svg", "OpenGL",
            "Concurrent"}) {
        const QString name = QLatin1String(module);
        if (QFile::exists(headers + QLatin1String("/Qt") + name + QLatin1Char('/') + target))
            return name;
    }
    return QStringLiteral("(unknown)");
}

/// Every include of `files` that the table does not allow, one sentence each.
QStringList violations(const std::vector<SourceFile>& files, const Table& table)
{
    QStringList found;
    for (const SourceFile& file : files) {
        const QString folder = file.folder();
        if (!table.contains(folder)) {
            found.append(
                QStringLiteral("%1: the folder %2 has no row in the arrow table").arg(file.path, folder));
            continue;
        }
        const Row& row = table[folder];
        for (const Include& include : includes_of(file)) {
            const QString place = QStringLiteral("%1:%2").arg(file.path).arg(include.line);
            const QString module = qt_module_of(include.target);
            if (!module.isEmpty()) {
                if (!row.qt.contains(module))
                    found.append(QStringLiteral("%1: %2 may not use Qt %3 (<%4>)")
                                     .arg(place, folder, module, include.target));
                continue;
            }
            if (!include.quoted)
                continue;
            const QString target = folder_of_include(include.target, table);
            if (target.isEmpty() || target == folder || row.open || row.folders.contains(target))
                continue;
            found.append(QStringLiteral("%1: %2 may not include %3 (\"%4\")")
                             .arg(place, folder, target, include.target));
        }
    }
    return found;
}

} // namespace

class ArrowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_table = parse_table(source_tree::read(QStringLiteral("ARCHITECTURE.md")));
        QVERIFY2(m_table.size() > 10, "ARCHITECTURE.md has no arrow table after <!-- arrows -->");
    }

    void every_include_follows_the_arrow_table()
    {
        const auto files = source_tree::sources(
            {QStringLiteral("app"), QStringLiteral("engine"), QStringLiteral("ui"), QStringLiteral("tests")});
        QVERIFY(files.size() > 20);
        const QStringList found = violations(files, m_table);
        QVERIFY2(found.isEmpty(), qPrintable(QLatin1Char('\n') + found.join(QLatin1Char('\n'))));
    }

    void every_row_of_the_table_points_downwards()
    {
        // A row that may include a folder which may include it back is no arrow.
        for (auto row = m_table.cbegin(); row != m_table.cend(); ++row) {
            for (const QString& below : row->folders) {
                QVERIFY2(m_table.contains(below),
                    qPrintable(row.key() + QLatin1String(" names unknown ") + below));
                QVERIFY2(!m_table[below].folders.contains(row.key()),
                    qPrintable(
                        row.key() + QLatin1String(" and ") + below + QLatin1String(" include each other")));
            }
        }
    }

    void the_top_level_folders_are_the_known_ones()
    {
        QStringList folders = QDir(source_tree::root()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        folders.removeAll(QStringLiteral("build"));
        QCOMPARE(folders.join(QLatin1Char(' ')), QStringLiteral("app engine packaging resources tests ui"));
    }

    void the_check_finds_what_is_not_allowed_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* name, const char* path, const char* text, bool allowed) {
            QTest::newRow(name) << QString::fromLatin1(path) << QString::fromLatin1(text) << allowed;
        };
        row("down an arrow", "engine/http/a.cpp", "#include \"net/tcp_stream.h\"\n", true);
        row("up an arrow", "engine/net/a.cpp", "#include \"http/response.h\"\n", false);
        row("across", "engine/behaviours/a.cpp", "#include \"net/tcp_stream.h\"\n", false);
        row("own folder", "engine/net/a.cpp", "#include \"net/tcp_stream.h\"\n", true);
        row("public header", "engine/behaviours/a.cpp", "#include \"jackfield/behaviour.h\"\n", true);
        row("ui from engine", "engine/server/a.cpp", "#include \"ui/models/a.h\"\n", false);
        row("engine internals from ui", "ui/models/a.cpp", "#include \"net/tcp_stream.h\"\n", false);
        row("Qt in the engine", "engine/base/a.cpp", "#include <QString>\n", false);
        row("Qt in the terminal", "app/terminal/a.cpp", "#include <QCoreApplication>\n", false);
        row("Qt in shared", "app/shared/a.cpp", "#include <QtCore/QString>\n", false);
        row("Qt Core in a model", "ui/models/a.cpp", "#include <QAbstractTableModel>\n", true);
        row("Qt Gui in a model", "ui/models/a.cpp", "#include <QColor>\n", false);
        row("Qt Widgets in a bridge", "ui/bridge/a.cpp", "#include <QWidget>\n", false);
        row("Qt Widgets in a view", "ui/views/a.cpp", "#include <QWidget>\n", true);
        row("views from a model", "ui/models/a.cpp", "#include \"ui/views/a.h\"\n", false);
        row("models from a view", "ui/views/a.cpp", "#include \"ui/models/a.h\"\n", true);
        row("views from the terminal", "app/terminal/a.cpp", "#include \"ui/views/a.h\"\n", false);
        row("views from the desktop", "app/desktop/a.cpp", "#include \"ui/views/a.h\"\n", true);
        row("tests from the product", "app/shared/a.cpp", "#include \"tests/support/a.h\"\n", false);
        row("a folder without a row", "engine/gadgets/a.cpp", "\n", false);
        row("in a comment", "engine/base/a.cpp",
            "// #include <QString>\n/*\n#include \"ui/models/a.h\"\n*/\n", true);
    }

    void the_check_finds_what_is_not_allowed()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(bool, allowed);
        const QStringList found = violations({{path, text}}, m_table);
        QVERIFY2(found.isEmpty() == allowed,
            qPrintable(path + QLatin1String(": ") + found.join(QLatin1Char('\n'))));
    }

private:
    Table m_table;
};

QTEST_GUILESS_MAIN(ArrowsTest)
#include "arrows_test.moc"
