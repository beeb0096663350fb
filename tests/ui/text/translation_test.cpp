// The translations hold every text of the sources, each whole and with all that its program puts in.
#include "ui/text/format.h"
#include "ui/text/language.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace jackfield;

namespace {

struct Entry {
    QString context;
    QString source;
    QString comment;
    QString type; // "unfinished", "vanished", "obsolete"; empty for a good one
    QStringList texts; // one, or the forms of a text with a number
    bool isNumbered = false;

    [[nodiscard]] QString key() const { return context + u'\x1f' + source + u'\x1f' + comment; }
};

QString folder()
{
    return QStringLiteral(JACKFIELD_SOURCE_DIR "/resources/translations");
}

std::vector<Entry> entriesOf(const QString& path)
{
    QFile file(path);
    std::vector<Entry> entries;
    if (!file.open(QIODevice::ReadOnly))
        return entries;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        const auto name = xml.name();
        if (name == u"name") {
            context = xml.readElementText();
        } else if (name == u"message") {
            entries.push_back({context, {}, {}, {}, {}, xml.attributes().value("numerus") == u"yes"});
        } else if (name == u"source") {
            entries.back().source = xml.readElementText();
        } else if (name == u"comment") {
            entries.back().comment = xml.readElementText();
        } else if (name == u"translation") {
            entries.back().type = xml.attributes().value("type").toString();
            if (!entries.back().isNumbered)
                entries.back().texts << xml.readElementText();
        } else if (name == u"numerusform") {
            entries.back().texts << xml.readElementText();
        }
    }
    return entries;
}

QStringList found(const QString& text, const QRegularExpression& pattern)
{
    QStringList all;
    for (auto match = pattern.globalMatch(text); match.hasNext();)
        all << match.next().captured();
    all.sort();
    return all;
}

/// What must be the same in a text and its translation, in words for a person; empty when it is.
QString difference(const Entry& entry, const QString& text)
{
    static const QRegularExpression places(QStringLiteral("%L?(?:[1-9]|n)"));
    static const QRegularExpression macros(QStringLiteral("\\{\\{[a-z]+\\}\\}"));
    static const QRegularExpression mnemonic(QStringLiteral("&[^ &]"));
    static const QRegularExpression margins(QStringLiteral("^\\s+|\\s+$"));
    if (text.isEmpty())
        return QStringLiteral("empty");
    if (found(text, places) != found(entry.source, places))
        return QStringLiteral("placeholders");
    if (found(text, macros) != found(entry.source, macros))
        return QStringLiteral("macros");
    if (found(text, mnemonic).size() != found(entry.source, mnemonic).size())
        return QStringLiteral("mnemonic");
    if (found(text, margins) != found(entry.source, margins))
        return QStringLiteral("space at an end");
    if (text.count(u'\n') != entry.source.count(u'\n'))
        return QStringLiteral("lines");
    for (const QString& end : {QStringLiteral("..."), QStringLiteral("…"), QStringLiteral(" ▾")}) {
        if (text.endsWith(end) != entry.source.endsWith(end))
            return QStringLiteral("how it ends");
    }
    for (const QString& start :
        {QStringLiteral("▶"), QStringLiteral("■"), QStringLiteral("⊘"), QStringLiteral("❚")}) {
        if (text.startsWith(start) != entry.source.startsWith(start))
            return QStringLiteral("how it starts");
    }
    return {};
}

} // namespace

class TranslationTest : public QObject {
    Q_OBJECT

    /// What systemLanguage says in a process with these variables.
    QString languageUnder(const QStringList& variables)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"})
            environment.remove(QLatin1String(name));
        for (const QString& variable : variables)
            environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--language")});
        process.waitForFinished();
        return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
    }

