// Events that are put together of many parts are told of in the language of the window.
#include "tests/support/fake_engine_port.h"
#include "ui/models/event_log_model.h"
#include "ui/models/event_words.h"
#include "ui/text/language.h"

#include "jackfield/event_text.h"

#include <QRegularExpression>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

std::shared_ptr<const ConnectionInfo> rich_info()
{
    auto info = FakeEnginePort::makeInfo(7);
    info->transport = Transport::xhr_polling;
    info->subprotocol = std::make_shared<const std::string>("chat");
    info->tried = std::make_shared<const std::string>("websocket");
    return info;
}

event::Closed closed(ClosedBy by, CloseCause cause, std::string reason = {})
{
    event::Closed what;
    what.info = FakeEnginePort::makeInfo(7);
    what.counters.messages_in = 1;
    what.counters.messages_out = 1'200;
    what.close = {1008, std::move(reason), by, cause, false, what.info->opened_at + std::chrono::seconds(50)};
    return what;
}

event::Refused refused(RefusalReason reason, std::uint16_t status)
{
    event::Refused what;
    what.reason = reason;
    what.status = status;
    what.peer = SocketAddress::v4({127, 0, 0, 1}, 40'000);
    what.method = "GET";
    what.target = "/chat";
    what.host = "localhost:4567";
    what.origin = "http://a.example";
    what.has_origin = true;
    what.why = "its origin is not on the list";
    return what;
}

QString told(const char* language, const Event& event)
{
    speak(QLatin1String(language));
    const QString text = eventWords(event).value_or(QString());
    speak(QStringLiteral("en"));
    return text;
}

} // namespace

class EventWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { speak(QStringLiteral("en")); }

    void german_windows_tell_of_it_in_german_data()
    {
        QTest::addColumn<Event>("event");
        const auto row = [](const char* name, auto what) { QTest::newRow(name) << Event{1, {}, std::move(what)}; };
        event::Opened opened;
        row("a connection without facts", opened);
        opened.info = FakeEnginePort::makeInfo(7, "");
        row("opened without an origin", opened);
        opened.info = rich_info();
        row("opened with everything", opened);
        for (const ClosedBy by :
            {ClosedBy::peer, ClosedBy::person, ClosedBy::engine, ClosedBy::behaviour, ClosedBy::shutdown})
            row(qPrintable(QStringLiteral("closed by %1").arg(static_cast<int>(by))),
                closed(by, CloseCause::closing_handshake));
        for (int cause = 1; cause <= static_cast<int>(CloseCause::internal_error); ++cause)
            row(qPrintable(QStringLiteral("cause %1").arg(cause)),
                closed(ClosedBy::engine, static_cast<CloseCause>(cause)));
        row("closed with a reason", closed(ClosedBy::peer, CloseCause::closing_handshake, "bye"));
        for (const RefusalReason reason : {RefusalReason::plain_http, RefusalReason::speculative,
                 RefusalReason::aborted, RefusalReason::origin_not_allowed})
            row(qPrintable(QStringLiteral("refused %1").arg(static_cast<int>(reason))), refused(reason, 403));
        row("refused without an answer", refused(RefusalReason::timeout, 0));
        event::Refused many = refused(RefusalReason::origin_not_allowed, 403);
        many.folded = 1'233;
        row("refused and more like it", many);
        many.of_many = true;
        row("many refused", many);
        event::Refused named = refused(RefusalReason::tls_failed, 0);
        named.method = named.target = named.host = {};
        named.has_origin = false;
        named.server_name = "a.example";
        row("refused by a server name", named);
        event::ListenFailed taken{SocketAddress::v4({127, 0, 0, 1}, 4567), {ErrorCode::address_in_use, 0, {}}, true, 0,
            {}, 4568};
        row("taken by nobody knows whom", taken);
        taken.owner_pid = 812;
        row("taken by a nameless program", taken);
        taken.owner_name = "node";
        row("taken by node", taken);
        taken.error = {ErrorCode::invalid_argument, 0, "the address is missing"};
        row("not to be listened on", taken);
        row("slow", event::SlowPeer{{}, 7, 9'000'000});
        row("slow, of nobody", event::SlowPeer{{}, 0, 9'000'000});
        row("pong", event::PongReceived{{}, 7, {}, microseconds(1'500)});
        row("pong of a payload", event::PongReceived{{}, 7, "beat", microseconds(1'500)});
        for (const auto kind : {event::LimitKind::connections, event::LimitKind::openings,
                 event::LimitKind::partial_messages, event::LimitKind::deflate_windows}) {
            row(qPrintable(QStringLiteral("limit %1").arg(static_cast<int>(kind))), event::LimitReached{kind, 2, 5});
            row(qPrintable(QStringLiteral("limit %1 once").arg(static_cast<int>(kind))),
                event::LimitReached{kind, 1, 1});
        }
    }

    void german_windows_tell_of_it_in_german()
    {
        QFETCH(Event, event);
        static const QRegularExpression english(QStringLiteral(
            R"(\b(?:the|is|it|its|no|not|and|of|that|with|without|cannot|has|closed|opened|asks|refused|after|used|by)\b)"),
            QRegularExpression::CaseInsensitiveOption);
        // What a close code means is in the sources' own words everywhere.
        const QString text = told("de", event).remove(QStringLiteral("policy violation"));
        QVERIFY(!text.isEmpty());
        QVERIFY2(!text.contains(english), qPrintable(text));
        QVERIFY2(text != told("en", event), qPrintable(text));
        // The list shows the very same.
        speak(QStringLiteral("de"));
        EventLogModel model;
        EventBatch batch;
        batch.events.push_back(event);
        model.apply(batch);
        QCOMPARE(model.index(0, static_cast<int>(EventColumn::Text)).data().toString(), eventWords(event).value());
        speak(QStringLiteral("en"));
    }

    void says_in_either_language_what_there_is_to_say()
    {
        const Event kicked{1, {}, closed(ClosedBy::engine, CloseCause::no_pong)};
        QCOMPARE(told("en", kicked),
            QStringLiteral("#7 closed by Jackfield with 1008 policy violation: it answered no ping, after 50 s; 1 message "
                           "from the browser, 1,200 to it"));
        QCOMPARE(told("de", kicked),
            QStringLiteral("#7 von Jackfield geschlossen mit 1008 policy violation: sie hat keinen Ping beantwortet, "
                           "nach 50 s; 1 Nachricht vom Browser, 1.200 zum Browser"));
        const Event attempt{1, {}, refused(RefusalReason::origin_not_allowed, 403)};
        QCOMPARE(told("de", attempt),
            QStringLiteral("127.0.0.1:40000 mit 403 abgewiesen: der Origin steht nicht auf der Liste [GET /chat, Host "
                           "localhost:4567, Origin http://a.example]"));
        QCOMPARE(told("de", {1, {}, event::SlowPeer{{}, 7, 9'000'000}}),
            QStringLiteral("#7 liest langsam: 8,6 MiB warten darauf"));
    }

    void what_a_peer_says_cannot_pose_as_ours()
    {
        const QString text = told("en",
            {1, {}, closed(ClosedBy::peer, CloseCause::closing_handshake, "%1 bye\n\x1b[2J\xe2\x80\xae, after 1 s")});
        QVERIFY2(text.contains(QStringLiteral("%1 bye")), qPrintable(text));
        QVERIFY(!text.contains(u'\n') && !text.contains(QChar(0x1b)) && !text.contains(QChar(0x202e)));
    }

    void the_others_are_left_to_the_phrases()
    {
        QVERIFY(!eventWords({1, {}, event::Stopped{}}));
        QVERIFY(!eventWords({1, {}, event::Notice{"anything"}}));
    }
};

QTEST_GUILESS_MAIN(EventWordsTest)
#include "event_words_test.moc"
