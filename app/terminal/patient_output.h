#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace jackfield::app {

/// Writes to standard output or standard error and never waits for whoever reads there, be it a full pipe or a terminal
/// that was stopped (Ctrl+S): what finds no room waits here. The descriptor's own mode stays as it is, since a shell
/// may share it. One thread.
class PatientOutput {
public:
    /// Bytes that wait at most, and one text more that came while nothing waited.
    static constexpr std::size_t most_waiting = std::size_t{1} << 20U;

    explicit PatientOutput(int descriptor, std::size_t limit = most_waiting);
    ~PatientOutput();
    PatientOutput(const PatientOutput&) = delete;
    PatientOutput& operator=(const PatientOutput&) = delete;

    /// Writes what there is room for; the rest waits. A text that is too much is lost as a whole, and so is what
    /// comes behind it until half of what waits is out. Where the reader has gone, nothing happens.
    void write(std::string_view text);
    /// Goes on with what waits.
    void go_on();
    /// Drops what waits, and counts its lines as lost.
    void give_up();
    [[nodiscard]] std::size_t waiting() const { return text_.size() - written_; }
    /// For poll: writable when `go_on` can go on; -1 while nothing waits.
    [[nodiscard]] int descriptor() const { return waiting() > 0 ? own_ >= 0 ? own_ : given_ : -1; }
    /// How many lines were lost and have not been asked for; 0 as long as more of them would be.
    [[nodiscard]] std::uint64_t take_lost();

private:
    enum class Kind : std::uint8_t { file, careful, socket, non_blocking };
    [[nodiscard]] long write_some(std::string_view bytes) const;
    void lose(std::string_view text);

    const int given_;
    const std::size_t limit_;
    int own_ = -1; // the same pipe or terminal with a mode of its own
    Kind kind_ = Kind::file;
    std::size_t piece_; // bytes that are written at once
    std::string text_;
    std::size_t written_ = 0; // of text_
    std::uint64_t lost_ = 0;
    bool is_losing_ = false;
    bool is_gone_ = false; // nobody can read there any more
};

/// Whether both are the same pipe, terminal, socket or file.
[[nodiscard]] bool are_same_output(int a, int b);

} // namespace jackfield::app
