#include "app/terminal/certificate_program.h"

#include "app/shared/start_up.h"
#include "app/terminal/certificate_commands.h"
#include "app/terminal/passphrase_question.h"

#include <sys/eventfd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <poll.h>
#include <unistd.h>

namespace jackfield::app {
namespace {

struct Call {
    std::vector<std::string> words;
    std::optional<std::string> config_dir;
    bool is_other = false; ///< options that are none of these stand before the first word
    bool wants_help = false;
    std::string mistake;
};

Call read_call(const std::vector<std::string>& arguments)
{
    constexpr std::string_view option = "--config-dir";
    Call call;
    bool only_words = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (only_words || !argument.starts_with('-') || argument == "-") {
            call.words.push_back(argument);
        } else if (argument == "--") {
            only_words = true;
        } else if (argument == "-h" || argument == "--help") {
            call.wants_help = true;
        } else if (argument == option && i + 1 < arguments.size()) {
            call.config_dir = arguments[++i];
        } else if (argument.starts_with(std::string(option) + "=")) {
            call.config_dir = argument.substr(option.size() + 1);
        } else if (call.words.empty()) {
            call.is_other = true;
        } else if (call.mistake.empty()) {
            call.mistake = argument == option ? "--config-dir needs the name of a folder"
                                              : argument + " is no option of this command";
        }
    }
    if (call.config_dir && call.config_dir->empty())
        call.mistake = "--config-dir needs the name of a folder";
    if (call.config_dir)
        call.config_dir = absolute_path(*call.config_dir);
    return call;
}

void tell_problem(const std::string& text)
{
    std::fprintf(stderr, "jackfield-terminal: %s\n", text.c_str());
}

void print(const std::string& text)
{
    std::fprintf(stdout, "%s\n", text.c_str());
    std::fflush(stdout);
}

/// Waits for the command's end or a signal; false for the signal.
bool wait_for(int ended, int signal_descriptor)
{
    std::array<pollfd, 2> waiting{{{ended, POLLIN, 0}, {signal_descriptor, POLLIN, 0}}};
    while (::poll(waiting.data(), waiting.size(), -1) < 0) { }
    return waiting[0].revents != 0;
}

int run_command(const Call& call, int signal_descriptor)
{
    // The same folder, found the same way, as a server uses.
    auto opened = open_config_store(call.config_dir, process_environment());
    if (!opened) {
        tell_problem(opened.error().message());
        return 1;
    }
    if (!opened->notice.empty())
        tell_problem(opened->notice);
    if (!opened->store)
        return 1;
    ConfigStore& store = *opened->store;
    for (const std::string& sentence : store.loaded().notices)
        tell_problem(sentence);
    ConfigStore::Callbacks saving;
    saving.on_problem = [](const std::string& problem) { tell_problem(problem); };
    saving.on_notices = [](const std::vector<std::string>& notices) {
        for (const std::string& sentence : notices)
            tell_problem(sentence);
    };
    store.start(std::move(saving));

    TlsService::Options options;
    options.configuration_folder = store.folder();
    options.settings = store.loaded().tls;
    options.serves = false;
    auto service = TlsService::create(std::move(options));
    if (!service) {
        tell_problem(service.error().message());
        return 1;
    }
    const int ended = eventfd(0, EFD_CLOEXEC);
    if (ended < 0) {
        std::perror("jackfield-terminal: no descriptor");
        return 1;
    }
    CertificateCommands::Output output;
    output.line = print;
    output.progress = [](const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); };
    output.problem = tell_problem;
    output.passphrase = [signal_descriptor](const std::string& path) {
        auto answer = ask_passphrase(path, signal_descriptor);
        if (!answer && ::isatty(STDIN_FILENO) == 0)
            tell_problem(without_passphrase(path));
        return answer;
    };
    int status = 1;
    bool is_changed = false;
    {
        CertificateCommands commands(**service, std::move(output));
        TlsService::Callbacks callbacks;
        callbacks.on_status
            = [&commands](const std::shared_ptr<const TlsStatus>& now) { commands.on_status(*now); };
        callbacks.on_notice = [](const std::string& sentence) { tell_problem(sentence); };
        callbacks.on_settings = [&store, &is_changed](const TlsSettings& settings) {
            is_changed = true;
            store.remember_tls(settings);
        };
        static_cast<void>((*service)->wait_for_first());
        (*service)->start(std::move(callbacks));
        commands.run(call.words, [&status, ended](CertificateCommands::End how) {
            status = static_cast<int>(how);
            const std::uint64_t one = 1;
            [[maybe_unused]] const ssize_t written = ::write(ended, &one, sizeof one);
        });
        const bool has_ended = wait_for(ended, signal_descriptor);
        (*service)->close();
        if (!has_ended)
            status = 1;
    }
    service->reset();
    ::close(ended);
    store.close();
    if (is_changed && (store.has_unsaved() || !store.is_in_use())) {
        tell_problem("The settings were not saved");
        status = 1;
    }
    if (status == 0 && is_changed && call.words.front() == "certificate")
        print("A server that runs takes it over within seconds, unless its command line says what is served "
              "(--tls, --tls-certificate, --no-tls)");
    return status;
}

} // namespace

std::optional<int> run_certificate_program(const std::vector<std::string>& arguments, int signal_descriptor)
{
    const Call call = read_call(arguments);
    if (call.is_other || call.words.empty() || !CertificateCommands::knows(call.words.front()))
        return std::nullopt;
    if (call.wants_help) {
        for (const std::string& usage : CertificateCommands::help())
            print("jackfield-terminal " + usage);
        print("--config-dir DIR                         the folder for settings that the server uses");
        return 0;
    }
    if (!call.mistake.empty()) {
        tell_problem(call.mistake + "\nTry jackfield-terminal certificate --help.");
        return 2;
    }
    return run_command(call, signal_descriptor);
}

} // namespace jackfield::app
