#include "app/terminal/script_runner.h"

#include "jackfield/escape.h"

#include <utility>

namespace jackfield::app {
namespace {

/// No text of a failure becomes longer, however much has happened.
constexpr std::size_t longest_what = 4'000;

} // namespace

ScriptRunner::Next ScriptRunner::next(TimePoint now)
{
    while (!over_ && !steps_.empty()) {
        const bool is_new = !running_;
        if (is_new)
            begin(now);
        const ScriptStep& step = steps_.front();
        if (step.is_command()) {
            if (!is_new)
                return {Next::Kind::wait};
            if (has_looked_ && !std::get<ScriptCommand>(step.what).only_asks) {
                has_looked_ = false;
                log_.begin_anew();
            }
            return {Next::Kind::command, step};
        }
        has_looked_ = true;
        if (const auto* expectation = std::get_if<Expectation>(&step.what)) {
            if (const Happening* found = log_.take(*expectation)) {
                end(StepResult::Outcome::good, describe(*found), now);
                continue;
            }
            // What was in time is looked at before the limit.
            if (now >= until_) {
                end(StepResult::Outcome::failed,
                    "expected " + describe(*expectation)
                        + "; what came instead: " + log_.instead_of(*expectation),
                    now);
                continue;
            }
        } else if (now >= until_) {
            end(StepResult::Outcome::good, {}, now);
            continue;
        }
        return {Next::Kind::wait, {}, until_};
    }
    return {};
}

void ScriptRunner::begin(TimePoint now)
{
    running_ = true;
    begun_ = now;
    until_ = now;
    const auto& what = steps_.front().what;
    if (const auto* wait = std::get_if<ScriptWait>(&what))
        until_ += wait->time;
    else if (const auto* expectation = std::get_if<Expectation>(&what))
        until_ += expectation->within;
}

void ScriptRunner::command_ended(const std::string& problem, TimePoint now)
{
    if (over_ || !running_ || !steps_.front().is_command())
        return;
    end(problem.empty() ? StepResult::Outcome::good : StepResult::Outcome::failed, problem, now);
}

void ScriptRunner::end(StepResult::Outcome outcome, std::string what, TimePoint now)
{
    if (!report(outcome, std::move(what), now) && (!options_.keep_going || outcome == StepResult::Outcome::stopped))
        abandon_rest();
}

/// What came of the step that runs; whether that is good.
bool ScriptRunner::report(StepResult::Outcome outcome, std::string what, TimePoint now)
{
    if (what.size() > longest_what) {
        // Not within a character.
        std::size_t end = longest_what;
        while (end > 0 && (static_cast<unsigned char>(what[end]) & 0xc0U) == 0x80U)
            --end;
        what.resize(end);
        what += "...";
    }
    StepResult result{std::move(steps_.front()), outcome, std::move(what), now - begun_};
    steps_.pop_front();
    running_ = false;
    const bool is_good = outcome == StepResult::Outcome::good;
    all_good_ = all_good_ && is_good;
    if (outcome == StepResult::Outcome::failed && std::holds_alternative<Expectation>(result.step.what))
        all_met_ = false;
    if (on_result)
        on_result(result);
    return is_good;
}

bool ScriptRunner::break_off(TimePoint now)
{
    if (over_ || !running_ || steps_.front().is_command())
        return false;
    report(StepResult::Outcome::stopped, "Broken off: " + escape_for_terminal(steps_.front().text), now);
    return true;
}

void ScriptRunner::abandon_rest()
{
    over_ = true;
    std::deque<ScriptStep> rest;
    rest.swap(steps_);
    for (ScriptStep& step : rest) {
        if (on_result)
            on_result({std::move(step), StepResult::Outcome::not_run, {}, {}});
    }
}

void ScriptRunner::stop(const std::string& why, TimePoint now)
{
    if (over_ || steps_.empty())
        return;
    if (!running_)
        begin(now);
    end(StepResult::Outcome::stopped, why, now);
}

} // namespace jackfield::app
