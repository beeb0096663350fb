#pragma once

#include "app/bench/options.h"
#include "app/bench/result.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace jackfield::bench {

/// Tells on standard error how a run goes: one line that is written over, when that is a terminal, or one JSON object a
/// line for a program (--progress json), whose end of the pipe must be read. Once that is closed, the run goes on without.
class Progress {
public:
    explicit Progress(const Options& options);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// What is being done: "opening 100 connections", "warming up".
    void show(const std::string& what);
    /// An interval is over. `errors`: of the run as far as it went.
    void show(const SeriesPoint& point, std::uint64_t errors);
    /// A case of `check` begins, the `number`th of `of`.
    void show_case(std::size_t number, std::size_t of, const std::string& name);
    /// Takes the line away, so that a report can stand there.
    void clear();

private:
    enum class Form : std::uint8_t { none, line, json };
    void draw(const std::string& line);

    Form form_;
    bool has_line_ = false;
};

} // namespace jackfield::bench
