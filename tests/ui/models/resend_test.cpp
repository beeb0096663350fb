#include "tests/support/fake_engine_port.h"
#include "ui/models/connection_store.h"
#include "ui/models/message_store.h"
#include "ui/models/resend.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using namespace std::string_view_literals;
using jackfield::test::FakeEnginePort;

namespace {

/// Messages as the capture gives them.
struct Captured {
    FakeEnginePort port;
    ConnectionStore connections;
    MessageStore messages{connections};
    ConnectionId id;

    Captured()
    {
        QObject::connect(&port, &EnginePort::stateTaken, &connections, &ConnectionStore::apply);
        QObject::connect(&port, &EnginePort::trafficTaken, &messages, &MessageStore::apply);
        id = port.open(1);
    }
    MessageRecord record(TrafficType type, std::string_view payload)
    {
        port.message(id, Direction::from_browser, type, payload);
        return *messages.find(messages.endSequence() - 1);
    }
};

} // namespace

class ResendTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goes_out_again_as_it_was_byte_for_byte_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("NBSP") << QByteArray("a\xC2\xA0z");
        QTest::newRow("CRLF, lone CR, no final newline") << QByteArray("a\r\nb\rc");
        QTest::newRow("U+2028, U+FDD0") << QByteArray("\xE2\x80\xA8\xEF\xB7\x90");
        QTest::newRow("BOM and NUL") << QByteArray("\xEF\xBB\xBF\0", 4);
        QTest::newRow("macros") << QByteArray("{{counter}}{{uuid}}");
    }
    void goes_out_again_as_it_was_byte_for_byte()
    {
        QFETCH(QByteArray, payload);
        const std::string_view bytes(payload.constData(), static_cast<std::size_t>(payload.size()));
        const Target target = Target::one(ConnectionId(0, 1, 1));
        Captured captured;
        for (const auto& [type, kind] : {std::pair(TrafficType::text, MessageKind::text),
                 std::pair(TrafficType::binary, MessageKind::binary)}) {
            const MessageRecord made = captured.record(type, bytes);
            QVERIFY(isResendable(made));
            const Command command = resendCommand(made, target);
            const auto& send = std::get<command::Send>(command);
            QVERIFY(send.payload.text() == bytes);
            QVERIFY(send.kind == kind);
            QCOMPARE(send.target, target);
        }
        QVERIFY(std::get<command::Ping>(resendCommand(captured.record(TrafficType::ping, bytes), target))
                    .payload.text()
            == bytes);
        QVERIFY(std::get<command::Pong>(resendCommand(captured.record(TrafficType::pong, bytes), target))
                    .payload.text()
            == bytes);
    }

    void what_would_change_is_not_sent_again()
    {
        Captured captured;
        QVERIFY(!isResendable(captured.record(TrafficType::text, "no \xff text"sv)));
        QVERIFY(!isResendable(captured.record(TrafficType::close, "\x03\xE8"sv)));
        QVERIFY(!isResendable(captured.record(TrafficType::continuation, "x"sv)));
        QVERIFY(!isResendable(captured.record(TrafficType::raw, "x"sv)));
        MessageRecord gone = captured.record(TrafficType::text, "x"sv);
        gone.payloadKept = false;
        QVERIFY(!isResendable(gone));
    }

    void raw_bytes_become_raw_bytes()
    {
        const ComposedMessage raw = composedFrom(TrafficType::raw, SharedBytes("\x81\x0BHel"sv));
        QVERIFY(raw.kind == ComposedMessage::Kind::raw);
        QVERIFY(std::get<SharedBytes>(raw.pieces.at(0)).text() == "\x81\x0BHel"sv);
        QVERIFY(composedFrom(TrafficType::raw, SharedBytes(std::string_view(std::string(100'000, 'x')))).kind
            == ComposedMessage::Kind::binary);
        QVERIFY(composedFrom(TrafficType::close, SharedBytes()).close.code == std::nullopt);
    }
};

QTEST_GUILESS_MAIN(ResendTest)
#include "resend_test.moc"
