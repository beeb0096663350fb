#pragma once

#include "app/terminal/console_output.h"
#include "app/terminal/screen.h"

namespace jackfield::app {

/// Writes everything that happens as JSON Lines (event_json.h). The screen is borrowed. One thread.
class JsonPrinter : public ConsoleOutput {
public:
    explicit JsonPrinter(Screen& screen)
        : screen_(screen)
    { }

    void listening(const ServerStatus& status) override;
    void event(const Event& event) override;
    void note(WallTime at, std::string_view text) override;
    void answer(const EnteredLine& line, const Answer& answer) override;
    void step(const StepResult& result) override;
    void message(const TrafficRecord& record, const std::shared_ptr<const ConnectionInfo>& info) override;
    void complain(std::string_view line) override { screen_.complain(line); }

private:
    Screen& screen_;
    bool has_told_listeners_ = false; // later ones are events
};

} // namespace jackfield::app
