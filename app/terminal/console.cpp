#include "app/terminal/console.h"

#include "app/terminal/answer_text.h"
#include "app/terminal/console_language.h"

namespace jackfield::app {

Console::Console(Port port)
    : port_(std::move(port))
    , names_(connections_.names())
{ }

void Console::enter(std::string_view line, Done done)
{
    const std::size_t start = line.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || line[start] == '#') {
        done({});
        return;
    }
    auto read = read_console_line(line, names_, port_.config_dir);
    if (!read) {
        done({std::move(read.error()), {}, {}});
        return;
    }
    if (auto* query = std::get_if<Query>(&*read)) {
        ask(std::move(*query), std::move(done));
        return;
    }
    Command command = std::move(std::get<Command>(*read));
    const Ticket ticket = port_.submit(command);
    if (ticket == 0) {
        done({Error{ErrorCode::too_large, 0, "the engine has too many commands waiting; try again in a moment"}, {}, {}});
        return;
    }
    waiting_ = Running{ticket, std::move(command), std::move(done)};
}

void Console::ask(Query query, Done done)
{
    if (status_ && std::holds_alternative<query::Help>(query)) {
        tell(query, done);
        return;
    }
    // All is told as it stands when the line is carried out, behind the commands before it.
    waiting_ = Asked{std::move(query), std::move(done)};
    port_.attach_state();
}

void Console::tell(const Query& query, const Done& done) const
{
    const Facts facts{connections_, *status_, totals_, std::chrono::system_clock::now(),
        std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now()), started_, width_};
    auto text = answer(query, facts);
    if (!text) {
        done({std::move(text.error()), {}, {}});
        return;
    }
    Answer told{{}, std::move(*text), {}};
    if (const auto* users = std::get_if<query::Users>(&query)) {
        if (const auto matching = connections_.matching(users->filter)) {
            for (const LiveConnection* each : *matching)
                told.users.push_back(*each);
        }
    }
    done(std::move(told));
}

void Console::take(const StateBatch& batch)
{
    if (connections_.take(batch))
        port_.attach_state();
    if (batch.status)
        status_ = batch.status;
    totals_ = batch.totals;
    if (batch.snapshot && status_ && std::holds_alternative<Asked>(waiting_)) {
        const Asked asked = std::move(std::get<Asked>(waiting_));
        waiting_ = std::monostate();
        tell(asked.query, asked.done);
    }
}

bool Console::take(const Event& event)
{
    connections_.take(event);
    const auto* finished = std::get_if<event::CommandFinished>(&event.what);
    const auto* running = std::get_if<Running>(&waiting_);
    if (!finished || !running || running->ticket != finished->ticket)
        return false;
    const Running done = std::move(std::get<Running>(waiting_));
    waiting_ = std::monostate();
    if (finished->error)
        done.done({finished->error, {}, *finished});
    else
        done.done({{}, describe_outcome(done.command, *finished) + "\n", *finished});
    return true;
}

} // namespace jackfield::app
