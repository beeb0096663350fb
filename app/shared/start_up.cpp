#include "app/shared/start_up.h"

#include "app/shared/config_file_names.h"
#include "app/shared/listen_list.h"
#include "app/shared/output_file.h"
#include "app/shared/settings_file.h"

#include "jackfield/atomic_file.h"
#include "jackfield/escape.h"
#include "jackfield/event_text.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace jackfield::app {
namespace {

std::string name_of(Program program)
{
    return program == Program::desktop ? "jackfield" : "jackfield-terminal";
}

std::string purpose_of(Program program)
{
    return program == Program::desktop
        ? "Jackfield: a desktop WebSocket server for people who write browser code."
        : "Jackfield in a terminal: a WebSocket server for people who write browser code.";
}

constexpr const char* footer
    = "Without --listen and --port it listens where the settings say, at first on 127.0.0.1 and [::1], port "
      "4567.\n"
      "The folder for settings is $XDG_CONFIG_HOME/jackfield or ~/.config/jackfield. It holds Hosts.dat "
      "(names this\n"
      "server answers to), Origins.dat (pages that may connect) and settings.jackfield.json. A project's own "
      "listeners, access,\n"
      "endpoints, limits and templates take the place of all these.";
constexpr const char* terminal_footer
    = "\n\nCommands are read from standard input, one a line: help lists them. At a terminal they can be edited, with history and\n"
      "completion (Tab); Ctrl+D or quit ends the server. From a pipe or a file they are carried out one after the other, and\n"
      "after the last one the server serves on until quit or a signal, as it does with nothing at standard input.\n"
      "Every client gets close code 1001 at the end."
      "\n\nCommands that do one thing and end (jackfield-terminal certificate --help says more):\n"
      "  jackfield-terminal certificate [on [NAME...] | renew [NAME...] | use CHAIN KEY | off | export FILE]\n"
      "  jackfield-terminal trust [chromium|firefox|PATH...]\n"
      "  jackfield-terminal untrust [chromium|firefox|PATH...]";

EarlyEnd mistake(Program program, const std::string& what)
{
    return {2, {}, what + "\nTry " + name_of(program) + " --help."};
}

void add_terminal_options(CLI::App& cli, TerminalOptions& options)
{
    cli.add_flag("--json", options.json,
        "Print JSON Lines: the addresses first, then everything that happens and the result of each command. Commands may be JSON, too.");
    cli.add_flag("--messages", options.messages, "Print the messages of the connections, too.");
    auto* script = cli.add_option("--script", options.script,
        "Run the commands of this file one after the other, with wait 500ms and with expect connection, expect message TEXT, "
        "expect close 4001 and the like, then end: with status 0 if all of it held, else 1. A file called - is standard input.");
    script->type_name("FILE");
    cli.add_flag("--keep-going", options.keep_going, "Go on with the script when a step of it fails.")->needs(script);
    cli.add_flag("--stay", options.stay, "Go on serving after a script that held, until a signal comes.")->needs(script);
    cli.add_option("--junit", options.junit, "Write the script's outcome to this file, as JUnit XML.")
        ->type_name("FILE")
        ->needs(script);
}

/// What is wrong with them; empty: nothing.
std::string judge(TerminalOptions& options, bool has_script, bool has_report)
{
    if (has_script && options.script.empty())
        return "--script needs the name of a file";
    if (has_report && options.junit.empty())
        return "--junit needs the name of a file";
    if (has_report)
        options.junit = absolute_path(options.junit);
    return {};
}

std::optional<std::string> first_bad_entry(ListKind kind, const std::vector<std::string>& entries)
{
    AccessList probe;
    for (const std::string& entry : entries) {
        const auto pattern = parse_access_pattern(kind, entry);
        if (!pattern)
            return pattern.error().detail;
        if (pattern->form == AccessPattern::Form::null_origin)
            return "\"null\" stands for pages without an origin, as which any web site can pose; they can "
                   "only be let in for "
                   "a time, in the window. Serve the page over http instead";
    }
    return std::nullopt;
}

std::vector<std::string> candidate_dirs(const Environment& environment)
{
    std::vector<std::string> candidates;
    if (const auto xdg = environment("XDG_CONFIG_HOME"); xdg && xdg->starts_with('/'))
        candidates.push_back(*xdg + "/jackfield");
    if (const auto home = environment("HOME"); home && home->starts_with('/'))
        candidates.push_back(*home + "/.config/jackfield");
    return candidates;
}

} // namespace

