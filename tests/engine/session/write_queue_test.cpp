#include "session/write_queue.h"
#include "tests/support/fake_channel_host.h"

#include <QtTest>

#include <array>
#include <new>
#include <random>
#include <string>

using namespace jackfield;
using session::WriteQueue;
using session::WriteQueuePool;
using test::waiting_in;

namespace {

std::string random_text(std::mt19937& random, std::size_t most)
{
    std::string text(random() % (most + 1), '\0');
    for (char& c : text)
        c = static_cast<char>(random());
    return text;
}

} // namespace

class WriteQueueTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void behaves_like_a_string_under_random_operations()
    {
        std::mt19937 random(20'261'121);
        for (int round = 0; round < 40; ++round) {
            WriteQueuePool pool;
            WriteQueue queue(pool);
            std::string model;
            for (int step = 0; step < 400; ++step) {
                switch (random() % 5) {
                case 0:
                case 1: {
                    const std::string text = random_text(random, 300);
                    queue.append(as_bytes(text));
                    model += text;
                    break;
                }
                case 2: {
                    const std::string text = random_text(random, 9'000); // some by reference, some by copy
                    queue.append(SharedBytes(text));
                    model += text;
                    break;
                }
                case 3: {
                    const std::string first = random_text(random, 20), second = random_text(random, 20);
                    queue.append_with([&](ByteBuffer& out) {
                        out.append(first);
                        out.append(second);
                    });
                    model += first + second;
                    break;
                }
                default: {
                    const std::size_t count = model.empty() ? 0 : random() % (model.size() + 1);
                    queue.consume(count);
                    model.erase(0, count);
                    break;
                }
                }
                QCOMPARE(queue.size(), std::uint64_t{model.size()});
                QCOMPARE(queue.empty(), model.empty());
                if (step % 7 == 0)
                    QVERIFY(waiting_in(queue) == model);
            }
            QVERIFY(waiting_in(queue) == model);
        }
    }

    void gathers_no_more_parts_than_it_is_given()
    {
        WriteQueuePool pool;
        WriteQueue queue(pool);
        const SharedBytes large(std::string(5'000, 'x'));
        for (int i = 0; i < 10; ++i) {
            queue.append(as_bytes("own"));
            queue.append(large);
        }
        std::array<iovec, 3> parts{};
        QCOMPARE(queue.gather(parts), std::size_t{3});
        QCOMPARE(parts[0].iov_len, std::size_t{3});
        QCOMPARE(parts[1].iov_base, static_cast<void*>(const_cast<std::byte*>(large.data()))); // not copied
        QCOMPARE(parts[2].iov_len, std::size_t{3});
    }

    void an_empty_queue_owns_nothing()
    {
        WriteQueuePool pool;
        WriteQueue queue(pool);
        QCOMPARE(pool.kept(), std::size_t{0});
        queue.append(as_bytes("text"));
        QCOMPARE(pool.kept(), std::size_t{0});
        queue.consume(4);
        QCOMPARE(pool.kept(), std::size_t{1}); // the storage is back in the pool
        queue.append_with([](ByteBuffer&) {});
        QVERIFY(queue.empty());
        QCOMPARE(pool.kept(), std::size_t{1});
        queue.append(SharedBytes());
        QCOMPARE(pool.kept(), std::size_t{1});
        std::array<iovec, 1> parts{};
        QCOMPARE(queue.gather(parts), std::size_t{0});
    }

    void the_pool_keeps_a_bounded_number_of_small_storages()
    {
        WriteQueuePool pool;
        {
            std::vector<std::unique_ptr<WriteQueue>> queues;
            for (int i = 0; i < 1'000; ++i) {
                queues.push_back(std::make_unique<WriteQueue>(pool));
                queues.back()->append(as_bytes("text"));
            }
        }
        QCOMPARE(pool.kept(), std::size_t{256});
        WriteQueuePool other;
        {
            WriteQueue queue(other);
            queue.append(as_bytes(std::string(1U << 20U, 'x')));
        }
        QCOMPARE(other.kept(), std::size_t{0}); // a large one goes back to the system
    }

    void a_filling_that_fails_half_way_leaves_no_trace()
    {
        WriteQueuePool pool;
        WriteQueue queue(pool);
        const auto fail = [](ByteBuffer& out) {
            out.append("half");
            throw std::bad_alloc();
        };
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, queue.append_with(fail));
        QVERIFY(queue.empty());
        QCOMPARE(pool.kept(), std::size_t{1});
        queue.append(as_bytes("one,"));
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, queue.append_with(fail));
        queue.append(as_bytes("two"));
        QCOMPARE(waiting_in(queue), std::string("one,two"));
    }

    void shared_bytes_are_let_go_once_written()
    {
        WriteQueuePool pool;
        WriteQueue queue(pool);
        queue.append(SharedBytes(std::string(6'000, 'a')));
        queue.append(SharedBytes(std::string(6'000, 'b')));
        queue.consume(6'001);
        QCOMPARE(waiting_in(queue), std::string(5'999, 'b'));
        queue.clear();
        QVERIFY(queue.empty());
        queue.append(as_bytes("again"));
        QCOMPARE(waiting_in(queue), std::string("again"));
    }
};

QTEST_GUILESS_MAIN(WriteQueueTest)
#include "write_queue_test.moc"
