#include "net/event_loop.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <memory>

namespace jackfield::net {

namespace {
constexpr std::uint64_t wake_token = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t timer_token = wake_token - 1;
constexpr int write_attempts = 8;

int to_milliseconds(std::chrono::nanoseconds timeout)
{
    if (timeout.count() < 0)
        return -1;
    // Rounded up: waking a moment early would only mean another round.
    const auto ms = (timeout.count() + 999'999) / 1'000'000;
    return static_cast<int>(std::min<std::int64_t>(ms, std::numeric_limits<int>::max()));
}
} // namespace

Result<std::unique_ptr<EventLoop>> EventLoop::create(SystemCalls& calls)
{
    std::unique_ptr<EventLoop> loop(new (std::nothrow) EventLoop(calls));
    if (!loop)
        return fail(ErrorCode::no_memory, "could not start: no memory for the event loop");
    const auto open = [&](Descriptor& into, int fd, const char* what) -> Result<void> {
        if (fd < 0)
            return fail(ErrorCode::system, std::string("could not start: ") + what, errno);
        into = Descriptor(calls, fd);
        return {};
    };
    if (auto opened = open(loop->epoll_, calls.epoll_create(), "epoll_create1"); !opened)
        return tl::unexpected(opened.error());
    if (auto opened = open(loop->wake_, calls.create_event(), "eventfd"); !opened)
        return tl::unexpected(opened.error());
    if (auto opened = open(loop->timer_, calls.create_timer(), "timerfd_create"); !opened)
        return tl::unexpected(opened.error());
    if (const int error = loop->add(loop->wake_.get(), interest_read, wake_token))
        return fail(ErrorCode::system, "could not start: epoll_ctl", error);
    if (const int error = loop->add(loop->timer_.get(), interest_read, timer_token))
        return fail(ErrorCode::system, "could not start: epoll_ctl", error);
    return loop;
}

int EventLoop::add(int fd, std::uint32_t interest, std::uint64_t token)
{
    epoll_event event{};
    event.events = interest;
    event.data.u64 = token;
    return calls_.epoll_control(epoll_.get(), EPOLL_CTL_ADD, fd, &event) == 0 ? 0 : errno;
}

int EventLoop::modify(int fd, std::uint32_t interest, std::uint64_t token)
{
    epoll_event event{};
    event.events = interest;
    event.data.u64 = token;
    return calls_.epoll_control(epoll_.get(), EPOLL_CTL_MOD, fd, &event) == 0 ? 0 : errno;
}

void EventLoop::remove(int fd)
{
    epoll_event event{};
    calls_.epoll_control(epoll_.get(), EPOLL_CTL_DEL, fd, &event);
}

Result<std::span<const Ready>> EventLoop::wait(std::chrono::nanoseconds timeout)
{
    const int count = calls_.epoll_wait(epoll_.get(), events_, to_milliseconds(timeout));
    if (count < 0) {
        if (errno == EINTR)
            return std::span<const Ready>{};
        return fail(ErrorCode::system, "epoll_wait failed", errno);
    }
    std::size_t filled = 0;
    for (int i = 0; i < count; ++i) {
        const auto& event = events_[static_cast<std::size_t>(i)];
        if (event.data.u64 == wake_token) {
            forget_wake();
        } else if (event.data.u64 == timer_token) {
            calls_.read_counter(timer_.get());
            timer_armed_ = false;
        } else {
            ready_[filled++] = {event.data.u64, event.events};
        }
    }
    return std::span<const Ready>(ready_.data(), filled);
}

void EventLoop::wait_for_wake(std::chrono::nanoseconds timeout)
{
    if (calls_.wait_readable(wake_.get(), to_milliseconds(timeout)) > 0)
        forget_wake();
}

void EventLoop::forget_wake()
{
    // In this order: a wake-up between the two finds the flag set and writes nothing, and what it woke for is
    // seen by the caller, who looks after this. The other way round its write would be read away here and the
    // flag stay set, so that no later wake-up would write again.
    calls_.read_counter(wake_.get());
    woken_.store(false, std::memory_order_seq_cst);
}

void EventLoop::wake()
{
    if (woken_.exchange(true, std::memory_order_seq_cst))
        return;
    for (int i = 0; i < write_attempts; ++i) {
        if (calls_.write_counter(wake_.get()) >= 0)
            return;
    }
    woken_.store(false, std::memory_order_seq_cst); // the next one tries again
}

void EventLoop::arm_timer(std::optional<std::chrono::nanoseconds> delay)
{
    if (!delay && !timer_armed_)
        return;
    calls_.arm_timer(timer_.get(), delay ? std::max<std::int64_t>(delay->count(), 1) : 0);
    timer_armed_ = delay.has_value();
}

} // namespace jackfield::net