// Where the kernel finds it: a ".." behind a link leads out of the link's target. The last part stays, so that
// a link keeps its name and nothing is asked of the folder itself, which may be slow.
std::string absolute_path(const std::string& path)
{
    std::error_code error;
    std::filesystem::path whole = std::filesystem::absolute(path, error);
    if (error)
        return path;
    while (!whole.has_filename() && whole.has_relative_path())
        whole = whole.parent_path();
    if (whole.filename() == "." || whole.filename() == "..") {
        const auto followed = std::filesystem::weakly_canonical(whole, error);
        return error ? whole.string() : followed.string();
    }
    const auto folder = std::filesystem::weakly_canonical(whole.parent_path(), error);
    return error ? whole.string() : (folder / whole.filename()).string();
}

std::variant<CommandLine, EarlyEnd> read_command_line(
    Program program, const std::vector<std::string>& arguments)
{
    CommandLine line;
    line.program = program;
    CLI::App cli(purpose_of(program), name_of(program));
    cli.footer(footer + std::string(program == Program::terminal ? terminal_footer : ""));
    cli.set_help_flag("-h,--help", "Show this help and end.");
    cli.set_version_flag("--version", name_of(program) + " " JACKFIELD_VERSION, "Show the version and end.");
    std::vector<std::string> addresses;
    std::string port;
    std::string config_dir;
    auto* listen = cli.add_option("--listen", addresses,
        "Listen on this address only, as in 127.0.0.1:4567, [::1]:4567 or *:4567 (all addresses); may be "
        "given several times. "
        "Port 0: the system chooses. With ,ws or ,wss behind it that alone is spoken there.");
    listen->type_name("ADDRESS:PORT")->expected(1)->take_all();
    auto* port_option = cli.add_option(
        "--port", port, "Listen on 127.0.0.1 and [::1] with this port. 0: the system chooses.");
    port_option->type_name("N")->excludes(listen);
    auto* config
        = cli.add_option("--config-dir", config_dir, "Keep the lists and the settings in this folder.");
    config->type_name("DIR");
    if (program == Program::terminal) {
        cli.add_option("--allow-origin", line.allow_origins,
               "Let in pages of this origin until the program ends, as in http://localhost:5173; may be "
               "given several times.")
            ->type_name("ORIGIN")
            ->expected(1)
            ->take_all();
        cli.add_option("--allow-host", line.allow_hosts,
               "Answer to this host name until the program ends, as in devbox.local; may be given several "
               "times.")
            ->type_name("HOST")
            ->expected(1)
            ->take_all();
        add_terminal_options(cli, line.terminal);
    }
    cli.add_option(
           "--ready-file", line.ready_file, "Write the addresses to this file once the program listens.")
        ->type_name("FILE");
    cli.add_option("--threads", line.threads,
           "Carry the WebSockets on this many threads, 1 to 64, for a page that one core cannot serve. At first 1.")
        ->type_name("N")
        ->check(CLI::Range(1U, max_threads).description(""));
    bool wants_tls = false;
    bool wants_no_tls = false;
    auto* tls = cli.add_flag("--tls", wants_tls,
        "Serve wss:// too with the development certificate, which is made where there is none; for this run.");
    auto* no_tls = cli.add_flag("--no-tls", wants_no_tls, "Serve no wss://, whatever the settings say; for this run.");
    auto* tls_certificate = cli.add_option("--tls-certificate", line.tls_files.chain_path,
        "Serve wss:// too with this certificate (PEM, its issuers behind it); for this run. Needs --tls-key.");
    tls_certificate->type_name("FILE");
    auto* tls_key = cli.add_option("--tls-key", line.tls_files.key_path, "The certificate's private key (PEM).");
    tls_key->type_name("FILE");
    tls->excludes(no_tls);
    tls_certificate->needs(tls_key)->excludes(tls)->excludes(no_tls);
    tls_key->needs(tls_certificate);
    auto* project = cli.add_option("project", line.project,
        "Open this project, a file NAME.jackfield.json with listeners, endpoints, access, limits and templates.");
    project->type_name("PROJECT");
    cli.add_flag("--trust-project", line.trust_project,
        "Accept without a question that the project lets in more than this machine's own names, or listens on "
        "the network.");
    try {
        cli.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::ParseError& error) {
        std::ostringstream output;
        std::ostringstream problem;
        if (cli.exit(error, output, problem) == 0)
            return EarlyEnd{0, output.str(), {}};
        return mistake(program, error.what());
    }

    if (program == Program::terminal) {
        const std::string wrong = judge(line.terminal, cli.count("--script") > 0, cli.count("--junit") > 0);
        if (!wrong.empty())
            return mistake(program, wrong);
    }
    if (!addresses.empty()) {
        auto parsed = parse_listen_list(addresses, false);
        if (!parsed)
            return mistake(program, "--listen " + parsed.error().detail);
        line.listeners = std::move(*parsed);
    } else if (port_option->count() > 0) {
        std::uint16_t number = 0;
        const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
        if (read.ec != std::errc() || read.ptr != port.data() + port.size())
            return mistake(program,
                "--port needs a number from 0 to 65535, and \"" + escape_for_terminal(port, 64) + "\" is none; 0 lets the system choose");
        line.listeners = default_listeners(number);
    }
    if (config->count() > 0) {
        if (config_dir.empty())
            return mistake(program, "--config-dir needs the name of a folder");
        line.config_dir = absolute_path(config_dir);
    }
    if (project->count() > 0) {
        if (line.project.empty())
            return mistake(program, "PROJECT needs the name of a file");
        if (line.project.find_first_not_of("0123456789") == std::string::npos)
            return mistake(program, line.project + " is a number and no project; for a port use --port " + line.project);
        line.project = absolute_path(line.project);
    } else if (line.trust_project) {
        return mistake(program, "--trust-project needs a PROJECT");
    }
    if (tls_certificate->count() > 0) {
        line.tls = CommandLine::Tls::own;
        for (const auto& [option, path] : {std::pair("--tls-certificate", &line.tls_files.chain_path),
                 std::pair("--tls-key", &line.tls_files.key_path)}) {
            if (path->empty())
                return mistake(program, std::string(option) + " needs the name of a file");
            // Links stay, as they are how certificates are replaced.
            std::error_code ignored;
            const auto absolute = std::filesystem::absolute(*path, ignored);
            if (!ignored)
                *path = absolute.string();
        }
    } else if (wants_tls) {
        line.tls = CommandLine::Tls::development;
    } else if (wants_no_tls) {
        line.tls = CommandLine::Tls::off;
    }
    if (const auto bad = first_bad_entry(ListKind::hosts, line.allow_hosts))
        return mistake(program, "--allow-host " + *bad);
    if (const auto bad = first_bad_entry(ListKind::origins, line.allow_origins))
        return mistake(program, "--allow-origin " + *bad);
    return line;
}

