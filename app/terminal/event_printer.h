#pragma once

#include "jackfield/event.h"

#include <mutex>
#include <string>
#include <string_view>

namespace jackfield::app {

/// Writes lines for a person to standard output, each whole and at once. Any thread.
class EventPrinter {
public:
    /// `config_dir`: where the lists are, for the advice on a refusal; may be empty.
    explicit EventPrinter(std::string config_dir)
        : config_dir_(std::move(config_dir))
    { }

    /// One line as it is.
    void line(std::string_view text);
    /// One line with the time in front.
    void note(WallTime at, std::string_view text);
    /// What a person wants to know of: connections, refusals with the remedy, lists, trouble; neither message
    /// contents nor browsers' everyday requests.
    void event(const Event& event);

private:
    [[nodiscard]] std::string advice(const event::Refused& refused) const;

    std::string config_dir_;
    std::mutex mutex_;
};

/// `HH:MM:SS.mmm` in the time zone of this machine.
[[nodiscard]] std::string clock_text(WallTime at);

} // namespace jackfield::app
