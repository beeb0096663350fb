#include "jackfield/config.h"
#include "jackfield/limit_fields.h"

#include <QTest>

#include <limits>

using namespace jackfield;

class ConfigTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listens_on_both_loopback_addresses_with_one_number();
    void answers_every_path_with_echo();
    void the_defaults_are_within_their_ranges();
    void brings_values_into_range_data();
    void brings_values_into_range();
    void leaves_accepted_values_alone();
    void the_reserve_is_at_most_half_of_the_connections();
};

void ConfigTest::listens_on_both_loopback_addresses_with_one_number()
{
    const auto listeners = default_listeners(0);
    QCOMPARE(listeners.size(), std::size_t{2});
    QCOMPARE(listeners[0].address.text(), std::string("127.0.0.1:0"));
    QVERIFY(!listeners[0].optional && !listeners[0].same_port_as_previous);
    QCOMPARE(listeners[1].address.text(), std::string("[::1]:0"));
    QVERIFY(listeners[1].optional && listeners[1].same_port_as_previous);
    QCOMPARE(default_listeners()[1].address.port(), std::uint16_t{4567});
}

void ConfigTest::answers_every_path_with_echo()
{
    const EndpointConfig endpoint = default_endpoint();
    QCOMPARE(endpoint.pattern, std::string("/*"));
    QCOMPARE(endpoint.behaviour, std::string("echo"));
    const std::vector<SubprotocolRule> expected = {
        {"echo", "echo"}, {"chat", "chat"}, {"reverse", "reverse"}, {"dumb-increment-protocol", "reverse"}};
    QVERIFY(endpoint.subprotocols == expected);
}

void ConfigTest::the_defaults_are_within_their_ranges()
{
    Limits limits;
    QCOMPARE(clamp_limits(limits), std::vector<std::string>());
    QVERIFY(limits == Limits());
}

void ConfigTest::brings_values_into_range_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<quint64>("value");
    const auto fields = limit_fields();
    const std::array<quint64, 5> values
        = {0, 1, quint64{1} << 31U, quint64{1} << 63U, std::numeric_limits<quint64>::max()};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        for (const quint64 value : values)
            QTest::addRow("FF-05 %s = %llu", std::string(fields[i].name).c_str(),
                static_cast<unsigned long long>(value))
                << static_cast<int>(i) << value;
    }
}

void ConfigTest::brings_values_into_range()
{
    QFETCH(int, field);
    QFETCH(quint64, value);
    const LimitField& limit = limit_fields()[static_cast<std::size_t>(field)];
    Limits limits;
    limit.set(limits, value);
    const auto changes = clamp_limits(limits);
    const std::uint64_t after = limit.get(limits);
    QVERIFY(limit.accepts(after));
    if (limit.accepts(value)) {
        QCOMPARE(after, std::uint64_t{value});
        return;
    }
    QCOMPARE(after, value < limit.smallest ? limit.smallest : limit.largest);
    QCOMPARE(changes.size(), std::size_t{1});
    QVERIFY2(changes.front().starts_with(std::string(limit.name) + " was "), changes.front().c_str());
}

void ConfigTest::leaves_accepted_values_alone()
{
    for (const LimitField& field : limit_fields()) {
        for (const std::uint64_t value : {field.smallest, field.largest}) {
            Limits limits;
            limits.reserve_for_other_addresses = 0;
            field.set(limits, value);
            QVERIFY2(clamp_limits(limits).empty(), std::string(field.name).c_str());
            QCOMPARE(field.get(limits), value);
        }
    }
}

void ConfigTest::the_reserve_is_at_most_half_of_the_connections()
{
    Limits limits;
    limits.max_connections = 100;
    QVERIFY(clamp_limits(limits).empty()); // nobody has set the reserve
    QCOMPARE(limits.reserve_for_other_addresses, std::uint32_t{50});
    limits.reserve_for_other_addresses = 60;
    const std::vector<std::string> changes = clamp_limits(limits);
    QCOMPARE(changes.size(), std::size_t{1});
    QVERIFY(changes.front().starts_with("reserve_for_other_addresses was 60 and is taken as 50"));
}

QTEST_GUILESS_MAIN(ConfigTest)
#include "config_test.moc"
