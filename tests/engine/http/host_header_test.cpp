#include "http/host_header.h"

#include "jackfield/access_rules.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::http;

class HostHeaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void splits_name_and_port_data();
    void splits_name_and_port();
    void compares_authorities_data();
    void compares_authorities();
    void every_single_character_is_judged_by_the_grammar();
};

void HostHeaderTest::splits_name_and_port_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("name"); // empty: refused
    QTest::addColumn<int>("port"); // -1: none
    QTest::newRow("name") << QByteArray("localhost") << QByteArray("localhost") << -1;
    QTest::newRow("name and port") << QByteArray("Local-Host.:4567") << QByteArray("Local-Host.") << 4567;
    QTest::newRow("port 0") << QByteArray("a:0") << QByteArray("a") << 0;
    QTest::newRow("largest port") << QByteArray("a:65535") << QByteArray("a") << 65535;
    QTest::newRow("IPv6") << QByteArray("[::1]:80") << QByteArray("[::1]") << 80;
    QTest::newRow("IPv4 in IPv6") << QByteArray("[::ffff:127.0.0.1]") << QByteArray("[::ffff:127.0.0.1]")
                                  << -1;
    QTest::newRow("port too large") << QByteArray("a:65536") << QByteArray() << -1;
    QTest::newRow("port of six digits") << QByteArray("a:000001") << QByteArray() << -1;
    QTest::newRow("port missing") << QByteArray("a:") << QByteArray() << -1;
    QTest::newRow("port alone") << QByteArray(":80") << QByteArray() << -1;
    QTest::newRow("empty") << QByteArray() << QByteArray() << -1;
    QTest::newRow("NUL in brackets") << QByteArray("[::1\0]", 6) << QByteArray() << -1;
    QTest::newRow("very long address") << "[" + QByteArray(500, ':') + "]" << QByteArray() << -1;
}

void HostHeaderTest::splits_name_and_port()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, name);
    QFETCH(int, port);
    const std::string text = value.toStdString();
    const auto host = parse_host(text);
    QCOMPARE(host.has_value(), !name.isEmpty());
    QCOMPARE(is_valid_host_header(text), !name.isEmpty());
    if (host) {
        QCOMPARE(QByteArray(host->name.data(), qsizetype(host->name.size())), name);
        QCOMPARE(host->port ? int{*host->port} : -1, port);
    }
}

void HostHeaderTest::compares_authorities_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("same");
    QTest::newRow("equal") << QByteArray("localhost:8080") << QByteArray("localhost:8080") << true;
    QTest::newRow("case and dot") << QByteArray("LocalHost.") << QByteArray("localhost") << true;
    QTest::newRow("default port spelled out") << QByteArray("a:80") << QByteArray("a") << true;
    QTest::newRow("other port") << QByteArray("a:81") << QByteArray("a") << false;
    QTest::newRow("other name") << QByteArray("a") << QByteArray("b") << false;
    QTest::newRow("prefix") << QByteArray("a.b") << QByteArray("a") << false;
}

void HostHeaderTest::compares_authorities()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(bool, same);
    const std::string left = a.toStdString();
    const std::string right = b.toStdString();
    QCOMPARE(is_same_authority(*parse_host(left), *parse_host(right), 80), same);
    QCOMPARE(is_same_authority(*parse_host(right), *parse_host(left), 80), same);
}

void HostHeaderTest::every_single_character_is_judged_by_the_grammar()
{
    const std::string allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~";
    for (int c = 0; c < 256; ++c) {
        const std::string host = std::string("a") + static_cast<char>(c) + "b";
        QVERIFY2(
            is_valid_host_header(host) == (c != 0 && allowed.find(static_cast<char>(c)) != std::string::npos),
            qPrintable(QString::number(c, 16)));
    }
}

QTEST_GUILESS_MAIN(HostHeaderTest)
#include "host_header_test.moc"