private Q_SLOTS:
    void nothing_is_left_to_translate_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("German") << QStringLiteral("jackfield_de.ts");
        QTest::newRow("English") << QStringLiteral("jackfield_en.ts");
    }
    void nothing_is_left_to_translate()
    {
        QFETCH(QString, file);
        const auto entries = entriesOf(folder() + u'/' + file);
        QVERIFY(entries.size() > 20);
        QStringList problems;
        for (const Entry& entry : entries) {
            if (!entry.type.isEmpty())
                problems << entry.type + QStringLiteral(": ") + entry.source;
            for (const QString& text : entry.texts) {
                if (const QString what = difference(entry, text); !what.isEmpty())
                    problems << what + QStringLiteral(": ") + entry.source + QStringLiteral(" -> ") + text;
            }
            if (entry.texts.size() != (entry.isNumbered ? 2 : 1))
                problems << QStringLiteral("forms: ") + entry.source;
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    /// resources/translations/update says what is missing.
    void every_text_of_the_sources_is_in_the_translations()
    {
        QTemporaryDir fresh;
        const QStringList files{QStringLiteral("jackfield_de.ts"), QStringLiteral("jackfield_en.ts")};
        for (const QString& file : files)
            QVERIFY(QFile::copy(folder() + u'/' + file, fresh.filePath(file)));
        QProcess update;
        update.start(folder() + QStringLiteral("/update"), {fresh.path()});
        QVERIFY(update.waitForFinished(60'000));
        QVERIFY2(update.exitCode() == 0, update.readAllStandardOutput().constData());
        for (const QString& file : files) {
            QStringList kept;
            QStringList wanted;
            for (const Entry& entry : entriesOf(folder() + u'/' + file))
                kept << entry.key();
            for (const Entry& entry : entriesOf(fresh.filePath(file)))
                wanted << entry.key();
            QVERIFY(wanted.size() > 20);
            QStringList problems;
            for (const QString& key : std::as_const(kept)) {
                if (!wanted.contains(key))
                    problems << QStringLiteral("no source has it: ") + key;
            }
            for (const QString& key : std::as_const(wanted)) {
                if (!kept.contains(key))
                    problems << QStringLiteral("missing: ") + key;
            }
            QVERIFY2(problems.isEmpty(), qPrintable(file + u'\n' + problems.join(u'\n')));
        }
    }

    void the_system_chooses_the_language_data()
    {
        QTest::addColumn<QStringList>("variables");
        QTest::addColumn<QString>("language");
        const QString en = QStringLiteral("en");
        const QString de = QStringLiteral("de");
        QTest::newRow("nothing is set") << QStringList{} << en;
        QTest::newRow("LC-14 C") << QStringList{QStringLiteral("LC_ALL=C")} << en;
        QTest::newRow("LC-14 Turkish") << QStringList{QStringLiteral("LANG=tr_TR.UTF-8")} << en;
        QTest::newRow("LC-14 Arabic") << QStringList{QStringLiteral("LANG=ar_EG.UTF-8")} << en;
        QTest::newRow("German") << QStringList{QStringLiteral("LANG=de_DE.UTF-8")} << de;
        QTest::newRow("Austrian") << QStringList{QStringLiteral("LANG=de_AT.UTF-8")} << de;
        QTest::newRow("LC_ALL wins") << QStringList{QStringLiteral("LANG=en_GB.UTF-8"),
            QStringLiteral("LC_ALL=de_CH.UTF-8")}
                                     << de;
        QTest::newRow("LC_ALL wins over German")
            << QStringList{QStringLiteral("LANG=de_DE.UTF-8"), QStringLiteral("LC_ALL=en_US.UTF-8")} << en;
        QTest::newRow("LANGUAGE has an order")
            << QStringList{QStringLiteral("LANG=fr_FR.UTF-8"), QStringLiteral("LANGUAGE=fr:de:en")} << de;
    }
    void the_system_chooses_the_language()
    {
        QFETCH(QStringList, variables);
        QTEST(languageUnder(variables), "language");
    }

    void numbers_choose_between_singular_and_plural_data()
    {
        QTest::addColumn<quint64>("number");
        QTest::addColumn<int>("chooser");
        QTest::newRow("0") << quint64(0) << 0;
        QTest::newRow("1") << quint64(1) << 1;
        QTest::newRow("a million") << quint64(1'000'000) << 1'000'000;
        QTest::newRow("what no int holds") << quint64(4'294'967'297) << 1'967'297;
        QTest::newRow("the most") << ~quint64(0) << 1'551'615;
    }
    void numbers_choose_between_singular_and_plural()
    {
        QFETCH(quint64, number);
        QTEST(ui::pluralOf(number), "chooser");
    }

    void a_language_is_spoken_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("ofOne");
        QTest::addColumn<QString>("ofTwo");
        QTest::addColumn<QString>("toBrowser");
        // German comes last: what it installs lies over the English.
        QTest::newRow("English") << QStringLiteral("en") << QStringLiteral("1 connection")
                                 << QStringLiteral("2 connections") << QStringLiteral("to browser");
        QTest::newRow("German") << QStringLiteral("de") << QStringLiteral("1 Verbindung")
                                << QStringLiteral("2 Verbindungen") << QStringLiteral("zum Browser");
    }
    void a_language_is_spoken()
    {
        QFETCH(QString, code);
        QCOMPARE(ui::speak(code), code);
        const auto connections = [](int n) {
            return QCoreApplication::translate("jackfield::ui::MainWindow", "%1 connections", nullptr, n)
                .arg(n);
        };
        QTEST(connections(1), "ofOne");
        QTEST(connections(2), "ofTwo");
        QTEST(ui::directionName(Direction::to_browser), "toBrowser");
        QCOMPARE(QLocale().language(), QLocale(code).language());
        const bool isGerman = QLocale(code).language() == QLocale::German;
        QCOMPARE(ui::formatCount(48'112), isGerman ? QStringLiteral("48.112") : QStringLiteral("48,112"));
        QCOMPARE(ui::formatDelta(13'238'000'000),
            isGerman ? QStringLiteral("+13,238") : QStringLiteral("+13.238"));
        QCOMPARE(ui::formatBytes(1'536), isGerman ? QStringLiteral("1,5 KiB") : QStringLiteral("1.5 KiB"));
    }
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 2 && qstrcmp(argv[1], "--language") == 0) {
        std::printf("%s\n", qPrintable(ui::systemLanguage()));
        return 0;
    }
    TranslationTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "translation_test.moc"
