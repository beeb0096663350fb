// The pictures of resources/screenshots can be made, and are all there.
#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

class ScreenshotsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    static QStringList picturesIn(const QString& folder)
    {
        return QDir(folder).entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name);
    }

    /// Makes the pictures and gives their names.
    QStringList make(const QStringList& options, const QString& folder, const QString& scale = {})
    {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (!scale.isEmpty())
            environment.insert(QStringLiteral("QT_SCALE_FACTOR"), scale);
        program.setProcessEnvironment(environment);
        program.start(
            QStringLiteral(JACKFIELD_BINARY_DIR "/bin/jackfield-screenshots"), options + QStringList{folder});
        if (!program.waitForFinished(300'000) || program.exitCode() != 0) {
            qWarning() << program.readAllStandardError();
            return {};
        }
        return QString::fromUtf8(program.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    }

private Q_SLOTS:
    void every_view_is_made_light_and_dark()
    {
        QStringList names = make({}, m_folder.path());
        QVERIFY2(names.size() > 20, qPrintable(names.join(u' ')));
        for (const char* must : {"empty", "window", "message-hex", "access", "refused", "events",
                 "command-history", "templates", "composer-raw", "composer-binary", "kick", "export",
                 "recording", "benchmark", "refusal-bar", "why-not", "phone", "listeners", "certificate", "shortcuts"})
            QVERIFY2(names.contains(QLatin1String(must)), must);
        names += make({QStringLiteral("--language"), QStringLiteral("de")}, m_folder.path());
        QVERIFY(names.contains(QStringLiteral("window-de")));
        QCOMPARE(picturesIn(m_folder.path()).size(), 2 * names.size());
        for (const QString& name : std::as_const(names)) {
            const QImage light(m_folder.filePath(name + QStringLiteral("-light.png")));
            const QImage dark(m_folder.filePath(name + QStringLiteral("-dark.png")));
            for (const QImage& picture : {light, dark}) {
                QVERIFY2(picture.size() == QSize(1100, 760), qPrintable(name));
                QSet<QRgb> colours;
                for (int y = 0; y < picture.height(); y += 3) {
                    for (int x = 0; x < picture.width(); ++x)
                        colours.insert(picture.pixel(x, y));
                }
                QVERIFY2(colours.size() > 20, qPrintable(name + QStringLiteral(" is blank")));
            }
            // A corner tells the themes apart.
            QVERIFY2(
                light.pixelColor(2, 2).lightness() > dark.pixelColor(2, 2).lightness(), qPrintable(name));
        }
    }

    void a_dense_screen_has_all_its_pixels_data()
    {
        QTest::addColumn<QString>("scale");
        QTest::addColumn<QSize>("size");
        QTest::newRow("LC-14 4K") << QStringLiteral("2") << QSize(2'200, 1'520);
        QTest::newRow("LC-14 one and a half") << QStringLiteral("1.5") << QSize(1'650, 1'140);
    }
    void a_dense_screen_has_all_its_pixels()
    {
        QFETCH(QString, scale);
        QTemporaryDir folder;
        QCOMPARE(make({QStringLiteral("--language"), QStringLiteral("de")}, folder.path(), scale).size(), 1);
        const QImage picture(folder.filePath(QStringLiteral("window-de-light.png")));
        QTEST(picture.size(), "size");
    }

    /// Who adds a view runs resources/screenshots/make.
    void the_kept_pictures_are_those_that_are_made()
    {
        const QString kept = QStringLiteral(JACKFIELD_SOURCE_DIR "/resources/screenshots");
        QCOMPARE(picturesIn(kept), picturesIn(m_folder.path()));
        qint64 bytes = 0;
        for (const QString& file : picturesIn(kept))
            bytes += QFileInfo(kept + u'/' + file).size();
        QVERIFY2(bytes < 4'000'000, qPrintable(QString::number(bytes)));
    }

    void the_readme_shows_pictures_that_are_there()
    {
        QFile readme(QStringLiteral(JACKFIELD_SOURCE_DIR "/README.md"));
        QVERIFY(readme.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(readme.readAll());
        static const QRegularExpression link(QStringLiteral("resources/screenshots/[a-z-]+\\.png"));
        int shown = 0;
        for (auto match = link.globalMatch(text); match.hasNext(); ++shown) {
            const QString file = match.next().captured();
            QVERIFY2(QFile::exists(QStringLiteral(JACKFIELD_SOURCE_DIR "/") + file), qPrintable(file));
        }
        QVERIFY(shown >= 2);
    }
};

QTEST_GUILESS_MAIN(ScreenshotsTest)
#include "screenshots_test.moc"
