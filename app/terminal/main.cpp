#include "app/shared/start_up.h"
#include "app/terminal/terminal_server.h"
#include "app/terminal/trust_question.h"

#include <sys/signalfd.h>

#include <csignal>
#include <cstdio>

using namespace jackfield;

int main(int argc, char** argv)
{
    const auto read
        = app::read_command_line(app::Program::terminal, std::vector<std::string>(argv + 1, argv + argc));
    if (const auto* end = std::get_if<app::EarlyEnd>(&read)) {
        std::fputs(end->output.c_str(), stdout);
        if (!end->problem.empty())
            std::fprintf(stderr, "jackfield-terminal: %s\n", end->problem.c_str());
        return end->exit_status;
    }

    // Before any thread is started, so that all of them leave these signals to the descriptor.
    std::signal(SIGPIPE, SIG_IGN);
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&signals, signal);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    const int signal_descriptor = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    if (signal_descriptor < 0) {
        std::perror("jackfield-terminal: cannot wait for signals");
        return 1;
    }

    auto start = app::start_up(std::get<app::CommandLine>(read));
    if (!start) {
        std::fprintf(stderr, "jackfield-terminal: %s\n", start.error().message().c_str());
        return 1;
    }
    if (!start->widenings.empty() && !start->trust_project
        && !app::is_project_trusted(start->project_path, start->widenings, signal_descriptor))
        return 1;
    return app::TerminalServer(std::move(*start)).run(signal_descriptor);
}
