#include "support/conformance.h"
#include "support/utf8_oracle.h"

#include <QTest>

#include <algorithm>
#include <memory>

using namespace jackfield;
using namespace jackfield::test;

namespace {

constexpr std::string_view key = "\x37\xfa\x21\x3d";

/// `number` in `length` bytes as the old, unbounded UTF-8 would write it, legal or not.
std::string encoded(std::uint32_t number, unsigned length)
{
    if (length == 1)
        return {1, static_cast<char>(number)};
    std::string bytes;
    for (unsigned i = 1; i < length; ++i) {
        bytes.insert(bytes.begin(), static_cast<char>(0x80U | (number & 0x3fU)));
        number >>= 6U;
    }
    bytes.insert(bytes.begin(), static_cast<char>((0xff00U >> length & 0xffU) | number));
    return bytes;
}

struct Sample {
    std::string name;
    std::string bytes;
};

/// The kinds of text that decoders get wrong, made by rule.
std::vector<Sample> samples()
{
    std::vector<Sample> all;
    const auto add = [&all](const std::string& name, const std::string& bytes) {
        all.push_back({name, bytes});
    };
    add("nothing", "");
    add("plain", "Hello-");
    add("several lengths", "Hello-\xc2\xb5@\xc3\x9f\xc3\xb6\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80-end");
    add("NUL", std::string("a\0b", 3));
    add("combining marks and a byte order mark",
        "\xef\xbb\xbf"
        "e\xcc\x81\xe2\x80\x8f");

    const std::uint32_t first_of[] = {0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};
    for (unsigned length = 1; length <= 6; ++length) {
        const std::uint32_t first = first_of[length - 1];
        const std::uint32_t last = length == 6 ? 0x7fffffff : first_of[length] - 1;
        const std::string label = " of " + std::to_string(length);
        add("first number" + label, encoded(first, length));
        add("last number" + label, encoded(last, length));
        if (length > 1) {
            add("overlong NUL" + label, encoded(0, length));
            add("overlong slash" + label, encoded('/', length));
            add("greatest overlong" + label, encoded(first - 1, length));
            add("last byte missing" + label, encoded(first, length).substr(0, length - 1));
            add("last byte missing, more text" + label, encoded(first, length).substr(0, length - 1) + "x");
            add("lead byte twice" + label, encoded(first, length).substr(0, 1) + encoded(first, length));
        }
    }
    for (const std::uint32_t number : {0xd7ffU, 0xd800U, 0xdb7fU, 0xdb80U, 0xdbffU, 0xdc00U, 0xdf80U, 0xdfffU,
             0xe000U, 0xfdd0U, 0xfdefU, 0xfffdU, 0xfffeU, 0xffffU})
        add("U+" + to_hex(encoded(number, 3)), encoded(number, 3));
    for (std::uint32_t plane = 1; plane <= 0x11; ++plane) {
        add("U+xxFFFE of plane " + std::to_string(plane), encoded(plane << 16U | 0xfffeU, 4));
        add("U+xxFFFF of plane " + std::to_string(plane), encoded(plane << 16U | 0xffffU, 4));
    }
    add("one beyond the last", encoded(0x110000, 4));
    for (const auto& [high, low] :
        {std::pair(0xd800U, 0xdc00U), std::pair(0xd800U, 0xdfffU), std::pair(0xdb7fU, 0xdc00U),
            std::pair(0xdb80U, 0xdfffU), std::pair(0xdbffU, 0xdc00U), std::pair(0xdbffU, 0xdfffU)})
        add("surrogate pair " + to_hex(encoded(high, 3) + encoded(low, 3)),
            encoded(high, 3) + encoded(low, 3));
    std::string continuations;
    for (unsigned byte = 0x80; byte <= 0xbf; ++byte) {
        continuations.push_back(static_cast<char>(byte));
        if (continuations.size() <= 7)
            add(std::to_string(continuations.size()) + " stray continuation bytes", continuations);
    }
    add("all continuation bytes", continuations);
    add("continuation byte 0xbf", "\xbf");
    for (unsigned byte = 0xc0; byte <= 0xff; ++byte) {
        add("lonely " + to_hex(std::string(1, static_cast<char>(byte))),
            std::string(1, static_cast<char>(byte)) + " ");
    }
    add("fe fe ff ff", "\xfe\xfe\xff\xff");
    const std::string word = "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5"; // kosme, with an accent
    for (std::size_t size = 1; size <= word.size(); ++size)
        add("the first " + std::to_string(size) + " of a Greek word", word.substr(0, size));
    for (const char* bad : {"ff", "c080", "eda080", "f4908080", "80"})
        add(std::string(bad) + " in a Greek word", word + from_hex(bad) + "edited");
    for (const char* bad : {"f490", "eda0", "e09f", "f08f", "c1", "f5"})
        add(std::string("text behind the fault ") + bad, "text" + from_hex(bad) + std::string(200, 'z'));
    return all;
}

} // namespace

