#include "net/event_loop.h"
#include "net/system_calls.h"
#include "server/ready_signal.h"

#include <QTest>

#include <functional>
#include <poll.h>

using namespace jackfield;

namespace {

/// The kernel, with something else happening just before a counter is read or written.
class InterleavedCalls final : public net::SystemCalls {
public:
    ssize_t read_counter(int fd) override
    {
        run(before_read);
        return SystemCalls::read_counter(fd);
    }
    ssize_t write_counter(int fd) override
    {
        run(before_write);
        return SystemCalls::write_counter(fd);
    }
    std::function<void()> before_read, before_write;

private:
    static void run(std::function<void()>& hook)
    {
        if (const auto once = std::exchange(hook, nullptr))
            once();
    }
};

bool is_readable(int fd)
{
    pollfd entry{fd, POLLIN, 0};
    return ::poll(&entry, 1, 0) == 1;
}

} // namespace

class SignalsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wake_up_ends_a_wait();
    void wake_up_during_the_clearing_of_one_loses_no_later_one();
    void many_wake_ups_are_one_write();
    void raised_signal_is_readable_until_lowered();
    void lowering_between_mark_and_write_leaves_no_stuck_descriptor();
    void lowering_what_is_not_raised_asks_the_kernel_nothing();
};

void SignalsTest::wake_up_ends_a_wait()
{
    auto loop = net::EventLoop::create(net::real_system_calls());
    QVERIFY(loop);
    (*loop)->wake();
    const auto ready = (*loop)->wait(std::chrono::hours(1));
    QVERIFY(ready);
    QVERIFY(ready->empty());
    QVERIFY(!is_readable((*loop)->descriptor()));
}

void SignalsTest::wake_up_during_the_clearing_of_one_loses_no_later_one()
{
    InterleavedCalls calls;
    auto created = net::EventLoop::create(calls);
    QVERIFY(created);
    net::EventLoop& loop = **created;
    for (const bool waits_for_wake_only : {false, true}) {
        loop.wake();
        calls.before_read = [&] { loop.wake(); };
        if (waits_for_wake_only)
            loop.wait_for_wake(std::chrono::hours(1));
        else
            QVERIFY(loop.wait(std::chrono::hours(1)));
        loop.wake();
        QVERIFY(is_readable(loop.descriptor()));
        QVERIFY(loop.wait(std::chrono::nanoseconds(0)));
    }
}

void SignalsTest::many_wake_ups_are_one_write()
{
    InterleavedCalls calls;
    auto loop = net::EventLoop::create(calls);
    QVERIFY(loop);
    int writes = 0;
    for (int i = 0; i < 100; ++i) {
        calls.before_write = [&] { ++writes; };
        (*loop)->wake();
    }
    QCOMPARE(writes, 1);
}

void SignalsTest::raised_signal_is_readable_until_lowered()
{
    InterleavedCalls calls;
    server::ReadySignal signal(calls, net::Descriptor(calls, calls.create_event()));
    QVERIFY(!is_readable(signal.descriptor()));
    signal.raise();
    signal.raise();
    QVERIFY(is_readable(signal.descriptor()));
    signal.lower();
    QVERIFY(!is_readable(signal.descriptor()));
    signal.raise();
    QVERIFY(is_readable(signal.descriptor()));
}

void SignalsTest::lowering_what_is_not_raised_asks_the_kernel_nothing()
{
    InterleavedCalls calls;
    server::ReadySignal signal(calls, net::Descriptor(calls, calls.create_event()));
    int reads = 0;
    const auto lower = [&] {
        calls.before_read = [&reads] { ++reads; };
        signal.lower();
    };
    lower();
    QCOMPARE(reads, 0);
    signal.raise();
    lower();
    QCOMPARE(reads, 1);
    lower();
    QCOMPARE(reads, 1);
}

void SignalsTest::lowering_between_mark_and_write_leaves_no_stuck_descriptor()
{
    InterleavedCalls calls;
    server::ReadySignal signal(calls, net::Descriptor(calls, calls.create_event()));
    calls.before_write = [&] { signal.lower(); };
    signal.raise();
    signal.lower(); // the reader finds nothing and must not be called for ever
    QVERIFY(!is_readable(signal.descriptor()));
}

QTEST_GUILESS_MAIN(SignalsTest)
#include "signals_test.moc"
