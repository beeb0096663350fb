#include "support/engine_fixture.h"

#include <QTest>

#include <algorithm>
#include <memory>

using namespace jackfield;
using namespace jackfield::test;

namespace {

command::Kick kick(ConnectionId id, KickStyle style)
{
    command::Kick kick;
    kick.target = Target::one(id);
    kick.style = style;
    return kick;
}

command::Kick kick_and_block(ConnectionId id, BlockKind kind, milliseconds lifetime)
{
    command::Kick kick;
    kick.target = Target::one(id);
    kick.block = KickBlock{kind, lifetime};
    return kick;
}

constexpr std::string_view page = "http://localhost:5173";

} // namespace

/// Kicks in every style over real sockets, and those who are refused for a while.
class KickSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { fixture_ = std::make_unique<EngineFixture>(); }
    void cleanup()
    {
        fixture_->finish();
        fixture_.reset();
    }

    void a_fin_is_an_end_of_stream_without_a_close_frame();
    void a_reset_is_a_reset();
    void a_silent_connection_stays_open_and_says_nothing();
    void a_close_that_is_kept_is_answered_once_it_answers_again();
    void who_was_kicked_is_refused_for_a_while_data();
    void who_was_kicked_is_refused_for_a_while();
    void a_page_without_an_origin_is_kicked_and_not_blocked();
    void a_block_is_told_and_taken_away();
    void a_block_runs_out();
    void what_cannot_be_blocked_is_said();
    void blocks_are_bounded();

private:
    /// Whether a page of `origin` is refused; empty: a client without one.
    [[nodiscard]] bool is_refused(std::string_view origin)
    {
        RawClient client = fixture_->connect();
        client.send(good_handshake(fixture_->port(), {}, "/chat", origin));
        return client.read_exactly(12) == "HTTP/1.1 403";
    }
    std::unique_ptr<EngineFixture> fixture_;
};

void KickSuiteTest::a_fin_is_an_end_of_stream_without_a_close_frame()
{
    RawClient client = fixture_->open_client();
    QCOMPARE(fixture_->run(kick(fixture_->id_of(client), KickStyle::fin)).count, 1U);
    QCOMPARE(client.read_until_end(), std::string());
    const CloseInfo close = fixture_->close_of(client.local_port());
    QCOMPARE(close.code, std::uint16_t{1006});
    QCOMPARE(close.by, ClosedBy::person);
}

void KickSuiteTest::a_reset_is_a_reset()
{
    RawClient client = fixture_->open_client();
    const std::uint16_t port = client.local_port();
    QCOMPARE(fixture_->run(kick(fixture_->id_of(client), KickStyle::reset)).count, 1U);
    client.read_until_end();
    QVERIFY(client.was_reset());
    QCOMPARE(fixture_->close_of(port).cause, CloseCause::cut);
}

void KickSuiteTest::a_silent_connection_stays_open_and_says_nothing()
{
    RawClient client = fixture_->open_client();
    const ConnectionId id = fixture_->id_of(client);
    QCOMPARE(fixture_->run(kick(id, KickStyle::silent)).count, 1U);
    client.send_text("hello");
    client.send_frame(0x89, "ping");
    fixture_->settle();
    QVERIFY(client.is_quiet());
    QCOMPARE(fixture_->run(command::Resume{Target::one(id)}).count, 1U);
    QCOMPARE(client.read_message(), std::string("hello"));
    QCOMPARE(client.read_frame().payload, std::string("ping"));
    QCOMPARE(fixture_->run(command::Resume{Target::one(id)}).gone, 1U);
}

void KickSuiteTest::a_close_that_is_kept_is_answered_once_it_answers_again()
{
    RawClient client = fixture_->open_client();
    const ConnectionId id = fixture_->id_of(client);
    fixture_->run(kick(id, KickStyle::never_answer_close));
    client.send_frame(0x88, "\x03\xe8");
    fixture_->settle();
    QVERIFY(client.is_quiet());
    QCOMPARE(fixture_->run(command::Resume{Target::one(id)}).count, 1U);
    QCOMPARE(client.finish_close(), std::uint16_t{1000});
}

void KickSuiteTest::who_was_kicked_is_refused_for_a_while_data()
{
    QTest::addColumn<BlockKind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("others_too");
    QTest::newRow("its origin") << BlockKind::origin << "http://localhost:5173" << false;
    QTest::newRow("its host") << BlockKind::host << "" << true;
    QTest::newRow("its address") << BlockKind::address << "127.0.0.1" << true;
}

