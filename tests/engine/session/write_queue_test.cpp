#include "session/write_queue.h"
#include "tests/support/fake_channel_host.h"

#include <QtTest>

#include <algorithm>
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

    void drops_the_messages_that_nobody_has_begun_to_write() // LC-11
    {
        std::mt19937 random(20'261'123);
        for (int round = 0; round < 60; ++round) {
            WriteQueuePool pool;
            WriteQueue queue(pool);
            struct Part {
                std::string bytes;
                bool is_message;
                bool is_begun = false;
            };
            std::vector<Part> model;
            for (int step = 0; step < 60; ++step) {
                if (random() % 4 != 0) {
                    const std::string text = random_text(random, random() % 3 == 0 ? 9'000 : 30) + 'x';
                    const bool is_message = random() % 3 != 0;
                    if (is_message)
                        queue.begin_message();
                    queue.append(SharedBytes(text));
                    if (is_message)
                        queue.end_message();
                    model.push_back({text, is_message});
                } else {
                    std::size_t count = random() % (queue.size() + 1);
                    queue.consume(count);
                    while (count > 0) {
                        const std::size_t taken = std::min(count, model.front().bytes.size());
                        model.front().bytes.erase(0, taken);
                        model.front().is_begun = true;
                        count -= taken;
                        if (model.front().bytes.empty())
                            model.erase(model.begin());
                    }
                }
                QCOMPARE(queue.messages(),
                    static_cast<std::uint64_t>(std::ranges::count_if(model, &Part::is_message)));
            }
            const std::uint64_t before = queue.messages();
            const std::uint64_t dropped = queue.drop_messages();
            std::string left;
            std::uint64_t kept = 0;
            for (const Part& part : model) {
                if (part.is_message && !part.is_begun)
                    continue;
                left += part.bytes;
                kept += part.is_message ? 1 : 0;
            }
            QCOMPARE(dropped, before - kept);
            QCOMPARE(queue.messages(), kept);
            QCOMPARE(queue.size(), std::uint64_t{left.size()});
            QVERIFY(waiting_in(queue) == left);
            queue.append(as_bytes(std::string("the close")));
            QVERIFY(waiting_in(queue) == left + "the close");
            queue.consume(queue.size());
            QCOMPARE(queue.messages(), std::uint64_t{0});
        }
    }

    void a_message_that_was_begun_elsewhere_is_never_cut()
    {
        const std::string header = "head", payload = "the payload";
        const std::string all = header + payload;
        for (std::size_t written = 0; written < all.size(); ++written) {
            WriteQueuePool pool;
            WriteQueue queue(pool);
            queue.append_begun(as_bytes(header), as_bytes(payload), written);
            QCOMPARE(waiting_in(queue), all.substr(written));
            QCOMPARE(queue.messages(), std::uint64_t{1});
            queue.begin_message();
            queue.append(as_bytes(std::string("another")));
            queue.end_message();
            queue.append(as_bytes(std::string("pong")));
            QCOMPARE(queue.messages(), std::uint64_t{2});
            QCOMPARE(queue.drop_messages(), std::uint64_t{written == 0 ? 2U : 1U});
            QCOMPARE(waiting_in(queue), (written == 0 ? std::string() : all.substr(written)) + "pong");
            QCOMPARE(queue.messages(), std::uint64_t{written == 0 ? 0U : 1U});
            queue.consume(queue.size());
            QCOMPARE(queue.messages(), std::uint64_t{0});
            QVERIFY(queue.empty());
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
        QCOMPARE(other.kept(), std::size_t{1}); // without its memory, which is lent to other large messages
        QVERIFY(other.large_buffers().kept_bytes() >= std::size_t{1U << 20U});
    }

    void the_memory_of_a_large_message_serves_the_next_one()
    {
        WriteQueuePool pool;
        const std::string text(1U << 20U, 'x');
        const std::byte* memory = nullptr;
        const auto pass_through = [&] {
            WriteQueue queue(pool);
            queue.append_with([&](ByteBuffer& out) { out.append(text); }, text.size());
            std::array<iovec, 1> part{};
            QCOMPARE(queue.gather(part), std::size_t{1});
            memory = static_cast<const std::byte*>(part[0].iov_base);
            queue.consume(queue.size());
        };
        pass_through();
        const std::byte* const first = memory;
        QCOMPARE(pool.large_buffers().kept_bytes(), text.size());
        pass_through();
        QCOMPARE(memory, first);
        pool.large_buffers().release_unused();
        pool.large_buffers().release_unused(); // nothing large passed meanwhile
        QVERIFY(!pool.large_buffers().holds_any());
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
