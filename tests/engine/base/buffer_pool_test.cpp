#include "base/buffer_pool.h"

#include <QTest>

#include <vector>

using jackfield::BufferPool;

namespace {

std::vector<std::byte> buffer_of(std::size_t capacity)
{
    std::vector<std::byte> buffer;
    buffer.reserve(capacity);
    return buffer;
}

class BufferPoolTest : public QObject {
    Q_OBJECT
private slots:
    void gives_the_same_memory_again();
    void lends_no_more_than_four_times_what_is_wanted();
    void lends_the_smallest_that_fits();
    void keeps_a_bounded_number_of_bytes();
    void keeps_the_largest_of_too_many();
    void leaves_small_ones_to_the_allocator();
    void frees_what_was_not_used_for_a_while();
};

void BufferPoolTest::gives_the_same_memory_again()
{
    BufferPool pool;
    auto buffer = buffer_of(1U << 20U);
    buffer.resize(7);
    const std::byte* const memory = buffer.data();
    pool.give_back(std::move(buffer));
    QCOMPARE(pool.kept_bytes(), std::size_t(1U << 20U));
    buffer = pool.take(1U << 20U);
    QCOMPARE(buffer.data(), memory);
    QVERIFY(buffer.empty());
    QVERIFY(!pool.holds_any());
    QCOMPARE(pool.take(1U << 20U).capacity(), std::size_t(0));
}

void BufferPoolTest::lends_no_more_than_four_times_what_is_wanted()
{
    BufferPool pool;
    pool.give_back(buffer_of(16U << 20U));
    QCOMPARE(pool.take((16U << 20U) + 1).capacity(), std::size_t(0));
    QCOMPARE(pool.take((4U << 20U) - 1).capacity(), std::size_t(0));
    QCOMPARE(pool.take(4U << 20U).capacity(), std::size_t(16U << 20U));
}

void BufferPoolTest::lends_the_smallest_that_fits()
{
    BufferPool pool;
    for (const std::size_t capacity : {100'000U, 90'000U, 120'000U})
        pool.give_back(buffer_of(capacity));
    QCOMPARE(pool.take(80'000).capacity(), std::size_t(90'000));
    QCOMPARE(pool.take(110'000).capacity(), std::size_t(120'000));
}

void BufferPoolTest::keeps_a_bounded_number_of_bytes()
{
    BufferPool pool;
    for (int i = 0; i < 8; ++i)
        pool.give_back(buffer_of(16U << 20U));
    QCOMPARE(pool.kept_bytes(), BufferPool::most_kept);
    pool.give_back(buffer_of(BufferPool::most_kept + 1));
    QCOMPARE(pool.kept_bytes(), BufferPool::most_kept);
}

void BufferPoolTest::keeps_the_largest_of_too_many()
{
    BufferPool pool;
    for (std::size_t i = 0; i < 20; ++i)
        pool.give_back(buffer_of(BufferPool::least + i));
    QCOMPARE(pool.take(BufferPool::least).capacity(), BufferPool::least + 4);
}

void BufferPoolTest::leaves_small_ones_to_the_allocator()
{
    BufferPool pool;
    pool.give_back(buffer_of(BufferPool::least - 1));
    QVERIFY(!pool.holds_any());
}

void BufferPoolTest::frees_what_was_not_used_for_a_while()
{
    BufferPool pool;
    pool.give_back(buffer_of(100'000));
    pool.give_back(buffer_of(200'000));
    pool.release_unused(); // both have just been used
    QCOMPARE(pool.kept_bytes(), std::size_t(300'000));
    pool.give_back(pool.take(100'000));
    pool.release_unused();
    QCOMPARE(pool.kept_bytes(), std::size_t(100'000));
    pool.release_unused();
    QVERIFY(!pool.holds_any());
}

} // namespace

QTEST_APPLESS_MAIN(BufferPoolTest)
#include "buffer_pool_test.moc"
