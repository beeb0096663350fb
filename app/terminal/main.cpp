#include "app/shared/output_file.h"
#include "app/shared/start_up.h"
#include "app/terminal/certificate_program.h"
#include "app/terminal/passphrase_question.h"
#include "app/terminal/script_session.h"
#include "app/terminal/terminal_server.h"
#include "app/terminal/trust_question.h"

#include <sys/signalfd.h>

#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <future>
#include <langinfo.h>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

using namespace jackfield;

namespace {

constexpr int most_tries = 3; // of a passphrase

/// -1 on failure.
int open_signals()
{
    // Before any thread is started, so that all of them leave these signals to the descriptor.
    std::signal(SIGPIPE, SIG_IGN);
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&signals, signal);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    return signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

/// The signal that has come and waits to be read; 0: none.
int signal_that_waits(int signal_descriptor)
{
    signalfd_siginfo info{};
    return ::read(signal_descriptor, &info, sizeof info) == static_cast<ssize_t>(sizeof info)
        ? static_cast<int>(info.ssi_signo)
        : 0;
}

/// False when the program cannot go on: a signal came, which `ended_by` then is, or the certificate was asked for on the
/// command line and its key stays shut.
bool open_key(app::StartUp& start, bool is_told, int signal_descriptor, int& ended_by)
{
    const auto status = start.tls->status();
    if (!status->passphrase_needed || !status->settings.own)
        return true;
    const std::string& path = status->settings.own->key_path;
    std::string why;
    for (int i = 0; i < most_tries; ++i) {
        auto passphrase = app::ask_passphrase(path, signal_descriptor);
        if (!passphrase) {
            ended_by = signal_that_waits(signal_descriptor);
            if (ended_by != 0)
                return false;
            if (why.empty())
                why = app::without_passphrase(path);
            break;
        }
        std::promise<app::OwnCertificateResult> opened;
        auto result = opened.get_future();
        start.tls->use_passphrase(std::move(*passphrase),
            [&opened](app::OwnCertificateResult answer) { opened.set_value(std::move(answer)); });
        if (const auto answer = result.get(); answer) {
            auto first = start.tls->wait_for_first();
            start.config.tls = std::move(first.credentials);
            start.notices.insert(start.notices.end(), first.notices.begin(), first.notices.end());
            return true;
        } else {
            why = answer.error().detail;
        }
        std::fprintf(stderr, "jackfield-terminal: %s\n", why.c_str());
    }
    std::fprintf(stderr, "jackfield-terminal: wss:// cannot be served: %s\n", why.c_str());
    return !is_told;
}

/// What was closed is opened on nothing, so that no descriptor of the program's own takes its place.
void open_standard_descriptors()
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
        if (::fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
            static_cast<void>(::open("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY)); // the lowest that is free
    }
}

/// For the width of characters, and for libedit.
void use_utf8()
{
    std::setlocale(LC_CTYPE, "");
    if (std::string_view(::nl_langinfo(CODESET)) != "UTF-8")
        std::setlocale(LC_CTYPE, "C.UTF-8");
}

} // namespace

int main(int argc, char** argv)
{
    open_standard_descriptors();
    use_utf8();
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const int signal_descriptor = open_signals();
    if (signal_descriptor < 0) {
        std::perror("jackfield-terminal: cannot wait for signals");
        return 1;
    }
    if (const auto status = app::run_certificate_program(arguments, signal_descriptor))
        return *status;
    const auto read = app::read_command_line(app::Program::terminal, arguments);
    if (const auto* end = std::get_if<app::EarlyEnd>(&read)) {
        std::fputs(end->output.c_str(), stdout);
        if (!end->problem.empty())
            std::fprintf(stderr, "jackfield-terminal: %s\n", end->problem.c_str());
        return end->exit_status;
    }

    const auto& command_line = std::get<app::CommandLine>(read);
    for (const auto& [option, path] : {std::pair("--ready-file", command_line.ready_file),
             std::pair("--junit", command_line.terminal.junit)}) {
        const auto checked = path.empty() ? Result<void>() : app::check_output_file(path);
        if (!checked) {
            std::fprintf(stderr, "jackfield-terminal: %s: %s\n", option, checked.error().message().c_str());
            return 2;
        }
    }
    app::ScriptSession session(command_line.terminal);
    if (!session.read(signal_descriptor)) {
        (void)session.finish();
        return 2;
    }
    const auto give_up = [&session](const std::string& why) {
        session.could_not_run(why);
        (void)session.finish();
        return 1;
    };
    auto start = app::start_up(command_line, app::process_environment(), signal_descriptor);
    if (!start) {
        std::fprintf(stderr, "jackfield-terminal: %s\n", start.error().message().c_str());
        return give_up(start.error().message());
    }
    if (!start->widenings.empty() && !start->trust_project
        && !app::is_project_trusted(start->project_path, start->widenings, signal_descriptor))
        return give_up("the project lets in more than before, which was not accepted");
    int ended_by = 0;
    const bool is_open = open_key(*start, command_line.tls == app::CommandLine::Tls::own, signal_descriptor, ended_by);
    if (ended_by != 0) {
        give_up("the program was ended by a signal, while it asked for the passphrase");
        return 128 + ended_by;
    }
    if (!is_open)
        return give_up("wss:// cannot be served: the key could not be opened");
    return app::TerminalServer(std::move(*start), command_line.terminal, session).run(signal_descriptor);
}
