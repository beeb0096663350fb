#include "jackfield/close_code.h"

#include <QTest>

using namespace jackfield;

class CloseCodeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void means_data();
    void means();
    void every_code_has_a_meaning();
};

void CloseCodeTest::means_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("meaning");
    QTest::addColumn<bool>("sendable");
    QTest::newRow("0") << 0 << QByteArray("unassigned") << false;
    QTest::newRow("999") << 999 << QByteArray("unassigned") << false;
    QTest::newRow("1000") << 1000 << QByteArray("normal closure") << true;
    QTest::newRow("1001") << 1001 << QByteArray("going away") << true;
    QTest::newRow("1004") << 1004 << QByteArray("message too big (older protocols)") << false;
    QTest::newRow("FR-32 1005") << 1005 << QByteArray("no code given") << false;
    QTest::newRow("FR-32 1006") << 1006 << QByteArray("no Close frame") << false;
    QTest::newRow("1007") << 1007 << QByteArray("invalid payload") << true;
    QTest::newRow("1014") << 1014 << QByteArray("bad gateway") << true;
    QTest::newRow("FR-32 1015") << 1015 << QByteArray("TLS handshake failed") << false;
    QTest::newRow("1016") << 1016 << QByteArray("unassigned") << false;
    QTest::newRow("2999") << 2999 << QByteArray("unassigned") << false;
    QTest::newRow("3000") << 3000 << QByteArray("library or framework") << true;
    QTest::newRow("3999") << 3999 << QByteArray("library or framework") << true;
    QTest::newRow("4000") << 4000 << QByteArray("application") << true;
    QTest::newRow("4999") << 4999 << QByteArray("application") << true;
    QTest::newRow("5000") << 5000 << QByteArray("unassigned") << false;
    QTest::newRow("FR-32 65535") << 65535 << QByteArray("unassigned") << false;
}

void CloseCodeTest::means()
{
    QFETCH(int, code);
    QFETCH(QByteArray, meaning);
    QFETCH(bool, sendable);
    const auto number = static_cast<std::uint16_t>(code);
    const std::string_view found = meaning_of_close_code(number);
    QCOMPARE(QByteArray(found.data(), qsizetype(found.size())), meaning);
    QCOMPARE(may_be_sent(number), sendable);
}

void CloseCodeTest::every_code_has_a_meaning()
{
    for (unsigned code = 0; code < 65536; ++code) {
        const auto number = static_cast<std::uint16_t>(code);
        QVERIFY(!meaning_of_close_code(number).empty());
        if (may_be_sent(number))
            QVERIFY(meaning_of_close_code(number) != "unassigned");
    }
}

QTEST_GUILESS_MAIN(CloseCodeTest)
#include "close_code_test.moc"