/// Text over real sockets: echoed octet by octet, or refused with 1007 at the first octet that no valid text
/// can hold, while what follows has not been sent.
class ConformanceUtf8SuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { fixture_ = std::make_unique<EngineFixture>(without_deadlines()); }
    void cleanupTestCase() { fixture_->finish(); }

    void text_data();
    void text();
    void same_bytes_in_binary_are_nobodys_business_data() { text_data(); }
    void same_bytes_in_binary_are_nobodys_business();
    void fault_is_told_before_the_next_octet_is_sent_data();
    void fault_is_told_before_the_next_octet_is_sent();
    void fault_in_an_unfinished_message_of_many_fragments();

private:
    std::unique_ptr<EngineFixture> fixture_;
};

void ConformanceUtf8SuiteTest::text_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const Sample& sample : samples())
        QTest::newRow(sample.name.c_str()) << QByteArray::fromStdString(sample.bytes);
}

void ConformanceUtf8SuiteTest::text()
{
    QFETCH(QByteArray, bytes);
    const std::string payload = bytes.toStdString();
    const bool valid = !Utf8Oracle::first_fault(payload) && !Utf8Oracle::ends_inside(payload);
    const std::string answers = valid ? server_frame(0x81, payload) : "";
    const Ending ending = valid ? Ending::open() : Ending::failed(1007);
    try {
        run_case(*fixture_, {{client_frame(0x81, payload, key)}, answers, ending}, Writes::all_at_once);
        run_case(*fixture_, {{client_frame(0x81, payload, key)}, answers, ending}, Writes::octets);
        run_case(*fixture_, {fragments_of(0x1, payload, 1), answers, ending}, Writes::all_at_once);
        run_case(*fixture_, {fragments_of(0x1, payload, 1), answers, ending}, Writes::frame_by_frame);
        run_case(*fixture_, {fragments_of(0x1, payload, 1), answers, ending}, Writes::octets);
        run_case(*fixture_, {fragments_of(0x1, payload, 3), answers, ending}, Writes::octets);
    } catch (const std::exception& problem) {
        QFAIL(problem.what());
    }
}

void ConformanceUtf8SuiteTest::same_bytes_in_binary_are_nobodys_business()
{
    QFETCH(QByteArray, bytes);
    const std::string payload = bytes.toStdString();
    try {
        run_case(*fixture_, {fragments_of(0x2, payload, 2), server_frame(0x82, payload), Ending::open()},
            Writes::all_at_once);
    } catch (const std::exception& problem) {
        QFAIL(problem.what());
    }
}

void ConformanceUtf8SuiteTest::fault_is_told_before_the_next_octet_is_sent_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const Sample& sample : samples()) {
        if (Utf8Oracle::first_fault(sample.bytes))
            QTest::newRow(sample.name.c_str()) << QByteArray::fromStdString(sample.bytes);
    }
}

void ConformanceUtf8SuiteTest::fault_is_told_before_the_next_octet_is_sent()
{
    QFETCH(QByteArray, bytes);
    const std::string payload = bytes.toStdString();
    const std::size_t fault = *Utf8Oracle::first_fault(payload);
    // Announced longer than it is, so that nothing but the octet itself can be the reason.
    const std::string padded = payload + std::string(100, '.');
    for (const std::size_t fragments : {1U, 2U}) {
        std::string before = client_frame(0x81, padded, key);
        std::size_t at = before.size() - padded.size() + fault;
        if (fragments == 2) {
            const std::size_t half = fault / 2;
            before = client_frame(0x01, padded.substr(0, half), key);
            before += client_frame(0x80, padded.substr(half), key);
            at = before.size() - padded.size() + fault;
        }
        RawClient client = fixture_->open_client();
        client.send(before.substr(0, at));
        fixture_->settle();
        QVERIFY(client.is_quiet());
        client.send(before.substr(at, 1));
        const std::uint16_t port = client.local_port();
        try {
            conformance::finish(client, 1007, true);
        } catch (const std::exception& problem) {
            QFAIL(problem.what());
        }
        const CloseInfo told = fixture_->close_of(port);
        QCOMPARE(told.code, std::uint16_t{1007});
        QCOMPARE(told.cause, CloseCause::invalid_utf8);
    }
    fixture_->forget_events();
}

void ConformanceUtf8SuiteTest::fault_in_an_unfinished_message_of_many_fragments()
{
    RawClient client = fixture_->open_client();
    client.send_frame(0x01, "first");
    for (int i = 0; i < 1'000; ++i)
        client.send_frame(0x00, "\xe2\x82\xac");
    client.send_frame(0x89, "so far");
    QCOMPARE(client.read_frame().payload, std::string("so far"));
    client.send(client_frame(0x00, "\xe2\x28 and more").substr(0, 8));
    try {
        conformance::finish(client, 1007, true);
    } catch (const std::exception& problem) {
        QFAIL(problem.what());
    }
}

QTEST_GUILESS_MAIN(ConformanceUtf8SuiteTest)
#include "conformance_utf8_suite_test.moc"
