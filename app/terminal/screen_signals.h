#pragma once

#include <csignal>

namespace jackfield::app {

/// Tells of the signals that concern the terminal's screen: SIGWINCH, SIGTSTP and SIGCONT. While it lives,
/// SIGTSTP stops nothing by itself. One at a time.
class ScreenSignals {
public:
    ScreenSignals();
    ~ScreenSignals();
    ScreenSignals(const ScreenSignals&) = delete;
    ScreenSignals& operator=(const ScreenSignals&) = delete;

    /// Readable when one came; -1 where the system gave none.
    [[nodiscard]] static int descriptor();
    struct Came {
        bool resized = false;
        bool stop = false;
        bool continued = false;
    };
    /// Which came since the last call.
    [[nodiscard]] static Came take();

private:
    struct sigaction before_[3]{};
};

} // namespace jackfield::app
