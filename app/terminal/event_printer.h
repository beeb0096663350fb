#pragma once

#include "app/shared/tls_status.h"
#include "app/terminal/console_output.h"
#include "app/terminal/screen.h"


#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

/// How the lines for a person look.
struct PrintingStyle {
    /// Where the lists are, for the advice on a refusal: in the files of `config_dir`, or in the project file `project`.
    /// Either or both may be empty.
    std::string config_dir;
    std::string project;
    /// What --config-dir named, for commands in the shell.
    std::optional<std::string> named_config_dir = {};
    /// What is served, for the advice on the certificate; may be empty, else it is called wherever `event` is.
    std::function<std::shared_ptr<const TlsStatus>()> tls;
    bool takes_commands = false; ///< lines can be entered: advice says which
    bool is_terminal = false; ///< mistakes are shown among the rest, not on standard error
    bool has_colours = false;
};

/// Writes what happens in lines for a person. The screen is borrowed. One thread.
class EventPrinter : public ConsoleOutput {
public:
    EventPrinter(Screen& screen, PrintingStyle style)
        : screen_(screen)
        , style_(std::move(style))
    { }

    /// `Listening on ws://127.0.0.1:4567/` for each address.
    void listening(const ServerStatus& status) override;
    /// What a person wants to know of: connections, refusals with the remedy, lists, trouble; neither message
    /// contents nor browsers' everyday requests.
    void event(const Event& event) override;
    /// One line with the time in front.
    void note(WallTime at, std::string_view text) override;
    void answer(const EnteredLine& line, const Answer& answer) override;
    void step(const StepResult& result) override;
    void message(const TrafficRecord& record, const std::shared_ptr<const ConnectionInfo>& info) override;
    void complain(std::string_view line) override { screen_.complain(line); }
    void set_takes_commands(bool takes) override { style_.takes_commands = takes; }

private:
    enum class Tone : std::uint8_t { plain, good, faint, warning, error };
    [[nodiscard]] static Tone tone_of(const Event& event);
    [[nodiscard]] std::string in(Tone tone, std::string_view text) const;
    [[nodiscard]] std::string advice(const event::Refused& refused) const;
    [[nodiscard]] std::string advice_on_options(const event::Refused& refused) const;

    Screen& screen_;
    PrintingStyle style_;
    std::vector<std::string> told_; // the address lines that stand on the screen
};

/// `HH:MM:SS.mmm` in the time zone of this machine.
[[nodiscard]] std::string clock_text(WallTime at);

} // namespace jackfield::app
