#pragma once

#include "app/shared/config_store.h"
#include "app/shared/project_disk.h"
#include "app/shared/project_trust.h"
#include "app/shared/tls_service.h"

#include "jackfield/config.h"
#include "jackfield/lanes.h"
#include "jackfield/result.h"
#include "jackfield/socket_address.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace jackfield::app {

enum class Program : std::uint8_t { desktop, terminal };

/// What the terminal alone is asked for.
struct TerminalOptions {
    bool json = false; ///< --json: standard output is JSON Lines
    bool messages = false; ///< --messages: they are told, too
    std::string script; ///< --script: its file, `-` for standard input; empty: none
    bool keep_going = false; ///< --keep-going
    bool stay = false; ///< --stay
    std::string junit; ///< --junit: the report's file, absolute; empty: none
};

/// What the command line asks for.
struct CommandLine {
    Program program = Program::desktop;
    std::string project; ///< the project file to open, absolute; empty: none
    bool trust_project = false; ///< its widening lines are accepted without a question
    std::vector<ListenSpec> listeners; ///< from --listen and --port; empty: those of the settings
    std::optional<std::string> config_dir; ///< from --config-dir; else the user's own folder
    std::vector<std::string> allow_hosts; ///< entries for the host list until the program ends; checked
    std::vector<std::string> allow_origins; ///< entries for the origin list until the program ends; checked
    std::string ready_file; ///< where to write the address lines once the program listens; empty: nowhere
    std::uint32_t threads = 1; ///< EngineConfig::threads, 1..64
    enum class Tls : std::uint8_t {
        as_settings,
        development, ///< --tls
        own, ///< --tls-certificate and --tls-key
        off, ///< --no-tls
    };
    Tls tls = Tls::as_settings; ///< for this run
    OwnCertificateFiles tls_files; ///< with Tls::own; absolute paths
    TerminalOptions terminal;
};

/// The program ends here: after --help, --version or a mistake on the command line.
struct EarlyEnd {
    int exit_status = 0; ///< 0, or 2 for a mistake
    std::string output; ///< for standard output
    /// For standard error: what is wrong and what would be right, without the program's name in front.
    std::string problem;
};

/// Reads the command line. `arguments` does not hold the program's name. The desktop passes on to Qt what Qt
/// takes from the command line before it calls this.
[[nodiscard]] std::variant<CommandLine, EarlyEnd> read_command_line(
    Program program, const std::vector<std::string>& arguments);

/// A path from the command line as one from the root on, past links as the kernel goes, but for the last part.
[[nodiscard]] std::string absolute_path(const std::string& path);

/// How to ask for an environment variable; nullopt when it is not set.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;
[[nodiscard]] Environment process_environment();

/// The folder for settings where --config-dir does not say: `$XDG_CONFIG_HOME/jackfield`, else
/// `$HOME/.config/jackfield`; nullopt when neither is set to an absolute path.
[[nodiscard]] std::optional<std::string> default_config_dir(const Environment& environment);

/// The settings' folder, opened.
struct OpenedStore {
    std::unique_ptr<ConfigStore> store; ///< null: none can be used, and settings are in memory only
    std::string notice; ///< a sentence when the store is null, or not in the first folder that was tried
};
/// Opens `config_dir`, or else the user's own folder. Blocks as ConfigStore::open. Errors: `config_dir` cannot be used.
[[nodiscard]] Result<OpenedStore> open_config_store(
    const std::optional<std::string>& config_dir, const Environment& environment);

/// All that a front end needs to make an engine.
struct StartUp {
    EngineConfig config;
    /// Null when no folder can be used: settings live in memory only. Null in the terminal with a project, which replaces all
    /// that the folder holds.
    std::unique_ptr<ConfigStore> store;
    /// The terminal's project; `config` is made from it, as if its widening lines were accepted. The desktop reads
    /// `project_path` when its window is there, and until then listens nowhere.
    std::optional<ReadProject> project;
    std::vector<Widening> widenings; ///< of `project`: to be asked about before `config` is used
    std::string project_path;
    bool trust_project = false;
    bool listens_as_told = false; ///< the addresses are those of the command line, whatever a project says
    std::vector<std::string>
        notices; ///< sentences for a person: what was found wrong and what is done about it
    std::string ready_file;
    std::optional<std::string> config_dir; ///< what --config-dir named, absolute
    /// What serves TLS; `config.tls` holds what is ready by now. Its `start` is the owner's to call. Its settings are
    /// those of the folder, with a project too. Never null.
    std::unique_ptr<TlsService> tls;
};

/// Puts the command line and the files together. Blocks while the files are read (a second or two at most, in the
/// terminal as long as its project takes, and a certificate that the command line asks for).
/// Errors: a folder given by --config-dir that cannot be used; in the terminal a project that cannot, as
/// ProjectDisk::read; a certificate that the command line asks for and that cannot be served, unless all that is
/// missing is a passphrase (TlsStatus::passphrase_needed); not_running when `interrupting` (a descriptor; -1: none)
/// becomes readable while that certificate is waited for. The user's own folder and the settings' certificate only
/// give a notice.
[[nodiscard]] Result<StartUp> start_up(
    const CommandLine& command_line, const Environment& environment = process_environment(), int interrupting = -1);

/// `Listening on ws://127.0.0.1:4567/` for each address that listens, in their order; IPv6 in brackets. One that
/// speaks TLS alone says `wss://...`, one that speaks both `ws://... and wss://...`; without a certificate nothing
/// says `wss://`.
[[nodiscard]] std::vector<std::string> address_lines(const ServerStatus& status);
[[nodiscard]] std::string address_line(
    const SocketAddress& bound, ListenerKind speaks, bool has_certificate);

/// Writes the address lines to `path`, whole or not at all, for scripts that wait for the program. Errors: as
/// write_output_file (output_file.h).
[[nodiscard]] Result<void> write_ready_file(const std::string& path, const std::vector<std::string>& lines);

} // namespace jackfield::app
