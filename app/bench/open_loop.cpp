#include "app/bench/open_loop.h"

#include "app/bench/figures.h"

#include <sys/prctl.h>

#include <algorithm>

namespace jackfield::bench {
namespace {

constexpr std::uint64_t most_out = 2'000'000;
constexpr auto late_by = std::chrono::milliseconds(1);

} // namespace

OpenLoop::OpenLoop(const Bench& bench)
    : bench_(bench)
    , messages_(bench)
{
    ::prctl(PR_SET_TIMERSLACK, 1UL); // wake when a message is due and not up to 50 us later
}

void OpenLoop::count_from(TimePoint begin, TimePoint end)
{
    count_begin_ = begin;
    count_end_ = end;
}

void OpenLoop::clear_step()
{
    step_.clear();
    due_ = late_ = answered_ = 0;
}

void OpenLoop::on_open(Connection& connection, TimePoint /*now*/)
{
    connection.use(messages_.of(connection), connection.index * 31);
}

void OpenLoop::on_answers(Connection& connection, std::uint64_t count, TimePoint now)
{
    out_ -= count;
    connection.in_flight.pop(count, [&](TimePoint due, std::uint64_t messages) {
        if (due < count_begin_ || due >= count_end_)
            return;
        step_.record((now - due).count(), messages);
        if (now < count_end_) {
            answered_ += messages;
            bench_.meter.record(now - due, messages);
        } else {
            bench_.meter.record_late(now - due, messages);
        }
        bench_.meter.count_payload(messages * bench_.options.size);
    });
}

void OpenLoop::on_ended(Connection& connection, TimePoint /*now*/)
{
    const std::uint64_t lost = connection.in_flight.messages();
    out_ -= lost;
    if (lost > 0)
        bench_.fleet.count_error({"message lost", "messages were lost with their connection"}, lost);
    connection.in_flight.clear();
}

void OpenLoop::send_due(TimePoint now)
{
    touched_.clear();
    while (bench_.fleet.open_count() > 0) {
        const TimePoint due = schedule_->next_due();
        if (!schedule_->take(now))
            break;
        while (bench_.fleet.at(next_connection_).state() != Connection::State::open)
            next_connection_ = (next_connection_ + 1) % bench_.fleet.size();
        Connection& connection = bench_.fleet.at(next_connection_);
        next_connection_ = (next_connection_ + 1) % bench_.fleet.size();
        if (connection.tag == 0) {
            connection.tag = 1;
            touched_.push_back(connection.index);
        }
        connection.queue(1, due);
        ++out_;
        if (due >= count_begin_ && due < count_end_) {
            ++due_;
            late_ += now - due > late_by ? 1 : 0;
        }
    }
    for (const std::size_t index : touched_) {
        bench_.fleet.at(index).tag = 0;
        bench_.fleet.flush(bench_.fleet.at(index));
    }
    if (out_ > most_out && !is_hopeless_) {
        is_hopeless_ = true;
        bench_.fleet.count_error({"fell behind", "the server fell behind by " + count_text(static_cast<double>(out_)) + " messages"});
    }
}

void OpenLoop::send(double rate, TimePoint end)
{
    if (!schedule_)
        schedule_.emplace(Fleet::now(), rate);
    while (!bench_.fleet.is_stopped() && bench_.fleet.open_count() > 0 && !is_hopeless_) {
        const TimePoint now = Fleet::now();
        if (now >= end)
            return;
        send_due(now);
        bench_.fleet.turn(std::min({schedule_->next_due(), end, bench_.meter.next_tick()}));
        bench_.meter.tick(Fleet::now());
    }
}

} // namespace jackfield::bench
