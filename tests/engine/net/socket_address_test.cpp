#include "jackfield/socket_address.h"

#include <QTest>

using jackfield::SocketAddress;

class SocketAddressTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void knows_loopback_and_any_data();
    void knows_loopback_and_any();
    void its_text_reads_back();
};

void SocketAddressTest::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("read");
    QTest::newRow("IPv4 with port") << "127.0.0.1:80"
                                    << "127.0.0.1:80";
    QTest::newRow("IPv4 alone") << "192.168.1.20"
                                << "192.168.1.20:4567";
    QTest::newRow("IPv6 with port") << "[::1]:80"
                                    << "[::1]:80";
    QTest::newRow("IPv6 in brackets alone") << "[::1]"
                                            << "[::1]:4567";
    QTest::newRow("IPv6 bare") << "fe80::1"
                               << "[fe80::1]:4567";
    QTest::newRow("IPv6 is made canonical") << "[0:0::0:1]:80"
                                            << "[::1]:80";
    QTest::newRow("IPv6 with a scope number") << "[fe80::1%7]:80"
                                              << "[fe80::1%7]:80";
    QTest::newRow("IPv6 with an interface name") << "[fe80::1%lo]:80"
                                                 << "[fe80::1%1]:80";
    QTest::newRow("localhost") << "localhost:80"
                               << "127.0.0.1:80";
    QTest::newRow("LOCALHOST") << "LOCALHOST"
                               << "127.0.0.1:4567";
    QTest::newRow("all addresses") << "*:80"
                                   << "0.0.0.0:80";
    QTest::newRow("all addresses alone") << "*"
                                         << "0.0.0.0:4567";
    QTest::newRow("all IPv6 addresses") << "[::]:0"
                                        << "[::]:0";
    QTest::newRow("blanks around") << " 127.0.0.1:80\t"
                                   << "127.0.0.1:80";
}

void SocketAddressTest::reads()
{
    QFETCH(QString, text);
    QFETCH(QString, read);
    const auto address = SocketAddress::parse(text.toStdString(), 4567);
    QVERIFY2(address.has_value(), address ? "" : address.error().message().c_str());
    QCOMPARE(QString::fromStdString(address->text()), read);
}

void SocketAddressTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("nothing") << ""
                             << "the address is missing";
    QTest::newRow("only a port") << ":80"
                                 << "the address is missing";
    QTest::newRow("a name") << "example.test:80"
                            << "names are not looked up";
    QTest::newRow("a bare number") << "4567"
                                   << "a port needs an address before it";
    QTest::newRow("port too large") << "127.0.0.1:65536"
                                    << "the port is no number from 0 to 65535";
    QTest::newRow("port with a sign") << "127.0.0.1:+80"
                                      << "the port is no number from 0 to 65535";
    QTest::newRow("port with letters") << "127.0.0.1:80a"
                                       << "the port is no number from 0 to 65535";
    QTest::newRow("no port behind the colon") << "127.0.0.1:"
                                              << "the port is no number from 0 to 65535";
    QTest::newRow("three numbers") << "127.0.1"
                                   << "names are not looked up";
    QTest::newRow("octal") << "0177.0.0.1"
                           << "names are not looked up";
    QTest::newRow("open bracket") << "[::1:80"
                                  << "the closing bracket is missing";
    QTest::newRow("text behind the bracket") << "[::1]80"
                                             << "only a colon and a port may follow the closing bracket";
    QTest::newRow("IPv4 in brackets") << "[127.0.0.1]"
                                      << "this is no IPv6 address";
    QTest::newRow("too many groups") << "1:2:3:4:5:6:7:8:9"
                                     << "this is no IPv6 address";
    QTest::newRow("no such interface") << "[fe80::1%no-such-card]"
                                       << "names no network interface";
}

void SocketAddressTest::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, problem);
    const auto address = SocketAddress::parse(text.toStdString(), 4567);
    QVERIFY(!address.has_value());
    QCOMPARE(address.error().code, jackfield::ErrorCode::malformed);
    const QString message = QString::fromStdString(address.error().message());
    QVERIFY2(message.contains(problem), qPrintable(message));
    QVERIFY2(message.contains("127.0.0.1:4567"), "the message shows how to write one");
}

void SocketAddressTest::knows_loopback_and_any_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("loopback");
    QTest::addColumn<bool>("any");
    QTest::newRow("127.0.0.1") << "127.0.0.1" << true << false;
    QTest::newRow("127.255.0.9") << "127.255.0.9" << true << false;
    QTest::newRow("128.0.0.1") << "128.0.0.1" << false << false;
    QTest::newRow("::1") << "[::1]" << true << false;
    QTest::newRow("::2") << "[::2]" << false << false;
    QTest::newRow("1::1") << "[1::1]" << false << false;
    QTest::newRow("::ffff:127.0.0.1") << "[::ffff:127.0.0.1]" << true << false;
    QTest::newRow("::ffff:128.0.0.1") << "[::ffff:128.0.0.1]" << false << false;
    QTest::newRow("::127.0.0.1") << "[::127.0.0.1]" << false << false;
    QTest::newRow("0.0.0.0") << "0.0.0.0" << false << true;
    QTest::newRow("::") << "[::]" << false << true;
}

void SocketAddressTest::knows_loopback_and_any()
{
    QFETCH(QString, text);
    const auto address = SocketAddress::parse(text.toStdString(), 1);
    QVERIFY(address.has_value());
    QTEST(address->is_loopback(), "loopback");
    QTEST(address->is_any(), "any");
}

void SocketAddressTest::its_text_reads_back()
{
    const std::array<SocketAddress, 5> addresses
        = {SocketAddress(), SocketAddress::v4({10, 0, 0, 255}, 65535), SocketAddress::v6({}, 0),
            SocketAddress::v6({0xfe, 0x80, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8}, 1, 3),
            SocketAddress::v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1}, 4567)};
    for (const SocketAddress& address : addresses) {
        const auto read = SocketAddress::parse(address.text(), 99);
        QVERIFY2(read.has_value(), address.text().c_str());
        QVERIFY2(*read == address, address.text().c_str());
        QVERIFY(address.with_port(7).port() == 7);
        QCOMPARE(address.with_port(address.port()) == address, true);
    }
}

QTEST_GUILESS_MAIN(SocketAddressTest)
#include "socket_address_test.moc"