Environment process_environment()
{
    return [](std::string_view name) -> std::optional<std::string> {
        const char* value = std::getenv(std::string(name).c_str());
        return value ? std::optional<std::string>(value) : std::nullopt;
    };
}

std::optional<std::string> default_config_dir(const Environment& environment)
{
    const auto candidates = candidate_dirs(environment);
    return candidates.empty() ? std::nullopt : std::optional(candidates.front());
}

Result<OpenedStore> open_config_store(
    const std::optional<std::string>& config_dir, const Environment& environment)
{
    OpenedStore result;
    if (config_dir) {
        auto store = ConfigStore::open(*config_dir);
        if (!store)
            return tl::unexpected<Error>(std::move(store.error()));
        result.store = std::move(*store);
        return result;
    }
    std::string tried;
    for (const std::string& folder : candidate_dirs(environment)) {
        auto store = ConfigStore::open(folder);
        if (store) {
            result.store = std::move(*store);
            if (!tried.empty())
                result.notice = "Settings and lists are kept in " + folder + ": " + tried;
            return result;
        }
        tried += (tried.empty() ? "" : "; ") + store.error().message();
    }
    result.notice = "Settings and lists are kept in memory only: "
        + (tried.empty() ? std::string("neither XDG_CONFIG_HOME nor HOME names a folder") : tried)
        + ". Use --config-dir to name another folder";
    return result;
}

