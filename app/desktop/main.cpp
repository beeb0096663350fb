// The desktop program: wiring only.
#include "app/desktop/project_session.h"
#include "app/desktop/qt_arguments.h"
#include "app/desktop/session.h"
#include "app/desktop/single_instance.h"
#include "app/desktop/tls_session.h"
#include "app/shared/start_up.h"
#include "ui/benchmark/benchmark_offer.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/text/language.h"
#include "ui/views/main_window.h"
#include "ui/views/theme.h"
#include "ui/views/window_settings.h"

#include "jackfield/engine.h"
#include "jackfield/engine_thread.h"
#include "jackfield/escape.h"

#include <QApplication>
#include <QStandardPaths>
#include <QTimer>

#include <sys/signalfd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <unistd.h>
#include <variant>

namespace {

using namespace jackfield;

int fail_with(const std::string& problem, int status = 1)
{
    std::fprintf(stderr, "jackfield: %s\n", problem.c_str());
    return status;
}

/// Blocks SIGINT, SIGTERM and, unless it is to be ignored (nohup), SIGHUP in this thread and all that it
/// starts, and gives a descriptor that reads them; -1 on failure.
int open_signals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    struct sigaction of_hang_up { };
    if (sigaction(SIGHUP, nullptr, &of_hang_up) == 0 && of_hang_up.sa_handler != SIG_IGN)
        sigaddset(&signals, SIGHUP);
    if (pthread_sigmask(SIG_BLOCK, &signals, nullptr) != 0)
        return -1;
    return ::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

/// The signal that waits at `descriptor`; 0 when none does.
int waiting_signal(int descriptor)
{
    signalfd_siginfo info{};
    const bool is_there
        = descriptor >= 0 && ::read(descriptor, &info, sizeof info) == static_cast<ssize_t>(sizeof info);
    return is_there ? static_cast<int>(info.ssi_signo) : 0;
}

/// Qt aborts when it cannot reach the display; a person gets a sentence and an exit status instead.
void report_fatal(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    if (type == QtFatalMsg) {
        std::fprintf(stderr, "jackfield: no window can be opened: %s\n", qPrintable(message.simplified()));
        std::fflush(stderr);
        std::_Exit(1);
    }
    std::fprintf(stderr, "%s\n", qPrintable(qFormatLogMessage(type, context, message)));
}

/// However a person has written it. A folder that answers too slowly is not asked.
std::string name_of_folder(const app::ConfigStore& store)
{
    std::error_code error;
    const auto folder = store.is_in_use() ? std::filesystem::weakly_canonical(store.folder(), error)
                                          : std::filesystem::path(store.folder());
    return error ? store.folder() : folder.string();
}

int run(const app::CommandLine& command_line, const app::SplitArguments& arguments, char* program)
{
    std::signal(SIGPIPE, SIG_IGN);
    const int signals = open_signals();
    auto started = app::start_up(command_line);
    if (!started)
        return fail_with(started.error().message());

    std::vector<std::string> qt_arguments = arguments.qt;
    std::vector<char*> qt_argv{program};
    for (std::string& argument : qt_arguments)
        qt_argv.push_back(argument.data());
    qt_argv.push_back(nullptr);
    int qt_argc = static_cast<int>(qt_argv.size()) - 1;
    qInstallMessageHandler(report_fatal);
    QApplication application(qt_argc, qt_argv.data());
    qInstallMessageHandler(nullptr);
    QApplication::setApplicationName(QStringLiteral("jackfield"));
    QApplication::setApplicationDisplayName(QStringLiteral("Jackfield"));
    QApplication::setApplicationVersion(QStringLiteral(JACKFIELD_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("jackfield"));
    QApplication::setQuitOnLastWindowClosed(false); // the engine says when

    // Whoever asks for addresses of their own wants another server, not the window of this one.
    const bool is_single = started->store != nullptr && command_line.listeners.empty();
    app::SingleInstance instance(is_single ? name_of_folder(*started->store) : std::string(), signals);
    std::unique_ptr<QLockFile> turn;
    if (is_single) {
        turn = instance.wait_for_turn();
        std::string problem;
        if (const auto other = instance.show_other(started->project_path, problem)) {
            if (!started->ready_file.empty())
                return fail_with("Jackfield is running already (process " + std::to_string(*other)
                    + ") and no other server was started: " + escape_for_terminal(started->ready_file)
                    + " was not written. For a second server use --port or --listen.");
            std::printf("Jackfield is running already (process %lld); its window %s. "
                        "For a second server use --port or --listen.\n",
                static_cast<long long>(*other),
                started->project_path.empty() ? "is shown" : "opens the project");
            return 0;
        }
        if (const int signal = waiting_signal(signals))
            return 128 + signal;
        if (problem.empty())
            problem = instance.take_place().value_or("");
        if (!problem.empty())
            started->notices.push_back(problem);
    }
    // A folder that answers too slowly is left alone: what is read here, the window waits for.
    const bool has_folder = started->store && started->store->is_in_use();
    const QString window_file
        = has_folder ? QString::fromStdString(started->store->folder() + "/window.ini") : QString();
    ui::speak(ui::WindowSettings(window_file).text("language"));
    ui::Theme::instance();

    app::ProjectSession::Options projects;
    projects.config_folder = started->store ? started->store->folder() : std::string();
    projects.folder = app::project_of(started->config);
    projects.listens_as_told = started->listens_as_told;
    if (!started->project_path.empty())
        started->config.listeners.clear(); // nothing is bound before the project is there
    auto engine = Engine::create(std::move(started->config));
    if (!engine)
        return fail_with("the server could not be made: " + engine.error().message());
    auto thread = EngineThread::start(**engine);
    if (!thread)
        return fail_with("the server could not be started: " + thread.error().message());
    int status = 0;
    {
        ui::EngineBridge bridge(**engine);
        ui::MainWindow window(bridge, window_file);
        const QString data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
        ui::offerBenchmark(window, bridge, window_file, has_folder && !data.isEmpty() ? data + "/benchmarks" : QString(),
            started->store ? QString::fromStdString(started->store->folder()) : QString());
        app::ProjectSession project(bridge, window, std::move(projects));
        app::Session session(bridge, **thread, window, project, started->store.get(), started->ready_file, signals);
        // Its end comes before the store's, which it knows.
        app::TlsSession tls(bridge, window, *started->tls, [&started](const app::TlsSettings& settings) {
            if (started->store)
                started->store->remember_tls(settings);
        });
        QObject::connect(&tls, &app::TlsSession::notices, &session, &app::Session::show_notices);
        session.show_notices(started->notices);
        bool is_leaving = false;
        QObject::connect(&window, &ui::MainWindow::closed, &window, [&] {
            is_leaving = true;
            instance.leave_place();
        });
        QObject::connect(
            &instance, &app::SingleInstance::show_requested, &window, [&](const std::string& path) {
                if (is_leaving)
                    return;
                window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
                window.show();
                window.raise();
                window.activateWindow();
                if (!path.empty())
                    project.open(path);
            });
        window.show();
        if (!started->project_path.empty())
            project.open_at_start(started->project_path, started->trust_project);
        QTimer::singleShot(0, &instance, [&turn] { turn.reset(); }); // from here on it answers
        status = QApplication::exec();
    }
    if (signals >= 0)
        ::close(signals);
    return status;
}

} // namespace

int main(int argc, char** argv)
{
    const app::SplitArguments arguments = app::split_arguments(argc, argv);
    const auto read = app::read_command_line(app::Program::desktop, arguments.own);
    if (const auto* end = std::get_if<app::EarlyEnd>(&read)) {
        std::fputs(end->output.c_str(), stdout);
        if (!end->problem.empty())
            fail_with(end->problem);
        return end->exit_status;
    }
    if (const auto problem = app::missing_display(arguments.qt))
        return fail_with(*problem);
    return run(std::get<app::CommandLine>(read), arguments, argv[0]);
}
