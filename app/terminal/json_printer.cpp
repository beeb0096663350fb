#include "app/terminal/json_printer.h"

#include "app/terminal/event_json.h"

namespace jackfield::app {
namespace {

WallTime now()
{
    return std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now());
}

} // namespace

void JsonPrinter::listening(const ServerStatus& status)
{
    const WallTime at = now();
    for (const ListenerStatus& listener : status.listeners) {
        if (listener.listening && !has_told_listeners_)
            screen_.add(json_lines({0, at, event::Listening{listener.bound, listener.speaks, status.tls != nullptr}}));
    }
    has_told_listeners_ = true;
    screen_.add(json_ready_line(status, at));
}

void JsonPrinter::event(const Event& event)
{
    if (const std::string lines = json_lines(event); !lines.empty())
        screen_.add(lines);
}

void JsonPrinter::note(WallTime at, std::string_view text)
{
    screen_.add(json_notice_line(text, at));
}

void JsonPrinter::answer(const EnteredLine& line, const Answer& answer)
{
    const WallTime at = now();
    for (const LiveConnection& each : answer.users)
        screen_.add(json_connection_line(*each.info, each.counters, at));
    JsonResult result;
    result.id = line.id;
    result.command = line.text;
    result.finished = answer.finished ? &*answer.finished : nullptr;
    result.error = answer.error ? &*answer.error : nullptr;
    for (std::size_t from = 0; from < answer.text.size();) {
        const std::size_t end = std::min(answer.text.find('\n', from), answer.text.size());
        result.lines.push_back(answer.text.substr(from, end - from));
        from = end + 1;
    }
    screen_.add(json_result_line(result, at));
}

void JsonPrinter::step(const StepResult& result)
{
    screen_.add(json_step_line(result, now()));
}

void JsonPrinter::message(const TrafficRecord& record, const std::shared_ptr<const ConnectionInfo>& info)
{
    screen_.add(json_line(record, info ? info->number : 0, true));
}

} // namespace jackfield::app
