#pragma once

#include "app/shared/tls_service.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

/// The commands `certificate`, `trust` and `untrust`: takes words, gives lines. It prints nothing itself, so
/// that a program that does one thing and a console use it alike. Lines are printable ASCII or UTF-8 without
/// control characters.
class CertificateCommands {
public:
    /// How a command has ended, which is a program's exit status too.
    enum class End {
        done = 0, ///< all that was asked for is so
        failed = 1,
        misused = 2, ///< the words make no command
    };
    struct Output {
        std::function<void(const std::string& line)> line; ///< what was asked for
        std::function<void(const std::string& line)> progress; ///< what is being done, while it takes long
        std::function<void(const std::string& line)> problem; ///< why something was not done
        /// Asks a person for the passphrase of the key at `path`; nothing: nobody can be asked, or no answer.
        std::function<std::optional<std::string>(const std::string& path)> passphrase;
    };

    /// Whether a command begins with this word.
    [[nodiscard]] static bool knows(std::string_view word);
    /// How they are used, one line each.
    [[nodiscard]] static std::vector<std::string> help();

    /// `service` must outlive this. The functions of `output` are called on the thread that calls `run` or on
    /// the service's.
    CertificateCommands(TlsService& service, Output output);
    CertificateCommands(const CertificateCommands&) = delete;
    CertificateCommands& operator=(const CertificateCommands&) = delete;

    /// Begins the command and returns at once; `ended` is called once, on the service's thread or within this
    /// call. One at a time. Relative paths count from the process's folder.
    void run(const std::vector<std::string>& words, std::function<void(End)> ended);
    /// To be told of every status of the service, for the progress. The service's thread.
    void on_status(const TlsStatus& status);

private:
    struct State;

    std::shared_ptr<State> state_;
};

} // namespace jackfield::app
