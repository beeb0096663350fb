#include "ui/models/repeats.h"

#include "ui/bridge/engine_port.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace jackfield::ui {

namespace {

std::int64_t nanoseconds(std::chrono::milliseconds time)
{
    return std::chrono::nanoseconds(time).count();
}

} // namespace

struct Repeats::Running {
    std::uint64_t id = 0;
    Source source;
    QString what;
    Audience audience;
    QString whom;
    RepeatPlan plan;
    std::int64_t began = 0; // on the port's clock, in nanoseconds
    std::uint64_t step = 0; // intervals since it began, for the next sending
    std::int64_t due = 0; // of the next sending, jitter included
    std::uint64_t sent = 0;
    std::uint64_t missed = 0;
    std::uint64_t nobody = 0;
    int unanswered = 0;
};

Repeats::Repeats(EnginePort& port, const SendTarget& targets, std::function<double()> random, QObject* parent)
    : QObject(parent)
    , m_port(port)
    , m_targets(targets)
    , m_random(random ? std::move(random) : [] { return QRandomGenerator::global()->generateDouble(); })
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Repeats::sendDue);
}

Repeats::~Repeats() = default;

std::optional<std::uint64_t> Repeats::start(
    Source source, const QString& what, Audience audience, const QString& whom, RepeatPlan wanted)
{
    if (m_running.size() >= most)
        return std::nullopt;
    auto running = std::make_unique<Running>();
    running->id = ++m_lastId;
    running->source = std::move(source);
    running->what = what;
    running->audience = std::move(audience);
    running->whom = whom;
    wanted.interval = std::clamp(wanted.interval, shortestInterval, longestInterval);
    wanted.jitter = std::clamp(wanted.jitter, std::chrono::milliseconds(0), wanted.interval);
    if (wanted.times)
        wanted.times = std::max<std::uint64_t>(*wanted.times, 1);
    running->plan = wanted;
    running->began = m_port.clockNow();
    running->due = running->began;
    const std::uint64_t id = running->id;
    m_running.push_back(std::move(running));
    Q_EMIT changed();
    sendDue();
    return id;
}

Repeats::Running* Repeats::find(std::uint64_t id)
{
    const auto found = std::find_if(
        m_running.begin(), m_running.end(), [id](const auto& running) { return running->id == id; });
    return found == m_running.end() ? nullptr : found->get();
}

void Repeats::stop(std::uint64_t id)
{
    if (std::erase_if(m_running, [id](const auto& running) { return running->id == id; }) == 0)
        return;
    arm();
    Q_EMIT changed();
}

void Repeats::stopAll()
{
    if (m_running.empty())
        return;
    m_running.clear();
    arm();
    Q_EMIT changed();
}

void Repeats::finish(std::uint64_t id, const QString& why)
{
    const Running* running = find(id);
    if (running == nullptr)
        return;
    QString sentence = running->plan.times
        ? tr("Repeating to %1 ended after %2 of %3: %4")
              .arg(running->whom, formatCount(running->sent), formatCount(*running->plan.times), why)
        : tr("Repeating to %1 ended after %2: %3").arg(running->whom, formatCount(running->sent), why);
    if (running->missed != 0)
        sentence += tr(" (%1 were due while the window or the server was busy, and left out)")
                        .arg(formatCount(running->missed));
    stop(id);
    Q_EMIT ended(sentence);
}

void Repeats::plan(Running& running, std::int64_t now)
{
    const std::int64_t interval = nanoseconds(running.plan.interval);
    ++running.step;
    // One that is due by now is late already; its own jitter does not count for that.
    const std::int64_t since = now - running.began - nanoseconds(running.plan.jitter);
    const auto passed = static_cast<std::uint64_t>(std::max<std::int64_t>(since, 0) / interval);
    if (running.step <= passed) {
        running.missed += passed + 1 - running.step;
        running.step = passed + 1;
    }
    const std::int64_t planned = running.began + static_cast<std::int64_t>(running.step) * interval;
    const auto jitter = static_cast<std::int64_t>(
        (m_random() * 2.0 - 1.0) * static_cast<double>(nanoseconds(running.plan.jitter)));
    running.due = std::max(planned + jitter, now + 1);
}

void Repeats::sendOne(Running& running)
{
    const std::int64_t now = m_port.clockNow();
    const std::uint64_t id = running.id;
    if (m_targets.isGone(running.audience)) {
        finish(id, tr("its target is gone"));
        return;
    }
    Target target = m_targets.resolve(running.audience);
    if (target.kind == Target::Kind::none) {
        ++running.nobody;
        plan(running, now); // somebody may come
        return;
    }
    if (running.unanswered >= mostUnanswered) {
        ++running.missed;
        plan(running, now);
        return;
    }
    ++running.unanswered;
    ++running.sent;
    const bool last = running.plan.times && running.sent >= *running.plan.times;
    plan(running, now);
    m_port.submitWithReply(command_for(running.source(), std::move(target)), this,
        [this, id](const event::CommandFinished& outcome) {
            Running* answered = find(id);
            if (answered == nullptr)
                return;
            --answered->unanswered;
            if (outcome.error)
                finish(id, displayText(wordsOf(outcome.error->message()), 400));
        });
    if (last)
        finish(id, tr("all are sent"));
}

void Repeats::sendDue()
{
    const std::int64_t now = m_port.clockNow();
    std::vector<std::uint64_t> due;
    for (const auto& running : m_running) {
        if (running->due <= now)
            due.push_back(running->id);
    }
    for (const std::uint64_t id : due) {
        if (Running* running = find(id)) // it may have ended with another one
            sendOne(*running);
    }
    arm();
}

std::optional<std::int64_t> Repeats::nextDue() const
{
    std::optional<std::int64_t> next;
    for (const auto& running : m_running)
        next = std::min(next.value_or(running->due), running->due);
    return next;
}

void Repeats::arm()
{
    const auto next = nextDue();
    if (!next) {
        m_timer.stop();
        return;
    }
    const std::int64_t left = std::max<std::int64_t>(*next - m_port.clockNow(), 0);
    m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(std::chrono::nanoseconds(left)));
}

std::vector<RepeatStatus> Repeats::status() const
{
    std::vector<RepeatStatus> all;
    const std::int64_t now = m_port.clockNow();
    for (const auto& running : m_running) {
        all.push_back({running->id, running->what, running->whom, running->plan, running->sent,
            running->missed, running->nobody, std::max<std::int64_t>(running->due - now, 0)});
    }
    return all;
}

} // namespace jackfield::ui