namespace {

void take_settings(EngineConfig& config, const Settings& settings)
{
    config.listeners = settings.listeners;
    config.endpoints = settings.endpoints;
    config.access.origin_required = settings.origin_required;
    config.older_protocols = settings.older_protocols;
    config.limits = settings.limits;
    config.compression = settings.compression;
}

Result<void> open_project(const CommandLine& command_line, StartUp& result)
{
    auto read = ProjectDisk().read(command_line.project);
    if (!read)
        return tl::unexpected<Error>(std::move(read.error()));
    const Project project = trusted(read->project);
    take_settings(result.config, project.settings);
    result.config.access.hosts = project.hosts;
    result.config.access.origins = project.origins;
    result.widenings = widenings(read->project, {});
    if (!command_line.listeners.empty())
        std::erase_if(result.widenings,
            [](const Widening& widening) { return widening.what == Widening::What::listener; });
    result.notices.insert(result.notices.end(), read->notices.begin(), read->notices.end());
    result.project = std::move(*read);
    return {};
}

/// With a project the folder is only looked at.
TlsSettings tls_settings_in(const std::string& folder, std::vector<std::string>& notices)
{
    const auto text = read_whole_file(folder + "/" + std::string(settings_file_name), largest_settings_file);
    return text ? parse_tls_settings(*text, notices).value_or(TlsSettings()) : TlsSettings();
}

/// Listeners that are to speak TLS without a certificate being asked for.
void tell_of_idle_listeners(StartUp& result)
{
    for (const ListenSpec& listener : result.config.listeners) {
        const std::string how = ": there is no certificate; --tls or \"certificate on\" sees to that";
        if (listener.kind == ListenerKind::wss)
            result.notices.push_back("Nothing can connect to " + listener.address.text() + ", which speaks TLS alone" + how);
        else if (listener.kind == ListenerKind::both)
            result.notices.push_back("wss:// is not served on " + listener.address.text() + how);
    }
}

Result<void> start_tls(
    const CommandLine& command_line, const Environment& environment, int interrupting, StartUp& result)
{
    TlsService::Options options;
    if (result.store) {
        options.configuration_folder = result.store->folder();
        options.settings = result.store->loaded().tls;
    } else if (result.project) {
        options.configuration_folder
            = command_line.config_dir ? *command_line.config_dir : default_config_dir(environment).value_or("");
        if (!options.configuration_folder.empty())
            options.settings = tls_settings_in(options.configuration_folder, result.notices);
    }
    if (options.configuration_folder.empty())
        options.no_folder_why = "there is no folder for settings, which is where a development certificate is kept; "
                                "name one with --config-dir";
    options.is_for_this_run = command_line.tls != CommandLine::Tls::as_settings;
    switch (command_line.tls) {
    case CommandLine::Tls::as_settings:
        break;
    case CommandLine::Tls::development:
        options.settings.enabled = true;
        put_development_in_place(options.settings);
        break;
    case CommandLine::Tls::own:
        options.settings.enabled = true;
        options.settings.own = command_line.tls_files;
        options.settings.own_before.reset();
        break;
    case CommandLine::Tls::off:
        options.settings.enabled = false;
        break;
    }
    options.shows_age = command_line.program == Program::desktop;
    options.key_log_path = environment("SSLKEYLOGFILE").value_or("");
    const bool opens_later = command_line.program == Program::desktop && !command_line.project.empty();
    if (!options.settings.enabled && !opens_later)
        tell_of_idle_listeners(result);
    auto service = TlsService::create(std::move(options));
    if (!service)
        return tl::unexpected<Error>(std::move(service.error()));
    result.tls = std::move(*service);
    const bool is_told = command_line.tls == CommandLine::Tls::development || command_line.tls == CommandLine::Tls::own;
    // Who asks for it would rather wait than be without; a window has to come up, and shows what becomes of it.
    if (is_told && command_line.program == Program::terminal && !result.tls->wait_until_loaded(interrupting))
        return fail(ErrorCode::not_running, "ended before the certificate could be read");
    auto first = result.tls->wait_for_first();
    const auto status = result.tls->status();
    if (is_told && !first.credentials && !status->passphrase_needed && !status->problem.empty())
        return fail(ErrorCode::invalid_argument, "wss:// cannot be served: " + status->problem);
    result.config.tls = std::move(first.credentials);
    result.notices.insert(result.notices.end(), first.notices.begin(), first.notices.end());
    return {};
}

} // namespace

