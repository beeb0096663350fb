#include "net/event_loop.h"
#include "tests/support/scripted_kernel.h"

#include <QtTest>

#include <sys/socket.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <thread>
#include <unistd.h>

using namespace jackfield;
using namespace std::chrono_literals;
using net::EventLoop;
using test::Call;
using test::ScriptedKernel;

namespace {

bool is_readable(int fd, int wait_ms = 0)
{
    pollfd entry{fd, POLLIN, 0};
    return ::poll(&entry, 1, wait_ms) == 1;
}

struct Pair {
    Pair() { ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends); }
    ~Pair()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    int ends[2]{-1, -1};
};

} // namespace

class EventLoopTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tells_what_is_ready_with_its_token()
    {
        ScriptedKernel kernel;
        auto loop = std::move(*EventLoop::create(kernel));
        Pair pair;
        QCOMPARE(loop->add(pair.ends[0], net::interest_read, 42), 0);
        QCOMPARE(loop->wait(0ns)->size(), std::size_t{0});
        QCOMPARE(::write(pair.ends[1], "x", 1), ssize_t{1});
        const auto ready = *loop->wait(1min);
        QCOMPARE(ready.size(), std::size_t{1});
        QCOMPARE(ready[0].token, std::uint64_t{42});
        QVERIFY(ready[0].events & EPOLLIN);
        QCOMPARE(loop->wait(0ns)->size(), std::size_t{1}); // level-triggered
        QCOMPARE(loop->modify(pair.ends[0], net::interest_none, 42), 0);
        QCOMPARE(loop->wait(0ns)->size(), std::size_t{0});
        QCOMPARE(loop->modify(pair.ends[0], net::interest_write, 43), 0);
        QCOMPARE((*loop->wait(0ns))[0].token, std::uint64_t{43});
        loop->remove(pair.ends[0]);
        QCOMPARE(loop->wait(0ns)->size(), std::size_t{0});
    }

    void errors_are_told()
    {
        ScriptedKernel kernel;
        auto loop = std::move(*EventLoop::create(kernel));
        QCOMPARE(loop->add(-1, net::interest_read, 1), EBADF);
        Pair pair;
        QCOMPARE(loop->modify(pair.ends[0], net::interest_read, 1), ENOENT);
        kernel.fail(Call::epoll_wait, EINTR);
        QVERIFY(loop->wait(1min).has_value()); // a signal is not an error
        kernel.fail(Call::epoll_wait, EINVAL);
        const auto failed = loop->wait(0ns);
        QVERIFY(!failed);
        QCOMPARE(failed.error().system_error, EINVAL);
    }

    void a_wake_up_ends_a_wait_and_is_said_once()
    {
        ScriptedKernel kernel;
        auto loop = std::move(*EventLoop::create(kernel));
        for (int i = 0; i < 100; ++i)
            loop->wake();
        QCOMPARE(kernel.calls(Call::write_counter), std::uint64_t{1});
        QVERIFY(is_readable(loop->descriptor()));
        QCOMPARE(loop->wait(1min)->size(), std::size_t{0}); // returns at once
        QVERIFY(!is_readable(loop->descriptor()));
        loop->wake();
        loop->wait_for_wake(1min);
        QVERIFY(!is_readable(loop->descriptor()));
    }

    void no_wake_up_is_lost_between_two_threads()
    {
        ScriptedKernel kernel;
        auto loop = std::move(*EventLoop::create(kernel));
        constexpr int rounds = 20'000;
        std::atomic<int> posted{0}, seen{0};
        std::thread poster([&] {
            for (int i = 1; i <= rounds; ++i) {
                posted.store(i, std::memory_order_seq_cst);
                loop->wake();
                while (i % 3 == 0 && seen.load(std::memory_order_acquire) < i)
                    std::this_thread::yield();
            }
        });
        int late = 0;
        while (seen.load() < rounds) {
            const auto began = std::chrono::steady_clock::now();
            QVERIFY(loop->wait(20s).has_value()); // a lost one would run into the limit
            late += std::chrono::steady_clock::now() - began >= 20s ? 1 : 0;
            seen.store(posted.load(std::memory_order_seq_cst), std::memory_order_release);
        }
        poster.join();
        QCOMPARE(late, 0);
    }

    void the_timer_makes_the_descriptor_readable()
    {
        ScriptedKernel kernel;
        auto loop = std::move(*EventLoop::create(kernel));
        loop->arm_timer(1ms);
        QVERIFY(is_readable(loop->descriptor(), 60'000));
        QCOMPARE(loop->wait(0ns)->size(), std::size_t{0});
        QVERIFY(!is_readable(loop->descriptor()));
        loop->arm_timer(0ns); // at once, not never
        QVERIFY(is_readable(loop->descriptor(), 60'000));
        (void)loop->wait(0ns);
        loop->arm_timer(1h);
        loop->arm_timer(std::nullopt);
        QVERIFY(!is_readable(loop->descriptor()));
        const auto calls = kernel.calls(Call::arm_timer);
        loop->arm_timer(std::nullopt); // nothing to disarm
        QCOMPARE(kernel.calls(Call::arm_timer), calls);
    }

    void closes_all_it_opened()
    {
        ScriptedKernel kernel;
        {
            auto loop = std::move(*EventLoop::create(kernel));
            QCOMPARE(kernel.held(), std::size_t{3});
        }
        QCOMPARE(kernel.held(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(EventLoopTest)
#include "event_loop_test.moc"
