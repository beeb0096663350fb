#pragma once

#include "app/shared/tls_status.h"

#include "jackfield/event.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace jackfield::app {

/// Writes lines for a person to standard output, each whole and at once. Any thread.
class EventPrinter {
public:
    /// Where the lists are, for the advice on a refusal: in the files of `config_dir`, or in the project file
    /// `project`. Either or both may be empty. `tls`: what is served, for the advice on the certificate; may be
    /// empty, else it is called wherever `event` is.
    using TlsStatusNow = std::function<std::shared_ptr<const TlsStatus>()>;
    explicit EventPrinter(std::string config_dir, std::string project = {}, TlsStatusNow tls = {})
        : config_dir_(std::move(config_dir))
        , project_(std::move(project))
        , tls_(std::move(tls))
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
    std::string project_;
    TlsStatusNow tls_;
    std::mutex mutex_;
};

/// `HH:MM:SS.mmm` in the time zone of this machine.
[[nodiscard]] std::string clock_text(WallTime at);

} // namespace jackfield::app