Result<StartUp> start_up(const CommandLine& command_line, const Environment& environment, int interrupting)
{
    StartUp result;
    result.ready_file = command_line.ready_file;
    if (command_line.config_dir)
        result.config_dir = absolute_path(*command_line.config_dir);
    result.project_path = command_line.project;
    result.trust_project = command_line.trust_project;
    result.listens_as_told = !command_line.listeners.empty();
    result.config.threads = command_line.threads;
    if (command_line.program == Program::terminal && !command_line.project.empty()) {
        if (auto opened = open_project(command_line, result); !opened)
            return tl::unexpected<Error>(std::move(opened.error()));
    } else {
        auto opened = open_config_store(command_line.config_dir, environment);
        if (!opened)
            return tl::unexpected<Error>(std::move(opened.error()));
        result.store = std::move(opened->store);
        if (!opened->notice.empty())
            result.notices.push_back(std::move(opened->notice));
        const StoredConfig stored = result.store ? result.store->loaded() : StoredConfig();
        result.notices.insert(result.notices.end(), stored.notices.begin(), stored.notices.end());
        result.config.listeners = stored.listeners;
        result.config.endpoints = stored.endpoints;
        result.config.access = stored.access;
        result.config.older_protocols = stored.older_protocols;
        result.config.limits = stored.limits;
        result.config.compression = stored.compression;
    }
    if (!command_line.listeners.empty())
        result.config.listeners = command_line.listeners;
    const auto allow = [&result](AccessList& list, ListKind kind, const std::vector<std::string>& entries) {
        for (const std::string& entry : entries) {
            if (const auto added = list.add(kind, entry, true); !added)
                result.notices.push_back(added.error().message());
        }
    };
    allow(result.config.access.hosts, ListKind::hosts, command_line.allow_hosts);
    allow(result.config.access.origins, ListKind::origins, command_line.allow_origins);
    if (auto started = start_tls(command_line, environment, interrupting, result); !started)
        return tl::unexpected<Error>(std::move(started.error()));
    return result;
}

std::string address_line(const SocketAddress& bound, ListenerKind speaks, bool has_certificate)
{
    return jackfield::describe({0, {}, event::Listening{bound, speaks, has_certificate}});
}

std::vector<std::string> address_lines(const ServerStatus& status)
{
    std::vector<std::string> lines;
    for (const ListenerStatus& listener : status.listeners) {
        if (listener.listening)
            lines.push_back(address_line(listener.bound, listener.speaks, status.tls != nullptr));
    }
    return lines;
}

Result<void> write_ready_file(const std::string& path, const std::vector<std::string>& lines)
{
    std::string content;
    for (const std::string& line : lines)
        content += line + "\n";
    return write_output_file(path, content);
}

} // namespace jackfield::app
