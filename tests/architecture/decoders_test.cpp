#include "tests/architecture/source_tree.h"

#include <QRegularExpression>
#include <QTest>

// GU-20: what a peer sends is never decoded as an image, a film, a font or a document.
class DecodersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_decodes_what_a_peer_sends()
    {
        const QRegularExpression decoder(QStringLiteral(
            R"(\b(?:loadFromData|fromData|QImageReader|QMovie|QSvg\w+|addApplicationFontFromData|QRawFont|QTextDocument\s*\(|setHtml|setMarkdown|QPdf\w+)\b)"));
        const auto files = source_tree::sources({QStringLiteral("ui"), QStringLiteral("app")});
        QVERIFY(files.size() > 100);
        for (const auto& file : files) {
            const auto match = decoder.match(source_tree::without_comments(file.text));
            QVERIFY2(!match.hasMatch(), qPrintable(file.path + QStringLiteral(": ") + match.captured()));
        }
    }

    void no_library_that_decodes_them_is_linked_data()
    {
        QTest::addColumn<QString>("path");
        for (const char* path : {"CMakeLists.txt", "ui/CMakeLists.txt", "app/CMakeLists.txt"})
            QTest::newRow(path) << QString::fromLatin1(path);
    }

    void no_library_that_decodes_them_is_linked()
    {
        QFETCH(QString, path);
        const QString text = source_tree::read(path);
        QVERIFY(!text.isEmpty());
        QVERIFY(!text.contains(QStringLiteral("Svg")));
    }
};

QTEST_GUILESS_MAIN(DecodersTest)
#include "decoders_test.moc"
