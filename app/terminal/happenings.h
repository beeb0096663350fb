#pragma once

#include "app/terminal/script.h"

#include "jackfield/connection.h"
#include "jackfield/event.h"
#include "jackfield/lanes.h"
#include "jackfield/shared_bytes.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>

namespace jackfield::app {

/// Something that an expectation can wait for.
struct Happening {
    enum class Kind : std::uint8_t { opened, message, closed, refused };
    Kind kind = Kind::opened;
    std::shared_ptr<const ConnectionInfo> info; ///< null of refused attempts, and where it is not known
    // of a message
    TrafficType type = TrafficType::text;
    Direction direction = Direction::from_browser;
    Maker maker = Maker::peer;
    SharedBytes payload;
    CloseInfo close; ///< of what has closed
    std::shared_ptr<const event::Refused> refused;
    bool used = false; ///< an expectation was met by it
};

/// What happened, in one line of printable text: `#1 opened: http://localhost:5173 asks for /chat`.
[[nodiscard]] std::string describe(const Happening& happening);

/// Whether it is what is expected, used or not.
[[nodiscard]] bool meets(const Happening& happening, const Expectation& expectation);

/// What has happened and was not used yet, as far as expectations look: connections since the start, all else
/// since the first command that changes something behind the last `wait` or `expect`. Bounded: the oldest give way and are counted.
class HappeningLog {
public:
    static constexpr std::size_t most = 10'000;
    static constexpr std::uint64_t most_bytes = 16U << 20U; ///< of payloads and other texts

    void add(Happening happening);
    /// Such a command is about to run: only connections that are not used stay in view.
    void begin_anew();
    /// Finds the oldest one that meets `expectation`, and uses it up.
    [[nodiscard]] const Happening* take(const Expectation& expectation);
    /// What has happened instead, for a person: what is of the same kind first, at most a few of them and how
    /// many more.
    [[nodiscard]] std::string instead_of(const Expectation& expectation) const;
    /// How many gave way since then.
    [[nodiscard]] std::uint64_t lost() const { return lost_; }
    /// Events or messages that the engine had to leave out.
    void count_lost(std::uint64_t count) { lost_ += count; }

private:
    std::deque<Happening> all_;
    std::uint64_t bytes_ = 0;
    std::uint64_t lost_ = 0;
};

} // namespace jackfield::app
