#include "websocket/deflate_pool.h"

#include "jackfield/shared_bytes.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::websocket;

namespace {

TimePoint at(int seconds)
{
    return TimePoint(std::chrono::seconds(seconds));
}

} // namespace

class DeflatePoolTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void promises_up_to_its_budget();
    void a_promise_moves_and_goes_back_once();
    void one_compressor_serves_all_of_a_kind();
    void lends_decompressors_with_an_empty_window();
    void keeps_few_and_small_things();
    void frees_what_is_idle_and_nothing_else();
    void numbers_wire_formats();
    void counts_a_turns_work();
};

void DeflatePoolTest::promises_up_to_its_budget()
{
    DeflatePool pool(1'000);
    auto first = pool.promise(600);
    QVERIFY(first.has_value());
    QVERIFY(!pool.promise(401).has_value());
    auto second = pool.promise(400);
    QVERIFY(second.has_value());
    QVERIFY(!pool.promise(1).has_value());
    QVERIFY(!pool.promise(~std::uint64_t{0}).has_value());
    QCOMPARE(pool.promised_bytes(), std::uint64_t{1'000});
    first.reset();
    QCOMPARE(pool.promised_bytes(), std::uint64_t{400});
    pool.set_context_budget(300); // smaller than what is promised
    QVERIFY(!pool.promise(0).has_value());
    second.reset();
    QVERIFY(pool.promise(300).has_value());
    QCOMPARE(pool.take_denials(), std::uint64_t{4});
}

void DeflatePoolTest::a_promise_moves_and_goes_back_once()
{
    DeflatePool pool(1'000);
    {
        DeflatePool::Promise kept;
        {
            DeflatePool::Promise made = pool.promise(600).value();
            kept = std::move(made);
        }
        QCOMPARE(pool.promised_bytes(), std::uint64_t{600});
        const DeflatePool::Promise last(std::move(kept));
        QCOMPARE(pool.promised_bytes(), std::uint64_t{600});
    }
    QCOMPARE(pool.promised_bytes(), std::uint64_t{0});
}

void DeflatePoolTest::one_compressor_serves_all_of_a_kind()
{
    DeflatePool pool;
    Deflater& one = pool.shared_deflater(6, 15);
    const std::string text(1'000, 'a');
    std::vector<std::byte> first, again;
    QVERIFY(one.deflate(as_bytes(text), first));
    QCOMPARE(&pool.shared_deflater(6, 15), &one);
    QVERIFY(pool.shared_deflater(6, 15).deflate(as_bytes(text), again));
    QVERIFY2(first == again, "with an empty window each time");
    QVERIFY(&pool.shared_deflater(9, 15) != &one);
    QVERIFY(&pool.shared_deflater(6, 9) != &one);
}

void DeflatePoolTest::lends_decompressors_with_an_empty_window()
{
    DeflatePool pool;
    auto inflater = pool.take_inflater();
    const std::vector<std::byte> hello{std::byte{0xf2}, std::byte{0x48}, std::byte{0xcd}, std::byte{0xc9},
        std::byte{0xc9}, std::byte{0x07}, std::byte{0x00}};
    const std::vector<std::byte> reference{
        std::byte{0xf2}, std::byte{0x00}, std::byte{0x11}, std::byte{0x00}, std::byte{0x00}};
    std::array<std::byte, 100> out{};
    inflater->feed(hello);
    QCOMPARE(inflater->inflate(out).produced, std::size_t{5});
    const Inflater* const same = inflater.get();
    pool.give_back(std::move(inflater)); // in the middle of a message
    inflater = pool.take_inflater();
    QCOMPARE(static_cast<const Inflater*>(inflater.get()), same);
    inflater->feed(reference);
    QCOMPARE(inflater->inflate(out).status, Inflater::Status::invalid);
    pool.give_back(nullptr);
}

void DeflatePoolTest::keeps_few_and_small_things()
{
    DeflatePool pool;
    std::vector<std::unique_ptr<Inflater>> lent;
    for (int i = 0; i < 100; ++i)
        lent.push_back(pool.take_inflater());
    std::vector<const Inflater*> given;
    for (auto& each : lent) {
        given.push_back(each.get());
        pool.give_back(std::move(each));
    }
    std::vector<std::byte> large(1U << 20U);
    pool.give_back(std::move(large));
    QCOMPARE(pool.take_buffer().capacity(), std::size_t{0});
    std::vector<std::byte> small(1'000);
    pool.give_back(std::move(small));
    const auto buffer = pool.take_buffer();
    QVERIFY(buffer.empty() && buffer.capacity() >= 1'000);
    QCOMPARE(pool.take_buffer().capacity(), std::size_t{0});
}

void DeflatePoolTest::frees_what_is_idle_and_nothing_else()
{
    DeflatePool pool;
    QVERIFY(!pool.holds_any());
    pool.begin_turn(at(100));
    static_cast<void>(pool.shared_deflater(6, 15));
    const auto early = pool.keep_deflater(6, 15);
    const auto late = pool.keep_deflater(6, 9);
    QVERIFY(pool.holds_any());
    static_cast<void>(pool.use(early));
    pool.begin_turn(at(200));
    static_cast<void>(pool.use(late));
    pool.give_back(pool.take_inflater());
    pool.release_idle(at(150));
    QVERIFY(!early->deflater);
    QVERIFY(late->deflater != nullptr);
    QVERIFY(pool.holds_any());
    pool.release_idle(at(201));
    QVERIFY(!late->deflater);
    QVERIFY(!pool.holds_any());
    QVERIFY(&pool.use(late) == late->deflater.get()); // made anew
    pool.forget(early);
    pool.forget(late);
    QVERIFY(!pool.holds_any());
}

void DeflatePoolTest::numbers_wire_formats()
{
    DeflatePool pool;
    const std::uint32_t first = pool.wire_format(6, 15, 1'024);
    QVERIFY(first >= 16); // small numbers belong to codecs without settings
    QCOMPARE(pool.wire_format(6, 15, 1'024), first);
    const std::uint32_t second = pool.wire_format(6, 15, 0);
    QVERIFY(second != first);
    QCOMPARE(pool.wire_format(6, 15, 1'024), first);
    QCOMPARE(pool.wire_format(6, 15, 0), second);
}

void DeflatePoolTest::counts_a_turns_work()
{
    DeflatePool pool;
    QVERIFY(pool.may_inflate());
    QCOMPARE(pool.piece_size(), std::size_t{16'384});
    pool.charge(1U << 30U, 1U << 30U); // without a budget nothing is counted
    QVERIFY(pool.may_inflate());
    pool.begin_turn(at(1), 1U << 20U);
    // A piece of the largest growth passes the budget by little.
    QVERIFY(pool.piece_size() * 1032 <= 1U << 20U);
    pool.charge(0, (1U << 20U) - 1);
    QVERIFY(pool.may_inflate());
    QCOMPARE(pool.piece_size(), std::size_t{256});
    pool.charge(0, 1'000'000);
    QVERIFY(!pool.may_inflate());
    pool.begin_turn(at(1), 1U << 20U);
    QVERIFY(pool.may_inflate());
    pool.charge(1U << 20U, 0); // what says nothing costs something too
    QVERIFY(!pool.may_inflate());
}

QTEST_GUILESS_MAIN(DeflatePoolTest)
#include "deflate_pool_test.moc"
