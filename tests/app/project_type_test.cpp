// What tells a desktop that a project is opened with Jackfield: packaging/jackfield.xml and jackfield.desktop.
#include "app/shared/project_file.h"

#include <QDir>
#include <QFile>
#include <QMimeDatabase>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace {

const QString packaging = QStringLiteral(JACKFIELD_SOURCE_DIR "/packaging/");
const QString type = QStringLiteral("application/x-jackfield-project+json");

QByteArray content_of(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot open %s", qPrintable(path));
    return file.readAll();
}

} // namespace

class ProjectTypeTest : public QObject {
    Q_OBJECT

    QTemporaryDir data_;

private Q_SLOTS:
    // Before anything asks the database.
    void initTestCase()
    {
        QVERIFY(QDir(data_.path()).mkpath("mime/packages"));
        QVERIFY(QFile::copy(packaging + "jackfield.xml", data_.filePath("mime/packages/jackfield.xml")));
        qputenv("XDG_DATA_HOME", data_.path().toUtf8());
    }

    void the_description_is_well_formed()
    {
        QXmlStreamReader reader(content_of(packaging + "jackfield.xml"));
        while (!reader.atEnd())
            reader.readNext();
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    }

    void a_project_is_known_by_its_name_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("is_project");
        const QString suffix = QString::fromLatin1(jackfield::app::project_suffix.data());
        QTest::newRow("a project") << "shop" + suffix << true;
        QTest::newRow("in capitals") << "SHOP" + suffix.toUpper() << true;
        QTest::newRow("other JSON") << QStringLiteral("shop.json") << false;
        QTest::newRow("a like name") << QStringLiteral("jackfield.json") << false;
    }

    void a_project_is_known_by_its_name()
    {
        QFETCH(QString, name);
        QFETCH(bool, is_project);
        const QMimeType found = QMimeDatabase().mimeTypeForFile(name, QMimeDatabase::MatchExtension);
        QCOMPARE(found.name() == type, is_project);
        if (is_project)
            QCOMPARE(found.comment(), QStringLiteral("Jackfield project"));
    }

    void the_desktop_entry_opens_it()
    {
        const QStringList lines = QString::fromUtf8(content_of(packaging + "jackfield.desktop")).split('\n');
        QCOMPARE(lines.first(), QStringLiteral("[Desktop Entry]"));
        for (const QString& line : {QStringLiteral("Type=Application"), QStringLiteral("Exec=jackfield %f"),
                 QStringLiteral("Icon=jackfield"), "MimeType=" + type + ";"})
            QVERIFY2(lines.contains(line), qPrintable(line));
    }
};

QTEST_GUILESS_MAIN(ProjectTypeTest)
#include "project_type_test.moc"