void KickSuiteTest::who_was_kicked_is_refused_for_a_while()
{
    QFETCH(BlockKind, kind);
    QFETCH(QString, text);
    QFETCH(bool, others_too);
    RawClient client = fixture_->connect();
    client.upgrade(good_handshake(fixture_->port(), {}, "/chat", page));
    const ConnectionId id = fixture_->id_of(client);
    QCOMPARE(fixture_->run(kick_and_block(id, kind, std::chrono::hours(1))).count, 1U);
    QCOMPARE(client.finish_close(), std::uint16_t{1012});
    QVERIFY(is_refused(page));
    QCOMPARE(is_refused("http://localhost:3000"), others_too);
    const auto refused = fixture_->wait_for<event::Refused>();
    QCOMPARE(refused.reason, RefusalReason::blocked);
    QVERIFY(refused.access && refused.access->block);
    QCOMPARE(refused.access->block->kind, kind);
    if (!text.isEmpty())
        QCOMPARE(QString::fromStdString(refused.access->block->text), text);
    QVERIFY(!fixture_->run(command::Unblock{kind, refused.access->block->text}).error);
    QVERIFY(!is_refused(page));
}

void KickSuiteTest::a_page_without_an_origin_is_kicked_and_not_blocked()
{
    fixture_->attach_state();
    RawClient client = fixture_->connect();
    client.upgrade(good_handshake(fixture_->port(), {}, "/chat", ""));
    RawClient with_origin = fixture_->connect();
    with_origin.upgrade(good_handshake(fixture_->port(), {}, "/chat", page));
    command::Kick both = kick_and_block(fixture_->id_of(client), BlockKind::origin, {});
    both.target.ids.push_back(fixture_->id_of(with_origin));
    const auto outcome = fixture_->run(both);
    QCOMPARE(outcome.count, 2U);
    QCOMPARE(fixture_->wait_for<event::Notice>().text,
        std::string("1 that was kicked has no origin and is not refused"));
    QCOMPARE(client.finish_close(), std::uint16_t{1012});
    QVERIFY(!is_refused(""));
    QVERIFY(is_refused(page));
}

void KickSuiteTest::a_block_is_told_and_taken_away()
{
    fixture_->attach_state();
    QVERIFY(!fixture_->run(command::Block{BlockKind::origin, "http://localhost:5173", {}}).error);
    QVERIFY(!fixture_->run(command::Block{BlockKind::origin, "http://localhost:5173", std::chrono::hours(1)})
                 .error);
    fixture_->wait_for_state([&] {
        return fixture_->status && fixture_->status->access.blocks.size() == 1
            && fixture_->status->access.blocks[0].expires.has_value(); // the newer one counts
    });
    QVERIFY(is_refused(page));
    QVERIFY(!fixture_->run(command::Unblock{BlockKind::origin, "http://localhost:5173"}).error);
    QCOMPARE(fixture_->run(command::Unblock{BlockKind::origin, "http://localhost:5173"}).error->code,
        ErrorCode::not_found);
    fixture_->wait_for_state([&] { return fixture_->status->access.blocks.empty(); });
    QVERIFY(!is_refused(page));
}

void KickSuiteTest::a_block_runs_out()
{
    fixture_->finish();
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.has_canary = false;
    fixture_ = std::make_unique<EngineFixture>(std::move(setup));
    fixture_->attach_state();
    fixture_->run(command::Block{BlockKind::origin, "http://localhost:5173", std::chrono::seconds(30)});
    QVERIFY(is_refused(page));
    fixture_->advance(std::chrono::milliseconds(29'000));
    fixture_->settle();
    QVERIFY(is_refused(page));
    fixture_->advance(std::chrono::milliseconds(1'000));
    fixture_->settle();
    QVERIFY(!is_refused(page));
    fixture_->wait_until([&] { return fixture_->status && fixture_->status->access.blocks.empty(); }, true);
}

void KickSuiteTest::what_cannot_be_blocked_is_said()
{
    for (const command::Block& block :
        {command::Block{BlockKind::address, "dev.test", {}}, command::Block{BlockKind::address, "", {}},
            command::Block{BlockKind::origin, "http://", {}}, command::Block{BlockKind::host, "a b", {}}}) {
        const auto outcome = fixture_->run(block);
        QVERIFY(outcome.error.has_value());
        QCOMPARE(outcome.error->code, ErrorCode::malformed);
    }
    QVERIFY(!is_refused(page));
}

void KickSuiteTest::blocks_are_bounded()
{
    fixture_->attach_state();
    for (std::size_t i = 0; i < max_access_blocks; ++i)
        fixture_->engine().submit(command::Block{BlockKind::host, "h" + std::to_string(i) + ".test", {}});
    const auto outcome = fixture_->run(command::Block{BlockKind::host, "one-more.test", {}});
    QVERIFY(outcome.error.has_value());
    QCOMPARE(outcome.error->code, ErrorCode::invalid_argument);
    QVERIFY(!fixture_->run(command::Block{BlockKind::host, "h7.test", std::chrono::hours(1)}).error);
    QVERIFY(!is_refused(page));
}

QTEST_GUILESS_MAIN(KickSuiteTest)
#include "kick_suite_test.moc"
